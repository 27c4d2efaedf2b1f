"""What moments say: who does and feels what, and how hour and weather turn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storyboard.film import Beat, Film, Scene

Maker = Callable[[str], Film]

PEOPLE = (
    "characters: {ann: {name: Ann, role: heroine}, bob: {name: Bob, role: knight}, kim: {name: Kim},"
    " анна: {name: Анна, role: героиня}, борис: {name: Борис, role: рыцарь}}\n"
)


def scene_of(film: Maker, cast: str, start: str = "", middle: str = "", end: str = "", more: str = "") -> Scene:
    """A scene in a meadow with three moments."""
    written = {"start": start, "middle": middle, "end": end}
    moments = ", ".join(f"{name}: '{text}'" for name, text in written.items() if text)
    body = PEOPLE + f"scenes: [{{id: a, place: meadow, cast: [{cast}], moments: {{{moments}}}{more}}}]\n"
    return film(body).scenes[0]


@pytest.mark.parametrize(
    ("cast", "text", "actions"),
    [
        ("ann", "she comes up the path", [("ann", "enter")]),
        ("ann", "she slows down and looks up", [("ann", "look up")]),
        ("ann, bob", "Ann hugs Bob and cries", [("ann", "hug"), ("bob", "hug")]),
        ("ann, bob", "she hugs him", [("ann", "hug"), ("bob", "hug")]),
        ("ann, bob", "Ann and Bob run", [("ann", "run"), ("bob", "run")]),
        ("ann, bob", "they sit down", [("ann", "sit"), ("bob", "sit")]),
        ("ann, bob", "Bob waves, then she turns", [("bob", "wave"), ("ann", "turn")]),
        ("ann, bob", "the knight kneels", [("bob", "kneel")]),
        ("ann, bob", "leaves", [("ann", "exit")]),
        ("ann, bob", "the chair falls, he turns", [("bob", "turn")]),
        ("ann", "a walk; the waves; she says nothing; she does not run", []),
        ("ann", "Bob falls", []),
        ("ann", "A modern bridge floats up, and stands in the air; it points at her", []),
        (
            "ann, kim",
            "Kim kneels, she runs to him and hugs him",
            [("kim", "kneel"), ("ann", "run"), ("ann", "hug"), ("kim", "hug")],
        ),
        ("анна, борис", "входит Борис и садится", [("борис", "enter"), ("борис", "sit")]),
        (
            "анна, борис",
            "входят Анна со свечой и Борис",
            [("анна", "enter"), ("анна", "hold light"), ("борис", "enter")],
        ),
        ("анна, борис", "к Анне подходит Борис и обнимает её", [("борис", "enter"), ("борис", "hug"), ("анна", "hug")]),
        ("анна, борис", "оба прислушиваются", [("анна", "listen"), ("борис", "listen")]),
        ("анна", "падает стул", []),
        ("анна", "она садится", [("анна", "sit")]),
        ("анна", "кладёт письмо на стол и выходит", [("анна", "exit")]),
        ("анна", "она уходит в лес", [("анна", "exit")]),
    ],
)
def test_actions_go_to_those_who_do_them(film: Maker, cast: str, text: str, actions: list[tuple[str, str]]) -> None:
    """Whoever stands before a verb does it, or in Russian after it; things and those who are not there do nothing."""
    assert sorted(scene_of(film, cast, middle=text).beats[1].actions) == sorted(actions)


@pytest.mark.parametrize(
    ("cast", "text", "emotions"),
    [
        ("ann, bob", "Bob is afraid, Ann laughs and cries", (("bob", "afraid"), ("ann", "happy"), ("ann", "sad"))),
        ("ann", "she is not afraid", ()),
        ("анна, борис", "он смеётся, а она злится", (("борис", "happy"), ("анна", "angry"))),
    ],
)
def test_emotions_go_to_those_who_feel_them(
    film: Maker, cast: str, text: str, emotions: tuple[tuple[str, str], ...]
) -> None:
    """Feelings of a moment belong to its third and to whoever the clause speaks of."""
    scene = scene_of(film, cast, end=text)
    assert scene.beats[2].emotions == emotions
    assert scene.beats[0] == Beat()


@pytest.mark.parametrize(
    ("middle", "end", "turns"),
    [
        ("night falls", "", (("night", ""), ("", ""))),
        ("it begins to rain", "the rain stops", (("", "rain"), ("", "clear"))),
        ("начинается дождь", "наступает ночь", (("", "rain"), ("night", ""))),
        ("the sun sets", "it gets dark", (("golden hour", ""), ("dusk", ""))),
    ],
)
def test_hour_and_weather_turn(film: Maker, middle: str, end: str, turns: tuple[tuple[str, str], ...]) -> None:
    """What begins in a moment is not there before."""
    scene = scene_of(film, "", "a quiet day", middle, end, ", prompt: morning")
    assert (scene.time, scene.weather) == ("morning", "clear")
    assert tuple((beat.time, beat.weather) for beat in scene.beats[1:]) == turns


def test_weather_that_only_ends_was_there(film: Maker) -> None:
    """`The snow stops` at the end is a scene in the snow; what merely is so in a moment is so from the start."""
    ending = scene_of(film, "ann", end="the snow stops")
    assert (ending.weather, ending.beats[2].weather) == ("snow", "clear")
    merely = scene_of(film, "ann", middle="it is snowing")
    assert (merely.weather, merely.beats[1].weather) == ("snow", "")


def test_written_keys_win_and_a_moment_turns_them(film: Maker) -> None:
    """The written hour holds until a moment says another."""
    scene = scene_of(film, "ann", "Ann waits at noon", "night falls", more=", time: dusk")
    assert (scene.time, scene.beats[0].time, scene.beats[1].time) == ("dusk", "noon", "night")


def test_words_of_moments_are_used_words(film: Maker) -> None:
    """Verbs that are acted are not named unread; what nobody does is."""
    scene = scene_of(film, "ann", "she comes and waits", "night falls", "she floats")
    assert scene.unread == ("floats",)


def test_what_the_prompt_says_fills_the_part(film: Maker) -> None:
    """A written action wins; without one the prompt's comes first, then the start's; later ones are beats only."""
    body = PEOPLE + (
        "scenes: [{id: a, prompt: Ann walks. Bob is tired, cast: [{who: ann, action: sit}, bob],"
        " moments: {start: Ann turns, end: Bob falls}}]\n"
    )
    scene = film(body).scenes[0]
    assert [(part.action, part.emotion) for part in scene.cast] == [("sit", "neutral"), ("stand", "tired")]
    assert scene.beats[2].actions == (("bob", "fall"),)
    assert scene.unread == ("walks",)
