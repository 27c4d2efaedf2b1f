"""W223: scenes whose model makes pictures much smaller than the film is, or at a size that it never learnt."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.film import Scene
from storyboard.rules.ground import Ground
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

SOFT = 1.6
"""How much larger than it was made a picture may be shown before it looks soft."""
_LIKE = 0.35
"""Share of the learnt pixels below which a size counts as one that was never learnt."""


def _looks(case: Case) -> Iterator[Finding]:
    told: set[tuple[object, ...]] = set()
    for scene, ground in case.generated():
        if not ground.sizes:
            continue
        asked = _asked(scene)
        learnt = max(wide * high for wide, high in ground.sizes)
        key = (ground.called, asked)
        if asked and asked[0] * asked[1] < _LIKE * learnt and key not in told:
            told.add(key)
            unlearnt = {"model": ground.called, "made": "{}x{}".format(*asked), "sizes": _names(ground)}
            yield Finding(case.places.of_scene(scene.id, "model"), unlearnt, "unlearnt")
            continue
        width, height = case.film.cuts[0].canvas(case.film.short_side)
        made = asked or _nearest(ground, width, height)
        times = max(width / made[0], height / made[1]) / _enlarged(scene)
        if times > SOFT and (*key, "soft") not in told:
            told.add((*key, "soft"))
            values: dict[str, object] = {
                "model": ground.called,
                "made": "{}x{}".format(*made),
                "times": f"{times:.1f}",
                "film": f"{width}x{height}",
                "side": min(made) // 2 * 2,
            }
            yield Finding(case.places.of_scene(scene.id, "backend"), values, "soft")


def _asked(scene: Scene) -> tuple[int, int] | None:
    settings = dict(scene.model)
    width, height = settings.get("width"), settings.get("height")
    if isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0:
        return int(width), int(height)
    return None


def _nearest(ground: Ground, width: int, height: int) -> tuple[int, int]:
    """The size that needs the least enlarging to fill a canvas."""
    return min(ground.sizes, key=lambda size: max(width / size[0], height / size[1]))


def _enlarged(scene: Scene) -> float:
    """How much a network enlarges the pictures, as the author asks."""
    setting = dict(scene.model).get("upscale", 1)
    own = float(setting) if isinstance(setting, int | float) else 1.0
    return max(1.0, own) * max(1, scene.post.upscale)


def _names(ground: Ground) -> str:
    return ", ".join(f"{width}x{height}" for width, height in ground.sizes[:4])


_SCENE = "    backend: some\n    prompt: A ship sails into the harbour.\n"

RULE = Rule(
    code="W223",
    title=Wording(
        "A picture that its model makes smaller than the film, and that will blur.",
        "Картинка, которую модель делает мельче фильма: она размоется.",
    ),
    reason=Wording(
        "A model makes the sizes that it learnt. Shown more than one and a half times as large the picture is visibly "
        "soft beside painted scenes; at a size far below what it learnt its pictures fall apart.",
        "Модель делает те размеры, на которых училась. Увеличенная больше чем в полтора раза, картинка заметно мягче "
        "соседних нарисованных сцен; а при размере намного меньше выученного она разваливается.",
    ),
    says={
        "soft": Said(
            Wording(
                "{model} makes {made}, which is enlarged {times} times to fill {film} and will look soft",
                "{model} делает {made}; до {film} это увеличивается в {times} раза и будет мягким",
            ),
            Wording(
                "write `resolution: {side}p`, or `post: {{upscale: 2x}}` in the scene",
                "напишите `resolution: {side}p` или `post: {{upscale: 2x}}` в сцене",
            ),
        ),
        "unlearnt": Said(
            Wording(
                "{model} is asked for {made}, far smaller than what it learnt: {sizes}",
                "у модели {model} просят {made}, намного меньше выученного: {sizes}",
            ),
            Wording(
                "take `width` and `height` out of `model:`, or write one of those sizes",
                "уберите `width` и `height` из `model:` или впишите один из этих размеров",
            ),
        ),
    },
    bad=f"resolution: 4k\nscenes:\n  - id: harbour\n{_SCENE}",
    good=f"resolution: 480p\nscenes:\n  - id: harbour\n{_SCENE}",
    looks=_looks,
    ground=Ground("some", title="Some", sizes=((832, 480), (480, 832))),
)
