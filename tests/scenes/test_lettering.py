"""Words as pictures: every sign set, inside the safe area, at every shape of frame."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.backend import Frame
from scenes.lettering import Layer, caption, lay_over, set_text, title_card, unset_signs

SHAPES = [(640, 360), (360, 640), (360, 360), (96, 54)]


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
