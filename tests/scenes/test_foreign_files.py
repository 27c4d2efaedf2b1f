"""Footage as strangers export it: turned, interlaced, stretched, oddly timed, damaged, or no film at all."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from projects.programs import ffmpeg, run
from scenes.backend import Frame, Refusal
from scenes.media import probe
from storyboard.errors import RenderError

Maker = Callable[..., Path]
Show = Callable[..., Any]
X264 = ("-c:v", "libx264", "-crf", "4", "-pix_fmt", "yuv420p")


def counting(count: int) -> list[Frame]:
    """Frames whose number is written in eight bars, black or white, above a ground that never rests."""
    rng = np.random.default_rng(1)
    frames = []
    for number in range(count):
        picture = np.repeat(np.repeat(rng.integers(60, 190, (9, 16, 3), dtype=np.uint8), 4, axis=0), 4, axis=1)
        for bit in range(8):
            picture[:18, bit * 8 : bit * 8 + 8] = 255 * (number >> bit & 1)
        frames.append(picture)
    return frames


def numbers(frames: list[Frame]) -> list[int]:
    """The numbers written in the frames, of whatever size they are."""
    read = []
    for frame in frames:
        height, width = frame.shape[:2]
        bars = [frame[height // 8 : height // 3, (2 * bit + 1) * width // 16] for bit in range(8)]
        read.append(sum(1 << bit for bit, bar in enumerate(bars) if bar.mean() > 127))
    return read


@pytest.fixture
def long(export: Maker) -> Path:
    """Three and a half seconds of numbered frames at 24 a second with one key frame, the index in front."""
    return export("long.mp4", counting(84), *X264, "-g", "300", "-movflags", "+faststart")


@pytest.mark.parametrize(
    ("angle", "flip"), [(90, ""), (180, ""), (270, ""), (0, "-display_hflip"), (90, "-display_vflip")]
)
def test_every_turn_and_mirror(export: Maker, remake: Maker, footage: Show, angle: int, flip: str) -> None:
    """A display matrix is obeyed exactly as the ffmpeg program obeys it."""
    picture = np.zeros((36, 64, 3), np.uint8)
    picture[:12, :24], picture[24:, 50:] = (230, 40, 40), (40, 40, 230)
    straight = export("s.mp4", [picture] * 4, *X264)
    before = ("-display_rotation", str(angle), *([flip] if flip else []))
    turned = remake("t.mp4", straight, "-c", "copy", before=before)
    size = (36, 64) if angle in (90, 270) else (64, 36)
    told: list[str | Path] = [
        ffmpeg(),
        "-v",
        "error",
        "-i",
        turned,
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-frames:v",
        "1",
        "-",
    ]
    due = np.frombuffer(run(told).stdout, np.uint8).reshape(size[1], size[0], 3).astype(int)
    info = probe(turned)
    assert (info.width, info.height) == size
    shown = footage(turned, frames=2, width=size[0], height=size[1])
    assert np.abs(shown.frames[0].astype(int) - due).mean() < 6


@pytest.mark.parametrize(("first", "flag"), [("top", "tff"), ("bottom", "bff")])
@pytest.mark.parametrize("rate", [25, 50])
def test_interlaced_footage_becomes_whole_pictures(
    export: Maker, footage: Show, first: str, flag: str, rate: int
) -> None:
    """Moving edges lose their combs; a film at the fields' rate shows every field in its turn; both are told."""
    moving = []
    for number in range(24):
        picture = np.full((36, 64, 3), 30, np.uint8)
        picture[:, 2 * number + 4 : 2 * number + 14] = 220
        moving.append(picture)
    weave = f"tinterlace=interleave_{first},setfield={flag}"
    path = export("i.mkv", moving, "-vf", weave, *X264, "-flags", "+ilme+ildct", "-x264opts", f"{flag}=1", rate="50")
    shown = footage(path, frames=rate * 12 // 25 - 2, rate=Fraction(rate))
    assert any("interlaced" in note and "bwdif" in note for note in shown.notes)
    luma = np.array([frame.mean(axis=2) for frame in shown.frames[1:-1]])
    combs = np.abs(luma[:, 1:-1] - (luma[:, :-2] + luma[:, 2:]) / 2).mean()
    assert combs < 6
    edges = [float((frame.mean(axis=2) > 125).mean(axis=0) @ np.arange(64)) / 10 for frame in shown.frames[2:-2]]
    steps = np.diff(edges)
    assert np.all(np.abs(steps - 2 * 50 / rate) < 1.2)


def test_stretched_pixels_are_made_square(export: Maker, footage: Show) -> None:
    """A 48x36 picture of 4:3 wide pixels is shown 64 wide."""
    path = export("a.mp4", [frame[:, :48] for frame in counting(6)], "-vf", "setsar=4/3", *X264)
    assert (probe(path).width, probe(path).height) == (64, 36)
    shown = footage(path, frames=4)
    assert shown.frames[0].shape == (36, 64, 3)
    assert not any("enlarged" in note for note in shown.notes)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", X264),
        ("a.mkv", X264),
        ("a.ts", X264),
        ("a.flv", X264),
        ("a.avi", ("-c:v", "mpeg4", "-q:v", "2", "-bf", "2")),
        ("a.mpg", ("-c:v", "mpeg2video", "-q:v", "2", "-bf", "2")),
        ("a.webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")),
        ("a.mov", ("-c:v", "prores_ks")),
        ("a.h264", (*X264, "-bf", "3")),
        ("a.mxf", ("-c:v", "mpeg2video", "-q:v", "2")),
        ("a.ogv", ("-c:v", "libtheora", "-q:v", "9")),
        ("a.gif", ("-r", "25")),
        ("a.dv", ("-s", "720x576", "-pix_fmt", "yuv420p", "-c:v", "dvvideo")),
    ],
)
@pytest.mark.parametrize("start", [0, 9, 55])
def test_every_container_starts_at_its_frame(
    export: Maker, footage: Show, name: str, options: tuple[str, ...], start: int
) -> None:
    """In every container, with long groups and reordered frames, the scene starts at the very frame that it names."""
    rate = 25 if name.endswith((".mpg", ".mxf", ".gif", ".dv")) else 24
    path = export(name, counting(84), *options, *(("-g", "300") if "prores_ks" not in options else ()), rate=str(rate))
    assert abs(probe(path).seconds - Fraction(84, rate)) <= Fraction(1, rate)
    shown = footage(path, Fraction(start, rate), frames=20, rate=Fraction(rate))
    assert numbers(shown.frames) == list(range(start, start + 20))


def test_an_edit_list_hides_what_lies_before_it(long: Path, remake: Maker, footage: Show) -> None:
    """A copy cut between key frames starts where its edit list says, not at the key frame that it had to keep."""
    cut = remake("cut.mp4", long, "-c", "copy", before=("-ss", "0.5"))
    assert numbers(footage(cut, frames=8).frames) == list(range(12, 20))
    assert numbers(footage(cut, Fraction(2), frames=8).frames) == list(range(60, 68))


@pytest.mark.parametrize(
    ("name", "offset"),
    [("o.mkv", "-0.5"), *((f"o.{kind}", offset) for kind in ("mkv", "ts", "mp4", "nut") for offset in ("7", "40000"))],
)
def test_time_stamps_count_from_the_first_frame(
    long: Path, remake: Maker, footage: Show, name: str, offset: str
) -> None:
    """Negative, late and huge stamps make no difference."""
    how = ("-c", "copy", "-copyts", "-avoid_negative_ts", "disabled", "-output_ts_offset", offset)
    path = remake(name, long, *how)
    assert numbers(footage(path, frames=4).frames) == [0, 1, 2, 3]
    assert numbers(footage(path, Fraction(2), frames=4).frames) == [48, 49, 50, 51]


def test_slow_motion_runs_at_its_own_speed(export: Maker, footage: Show) -> None:
    """Of 120 frames a second the film shows every fifth, and says so."""
    shown = footage(export("s.mp4", counting(120), *X264, rate="120"), frames=24)
    assert numbers(shown.frames) == list(range(2, 120, 5))
    assert any("120.000 frames a second" in note for note in shown.notes)


def test_pictures_of_a_gif_stand_as_long_as_they_say(tmp_path: Path, footage: Show) -> None:
    """A GIF's frames have times of their own, and its clear parts lie over black."""
    ground = [Image.fromarray(frame) for frame in counting(3)]
    ground[0].save(tmp_path / "a.gif", save_all=True, append_images=ground[1:], duration=[250, 500, 250])
    shown = footage(tmp_path / "a.gif", frames=24)
    assert numbers(shown.frames) == [0] * 6 + [1] * 12 + [2] * 6


def test_the_track_that_the_file_prefers_is_shown(export: Maker, remake: Maker, footage: Show) -> None:
    """Of several picture tracks the default one is taken and the others are mentioned."""
    one = export("1.mp4", counting(12), *X264)
    dark = export("2.mp4", [np.zeros((36, 64, 3), np.uint8)] * 12, *X264)
    how = ("-map", "0:v", "-map", "1:v", "-c", "copy", "-disposition:v:0", "0", "-disposition:v:1", "default")
    both = remake("both.mkv", one, *how, before=("-i", dark))
    shown = footage(both, frames=6)
    assert numbers(shown.frames) == [0, 1, 2, 3, 4, 5]
    assert any("2 picture tracks" in note for note in shown.notes)


def test_a_cover_is_no_film(export: Maker, remake: Maker, footage: Show, tmp_path: Path) -> None:
    """A cover in front of the film is passed over; sound with a cover is refused."""
    Image.new("RGB", (40, 40), "red").save(tmp_path / "cover.jpg")
    film = export("1.mp4", counting(12), *X264)
    how = ("-map", "0:v", "-map", "1:v", "-c", "copy", "-disposition:v:0", "attached_pic")
    covered = remake("c.mp4", film, *how, before=("-i", tmp_path / "cover.jpg"))
    shown = footage(covered, frames=6)
    assert numbers(shown.frames) == [0, 1, 2, 3, 4, 5]
    assert not any("picture tracks" in note for note in shown.notes)
    tone = ("-f", "lavfi", "-i", "sine=d=0.5")
    song = remake("s.m4a", tmp_path / "cover.jpg", "-c:v", "copy", "-disposition:v:0", "attached_pic", before=tone)
    with pytest.raises(RenderError, match="only a cover"):
        probe(song)


@pytest.mark.parametrize("name", ["t.mp4", "t.mkv", "t.ts", "t.h264"])
def test_a_torn_end_is_used_as_far_as_it_is_whole(long: Path, remake: Maker, footage: Show, name: str) -> None:
    """A broken-off file serves a scene that needs no more; else it says how much of it is whole."""
    path = remake(name, long, "-c", "copy", *(("-movflags", "+faststart") if name == "t.mp4" else ()))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    there = probe(path).seconds
    assert Fraction(3, 2) < there < Fraction(5, 2)
    whole = int((there - Fraction(1, 4)) * 24)
    shown = footage(path, frames=whole)
    assert numbers(shown.frames) == list(range(whole))
    if name in ("t.mp4", "t.mkv"):
        assert any("breaks off" in note and "3.50 s" in note for note in shown.notes)
    with pytest.raises(Refusal, match=r"(is whole for only|has) [12]\.\d\d s, but the scene needs 3\.50 s") as caught:
        footage(path, frames=84)
    assert "or shorter" in caught.value.hint


def test_an_end_of_zeros_is_found_while_reading(long: Path, footage: Show) -> None:
    """A file of the right size whose end was never written is told from a whole one."""
    data = long.read_bytes()
    kept = len(data) * 6 // 10
    long.write_bytes(data[:kept] + bytes(len(data) - kept))
    assert numbers(footage(long, frames=24).frames) == list(range(24))
    with pytest.raises(Refusal, match=r"is whole for only [12]\.\d\d s, but the scene needs 3\.50 s"):
        footage(long, frames=84)


def test_damage_in_the_middle(export: Maker, footage: Show) -> None:
    """Where a stretch cannot be read the scene is refused with its place; scenes before and behind it are made."""
    path = export("d.mp4", counting(96), *X264, "-g", "12", "-bf", "0", "-movflags", "+faststart")
    data = bytearray(path.read_bytes())
    begin, size = data.index(b"mdat") + 4, len(data) - data.index(b"mdat")
    data[begin + size * 40 // 96 : begin + size * 62 // 96] = bytes(size * 62 // 96 - size * 40 // 96)
    path.write_bytes(bytes(data))
    assert numbers(footage(path, frames=24).frames) == list(range(24))
    assert numbers(footage(path, Fraction(3), frames=24).frames) == list(range(72, 96))
    with pytest.raises(Refusal, match=r"damaged from 1\.\d\d to 2\.\d\d s") as caught:
        footage(path, Fraction(1), frames=48)
    assert "behind the damage" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.mp4", b"", "it is empty"),
        ("a.mp4", b"\xff\xd8\xff\xe0" + bytes(99), r"still picture \(JPEG\)"),
        ("a.mov", b"\x89PNG\r\n\x1a\n" + bytes(99), r"still picture \(PNG\)"),
        ("a.mp4", b"\0\0\0\x1cftypheic" + bytes(99), r"still picture \(HEIF\)"),
        ("a.webm", b"RIFF\0\0\0\0WEBPVP8 " + bytes(99), r"still picture \(WebP\)"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02" + bytes(9) + b"ANIM" + bytes(99), "animated WebP"),
        ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(99), "cannot be read as video"),
    ],
)
def test_what_is_no_film_is_said_to_be_none(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    """Empty files, pictures and rubbish under a film's name are told apart, each with its remedy."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RenderError, match=told) as caught:
        probe(tmp_path / name)
    assert caught.value.hint


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    """A sound file is refused as a clip."""
    run([ffmpeg(), "-v", "error", "-f", "lavfi", "-i", "sine=d=0.2", tmp_path / "a.m4a"])
    with pytest.raises(RenderError, match="sound only"):
        probe(tmp_path / "a.m4a")
