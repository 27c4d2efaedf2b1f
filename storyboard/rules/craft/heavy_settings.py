"""W227: scenes that take more of the card than this machine has."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.ground import Ground
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

SPARE = 0.95
"""Share of a card that may be planned with."""


def _looks(case: Case) -> Iterator[Finding]:
    told: set[tuple[str, int]] = set()
    for scene, ground in case.generated():
        if not ground.room_mb or not ground.wants_mb or ground.wants_mb <= SPARE * ground.room_mb:
            continue
        key = (ground.called, round(ground.wants_mb))
        if key in told:
            continue
        told.add(key)
        values = {
            "scene": scene.id,
            "model": ground.called,
            "wants": f"{ground.wants_mb / 1000:.0f}",
            "room": f"{ground.room_mb / 1000:.0f}",
        }
        place = case.places.of_scene(scene.id, "model")
        if place == case.places.of_scene(scene.id):
            place = case.places.of_scene(scene.id, "backend")
        yield Finding(place, values)


_SCENE = "    backend: some\n    prompt: A ship sails into the harbour.\n"

RULE = Rule(
    code="W227",
    title=Wording(
        "Settings that are too heavy for the memory of this machine's card.",
        "Настройки, слишком тяжёлые для памяти видеокарты этой машины.",
    ),
    reason=Wording(
        "What does not fit into the card is moved to and fro while the scene is made: the same picture, several times "
        "slower, and sometimes none at all.",
        "Что не помещается на карту, перекладывается туда и обратно: картинка та же, но в несколько раз медленнее, а "
        "иногда её и вовсе нет.",
    ),
    says={
        "": Said(
            Wording(
                "scene '{scene}' with {model} takes about {wants} GB of the card at once, and it has {room} GB",
                "сцена «{scene}» с моделью {model} занимает на карте сразу около {wants} ГБ, а у неё {room} ГБ",
            ),
            Wording(
                "write a smaller `width` and `height` under `model:`, make the scene shorter, or choose a smaller "
                "model; otherwise parts of it wait in the host's memory, which takes longer",
                "уменьшите `width` и `height` в `model:`, укоротите сцену или возьмите модель меньше; иначе её части "
                "будут ждать в памяти компьютера, а это дольше",
            ),
        )
    },
    bad=f"scenes:\n  - id: harbour\n    length: 9s\n{_SCENE}",
    good=f"scenes:\n  - id: harbour\n    length: 3s\n{_SCENE}",
    looks=_looks,
    ground=Ground("some", title="Some", room_mb=8000, wants_mb=20000),
    mended_ground=Ground("some", title="Some", room_mb=8000, wants_mb=7000),
    worldly=True,
)
