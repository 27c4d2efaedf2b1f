"""Versions of FFmpeg's libraries, told without loading them where that is certain.

PyAV's wheels carry the libraries beside the package, under names that end in their versions. Anything else (a build
from source, wheels of systems that name libraries otherwise) is loaded and asked. Knows nothing of films.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

_NAMED = re.compile(r"(lib\w+)-[0-9a-f]{8,}\.so\.(\d+(?:\.\d+){2})")
"""What a library that `auditwheel` put into a wheel is called: its name, a digest of it, its full version."""


@cache
def library_versions(names: Sequence[str]) -> dict[str, str]:
    """The versions of these of FFmpeg's libraries (`libavcodec` ...), as the PyAV that is installed here uses them."""
    carried = carried_versions(_beside("av"))
    if all(name in carried for name in names):
        return {name: carried[name] for name in names}
    import av

    return {name: ".".join(map(str, av.library_versions[name])) for name in names}


@cache
def pyav_version() -> str:
    """The version of PyAV."""
    return version("av")


def carried_versions(folder: Path | None) -> dict[str, str]:
    """The libraries that a wheel carries in `folder`, with their versions; none where one is there twice."""
    found: dict[str, str] = {}
    for path in folder.iterdir() if folder and folder.is_dir() else ():
        named = _NAMED.fullmatch(path.name)
        if named and named[1] in found:
            return {}
        if named:
            found[named[1]] = named[2]
    return found


def _beside(package: str) -> Path | None:
    """Where the wheel of a package carries its libraries, if it does."""
    found = find_spec(package)
    return Path(found.origin).parent.with_name(f"{package}.libs") if found and found.origin else None
