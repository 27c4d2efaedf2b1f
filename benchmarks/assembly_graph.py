"""The peer to beat: one filter graph of the bundled ffmpeg that decodes, fades, mixes, levels and codes everything.

As good as such a graph gets in one pass: a chain of `xfade`, voices delayed to their sample, music ducked under them,
one-pass `loudnorm`, x264 with the film's preset and quality, BT.709 tags, index in front.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.assembly_work import BT709, FFMPEG, RATE, SAMPLE_RATE, Placed, Work

UPRIGHT = (720, 1280)
"""Size of the second cut."""


def graph_command(work: Work, clips: Sequence[Path], out: Path, preset: str, *, upright: bool = False) -> list[str]:
    """The command line that makes the film of `clips` (one a scene), wide or, cropped and scaled, upright."""
    places = list(work.placed())
    inputs = [word for path in (*clips, *work.voices, work.music) for word in ("-i", str(path))]
    chains = [*_picture(places, upright=upright), *_sound(places, work.frames)]
    picture = ["-c:v", "libx264", "-preset", preset, "-crf", "20", "-pix_fmt", "yuv420p"]
    sound = ["-c:a", "aac", "-b:a", "192k", "-ar", str(SAMPLE_RATE)]
    mapped = ["-map", "[picture]", "-map", "[sound]"]
    whole = [*mapped, *picture, *sound, "-movflags", "+faststart", str(out)]
    return [FFMPEG, "-v", "error", "-nostdin", "-y", *inputs, "-filter_complex", ";".join(chains), *whole]


def _picture(places: Sequence[Placed], *, upright: bool) -> list[str]:
    """The chain of crossfades, cropped and scaled before where the cut is upright."""
    width, height = UPRIGHT
    fit = f"crop=406:720,scale={width}:{height}:flags=bicubic," if upright else ""
    chains = [f"[{one.number}:v]{fit}settb=1/{RATE},fps={RATE}[p{one.number}]" for one in places]
    last = "p0"
    for one in places[1:]:
        name = f"x{one.number}"
        offset, length = one.start / RATE, one.fade_in / RATE
        chains.append(f"[{last}][p{one.number}]xfade=transition=fade:duration={length:.6f}:offset={offset:.6f}[{name}]")
        last = name
    return [*chains, f"[{last}]format=yuv420p,{BT709}[picture]"]


def _sound(places: Sequence[Placed], frames: int) -> list[str]:
    """Voices at their places, music ducked by them, both levelled."""
    count = len(places)
    voices = [
        f"[{count + one.number}:a]adelay=delays={round(one.voice_at * SAMPLE_RATE)}S:all=1[v{one.number}]"
        for one in places
    ]
    names = "".join(f"[v{one.number}]" for one in places)
    spoken = f"{names}amix=inputs={count}:normalize=0,apad,atrim=end={frames / RATE:.6f}"
    return [
        *voices,
        f"{spoken},aformat=channel_layouts=stereo,asplit[voice][key]",
        f"[{2 * count}:a]atrim=end={frames / RATE:.6f}[bed]",
        "[bed][key]sidechaincompress=threshold=0.03:ratio=8:attack=100:release=400[music]",
        f"[voice][music]amix=inputs=2:normalize=0,loudnorm=I=-14:TP=-1.5:LRA=11,aresample={SAMPLE_RATE}[sound]",
    ]
