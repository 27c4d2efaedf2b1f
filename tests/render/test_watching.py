"""What the self-test sees: cuts that are a frame off, black spans, stills."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from render.watching import displacement, is_dark, joined_runs, long_runs, luma_of, spans_of, thumb, watch
from scenes.frames import I420, write_film

WIDTH, HEIGHT, RATE = 128, 72, Fraction(25)


def moving(count: int, seed: int) -> list[I420]:
    """Pictures in which a bright bar moves over noise."""
    still = np.random.default_rng(seed).integers(40, 160, (HEIGHT * 3 // 2, WIDTH), dtype=np.uint8)
    pictures = []
    for number in range(count):
        picture = still.copy()
        picture[:HEIGHT, number * 4 : number * 4 + 6] = 230
        pictures.append(picture)
    return pictures


def film(path: Path, pictures: Iterator[I420] | list[I420]) -> Path:
    """Write pictures as a film."""
    write_film(path, pictures, WIDTH, HEIGHT, RATE)
    return path


@pytest.mark.parametrize("error", [-2, 0, 1, 3])
def test_a_displaced_cut_is_measured(tmp_path: Path, error: int) -> None:
    """A scene that begins some frames early or late is found where it is."""
    first, second = moving(20, 1), moving(12, 2)
    path = film(tmp_path / "a.mp4", [*first[: 10 + error], *second])
    watched = watch(path, RATE, 17)
    assert displacement([thumb(luma_of(picture)) for picture in second[:4]], 10, watched.near) == error


def test_a_still_is_believed(tmp_path: Path) -> None:
    """Where nothing moves, no displacement is claimed."""
    still = moving(1, 3)[0]
    watched = watch(film(tmp_path / "a.mp4", [still] * 20), RATE, 20)
    assert displacement([thumb(luma_of(still))] * 4, 10, watched.near) == 0


def test_the_noise_of_coding_is_no_displacement() -> None:
    """Where less moves than coding blurs, a place that fits hardly better is not believed; one that fits well is."""
    dice = np.random.default_rng(5)
    still = dice.uniform(40, 160, (24, 64)).astype(np.float32)
    noise = dice.normal(0, 0.5, still.shape).astype(np.float32)
    for motion, believed in ((0.08, 0), (2.0, 3)):
        near = {place: still + np.float32(motion * place) for place in range(12)}
        seen = [near[7 + place] + noise for place in range(4)]
        assert displacement(seen, 4, near) == believed


def test_frames_times_and_tags(tmp_path: Path) -> None:
    """Frames are counted, times and colour are as they should be, and only the pictures that are wanted are kept."""
    watched = watch(film(tmp_path / "a.mp4", moving(25, 1)), RATE, 4)
    assert (watched.frames, watched.exact_times, watched.colour) == (25, True, "bt709 limited")
    assert sorted(watched.near) == [0, 1, 2, 3]
    assert not watch(tmp_path / "a.mp4", RATE * 2, 0).exact_times


def test_black_is_dark_and_a_night_is_not() -> None:
    """Black of limited range is 16; a dark scene with a few lights lies above it."""
    luma = np.full((HEIGHT, WIDTH), 16, np.uint8)
    assert is_dark(luma)
    luma[10:30, 20:60] = 90
    assert not is_dark(luma)


def test_short_spans_are_not_told() -> None:
    """Runs under half a second are no spans."""
    assert spans_of([True] * 4 + [False] + [True] * 6, 0.1) == [[0.5, 1.1]]


def test_a_burned_caption_is_no_displacement(tmp_path: Path) -> None:
    """What is laid over the lower part of the film, and not over the take, does not make a cut look displaced."""
    first, second = moving(20, 1), moving(12, 2)
    captioned = [picture.copy() for picture in second]
    for number, picture in enumerate(captioned):
        picture[HEIGHT * 3 // 4 : HEIGHT, 10 : 60 + 5 * number] = 235
    path = film(tmp_path / "a.mp4", [*first[:10], *captioned])
    watched = watch(path, RATE, 22)
    assert displacement([thumb(luma_of(picture)) for picture in second[:4]], 10, watched.near) == 0


def test_black_goes_on_from_one_piece_to_the_next() -> None:
    """Runs that touch at a seam are one run of the film, told in seconds if it is long enough."""
    whole = joined_runs([(0, [[20, 24]]), (24, [[0, 6], [8, 10]]), (40, [])])
    assert whole == [[20, 30], [32, 34]]
    assert long_runs(whole, 0.1) == [[2.0, 3.0]]
