"""Stage dressing: things that the scene names and that stand beside the actors, a crowd, and words the place shows.

The scene's things say what, and a small table of words what they do not name; free ground decides where (`standing`).
Gives sheets as data; no pixels.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from scenes.backends.animatic.blocking import Track
from scenes.backends.animatic.figures.look import CARRIED, HOLDABLE
from scenes.backends.animatic.figures.wardrobe import ROLES
from scenes.backends.animatic.figures.words import COLOURS
from scenes.backends.animatic.layers import Layer
from scenes.backends.animatic.layout import Layout
from scenes.backends.animatic.places.setting import Place
from scenes.backends.animatic.standing import Ground, Stand, sheets_of, stand_of, under_the_seated
from storyboard.film import Part, Scene, Thing


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing that words set up where nobody listed it.

    `kind` is its canonical word, `words` a pattern of whole words in lower case with е for ё, `also` are words that
    it shows besides.
    """

    kind: str
    words: str
    also: frozenset[str] = frozenset()


PROPS = (
    Prop("throne", r"thrones?|трон(?:а|е|у|ом)?", frozenset({"stone", "large", "каменный"})),
    Prop("signpost", r"signs?|signposts?|указател\w+|дорожный знак",
         frozenset({"wooden", "arrow", "arrows", "points", "point", "деревянный"})),
    Prop("boulder", r"boulders?|валун(?:а|ы|ов|ом)?", frozenset({"giant", "large"})),
    Prop("tent", r"tents?|палатк\w{1,3}|шатер|шатр\w{1,3}"),
    Prop("campfire", r"campfires?|bonfires?|костер|костр\w{1,3}"),
    Prop("table", r"tables?|стол(?:а|е|у|ом|ик|ика|ике)?", frozenset({"wooden"})),
    Prop("chair", r"chairs?|стул(?:а|е|ом|ья)?", frozenset({"wooden"})),
    Prop("candle", r"candles?|свеч\w{1,3}"),
    Prop("bouquet", r"bouquets?|букет\w{0,3}"),
    Prop("suitcase", r"suitcases?|luggage|чемодан\w{0,3}|багаж\w{0,2}"),
    Prop("lamppost", r"lanterns?|lamp ?posts?|street ?lamps?|фонар\w{1,3}", frozenset({"post", "lamppost"})),
)  # fmt: skip
"""What words alone set up, in order of standing."""

MOST = 5
"""How many of one thing are set up at most."""
_WALL = 1.7
"""How far from the actors anything stands in a room: before its wall."""
_BEFORE_THE_CROWD = 1.3
_ROOM = 8
"""How many sheets of things a scene has at most, so that the ground does not run out."""
_BLOSSOM = re.compile(r"\b(?:cherry|cherries|blossom\w*|вишн\w+|цвету(?:т|щ\w+))\b")
_BLOSSOM_ALSO = frozenset({"tree", "trees", "деревья", "деревьями", "orchard", "сад", "саду", "цвету"})
_TREES = frozenset({"meadow", "park", "village", "road", "room"})
_NOT = re.compile(r"\b(?:no|without|not|нет|без|не)\s+(?:an?\s+|any\s+|the\s+)?$")


@dataclass(frozen=True, slots=True)
class Dressing:
    """What was set up: sheets of it, the words that it shows, the actor who sits on the throne (or -1).

    `missing` are the words of things that found no place here and are in nobody's hands.
    """

    layers: tuple[Layer, ...] = ()
    shown: frozenset[str] = frozenset()
    enthroned: int = -1
    missing: tuple[str, ...] = ()


def prose_of(scene: Scene) -> str:
    """Prompt and moments in lower case, with е for ё."""
    moments = scene.moments
    return "\n".join((scene.prompt, moments.start, moments.middle, moments.end)).lower().replace("ё", "е")


def crowded(part: Part) -> bool:
    """Whether somebody of the cast is a crowd, which is painted on a sheet and not acted."""
    return part.character.role == "crowd"


def _named(pattern: str, text: str) -> list[str]:
    """The words of the text that match and are not denied."""
    hits = re.finditer(rf"\b(?:{pattern})\b", text)
    return [hit[0] for hit in hits if not _NOT.search(text[: hit.start()])]


def _asked(scene: Scene) -> list[tuple[Thing, frozenset[str]]]:
    """All things of the scene, and with each the words that it shows."""
    out = [(thing, frozenset(thing.written.replace("ё", "е").split())) for thing in scene.things]
    listed = {thing.kind for thing in scene.things}
    if "lantern" in listed:
        listed.add("lamppost")
    text = prose_of(scene)
    for prop in PROPS:
        words = _named(prop.words, text)
        if words and prop.kind not in listed:
            out.append((Thing(prop.kind, words[0]), frozenset({*" ".join(words).split(), *prop.also})))
        elif words:
            out = [(one, shows | prop.also if one.kind == prop.kind else shows) for one, shows in out]
    return out


def _in_hand(thing: Thing, scene: Scene, held: Collection[str]) -> bool:
    """Whether an actor has it, so that it needs no place of its own; animals have no hands."""
    if thing.kind in held or (thing.kind == "lamppost" and "lantern" in held):
        return True
    acts = [part.action for part in scene.cast if part.character.id == thing.held_by and _handed(part)]
    return bool(acts) and (thing.kind in HOLDABLE or (acts[0] == "carry" and thing.kind in CARRIED))


def _handed(part: Part) -> bool:
    return ROLES.get(part.character.role, {}).get("kind", "person") in ("person", "robot")


def dressing_of(
    scene: Scene, place: Place, layout: Layout, tracks: Sequence[Track], held: Collection[str], plain: bool = False
) -> Dressing:
    """What the scene sets up in a place; `held` is what actors carry, `plain` sets nothing up (close-ups hide it)."""
    shown = set(place.shows) if not plain else {"face"}
    layers: list[Layer] = _crowd(scene, layout)
    farthest = _BEFORE_THE_CROWD if layers else _WALL if place.indoors else math.inf
    ground = Ground(layout, tracks, (0.5,) if scene.text else place.taken, farthest)
    missing: list[str] = []
    wanted: list[tuple[Thing, Stand]] = []
    hands_seen = not plain or any(part.action in ("carry", "hold light") for part in scene.cast)
    for thing, words in _asked(scene):
        in_hand = _in_hand(thing, scene, held)
        stand = None if plain or in_hand else stand_of(thing.kind, scene.place, place.indoors)
        painted = place.indoors and not plain and words & place.shows and thing.count == 1 and not thing.colour
        if painted or (in_hand and hands_seen):
            shown |= words
        elif stand is None:
            missing.append(thing.written)
        else:
            shown |= words
            wanted.append((thing, stand))
    enthroned = -1
    for thing, stand in sorted(wanted, key=_width):
        count = min(MOST, max(1, thing.count), max(1, _ROOM - len(layers) // 2))
        for each in ground.portions(stand, count):
            x, turned, depth = ground.free(stand, each)
            if thing.kind == "throne":
                enthroned, x, turned = under_the_seated(layout, tracks, x)
            ground.take(x, stand, each, depth)
            options = {"x": x, "turned": turned, **place.growth, **_dye(thing)}
            options |= {"count": float(each)} if each > 1 else {}
            options |= {"crate": 1.0} if stand.on == "table" and not place.indoors else {}
            layers += sheets_of(stand, depth, options, 60 + len(layers))
    if _BLOSSOM.search(prose_of(scene)) and scene.place in _TREES:
        shown |= {*_BLOSSOM_ALSO, *(hit[0] for hit in _BLOSSOM.finditer(prose_of(scene)))}
    return Dressing(tuple(sorted(layers, key=_nearness)), frozenset(shown), enthroned, tuple(dict.fromkeys(missing)))


def _width(one: tuple[Thing, Stand]) -> float:
    """Sorts the widest first, so that it finds room."""
    return -one[1].wide


def _nearness(layer: Layer) -> float:
    """Sorts the farthest first."""
    return -layer.depth


def _dye(thing: Thing) -> dict[str, float]:
    """The options of the colour that is said of a thing."""
    if thing.colour not in COLOURS:
        return {}
    return dict(zip(("red", "green", "blue"), COLOURS[thing.colour], strict=True))


def _crowd(scene: Scene, layout: Layout) -> list[Layer]:
    """The sheets of people behind the actors, where somebody of the cast or of the extras is a crowd."""
    if not any(crowded(part) for part in (*scene.cast, *scene.extras)):
        return []
    people = 7.0 if layout.tall else 9.0
    return [
        Layer("crowd", 1.8, 0.10, 51, {"people": people - people // 2, "row": 0.0}, bob=0.0010, finish=False),
        Layer("crowd", 1.35, 0.05, 52, {"people": people // 2, "row": 1.0}, bob=0.0013, finish=False),
    ]


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
