"""Flashes are counted as WCAG 2.3.1 says: pairs of opposing changes, over a quarter of the picture, within a second."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from projects.progress import Silent
from render.flashing import BRIGHT, CHANGE, MOST, Flashing, Light, counted, told
from render.orders import Order
from render.watching import planes_of
from scenes.frames import I420, write_film
from tests.render.conftest import Opener

RATE = Fraction(25)
HIGH, WIDE = 96, 160


def grey(linear: float) -> float:
    """The coded value of luma (16..235) of a relative luminance."""
    signal = linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return 16 + 219 * signal


def picture(luma: float, blue: float = 128, red: float = 128, share: float = 1.0, around: float = 16) -> I420:
    """One plain picture; `share` of its width has the colour, the rest is `around`."""
    coded = np.full((HIGH * 3 // 2, WIDE), 128, np.uint8)
    coded[:HIGH] = round(around)
    edge = round(WIDE * share)
    coded[:HIGH, :edge] = round(luma)
    chroma = coded[HIGH:].reshape(2, HIGH // 2, WIDE // 2)
    chroma[0, :, : edge // 2], chroma[1, :, : edge // 2] = round(blue), round(red)
    return coded


def facts(pictures: list[I420]) -> dict[str, Any]:
    """What is told of a piece of these pictures."""
    light = Light()
    for one in pictures:
        light.see(*planes_of(one))
    return light.facts()


def seen(pictures: list[I420], rate: Fraction = RATE) -> Flashing:
    """What is counted in a film of one piece."""
    return counted([(0, facts(pictures))], rate)


def blinking(on: I420, off: I420, times: int, each: int) -> list[I420]:
    """Off and on again so many times, each so many frames, and half a second of rest around it."""
    return [off] * 12 + ([on] * each + [off] * each) * times + [off] * 12


BLACK, WHITE = picture(16), picture(235)


@pytest.mark.parametrize(("times", "flashes"), [(1, 1), (3, 3), (4, 4), (6, 6)])
def test_flashes_within_a_second_are_counted(times: int, flashes: int) -> None:
    """White on black for two frames, so many times within a second."""
    found = seen(blinking(WHITE, BLACK, times, 2))
    assert found.flashes == flashes
    assert bool(told(found)) == (times > 3)


def test_the_same_flashes_told_over_a_longer_time_are_none_too_many() -> None:
    """Ten flashes in five seconds are two or three a second."""
    found = seen(blinking(WHITE, BLACK, 10, 6))
    assert found.most <= MOST
    assert found.spans == ()


def test_the_place_is_told() -> None:
    """The span begins with the first change too many and ends with the last."""
    found = seen([BLACK] * 50 + blinking(WHITE, BLACK, 6, 2))
    ((first, last),) = found.spans
    assert first == pytest.approx(62 / 25, abs=0.05)
    assert last == pytest.approx(85 / 25, abs=0.1)
    assert "2.5-3.4 s" in told(found)


@pytest.mark.parametrize(("share", "counts"), [(0.2, False), (0.3, True), (1.0, True)])
def test_only_a_large_area_flashes(share: float, counts: bool) -> None:
    """Up to a quarter of the picture may blink as it likes."""
    assert bool(seen(blinking(picture(235, share=share), BLACK, 6, 2)).most > MOST) == counts


def test_two_parts_that_blink_together_make_one_area() -> None:
    """Neither a fifth on the left nor a fifth on the right is enough, both together are."""
    both = BLACK.copy()
    both[:HIGH, : WIDE // 5] = both[:HIGH, -WIDE // 5 :] = 235
    assert seen(blinking(both, BLACK, 6, 2)).flashes == 6


@pytest.mark.parametrize(
    ("dark", "light", "counts"), [(0.82, 1.0, False), (0.7, 1.0, True), (0.0, 0.08, False), (0.0, 0.12, True)]
)
def test_the_change_has_to_be_large_and_dark_enough(dark: float, light: float, counts: bool) -> None:
    """A tenth of the largest luminance, and the darker side under eight tenths."""
    found = seen(blinking(picture(grey(light)), picture(grey(dark), around=grey(dark)), 6, 2))
    assert bool(found.most > MOST) == counts


def test_a_slow_fade_is_one_change() -> None:
    """Light that comes up over two seconds and goes again is one flash of the film."""
    ramp = [picture(grey(step / 50)) for step in range(51)]
    assert seen([*ramp, *ramp[::-1]]).most <= 2


def test_grain_does_not_flash() -> None:
    """Noise over the whole picture changes no cell by a tenth."""
    dice = np.random.default_rng(7)
    noisy = []
    for _ in range(50):
        one = picture(120, around=120)
        one[:HIGH] += dice.integers(0, 40, (HIGH, WIDE), np.uint8)
        noisy.append(one)
    assert seen(noisy).most == 0


def test_a_saturated_red_flashes_without_growing_lighter() -> None:
    """Red and a grey of the same luminance: no general flash, but a red one."""
    red = picture(63, 102, 240)
    same = picture(63, around=63)
    assert seen(blinking(red, same, 6, 2)).flashes == 6
    pink = picture(63, 128, 140)
    assert seen(blinking(pink, same, 6, 2)).most == 0


def test_flashes_across_pieces_are_counted() -> None:
    """Twelve pieces of two frames, light and dark by turns, flash like one piece that does."""
    pieces = [(2 * number, facts([WHITE if number % 2 else BLACK] * 2)) for number in range(12)]
    assert counted(pieces, RATE).flashes == seen(blinking(WHITE, BLACK, 6, 2)).flashes
    assert counted([(start, facts([BLACK, BLACK])) for start, _ in pieces], RATE).most == 0


def test_pieces_of_which_nothing_is_known_are_passed_over() -> None:
    """A piece copied as it lay has no facts; what stands around it is counted."""
    known = facts(blinking(WHITE, BLACK, 6, 2))
    assert counted([(0, {}), (10, known)], RATE).flashes == 6
    assert counted([], RATE) == Flashing(0, ())


def _plain_count(levels: list[float]) -> int:
    """Opposing changes of a plain grey, found from its turning points alone."""
    changes, sign, low, high = 0, 0, levels[0], levels[0]
    for level in levels[1:]:
        low, high = min(low, level), max(high, level)
        if sign <= 0 and level - low >= CHANGE and low < BRIGHT:
            changes, sign, low, high = changes + 1, 1, level, level
        elif sign >= 0 and high - level >= CHANGE and level < BRIGHT:
            changes, sign, low, high = changes + 1, -1, level, level
    return changes


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([16, 60, 90, 120, 150, 180, 200, 220, 235]), min_size=1, max_size=24))
def test_plain_greys_are_counted_as_their_turns(levels: list[int]) -> None:
    """For pictures of one grey the count is that of the turning points, one by one, in any order."""
    from render.flashing import _linear_table

    table = _linear_table()
    found = counted([(0, facts([picture(level, around=level) for level in levels]))], Fraction(100))
    assert found.most == _plain_count([float(table[level]) for level in levels])


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_cutting_a_film_into_pieces_counts_no_fewer_flashes(data: st.DataObject) -> None:
    """Strong changes are found wherever the film is cut."""
    frames = [WHITE if data.draw(st.booleans()) else BLACK for _ in range(20)]
    whole = seen(frames).most
    cuts = sorted({0, *data.draw(st.lists(st.integers(1, 19), max_size=5))})
    pieces = [(first, facts(frames[first:last])) for first, last in zip(cuts, [*cuts[1:], 20], strict=True)]
    assert counted(pieces, RATE).most == whole


@pytest.mark.parametrize("shape", [(16, 32), (90, 160), (361, 641), (1080, 1920)])
def test_every_size_is_looked_at(shape: tuple[int, int]) -> None:
    """Small and odd pictures have cells too."""
    high, wide = shape
    light = Light()
    half = ((high + 1) // 2, (wide + 1) // 2)
    chroma: NDArray[np.uint8] = np.full(half, 128, np.uint8)
    for number in range(24):
        light.see(np.full(shape, 235 if number // 2 % 2 else 16, np.uint8), chroma, chroma)
    assert len(light.facts()["light"]) == 11


STROBE = """\
workprint: 1
title: Strobe
resolution: 360p
captions: off
score: none
sounds: none
scenes:
  - {id: strobe, clip: footage/strobe.mp4, length: clip}
  - {id: lake, length: 1s, place: lake}
"""


@pytest.mark.slow
def test_a_film_that_flashes_is_told_with_its_place(film_of: Opener, tmp_path: Path) -> None:
    """The author's own strobe is shown as it is, and said to flash; the film passes its test all the same."""
    folder = tmp_path / "film" / "footage"
    folder.mkdir(parents=True)
    frames = (np.full((120, 160, 3), 255 if number // 2 % 2 else 0, np.uint8) for number in range(50))
    write_film(folder / "strobe.mp4", frames, 160, 120, Fraction(25))
    delivery = film_of(STROBE).render(Order(draft=True, jobs=2), Silent())
    (film,) = delivery.films
    assert film.report["passed"], film.report
    assert film.report["flashing"]["most_changes_a_second"] > MOST
    assert any("flashes up to" in note and "WCAG 2.3.1" in note for note in delivery.notes)
