"""The joiner: packets copied in order, exact times, sound in its place, odd pieces refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from projects.steps import Artifact, Step, Work
from render.join import Chapter, FilmRequest, make_film, odd_pieces
from render.profiles import DELIVERY, DRAFT
from scenes.frames import EncoderProfile, write_film
from storyboard.errors import RenderError

WIDTH, HEIGHT = 96, 54


def pictures(count: int, seed: int) -> Iterator[np.ndarray]:
    """Frames that differ from one another by a moving bar over noise."""
    still = np.random.default_rng(seed).integers(40, 200, (HEIGHT * 3 // 2, WIDTH), dtype=np.uint8)
    for number in range(count):
        frame = still.copy()
        frame[:HEIGHT, (number * 3) % WIDTH : (number * 3) % WIDTH + 4] = 235
        yield frame


def sound(path: Path, samples: int, click: int) -> None:
    """AAC with one click."""
    wave = np.zeros((2, samples), np.float32)
    wave[:, click] = 0.9
    with av.open(str(path), "w", format="mp4") as media:
        stream = media.add_stream("aac", rate=48_000, layout="stereo")
        for start in range(0, samples, 1024):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave[:, start : start + 1024]), "fltp", "stereo")
            frame.sample_rate, frame.pts = 48_000, start
            media.mux(stream.encode(frame))
        media.mux(stream.encode(None))


@pytest.fixture
def joined(tmp_path: Path) -> Callable[..., Path]:
    """Join pieces of the given lengths at a rate; gives the film's path."""

    def build(
        lengths: list[int], rate: Fraction, profile: EncoderProfile = DELIVERY, planned: int | None = None
    ) -> Path:
        inputs = {}
        for number, length in enumerate(lengths):
            path = tmp_path / f"{number}.mp4"
            # Finer than delivery, so that noise comes back well enough to tell one picture from the next.
            write_film(path, pictures(length, number), WIDTH, HEIGHT, rate, replace(profile, crf=12))
            inputs[f"p{number:04}"] = Artifact("", path, {})
        total = sum(lengths)
        samples = int(Fraction(total * 48_000) / rate)
        sound(tmp_path / "sound.m4a", samples, samples // 2)
        inputs["sound"] = Artifact("", tmp_path / "sound.m4a", {})
        request = FilmRequest(
            pieces=tuple(name for name in inputs if name != "sound"),
            sound=("sound",),
            frames=planned or total,
            samples=samples,
            rate=rate,
            chapters=(Chapter("one", 0, 5), Chapter("два", 5, total)),
            metadata=(("title", "Вершина"), ("comment", "AI-generated")),
            language="rus",
        )
        out = tmp_path / "film.mp4"
        make_film(request, Work(inputs, {}, lambda part: None, lambda: False), out)
        return out

    return build


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(30000, 1001), Fraction(50)])
@pytest.mark.parametrize("profile", [DELIVERY, DRAFT])
def test_every_frame_once_at_its_exact_time(
    joined: Callable[..., Path], rate: Fraction, profile: EncoderProfile
) -> None:
    """The film holds every frame of its pieces, also of very short ones, in order, frame k at k / rate."""
    lengths = [30, 2, 3, 2, 17]
    film = joined(lengths, rate, profile)
    due = [frame for number, length in enumerate(lengths) for frame in pictures(length, number)]
    with av.open(str(film)) as media:
        assert media.streams.video[0].start_time == 0
        seen: list[Any] = list(media.decode(video=0))
    assert [frame.pts * frame.time_base for frame in seen] == [number / rate for number in range(len(due))]
    for shown, planned in zip(seen, due, strict=True):
        luma = shown.to_ndarray(format="yuv420p")[:HEIGHT].astype(int)
        assert np.abs(luma - planned[:HEIGHT]).mean() < 6


def test_sound_lies_at_its_sample(joined: Callable[..., Path]) -> None:
    """A click in the middle of the sound is heard at exactly its sample, and nothing is heard before the picture."""
    film = joined([24, 24], Fraction(24))
    with av.open(str(film)) as media:
        frames = list(media.decode(audio=0))
    assert frames[0].pts == 0
    wave = np.concatenate([frame.to_ndarray() for frame in frames], axis=1)[0]
    assert int(np.abs(wave).argmax()) == 48_000


def test_metadata_chapters_and_faststart(joined: Callable[..., Path]) -> None:
    """Title, remark, language and chapters are in the file, and its index stands before its media."""
    film = joined([24, 24], Fraction(24))
    with av.open(str(film)) as media:
        assert media.metadata["title"] == "Вершина"
        assert media.metadata["comment"] == "AI-generated"
        assert media.streams.audio[0].language == "rus"
        chapters: list[Any] = media.chapters()
        told = [
            (one["metadata"]["title"], *(one[end] * one["time_base"] for end in ("start", "end"))) for one in chapters
        ]
        assert told == [("one", 0, Fraction(5, 24)), ("два", Fraction(5, 24), 2)]
        context = media.streams.video[0].codec_context
        assert [int(tag) for tag in (context.color_primaries, context.color_trc, context.colorspace)] == [1, 1, 1]
    data = film.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_joining_repeats_itself(joined: Callable[..., Path]) -> None:
    """The same pieces give the same bytes."""
    assert joined([10, 2], Fraction(24)).read_bytes() == joined([10, 2], Fraction(24)).read_bytes()


def film_of(folder: Path, profiles: dict[str, EncoderProfile], frames: int = 5, **rest: Any) -> tuple[Step, Work]:
    """A film of pieces of `frames` frames, each coded by its own profile, with silence under it; and what it is of."""
    inputs = {}
    for name, profile in profiles.items():
        write_film(folder / name, pictures(frames, 1), WIDTH, HEIGHT, Fraction(24), profile)
        inputs[name] = Artifact(f"print of {name}", folder / name, {"frames": frames})
    total = frames * len(profiles)
    sound(folder / "sound", total * 2000, 0)
    inputs["s"] = Artifact("print of sound", folder / "sound", {})
    request = FilmRequest(tuple(profiles), ("s",), total, total * 2000, Fraction(24), (), (), "rus", **rest)
    step = Step("film", "film", "", request, inputs={name: f"step {name}" for name in inputs})
    return step, Work(inputs, {}, lambda part: None, lambda: False)


def odd(step: Step, work: Work) -> dict[str, str]:
    """The odd pieces of a film, as its production asks for them."""
    return odd_pieces([step], {step.inputs[name]: artifact for name, artifact in work.inputs.items()})


@pytest.mark.parametrize(("profile", "expected"), [(None, {"a"}), (DELIVERY, {"a"}), (DRAFT, {"b", "c"})])
def test_todays_encoder_says_which_pieces_are_odd(
    tmp_path: Path, profile: EncoderProfile | None, expected: set[str]
) -> None:
    """Of pieces that disagree those are odd that today's encoder would not make; without one the majority is right."""
    step, work = film_of(tmp_path, {"a": DRAFT, "b": DELIVERY, "c": DELIVERY}, profile=profile)
    assert odd(step, work) == {f"step {name}": f"print of {name}" for name in expected}
    with pytest.raises(RenderError, match="coded differently"):
        make_film(step.request, work, tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


def test_a_piece_of_another_encoder_build_is_odd(tmp_path: Path) -> None:
    """The same header from another build of x264, which names itself in its first packet, does not pass."""
    step, work = film_of(tmp_path, {"a": DELIVERY, "b": DELIVERY, "c": DELIVERY})
    assert odd(step, work) == {}
    data = (tmp_path / "b").read_bytes()
    assert data.count(b"x264 - core 1") == 1
    (tmp_path / "b").write_bytes(data.replace(b"x264 - core 1", b"x264 - core 9"))
    assert odd(step, work) == {"step b": "print of b"}


def test_a_piece_that_is_not_as_long_as_it_was_made_is_odd(tmp_path: Path) -> None:
    """A piece that was exchanged for a shorter one of the same coding is found by its frames."""
    step, work = film_of(tmp_path, {"a": DELIVERY, "b": DELIVERY})
    write_film(tmp_path / "b", pictures(4, 1), WIDTH, HEIGHT, Fraction(24), DELIVERY)
    assert odd(step, work) == {"step b": "print of b"}
    with pytest.raises(RenderError, match="4 frames instead of 5"):
        make_film(step.request, work, tmp_path / "film.mp4")


@pytest.mark.parametrize("left", [0, 7, 40, 3000])
def test_a_broken_piece_is_odd(tmp_path: Path, left: int) -> None:
    """A piece that is empty or cut off is named, whatever else can be read; so is a chunk of sound."""
    for broken in ("b", "s"):
        step, work = film_of(tmp_path, {"a": DELIVERY, "b": DELIVERY, "c": DELIVERY})
        path = work.inputs[broken].path
        path.write_bytes(path.read_bytes()[: min(left, path.stat().st_size - 100)])
        assert odd(step, work) == {f"step {broken}": work.inputs[broken].fingerprint}


def test_what_the_splicer_does_not_know_is_muxed_and_said(tmp_path: Path) -> None:
    """A piece laid out otherwise (here: in fragments) is joined by libavformat, and the facts say why."""
    step, work = film_of(tmp_path, {"a": DELIVERY, "b": DELIVERY})
    due = make_film(step.request, work, tmp_path / "due.mp4")
    fragments = {"movflags": "frag_every_frame+empty_moov"}
    with av.open(str(tmp_path / "b")) as piece, av.open(str(tmp_path / "two.mp4"), "w", options=fragments) as two:
        picture = two.add_stream_from_template(piece.streams.video[0])
        for packet in piece.demux(0):
            if packet.size:
                packet.stream = picture
                two.mux(packet)
    (tmp_path / "two.mp4").replace(tmp_path / "b")
    facts = make_film(step.request, work, tmp_path / "film.mp4")
    assert due["written"] == "spliced"
    assert facts["written"] == "muxed"
    assert due["notes"] == []
    assert facts["why"] in facts["notes"][0]
    assert facts["why"] == "b: the file has not one index and one block of media"
    frames = []
    for name in ("due.mp4", "film.mp4"):
        with av.open(str(tmp_path / name)) as film:
            frames.append([(frame.pts, frame.to_ndarray().tobytes()) for frame in film.decode(video=0)])
    assert frames[0] == frames[1]


def test_missing_frames_are_an_error(joined: Callable[..., Path]) -> None:
    """A film that does not hold the frames that were planned is refused."""
    with pytest.raises(RenderError, match="planned with 30"):
        joined([10, 10], Fraction(24), planned=30)


def test_too_little_sound_is_an_error(tmp_path: Path) -> None:
    """Sound that ends before the picture is refused before anything is written."""
    step, work = film_of(tmp_path, {"a": DELIVERY})
    with pytest.raises(RenderError, match="48000 samples were planned"):
        make_film(replace(step.request, samples=48_000), work, tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its own peak, without its parent's")
def test_memory_does_not_grow_with_the_film(tmp_path: Path) -> None:
    """Joining a thousand pieces takes hardly more memory than joining twenty."""
    write_film(tmp_path / "piece.mp4", pictures(24, 1), WIDTH, HEIGHT, Fraction(24), DELIVERY)
    sound(tmp_path / "sound.m4a", 1000 * 48_000, 0)
    code = (
        "import sys, fractions, pathlib\n"
        "from projects.steps import Artifact, Work\n"
        "from render.join import FilmRequest, make_film\n"
        "folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])\n"
        "inputs = {f'p{n:04}': Artifact('', folder / 'piece.mp4', {'frames': 24}) for n in range(count)}\n"
        "pieces = tuple(inputs)\n"
        "inputs['s'] = Artifact('', folder / 'sound.m4a', {})\n"
        "rate = fractions.Fraction(24)\n"
        "request = FilmRequest(pieces, ('s',), 24 * count, 48000 * count, rate, (), (), 'und')\n"
        "make_film(request, Work(inputs, {}, lambda part: None, lambda: False), folder / 'film.mp4')\n"
        "told = pathlib.Path('/proc/self/status').read_text().split()\n"
        "print(told[told.index('VmHWM:') + 1])\n"
    )
    peaks = []
    for count in (20, 1000):
        arguments = [sys.executable, "-c", code, str(tmp_path), str(count)]
        peaks.append(int(subprocess.run(arguments, capture_output=True, check=True, text=True).stdout) / 1024)
    assert peaks[1] < 300
    assert peaks[1] - peaks[0] < 40
