"""Pieces, sound and readings for the tests of the splicer: small films of every kind, and all that a reader sees."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from render.coded import CodedTrack, coded_track
from render.movie import Mark
from render.splice import Labels, film_scale
from scenes.coders import EncoderProfile
from scenes.frames import I420, write_film

PROFILES = {
    "h264": EncoderProfile(20, "veryfast", 48),
    "draft": EncoderProfile(26, "ultrafast", 48),
    "hevc": EncoderProfile(22, "veryfast", 48, codec="hevc"),
    "av1": EncoderProfile(32, "10", 48, codec="av1"),
}


def natural(count: int, width: int, height: int, seed: int = 0, pace: float = 1.0) -> Iterator[I420]:
    """Natural-looking frames: a smooth gradient, three sizes of texture that drift, light grain, soft colour.

    `pace` 1 drifts by 1.5 pixels a frame, which suits 24 frames a second.
    """
    random = np.random.default_rng(seed)
    whole = random.standard_normal((height + 40, width + 220)).astype(np.float32)
    texture = sum(cv2.GaussianBlur(whole, (0, 0), size) * size * level for size, level in ((2, 8), (6, 16), (20, 24)))
    down, across = (axis.astype(np.float32) for axis in np.mgrid[0:height, 0:width])
    light = 90 + 60 * across / width + 30 * np.sin(down / height * 3 + seed)
    grain = random.normal(0, 0.5, (7, height, width)).astype(np.float32)
    tint = random.standard_normal((2, height // 2, width // 2)).astype(np.float32)
    colour = np.stack([128 + 100 * cv2.GaussianBlur(plane, (0, 0), 9) for plane in tint])
    for number in range(count):
        moved = np.array(
            [[1, 0, -(number * pace * 1.5 % 200)], [0, 1, -16 - 8 * np.sin(number * pace / 20)]], np.float32
        )
        luma = light + cv2.warpAffine(np.asarray(texture), moved, (width, height)) + grain[number % 7]
        picture = np.empty((height * 3 // 2, width), np.uint8)
        picture[:height] = np.rint(np.clip(luma, 16, 235))
        turned = np.roll(np.clip(colour, 16, 240), number // 3, axis=2)
        picture[height:] = np.rint(turned).reshape(height // 2, width)
        yield picture


def write_sound(path: Path, samples: int, seed: int = 0, skip: int = 0, keep: int | None = None) -> None:
    """A chunk of AAC: noise of so many samples, of whose packets the first `skip` are left out and `keep` are kept."""
    wave = np.random.default_rng(seed).normal(0, 0.1, (2, samples)).astype(np.float32)
    with av.open(str(path), "w", format="mp4") as media:
        stream = media.add_stream("aac", rate=48_000, layout="stereo")
        packets: list[Any] = []
        for start in range(0, samples, 1024):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave[:, start : start + 1024]), "fltp", "stereo")
            frame.sample_rate, frame.pts = 48_000, start
            packets += stream.encode(frame)
        packets += stream.encode(None)
        for number, packet in enumerate(packets[skip:][:keep]):
            packet.pts = packet.dts = number * 1024
            media.mux(packet)


def make_pieces(
    folder: Path, lengths: Sequence[int], rate: Fraction, profile: EncoderProfile, size: tuple[int, int] = (96, 54)
) -> list[CodedTrack]:
    """One coded piece of each length."""
    folder.mkdir(parents=True, exist_ok=True)
    tracks = []
    for number, length in enumerate(lengths):
        path = folder / f"{number}.mp4"
        write_film(path, natural(length, *size, seed=number), *size, rate, profile)
        tracks.append(coded_track(path))
    return tracks


def labels_of(frames: int, rate: Fraction) -> Labels:
    """Two chapters (one, in a film of one frame), four tags, a language."""
    ends = [round(frame * film_scale(rate) / rate) for frame in (0, frames // 2, frames)]
    marks = [Mark("one", ends[0], ends[1]), Mark("Два слова", ends[1], ends[2])]
    tags = {"title": "Вершина", "artist": "Я", "copyright": "©", "comment": "AI-generated"}
    return Labels(tuple(mark for mark in marks if mark.end > mark.start), tags, "rus")


def reading(path: Path) -> dict[str, Any]:
    """Everything that libavformat says of a film, packet by packet."""
    with av.open(str(path)) as film:
        told: dict[str, Any] = {
            "tags": dict(film.metadata),
            "length": film.duration,
            "start": film.start_time,
            "chapters": film.chapters(),
        }
        for stream in film.streams:
            coder: Any = stream.codec_context
            told[f"stream {stream.index}"] = {
                "times": (stream.start_time, stream.duration, stream.time_base, stream.frames),
                # The titles of chapters have the film's language here; libavformat calls them English.
                "language": stream.language if stream.type != "data" else None,
                "handler": stream.metadata["handler_name"],
                "rates": (getattr(stream, "average_rate", None), getattr(stream, "sample_aspect_ratio", None)),
                "header": bytes(coder.extradata or b"") if coder else None,
                "coding": [str(getattr(coder, name, None)) for name in _CODING],
            }
        packets: Any = film.demux()
        told["packets"] = sorted(_packet(packet) for packet in packets if packet.size)
    return told


_CODING = (
    *("codec_tag", "bit_rate", "width", "height", "pix_fmt", "has_b_frames", "sample_rate"),
    *("color_range", "colorspace", "color_primaries", "color_trc"),
)


def _packet(packet: Any) -> tuple[Any, ...]:
    times = (packet.stream_index, packet.dts, packet.pts, packet.duration)
    marks = (packet.is_keyframe, packet.is_disposable, packet.is_discard)
    return (*times, packet.size, *marks, hashlib.md5(bytes(packet)).hexdigest())  # noqa: S324  # compared, not trusted


def decoded(path: Path) -> list[tuple[Fraction, I420]]:
    """All frames of a film, each with its time in seconds."""
    with av.open(str(path)) as film:
        frames: list[Any] = list(film.decode(video=0))
    return [(frame.pts * frame.time_base, frame.to_ndarray()) for frame in frames]


def psnr(picture: I420, due: I420) -> float:
    """Likeness of two luma planes in dB."""
    rows: int = due.shape[0] * 2 // 3
    error = float(np.mean((picture[:rows].astype(np.float64) - due[:rows]) ** 2))
    return float(10 * np.log10(255**2 / max(error, 1e-9)))
