"""The timeline: pieces without a gap, whatever the lengths and transitions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.timeline import Body, Join, build_timeline, frame_of, scene_timeline
from storyboard.film import Film
from storyboard.load import read
from storyboard.schedule import schedule
from storyboard.time import sample_of_frame

RATES = ["24", "25", "30", "23.976", "29.97", "59.94"]


def film_of(lengths: list[int], overlaps: list[int], rate: str, opening: int) -> Film:
    """A film of fixed lengths and crossfades, both in milliseconds."""
    scenes = "".join(
        f"  - {{id: s{number}, length: {length}ms, place: forest, lines: ['One two.'], "
        f"transition: {'cut' if not overlap else f'crossfade {overlap}ms'}}}\n"
        for number, (length, overlap) in enumerate(zip(lengths, [*overlaps, 0], strict=True))
    )
    begin = f"opening: fade black {opening}ms\n" if opening else ""
    reading = read(f"workprint: 1\ntitle: T\nfps: {rate}\n{begin}scenes:\n{scenes}", "s.yaml")
    assert reading.film is not None, reading.diagnostics
    return reading.film


@st.composite
def films(draw: st.DrawFn) -> Film:
    """Films of two to six scenes whose transitions fit."""
    count = draw(st.integers(2, 6))
    lengths = draw(st.lists(st.integers(2500, 6000), min_size=count, max_size=count))
    overlaps = draw(st.lists(st.sampled_from([0, 120, 500, 1000]), min_size=count - 1, max_size=count - 1))
    return film_of(lengths, overlaps, draw(st.sampled_from(RATES)), draw(st.sampled_from([0, 500])))


@given(films())
def test_pieces_follow_one_another(film: Film) -> None:
    """Every frame of the film belongs to exactly one piece, in order."""
    timeline = build_timeline(film, schedule(film))
    place = 0
    for piece in timeline.pieces:
        assert piece.start == place
        assert piece.frames > 0
        place += piece.frames
    assert place == timeline.frames


@given(films())
def test_joins_use_what_bodies_leave(film: Film) -> None:
    """A join takes the tail that its first scene's body leaves and the head before its second scene's body."""
    timeline = build_timeline(film, schedule(film))
    bodies = {piece.scene: piece for piece in timeline.pieces if isinstance(piece, Body)}
    for piece in timeline.pieces:
        if isinstance(piece, Join) and piece.before and piece.after:
            assert piece.tail == bodies[piece.before].last
            assert piece.tail + piece.frames == timeline.slot(piece.before).frames
            assert piece.head + piece.frames == bodies[piece.after].first


@given(films())
def test_a_scene_by_itself_keeps_its_own_times(film: Film) -> None:
    """The timeline of one scene is its whole take, with its lines as far from its start as in the film."""
    timeline = build_timeline(film, schedule(film))
    alone = scene_timeline(timeline, "s1")
    slot = timeline.slot("s1")
    assert alone.frames == slot.frames
    assert [piece.name for piece in alone.pieces] == ["whole:s1"]
    cue = next(cue for cue in timeline.cues if cue.scene_id == "s1")
    assert alone.cues[0].first_sample == cue.first_sample - sample_of_frame(slot.start, film.rate)


@given(st.integers(0, 10**7), st.sampled_from([Fraction(24), Fraction(30000, 1001), Fraction(60000, 1001)]))
def test_frames_and_samples_agree(frame: int, rate: Fraction) -> None:
    """The frame that is on screen at a frame's first sample is that frame."""
    assert frame_of(sample_of_frame(frame, rate), rate) == frame


@given(films())
def test_slots_and_cues_are_found_by_scene(film: Film) -> None:
    """Each scene has its slot and its lines; a scene that is not there has no lines and no slot."""
    timeline = build_timeline(film, schedule(film))
    assert tuple(timeline.slot(scene.id) for scene in film.scenes) == timeline.slots
    assert tuple(cue for scene in film.scenes for cue in timeline.cues_of(scene.id)) == timeline.cues
    assert timeline.cues_of("nobody") == ()
    with pytest.raises(KeyError):
        timeline.slot("nobody")
