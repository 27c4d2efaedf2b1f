"""Other assemblers on the same work, each from its own environment, never from the project's.

Each gets the clips, the voices' places, the music and as much of the sound as it can do; what it leaves out is said.
A peer that cannot be installed or fails is a row that says why.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.assembly_checks import Quality, colour_tags, frame_count, quality
from benchmarks.assembly_film import ENVIRONMENT, make_film
from benchmarks.assembly_graph import graph_command
from benchmarks.assembly_meter import Cost, FailedRunError, measure
from benchmarks.assembly_work import CLIP_FRAMES, FFMPEG, RATE, Work

SCRIPTS = Path(__file__).parent / "peers"
LESS = "no ducking, no loudness"


class AbsentPeerError(RuntimeError):
    """A peer that cannot be run here, and why."""


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One assembler's run; without a cost, `remark` says why there is none."""

    name: str
    cost: Cost | None
    quality: Quality | None
    tags: str
    remark: str

    def told(self) -> list[str]:
        """The cells of a table."""
        if self.cost is None:
            return [self.name, *["-"] * 8, self.remark]
        figures = [f"{self.cost.cpu:.1f}", f"{self.cost.wall:.1f}", f"{self.cost.peak:.0f}"]
        seen = ["-"] * 4
        if (found := self.quality) is not None:
            seen = [
                f"{found.body:.1f} / {found.body_least:.1f}",
                f"{found.chroma:.1f}",
                f"{found.fade:.1f} / {found.fade_least:.1f}",
                f"{found.stray:.2f}",
            ]
        return [self.name, *figures, *seen, self.tags, self.remark]

    def as_json(self) -> dict[str, Any]:
        """Plain data, without what the program said."""
        plain = asdict(self)
        if plain["cost"]:
            del plain["cost"]["said"]
        return plain


@dataclass(frozen=True, slots=True)
class Peer:
    """How to run an assembler: the command for some work, and what it does less or otherwise."""

    command: Callable[[Work, Path, Path], Sequence[str | Path]]
    remark: str


def run_peers(work: Work, root: Path, names: Sequence[str], folder: str) -> list[PeerRow]:
    """Run ours with nothing cached, and the peers named (`all` for all), one after the other."""
    home = Path(folder).resolve() if folder else root / "environments"
    home.mkdir(parents=True, exist_ok=True)
    film = make_film(work, root, "veryfast")
    film.restore("")
    rows = [_row("ours, nothing cached", work, film.command(), film.delivered(), "")]
    for name in PEERS if "all" in names else names:
        out = root / f"peer-{name}.mp4"
        out.unlink(missing_ok=True)
        try:
            command = PEERS[name].command(work, out, home)
        except AbsentPeerError as reason:
            rows.append(PeerRow(name, None, None, "", str(reason)))
            continue
        print(f"peer {name}", flush=True)
        rows.append(_row(name, work, command, out, PEERS[name].remark))
    return rows


def _row(name: str, work: Work, command: Sequence[str | Path], out: Path, remark: str) -> PeerRow:
    # The bundled ffmpeg comes last: a whole installation, with ffprobe, goes before it where there is one.
    with_ffmpeg = {**ENVIRONMENT, "PATH": os.pathsep.join([os.environ["PATH"], str(_ffmpeg_folder(out.parent))])}
    try:
        cost = measure(command, work.folder, with_ffmpeg)
    except FailedRunError as reason:
        told = [line for line in str(reason).splitlines() if any(sign.isalpha() for sign in line)]
        return PeerRow(name, None, None, "", " ".join(told[-2:])[-160:])
    frames = frame_count(out)
    if frames != work.frames:
        return PeerRow(name, cost, None, colour_tags(out), f"{frames} frames, {work.frames} were due; {remark}")
    return PeerRow(name, cost, quality(out, work), colour_tags(out), remark)


def _ffmpeg_folder(root: Path) -> Path:
    """A folder in which the bundled ffmpeg is called `ffmpeg`, for programs that look for it."""
    folder = root / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "ffmpeg").exists():
        (folder / "ffmpeg").symlink_to(FFMPEG)
    return folder


def _job(work: Work, out: Path) -> str:
    """The work in plain JSON, for a peer's script."""
    scenes = [
        {
            "clip": str(clip),
            "start": one.start / RATE,
            "fade_in": one.fade_in / RATE,
            "fade_out": one.fade_out / RATE,
            "voice": str(voice),
            "voice_at": one.voice_at,
        }
        for one, clip, voice in zip(work.placed(), work.clips, work.voices, strict=True)
    ]
    whole = {"scenes": scenes, "music": str(work.music), "seconds": work.frames / RATE, "rate": RATE, "out": str(out)}
    return json.dumps(whole)


def _python(package: str, version: str) -> Callable[[Work, Path, Path], Sequence[str | Path]]:
    """A peer that is a Python library, driven by its script in `peers`."""

    def command(work: Work, out: Path, home: Path) -> Sequence[str | Path]:
        interpreter = home / package / "bin" / "python"
        if not interpreter.exists():
            _install([sys.executable, "-m", "venv", str(home / package)], home, package)
            _install([str(interpreter), "-m", "pip", "install", "-q", f"{package}=={version}"], home, package)
        return [interpreter, SCRIPTS / f"{package}_film.py", _job(work, out)]

    return command


def _melt(work: Work, out: Path, home: Path) -> Sequence[str | Path]:  # noqa: ARG001 - the peers' common shape
    program = shutil.which("melt")
    if program is None:
        raise AbsentPeerError("melt is not installed (Debian: apt install melt)")
    words: list[str] = []
    for one, clip in zip(work.placed(), work.clips, strict=True):
        words += [str(clip), f"out={CLIP_FRAMES - 1}"]
        if one.number:
            words += ["-mix", str(one.fade_in), "-mixer", "luma"]
    words += ["-audio-track"]
    at = 0
    for one, voice in zip(work.placed(), work.voices, strict=True):
        begin = round(one.voice_at * RATE)
        words += ["-blank", str(begin - at - 1), str(voice), f"out={3 * RATE - 1}"]
        at = begin + 3 * RATE
    words += ["-audio-track", str(work.music), f"out={work.frames - 1}"]
    for track in (1, 2):
        words += ["-transition", "mix", "a_track=0", f"b_track={track}", "always_active=1", "sum=1"]
    coded = ["vcodec=libx264", "preset=veryfast", "crf=20", "acodec=aac", "ab=192k", "movflags=+faststart", "threads=2"]
    return [program, "-profile", "atsc_720p_24", *words, "-consumer", f"avformat:{out}", *coded, "real_time=-2"]


def _editly(work: Work, out: Path, home: Path) -> Sequence[str | Path]:
    program = home / "editly" / "node_modules" / ".bin" / "editly"
    screen = shutil.which("xvfb-run")
    if not program.exists() or screen is None:
        raise AbsentPeerError("editly 0.14.2 with canvas and gl rebuilt, and xvfb-run, are not there")
    clips = [
        {
            "layers": [{"type": "video", "path": str(clip)}],
            "duration": CLIP_FRAMES / RATE,
            "transition": {"name": "fade", "duration": one.fade_out / RATE} if one.fade_out else None,
        }
        for one, clip in zip(work.placed(), work.clips, strict=True)
    ]
    voices = [
        {"path": str(voice), "start": one.voice_at} for one, voice in zip(work.placed(), work.voices, strict=True)
    ]
    spec = {
        "outPath": str(out),
        "width": 1280,
        "height": 720,
        "fps": RATE,
        "clips": clips,
        "audioTracks": [{"path": str(work.music)}, *voices],
        "customOutputArgs": ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"],
    }
    plan = home / "editly.json"
    plan.write_text(json.dumps(spec), encoding="utf-8")
    return [screen, "-a", program, plan]


def _ffmpeg(work: Work, out: Path, home: Path) -> Sequence[str | Path]:  # noqa: ARG001 - the peers' common shape
    return graph_command(work, work.clips, out, "veryfast")


def _install(words: Sequence[str], home: Path, name: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(home / name, ignore_errors=True)
        raise AbsentPeerError(f"cannot be installed: {done.stderr.strip().splitlines()[-1][:80]}")


PEERS: Mapping[str, Peer] = {
    "ffmpeg": Peer(_ffmpeg, "one graph"),
    "melt": Peer(_melt, LESS),
    "movielite": Peer(_python("movielite", "0.2.2"), LESS),
    "moviepy": Peer(_python("moviepy", "2.2.1"), LESS),
    "movis": Peer(_python("movis", "0.7.1"), LESS),
    "editly": Peer(_editly, LESS),
}
