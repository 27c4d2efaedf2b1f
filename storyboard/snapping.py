"""Cuts on the music: lengths of scenes that count beats, and cuts that are moved to the nearest one.

Works on frames and on the seconds of beats, wherever these come from. Knows neither sound nor pictures.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from storyboard.film import Beats, FitClip, Fixed, Length
from storyboard.time import frames


@dataclass(frozen=True, slots=True)
class Clock:
    """The beats of the film's music, in seconds from its first frame.

    `heard` are those that a piece of music has, in order; after them, or without any, every `period` brings one.
    """

    period: Fraction
    heard: tuple[Fraction, ...] = ()

    def at(self, beat: int) -> Fraction:
        """When a beat is, counted from 0."""
        if beat < len(self.heard):
            return self.heard[max(0, beat)]
        if not self.heard:
            return beat * self.period
        return self.heard[-1] + (beat - len(self.heard) + 1) * self.period

    def nearest(self, seconds: Fraction) -> int:
        """The beat nearest to a time; the earlier of two that are equally near."""
        after = self.from_(seconds)
        return after - 1 if after and seconds - self.at(after - 1) <= self.at(after) - seconds else after

    def from_(self, seconds: Fraction) -> int:
        """The first beat at a time or after it."""
        if self.heard and seconds <= self.heard[-1]:
            return bisect.bisect_left(self.heard, seconds)
        if not self.heard:
            return max(0, -(-seconds // self.period))
        return len(self.heard) + max(0, -((self.heard[-1] + self.period - seconds) // self.period))


@dataclass(frozen=True, slots=True)
class Measure:
    """One scene before its cut is moved: its length and what it may not fall below, in frames.

    `overlaps` are the frames of the transitions into it and out of it.
    """

    rule: Length
    frames: int
    least: int
    overlaps: tuple[int, int]
    snap: bool


def on_beats(scenes: Sequence[Measure], clock: Clock, rate: Fraction) -> list[int]:
    """The lengths of all scenes in frames, with those changed that count beats or whose cut falls on one.

    A cut lies in the middle of its transition. A scene is never made shorter than `least`; one that waits for speech
    is only made longer, one of footage only shorter.
    """
    lengths: list[int] = []
    start = 0
    for number, scene in enumerate(scenes):
        before, after = scene.overlaps
        cut = start + Fraction(before, 2) if number else Fraction(0)
        length = scene.frames
        if isinstance(scene.rule, Beats):
            beat = clock.nearest(cut / rate) + scene.rule.count
            length = _until(clock.at(beat), start, after, rate)
        elif scene.snap:
            length = _snapped(scene, start, clock, rate)
        lengths.append(max(length, scene.least))
        start += lengths[-1] - after
    return lengths


def _until(seconds: Fraction, start: int, after: int, rate: Fraction) -> int:
    """The length with which a scene's cut lies at a time."""
    return frames(seconds, rate) + after // 2 - start


def _snapped(scene: Measure, start: int, clock: Clock, rate: Fraction) -> int:
    after = scene.overlaps[1]
    natural = (start + scene.frames - Fraction(after, 2)) / rate
    beat = clock.nearest(natural)
    if not isinstance(scene.rule, (Fixed, FitClip)):
        beat = clock.from_(natural)
    length = _until(clock.at(beat), start, after, rate)
    if isinstance(scene.rule, FitClip) and length > scene.frames and beat:
        length = _until(clock.at(beat - 1), start, after, rate)
    while length < scene.least:
        beat += 1
        length = _until(clock.at(beat), start, after, rate)
    # Footage that would have to be longer than it is keeps its length.
    return scene.frames if isinstance(scene.rule, FitClip) and length > scene.frames else length
