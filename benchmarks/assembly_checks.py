"""Is the result right: frames, times, tags, a silent decoder, and every picture against the clips it was made from.

The ideal film is the clips' own frames, and in a fade the exact mix of both clips' frames in 8-bit 4:2:0. Since
assemblers begin a fade a frame sooner or later, the mix of each frame is found, not prescribed; how far it strays from
a straight line is told.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks.assembly_work import CLIP_FRAMES, FFMPEG, HEIGHT, WIDTH, Work

Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Quality:
    """PSNR in dB of luma in bodies and fades and of the bodies' chroma, and how far the fades stray from a line."""

    body: float
    body_least: float
    chroma: float
    fade: float
    fade_least: float
    stray: float


def frame_count(path: Path) -> int:
    """The number of coded pictures of a film."""
    with av.open(str(path)) as film:
        return sum(1 for packet in film.demux(film.streams.video[0]) if packet.size)


def colour_tags(path: Path) -> str:
    """Matrix, primaries, transfer and range as the film says them."""
    with av.open(str(path)) as film:
        coder = film.streams.video[0].codec_context
        marks = (coder.colorspace, coder.color_primaries, coder.color_trc, coder.color_range)
    told = "/".join(str(int(mark)) for mark in marks)
    return {"1/1/1/1": "bt709", "2/2/2/0": "none"}.get(told, told)


def complaints(path: Path) -> str:
    """What the bundled ffmpeg has to say while it decodes the film; "" for a good one."""
    words = [FFMPEG, "-v", "error", "-nostdin", "-threads", "2", "-i", str(path), "-f", "null", "-"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stderr.strip() or ("" if done.returncode == 0 else f"exit code {done.returncode}")


def quality(path: Path, work: Work) -> Quality:
    """Compare every frame of a wide film with the ideal one."""
    film = _planes(path)
    body: list[float] = []
    chroma: list[float] = []
    fade: list[float] = []
    stray = 0.0
    clips = work.clips
    tail: list[tuple[Plane, Plane]] = []
    for one in work.placed():
        for number, source in enumerate(_planes(clips[one.number])):
            if number >= CLIP_FRAMES - one.fade_out:
                tail.append(source)
                continue
            luma, colour = next(film)
            if number >= one.fade_in:
                body.append(psnr(luma, source[0]))
                chroma.append(psnr(colour, source[1]))
                continue
            old = tail.pop(0)[0]
            part = _mix(luma, old, source[0])
            fade.append(psnr(luma, np.rint(old + part * (source[0] - old))))
            stray = max(stray, abs(part - (number + 0.5) / one.fade_in))
    return Quality(
        float(np.mean(body)),
        min(body),
        float(np.mean(chroma)),
        float(np.mean(fade)) if fade else 0.0,
        min(fade, default=0.0),
        stray,
    )


def psnr(one: Plane, other: Plane) -> float:
    """Peak signal to noise ratio of two 8-bit planes in dB, at most 99."""
    error = float(np.mean(np.square(one - other)))
    return min(99.0, 10 * float(np.log10(255**2 / error))) if error else 99.0


def _mix(seen: Plane, old: Plane, new: Plane) -> float:
    """Which part of the new picture is in a mix, by least squares."""
    way = new - old
    return float(np.vdot(seen - old, way) / max(1.0, float(np.vdot(way, way))))


def _planes(path: Path) -> Iterator[tuple[Plane, Plane]]:
    """Luma and both chroma planes of each frame, as they are coded."""
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        stream.thread_type = "AUTO"
        for frame in film.decode(stream):
            coded = frame.to_ndarray().astype(np.float32)
            if coded.shape != (HEIGHT * 3 // 2, WIDTH):
                raise RuntimeError(f"{path.name} has frames of shape {coded.shape}")
            yield coded[:HEIGHT], coded[HEIGHT:]


def verify(path: Path, frames: int) -> None:
    """Raise RuntimeError unless a film has so many frames."""
    found = frame_count(path)
    if found != frames:
        raise RuntimeError(f"{path} has {found} frames, {frames} were due")
