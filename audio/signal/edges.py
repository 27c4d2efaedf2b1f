"""pydub at the edges of the house: odd formats in, silence cut off, segments out in whatever format is asked for.

The mix itself is reckoned in floating point; here whole files pass through 16 or 32-bit integers. The only program
that is run is the house's ffmpeg, with arguments in a list. Knows no film.
"""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from audio.voice import RATE
from projects.programs import ffmpeg, run
from storyboard.errors import MissingError, RenderError

CONTAINERS = (
    "wav,w64,mp3,flac,ogg,aiff,au,amr,amrnb,amrwb,aac,ac3,eac3,dts,dtshd,truehd,caf,wv,ape,tta,asf,mov,mp4,m4a,3gp,3g2,"
    "mj2,matroska,webm,avi,mpegts,mpeg,mxf,flv,nut,gsm,voc,oma,qcp,rm,tak,mpc,mpc8,dsf,spx,sox,avr,ircam,nistsphere,"
    "paf,pvf,rso,smjpeg,wtv,xa,adx,loas,mpegvideo,dv"
)
"""What is opened: containers that carry their sound themselves, and no playlists that name other files."""

FORMATS = {
    ".wav": ("wav", ()),
    ".flac": ("flac", ("-bitexact",)),
    ".mp3": ("mp3", ("-codec:a", "libmp3lame", "-q:a", "2", "-bitexact")),
    ".ogg": ("ogg", ("-codec:a", "libvorbis", "-q:a", "6", "-bitexact")),
    ".opus": ("opus", ("-codec:a", "libopus", "-b:a", "128k", "-bitexact")),
    ".m4a": ("ipod", ("-codec:a", "aac", "-b:a", "192k", "-bitexact")),
    ".aiff": ("aiff", ("-bitexact",)),
}
"""What segments can be exported as, by the ending of the file's name: ffmpeg's format and its settings."""


@cache
def _pydub() -> ModuleType:
    """pydub, its complaints about the age of Python's own modules and about a missing ffmpeg left unsaid.

    It looks for programs of the system when it is loaded, but none of them is ever run: the house gives it samples.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            import pydub
            import pydub.silence
        except ImportError as problem:
            raise MissingError("the Python package pydub is not installed", "pip install pydub") from problem
    module: ModuleType = pydub
    return module


def opened(path: Path, name: str) -> Any:
    """A sound file of any format that the house's ffmpeg reads, as a pydub segment (48 kHz, stereo, 32 bit).

    Only the file itself is read: playlists and addresses inside it are not followed. Raises RenderError where it is
    no sound.
    """
    only: list[str | Path] = [
        "-nostdin",
        "-v",
        "error",
        "-protocol_whitelist",
        "file,pipe",
        "-format_whitelist",
        CONTAINERS,
    ]
    only += ["-i", path.absolute(), "-map", "0:a:0"]
    try:
        wave = run([ffmpeg(), *only, "-ac", "2", "-ar", str(RATE), "-f", "s32le", "-bitexact", "pipe:1"]).stdout
    except RenderError as problem:
        raise RenderError(
            f"{name} is not a sound file that can be read", "give a sound file such as WAV, FLAC, MP3, OGG or M4A"
        ) from problem
    if not wave:
        raise RenderError(f"{name} holds no sound", "export it again, or leave it out")
    return _pydub().AudioSegment(data=wave, sample_width=4, frame_rate=RATE, channels=2)


def import_odd(path: Path, out: Path, name: str = "") -> int:
    """Brings a file of any format in as a 48 kHz stereo WAV (32 bit) at `out`; gives its samples per channel.

    For what FFmpeg's libraries in this process cannot read, but the program can. Raises RenderError as `opened`.
    """
    segment = opened(path, name or path.name)
    _written(segment, out)
    return int(segment.frame_count())


def trimmed_silence(path: Path, out: Path, name: str = "", below: float = -50.0, kept: float = 0.05) -> tuple[int, int]:
    """Writes a sound file without the silence at its ends as WAV at `out`.

    Silence lies `below` so many dB of full scale; `kept` seconds of it stay at either end. Gives the samples that
    were cut off before and behind. Raises RenderError where all of it is silent.
    """
    segment = opened(path, name or path.name)
    silence = _pydub().silence
    total, margin = len(segment), round(1000 * kept)
    ahead = int(silence.detect_leading_silence(segment, below, 5))
    if ahead >= total:
        raise RenderError(f"{name or path.name} is silent from end to end", "record it again, or leave it out")
    behind = int(silence.detect_leading_silence(segment.reverse(), below, 5))
    first, last = max(0, ahead - margin), total - max(0, behind - margin)
    _written(segment[first:last], out)
    samples = RATE // 1000
    return first * samples, max(0, int(segment.frame_count()) - last * samples)


def export_segment(path: Path, out: Path, start: float, seconds: float, fade: float = 0.0) -> None:
    """Writes `seconds` of a sound file from `start` on at `out`, in the format that the name of `out` ends with.

    It is faded in and out over `fade` seconds. The same request gives the same bytes. Raises RenderError for a format
    that is not in `FORMATS`, or where there is no such stretch.
    """
    kind = out.suffix.lower()
    if kind not in FORMATS:
        known = ", ".join(suffix.removeprefix(".") for suffix in FORMATS)
        raise RenderError(f"sound cannot be written as {kind or out.name!r}", f"choose one of {known}")
    segment = opened(path, path.name)
    part = segment[round(1000 * start) : round(1000 * (start + seconds))]
    if start < 0 or not len(part):
        raise RenderError(
            f"{path.name} has no sound from {start:g} s to {start + seconds:g} s",
            f"it is {len(segment) / 1000:g} s long",
        )
    if fade > 0:
        over = min(round(1000 * fade), len(part) // 2)
        part = part.fade_in(over).fade_out(over)
    if kind == ".wav":
        _written(part, out)
        return
    form, settings = FORMATS[kind]
    told = [
        "-nostdin",
        "-v",
        "error",
        "-f",
        "s32le",
        "-ar",
        str(RATE),
        "-ac",
        "2",
        "-i",
        "pipe:0",
        "-map_metadata",
        "-1",
    ]
    run([ffmpeg(), *told, *settings, "-f", form, "-y", out.absolute()], stdin=part.raw_data)


def _written(segment: Any, out: Path) -> None:
    """The segment as a WAV, by pydub itself and without any program."""
    with out.open("wb") as file:
        segment.export(file, format="wav")
