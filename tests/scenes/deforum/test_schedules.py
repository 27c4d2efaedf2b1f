"""Schedules: keyframes in every spelling, straight lines between them, and all mistakes at once."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.backends.deforum.expressions import Faulty
from scenes.backends.deforum.schedules import Clock, read, read_all
from storyboard.errors import RenderError

CLOCK = Clock(61, Fraction(12))


@pytest.mark.parametrize(
    ("text", "frame", "wanted"),
    [
        ("0.65", 40, 0.65),
        ("t / 10", 40, 4.0),
        ("s", 30, 2.5),
        ("0:(1), 10:(3)", 0, 1.0),
        ("0:(1), 10:(3)", 5, 2.0),
        ("0:(1), 10:(3)", 10, 3.0),
        ("0:(1), 10:(3)", 60, 3.0),
        ("10:(3), 0:(1)", 5, 2.0),
        ("10:(3), 20:(4)", 2, 3.0),
        ("0: 1, 10: 3,", 5, 2.0),
        ("1s:(2), 2s:(4)", 18, 3.0),
        ("start:(0), middle:(6), end:(0)", 30, 6.0),
        ("start:(0), middle:(6), end:(0)", 45, 3.0),
        ("0:(0), max_f-1:(60)", 17, 17.0),
        ("0:(max(1, 2)), 10:(where(t < 5, 0, 4))", 5, 3.0),
        ("0:(t), 10:(100)", 5, 52.5),
        ("0:(0.65), 30:(0.4*sin(t/10)), 60:(1)", 45, (0.4 * math.sin(4.5) + 1) / 2),
        ("0:(0.65), 30:(0.4*sin(t/10)), 60:(1)", 30, 0.4 * math.sin(3.0)),
    ],
)
def test_values(text: str, frame: int, wanted: float) -> None:
    """The value at a keyframe is its formula's; between two it fades from the one's value there to the other's."""
    assert read(text, CLOCK).at(frame) == pytest.approx(wanted)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 60), st.floats(-5, 5).map(lambda value: round(value, 3)), min_size=1, max_size=6))
def test_numbers_never_leave_their_neighbours(keys: dict[int, float]) -> None:
    """Keyframes of plain numbers are met exactly, and all values lie between those of the keyframes around them."""
    schedule = read(", ".join(f"{frame}:({value})" for frame, value in keys.items()), CLOCK)
    values = schedule.values(61)
    frames = sorted(keys)
    for frame in frames:
        assert values[frame] == keys[frame]
    for frame, found in enumerate(values):
        before = [keys[one] for one in frames if one <= frame][-1:] or [keys[frames[0]]]
        after = [keys[one] for one in frames if one >= frame][:1] or [keys[frames[-1]]]
        low, high = sorted((*before, *after))
        assert low - 1e-9 <= found <= high + 1e-9


def test_all_mistakes_at_once() -> None:
    """Every keyframe that cannot be read is told, each with its column in the whole text."""
    text = "0:(1 +), 5:(foo), 5:(2), bar:(3), 7:(1/(t-9)), -4:(1)"
    with pytest.raises(Faulty) as refused:
        read(text, CLOCK, "the schedule 'zoom'")
    faults = refused.value.faults
    assert [fault.column for fault in faults] == [7, 13, 26, 48]
    assert "the schedule 'zoom'" in refused.value.message
    for fault in faults:
        assert str(fault) in refused.value.message


@pytest.mark.parametrize(
    ("text", "column", "what"),
    [
        ("", 1, "nothing is written"),
        ("1, 2", 3, "several values"),
        ("0:(1), 2", 8, "without its frame"),
        ("0:(1), 0:(2)", 8, "twice"),
        (":(1)", 1, "a frame is missing"),
        ("0:(1/(t-40))", 5, "divides by 0"),
        ("0:(sqrt(20-t))", 4, "no value for -1"),
        ("0:(1), 1/0:(2)", 9, "divides by 0"),
        ("0:(1", 3, "never closed"),
    ],
)
def test_one_mistake(text: str, column: int, what: str) -> None:
    """A single mistake is told with its column, however late in the clip it shows, and with its remedy."""
    with pytest.raises(Faulty) as refused:
        read(text, CLOCK)
    (fault,) = refused.value.faults
    assert (fault.column, refused.value.hint) == (column, fault.fix)
    assert what in fault.what


def test_several_schedules() -> None:
    """The mistakes of several settings are told together, each under its name; sound ones come back by name."""
    with pytest.raises(RenderError) as refused:
        read_all({"zoom": "1 +", "angle": "0", "noise": "foo"}, CLOCK)
    assert "'zoom'" in refused.value.message
    assert "'noise'" in refused.value.message
    assert "'angle'" not in refused.value.message
    assert read_all({"zoom": "1", "angle": "t"}, CLOCK)["angle"].at(3) == 3.0


@pytest.mark.parametrize("text", ["1" * 30_000, ",".join(f"{frame}:(1)" for frame in range(800)), "9" * 400 + ":(1)"])
def test_hostile_size(text: str) -> None:
    """Texts, keyframes and frames without measure are refused."""
    with pytest.raises(Faulty):
        read(text, CLOCK)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40) | st.text(alphabet="0123:(),t+s. ", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is written gives a value for each frame or a refusal."""
    try:
        values = read(text, Clock(5, Fraction(24))).values(5)
    except Faulty as refused:
        faults = refused.faults
    else:
        assert len(values) == 5
        return
    assert faults
    assert all(1 <= fault.column <= len(text) + 1 for fault in faults)
