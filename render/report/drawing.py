"""The drawings of the report as SVG: the timeline with its lanes, and the sound with its loudness.

Colours are classes that the page's style gives a value in light and in dark. Pure: facts in, text out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape

import numpy as np
from numpy.typing import NDArray

from render.report.facts import Lane, SoundFacts, Stretch

_LANE = 30
_GAP = 6
_AXIS = 18
_WAVE = 120
_QUIETEST = -50.0
"""LUFS at the foot of the loudness curve."""
_POINTS = 800
"""Points of the loudness curve at most; more would only make the file larger."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds between two marks of the axis."""


def timeline(lanes: Sequence[Lane], frames: int, rate: Fraction, title: str = "Timeline") -> str:
    """The film in time: a lane each for pictures, words, sounds and music, over an axis in minutes and seconds."""
    height = _AXIS + len(lanes) * (_LANE + _GAP)
    parts = [_open("timeline", height, title), *_axis(frames, rate, height)]
    for number, lane in enumerate(lanes):
        top = _AXIS + number * (_LANE + _GAP)
        parts.append(f'<rect class="lane" x="0" y="{top}" width="100%" height="{_LANE}"/>')
        parts += [_stretch(one, top, frames, rate) for one in lane.stretches]
    return "".join([*parts, "</svg>"])


def waveform(sound: SoundFacts, frames: int, rate: Fraction, title: str = "Sound") -> str:
    """The sound wave, its short-term loudness as a line, and the loudness that was asked for as a dashed one."""
    height = _AXIS + _WAVE
    columns = len(sound.low)
    upper = [f"{x},{_WAVE / 2 * (1 - float(y)):.1f}" for x, y in enumerate(sound.high)]
    lower = [f"{x},{_WAVE / 2 * (1 - float(y)):.1f}" for x, y in enumerate(sound.low)]
    target = _height(sound.target)
    return "".join(
        [
            _open("wave", height, title),
            *_axis(frames, rate, height),
            # Only the curves are stretched to the page: letters would be stretched with them.
            f'<svg y="{_AXIS}" width="100%" height="{_WAVE}" viewBox="0 0 {columns} {_WAVE}" ',
            'preserveAspectRatio="none">',
            f'<polygon class="sound" points="{" ".join([*upper, *reversed(lower)])}"/>',
            f'<line class="target" x1="0" x2="{columns}" y1="{target:.1f}" y2="{target:.1f}"/>',
            *(f'<polyline class="loudness" points="{run}"/>' for run in _curve(sound.short_term, columns)),
            "</svg></svg>",
        ]
    )


def clock(frame: int, rate: Fraction) -> str:
    """`1:02.5` of a frame's start."""
    tenths = int(Fraction(frame * 10) / rate)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def _open(name: str, height: float, title: str) -> str:
    return (
        f'<svg class="{name}" width="100%" height="{height:g}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>"
    )


def _axis(frames: int, rate: Fraction, height: float) -> Iterator[str]:
    """Marks at round times, at most about a dozen."""
    seconds = float(frames / rate)
    step = next((one for one in _STEPS if seconds / one <= 12), _STEPS[-1])
    for mark in range(0, int(seconds) + 1, step):
        x = mark / seconds * 100
        yield f'<line class="tick" x1="{x:.3f}%" x2="{x:.3f}%" y1="0" y2="{height:g}"/>'
        if x < 97:
            yield f'<text class="time" x="{x:.3f}%" dx="3" y="12">{mark // 60}:{mark % 60:02}</text>'


def _stretch(one: Stretch, top: float, frames: int, rate: Fraction) -> str:
    """One block; its title stands on it as far as there is room, and shows whole when it is pointed at."""
    left, wide = one.first / frames * 100, (one.last - one.first) / frames * 100
    told = f"{one.title} · {clock(one.first, rate)}–{clock(one.last, rate)}"
    seek = float(one.first / rate)
    # A drawing inside the drawing cuts its title off at its own edge, however wide the page is.
    return (
        f'<svg class="{escape(one.kind)}" data-seek="{seek:.4f}" x="{left:.3f}%" y="{top}" width="{wide:.3f}%" '
        f'height="{_LANE}"><title>{escape(told)}</title><rect width="100%" height="100%" rx="3"/>'
        f'<text class="on" x="5" y="19">{escape(one.title)}</text></svg>'
    )


def _height(level: float) -> float:
    """How far below the top a level in LUFS stands."""
    return _WAVE * max(_QUIETEST, min(0.0, level)) / _QUIETEST


def _curve(levels: NDArray[np.float64], columns: int) -> Iterator[str]:
    """The loudness as runs of points, broken where it is silent."""
    run: list[str] = []
    for place in range(0, len(levels), max(1, len(levels) // _POINTS)):
        if levels[place] > _QUIETEST:
            run.append(f"{(place + 0.5) / len(levels) * columns:.1f},{_height(float(levels[place])):.1f}")
        elif run:
            yield " ".join(run)
            run = []
    if run:
        yield " ".join(run)
