"""A finished film in other forms, by ffmpeg: a web film, a master, a moving preview, or through a hardware encoder.

Pictures come from the joined film or from pieces, sound from a file of its own, so that no sound is coded twice. Each
file is written whole or not at all.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from projects import programs
from projects.disk import disk_errors
from render.deliveries.hardware import Encoder
from scenes.frames import TICKS_PER_FRAME
from storyboard.errors import RenderError

PREVIEW = Fraction(6)
"""Seconds that a moving preview shows."""
_TAGS = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"]
_PATIENCE = 7200.0

Stop = Callable[[], bool] | None


def opus(sound: Path, out: Path, cancelled: Stop = None) -> None:
    """A sound as Opus at 160 kbit/s, in WebM."""
    _make(("-i", str(sound)), ["-map", "0:a", "-c:a", "libopus", "-b:a", "160k"], out, cancelled)


def web(film: Path, sound: Path, out: Path, *, coded: bool, cancelled: Stop = None) -> None:
    """A film and a sound that is coded already in WebM; a picture that is `coded` in AV1 already stays as it is."""
    picture = ["copy"] if coded else ["libsvtav1", "-preset", "12", "-crf", "40", "-svtav1-params", "lp=2", *_TAGS]
    inputs = ("-i", str(film), "-i", str(sound))
    _make(inputs, ["-map", "0:v:0", "-map", "1:a:0", "-c:v", *picture, "-c:a", "copy"], out, cancelled)


def master(pieces: Sequence[Path], sound: Path, rate: Fraction, out: Path, *, cancelled: Stop = None) -> None:
    """Pieces in ProRes one behind another, with PCM in 24 bits, in QuickTime; nothing is coded anew but the sound."""
    how = ["-map", "0:v:0", "-map", "1:a:0", "-c:v", "copy", "-c:a", "pcm_s24le", "-ar", "48000"]
    with _listed(pieces) as row:
        _make((*row, "-i", str(sound)), [*how, "-video_track_timescale", _ticks(rate)], out, cancelled)


def gif(pieces: Sequence[Path], size: tuple[int, int], out: Path, *, cancelled: Stop = None) -> None:
    """The first seconds in a palette of their own, twelve pictures a second, without end."""
    palette = "split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4"
    graph = f"fps=12,{_scaled(size)},{palette}"
    with _listed(pieces) as row:
        _make(row, ["-t", str(PREVIEW), "-an", "-filter_complex", graph, "-loop", "0"], out, cancelled)


def webp(pieces: Sequence[Path], size: tuple[int, int], out: Path, *, cancelled: Stop = None) -> None:
    """The first seconds, fifteen pictures a second, without end."""
    how = ["-t", str(PREVIEW), "-an", "-vf", f"fps=15,{_scaled(size)}", "-c:v", "libwebp_anim", "-q:v", "70"]
    with _listed(pieces) as row:
        _make(row, [*how, "-loop", "0"], out, cancelled)


def hardware(film: Path, out: Path, encoder: Encoder, crf: int, rate: Fraction, *, cancelled: Stop = None) -> None:
    """The film coded anew by a hardware encoder, its sound, chapters and tags as they are."""
    kept = ["-map", "0:v:0", "-map", "0:a?", "-map_metadata", "0", "-map_chapters", "0", "-c:a", "copy"]
    times = ["-fps_mode", "passthrough", "-video_track_timescale", _ticks(rate), "-movflags", "+faststart"]
    inputs = (*encoder.family.opening, "-i", str(film))
    _make(inputs, [*kept, *encoder.options(crf), *_TAGS, *times], out, cancelled)


def _scaled(size: tuple[int, int]) -> str:
    return f"scale={size[0]}:{size[1]}:flags=lanczos"


def _ticks(rate: Fraction) -> str:
    """The clock of the track, on which the time of every frame is whole."""
    return str(rate.numerator * TICKS_PER_FRAME)


@contextmanager
def _listed(pieces: Sequence[Path]) -> Iterator[tuple[str, ...]]:
    """The input that shows files one behind another."""
    with tempfile.TemporaryDirectory(prefix="workprint-") as folder:
        row = Path(folder) / "row.txt"
        # Inside quotes ffmpeg's lists know no sign but the quote itself, which ends them.
        names = [str(path.resolve()).replace("'", r"'\''") for path in pieces]
        if any("\n" in name for name in names):
            raise RenderError("the project's folder has a line break in its name", "Rename it and deliver again.")
        row.write_text("".join(f"file '{name}'\n" for name in names), encoding="utf-8")
        yield ("-f", "concat", "-safe", "0", "-i", str(row))


def _make(inputs: Sequence[str], how: Sequence[str], out: Path, cancelled: Stop) -> None:
    """Run ffmpeg; a reader never sees half a file."""
    fresh = out.with_name(f".part-{out.name}")
    with disk_errors(str(out)):
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            command: list[str | Path] = [programs.ffmpeg(), "-v", "error", "-nostdin", "-y", *inputs, *how]
            programs.run([*command, "-fflags", "+bitexact", fresh], timeout=_PATIENCE, cancelled=cancelled)
            fresh.replace(out)
        finally:
            fresh.unlink(missing_ok=True)
