"""Words on the picture, the keys of post and of pictures: what they become, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from storyboard.film import Film, Keyframe, Lettering
from storyboard.load import Reading

Maker = Callable[[str], Film]
Reader = Callable[[str], Reading]


def scene(text: str) -> str:
    """A storyboard of one scene of eight seconds with these words on it."""
    return f"scenes: [{{id: a, prompt: x, length: 8s, text: {text}}}]\n"


def test_a_plain_text_is_a_title_card(film: Maker) -> None:
    """Bare words, and numbers too, are the scene's title card and no lettering."""
    made = film(scene("1984")).scenes[0]
    assert (made.text, made.lettering) == ("1984", ())


@pytest.mark.parametrize(
    ("written", "lettering"),
    [
        ("{title: Hello}", [Lettering("title", ("Hello",))]),
        (
            "{lower third: [Ida, postwoman], at: 1s, for: 3s}",
            [Lettering("lower third", ("Ida", "postwoman"), Fraction(1), Fraction(3))],
        ),
        ("{credits: film}", [Lettering("credits", ("Story by me", "Music by you"))]),
        ("{credits: [One, 2]}", [Lettering("credits", ("One", "2"))]),
        ("{lower third: Ida, at: 0.5s}", [Lettering("lower third", ("Ida",), Fraction(1, 2))]),
        (
            "[{credits: film, at: 5s}, A title]",
            [Lettering("title", ("A title",)), Lettering("credits", ("Story by me", "Music by you"), Fraction(5))],
        ),
    ],
)
def test_lettering_is_read(film: Maker, written: str, lettering: list[Lettering]) -> None:
    """A mapping is one element, a list several, in the order in which they come; a plain text stays empty then."""
    made = film("credits: [Story by me, Music by you]\n" + scene(written)).scenes[0]
    assert (made.text, list(made.lettering)) == ("", lettering)


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        ("{title: A, credits: film}", "E155", "one of"),
        ("{at: 1s}", "E155", "one of"),
        ("{credits: film}", "E162", "no credits"),
        ("{lower thirds: [A]}", "E130", "did you mean 'lower third'?"),
        ("{title: A, for: 0s}", "E133", "no time"),
        ("{title: A, at: soon}", "E134", "soon"),
        ("{title: []}", "E138", "empty"),
        ("{title: {a: b}}", "E132", "text is wanted"),
        ("[]", "E138", "at least 1"),
        ("{title: A, at: 9s}", "W211", "ends at"),
    ],
)
def test_wrong_lettering_is_told(reading: Reader, written: str, code: str, said: str) -> None:
    """Each mistake has its place in the file, its code and its remedy."""
    found = [one for one in reading(scene(written)).diagnostics if one.code == code]
    assert found
    assert said in str(found[0])
    assert found[0].line == 3


def test_all_mistakes_at_once(reading: Reader) -> None:
    """Several wrong elements, a wrong post and a wrong picture are told in one run."""
    body = (
        "scenes:\n  - id: a\n    text: [{title: A, credits: [B]}, {lower third: x, at: never}]\n"
        "    keyframes: [{picture: a.png, layers: [../b.png], depth: /c.png}]\n"
        "    post: {lut: looks/a.png, sharpen: very, grade: teel, deband: maybe}\n"
    )
    codes = sorted(one.code for one in reading(body).diagnostics)
    assert codes == ["E132", "E134", "E135", "E135", "E137", "E137", "E137", "E155"]


def test_keys_of_post(film: Maker) -> None:
    """What is done to a clip may be written in both languages; `none` is nothing."""
    body = "scenes: [{id: a, prompt: x,"
    body += " post: {deband: true, sharpen: сильно, lut: looks/a.cube, grade: бирюза и апельсин}}]\n"
    post = film(body).scenes[0].post
    assert (post.deband, post.sharpen, post.lut, post.grade) == (True, "strong", "looks/a.cube", "teal-and-orange")
    assert film("scenes: [{id: a, prompt: x, post: {sharpen: none}}]\n").scenes[0].post.sharpen == ""


def test_parts_of_a_picture(film: Maker) -> None:
    """Layers, depth and mask stay with their picture."""
    first, second = "{picture: a.png, layers: [b.png, c.png]}", "{picture: d.png, depth: e.png, mask: f.png}"
    body = f"scenes: [{{id: a, keyframes: [{first}, {second}]}}]\n"
    assert film(body).scenes[0].keyframes == (
        Keyframe("a.png", Fraction(0), ("b.png", "c.png")),
        Keyframe("d.png", Fraction(1), (), "e.png", "f.png"),
    )
