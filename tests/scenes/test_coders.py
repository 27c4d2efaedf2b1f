"""Encoder profiles: one header for every length and quality, the same bytes every time, nothing on the screen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from scenes.coders import TAKE_PROFILE, EncoderProfile, check_size
from scenes.frames import I420, read_frames, write_film
from storyboard.errors import RenderError

PROFILES = {
    "h264": EncoderProfile(20, "veryfast", 48),
    "hevc": EncoderProfile(22, "veryfast", 48, codec="hevc"),
    "av1": EncoderProfile(32, "10", 48, codec="av1"),
}
TAGS = {"h264": "avc1", "hevc": "hvc1", "av1": "av01"}

codecs = pytest.mark.parametrize("codec", list(PROFILES))


def pictures(count: int, width: int = 96, height: int = 54) -> Iterator[I420]:
    """A texture that drifts, two pixels a frame."""
    noise = np.random.default_rng(0).standard_normal((height * 3 // 2, width)).astype(np.float32)
    texture = np.clip(128 + 200 * cv2.GaussianBlur(noise, (0, 0), 2), 20, 230).astype(np.uint8)
    for number in range(count):
        frame = texture.copy()
        frame[:height] = np.roll(texture[:height], 2 * number, axis=1)
        yield frame


def header(path: Path) -> tuple[bytes, str]:
    """The coding header of a file, and what its coding is called."""
    with av.open(str(path)) as film:
        coder = film.streams.video[0].codec_context
        return bytes(coder.extradata or b""), coder.codec_tag


@codecs
@pytest.mark.parametrize("rate", [Fraction(24), Fraction(30000, 1001)])
def test_the_header_hangs_neither_on_length_nor_on_quality(tmp_path: Path, codec: str, rate: Fraction) -> None:
    """Files of any length, quality and key frame distance can be joined: their headers agree byte by byte."""
    found = set()
    for count, worse, keyint in ((1, 0, 48), (2, 4, 12), (3, 0, 48), (60, 9, 24)):
        profile = replace(PROFILES[codec], crf=PROFILES[codec].crf + worse, keyint=keyint)
        write_film(tmp_path / "film.mp4", pictures(count), 96, 54, rate, profile)
        found.add(header(tmp_path / "film.mp4"))
    ((_, tag),) = found
    assert tag == TAGS[codec]


@codecs
def test_every_frame_is_found_in_its_place(tmp_path: Path, codec: str) -> None:
    """Reading from any frame yields that frame first, in each codec."""
    film = tmp_path / "film.mp4"
    profile = replace(PROFILES[codec], keyint=24)
    assert write_film(film, pictures(70), 96, 54, Fraction(25), profile) == 70
    due = list(pictures(70))
    seen = list(read_frames(film))
    assert len(seen) == 70
    for shown, planned in zip(seen, due, strict=True):
        assert np.abs(shown[:54].astype(int) - planned[:54]).mean() < 4
    for first in range(0, 70, 9):
        assert np.array_equal(next(read_frames(film, first, first + 1)), seen[first])


@codecs
def test_groups_are_closed_and_of_the_distance_asked_for(tmp_path: Path, codec: str) -> None:
    """Key frames come at least every `keyint` frames, and nothing behind one is shown before it."""
    write_film(tmp_path / "film.mp4", pictures(60), 96, 54, Fraction(24), replace(PROFILES[codec], keyint=24))
    with av.open(str(tmp_path / "film.mp4")) as film:
        packets = [(packet.pts or 0, packet.is_keyframe) for packet in film.demux(video=0) if packet.size]
    keys = [place for place, (_, key) in enumerate(packets) if key]
    assert keys == [0, 24, 48]
    for place in keys:
        assert (
            max((pts for pts, _ in packets[:place]), default=-1)
            < packets[place][0]
            <= min(p for p, _ in packets[place:])
        )


@codecs
def test_colours_are_tagged(tmp_path: Path, codec: str) -> None:
    """BT.709 in limited range, and square samples, in each codec."""
    write_film(tmp_path / "film.mp4", pictures(2), 96, 54, Fraction(24), PROFILES[codec])
    with av.open(str(tmp_path / "film.mp4")) as film:
        stream = film.streams.video[0]
        coder = stream.codec_context
        assert (coder.color_primaries, coder.color_trc, coder.colorspace, coder.color_range) == (1, 1, 1, 1)
        assert stream.sample_aspect_ratio == 1


@codecs
@pytest.mark.parametrize("size", [(96, 54), (480, 270)])
def test_the_same_bytes_whatever_lay_in_memory(tmp_path: Path, codec: str, size: tuple[int, int]) -> None:
    """An encoder that reads memory before it writes it is found out: what lay there before does not matter."""
    random = np.random.default_rng(0)
    grain = random.integers(-9, 10, (10, size[1] * 3 // 2, size[0]))
    frames = [(frame + one).astype(np.uint8) for frame, one in zip(pictures(10, *size), grain, strict=True)]
    found = set()
    for number in range(6 if codec == "h264" else 3):
        rubbish = [random.integers(0, 256, int(length), np.uint8) for length in random.integers(1000, 60_000, 60)]
        del rubbish[number % 2 :: 2]
        write_film(tmp_path / "film.mp4", frames, *size, Fraction(24), PROFILES[codec])
        found.add((tmp_path / "film.mp4").read_bytes())
    assert len(found) == 1


@codecs
def test_nothing_is_printed(tmp_path: Path, codec: str) -> None:
    """The encoders' banners and statistics stay off the screen, from the first start on."""
    code = (
        "import sys, pathlib, fractions, numpy as np\n"
        "from scenes.coders import EncoderProfile\n"
        "from scenes.frames import write_film\n"
        "black = np.full((96, 64), 128, np.uint8)\n"
        f"profile = {PROFILES[codec]!r}\n"
        "write_film(pathlib.Path(sys.argv[1]), [black] * 3, 64, 64, fractions.Fraction(24), profile)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "film.mp4")], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


@codecs
def test_too_small_and_odd_pictures_are_refused(codec: str) -> None:
    """Sizes that a codec cannot code are refused before it is asked, with what would do."""
    for size in ((63, 64), (64, 63), (0, 64), (14, 64) if codec != "h264" else (0, 0)):
        with pytest.raises(RenderError, match=codec):
            check_size(*size, PROFILES[codec])
    check_size(16, 16, PROFILES[codec])


@codecs
def test_the_smallest_picture_is_coded(tmp_path: Path, codec: str) -> None:
    """What is not refused can be coded and read again."""
    write_film(tmp_path / "film.mp4", pictures(3, 16, 16), 16, 16, Fraction(24), PROFILES[codec])
    assert [picture.shape for picture in read_frames(tmp_path / "film.mp4")] == [(24, 16)] * 3


@pytest.mark.parametrize(("codec", "crf"), [("h264", 52), ("hevc", 52), ("av1", 64), ("h264", -1)])
def test_a_quality_off_the_scale_is_refused(codec: str, crf: int) -> None:
    """Qualities that an encoder does not know are refused by name."""
    with pytest.raises(RenderError, match=f"crf {crf}"):
        replace(PROFILES[codec], crf=crf).options()


def test_takes_stay_h264() -> None:
    """Takes are kept as they always were, so that no film is painted again."""
    assert EncoderProfile(12, "ultrafast", 12, bframes=0, codec="h264") == TAKE_PROFILE
