"""Defaults, inheritance, blocking and everything else that turns the written film into the resolved one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from storyboard.blocking import spread
from storyboard.film import Film, FitClip, Keyframe
from storyboard.load import Reading
from storyboard.staging import scene_seed

Maker = Callable[[str], Film]
Reader = Callable[[str], Reading]

PEOPLE = "characters: {ann: {name: Ann, role: heroine, wears: red coat}, bob: {name: Bob, role: knight}, cat: {}}\n"


def test_scenes_inherit_from_the_film(film: Maker) -> None:
    """Style and backend come from the film unless a scene has its own."""
    made = film(
        "style: noir\nbackend: ltx\nscenes: [{id: a, prompt: x}, {id: b, prompt: x, style: flat, backend: animatic}]\n"
    )
    assert [(scene.style, scene.backend) for scene in made.scenes] == [("noir", "ltx"), ("flat", "animatic")]


def test_own_footage_and_pictures_choose_their_backend_later(film: Maker) -> None:
    """A scene with the author's clip or pictures and no backend of its own is `auto`."""
    made = film(
        "backend: ltx\nscenes:\n  - {id: a, clip: {file: f/x.mov, from: 2s}}\n"
        "  - {id: b, keyframes: [p/a.png, p/b.png, p/c.png]}\n"
    )
    first, second = made.scenes
    assert (first.backend, first.length, first.clip, first.clip_from) == ("auto", FitClip(), "f/x.mov", Fraction(2))
    assert second.keyframes == (
        Keyframe("p/a.png", Fraction(0)),
        Keyframe("p/b.png", Fraction(1, 2)),
        Keyframe("p/c.png", Fraction(1)),
    )


def test_line_ids_count_per_speaker(film: Maker) -> None:
    """Lines are named after their speaker: a line keeps its name when somebody else's comes before it."""
    body = PEOPLE + "scenes: [{id: a, lines: [one, {by: ann, say: two}, three, {by: ann, say: four, pause: 0.5s}]}]\n"
    lines = film(body).scenes[0].lines
    assert [line.id for line in lines] == ["narrator-1", "ann-1", "narrator-2", "ann-2"]
    assert lines[3].pause == Fraction(1, 2)


def test_lines_are_spoken_as_their_speaker_feels(film: Maker) -> None:
    """A line's own emotion wins, then the part's, then neutral."""
    body = PEOPLE + (
        "scenes: [{id: a, cast: [{who: ann, emotion: sad}],"
        " lines: [{by: ann, say: x}, {by: ann, say: y, emotion: angry}, {by: bob, say: z}]}]\n"
    )
    assert [line.emotion for line in film(body).scenes[0].lines] == ["sad", "angry", "neutral"]


def test_prose_fills_what_keys_leave_out(film: Maker) -> None:
    """Place, time and weather of the prompt count where no key says otherwise; conflicting words are named unread."""
    body = "scenes: [{id: a, weather: fog, prompt: A snowy forest at night with gnomes}]\n"
    scene = film(body).scenes[0]
    assert (scene.place, scene.time, scene.weather) == ("forest", "night", "fog")
    assert scene.unread == ("snowy", "gnomes")


def test_actions_in_prose_go_to_those_they_are_said_of(film: Maker) -> None:
    """A clause that names somebody acts for that person; speakers without an action talk."""
    body = PEOPLE + (
        "scenes: [{id: a, cast: [ann, bob, cat], prompt: 'Ann sits down, Bob runs happily.',"
        " lines: [{by: cat, say: Hm}]}]\n"
    )
    parts = film(body).scenes[0].cast
    assert [(part.action, part.emotion) for part in parts] == [
        ("sit", "neutral"),
        ("run", "happy"),
        ("talk", "neutral"),
    ]


def test_clothes_may_change_in_a_scene(film: Maker) -> None:
    """`wears` in a cast replaces the character's own for that scene only."""
    made = film(PEOPLE + "scenes: [{id: a, cast: [{who: ann, wears: armour}]}, {id: b, cast: [ann]}]\n")
    assert [scene.cast[0].character.wears for scene in made.scenes] == ["armour", "red coat"]
    assert made.characters[0].wears == "red coat"


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        ([None], ("center",)),
        ([None, None], ("left", "right")),
        ([None, None, None], ("left", "center", "right")),
        (["left", None], ("left", "right")),
        (["right", None, None], ("right", "left", "center")),
        ([None] * 5, ("far left", "left", "center", "right", "far right")),
    ],
)
def test_people_are_spread_over_the_frame(written: list[str | None], standing: tuple[str, ...]) -> None:
    """Those without a place stand evenly, away from places that are taken."""
    assert spread(written) == standing


def test_many_people_still_find_a_place() -> None:
    """More people than places share them, without failing."""
    assert len(spread([None] * 12)) == 12
    assert len(spread(["left"] * 7 + [None])) == 8


def test_seeds_hang_on_the_name_and_not_on_the_position(film: Maker) -> None:
    """A scene keeps its seed when another is put before it; its own seed wins."""
    one = film("seed: 7\nscenes: [{id: a, prompt: x}]\n")
    two = film("seed: 7\nscenes: [{id: b, prompt: x, seed: 5}, {id: a, prompt: x}]\n")
    assert one.scene("a").seed == two.scene("a").seed == scene_seed(7, "a") == 47830571
    assert two.scene("b").seed == 5
    with pytest.raises(KeyError):
        one.scene("b")


def test_roles_are_found_in_words(film: Maker) -> None:
    """A role is canonical where one is known, and the text is kept."""
    body = "characters: {a: {role: brave knight}, b: {role: бабушка}, c: {looks: a tall old man}, d: {}}\n"
    made = film(body + "scenes: [{id: a, cast: [a, b, c, d]}]\n")
    assert [(person.role, person.role_text) for person in made.characters] == [
        ("knight", "brave knight"),
        ("old woman", "бабушка"),
        ("old man", ""),
        ("", ""),
    ]


def test_voices(film: Maker) -> None:
    """A voice is a name or a mapping; none is left to the casting."""
    body = (
        "narrator: ru/anna\ncharacters:\n  a: {voice: en/george}\n"
        "  b: {voice: {backend: kokoro, name: bm_george, speed: 0.95, pitch: -2}}\n  c: {}\n"
        "scenes: [{id: s, cast: [a, b, c]}]\n"
    )
    made = film(body)
    voices = [(v.name, v.backend, v.speed, v.pitch) for v in (person.voice for person in made.characters)]
    assert voices == [("en/george", "", 1.0, 0.0), ("bm_george", "kokoro", 0.95, -2.0), ("", "", 1.0, 0.0)]
    assert made.narrator.voice.name == "ru/anna"


@pytest.mark.parametrize(
    ("written", "kind", "mood"),
    [
        ("none", "none", "wonder"),
        ("нет", "none", "wonder"),
        ("music/a.mp3", "file", "wonder"),
        ("{prompt: hopeful strings}", "composed", "wonder"),
        ("{prompt: грустная музыка}", "composed", "sad"),
        ("{mood: epic}", "composed", "epic"),
    ],
)
def test_scores(film: Maker, written: str, kind: str, mood: str) -> None:
    """A score is none, a file or composed; its mood may stand in its prompt."""
    score = film(f"score: {written}\nscenes: [{{id: a, prompt: x}}]\n").score
    assert (score.kind, score.mood) == (kind, mood)


def test_the_last_scene_may_fade_out_and_nothing_else(reading: Reader) -> None:
    """A fade ends the film; a crossfade into nothing becomes a cut, with a warning."""
    fading = reading("opening: fade white 1s\nscenes: [{id: a, prompt: x, transition: fade black 1s}]\n")
    assert fading.diagnostics == ()
    assert fading.checked().scenes[0].transition.option == "#000000"
    assert fading.checked().opening.option == "#ffffff"
    crossing = reading("scenes: [{id: a, prompt: x, transition: crossfade 1s}]\n")
    assert [one.code for one in crossing.diagnostics] == ["W204"]
    assert crossing.checked().scenes[0].transition.kind == "cut"


def test_sounds_have_stable_names_and_levels(film: Maker) -> None:
    """Effects are at -18 dB and files as they are, unless written."""
    body = "scenes: [{id: a, prompt: x, sounds: [wind, {effect: ветер, level: -30 dB}, {file: s/a.wav, at: 1s}]}]\n"
    sounds = film(body).scenes[0].sounds
    assert [(sound.id, sound.level) for sound in sounds] == [("wind-1", -18.0), ("wind-2", -30.0), ("file-1", 0.0)]


def test_russian_values_mean_the_same(film: Maker) -> None:
    """A storyboard with Russian values resolves to the same canonical words."""
    english = film(
        "captions: burned\nstyle: watercolour\n"
        "scenes: [{id: a, place: forest, time: night, weather: rain, shot: close-up,"
        " camera: pan right, sounds: [rain], reframe: pad, transition: cut}]\n"
    )
    russian = film(
        "captions: в кадре\nstyle: акварель\n"
        "scenes: [{id: a, place: лес, time: ночь, weather: дождь, shot: крупный план,"
        " camera: панорама слева направо, sounds: [дождь], reframe: поля, transition: склейка}]\n"
    )
    assert english == russian


def test_post_and_focus(film: Maker) -> None:
    """What is done to a clip afterwards is resolved without any None."""
    post = "{grade: тёплый, denoise: none, stabilise: true, upscale: 2x}"
    body = f"scenes: [{{id: a, prompt: x, focus: [0.25, 1], post: {post}}}]\n"
    scene = film(body).scenes[0]
    assert scene.focus == (0.25, 1.0)
    assert (scene.post.grade, scene.post.denoise, scene.post.stabilise, scene.post.upscale) == ("warm", "", True, 2)


@pytest.mark.parametrize(
    ("written", "due"),
    [("24", (24, "")), ("rife", (240, "rife")), ("нейросеть", (240, "rife")), ("Райф", (240, "rife"))],
)
def test_frames_are_invented_by_number_or_by_a_network(film: Maker, written: str, due: tuple[int, str]) -> None:
    """A number is a rate for the house's own way; the network's name asks for the film's."""
    post = film(f"scenes: [{{id: a, prompt: x, post: {{interpolate: {written}}}}}]\n").scenes[0].post
    assert (post.interpolate, post.interpolator) == due
