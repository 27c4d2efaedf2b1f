"""What changed in a scene since it was made, told with the keys that its author writes. Knows no state and no cost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from projects.history import Change
from storyboard.film import Scene

_FOLLOWING = frozenset({"prompt", "negative", "seed", "frames", "speech", "motion", "heads"})
"""Fields of a request that follow from what is written: named only where nothing else changed."""

_SHORT = 24
"""Signs up to which the old and the new word are told."""

_MOST = 3

_PERSON = re.compile(r"(?P<list>cast|extras)\[(?P<index>\d+)\]\.(?:character\.)?(?P<key>\w+)")


def told(changes: Sequence[Change], scene: Scene) -> str:
    """`time changed from dawn to night, looks of ada changed`; "" where nothing did."""
    bare = [(re.sub(r"^(clip|request)\.", "", one.path), one) for one in changes]
    written = [(path, one) for path, one in bare if path.split(".")[0].split("[")[0] not in _FOLLOWING] or bare
    found: dict[str, None] = {}
    for path, one in written:
        found[_spelled(path.removeprefix("scene."), one, scene)] = None
    words = list(found)
    return ", ".join(words[:_MOST] + ([f"{len(words) - _MOST} more"] if len(words) > _MOST else []))


def _spelled(path: str, change: Change, scene: Scene) -> str:
    person = _PERSON.match(path)
    if person:
        people = getattr(scene, person["list"])
        index = int(person["index"])
        who = people[index].character.id if index < len(people) else ""
        path = f"{person['key']} of {who}" if who else person["key"]
    elif path.startswith("voice."):
        path = {"voice.text": "words of a line"}.get(path, f"{path.removeprefix('voice.')} of a line")
    before, after = (_word(value) for value in (change.old, change.new))
    named = not path.startswith(("input ", "file ", "version"))
    between = f" from {before} to {after}" if named and before and after else ""
    return f"{path} changed{between}"


def _word(value: str) -> str:
    """A value that is one short word or number, as it is written; else ""."""
    bare = value.strip('"')
    short = 0 < len(bare) <= _SHORT and "\u2026" not in bare and bare[0] not in "[{" and bare != "null"
    return bare if short else ""
