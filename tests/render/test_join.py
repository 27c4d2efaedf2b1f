"""The joiner: packets copied in order, exact times, sound in its place, odd pieces refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from projects.steps import Artifact, Work
from render.join import Chapter, FilmRequest, make_film, mismatched
from render.pieces import DELIVERY, DRAFT
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
        assert [(c["metadata"]["title"], c["start"], c["end"]) for c in media.chapters()] == [
            ("one", 0, 208),
            ("два", 208, 2000),
        ]
        context = media.streams.video[0].codec_context
        assert [int(tag) for tag in (context.color_primaries, context.color_trc, context.colorspace)] == [1, 1, 1]
    data = film.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_joining_repeats_itself(joined: Callable[..., Path]) -> None:
    """The same pieces give the same bytes."""
    assert joined([10, 2], Fraction(24)).read_bytes() == joined([10, 2], Fraction(24)).read_bytes()


def test_a_piece_that_was_coded_differently_is_named(tmp_path: Path) -> None:
    """A piece of another profile is found by its header."""
    for name, profile in (("a", DELIVERY), ("b", DRAFT), ("c", DELIVERY)):
        write_film(tmp_path / name, pictures(5, 1), WIDTH, HEIGHT, Fraction(24), profile)
    assert mismatched([(name, tmp_path / name) for name in "abc"]) == ("b",)


def test_missing_frames_are_an_error(joined: Callable[..., Path]) -> None:
    """A film that does not hold the frames that were planned is refused."""
    with pytest.raises(RenderError, match="planned with 30"):
        joined([10, 10], Fraction(24), planned=30)
