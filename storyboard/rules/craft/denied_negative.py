"""W235: `negative:` that denies what it lists, and so asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.rules.rule import Case, Edit, Finding, Rule, Said, Wording, short

_DENIED = re.compile(
    r"(?:(?<=^)|(?<=[,;]))(\s*)((?:no|without|don't show|do not show|нет|без|никаких)\s+)(?=[^\W\d_])", re.IGNORECASE
)


def _looks(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        written = case.places.text_of_scene(scene.id, "negative")
        if not written or not _DENIED.search(written):
            continue
        place = case.places.of_scene(scene.id, "negative")
        mended = _DENIED.sub(r"\1", written)
        # In Russian what follows «без» stands in another case: a model reads it all the same.
        yield Finding(place, {"text": short(written), "mended": short(mended)}, "", (Edit(place, written, mended),))


RULE = Rule(
    code="W235",
    title=Wording(
        "Something denied in `negative`, which is asked for by that.", "Отрицание в `negative`: этим оно и просит."
    ),
    reason=Wording(
        "`negative` lists what must not be seen. 'no text' there means: anything but no text.",
        "В `negative` перечисляют то, чего не должно быть. «Без надписей» там значит: что угодно, только не отсутствие "
        "надписей.",
    ),
    says={
        "": Said(
            Wording(
                "`negative` already denies what it lists: '{text}'", "`negative` и так отрицает всё в нём: «{text}»"
            ),
            Wording("write `negative: {mended}`", "напишите `negative: {mended}`"),
        )
    },
    bad="scenes:\n  - {id: sign, prompt: A blank sign swings in the wind., negative: 'no text, no people'}\n",
    good="scenes:\n  - {id: sign, prompt: A blank sign swings in the wind., negative: 'text, people'}\n",
    looks=_looks,
    fixes=True,
)
