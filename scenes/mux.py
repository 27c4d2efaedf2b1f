"""Puts a clip's own sound into its take, so that a take stays one file.

The pictures are copied as they are coded; the sound is kept without loss (FLAC, 24 bit) and is just as long. Knows no
scene.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.errors import RenderError

if TYPE_CHECKING:
    from scenes.backend import ClipSound

_FULL = 2**23 - 1
_FRAME = 4608
"""Samples in one coded frame of FLAC: its encoder's own choice at these rates."""


def add_sound(path: Path, sound: ClipSound, seconds: Fraction) -> None:
    """Adds a sound track to the film at `path`, cut or filled with silence to exactly `seconds`.

    Deterministic. Raises RenderError where the file cannot be read or written.
    """
    import av

    heard = path.with_name(path.name + ".heard")
    samples, rate = _fitted(sound, seconds)
    try:
        with av.open(str(path)) as film:
            pictures = film.streams.video[0]
            timing = {"video_track_timescale": str(pictures.time_base.denominator)} if pictures.time_base else {}
            with av.open(str(heard), "w", format="mp4", options=timing) as both:
                shown = both.add_stream_from_template(pictures)
                told: Any = both.add_stream("flac", rate=rate)
                told.layout, told.format = "stereo", "s32"
                coded = _coded(told, samples, rate)
                waiting = next(coded, None)
                for packet in film.demux(pictures):
                    if packet.dts is None:
                        continue
                    until = packet.dts * packet.time_base
                    while waiting is not None and waiting.pts * waiting.time_base <= until:
                        both.mux(waiting)
                        waiting = next(coded, None)
                    packet.stream = shown
                    both.mux(packet)
                while waiting is not None:
                    both.mux(waiting)
                    waiting = next(coded, None)
        heard.replace(path)
    except (OSError, av.error.FFmpegError) as error:
        raise RenderError(f"the sound of {path.name} could not be written: {error}") from error
    finally:
        heard.unlink(missing_ok=True)


def _fitted(sound: ClipSound, seconds: Fraction) -> tuple[Any, int]:
    """The samples as 24 bits in 32 (n, 2), just as long as the pictures."""
    import numpy as np

    samples, rate = sound
    stereo = np.repeat(samples.reshape(-1, 1), 2, axis=1) if samples.ndim == 1 or samples.shape[1] == 1 else samples
    due = round(seconds * rate)
    fitted = np.zeros((due, 2), np.float64)
    fitted[: len(stereo)] = stereo[:due]
    return (np.round(np.clip(fitted, -1.0, 1.0) * _FULL).astype(np.int32) << 8), rate


def _coded(stream: Any, samples: Any, rate: int) -> Iterator[Any]:
    """The sound's packets in order."""
    import av

    for at in range(0, len(samples), _FRAME):
        frame = av.AudioFrame.from_ndarray(samples[at : at + _FRAME].reshape(1, -1).copy(), "s32", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        yield from stream.encode(frame)
    yield from stream.encode(None)
