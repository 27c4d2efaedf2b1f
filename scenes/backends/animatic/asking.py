"""What a scene asks of everybody: his act in each third and what he feels from when on.

Read from the scene's beats. Pure; knows no places and no pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.film import Beat, Scene

IN_PASSING = frozenset({"talk", "listen", "stand", "look up"})
"""What nobody who sits or kneels gets up for, and what one leaves to return an embrace."""
_LOW = frozenset({"sit", "kneel"})
_LASTING = frozenset({"sit", "kneel", "fall", "hug"})
"""What one goes on with while nothing else is said."""


def asked_of(scene: Scene) -> list[tuple[str, str, str]]:
    """What everybody does in each third."""
    told: list[list[list[str]]] = [[[], [], []] for _ in scene.cast]
    who = {part.character.id: index for index, part in enumerate(scene.cast)}
    for third, beat in enumerate(scene.beats):
        for name, action in beat.actions:
            if name in who:
                told[who[name]][third].append(action)
    return [_resolved(part.action, _one_each(acts)) for part, acts in zip(scene.cast, told, strict=True)]


def _one_each(told: list[list[str]]) -> list[str]:
    """One act a third, "" for none: of several the later go on into thirds that say nothing, or the first before."""
    out = [acts[0] if acts else "" for acts in told]
    for third, acts in enumerate(told):
        rest = acts[1:]
        for later in range(third + 1, 3):
            if not rest or told[later]:
                break
            out[later] = rest.pop(0)
        if rest and third > 0 and not out[third - 1]:
            out[third - 1], out[third] = acts[0], rest[-1]
        elif rest and rest[-1] == "exit":
            out[third] = "exit"
    return out


def _resolved(usual: str, told: Sequence[str]) -> tuple[str, str, str]:
    """The acts of the three thirds, where he goes on with what lasts and does the `usual` where nothing is said."""
    lasting = usual if usual in _LASTING else ""
    out: list[str] = []
    for action in told:
        done = action or lasting or usual
        if lasting in _LOW and done in IN_PASSING:
            done = lasting
        lasting = done if done in _LASTING else ""
        out.append(done)
    return (out[0], out[1], out[2])


def feelings_of(beats: Sequence[Beat], who: str) -> tuple[tuple[float, str], ...]:
    """From which part of the scene on he feels what, as the beats say."""
    return tuple(
        (third / 3, emotion) for third, beat in enumerate(beats) for name, emotion in beat.emotions if name == who
    )


def turns_round(asked: Sequence[str]) -> bool:
    """True where somebody who does this may look both ways on his spot: he turns, or turns to somebody or to go."""
    return bool({"turn", "hug"} & {*asked}) or asked[1] == "exit" or asked[-1] in ("exit", "walk", "run")
