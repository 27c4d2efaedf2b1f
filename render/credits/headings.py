"""The words between the names in credits, in English and Russian. Knows no film."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "credits": ("Credits", "Титры"),
        "film by": ("A film by", "Автор фильма"),
        "with thanks": ("Attributions", "Использованные произведения"),
        "pictures": ("Pictures", "Изображение"),
        "finishing": ("Finishing of pictures", "Обработка изображения"),
        "voices": ("Voices", "Голоса"),
        "music": ("Music", "Музыка"),
        "sounds": ("Sounds", "Звуки"),
        "own": ("Material of the author's", "Материалы автора"),
        "fonts": ("Typefaces", "Шрифты"),
        "software": ("Made with", "Сделано с помощью"),
        "notices": ("Notices", "Уведомления"),
        "painted": ("Painted by workprint", "Нарисовано программой workprint"),
        "composed": ("Composed by workprint", "Сочинена программой workprint"),
        "played with": ("played with", "звучит"),
        "synthesised": ("Synthesised by workprint", "Синтезированы программой workprint"),
        "narrator": ("Narrator", "Рассказчик"),
        "voice": ("voice", "голос"),
        "model": ("model", "модель"),
        "licence": ("licence", "лицензия"),
        "licence unknown": ("licence unknown", "лицензия неизвестна"),
        "used in": ("used in", "использовано в"),
        "service": ("hosted service", "онлайн-сервис"),
        "footage": ("Footage", "Видео"),
        "picture": ("Picture", "Картинка"),
        "recording": ("Recording", "Запись голоса"),
        "effect": ("Effect", "Эффект"),
        "weights": ("Small weights of a model (LoRA)", "Малые веса модели (LoRA)"),
        "sound": ("Sound", "Звук"),
        "track": ("Music", "Музыка"),
        "what is own": (
            "whose they are, their author knows; attributions belong in `credits:`",
            "кому они принадлежат, знает автор; указания авторства вносятся в `credits:`",
        ),
        "the service's own terms": ("the service's own terms", "условия сервиса"),
        "separate": ("run as a separate program", "запускается отдельной программой"),
    }
)


def heading(word: str, language: str) -> str:
    """A heading or a word between names in the film's language, English where it is neither; others as they are."""
    english, russian = _WORDS.get(word, (word, word))
    return russian if language.split("-")[0].lower() == "ru" else english
