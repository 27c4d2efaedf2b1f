"""Reading the index of pieces and chunks: what libavformat says of them, and known faults only of broken ones."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from render.boxes import CutOff, UnknownLayout, box, boxes, inside
from render.coded import CodedTrack, coded_track, rated
from scenes.frames import write_film
from tests.render.spliced import PROFILES, natural, write_sound


@pytest.fixture(params=list(PROFILES))
def piece(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A piece of every profile of the house."""
    path = tmp_path / "piece.mp4"
    write_film(path, natural(31, 96, 54), 96, 54, Fraction(30000, 1001), PROFILES[request.param])
    return path


def test_the_index_says_what_libavformat_says(piece: Path) -> None:
    """Sizes, order, key frames, places and time agree with libavformat, packet by packet."""
    track = coded_track(piece)
    with av.open(str(piece)) as film:
        stream: Any = film.streams.video[0]
        packets: list[Any] = [packet for packet in film.demux(stream) if packet.size]
        tag = stream.codec_context.codec_tag
    start = min(packet.pts for packet in packets)
    assert track.kind.decode() == tag
    assert Fraction(1, track.timescale) == stream.time_base
    assert track.sizes.tolist() == [packet.size for packet in packets]
    assert (track.shown * track.tick).tolist() == [packet.pts - start for packet in packets]
    assert track.keys.tolist() == [packet.is_keyframe for packet in packets]
    if tag != "av01":  # what the index says of this, libavformat does not pass on
        assert track.spare.tolist() == [packet.is_disposable for packet in packets]
    assert (track.start + np.cumsum(track.sizes) - track.sizes).tolist() == [packet.pos for packet in packets]


def test_a_chunk_of_sound_is_read(tmp_path: Path) -> None:
    """A chunk of AAC is one run of packets of 1024 samples."""
    write_sound(tmp_path / "chunk", 20_000, skip=1, keep=12)
    track = coded_track(tmp_path / "chunk")
    assert (track.kind, track.timescale, track.tick, len(track.sizes)) == (b"mp4a", 48_000, 1024, 12)


def test_bit_rates_say_nothing_of_the_coding(tmp_path: Path) -> None:
    """Chunks of noise and of silence are coded alike, however many bits they take; a film's entry tells its own."""
    write_sound(tmp_path / "loud", 100_000)
    with av.open(str(tmp_path / "quiet"), "w", format="mp4") as media:
        stream = media.add_stream("aac", rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
        frame.sample_rate, frame.pts = 48_000, 0
        media.mux(stream.encode(frame))
        media.mux(stream.encode(None))
    tracks = [coded_track(tmp_path / name) for name in ("loud", "quiet")]
    assert tracks[0].coding == tracks[1].coding
    told = rated(tracks[0].entry, 123_456)
    assert told.count((123_456).to_bytes(4, "big")) == 4
    assert inside(told[8 + 28 :], b"btrt")[-4:] == (123_456).to_bytes(4, "big")


def test_x264_names_its_build(tmp_path: Path) -> None:
    """Which build of x264 made a piece is part of its coding."""
    write_film(tmp_path / "piece", natural(2, 96, 54), 96, 54, Fraction(24), PROFILES["h264"])
    assert coded_track(tmp_path / "piece").coder.startswith(b"x264 - core ")


def test_reordering_is_told(tmp_path: Path) -> None:
    """The delay is what the packets need, not what the profile allows."""
    for count, delay in ((1, 0), (2, 0), (40, 2)):
        write_film(tmp_path / "piece", natural(count, 96, 54), 96, 54, Fraction(24), PROFILES["h264"])
        assert coded_track(tmp_path / "piece").delay == delay


def test_every_cut_is_noticed(piece: Path) -> None:
    """A piece that ends early, anywhere, is cut off."""
    data = piece.read_bytes()
    for length in (0, 3, 8, 40, 48, 100, len(data) // 2, len(data) - 400, len(data) - 1):
        piece.write_bytes(data[:length])
        with pytest.raises(CutOff):
            coded_track(piece)


def test_flipped_bits_give_known_faults_only(piece: Path) -> None:
    """An index with a flipped bit is read, or refused by a known error: never with another one, never at any size."""
    data = piece.read_bytes()
    index = data.rindex(b"moov")
    random = np.random.default_rng(0)
    refused = 0
    for place, bit in zip(random.integers(index - 4, len(data), 600), random.integers(0, 8, 600), strict=True):
        broken = bytearray(data)
        broken[place] ^= 1 << int(bit)
        piece.write_bytes(broken)
        try:
            track = coded_track(piece)
        except (UnknownLayout, CutOff):
            refused += 1
        else:
            assert track.start + track.sizes.sum() <= len(data)
    assert refused > 100


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    """What is not there is told apart from what is broken."""
    with pytest.raises(OSError, match="No such file"):
        coded_track(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("replaced", "words"),
    [
        ((b"avc1", b"mp4v"), "not one of the house"),
        ((b"stsz", b"stzz"), "no stsz"),
        ((b"mdia", b"mdxx"), "0 boxes mdia"),
    ],
)
def test_what_is_not_of_the_house_is_named(tmp_path: Path, replaced: tuple[bytes, bytes], words: str) -> None:
    """A layout that is not known is refused with what is strange about it."""
    path = tmp_path / "piece"
    write_film(path, natural(2, 96, 54), 96, 54, Fraction(24), PROFILES["draft"])
    head, found, tail = path.read_bytes().rpartition(replaced[0])
    assert found
    path.write_bytes(head + replaced[1] + tail)
    with pytest.raises(UnknownLayout, match=words):
        coded_track(path)


def test_boxes_come_back() -> None:
    """Boxes that were written are read, one inside another."""
    data = box(b"abcd", box(b"efgh", b"12"), box(b"ijkl"))
    assert inside(data, b"abcd", b"efgh") == b"12"
    assert [one.name for one in boxes(inside(data, b"abcd"))] == [b"efgh", b"ijkl"]


def test_tracks_are_told_apart_by_what_they_are() -> None:
    """Two tracks are equal only if they are the same one: comparing arrays would be an accident."""
    assert CodedTrack.__eq__ is object.__eq__
