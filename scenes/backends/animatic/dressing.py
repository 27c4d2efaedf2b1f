"""Stage dressing: things that the scene's words name and that stand beside the actors, and words that the place shows.

A table of words in English and Russian decides what; free ground decides where. Gives sheets as data; no pixels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from scenes.backends.animatic.blocking import Track
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.places.setting import Place
from storyboard.film import Scene

_LAND = frozenset({"forest", "meadow", "mountains", "lake", "sea shore", "desert", "snowfield", "village", "park",
                   "road", "castle", "city street", "alley", ""})  # fmt: skip
_OPEN = _LAND - {"city street", "alley"}
_FLOOR = _LAND | {"room", "rooftop"}


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing that can be set up.

    `words` is a pattern of whole words in lower case with е for ё, `also` are words that it shows besides, `places`
    where it may stand, `wide` half its width and `depth` its distance. `held` is what an actor may carry instead.
    """

    kind: str
    words: str
    also: frozenset[str]
    places: frozenset[str]
    wide: float
    depth: float
    held: str = ""


PROPS = (
    Prop("throne", r"thrones?|трон(?:а|е|у|ом)?", frozenset({"stone", "large", "каменный"}), _FLOOR, 0.40, 1.0),
    Prop("signpost", r"signs?|signposts?|указател\w+|дорожный знак", frozenset({"wooden", "arrow", "arrows",
         "points", "point", "деревянный"}), _LAND, 0.30, 1.12),
    Prop("boulder", r"boulders?|валун(?:а|ы|ов|ом)?", frozenset({"giant", "large"}), _OPEN, 0.55, 1.35),
    Prop("tent", r"tents?|палатк\w{1,3}|шатер|шатр\w{1,3}", frozenset(), _OPEN, 0.75, 1.5),
    Prop("campfire", r"campfires?|bonfires?|костер|костр\w{1,3}", frozenset(), _OPEN, 0.35, 1.08),
    Prop("desk", r"tables?|стол(?:а|е|у|ом|ик|ика|ике)?", frozenset({"wooden"}), _FLOOR - {"room"}, 0.55, 1.1),
    Prop("chair", r"chairs?|стул(?:а|е|ом|ья)?", frozenset({"wooden"}), _FLOOR, 0.22, 1.1),
    Prop("candle", r"candles?|свеч\w{1,3}", frozenset(), _FLOOR, 0.20, 1.12, "candle"),
    Prop("bouquet", r"bouquets?|букет\w{0,3}", frozenset(), _FLOOR, 0.20, 1.12, "bouquet"),
    Prop("suitcase", r"suitcases?|luggage|чемодан\w{0,3}|багаж\w{0,2}", frozenset(), _FLOOR, 0.26, 1.05, "suitcase"),
    Prop("lamps", r"lanterns?|lamp ?posts?|street ?lamps?|фонар\w{1,3}", frozenset({"post", "lamppost"}),
         _LAND - {"park", "city street", "alley"}, 0.15, 1.3, "lantern"),
)  # fmt: skip
"""What can be set up, in order of standing."""

_BLOSSOM = re.compile(r"\b(?:cherry|cherries|blossom\w*|вишн\w+|цвету(?:т|щ\w+))\b")
_BLOSSOM_ALSO = frozenset({"tree", "trees", "деревья", "деревьями", "orchard", "сад", "саду", "цвету"})
_TREES = frozenset({"meadow", "park", "village", "road", "room"})
_NOT = re.compile(r"\b(?:no|without|not|нет|без|не)\s+(?:an?\s+|any\s+|the\s+)?$")


@dataclass(frozen=True, slots=True)
class Dressing:
    """What was set up: sheets of it, the words that it shows, the actor who sits on the throne (or -1)."""

    layers: tuple[Layer, ...] = ()
    shown: frozenset[str] = frozenset()
    enthroned: int = -1


def prose_of(scene: Scene) -> str:
    """Prompt and moments in lower case, with е for ё."""
    moments = scene.moments
    return "\n".join((scene.prompt, moments.start, moments.middle, moments.end)).lower().replace("ё", "е")


def _named(pattern: str, text: str) -> list[str]:
    """The words of the text that match and are not denied."""
    hits = re.finditer(rf"\b(?:{pattern})\b", text)
    return [hit[0] for hit in hits if not _NOT.search(text[: hit.start()])]


def dressing_of(
    scene: Scene, place: Place, layout: Layout, tracks: Sequence[Track], held: Collection[str], plain: bool = False
) -> Dressing:
    """What the words set up in a place; `held` is what actors carry, `plain` sets nothing up (close-ups hide it)."""
    text = prose_of(scene)
    shown = set(place.shows) if not plain else {"face"}
    layers: list[Layer] = []
    taken = [x / layout.width for track in tracks for leg in track.legs for x in (leg.x0, leg.x1)]
    taken += [0.5] if scene.text else place.taken
    enthroned = -1
    for index, prop in enumerate(PROPS):
        words = _named(prop.words, text)
        if not words:
            continue
        if prop.held and prop.held in held:
            shown |= {*words}
            continue
        if plain or scene.place not in prop.places:
            continue
        x, turned = _ground(prop, layout, tracks, taken)
        if prop.kind == "throne":
            enthroned, x, turned = _throne(layout, tracks, x)
        taken.append(x)
        shown |= {*" ".join(words).split(), *prop.also}
        layers += _sheets(prop, {"x": x, "turned": turned, **place.growth}, 60 + index)
    if _BLOSSOM.search(text) and scene.place in _TREES:
        shown |= {*_BLOSSOM_ALSO, *(hit[0] for hit in _BLOSSOM.finditer(text))}
    return Dressing(tuple(layers), frozenset(shown), enthroned)


def blossoming(scene: Scene, layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """The place's sheets with its trees in blossom and rows of an orchard, where the words say so."""
    if not _BLOSSOM.search(prose_of(scene)) or scene.place not in _TREES:
        return tuple(layers)
    out: list[Layer] = []
    for layer in layers:
        bloom = layer
        if layer.kind == "hills" and layer.options.get("trees"):
            bloom = replace(layer, options={**layer.options, "blossom": 1.0})
        if layer.kind in ("ground", "fence") and scene.place != "room" and not any(one.seed == 58 for one in out):
            row = {"rise": 0.01, "trees": 8, "size": 3.0, "matter": 0, "blossom": 1.0, "rough": 0.1}
            near = {**row, "trees": 4, "size": 3.2, "clear": 0.26}
            out.append(Layer("hills", 3.2, 0.12, 58, row, sway=0.002))
            out.append(Layer("hills", 2.3, 0.06, 59, near, sway=0.003))
        out.append(bloom)
    return tuple(out)


def _ground(prop: Prop, layout: Layout, tracks: Sequence[Track], taken: Sequence[float]) -> tuple[float, float]:
    """The freest place (part of the width) ahead of the actors, and which way the thing is turned."""
    half = prop.wide * layout.person / prop.depth / layout.width
    margin = min(0.5, half + 0.04)
    ahead = sum(track.facing for track in tracks) or 1

    def worth(x: float) -> float:
        free = min((abs(x - other) for other in taken), default=0.3)
        return min(free, 0.34) + (0.03 if (x - 0.5) * ahead > 0 else 0.0)

    places = [min(1 - margin, max(margin, at)) for at in (0.76, 0.24, 0.66, 0.34, 0.9, 0.1, 0.52)]
    x = max(places, key=worth)
    return x, -1.0 if x > 0.5 else 1.0


def _throne(layout: Layout, tracks: Sequence[Track], x: float) -> tuple[int, float, float]:
    """The throne stands under the first who sits; else on free ground."""
    for track in tracks:
        if any(leg.action == "sit" for leg in track.legs):
            return track.part, (track.spot - 0.10 * track.facing * track.height) / layout.width, float(track.facing)
    return -1, x, -1.0 if x > 0.5 else 1.0


def _sheets(prop: Prop, options: dict[str, float], seed: int) -> list[Layer]:
    if prop.kind == "lamps":
        return [Layer("lantern post", prop.depth, 0.0, seed, options)]
    sheets = [Layer(prop.kind, prop.depth, 0.0, seed, options)]
    if prop.kind == "campfire":
        sheets.append(Layer("flames", prop.depth, 0.0, seed, options, sway=0.05, finish=False))
    if prop.kind in ("campfire", "candle"):
        high = {"campfire": 0.16, "candle": 0.78}[prop.kind]
        far = {"campfire": 1.5, "candle": 0.8}[prop.kind]
        shine = {**options, "high": high, "far": far}
        sheets.append(Layer("firelight", prop.depth, 0.0, seed, shine, blend="add", pulse=0.2, finish=False))
    return sheets
