"""Looks at this machine: Python, libraries, programs, fonts, plug-ins and voices, disk.

Each look gives findings with remedies and never raises for what is missing. Knows no films but their folder.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects import installation, plugins, programs
from storyboard.errors import WorkprintError

if TYPE_CHECKING:
    from audio.voice import VoiceInfo

ROOM = 2_000_000_000
"""Bytes free below which a render may not find room."""

_LIBRARIES = {
    "av": "pip install --force-reinstall av",
    "numpy": "pip install --force-reinstall numpy",
    "cv2": "pip install --force-reinstall opencv-python-headless",
    "PIL": "pip install --force-reinstall pillow",
    "scipy": "pip install --force-reinstall scipy",
    "soundfile": "pip install --force-reinstall soundfile",
    "skia": "pip install --force-reinstall skia-python; on Linux also: sudo apt install libegl1 libgl1 libexpat1",
}
_DISTRIBUTIONS = {"cv2": "opencv-python-headless", "PIL": "pillow", "skia": "skia-python"}
_FONTS = {"noto-sans": "fontpkg-noto-sans", "pt-serif": "fontpkg-pt-serif"}

_KINDS: dict[plugins.Group, str] = {
    "workprint.clips": "clip",
    "workprint.voices": "voice",
    "workprint.scores": "score",
    "workprint.transitions": "transition",
    "workprint.exports": "export",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `state` is ok, advice (films can be made without it) or needed."""

    what: str
    state: str
    told: str
    remedy: str = ""

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Plugin:
    """One plug-in; `problems` holds pairs of what stands in its way and what mends it."""

    kind: str
    name: str
    distribution: str
    summary: str
    problems: tuple[tuple[str, str], ...] = ()
    loads: bool = True

    @property
    def works(self) -> bool:
        """Whether nothing stands in its way."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {**asdict(self), "works": self.works}


@dataclass(frozen=True, slots=True)
class Offered:
    """A voice of an engine: whether it can speak here, and what would let it speak."""

    info: VoiceInfo
    works: bool
    remedy: str = ""

    def speaks(self, language: str) -> bool:
        """Whether it speaks a language, whatever the region."""
        return self.info.language in ("*", language) or _primary(self.info.language) == _primary(language)

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {**asdict(self.info), "works": self.works, "remedy": self.remedy}


def _primary(tag: str) -> str:
    return tag.casefold().split("-")[0]


def examine(folder: Path | None) -> Iterator[Finding]:
    """Look at everything; `folder` is the project's, or None to look at the current folder's disk."""
    yield _python()
    yield _installation()
    for module, remedy in _LIBRARIES.items():
        yield _library(module, remedy)
    yield _coders()
    yield _ffmpeg()
    for package, distribution in _FONTS.items():
        yield _font(package, distribution)
    for plugin in examine_plugins():
        yield _plugin(plugin)
    yield from _keys()
    yield _signature()
    yield from _disk(folder or Path.cwd())


def examine_plugins() -> tuple[Plugin, ...]:
    """Every plug-in of every group, in order."""
    return tuple(
        _examine_plugin(group, kind, name, plugins.distribution_of(entry))
        for group, kind in _KINDS.items()
        for name, entry in plugins.find(group).items()
    )


def examine_voices() -> tuple[tuple[Offered, ...], tuple[tuple[str, str], ...]]:
    """Every voice, those of preferred engines first, and what keeps engines from speaking, with what mends it."""
    from audio.engines import rank

    voices: list[Offered] = []
    troubles: list[tuple[str, str]] = []
    for name in sorted(plugins.find("workprint.voices"), key=lambda name: (rank(name), name)):
        try:
            engine = plugins.load("workprint.voices", name)()
            found = [(f"{name}: {trouble.what}", trouble.fix) for trouble in engine.check()]
            remedy = "; ".join(fix for _, fix in found)
            voices += [Offered(info, works=not found, remedy=remedy) for info in engine.voices()]
        except WorkprintError as problem:
            found = [(problem.message, problem.hint)]
        troubles += found
    return tuple(voices), tuple(troubles)


def _examine_plugin(group: plugins.Group, kind: str, name: str, distribution: str) -> Plugin:
    try:
        made = plugins.load(group, name)()
    except WorkprintError as problem:
        return Plugin(kind, name, distribution, "cannot be loaded", ((problem.message, problem.hint),), loads=False)
    check: Callable[[], Sequence[Any]] = getattr(made, "check", tuple)
    problems = [*check()]
    if kind == "clip" and not problems:
        from scenes.recipes import lacking

        problems = [*lacking(made)]
    return Plugin(kind, name, distribution, _summary(made), tuple((found.what, found.fix) for found in problems))


def _summary(made: Any) -> str:
    """What a plug-in says of itself: its capabilities, or the first line of its docstring."""
    if hasattr(made, "capabilities"):
        return str(made.capabilities().summary)
    return (type(made).__doc__ or "").strip().split("\n", 1)[0]


def _python() -> Finding:
    told = f"{platform.python_version()} on {platform.platform()}"
    return Finding("Python", "ok", told)


def _installation() -> Finding:
    try:
        installation.check_installation()
    except WorkprintError as problem:
        return Finding("workprint", "needed", problem.message, problem.hint)
    return Finding("workprint", "ok", metadata.version("workprint"))


def _library(module: str, remedy: str) -> Finding:
    try:
        import_module(module)
    except ImportError as problem:
        return Finding(module, "needed", f"cannot be loaded: {problem}", remedy)
    return Finding(module, "ok", metadata.version(_DISTRIBUTIONS.get(module, module)))


def _coders() -> Finding:
    """Whether PyAV brings the encoders of picture and sound."""
    try:
        codec = import_module("av.codec")
        names = [name for name in ("libx264", "aac") if not _encodes(codec, name)]
    except ImportError as problem:
        return Finding("encoders", "needed", f"PyAV cannot be loaded: {problem}", _LIBRARIES["av"])
    if names:
        return Finding("encoders", "needed", f"PyAV lacks {', '.join(names)}", "Install PyAV's own wheel from PyPI.")
    return Finding("encoders", "ok", "libx264, aac")


def _encodes(codec: Any, name: str) -> bool:
    try:
        codec.Codec(name, "w")
    except ValueError:
        return False
    return True


def _ffmpeg() -> Finding:
    try:
        found = programs.ffmpeg()
        return Finding("ffmpeg", "ok", f"{programs.ffmpeg_version(found)} ({found})")
    except WorkprintError as problem:
        return Finding("ffmpeg", "needed", problem.message, problem.hint)


def _font(package: str, distribution: str) -> Finding:
    try:
        return Finding(f"font {package}", "ok", metadata.version(distribution))
    except metadata.PackageNotFoundError:
        return Finding(f"font {package}", "needed", "not installed", f"pip install {distribution}")


def _plugin(plugin: Plugin) -> Finding:
    """A plug-in that cannot work is a loss only where a film asks for it; one of the house's own must at least load."""
    what = f"{plugin.kind} {plugin.name}"
    if plugin.works:
        return Finding(what, "ok", plugin.summary)
    told, remedies = zip(*plugin.problems, strict=True)
    broken = not plugin.loads and plugin.distribution == installation.DISTRIBUTION
    return Finding(
        what, "needed" if broken else "advice", "; ".join(told), "; ".join(remedy for remedy in remedies if remedy)
    )


def _keys() -> Iterator[Finding]:
    """Where the key of each hosted service is found, never what it is."""
    from projects.hosted.catalogue import services
    from projects.hosted.keys import find_key, no_key

    try:
        entries = services()
    except WorkprintError as problem:
        yield Finding("hosted services", "needed", str(problem), problem.hint)
        return
    for name, entry in entries.items():
        if not entry.keys:
            continue
        if where := find_key(name)[1]:
            yield Finding(f"key of {entry.title}", "ok", f"set ({where})")
        elif not entry.key_optional:
            yield Finding(f"key of {entry.title}", "advice", *no_key(name))


def _signature() -> Finding:
    """With which certificate finished films are sealed."""
    from render.provenance import seal, signing

    if not seal.is_there():
        return Finding("C2PA", "advice", seal.MISSING, "pip install c2pa-python")
    if not signing.is_named():
        told = "films are sealed with a certificate of this computer's own, on no trust list"
        return Finding("C2PA", "ok", told)
    try:
        made = signing.credential()
    except WorkprintError as problem:
        return Finding("C2PA", "needed", problem.message, problem.hint)
    return Finding("C2PA", "ok", f"films are sealed with your own certificate ({made.algorithm})")


def _disk(folder: Path) -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile(dir=folder):
            yield Finding("folder", "ok", f"{folder} may be written")
    except OSError as problem:
        yield Finding("folder", "needed", f"{folder}: {problem.strerror}", "Mend its permissions, or take another.")
    try:
        free = shutil.disk_usage(folder).free
    except OSError as problem:
        yield Finding("disk space", "needed", f"{folder}: {problem.strerror}", "Look whether the disk is there.")
        return
    told = f"{free / 1e9:.1f} GB free, {os.cpu_count() or 1} processors"
    scarce = free < ROOM
    yield Finding("disk space", "advice" if scarce else "ok", told, "Free some space." if scarce else "")
