"""Written sounds to data: levels filled in, and names that stay the same while other sounds come and go.

Knows no scene and no transition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

from storyboard.film import Sound
from storyboard.model.sound import WrittenSound
from storyboard.vocabulary.effects import EVENT_LEVEL, usual_level


def of_scene(written: Sequence[WrittenSound] | None, suggested: Callable[[], tuple[Sound, ...]]) -> tuple[Sound, ...]:
    """Return the sounds of a scene: what is written, or what is suggested where nothing is or where it is asked for.

    An empty list was written as `none`.
    """
    if written is None:
        return suggested()
    asked = any(sound.suggested for sound in written)
    return (*sounds(written), *(suggested() if asked else ()))


def sounds(written: Sequence[WrittenSound], prefix: str = "") -> tuple[Sound, ...]:
    """Return the sounds in their order; ids are the effect's name, `file` or `made`, with a number, after `prefix`."""
    counts: Counter[str] = Counter()
    made = []
    for sound in written:
        if sound.suggested:
            continue
        kind = sound.effect or ("made" if sound.prompt else "file")
        counts[kind] += 1
        usual = usual_level(sound.effect) if sound.effect else EVENT_LEVEL if sound.prompt else 0.0
        made.append(
            Sound(
                id=f"{prefix}{kind}-{counts[kind]}",
                effect=sound.effect or "",
                file=sound.file or "",
                at=sound.at or Fraction(0),
                length=sound.length or Fraction(0),
                level=float(usual if sound.level is None else sound.level),
                start=sound.from_ or Fraction(0),
                trim=bool(sound.trim),
                prompt=sound.prompt or "",
                backend=sound.backend or "",
                model=tuple((sound.model or {}).items()),
            )
        )
    return tuple(made)
