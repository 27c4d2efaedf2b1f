"""W204: transitions after the last scene that have no scene to lead to; `storyboard.resolve` makes cuts of them."""

from __future__ import annotations

import re

from storyboard.errors import Diagnostic
from storyboard.node import Place
from storyboard.rules.rule import Edit, Rule, Said, Wording

_WORDS = re.compile(r"[^\s,{}\[\]#\"'][^,{}\[\]#\"']*")
_HINT = Wording("write `fade black 1s`", "напишите `затемнение 1с`")


def _mends(found: Diagnostic, line: str) -> Edit | None:
    """The film already ends with a cut: writing that down changes nothing of it."""
    written = _WORDS.match(line, found.column - 1)
    known = any(words in found.message for words in ("no scene to lead to", "не к чему вести"))
    if written is None or not known:
        return None
    return Edit(Place(found.path, found.line, found.column), written[0].rstrip(), "cut")


RULE = Rule(
    code="W204",
    title=Wording(
        "A transition after the last scene that has no scene to lead to.",
        "Переход после последней сцены, которому не к чему вести.",
    ),
    reason=Wording(
        "A wipe or a crossfade mixes two scenes. After the last one only a fade into a colour can be shown.",
        "Шторка и наплыв смешивают две сцены. После последней можно показать только затемнение.",
    ),
    says={
        "": Said(
            Wording(
                "the {kind} after the last scene has no scene to lead to; the film ends with a cut",
                "переходу ({kind}) после последней сцены не к чему вести; фильм кончится склейкой",
            ),
            _HINT,
        ),
        "sound": Said(
            Wording(
                "the sound of the cut after the last scene begins when the film is over",
                "звук склейки после последней сцены начинается, когда фильм уже кончился",
            ),
            _HINT,
        ),
    },
    bad="scenes:\n  - id: dawn\n    prompt: Light rises over a field.\n    transition: wipe left\n",
    good="scenes:\n  - id: dawn\n    prompt: Light rises over a field.\n    transition: fade black 1s\n",
    mends=_mends,
)
