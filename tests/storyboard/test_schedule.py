"""The film in time: frames, overlaps, cues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import Severity
from storyboard.film import Film, Fixed
from storyboard.load import read
from storyboard.schedule import Schedule, schedule
from storyboard.time import frames
from storyboard.ways import CUT

HEAD = "workprint: 1\ntitle: A film\n"
Maker = Callable[[str], Film]


def made(body: str) -> Film:
    return read(HEAD + body, "storyboard.yaml").checked()


def sum_of(timed: Schedule) -> int:
    inner = sum(slot.overlap_in for slot in timed.slots[1:])
    return sum(slot.frames for slot in timed.slots) - inner


@st.composite
def films(draw: st.DrawFn) -> Film:
    rate = draw(st.sampled_from(["24", "25", "30", "23.976", "29.97", "59.94", "60", "12.5"]))
    scenes = []
    for number in range(draw(st.integers(1, 12))):
        hundredths = draw(st.integers(300, 3000))
        kind = draw(st.sampled_from(["cut", "crossfade 0.8s", "fade 1s", "wipe left 0.33s", "slide up 0.05s"]))
        scenes.append(f"  - {{id: s{number}, prompt: x, length: {hundredths / 100}s, transition: {kind}}}\n")
    opening = draw(st.sampled_from(["cut", "fade 0.5s"]))
    return made(f"fps: {rate}\nopening: {opening}\nscenes:\n{''.join(scenes)}")


@settings(max_examples=60, deadline=None)
@given(films())
def test_the_film_is_the_sum_of_its_scenes_less_what_overlaps(film: Film) -> None:
    """Scenes are quantised once and inner transitions are subtracted once."""
    timed = schedule(film)
    assert timed.frames == sum_of(timed) == timed.slots[-1].end
    assert timed.exact
    assert timed.diagnostics == ()
    assert timed.slots[0].start == 0
    for scene, slot in zip(film.scenes, timed.slots, strict=True):
        assert slot.frames == frames(scene.length.seconds, film.rate)  # type: ignore[union-attr]
        first, last = slot.body
        assert last - first >= 2
    for before, after in zip(timed.slots, timed.slots[1:], strict=False):
        assert after.start == before.end - after.overlap_in
        assert after.overlap_in == before.overlap_out
        assert after.overlap_in == 0 or after.overlap_in >= 2


@settings(max_examples=30, deadline=None)
@given(films(), st.integers(300, 3000))
def test_a_longer_scene_moves_the_later_ones_and_changes_none(film: Film, hundredths: int) -> None:
    """Slots depend on where in the film they stand by their start only, and all starts move alike."""
    longer = Fixed(film.scenes[0].length.seconds + Fraction(hundredths, 100))  # type: ignore[union-attr]
    changed = replace(film, scenes=(replace(film.scenes[0], length=longer), *film.scenes[1:]))
    before, after = schedule(film), schedule(changed)
    shift = after.slots[0].frames - before.slots[0].frames
    assert [replace(slot, start=slot.start + shift) for slot in before.slots[1:]] == list(after.slots[1:])


def test_opening_and_ending_take_no_extra_time() -> None:
    """A fade in and a fade out overlap with nothing."""
    timed = schedule(made("opening: fade 1s\nscenes: [{id: a, prompt: x, length: 4s, transition: fade 1s}]\n"))
    slot = timed.slots[0]
    assert (timed.frames, slot.overlap_in, slot.overlap_out, slot.body) == (96, 24, 24, (24, 72))
    assert slot.markers == (0, 48, 95)


def test_measured_voices_set_the_length_and_the_cues() -> None:
    """With every line measured the schedule is exact, and cues lie where the scene lies."""
    film = made(
        "fps: 25\nscenes: [{id: a, prompt: x, length: 2s, transition: crossfade 0.4s},"
        " {id: b, lines: [hello, there]}]\n"
    )
    spoken = {("b", "narrator-1"): Fraction(1), ("b", "narrator-2"): Fraction(3, 2)}
    timed = schedule(film, spoken)
    slot = timed.slot("b")
    assert timed.exact
    assert slot.start == 40
    assert slot.frames == frames(
        Fraction("0.4") + 1 + Fraction("0.12") + Fraction("1.5") + Fraction("0.5"), Fraction(25)
    )
    assert [(cue.first_sample, cue.samples) for cue in timed.cues] == [
        (round((1.6 + 0.4) * 48000), 48000),
        (round((1.6 + 0.4 + 1 + 0.12) * 48000), 72000),
    ]
    with pytest.raises(KeyError):
        timed.slot("zzz")


def test_without_voices_the_schedule_is_estimated() -> None:
    """A plan before the voices are made says so, scene by scene."""
    film = made(
        "scenes: [{id: a, prompt: x}, {id: b, lines: [hello]}, {id: c, clip: x.mov}, {id: d, length: 9s, lines: [x]}]\n"
    )
    timed = schedule(film)
    assert not timed.exact
    assert [slot.exact for slot in timed.slots] == [True, False, False, True]


def test_footage_sets_the_length() -> None:
    """A scene as long as its clip starts where `from` says."""
    film = made("scenes: [{id: a, clip: {file: x.mov, from: 2s}}]\n")
    assert schedule(film, clips={"a": Fraction(5)}).frames == 72
    late = schedule(film, clips={"a": Fraction(1)})
    assert [one.code for one in late.diagnostics] == ["E153"]


def test_beats_follow_the_tempo() -> None:
    """Eight beats at 120 a minute are four seconds."""
    film = made("score: {tempo: 120}\nscenes: [{id: a, prompt: x, length: 8 beats}]\n")
    assert schedule(film).seconds == 4


def test_speech_longer_than_its_scene_is_warned_of_with_the_length_that_fits() -> None:
    """A fixed scene that is too short says which length would do, and that length does."""
    film = made("scenes: [{id: a, length: 2s, lines: [hello]}]\n")
    found = schedule(film, {("a", "narrator-1"): Fraction(3)}).diagnostics
    assert [(one.code, one.severity) for one in found] == [("W203", Severity.WARNING)]
    assert "length: 3.85s" in found[0].hint
    longer = made("scenes: [{id: a, length: 3.85s, lines: [hello]}]\n")
    assert schedule(longer, {("a", "narrator-1"): Fraction(3)}).diagnostics == ()


def test_a_transition_without_room_is_an_error_that_names_what_fits() -> None:
    """The overlaps of a scene leave it at least two frames; else the longest transition that fits is named."""
    body = (
        "scenes: [{id: a, prompt: x, length: 4s, transition: crossfade 2s}, {id: b, prompt: x, length: 1s},"
        " {id: c, prompt: x}]\n"
    )
    found = read(HEAD + body, "storyboard.yaml")
    assert [(one.code, one.line) for one in found.errors] == [("E170", 3)]
    assert "the longest that fits is 0.91s" in found.errors[0].message
    fitting = body.replace("crossfade 2s", "crossfade 0.91s")
    assert read(HEAD + fitting, "storyboard.yaml").errors == ()


def test_both_sides_of_a_short_scene_are_considered() -> None:
    """Two transitions share the room of the scene between them."""
    body = (
        "scenes: [{id: a, prompt: x, transition: crossfade 1s},"
        " {id: b, prompt: x, length: 1s, transition: crossfade 1s},"
        " {id: c, prompt: x}]\n"
    )
    found = read(HEAD + body, "storyboard.yaml")
    assert [one.code for one in found.errors] == ["E170"]


def test_a_scene_of_no_frames_is_an_error() -> None:
    """A length below two frames cannot be shown."""
    assert [one.code for one in read(HEAD + "scenes: [{id: a, prompt: x, length: 20ms}]\n", "s").errors] == ["E171"]


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 200), st.integers(1, 200))
def test_clamped_overlaps_always_leave_a_body(count: int, before: int, after: int) -> None:
    """Whatever is asked for, the schedule that comes back can be made."""
    text = (
        f"scenes: [{{id: a, prompt: x, length: 20s, transition: crossfade {before * 10}ms}},"
        f" {{id: b, prompt: x, length: {count * 100}ms, transition: wipe {after * 10}ms}},"
        " {id: c, prompt: x, length: 20s}]\n"
    )
    written = read(HEAD + text, "storyboard.yaml")
    film = written.film
    if film is None:
        assert {one.code for one in written.errors} == {"E170"}
        return
    for slot in schedule(film).slots:
        first, last = slot.body
        assert last - first >= 2


def test_many_ntsc_scenes_do_not_drift(film: Maker) -> None:
    """A hundred scenes of 4.004 s at 23.976 are exactly 96 frames each."""
    scenes = "".join(f"  - {{id: s{n}, prompt: x, length: 4.004s}}\n" for n in range(100))
    timed = schedule(film(f"fps: 23.976\nscenes:\n{scenes}"))
    assert timed.frames == 9600
    assert timed.seconds == Fraction("400.4")
    assert timed.samples == 19_219_200
    assert CUT.length == 0
