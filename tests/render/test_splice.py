"""The splicer: what it writes reads exactly like what libavformat muxes, whatever the pieces are."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from projects.programs import ffmpeg, run
from render import splice as splicing
from render.boxes import UnknownLayout, boxes
from render.coded import CodedTrack, coded_track
from render.movie import Mark
from render.mux import mux
from render.splice import Labels, packets_of, splice
from scenes.coders import EncoderProfile
from storyboard.errors import RenderError
from tests.render.spliced import PROFILES, decoded, labels_of, make_pieces, reading, write_sound

RATES = [
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60),
]


def untold(part: float) -> None:
    """Progress that nobody hears of."""


def sounds(folder: Path, samples: int, chunks: int = 1) -> list[CodedTrack]:
    """The sound of a film in so many chunks of whole packets."""
    folder.mkdir(parents=True, exist_ok=True)
    count = packets_of(samples)
    share = -(-count // chunks)
    found = []
    for number in range(chunks):
        path = folder / f"sound{number}.m4a"
        left = count - number * share
        write_sound(path, 1024 * (share + 3), number, skip=2, keep=min(share, left))
        found.append(coded_track(path))
    return found


def both(
    folder: Path, lengths: Sequence[int], rate: Fraction, profile: EncoderProfile, chunks: int = 1
) -> tuple[Path, Path]:
    """The same film by the splicer and by libavformat."""
    pieces = make_pieces(folder, lengths, rate, profile)
    samples = int(Fraction(sum(lengths) * 48_000) / rate)
    sound = sounds(folder, samples, chunks)
    labels = labels_of(sum(lengths), rate)
    ours, theirs = folder / "spliced.mp4", folder / "muxed.mp4"
    splice(ours, pieces, sound, samples, rate, labels, untold)
    paths = [track.path for track in pieces], [track.path for track in sound]
    mux(theirs, paths[0], paths[1], samples, rate, labels, untold, max(piece.delay for piece in pieces))
    return ours, theirs


def leaves(data: bytes, path: str = "") -> list[tuple[str, bytes]]:
    """Every box of an index that holds no boxes, by its way from the outermost, with what is inside."""
    found = []
    for one in boxes(data):
        way = f"{path}/{one.name.decode('latin-1')}"
        inner = one.name.decode("latin-1") in "moov trak mdia minf stbl dinf edts udta tref gmhd"
        found += leaves(one.body, way) if inner else [(way, one.body)]
    return found


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(60000, 1001)])
@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_the_index_is_that_of_libavformat(tmp_path: Path, codec: str, rate: Fraction) -> None:
    """Box by box the index has the bytes that libavformat writes, but for four things.

    They are: where the media lies; the length of the track of pictures, which libavformat takes from the packet coded
    last; the language of the chapters' titles; and the bit rate of these, which nobody needs.
    """
    films = both(tmp_path, [31, 1, 2, 50], rate, PROFILES[codec])
    ours, theirs = ([one for one in leaves(path.read_bytes()) if one[0] not in {"/mdat", "/free"}] for path in films)
    assert [way for way, _ in ours] == [way for way, _ in theirs]
    apart = [way[-4:] for (way, body), (_, due) in zip(ours, theirs, strict=True) if body != due]
    assert apart == ["mdhd", "stsc", "stco", "stsc", "stco", "mdhd", "stsd", "stco"]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("codec", list(PROFILES))
def test_reads_like_the_film_of_libavformat(tmp_path: Path, codec: str, rate: Fraction) -> None:
    """Packets, times, key frames, headers, colours, chapters, tags and languages are the same, at every rate."""
    ours, theirs = both(tmp_path, [31, 1, 2, 5], rate, PROFILES[codec])
    assert reading(ours) == reading(theirs)


@pytest.mark.parametrize(
    "lengths", [[1], [2], [1, 1, 1, 1], [2, 1, 2, 1, 3], [3], [97], [1, 50], [60, 1], [24, 24, 24]]
)
def test_reads_alike_whatever_the_lengths(tmp_path: Path, lengths: list[int]) -> None:
    """One frame, consecutive single frames, odd lengths, one piece: nothing is lost or misplaced."""
    ours, theirs = both(tmp_path, lengths, Fraction(24), PROFILES["h264"])
    read = reading(ours)
    assert read == reading(theirs)
    assert [time for time, _ in decoded(ours)] == [Fraction(number, 24) for number in range(sum(lengths))]
    assert (read["start"], read["length"]) == (0, round(Fraction(sum(lengths) * 1_000_000, 24)))


@pytest.mark.parametrize("chunks", [2, 3])
def test_sound_in_chunks_reads_alike(tmp_path: Path, chunks: int) -> None:
    """Chunks of sound lie behind one another; the last packet ends with the film."""
    ours, theirs = both(tmp_path, [100, 33], Fraction(30000, 1001), PROFILES["draft"], chunks)
    assert reading(ours) == reading(theirs)


def test_surplus_packets_of_sound_are_left_out(tmp_path: Path) -> None:
    """Sound that was coded further than the film goes is cut at the film's last packet."""
    pieces = make_pieces(tmp_path, [24], Fraction(24), PROFILES["draft"])
    write_sound(tmp_path / "sound", 60_000)
    splice(
        tmp_path / "film.mp4",
        pieces,
        [coded_track(tmp_path / "sound")],
        48_000,
        Fraction(24),
        labels_of(24, Fraction(24)),
        untold,
    )
    with av.open(str(tmp_path / "film.mp4")) as film:
        packets: list[Any] = [packet for packet in film.demux(film.streams.audio[0]) if packet.size]
    assert len(packets) == packets_of(48_000)
    assert packets[-1].pts + packets[-1].duration == 48_000


def test_no_packet_is_shown_before_it_is_decoded(tmp_path: Path) -> None:
    """Offsets of showing are never negative, and the edit list takes away what reordering costs."""
    ours, _ = both(tmp_path, [31, 2], Fraction(24), PROFILES["h264"])
    with av.open(str(ours)) as film:
        packets: list[Any] = [packet for packet in film.demux(video=0) if packet.size]
    assert all(packet.pts >= packet.dts for packet in packets)
    assert min(packet.pts for packet in packets) == 0


@pytest.mark.parametrize("problem", [errno.EXDEV, errno.ENOSYS, 0])
def test_a_system_that_cannot_copy_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: int
) -> None:
    """Where the system cannot copy between files, also in the middle, the bytes are the same, copied by hand."""
    pieces, sound = make_pieces(tmp_path, [30, 30], Fraction(24), PROFILES["draft"]), sounds(tmp_path, 120_000)
    rest = (sound, 120_000, Fraction(24), labels_of(60, Fraction(24)), untold)
    assert splice(tmp_path / "due.mp4", pieces, *rest) == "by the system"
    calls = []

    def failing(source: int, target: int, count: int, at: int) -> int:
        calls.append(count)
        if len(calls) == 1:
            return copy(source, target, count // 2, at)
        if problem:
            raise OSError(problem, "not here")
        return 0

    copy = os.copy_file_range
    monkeypatch.setattr(os, "copy_file_range", failing)
    assert splice(tmp_path / "film.mp4", pieces, *rest) == "by hand"
    assert (tmp_path / "film.mp4").read_bytes() == (tmp_path / "due.mp4").read_bytes()


def test_a_full_disk_stays_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other way of copying is tried where there is no room."""
    pieces, sound = make_pieces(tmp_path, [3], Fraction(24), PROFILES["draft"]), sounds(tmp_path, 6000)

    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "copy_file_range", full)
    with pytest.raises(OSError, match="no room"):
        splice(tmp_path / "film.mp4", pieces, sound, 6000, Fraction(24), labels_of(3, Fraction(24)), untold)


def test_a_piece_that_shrinks_meanwhile_is_an_error(tmp_path: Path) -> None:
    """A film never gets less than was counted."""
    pieces, sound = make_pieces(tmp_path, [30], Fraction(24), PROFILES["draft"]), sounds(tmp_path, 60_000)
    with pieces[0].path.open("rb+") as file:
        file.truncate(pieces[0].start + 10)
    with pytest.raises(RenderError, match="became shorter"):
        splice(tmp_path / "film.mp4", pieces, sound, 60_000, Fraction(24), labels_of(30, Fraction(24)), untold)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (Labels((Mark("a", 10, 20),), {}, "eng"), "does not follow"),
        (Labels((Mark("a", 0, 20), Mark("b", 30, 40)), {}, "eng"), "does not follow"),
        (Labels((), {"mood": "blue"}, "eng"), "the tag mood"),
    ],
)
def test_labels_that_it_does_not_know_are_refused_first(tmp_path: Path, labels: Labels, words: str) -> None:
    """Gaps between chapters and strange tags are left to libavformat, and nothing is written before."""
    pieces, sound = make_pieces(tmp_path, [3], Fraction(24), PROFILES["draft"]), sounds(tmp_path, 6000)
    with pytest.raises(UnknownLayout, match=words):
        splice(tmp_path / "film.mp4", pieces, sound, 6000, Fraction(24), labels, untold)
    assert not (tmp_path / "film.mp4").exists()


def test_many_chapters_and_long_titles(tmp_path: Path) -> None:
    """More chapters than a byte counts, and titles longer than a byte says, come back whole."""
    marks = tuple(Mark(f"{number} {'ж' * 200}", number * 2000, number * 2000 + 2000) for number in range(300))
    pieces, sound = make_pieces(tmp_path, [300], Fraction(24), PROFILES["draft"]), sounds(tmp_path, 600_000)
    splice(tmp_path / "film.mp4", pieces, sound, 600_000, Fraction(24), Labels(marks, {}, "rus"), untold)
    with av.open(str(tmp_path / "film.mp4")) as film:
        chapters: list[Any] = film.chapters()
        assert [one["metadata"]["title"] for one in chapters] == [mark.title for mark in marks]
        assert [one["start"] for one in chapters] == [mark.start for mark in marks]


@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_equal_to_a_concatenation_by_ffmpeg(tmp_path: Path, codec: str) -> None:
    """Every decoded frame, and its time, is that of ffmpeg's own concatenation of the pieces; ffmpeg finds no fault."""
    lengths = [25, 12, 9, 30]
    ours, _ = both(tmp_path, lengths, Fraction(25), PROFILES[codec])
    names = "".join(f"file '{number}.mp4'\n" for number in range(len(lengths)))
    (tmp_path / "list.txt").write_text(names)
    told = [
        run([ffmpeg(), "-v", "error", *source, "-an", "-f", "framemd5", "-"], folder=tmp_path)
        for source in (["-i", str(ours)], ["-f", "concat", "-i", "list.txt"])
    ]
    sums = [[line.split(",") for line in one.stdout.decode().splitlines() if line[0] != "#"] for one in told]
    assert [row[-1] for row in sums[0]] == [row[-1] for row in sums[1]]
    assert [int(row[2]) for row in sums[0]] == list(range(sum(lengths)))
    assert run([ffmpeg(), "-v", "warning", "-i", ours, "-f", "null", "-"]).stderr == ""


def test_picture_and_sound_lie_close_together(tmp_path: Path) -> None:
    """A player that reads on finds each second of sound within a second of its picture."""
    ours, _ = both(tmp_path, [100, 140], Fraction(24), PROFILES["draft"])
    with av.open(str(ours)) as film:
        packets: list[Any] = [packet for packet in film.demux() if packet.size]
        order = [(packet.pos, packet.stream.type, float(packet.dts * packet.time_base)) for packet in packets]
    last = {"video": 0.0, "audio": 0.0}
    for _, kind, time in sorted(order):
        if kind in last:
            last[kind] = time
            assert abs(last["video"] - last["audio"]) < 1.5


@pytest.mark.whole
def test_a_film_of_more_than_four_gigabytes(tmp_path: Path) -> None:
    """Beyond 4 GiB places grow to eight bytes, and the last frame is found."""
    (piece,) = make_pieces(tmp_path, [24], Fraction(24), EncoderProfile(0, "ultrafast", 24), (640, 360))
    count = 2**32 // int(piece.sizes.sum()) + 2
    samples = count * 48_000
    (chunk,) = sounds(tmp_path, 480_000)
    sound = [chunk] * (packets_of(samples) // len(chunk.sizes) + 1)
    film = tmp_path / "film.mp4"
    splice(film, [piece] * count, sound, samples, Fraction(24), labels_of(count * 24, Fraction(24)), untold)
    assert film.stat().st_size > 2**32
    (due,) = (frame for number, (_, frame) in enumerate(decoded(piece.path)) if number == 23)
    with av.open(str(film)) as media:
        stream: Any = media.streams.video[0]
        assert stream.frames == count * 24
        media.seek(int((count - 1) / stream.time_base), stream=stream)
        frames: list[Any] = list(media.decode(stream))
        last = frames[-1]
        assert last.pts * stream.time_base == Fraction(count * 24 - 1, 24)
        assert np.array_equal(last.to_ndarray(), due)
    film.unlink()


@pytest.mark.slow
def test_times_beyond_four_bytes(tmp_path: Path) -> None:
    """A long film at a fractional rate, whose length no longer goes into four bytes, is read like libavformat's."""
    rate = Fraction(60000, 1001)
    (piece,) = make_pieces(tmp_path, [12], rate, PROFILES["draft"])
    pieces, frames = [piece] * 750, 9000
    samples = int(Fraction(frames * 48_000) / rate)
    sound = sounds(tmp_path, samples)
    labels = replace(labels_of(frames, rate), metadata={})
    splice(tmp_path / "film.mp4", pieces, sound, samples, rate, labels, untold)
    mux(tmp_path / "muxed.mp4", [piece.path] * 750, [sound[0].path], samples, rate, labels, untold, piece.delay)
    assert frames * 1001 * 512 > 2**32
    assert reading(tmp_path / "film.mp4") == reading(tmp_path / "muxed.mp4")


def test_splicing_repeats_itself(tmp_path: Path) -> None:
    """The same pieces give the same bytes."""
    films = [both(tmp_path / name, [10, 2], Fraction(24), PROFILES["h264"])[0].read_bytes() for name in "ab"]
    assert films[0] == films[1]


def test_a_second_is_never_empty() -> None:
    """No run of packets in a table is empty, however short the sound is."""
    seen, heard = splicing._laid_out(np.ones(100, np.int64), np.ones(2, np.int64), Fraction(24), 0)
    assert (seen.packets > 0).all()
    assert (
        len(
            heard.lane(
                handler=b"soun", entry=b"", timescale=1, lengths=seen.bytes, begins=0, length=0, sizes=seen.bytes
            ).held
        )
        == 1
    )
