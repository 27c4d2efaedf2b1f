"""W206: lines in Cyrillic in a film of a Latin language, or the other way round; once a film."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.legibility import is_unread
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC_LANGUAGES = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"})
_LATIN_LANGUAGES = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "da", "nb", "fi", "tr"})


def _looks(case: Case) -> Iterator[Finding]:
    language = case.film.language
    primary = language.split("-")[0].lower()
    for scene in case.film.scenes:
        for number, line in enumerate(scene.lines):
            cyrillic, latin = len(_CYRILLIC.findall(line.text)), len(_LATIN.findall(line.text))
            wrong = (primary in _LATIN_LANGUAGES and cyrillic > latin) or (
                primary in _CYRILLIC_LANGUAGES and latin > cyrillic
            )
            likely = "ru" if cyrillic > latin else "en"
            # a voice of the line's own language was given on purpose; what no voice can read is a mistake
            if wrong and not line.by.voice.name.startswith(f"{likely}/") and not is_unread(line, language):
                place = case.places.of_scene(scene.id, "lines", number)
                yield Finding(place, {"language": language, "likely": likely})
                return


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
        )
    },
    bad="language: ru\nscenes:\n  - {id: dawn, place: forest, lines: [Here is the morning.]}\n",
    good="language: en\nscenes:\n  - {id: dawn, place: forest, lines: [Here is the morning.]}\n",
    looks=_looks,
)
