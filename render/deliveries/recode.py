"""A finished film in other forms, by ffmpeg: a web film, a master, a moving preview, or through a hardware encoder.

The picture comes from the joined film, the sound from the stems, so that no sound is coded twice. Each file is written
whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from projects import programs
from projects.disk import disk_errors
from storyboard.errors import MissingError

CEILING = 0.84
"""The highest sample that the limiter lets through (-1.5 dBFS): true peaks stay under -1 dBTP."""

PREVIEW_SECONDS = 6
_TAGS = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"]
_PATIENCE = 7200.0

HARDWARE: Mapping[str, Mapping[str, str]] = {
    "nvenc": {"h264": "h264_nvenc", "hevc": "hevc_nvenc", "av1": "av1_nvenc"},
    "qsv": {"h264": "h264_qsv", "hevc": "hevc_qsv", "av1": "av1_qsv"},
    "videotoolbox": {"h264": "h264_videotoolbox", "hevc": "hevc_videotoolbox"},
    "amf": {"h264": "h264_amf", "hevc": "hevc_amf", "av1": "av1_amf"},
}
"""Hardware by the name that users know, and its encoders in ffmpeg by codec."""

_QUALITY = {"nvenc": "-cq", "qsv": "-global_quality", "videotoolbox": "-q:v", "amf": "-qp_i"}


def mixed(stems: Sequence[Path]) -> list[str]:
    """The options that lay stems together and keep their peaks down, as `[sound]`; stems are inputs 1, 2 ..."""
    inputs = "".join(f"[{number}:a]" for number in range(1, len(stems) + 1))
    graph = f"{inputs}amix=inputs={len(stems)}:normalize=0,alimiter=limit={CEILING}:level=0:latency=1[sound]"
    return ["-filter_complex", graph]


def web(
    film: Path, stems: Sequence[Path], out: Path, *, coded: bool, cancelled: Callable[[], bool] | None = None
) -> None:
    """AV1 and Opus at 160 kbit/s, in WebM; a picture that is `coded` in AV1 already stays as it is."""
    picture = ["copy"] if coded else ["libsvtav1", "-preset", "12", "-crf", "40", "-svtav1-params", "lp=2"]
    sound = ["-map", "[sound]", "-c:a", "libopus", "-b:a", "160k"]
    _make(film, stems, [*mixed(stems), "-map", "0:v", "-c:v", *picture, *sound], out, cancelled)


def master(film: Path, stems: Sequence[Path], out: Path, *, cancelled: Callable[[], bool] | None = None) -> None:
    """ProRes 422 HQ in ten bits and PCM in 24, in QuickTime."""
    picture = ["-map", "0:v", "-c:v", "prores_ks", "-profile:v", "3", "-pix_fmt", "yuv422p10le", "-vendor", "apl0"]
    sound = ["-map", "[sound]", "-c:a", "pcm_s24le", "-ar", "48000"]
    _make(film, stems, [*mixed(stems), *picture, *_TAGS, *sound], out, cancelled)


def gif(film: Path, out: Path, *, cancelled: Callable[[], bool] | None = None) -> None:
    """The first seconds in a palette of their own, twelve pictures a second, without end."""
    graph = "fps=12,split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4"
    _make(film, (), ["-t", str(PREVIEW_SECONDS), "-an", "-filter_complex", graph, "-loop", "0"], out, cancelled)


def webp(film: Path, out: Path, *, cancelled: Callable[[], bool] | None = None) -> None:
    """The first seconds, fifteen pictures a second, without end."""
    how = ["-t", str(PREVIEW_SECONDS), "-an", "-vf", "fps=15", "-c:v", "libwebp_anim", "-q:v", "70", "-loop", "0"]
    _make(film, (), how, out, cancelled)


def hardware(film: Path, out: Path, encoder: str, quality: int, *, cancelled: Callable[[], bool] | None = None) -> None:
    """The film coded anew by a hardware encoder, its sound as it is."""
    own = next(name for name, made in HARDWARE.items() if encoder in made.values())
    how = ["-map", "0", "-c", "copy", "-c:v", encoder, _QUALITY[own], str(quality), "-pix_fmt", "yuv420p", *_TAGS]
    _make(film, (), [*how, "-tag:v", "hvc1"] if encoder.startswith("hevc") else how, out, cancelled)


def hardware_for(codec: str, wish: str = "auto") -> str:
    """The hardware encoder that really works here for a codec, "" where none does and the wish is `auto`.

    Each is tried on a few pictures: that ffmpeg knows it says nothing of the machine. Raises MissingError for one that
    is asked for by name.
    """
    for name, made in HARDWARE.items():
        if wish in ("auto", name) and codec in made and works(made[codec]):
            return made[codec]
    if wish == "auto":
        return ""
    raise MissingError(f"no encoder of {wish} for {codec} works here", "Take `--encoder auto` or `--encoder software`.")


def works(encoder: str) -> bool:
    """Whether an encoder codes a few pictures here."""
    command: list[str | Path] = [
        programs.ffmpeg(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "color=s=640x360:d=0.2",
        "-c:v",
        encoder,
    ]
    try:
        programs.run([*command, "-f", "null", "-"], timeout=30.0)
    except Exception:  # noqa: BLE001 - whatever it is, it does not work
        return False
    return True


def _make(
    film: Path, stems: Sequence[Path], how: Sequence[str], out: Path, cancelled: Callable[[], bool] | None
) -> None:
    """Run ffmpeg; a reader never sees half a file."""
    inputs = [word for path in (film, *stems) for word in ("-i", str(path))]
    fresh = out.with_name(f".part-{out.name}")
    with disk_errors(str(out)):
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            command: list[str | Path] = [programs.ffmpeg(), "-v", "error", "-nostdin", "-y", *inputs, *how]
            programs.run([*command, "-fflags", "+bitexact", fresh], timeout=_PATIENCE, cancelled=cancelled)
            fresh.replace(out)
        finally:
            fresh.unlink(missing_ok=True)
