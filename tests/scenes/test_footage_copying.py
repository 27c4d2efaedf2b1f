"""Footage that is a take already: copied bit for bit, readable at any place, and never where anything differs."""

from __future__ import annotations

import os
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from scenes.backends.footage import Footage
from scenes.backends.footage.copying import Finished, copy_packets
from scenes.backends.footage.headers import Setup, is_key_picture, setup_of
from scenes.frames import I420, TICKS_PER_FRAME, read_frames
from storyboard.errors import InterruptedRender, RenderError
from storyboard.film import Lettering, Post
from tests.scenes.shots import TAGS, Maker, Taker, coding, restless


def packets(path: Path) -> list[Any]:
    """The coded frames of a file."""
    with av.open(str(path)) as media:
        return [packet for packet in media.demux(media.streams.video[0]) if packet.size]


def decoded(path: Path) -> list[I420]:
    """All pictures of a file, decoded from its start."""
    with av.open(str(path)) as media:
        return [np.asarray(frame.to_ndarray(), np.uint8) for frame in media.decode(video=0)]


def see_every_range(take: Path, due: list[I420]) -> None:
    """Read all ranges of three frames and compare them with what a decoder shows that began at the start."""
    for first in range(len(due) - 2):
        shown = list(read_frames(take, first, first + 3))
        assert len(shown) == 3
        assert all(np.array_equal(one, other) for one, other in zip(shown, due[first:], strict=False)), first


@pytest.mark.parametrize(
    ("bframes", "pyramid", "keyint"),
    [(0, "none", 30), (3, "normal", 30), (8, "normal", 30), (16, "normal", 30), (16, "none", 48), (3, "strict", 48)],
)
def test_coded_frames_are_copied_and_found_again(
    export: Maker, take: Taker, bframes: int, pyramid: str, keyint: int
) -> None:
    """The same bits in the house's time, and every range of frames is read as from the start, whatever the B-frames."""
    settings = f"bframes={bframes}:b-pyramid={pyramid}:keyint={keyint}:b-adapt=0:scenecut=0"
    source = export("s.mp4", restless(75), *coding(settings))
    facts, out = take(source, 75)
    assert facts["taken"] == "copied"
    assert facts["notes"] == []
    there, here = packets(source), packets(out)
    assert [bytes(packet) for packet in here] == [bytes(packet) for packet in there]
    assert [packet.is_keyframe for packet in here] == [packet.is_keyframe for packet in there]
    assert {packet.time_base for packet in here} == {Fraction(1, 24 * TICKS_PER_FRAME)}
    assert sorted(packet.pts for packet in here) == [place * TICKS_PER_FRAME for place in range(75)]
    see_every_range(out, decoded(source))


@pytest.mark.parametrize("delay", [5, 16])
def test_frames_are_found_however_early_they_are_decoded(export: Maker, tmp_path: Path, delay: int) -> None:
    """Seeking goes by decoding time, yet never lands behind the wanted frame, with the longest delay that exists."""
    source = export("s.mp4", restless(60), *coding("bframes=3:keyint=12:b-adapt=0:scenecut=0"))
    copy_packets(
        Finished(source, "s.mp4", 60, Fraction(24), delay), tmp_path / "o.mp4", lambda part: None, lambda: False
    )
    assert packets(tmp_path / "o.mp4")[0].dts == -delay * TICKS_PER_FRAME
    see_every_range(tmp_path / "o.mp4", decoded(source))


@pytest.mark.parametrize("rate", ["24", "25", "30000/1001", "60"])
@pytest.mark.parametrize("count", [1, 2, 31])
def test_rates_and_lengths_are_exact(export: Maker, take: Taker, rate: str, count: int) -> None:
    """One frame or many at any rate: the copied file has just that length."""
    facts, out = take(export("s.mp4", restless(count), *coding("bframes=3"), rate=rate), count, rate)
    assert (facts["taken"], facts["frames"]) == ("copied", count)
    assert len(list(read_frames(out))) == count


@pytest.mark.parametrize(
    "settings",
    [
        "open-gop=1:keyint=10:bframes=3:b-adapt=0:scenecut=0",
        "interlaced=1",
        "fake-interlaced=1",
        "sar=2/1",
        "fullrange=on",
        "colormatrix=bt470bg",
        "colorprim=bt470bg",
        "transfer=smpte170m",
    ],
)
def test_another_coding_is_coded_again(export: Maker, take: Taker, settings: str) -> None:
    """Open groups, fields, oblong pixels, full range and other colours go the long way."""
    kept = [tag for tag in TAGS.split(":") if tag.split("=")[0] != settings.split("=")[0]]
    kept = [tag for tag in kept if not (settings.startswith("fullrange") and tag.startswith("range"))]
    source = export("s.mp4", restless(24), *coding(settings, ":".join(kept)))
    facts, out = take(source, 24)
    assert facts["taken"] == "coded"
    assert len(list(read_frames(out))) == 24


def test_colours_that_are_not_told_are_not_trusted(export: Maker, take: Taker) -> None:
    """A file without tags is read by the rules for such files, and not copied."""
    facts, _ = take(export("s.mp4", restless(24), *coding(tags="")), 24)
    assert facts["taken"] == "coded"
    assert any("does not say how its colours are coded" in note for note in facts["notes"])


def test_ten_bits_are_coded_again(export: Maker, take: Taker) -> None:
    """A deeper picture is brought to the film's depth."""
    deep = [option if option != "yuv420p" else "yuv420p10le" for option in coding()]
    assert take(export("s.mp4", restless(24), *deep), 24)[0]["taken"] == "coded"


@pytest.mark.parametrize(
    "changes",
    [
        {"rate": "25", "frames": 20},
        {"size": (32, 18)},
        {"clip_from": Fraction(1, 24), "frames": 23},
        {"frames": 23},
        {"text": "The end"},
        {"lettering": (Lettering("lower third", ("Ida",)),)},
        {"post": Post(grade="warm")},
    ],
    ids=["rate", "size", "start", "end", "text", "lower third", "grade"],
)
def test_whatever_touches_the_pictures_codes_them(export: Maker, take: Taker, changes: dict[str, Any]) -> None:
    """Another rate, size or cut, lettering and grades cannot be copied; the same file without them is."""
    source = export("s.mp4", restless(24), *coding())
    assert take(source, 24)[0]["taken"] == "copied"
    facts, out = take(source, **{"frames": 24, **changes})
    assert facts["taken"] == "coded"
    assert len(list(read_frames(out))) == facts["frames"]


@pytest.mark.parametrize(
    ("name", "rate", "taken"),
    [("s.mov", "24", "copied"), ("s.mkv", "25", "copied"), ("s.mkv", "24", "coded"), ("s.ts", "25", "coded")],
)
def test_containers(export: Maker, take: Taker, name: str, rate: str, taken: str) -> None:
    """MOV and MKV are copied where their clock says the frames' times exactly: Matroska's milliseconds do at 25."""
    source = export(name, restless(30), *coding("bframes=3:keyint=12"), rate=rate)
    facts, out = take(source, 30, rate)
    assert facts["taken"] == taken
    if taken == "copied":
        see_every_range(out, decoded(source))


def test_settings_of_careful_encoders_are_understood(export: Maker, take: Taker) -> None:
    """Scaling lists, repeated headers, delimiters, many slices and a picture structure in messages hinder nobody."""
    settings = (
        "cqm=jvt:repeat-headers=1:aud=1:slices=3:pic-struct=1:keyint=8:nal-hrd=vbr:vbv-maxrate=900:vbv-bufsize=900"
    )
    source = export("s.mp4", restless(24), *coding(settings))
    facts, out = take(source, 24)
    assert facts["taken"] == "copied"
    see_every_range(out, decoded(source))


def test_sound_stays_behind(export: Maker, remake: Maker, take: Taker) -> None:
    """Of a file with sound the pictures alone are copied, silently: the film brings its sound in by itself."""
    silent = export("p.mp4", restless(24), *coding())
    sound = ("-f", "lavfi", "-i", "sine=d=1", "-map", "1:v", "-map", "0:a", "-c:v", "copy", "-c:a", "aac")
    source = remake("s.mp4", silent, *sound[4:], before=sound[:4])
    facts, out = take(source, 24)
    assert facts["taken"] == "copied"
    assert facts["notes"] == []
    with av.open(str(out)) as media:
        assert [stream.type for stream in media.streams] == ["video"]


def test_an_edit_list_that_hides_frames_is_obeyed(export: Maker, remake: Maker, take: Taker) -> None:
    """Frames before the edit's start are coded but not shown, so the file is no take."""
    source = export("p.mp4", restless(48), *coding("keyint=48:scenecut=0:bframes=0"))
    cut = remake("s.mp4", source, "-c", "copy", before=("-ss", "0.5"))
    with av.open(str(cut)) as media:
        assert sum(packet.is_discard for packet in media.demux(video=0)) > 0
    facts, out = take(cut, 36)
    assert facts["taken"] == "coded"
    assert len(list(read_frames(out))) == 36


def test_turned_footage_is_coded_again(export: Maker, remake: Maker, take: Taker) -> None:
    """A display matrix is obeyed, also where the turned picture has the canvas's size."""
    source = export("p.mp4", restless(24), *coding())
    turned = remake("s.mp4", source, "-c", "copy", before=("-display_rotation", "180"))
    assert take(turned, 24)[0]["taken"] == "coded"


def test_a_file_that_breaks_off_is_coded_again(export: Maker, take: Taker) -> None:
    """What is whole of a truncated file is used as before, with its note."""
    source = export("s.mp4", restless(48), *coding("keyint=12:bframes=0"), "-movflags", "+faststart")
    ends = [packet.pos + packet.size for packet in packets(source)]
    source.write_bytes(source.read_bytes()[: ends[30] - 7])
    facts, _ = take(source, 30)
    assert facts["taken"] == "coded"
    assert any("breaks off" in note for note in facts["notes"])


def test_broken_units_are_not_copied(export: Maker, take: Taker) -> None:
    """A packet whose units do not add up goes to the decoder, who tells what is damaged."""
    source = export("s.mp4", restless(48), *coding("keyint=12:bframes=0"))
    place, data = packets(source)[20].pos, bytearray(source.read_bytes())
    data[place : place + 4] = struct.pack(">I", 1 << 20)
    source.write_bytes(data)
    assert take(source, 48)[0]["taken"] == "coded"


@pytest.mark.parametrize(("keyint", "taken"), [(48, "copied"), (60, "coded")])
def test_key_frames_are_not_too_far_apart(export: Maker, take: Taker, keyint: int, taken: str) -> None:
    """Two seconds, as cameras write them, are near enough; more are not."""
    source = export("s.mp4", restless(100), *coding(f"keyint={keyint}:scenecut=0"))
    assert take(source, 100)[0]["taken"] == taken


def test_progress_only_grows_and_a_stop_is_obeyed(export: Maker, take: Taker) -> None:
    """A copy reports itself and can be interrupted."""
    source = export("s.mp4", restless(24), *coding())
    seen: list[float] = []
    take(source, 24, work={"seen": seen})
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    with pytest.raises(InterruptedRender):
        take(source, 24, work={"cancelled": True})


def test_the_same_file_gives_the_same_bytes(export: Maker, take: Taker) -> None:
    """Two copies are identical; the version in the identity is that of the copying backend."""
    source = export("s.mp4", restless(24), *coding("bframes=3"), "-metadata", "creation_time=2020-01-01T00:00:00Z")
    facts, out = take(source, 24)
    first = out.read_bytes()
    assert take(source, 24)[0] == facts
    assert out.read_bytes() == first
    assert Footage().identity().startswith("footage 6,")


def test_a_place_that_cannot_be_written_is_told(export: Maker, tmp_path: Path) -> None:
    """The message names the footage and the reason."""
    source = export("s.mp4", restless(4), *coding())
    finished = Finished(source, "s.mp4", 4, Fraction(24), 0)
    with pytest.raises(RenderError, match=r"s\.mp4 could not be copied"):
        copy_packets(finished, tmp_path / "no" / "o.mp4", lambda part: None, lambda: False)


SETUP = Setup(4, b"\x67sequence", (b"\x68picture",))


@pytest.mark.parametrize(
    ("units", "due"),
    [
        ([b"\x65\x80"], True),
        ([b"\x41\x80", b"\x41\x40"], False),
        ([b"\x67sequence", b"\x68picture", b"\x06note", b"\x65\x80"], True),
        ([b"\x67another", b"\x65\x80"], None),
        ([b"\x68another", b"\x65\x80"], None),
        ([b"\x65\x80", b"\x41\x80"], None),
        ([b"\x41\x80", b"\x41\x80"], None),
        ([b"\x65\x80", b"\x74layer"], None),
        ([b"\x06note"], None),
        ([b"\x65"], None),
        ([], None),
    ],
)
def test_what_a_packet_holds(units: list[bytes], due: bool | None) -> None:
    """One picture, a true key frame or an ordinary one; anything else is unexpected, other parameter sets above all."""
    packet = b"".join(len(unit).to_bytes(4) + unit for unit in units)
    assert is_key_picture(memoryview(packet), SETUP) is due
    assert is_key_picture(memoryview(packet + b"\0"), SETUP) is None


@pytest.mark.parametrize("data", [None, b"", b"\0\0\0\1\x67", b"\1d\0\x0d\xff\xe1\0\x30\x67d", b"\1d\0\x0d\xff\xe0\1"])
def test_a_setup_that_is_none(data: bytes | None) -> None:
    """Missing, differently packed, cut off and empty headers are no setup, and no error."""
    assert setup_of(data) is None


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="tells its memory in another way")
def test_memory_does_not_grow_with_the_file(tmp_path: Path, export: Maker) -> None:
    """A file of many megabytes passes packet by packet."""
    dice = np.random.default_rng(3)
    noise = [dice.integers(0, 256, (360, 640, 3), np.uint8) for _ in range(4)]
    lossless = ("-preset", "ultrafast", "-qp", "2")
    source = export("s.mp4", noise * 40, *coding("keyint=12"), *lossless)
    assert source.stat().st_size > 50e6
    used: list[int] = []

    def look(part: float) -> None:
        used.append(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE"))

    copy_packets(Finished(source, "s.mp4", 160, Fraction(24), 2), tmp_path / "o.mp4", look, lambda: False)
    assert len(used) == 160
    assert max(used) - used[0] < 15e6
