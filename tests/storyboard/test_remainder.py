"""Mistakes of several kinds in one storyboard: words, lengths and files are told together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.load import read

BROKEN = """\
workprint: 1
title: Five
characters:
  nell: {name: Nell, role: girl}
scenes:
  - id: one
    place: sea shore
    length: 4s
    cast: [{who: nell, action: wakl}]
    sounds: [{file: sounds/none.wav}]
  - {id: two, place: forest, length: 2s, transition: crossfade 90s}
  - {id: three, place: forest, length: 4s}
  - {id: four, place: forest, length: -3s, transition: crossfade 90s}
  - {id: five, place: forest}
"""


def codes(text: str) -> list[tuple[int, str]]:
    """Lines and codes of the errors."""
    return [(one.line, one.code) for one in read(text, "s.yaml").errors]


def test_lengths_are_told_with_words() -> None:
    """A wrong word in one scene hides no transition that cannot fit in another; what hangs on a mistake is not told."""
    assert codes(BROKEN) == [(9, "E135"), (11, "E170"), (13, "E134")]


def test_what_is_left_keeps_its_places() -> None:
    """The rest of the film names the file of the scene that has a mistake, where it was written."""
    rest = read(BROKEN, "s.yaml").rest
    assert rest is not None
    assert [scene.id for scene in rest.film.scenes][:2] == ["one", "two"]
    assert rest.film.scenes[0].sounds[0].file == "sounds/none.wav"
    assert rest.places.of_scene("one", "sounds", 0, "file").line == 10


def test_a_film_without_mistakes_has_no_rest() -> None:
    """The rest is for films that cannot be made; where nothing is right there is none."""
    good = "workprint: 1\ntitle: T\nscenes: [{id: a, prompt: x}]\n"
    assert read(good, "s.yaml").rest is None
    assert read("workprint: 1\ntitle: T\nscenes: 7\n", "s.yaml").rest is None
    assert read("[1]\n", "s.yaml").rest is None


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, len(BROKEN)), st.integers(0, 30), st.sampled_from(["", "x", ":", "- ", "[", "}", "\n", "  ", "7"])
)
def test_no_damage_stops_the_reading(at: int, length: int, instead: str) -> None:
    """Whatever is cut out of a storyboard or typed into it, it is read, and told what is wrong."""
    reading = read(BROKEN[:at] + instead + BROKEN[at + length :], "s.yaml")
    assert reading.film is not None or reading.errors
