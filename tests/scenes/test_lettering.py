"""Words as pictures: every sign set, inside the safe area, at every shape of frame."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec

import numpy as np
import pytest

from scenes.backend import Frame
from scenes.lettering import (
    Layer,
    caption,
    credit_roll,
    lay_over,
    lettered,
    lettering_identity,
    lettering_notes,
    lower_third,
    on_at,
    set_text,
    title_card,
    unset_signs,
    words_of,
)
from storyboard.film import Lettering, Scene

SHAPES = [(640, 360), (360, 640), (360, 360), (96, 54)]


needs_scripts = pytest.mark.skipif(find_spec("manimgx_fonts") is None, reason="manimgx-fonts is not installed")
needs_cjk = pytest.mark.skipif(find_spec("manimgx_fonts_cjk") is None, reason="manimgx-fonts-cjk is not installed")


def inked(layer: Layer) -> tuple[int, int, int, int]:
    """The box (left, top, right, bottom) of everything well visible."""
    rows, columns = np.nonzero(layer[..., 3] > 40)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.mark.parametrize(("width", "height"), SHAPES)
@pytest.mark.parametrize("text", ["Вишнёвый сад\nКомедия в четырёх действиях", "Ascent to Guru Peak", "a\n" * 30])
def test_a_title_is_centred_in_the_safe_area(text: str, width: int, height: int) -> None:
    """Words lie in the inner ninety percent, evenly left and right, at every aspect."""
    card = title_card(text, width, height)
    left, top, right, bottom = inked(card)
    assert card.shape == (height, width, 4)
    assert left >= 0.05 * width
    assert right <= 0.95 * width
    assert top >= 0.05 * height
    assert bottom <= 0.95 * height
    assert abs((left + right) / 2 - width / 2) < 0.03 * width


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_no_words_are_no_card(text: str) -> None:
    """An empty title is wholly transparent."""
    assert not title_card(text, 64, 36).any()


@pytest.mark.parametrize("pair", ["Ё Е", "и й", "ш щ", "ф я", "l ł"])
def test_neighbouring_letters_look_different(pair: str) -> None:
    """No sign of Russian is replaced by a box or by its neighbour."""
    one, two = pair.split()
    for family in ("serif", "sans"):
        first = set_text(one, width=100, size=40, family=family)
        second = set_text(two, width=100, size=40, family=family)
        assert first.pixels.any()
        assert not np.array_equal(first.pixels, second.pixels)


def test_layers_are_premultiplied() -> None:
    """No channel is larger than the alpha."""
    card = title_card("Снег", 320, 180)
    assert np.all(card[..., :3] <= card[..., 3:])


@pytest.mark.parametrize(("width", "height"), SHAPES)
def test_a_caption_has_two_lines_at_most(width: int, height: int) -> None:
    """A long line is set smaller; the box stays in the lower part of the safe area."""
    words = "О, моё детство, чистота моя! В этой детской я спала, глядела отсюда на сад, счастье просыпалось со мною"
    box, left, top = caption(words, width, height)
    assert left >= 0
    assert left + box.shape[1] <= width
    assert top > 0.5 * height
    assert top + box.shape[0] <= 0.95 * height


def test_a_short_caption_is_a_small_box() -> None:
    """The box is as wide as its words, not as the frame."""
    box, left, _ = caption("Huh.", 640, 360)
    assert box.shape[1] < 120
    assert abs(left + box.shape[1] / 2 - 320) <= 1


def test_bold_is_heavier_and_an_outline_is_dark() -> None:
    """Weight and outline are seen."""
    thin, bold, lined = (
        set_text("Сад", width=200, size=40, family="serif", weight=weight, outline=outline).pixels
        for weight, outline in ((400, 0.0), (700, 0.0), (400, 3.0))
    )
    assert int(bold[..., 3].astype(int).sum()) > 1.1 * int(thin[..., 3].astype(int).sum())
    assert ((lined[..., 3] > 180) & (lined[..., 0] < 40)).sum() > 50


def test_text_is_the_same_every_time() -> None:
    """The same words give the same bytes."""
    assert np.array_equal(title_card("Сад\nЛес", 320, 180), title_card("Сад\nЛес", 320, 180))


def test_signs_without_a_font_are_named() -> None:
    """What would show as an empty box can be said beforehand; what the faces have is not."""
    assert unset_signs("Вишнёвый сад, cherry orchard!") == ""
    assert unset_signs("сад \U000e0fff") in ("\U000e0fff", "")
    assert unset_signs("a\U0001337f\U0001337fb") in ("\U0001337f", "")


def test_a_layer_covers_by_its_alpha() -> None:
    """Opaque replaces, transparent leaves, half mixes, and beyond the edge nothing happens."""
    ground: Frame = np.full((4, 4, 3), 100, np.uint8)
    layer: Layer = np.zeros((2, 3, 4), np.uint8)
    layer[:, 0] = (0, 0, 255, 255)
    layer[:, 1] = (64, 64, 64, 128)
    laid = lay_over(ground, layer, left=2, top=3)
    assert tuple(laid[3, 2]) == (255, 0, 0)
    assert abs(int(laid[3, 3, 0]) - (64 + 50)) <= 1
    assert np.all(laid[:3] == 100)
    assert np.all(ground == 100)
    assert np.all(lay_over(ground, layer, left=9) == 100)


CREDITS = ("# Восхождение", "", "Режиссёр: Анна Ковалёва", *(f"Имя {place}" for place in range(30)), "", "Конец")


def grey(width: int = 320, height: int = 180) -> Frame:
    """An even picture to write on."""
    return np.full((height, width, 3), 90, np.uint8)


def changed(frame: Frame, plain: Frame) -> tuple[int, int, int, int]:
    """The box (left, top, right, bottom) of what differs well from the plain picture."""
    rows, columns = np.nonzero(np.abs(frame.astype(int) - plain).max(axis=2) > 24)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def test_a_title_fades_in_and_out() -> None:
    """It begins and ends with the plain picture, is whole in the middle, and grows and wanes without a jump."""
    plain, title = grey(), (Lettering("title", ("Сад",)),)
    steps = [float(np.abs(lettered(plain, title, place / 24, 4.0).astype(int) - plain).mean()) for place in range(97)]
    assert steps[0] == steps[-1] == 0.0
    assert steps[48] == max(steps) > 1.0
    assert max(abs(there - here) for here, there in zip(steps, steps[1:], strict=False)) < 0.25 * steps[48]  # noqa: RUF007


def test_a_short_title_is_still_whole_for_half_of_its_time() -> None:
    """The fades of a title of one second are shorter than those of a long one."""
    plain, title = grey(), (Lettering("title", ("Сад",)),)
    steps = [float(np.abs(lettered(plain, title, place / 24, 1.0).astype(int) - plain).mean()) for place in range(25)]
    assert sum(step > 0.99 * max(steps) for step in steps) >= 11


def test_words_are_on_only_in_their_time() -> None:
    """Before its first and after its last second an element leaves the picture itself, untouched."""
    plain = grey()
    third = (Lettering("lower third", ("Анна", "капитан"), Fraction(2), Fraction(3)),)
    assert lettered(plain, third, 1.9, 10.0) is plain
    assert lettered(plain, third, 5.1, 10.0) is plain
    assert [on_at(third, seconds, 10.0) for seconds in (1.9, 3.5, 5.1)] == [False, True, False]
    assert not np.array_equal(lettered(plain, third, 3.5, 10.0), plain)
    assert np.all(plain == 90)


@pytest.mark.parametrize(("width", "height"), SHAPES)
@pytest.mark.parametrize(
    "lines", [("Анна Ковалёва", "капитан дальнего плавания"), ("A" * 60,), ("Jo", "a very long description " * 6)]
)
def test_a_lower_third_is_in_the_safe_area_above_captions(lines: tuple[str, ...], width: int, height: int) -> None:
    """It stands in the lower half at the left, within ninety percent, and free of a caption of two lines."""
    plain = grey(width, height)
    left, top, right, bottom = changed(lettered(plain, (Lettering("lower third", lines),), 3.0, 6.0), plain)
    assert left >= 0.05 * width
    assert right <= 0.95 * width
    assert top > 0.4 * height
    _, _, caption_top = caption(
        "О, моё детство, чистота моя! В этой детской я спала, глядела отсюда на сад", width, height
    )
    assert bottom < caption_top


def test_a_lower_third_slides_in_from_its_bar() -> None:
    """First there is the bar, then the plate grows to the right, last come the words; it leaves the same way."""
    plain, third = grey(), (Lettering("lower third", ("Анна", "капитан")),)
    widths = []
    for seconds in (0.2, 0.4, 0.6, 1.0):
        left, _, right, _ = changed(lettered(plain, third, seconds, 5.0), plain)
        widths.append(right - left)
    assert widths == sorted(widths)
    assert widths[0] < 0.5 * widths[-1]
    whole, going = (lettered(plain, third, seconds, 5.0) for seconds in (2.5, 4.8))
    assert (whole > 220).any()
    assert not (going[..., 2] > 220).any()


def test_right_to_left_names_stand_at_the_right() -> None:
    """A Hebrew lower third is mirrored: its bar is at the right edge of the safe area."""
    plain = grey()
    left, _, right, _ = changed(lettered(plain, (Lettering("lower third", ("שלום", "עולם")),), 3.0, 6.0), plain)
    assert left > 160
    assert 0.9 * 320 < right <= 0.95 * 320


def rows_lit(
    seconds: float, whole: float, lines: tuple[str, ...] = CREDITS
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The rows of a dark picture on which credits are seen."""
    dark: Frame = np.zeros((180, 320, 3), np.uint8)
    frame = lettered(dark, (Lettering("credits", lines),), seconds, whole)
    return np.flatnonzero((frame > 120).any(axis=(1, 2)))


def test_credits_with_time_enough_roll_through() -> None:
    """They come from below, pass, and the last line has left at the end."""
    assert not rows_lit(0.0, 40.0).size
    assert rows_lit(3.0, 40.0).min() > 90
    assert rows_lit(20.0, 40.0).size
    assert rows_lit(37.5, 40.0).max() < 90
    assert not rows_lit(40.0, 40.0).size


def test_hurried_credits_rest_with_their_last_line_in_the_frame() -> None:
    """Without time to leave, the last line comes to rest, and a note says how long the roll would need."""
    late = [rows_lit(seconds, 12.0) for seconds in (11.3, 11.4)]
    assert late[0].max() == late[1].max()
    assert 100 < late[0].max() < 165
    notes = lettering_notes((Lettering("credits", CREDITS),), 320, 180, 4.0)
    assert any("too fast" in note for note in notes)
    assert not lettering_notes((Lettering("credits", CREDITS),), 320, 180, 40.0)


def test_credits_roll_evenly_by_parts_of_a_row() -> None:
    """Each frame the strip moves on by the same distance, which is no whole number of rows."""
    roll = credit_roll(CREDITS, 320, 180)
    assert roll is not None
    tops = [roll.top(place / 960, 40.0) for place in range(961)]
    steps = np.diff(tops)
    assert np.allclose(steps, steps[0])
    assert 0.2 < -float(steps[0]) < 2.0
    hurried = np.diff([roll.top(place / 288, 12.0) for place in range(289)])
    assert np.all(hurried <= 1e-9)
    assert np.abs(np.diff(hurried)).max() < 0.1 * np.abs(hurried).max()


def test_few_credits_stand() -> None:
    """What fits the frame does not roll."""
    first, second = (rows_lit(seconds, 6.0, ("Режиссёр: Анна", "Конец")) for seconds in (2.0, 3.5))
    assert first.size
    assert np.array_equal(first, second)


@pytest.mark.parametrize("lines", [(), ("", "  "), ("\x00",)])
def test_empty_elements_change_nothing(lines: tuple[str, ...]) -> None:
    """An element without words is no element."""
    plain = grey()
    assert lower_third(lines, 320, 180) is None
    assert credit_roll(lines, 320, 180) is None
    assert np.array_equal(lettered(plain, (Lettering("title", lines),), 2.0, 4.0), plain)
    assert np.array_equal(lettered(plain, (Lettering("lower third", lines),), 2.0, 4.0), plain)


def test_what_can_never_be_seen_is_told() -> None:
    """An element that begins after the scene's end, and signs without a font, are named."""
    late = Lettering("lower third", ("Анна",), Fraction(9))
    assert any("never shown" in note for note in lettering_notes((late,), 320, 180, 4.0))
    unknown = Lettering("title", ("a\U0001337f",))
    notes = lettering_notes((unknown,), 320, 180, 4.0)
    assert bool(notes) == bool(unset_signs("a\U0001337f"))


def test_a_scenes_text_is_a_title_unless_one_is_written(make_scene: Callable[..., Scene]) -> None:
    """`text` becomes a title before the other elements, and stands back behind a title among them."""
    third, title = Lettering("lower third", ("Анна",)), Lettering("title", ("Лес",))
    assert words_of(make_scene()) == ()
    assert words_of(make_scene(text="Сад\nЛес")) == (Lettering("title", ("Сад", "Лес")),)
    assert words_of(make_scene(text="Сад", lettering=(third,))) == (Lettering("title", ("Сад",)), third)
    assert words_of(make_scene(text="Лес", lettering=(title,))) == (title,)


def test_right_to_left_is_ordered_so() -> None:
    """Hebrew begins at the right, and its full stop stands at the left of it."""
    words, stopped = (set_text(text, width=300, size=40).pixels for text in ("שלום", "שלום."))
    left, _, right, _ = inked(words)
    assert right > 280
    assert inked(stopped)[0] < left


@needs_scripts
@pytest.mark.parametrize("text", ["مرحبا", "नमस्ते", "ไทย", "ქართული", "հայերեն", "\U0001f600", "👩\u200d🚀"])
def test_many_scripts_are_set_from_a_package(text: str) -> None:
    """Arabic, Devanagari, Thai, Georgian, Armenian and emoji have signs, and joined emoji become one."""
    assert unset_signs(text) == ""
    drawn = set_text(text, width=300, size=40)
    assert drawn.pixels.any()
    assert "manimgx-fonts " in lettering_identity()
    if "\u200d" in text:
        assert drawn.longest < 60


@needs_cjk
@pytest.mark.parametrize("text", ["你好，世界", "こんにちは", "안녕하세요"])
def test_chinese_japanese_and_korean_are_set_from_a_package(text: str) -> None:
    """All signs are there, at the weight of the rest."""
    assert unset_signs(text) == ""
    thin, bold = (set_text(text, width=400, size=40, weight=weight).pixels[..., 3] for weight in (400, 700))
    assert int(bold.astype(int).sum()) > 1.1 * int(thin.astype(int).sum())


@needs_scripts
def test_lines_are_counted_in_the_height_of_their_script() -> None:
    """Arabic lines are higher than Latin ones: two are two, and one is one."""
    assert set_text("مرحبا بالعالم", width=600, size=30).lines == 1
    assert set_text("مرحبا\nبالعالم", width=600, size=30).lines == 2
    box, _, _ = caption("مرحبا بالعالم كيف حالكم اليوم يا أصدقائي الأعزاء " * 2, 640, 360)
    assert box.shape[0] > 50


@needs_cjk
def test_a_long_chinese_title_is_wrapped() -> None:
    """What is written without spaces may be broken between any signs, and stays large."""
    left, top, right, bottom = inked(title_card("樱桃园里的漫长夏日与最后的告别", 360, 640))
    assert bottom - top > 60
    assert right <= 0.95 * 360
    assert left >= 0.05 * 360
