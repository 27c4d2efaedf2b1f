"""Who speaks and what is heard: names of the unseen, two speakers with dashes, sounds in brackets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from render.captions import Caption, Measure
from render.captions.doubts import crowded_out, too_fast
from render.captions.planned import Order, captions_of
from render.captions.sounding import sound_name, with_sounds
from render.captions.voices import named, together
from render.timeline import Timeline, build_timeline
from storyboard.film import Film, Sound
from storyboard.load import read
from storyboard.schedule import schedule

RATE = Fraction(24)
FILM = """\
workprint: 1
title: Two in a wood
captions: {show: file, sounds: SOUNDS}
characters:
  max: {name: Max}
  anna: {name: Anna Petrova}
scenes:
  - id: wood
    place: forest
    length: 12s
    cast: [{who: max}]
    sounds: [{effect: wind}, {effect: thunder, at: 4s}]
    lines:
      - {by: max, say: "Is anybody there?", pause: 4s}
      - {by: anna, say: "Here I am, over here."}
      - {by: anna, say: "Can you see me now?"}
      - {say: "He could not see her."}
"""


def film_of(text: str) -> tuple[Film, Timeline]:
    """A film and its timeline, lengths estimated."""
    film = read(text, "storyboard.yaml").checked()
    return film, build_timeline(film, schedule(film))


def texts(shown: tuple[Caption, ...]) -> list[str]:
    """What is shown."""
    return [one.text for one in shown]


def test_who_is_not_in_the_picture_is_named_once() -> None:
    """A speaker outside the cast is named before the first of his lines in a row; others and the narrator are not."""
    film, timeline = film_of(FILM.replace("SOUNDS", "false"))
    assert texts(captions_of(film, timeline, Order(film.cuts[0]))) == [
        "Is anybody there?",
        "Anna Petrova: Here I am, over here.",
        "Can you see me now?",
        "He could not see her.",
    ]


def test_a_name_keeps_the_times_of_words() -> None:
    """The words of a name come with the first word that is spoken, so that each word has one time still."""
    film, _ = film_of(FILM.replace("SOUNDS", "false"))
    line = film.scenes[0].lines[1]
    (one,) = named([Caption("Here I am", 0, 24, (2, 5, 9), (1, 2, 3), "wood", line.id)], film)
    assert one.text == "Anna Petrova: Here I am"
    assert one.words == (2, 2, 2, 5, 9)
    assert len(one.heard) == len(one.text.split())


def test_two_who_speak_fast_share_a_caption() -> None:
    """Two speakers too fast to be read one by one stand together, each after a dash; slow ones stand apart."""
    fast = [
        Caption("No.", 0, 10, (0,), (0,), "a", "x-1", "X"),
        Caption("Yes, it is.", 12, 40, (12, 20, 30), (5, 6, 7), "a", "y-1", "Y"),
    ]
    (both,) = together(fast, RATE, Measure())
    assert (both.text, both.first, both.last) == ("– No.\n– Yes, it is.", 0, 40)
    assert len(both.words) == len(both.text.split())
    assert both.words == (0, 0, 0, 12, 20, 30)
    slow = [Caption("No.", 0, 30, (), (), "a", "x-1", "X"), Caption("Yes, it is.", 32, 60, (), (), "a", "y-1", "Y")]
    assert together(slow, RATE, Measure()) == tuple(slow)


def test_two_scenes_or_one_speaker_share_nothing() -> None:
    """Captions of different scenes, of one speaker, or too long for a line each stay apart."""
    one = Caption("No.", 0, 10, (), (), "a", "x-1", "X")
    for other in (
        Caption("Yes.", 12, 40, (), (), "b", "y-1", "Y"),
        Caption("Yes.", 12, 40, (), (), "a", "x-2", "X"),
        Caption("Yes, " * 12, 12, 40, (), (), "a", "y-1", "Y"),
        Caption("[wind]", 12, 40, (), (), "a"),
    ):
        assert together([one, other], RATE, Measure()) == (one, other)


def test_sounds_are_told_where_nobody_speaks() -> None:
    """With `sounds` what is heard stands in brackets between the lines and never over one."""
    film, timeline = film_of(FILM.replace("SOUNDS", "true"))
    shown = captions_of(film, timeline, Order(film.cuts[0]))
    assert {"[wind]", "[thunder]"} <= set(texts(shown))
    assert all(one.last <= after.first for one, after in pairwise(shown))
    wind = next(one for one in shown if one.text == "[wind]")
    assert wind.last - wind.first >= 0.8 * 24


def test_a_film_without_lines_tells_its_music() -> None:
    """The score is told at the beginning, and a sound that goes on over a cut only once."""
    film, timeline = film_of(
        "workprint: 1\ntitle: x\nlanguage: ru\ncaptions: {sounds: true}\nscore: {mood: calm}\n"
        "scenes: [{id: a, place: park, sounds: [wind], length: 6s}, {id: b, place: park, sounds: [wind], length: 3s}]"
    )
    assert texts(with_sounds((), film, timeline, Measure("ru"))) == ["[музыка]", "[ветер]"]


def test_a_line_under_another_is_told() -> None:
    """Of two lines that begin together one has no caption, and that is said."""
    film, timeline = film_of(FILM.replace("SOUNDS", "false"))
    assert crowded_out(film, timeline) == ()
    first, second, *rest = timeline.words
    together_ = replace(timeline, words=(first, replace(second, first=first.first), *rest))
    assert crowded_out(film, together_) == ("spoken together with another line and not captioned: wood/max-1",)


def test_captions_too_fast_are_told_once() -> None:
    """Captions that nobody can read in their time are counted, and the fastest is quoted with its pace."""
    film, timeline = film_of(FILM.replace("SOUNDS", "false"))
    timeline = replace(timeline, exact=True)
    assert too_fast(film, timeline) == ()
    first, *rest = timeline.words
    hasty = replace(first, text="Nobody can read as much as this in so little time", last=first.first + 12)
    following = replace(rest[0], first=first.first + 14)
    (note,) = too_fast(film, replace(timeline, words=(hasty, following, *rest[1:])))
    assert note.startswith("1 caption has to be read faster than 17 characters a second; the fastest, in wood, at 9")


def test_names_of_sounds() -> None:
    """Effects have names in both languages, sounds in words are those words, files have none."""
    assert sound_name(Sound("s", effect="birds"), "ru") == "птицы"
    assert sound_name(Sound("s", effect="birds"), "en") == "birds"
    assert sound_name(Sound("s", prompt="a far whistle"), "en") == "a far whistle"
    assert sound_name(Sound("s", file="a.wav"), "en") == ""
