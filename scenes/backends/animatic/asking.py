"""What a scene asks of everybody: his act in each third and what he feels from when on.

Read from the beats where the words were read into them, else from the moments. Pure; knows no places and no pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from scenes.backends.animatic.moments import action_in, names_anybody
from storyboard.film import Beat, Part, Scene

IN_PASSING = frozenset({"talk", "listen", "stand", "look up"})
"""What nobody who sits or kneels gets up for, and what one leaves to return an embrace."""
_LOW = frozenset({"sit", "kneel"})


def asked_of(scene: Scene) -> list[tuple[str, str, str]]:
    """What everybody does in each third: by the beats where the words were read into them, else by the moments."""
    asked = [[part.action] * 3 for part in scene.cast]
    who = {part.character.id: index for index, part in enumerate(scene.cast)}
    if any(beat != Beat() for beat in scene.beats):
        for third, beat in enumerate(scene.beats):
            for name, action in reversed(beat.actions):
                if name in who:
                    _ask(asked, who[name], third, action, scene.cast)
    else:
        names = tuple(part.character.name for part in scene.cast)
        for third, text in enumerate((scene.moments.start, scene.moments.middle, scene.moments.end)):
            action = action_in(text)
            if action and asked:
                _ask(asked, max(0, names_anybody(text, names)), third, action, scene.cast)
    return [(first, middle, last) for first, middle, last in asked]


def _ask(asked: list[list[str]], index: int, third: int, action: str, cast: Sequence[Part]) -> None:
    if action not in IN_PASSING or cast[index].action not in _LOW:
        asked[index][third] = action


def feelings_of(beats: Sequence[Beat], who: str) -> tuple[tuple[float, str], ...]:
    """From which part of the scene on he feels what, as the beats say."""
    return tuple(
        (third / 3, emotion) for third, beat in enumerate(beats) for name, emotion in beat.emotions if name == who
    )


def turns_round(asked: Sequence[str]) -> bool:
    """True where somebody who does this may look both ways on his spot: he turns, or turns to somebody or to go."""
    return "turn" in asked or "hug" in asked or asked[-1] in ("exit", "walk", "run")
