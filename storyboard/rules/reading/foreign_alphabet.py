"""W206: lines in Cyrillic in a film of a Latin language, or the other way round; lines that their voice cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.film import Line
from storyboard.legibility import is_unread
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_SHOWN = 40
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC_LANGUAGES = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"})
_LATIN_LANGUAGES = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "da", "nb", "fi", "tr"})


def _looks(case: Case) -> Iterator[Finding]:
    language = case.film.language
    spoken = [(scene, number, line) for scene in case.film.scenes for number, line in enumerate(scene.lines)]
    unread = [one for one in spoken if is_unread(one[2], language)]
    strange = [one for one in spoken if one not in unread and _is_strange(one[2], language)]
    if len(unread) * 2 > len(spoken):
        # Nearly all of the film is spoken in another language than it names.
        strange, unread = [*unread, *strange], []
    for scene, number, line in unread:
        place = case.places.of_scene(scene.id, "lines", number)
        shown = line.text if len(line.text) <= _SHOWN else f"{line.text[: _SHOWN - 1]}…"
        yield Finding(place, {"text": shown, "who": line.by.id}, "unread")
    for scene, number, line in strange[:1]:
        place = case.places.of_scene(scene.id, "lines", number)
        yield Finding(place, {"language": language, "likely": "ru" if _CYRILLIC.search(line.text) else "en"})


def _is_strange(line: Line, language: str) -> bool:
    """Whether a line is in another alphabet than the film's language; a voice of its own was given on purpose."""
    primary = language.split("-")[0].lower()
    cyrillic, latin = len(_CYRILLIC.findall(line.text)), len(_LATIN.findall(line.text))
    own = line.by.voice.name.startswith("ru/" if cyrillic > latin else "en/")
    return not own and (
        (primary in _LATIN_LANGUAGES and cyrillic > latin) or (primary in _CYRILLIC_LANGUAGES and latin > cyrillic)
    )


RULE = Rule(
    code="W206",
    title=Wording("Spoken lines in another alphabet than the film's language.", "Реплики не на алфавите языка фильма."),
    reason=Wording(
        "Voices, captions and the vocabulary follow `language:`. A voice of another language spells such a line "
        "letter by letter, or says nothing.",
        "Голоса, субтитры и словарь выбираются по `language:`. Голос другого языка прочтёт такую реплику по буквам "
        "или промолчит.",
    ),
    says={
        "": Said(
            Wording(
                "this line is not written in the alphabet of the film's language, {language}",
                "эта реплика написана не на алфавите языка фильма ({language})",
            ),
            Wording(
                "write `language: {likely}` at the top, if that is what is spoken",
                "напишите вверху `language: {likely}`, если говорят на этом языке",
            ),
        ),
        "unread": Said(
            Wording(
                "the English voice cannot read '{text}': a render would stop here",
                "английский голос не прочтёт «{text}»: рендер на этом остановится",
            ),
            Wording(
                "give '{who}' a voice of the line's language, such as `voice: ru/nikolai`, or the line a `file`",
                "дайте '{who}' голос на языке реплики, например `voice: ru/nikolai`, или укажите у реплики `file`",
            ),
        ),
    },
    bad="language: ru\nscenes:\n  - {id: dawn, place: forest, lines: [Here is the morning.]}\n",
    good="language: en\nscenes:\n  - {id: dawn, place: forest, lines: [Here is the morning.]}\n",
    looks=_looks,
)
