"""Who speaks, where the picture does not show it, and two speakers in one caption with a dash before each.

Somebody who speaks but does not stand in the scene is named, once for each run of his lines; the narrator is not.
Takes captions that are timed already. Knows no files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from render.captions.lines import letters
from render.captions.measure import LONGEST_SHOWN, Measure
from render.captions.spans import Caption
from render.captions.timing import frames_needed
from storyboard.film import Film

DASH = "–"
"""Stands before each of two speakers in one caption."""

_TURN = Fraction(1, 4)
"""Seconds between two speakers whose lines may stand together."""


def named(shown: Sequence[Caption], film: Film) -> tuple[Caption, ...]:
    """The captions, with the name of a speaker who is not in the picture before the first of his words."""
    seen = {scene.id: {part.character.id for part in (*scene.cast, *scene.extras)} for scene in film.scenes}
    speakers = {(scene.id, line.id): line.by for scene in film.scenes for line in scene.lines}
    found, before = [], ("", "")
    for one in shown:
        by = speakers.get((one.scene, one.line))
        now = (one.scene, by.id if by else "")
        hidden = by is not None and by.id != film.narrator.id and by.id not in seen.get(one.scene, set())
        found.append(_labelled(one, by.name) if hidden and by is not None and now != before else one)
        before = now
    return tuple(found)


def _labelled(one: Caption, name: str) -> Caption:
    """A caption that begins with a name, which is said by nobody: its words come with the first that is."""
    count = len(name.split())
    return replace(
        one,
        text=f"{name}: {one.text}",
        words=(*one.words[:1] * count, *one.words) if one.words else (),
        heard=(*one.heard[:1] * count, *one.heard) if one.heard else (),
    )


def together(shown: Sequence[Caption], rate: Fraction, measure: Measure) -> tuple[Caption, ...]:
    """The captions, those of two speakers who follow each other too fast to be read as one, a dash before each."""
    if measure.lines < 2:
        return tuple(shown)
    found: list[Caption] = []
    for one in shown:
        before = found[-1] if found else None
        if before is not None and _may_join(before, one, rate, measure):
            found[-1] = _joined(before, one)
        else:
            found.append(one)
    return tuple(found)


def _may_join(one: Caption, other: Caption, rate: Fraction, measure: Measure) -> bool:
    if not (one.scene == other.scene and one.line and other.line) or one.speaker == other.speaker or "\n" in one.text:
        return False
    if other.first - one.last > _TURN * rate or other.last - one.first > LONGEST_SHOWN * rate:
        return False
    if max(letters(one.text), letters(other.text)) + 2 > measure.width:
        return False
    # What the first one has with the silence after it; the second one may stay on for itself.
    return other.first - one.first < frames_needed(one.text, rate, measure)


def _joined(one: Caption, other: Caption) -> Caption:
    timed = bool(one.words and other.words)
    return replace(
        one,
        text=f"{DASH} {one.text}\n{DASH} {other.text}",
        last=max(one.last, other.last),
        words=(one.words[0], *one.words, one.words[-1], *other.words) if timed else (),
        heard=(one.heard[0], *one.heard, one.heard[-1], *other.heard) if timed else (),
    )
