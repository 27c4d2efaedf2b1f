"""W211: words on the picture of a scene of fixed length that come when it is over."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.film import Fixed
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording
from storyboard.time import spell


def _looks(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        if not isinstance(scene.length, Fixed):
            continue
        for element in scene.lettering:
            if element.first >= scene.length.seconds:
                values = {"kind": element.kind, "at": spell(element.first), "end": spell(scene.length.seconds)}
                yield Finding(case.places.of_scene(scene.id, "text"), values)


RULE = Rule(
    code="W211",
    title=Wording(
        "Words on the picture that begin after their scene has ended.",
        "Надпись, которая появляется, когда сцена уже кончилась.",
    ),
    reason=Wording("They will not be seen.", "Её не будет видно."),
    says={
        "": Said(
            Wording(
                "the {kind} comes at {at}, but the scene ends at {end}",
                "надпись ({kind}) появляется на {at}, а сцена кончается на {end}",
            ),
            Wording("begin earlier, or lengthen the scene", "покажите её раньше или удлините сцену"),
        )
    },
    bad="scenes:\n  - {id: host, length: 3s, prompt: A host bows., text: {title: Good evening, at: 4s}}\n",
    good="scenes:\n  - {id: host, length: 3s, prompt: A host bows., text: {title: Good evening, at: 1s}}\n",
    looks=_looks,
)
