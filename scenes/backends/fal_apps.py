"""How each family of apps at fal wants to be asked: paths, names of pictures, lengths.

Puts a wish into an app's own arguments; sends nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from projects.steps import Json
from scenes.backend import Refusal
from scenes.hosted.asking import Wish

_SEEDS = 1 << 31


@dataclass(frozen=True, slots=True)
class App:
    """One app of a family: the path below the model's name, what its pictures are called, what else it is told."""

    path: str
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Place (`first`, `middle`, `last`, `reference`) -> argument; one that ends in `s` takes many."""
    says: tuple[str, ...] = ()
    """Which of `aspect_ratio` and `resolution` it is told."""


@dataclass(frozen=True, slots=True)
class Family:
    """Apps of one maker. `words` makes a clip of words alone, `picture` of a first one, `both` of a last one too."""

    words: App | None
    picture: App | None = None
    both: App | None = None
    seconds: Callable[[Wish], dict[str, Json]] = lambda asked: {"duration": f"{asked.seconds:g}"}


def request(asked: Wish) -> dict[str, Json]:
    """App, names of pictures and arguments without them; raises Refusal for what no app of the family does."""
    family = _family(asked)
    app = _app(asked, family)
    told: dict[str, Json] = {"aspect_ratio": asked.aspect, "resolution": asked.resolution}
    said: dict[str, Json] = {"prompt": asked.prompt, **family.seconds(asked)}
    said |= {name: told[name] for name in app.says}
    if asked.negative:
        said["negative_prompt"] = asked.negative
    if asked.seed is not None:
        said["seed"] = asked.seed % _SEEDS
    if asked.found.model.audio == "toggle":
        said["generate_audio"] = asked.sound
    return {"app": f"{asked.found.id}{app.path}", "pictures": dict(app.pictures), "input": said | dict(asked.extra)}


def _family(asked: Wish) -> Family:
    name = asked.found.model.words.get("family", "")
    if name not in FAMILIES:
        raise Refusal(
            f"how {asked.found.name} wants to be asked is not known: its family is '{name}'",
            f"`words: {{family: ...}}` of `services.yaml` may be {', '.join(FAMILIES)}",
        )
    return FAMILIES[name]


def _app(asked: Wish, family: Family) -> App:
    places = {place.partition("-")[0] for place in asked.pictures} | ({"reference"} if asked.references else set())
    app = family.both if "last" in places and family.both else family.picture if places else family.words
    if app is None:
        raise Refusal(f"{asked.found.name} begins with pictures", "add some to the scene, or choose another model")
    if unseen := places - set(app.pictures):
        raise Refusal(
            f"{asked.found.name} has no place for a {' or '.join(sorted(unseen))} picture", "take it out of the scene"
        )
    return app


def _transitions(asked: Wish) -> dict[str, Json]:
    """Whole seconds between one picture and the next, by where the pictures stand in the clip."""
    if "last" not in asked.pictures:
        raise Refusal(f"{asked.found.name} goes from picture to picture", "add a picture `at: end`")
    ends = [round(asked.seconds * place) for place in (0.0, *asked.middle, 1.0)]
    lengths = [after - before for before, after in pairwise(ends)]
    if min(lengths) < 1:
        raise Refusal(f"{asked.found.name} needs a second from one picture to the next", "move `keyframes:` apart")
    return {"transitions": [{"duration": length} for length in lengths]}


def _number(asked: Wish) -> dict[str, Json]:
    return {"duration": int(asked.seconds)}


def _marked(asked: Wish) -> dict[str, Json]:
    return {"duration": f"{asked.seconds:g}s"}


def _unsaid(asked: Wish) -> dict[str, Json]:
    del asked
    return {}


_SHAPE, _SIZE, _TIER = ("aspect_ratio",), ("aspect_ratio", "resolution"), ("resolution",)
_IMAGE = {"first": "image_url"}
_ENDS = {"first": "image_url", "last": "end_image_url"}
_FRAMES = {"first": "first_frame_url", "last": "last_frame_url"}
_TEXT_PATH, _IMAGE_PATH, _FRAMES_PATH = "/text-to-video", "/image-to-video", "/first-last-frame-to-video"

FAMILIES: Mapping[str, Family] = {
    "pika": Family(App(_TEXT_PATH, {}, _SIZE), App(_IMAGE_PATH, _IMAGE, _TIER), seconds=_number),
    "pikaframes": Family(
        None,
        App("", dict.fromkeys(("first", "middle", "last"), "image_urls"), _TIER),
        seconds=_transitions,
    ),
    "kling": Family(
        App(_TEXT_PATH, {}, _SHAPE), App(_IMAGE_PATH, {"first": "start_image_url", "last": "end_image_url"})
    ),
    "kling4": Family(
        App(_TEXT_PATH, {}, _SIZE),
        App(
            _IMAGE_PATH,
            {"first": "start_image_url", "middle": "middle_image_urls", "last": "end_image_url"},
            _TIER,
        ),
        seconds=_number,
    ),
    "hailuo": Family(App(_TEXT_PATH), App(_IMAGE_PATH, _ENDS)),
    "hailuo_pro": Family(App(_TEXT_PATH), App(_IMAGE_PATH, _ENDS), seconds=_unsaid),
    "veo": Family(App("", {}, _SIZE), App(_IMAGE_PATH, _IMAGE, _SIZE), App(_FRAMES_PATH, _FRAMES, _SIZE), _marked),
    "veo_references": Family(None, App("", {"reference": "image_urls"}, _SIZE), seconds=_marked),
}
"""By the name under which the table's `words:` mean them."""
