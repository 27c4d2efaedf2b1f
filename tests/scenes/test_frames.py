"""Frames on disk: exact counts, exact places, exact colours, the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from scenes.backend import Frame
from scenes.frames import TAKE_PROFILE, EncoderProfile, i420_to_rgb, read_frames, rgb_to_i420, write_film
from storyboard.errors import RenderError

Ramp = Callable[..., list[Frame]]
SOLIDS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0), (200, 120, 40), (17, 99, 180))


def coded(colour: tuple[int, int, int]) -> tuple[float, float, float]:
    """BT.709 limited range by the book (ITU-R BT.709-6, 3.2 to 3.5)."""
    red, green, blue = (part / 255 for part in colour)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 16 + 219 * luma, 128 + 224 * (blue - luma) / 1.8556, 128 + 224 * (red - luma) / 1.5748


def place_of(picture: Frame) -> int:
    """The place that a ramp's coded frame says."""
    return round((float(i420_to_rgb(picture).mean()) - 40) / 4)


@pytest.mark.parametrize("colour", SOLIDS)
def test_rgb_becomes_bt709_limited(colour: tuple[int, int, int]) -> None:
    """Each plane holds what the standard's matrix says, within a level."""
    picture = rgb_to_i420(np.full((16, 32, 3), colour, np.uint8))
    flat = picture.reshape(-1)
    planes = (flat[: 16 * 32], flat[16 * 32 : 16 * 32 + 128], flat[16 * 32 + 128 :])
    assert picture.shape == (24, 32)
    for plane, due in zip(planes, coded(colour), strict=True):
        assert np.abs(plane - due).max() <= 1


@pytest.mark.parametrize("colour", SOLIDS)
def test_coded_colours_come_back(colour: tuple[int, int, int]) -> None:
    """There and back costs no more than two levels."""
    picture = np.full((16, 32, 3), colour, np.uint8)
    assert np.abs(i420_to_rgb(rgb_to_i420(picture)).astype(int) - picture).max() <= 2


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(60)])
@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_every_frame_is_found_in_its_place(tmp_path: Path, ramp: Ramp, rate: Fraction, count: int) -> None:
    """Reading from any frame yields that frame first, at whole and at fractional rates."""
    film = tmp_path / "take.mp4"
    assert write_film(film, ramp(count), 64, 36, rate) == count
    assert [place_of(picture) for picture in read_frames(film)] == list(range(count))
    for first in range(count):
        assert next(place_of(picture) for picture in read_frames(film, first, min(first + 2, count))) == first


def test_times_are_exact_and_tags_say_bt709(tmp_path: Path, ramp: Ramp) -> None:
    """Stamps are whole frames of the rational rate; primaries, transfer, matrix and range are written."""
    film = tmp_path / "take.mp4"
    rate = Fraction(30000, 1001)
    write_film(film, ramp(7), 64, 36, rate)
    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        stamps = []
        for frame in opened.decode(stream):
            assert frame.pts is not None
            assert frame.time_base is not None
            stamps.append(frame.pts * frame.time_base * rate)
        coder = stream.codec_context
        tags = (coder.color_primaries, coder.color_trc, coder.colorspace, coder.color_range)
    assert stamps == [Fraction(place) for place in range(7)]
    assert tags == (1, 1, 1, 1)


def test_the_same_frames_give_the_same_bytes(tmp_path: Path, ramp: Ramp) -> None:
    """Nothing of the clock or the machine's load enters the file."""
    for name in ("one.mp4", "two.mp4"):
        write_film(tmp_path / name, ramp(20), 64, 36, Fraction(24))
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_quality_does_not_change_the_parameter_sets(tmp_path: Path, ramp: Ramp) -> None:
    """Files that differ only in crf and key frame distance can be joined without encoding."""
    sets = []
    for crf, keyint in ((12, 12), (23, 48)):
        film = tmp_path / f"{crf}.mp4"
        write_film(film, ramp(30), 64, 36, Fraction(24), EncoderProfile(crf, TAKE_PROFILE.preset, keyint))
        with av.open(str(film)) as opened:
            sets.append(bytes(opened.streams.video[0].codec_context.extradata or b""))
    assert sets[0] == sets[1]


def test_coded_frames_are_taken_as_they_are(tmp_path: Path, ramp: Ramp) -> None:
    """Writing 4:2:0 pictures yields the same file as writing the RGB they came from."""
    write_film(tmp_path / "rgb.mp4", ramp(5), 64, 36, Fraction(24))
    write_film(tmp_path / "yuv.mp4", (rgb_to_i420(f) for f in ramp(5)), 64, 36, Fraction(24))
    assert (tmp_path / "rgb.mp4").read_bytes() == (tmp_path / "yuv.mp4").read_bytes()


@pytest.mark.parametrize(("first", "last"), [(0, 13), (12, 13), (20, None), (20, 25)])
def test_a_missing_frame_is_an_error(tmp_path: Path, ramp: Ramp, first: int, last: int | None) -> None:
    """Fewer frames than asked for are never handed over silently."""
    film = tmp_path / "take.mp4"
    write_film(film, ramp(12), 64, 36, Fraction(24))
    with pytest.raises(RenderError, match="ends at frame"):
        list(read_frames(film, first, last))


@pytest.mark.parametrize(
    "picture", [np.zeros((36, 62, 3), np.uint8), np.zeros((36, 64, 3), np.float32), np.zeros((36, 64, 4), np.uint8)]
)
def test_a_wrong_frame_is_refused(tmp_path: Path, picture: Frame) -> None:
    """Another size, type or depth is named with the frame's place."""
    with pytest.raises(RenderError, match="frame 0"):
        write_film(tmp_path / "take.mp4", [picture], 64, 36, Fraction(24))


def test_an_empty_film_and_odd_sizes_are_refused(tmp_path: Path, ramp: Ramp) -> None:
    """What cannot be coded is said before or after, never written as if whole."""
    with pytest.raises(RenderError, match="no frames"):
        write_film(tmp_path / "take.mp4", [], 64, 36, Fraction(24))
    with pytest.raises(RenderError, match="even"):
        write_film(tmp_path / "take.mp4", ramp(1, 63, 36), 63, 36, Fraction(24))


def test_a_cut_off_file_is_an_error(tmp_path: Path, ramp: Ramp) -> None:
    """Half a file is never read as a whole one."""
    film = tmp_path / "take.mp4"
    write_film(film, ramp(12), 64, 36, Fraction(24))
    film.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    with pytest.raises(RenderError, match=r"take\.mp4"):
        list(read_frames(film))
