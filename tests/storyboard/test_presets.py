"""Presets: styles and templates of prompts, put in the place of their names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.load import Reading, read, wants_presets
from storyboard.looks import NO_LOOK, Look
from storyboard.prompts import compose
from storyboard.templates import filled, lone_brace, slots

NOIR = b"""\
workprint-preset: 1
styles:
  night:
    base: noir
    prompt: rain on asphalt
    negative: daylight
    grade: noir
    examples: [noir/street.png]
  ink: {prompt: thick ink}
templates:
  far: {text: "{subject}, far away; {mood}.", defaults: {mood: calm}}
"""
HEAD = "workprint: 1\ntitle: A\npresets: [noir]\n"
SCENES = "scenes:\n  - id: a\n    prompt: x\n"


def reading(body: str, preset: bytes = NOIR, name: str = "presets/noir.yaml") -> Reading:
    return read(HEAD + body, "storyboard.yaml", {name: preset})


def codes(body: str, preset: bytes = NOIR, name: str = "presets/noir.yaml") -> list[tuple[str, int, str]]:
    return [(one.code, one.line, one.hint) for one in reading(body, preset, name).diagnostics]


def test_a_style_of_a_preset_is_drawn_told_graded_and_shown() -> None:
    """Its base is what is painted; its words, what must be left out, its grade and its pictures go to the scene."""
    film = reading(f"style: night\n{SCENES}").checked()
    scene = film.scenes[0]
    assert (scene.style, scene.negative, scene.post.grade) == ("noir", "daylight", "noir")
    assert scene.look == Look("rain on asphalt", examples=("presets/noir/street.png",))
    assert "Style: black-and-white film noir, hard light, deep shadows, rain on asphalt." in compose(scene, film).text


def test_a_style_without_a_base_speaks_for_itself() -> None:
    """Models are told its words alone, and the painter cuts paper."""
    film = reading(f"style: ink\n{SCENES}").checked()
    assert film.scenes[0].style == "papercut"
    assert compose(film.scenes[0], film).text.endswith("Style: thick ink.")


def test_what_a_scene_writes_wins_over_the_style() -> None:
    """Its own grade stays, what must be left out adds up, and another style takes the film's off."""
    film = reading(
        "style: night\nscenes:\n  - {id: a, prompt: x, negative: text, post: {grade: warm}}\n"
        "  - {id: b, prompt: x, style: flat}\n"
    ).checked()
    assert (film.scenes[0].negative, film.scenes[0].post.grade) == ("text, daylight", "warm")
    assert (film.scenes[1].style, film.scenes[1].look, film.scenes[1].negative) == ("flat", NO_LOOK, "")


def test_a_template_is_filled_with_the_words_of_the_scene() -> None:
    """Slots take text and numbers; defaults stand where nothing is said; two braces are one."""
    body = """\
templates:
  sum: "{one} and {two}: {{both}}"
scenes:
  - {id: a, prompt: {template: far, subject: a lighthouse}}
  - {id: b, prompt: {template: far, subject: x, mood: "{subject}"}}
  - {id: c, prompt: {template: sum, one: 1, two: 2.50}}
"""
    film = reading(body).checked()
    assert [scene.prompt for scene in film.scenes] == [
        "a lighthouse, far away; calm.",
        "x, far away; {subject}.",
        "1 and 2.50: {both}",
    ]


def test_the_film_means_the_same_as_one_that_is_written_out() -> None:
    """Presets leave no trace in the film: one written by hand is equal to it."""
    short = reading("style: night\nscenes: [{id: a, prompt: {template: far, subject: a house}}]\n").checked()
    long = read(
        "workprint: 1\ntitle: A\nstyle: noir\nscenes:\n  - id: a\n    prompt: a house, far away; calm.\n"
        "    negative: daylight\n    post: {grade: noir}\n",
        "storyboard.yaml",
    ).checked()
    assert replace(short.scenes[0], look=NO_LOOK) == long.scenes[0]


def test_what_the_film_writes_itself_wins_and_later_presets_win_over_earlier() -> None:
    """The nearer word counts."""
    two = {
        "presets/noir.yaml": NOIR,
        "b.yaml": b"workprint-preset: 1\nstyles: {ink: {base: flat}, night: {base: flat}}\n",
    }
    text = "workprint: 1\ntitle: A\npresets: [noir, b.yaml]\nstyles: {night: {base: watercolour}}\nscenes:\n"
    text += "  - {id: a, prompt: x, style: night}\n  - {id: b, prompt: x, style: ink}\n"
    assert [scene.style for scene in read(text, "s", two).checked().scenes] == ["watercolour", "flat"]


@pytest.mark.parametrize(
    ("body", "code", "line", "hint"),
    [
        ("style: nigth\n" + SCENES, "E135", 4, "did you mean 'night'?"),
        ("style: papercutt\n" + SCENES, "E135", 4, "did you mean 'papercut'?"),
        ("scenes: [{id: a, prompt: {template: fra, subject: x}}]\n", "E167", 4, "did you mean 'far'?"),
        ("scenes: [{id: a, prompt: {template: far, subjct: x}}]\n", "E168", 4, "did you mean 'subject'?"),
        ("scenes: [{id: a, prompt: {template: far}}]\n", "E168", 4, "add `subject: ...`"),
        ("scenes: [{id: a, prompt: {template: far, subject: [x]}}]\n", "E132", 4, "put it in quotes"),
        ("scenes: [{id: a, prompt: {subject: x}}]\n", "E132", 4, "write the prompt as text, or name a `template:`"),
        ("templates: {t: 'a {0} b'}\n" + SCENES, "E168", 4, "write slots as {subject}, and braces as {{ and }}"),
        ("templates: {t: 'a {x.y} b'}\n" + SCENES, "E168", 4, "write slots as {subject}, and braces as {{ and }}"),
        ("templates: {t: 'a {x!r:>9} b'}\n" + SCENES, "E168", 4, "write slots as {subject}, and braces as {{ and }}"),
    ],
)
def test_mistakes_are_told_once_with_place_and_remedy(body: str, code: str, line: int, hint: str) -> None:
    """An unknown style, template or slot is one finding at its place."""
    assert codes(body) == [(code, line, hint)]


def test_a_preset_that_is_not_there_is_told_at_its_name() -> None:
    """The list of presets is where the mistake is."""
    (found,) = [one for one in read(HEAD + SCENES, "s").diagnostics if one.code == "E166"]
    assert (found.line, found.column, found.hint) == (3, 11, "`workprint presets` lists those that are here")


def test_mistakes_in_a_preset_of_the_project_are_told_in_its_own_file() -> None:
    """An editor jumps to the line."""
    (found,) = reading(SCENES, b"workprint-preset: 1\nstyles:\n  a: {bse: noir}\n").diagnostics
    assert (found.path, found.line, found.code, found.hint) == ("presets/noir.yaml", 3, "E130", "did you mean 'base'?")


def test_mistakes_in_a_preset_from_elsewhere_are_told_where_the_film_names_it() -> None:
    """The file is not part of the project."""
    (found,) = reading(SCENES, b"workprint-preset: 1\nstyle: {}\n", "preset:noir").diagnostics
    assert (found.path, found.line, found.message) == (
        "storyboard.yaml",
        3,
        "preset 'noir', line 2: unknown key 'style'",
    )
    assert found.hint == "keys of a preset: workprint-preset, about, styles, templates"


def test_a_style_from_elsewhere_that_brings_pictures_has_to_be_copied_first() -> None:
    """Its files lie outside the project, and nothing is taken from there; a style without files is free to use."""
    assert codes(f"style: night\n{SCENES}", name="preset:noir") == [
        ("E169", 4, "copy it into the project with `workprint presets add noir`")
    ]
    assert codes(f"style: ink\n{SCENES}", name="preset:noir") == []


def test_presets_of_scenes_in_files_of_their_own() -> None:
    """A template is filled in a scene file too, and a mistake there is told there."""
    others = {"presets/noir.yaml": NOIR, "scenes/a.yaml": b"id: a\nprompt: {template: far, sbject: x}\n"}
    (found,) = read(f"{HEAD}scenes: scenes/*.yaml\n", "s", others).diagnostics
    assert (found.path, found.line, found.code) == ("scenes/a.yaml", 2, "E168")


@pytest.mark.parametrize("name", ["../a.yaml", "/etc/a.yaml", "a b", "a.yaml:x", ".hidden", "~a", "c:a.yaml"])
def test_a_preset_lies_in_the_project_or_has_a_plain_name(name: str) -> None:
    """No name of a preset leads elsewhere."""
    found = read(f"workprint: 1\ntitle: A\npresets: ['{name}']\n{SCENES}", "s").errors
    assert {one.code for one in found} <= {"E134", "E137", "E166"}
    assert {"E134", "E137"} & {one.code for one in found}


@pytest.mark.parametrize(
    "body",
    [
        "presets: noir",
        "presets: {a: b}",
        "presets: [[a]]",
        "styles: [a]",
        "templates: 5",
        "styles: {a: 5}",
        "templates: {a: {}}",
    ],
)
def test_other_kinds_of_values_are_mistakes_like_any_other(body: str) -> None:
    """Whatever stands there, it is told and nothing falls over."""
    assert read(f"workprint: 1\ntitle: A\n{body}\n{SCENES}", "s").errors


def test_what_a_storyboard_wants_is_known_from_its_text() -> None:
    """The names are given in their order, and a text without any names none."""
    assert wants_presets(b"presets: [noir, a/b.yaml]\n") == ("noir", "a/b.yaml")
    assert wants_presets(SCENES) == ()
    assert wants_presets(b"presets: [\n") == ()


def test_slots_are_bare_names() -> None:
    """Formats, attributes and positions are no slots; letters of any language are."""
    assert slots("{a} {б-в} {a} {{c}}") == ("a", "б-в")
    assert [lone_brace(text) >= 0 for text in ("{a}", "{{}}", "{a.b}", "{a[0]}", "{}", "{1}", "a}", "{a:x}")] == [
        False, False, True, True, True, True, True, True,
    ]  # fmt: skip


@given(st.text("{}ab", max_size=12))
def test_words_are_put_in_as_they_are(word: str) -> None:
    """What fills a slot is never read for slots again."""
    assert filled("<{a}>", {"a": word, "b": "!"}) == f"<{word}>"
