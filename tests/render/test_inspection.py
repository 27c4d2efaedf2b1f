"""The self-test's judgement: each fault is named, and nothing else fails a film."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from render.inspection import InspectionRequest, _faults

DUE = InspectionRequest(48, 96_000, Fraction(24), 640, 360, (), (), -14.0)


def report_with(likeness: float | None = 0.9, **figures: Any) -> dict[str, Any]:
    """The report of a film that is as planned but for these figures."""
    return {
        "frames": 48,
        "exact_times": True,
        "size": "640x360",
        "foreign": [],
        "foreign_sound": [],
        "worst_cut_error_frames": 0,
        "worst_av_offset_ms": 0.0,
        "colour": "bt709 limited",
        "lufs": -14.1,
        "true_peak_dbtp": -1.4,
        "cuts": [{"scene": "wood", "sound_likeness": likeness}],
        **figures,
    }


def test_a_film_as_planned_has_no_faults() -> None:
    """Silence has no loudness, no peak and no likeness: nothing can be wrong with them."""
    assert _faults(report_with(), DUE) == []
    assert _faults(report_with(None, lufs=None, true_peak_dbtp=None), DUE) == []


@pytest.mark.parametrize(
    ("figures", "fault"),
    [
        ({"frames": 47}, "47 frames instead of 48"),
        ({"exact_times": False}, "exact times"),
        ({"size": "640x368"}, "640x368"),
        ({"foreign_sound": [3]}, "the sound from chunk 3"),
        ({"foreign": [24, 30]}, "frame 24"),
        ({"worst_cut_error_frames": 1}, "1 frames off"),
        ({"worst_av_offset_ms": 21.0}, "21.0 ms"),
        ({"lufs": -15.0}, "-15.0 LUFS"),
        ({"true_peak_dbtp": -0.4}, "-0.4 dBTP"),
        ({"colour": "2/2/2/1"}, "2/2/2/1"),
        ({"likeness": 0.1}, "wood"),
        ({"likeness": 0.0}, "wood"),
    ],
)
def test_each_fault_is_named_alone(figures: dict[str, Any], fault: str) -> None:
    """One thing wrong is one fault in words, also a sound that is not there at all."""
    found = _faults(report_with(**figures), DUE)
    assert len(found) == 1
    assert fault in found[0]
