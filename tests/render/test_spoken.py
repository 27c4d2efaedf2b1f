"""Lines in time: how they are fitted to scenes of fixed length, what is told of it, and the steps that follow."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from projects.steps import Artifact
from render.spoken import Spoken, line_cue, line_steps, spoken
from render.timeline import build_timeline
from storyboard.film import Film
from storyboard.load import read

RATE = 48_000


def film(scenes: str) -> Film:
    """A film at 25 frames a second."""
    return read(
        f"workprint: 1\ntitle: T\nfps: 25\nsounds: none\ncharacters: {{max: {{role: hero}}}}\nscenes: {scenes}\n",
        "f.yaml",
    ).checked()


def line(seconds: float, words: int = 6) -> Artifact:
    """A spoken line with short rests between its words."""
    step = seconds / words
    times = [[f"w{n}", round(n * step, 3), round(n * step + 0.7 * step, 3)] for n in range(words)]
    loud = [0 if (n / 100) % step > 0.75 * step else 90 for n in range(round(seconds * 100))]
    samples = round(seconds * RATE)
    facts = {"samples": samples, "seconds": seconds, "words": times, "envelope": loud, "lufs": -20.0}
    return Artifact("0", Path("none.wav"), facts)


def laid(made: Film, **lines: float) -> Spoken:
    """The film in time after lines (`scene_line`, dashes as underscores) of so many seconds were spoken."""
    found = {}
    for name, seconds in lines.items():
        scene, _, who = name.partition("_")
        found[f"voice:{scene}/{who.replace('_', '-')}"] = line(seconds)
    return spoken(made, found, None, None)


def test_lines_that_fit_are_left_alone() -> None:
    """Where there is room nothing is paced and nothing is told."""
    done = laid(film("[{id: a, length: 6s, lines: [Hello there everybody.]}]"), a_narrator_1=3.0)
    assert (done.paces, done.notes) == ({}, ())
    assert done.schedule.cues[0].samples == 3 * RATE


def test_a_line_is_fitted_to_its_scene() -> None:
    """A line longer than its scene shrinks into it; facts, cue and length of the scene agree, and it is told how."""
    done = laid(film("[{id: a, length: 5s, lines: [Hello there everybody.]}]"), a_narrator_1=5.4)
    (pace,) = done.paces.values()
    assert 1 <= pace.tempo <= Fraction(5, 4)
    cue = done.schedule.cues[0]
    facts = done.facts["a", "narrator-1"]
    assert cue.samples == facts["samples"]
    assert cue.first_sample + cue.samples <= 5 * RATE
    assert done.schedule.frames == 125
    assert len(facts["envelope"]) == -(-facts["samples"] // 480)
    assert done.notes[0].startswith("a: to fit its length, ")


def test_what_does_not_fit_is_told_with_the_length_that_would() -> None:
    """In the middle of the film such lines go on over the next scene, whole, and the note names a length."""
    made = film("[{id: a, length: 2s, lines: [Hello there everybody.]}, {id: b, length: 6s, place: park}]")
    done = laid(made, a_narrator_1=6.0)
    cue = done.schedule.cues[0]
    assert cue.samples == done.facts["a", "narrator-1"]["samples"] > 2 * RATE
    assert done.schedule.frames == 200
    assert "go on over the next scene" in done.notes[0]
    assert "length: " in done.notes[0]


def test_no_film_ends_inside_a_word() -> None:
    """The last scene is made longer by what its lines lack, and that is told."""
    done = laid(film("[{id: a, length: 2s, lines: [Hello there everybody.]}]"), a_narrator_1=6.0)
    cue = done.schedule.cues[0]
    assert done.schedule.samples >= cue.first_sample + cue.samples
    assert "the film is made longer" in done.notes[0]


def test_words_of_fitted_lines_are_where_they_are_heard() -> None:
    """Captions get the times of words after fitting, counted from the film's first sample."""
    made = film("[{id: a, length: 5s, lines: [w0 w1 w2 w3 w4 w5]}]")
    done = laid(made, a_narrator_1=5.4)
    timeline = build_timeline(made, done.schedule, done.words)
    (said,) = timeline.words
    assert [word.text for word in said.uttered] == ["w0", "w1", "w2", "w3", "w4", "w5"]
    assert said.uttered[-1].last <= 5 * RATE
    assert all(one.last <= two.first for one, two in zip(said.uttered, said.uttered[1:], strict=False))


def test_who_speaks_where() -> None:
    """The narrator is heard in the middle on a bus of his own, a character from where he stands."""
    made = film(
        "[{id: a, place: park, cast: [{who: max, at: far left}], lines: [Hello there., {by: max, say: Good morning.}]}]"
    )
    first, second = (line_cue(made, cue) for cue in laid(made, a_narrator_1=2.0, a_max_1=2.0).schedule.cues)
    assert (first.bus, first.pan) == ("narration", 0.0)
    assert second.bus == "dialogue"
    assert second.pan < 0


def test_a_line_is_treated_after_it_was_fitted() -> None:
    """A fitted line is treated from its fitted sound, any other from the voice itself."""
    made = film("[{id: a, length: 5s, lines: [Hello there everybody.]}]")
    done = laid(made, a_narrator_1=5.4)
    cue = done.schedule.cues[0]
    paced, treated = line_steps(made, cue, done.paces["a", "narrator-1"])
    assert set(treated.inputs.values()) == {paced.name}
    (treated,) = line_steps(made, cue, None)
    assert set(treated.inputs.values()) == {"voice:a/narrator-1"}
    assert treated.name == line_cue(made, cue).input
