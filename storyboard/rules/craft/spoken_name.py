"""W236: lines that begin with the name of who speaks them, as in a script: a voice would read it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.rules.rule import Case, Edit, Finding, Rule, Said, Wording, short


def _looks(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        for number, line in enumerate(scene.lines):
            names = {line.by.name, line.by.id} - {""}
            pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
            begin = re.match(rf"(?:{pattern})\s*(?:\([^()]*\))?\s*:\s+(?=\S)", line.text, re.IGNORECASE)
            if begin is None or line.file:
                continue
            place = case.places.of_scene(scene.id, "lines", number, "say")
            edit = Edit(place, begin[0], "")
            yield Finding(place, {"begin": short(begin[0]), "who": line.by.id}, "", (edit,))


RULE = Rule(
    code="W236",
    title=Wording(
        "A line that begins with the name of who speaks it.", "Реплика начинается с имени того, кто её говорит."
    ),
    reason=Wording(
        "A script writes the name before the words; here `by` says who speaks, and everything in `say` is read out.",
        "В сценарии имя пишут перед словами; здесь говорящего называет `by`, а всё, что в `say`, читается вслух.",
    ),
    says={
        "": Said(
            Wording("'{begin}' will be spoken too", "«{begin}» тоже будет произнесено"),
            Wording("take it out: `by: {who}` says who speaks", "уберите это: говорящего называет `by: {who}`"),
        )
    },
    bad=(
        "characters: {ann: {name: Ann, role: heroine}}\nscenes:\n"
        "  - {id: pier, place: lake, cast: [ann], lines: [{by: ann, say: 'Ann: Here we are.'}]}\n"
    ),
    good=(
        "characters: {ann: {name: Ann, role: heroine}}\nscenes:\n"
        "  - {id: pier, place: lake, cast: [ann], lines: [{by: ann, say: 'Here we are.'}]}\n"
    ),
    looks=_looks,
    fixes=True,
)
