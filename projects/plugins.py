"""The registry of plug-ins: what is installed behind a group of entry points, loaded only when asked for.

The built-in backends come through the same door as anybody else's. Knows nothing of what a plug-in does.
"""

from __future__ import annotations

import difflib
import functools
import sys
from importlib import metadata
from typing import Any, Literal

from projects.installation import BrokenInstallError
from storyboard.errors import MissingError, WorkprintError

Group = Literal[
    "workprint.clips",
    "workprint.voices",
    "workprint.scores",
    "workprint.effects",
    "workprint.transitions",
    "workprint.exports",
    "workprint.rules",
]

_MEANING = {
    "workprint.clips": "clip backend",
    "workprint.voices": "voice engine",
    "workprint.scores": "score backend",
    "workprint.effects": "effect maker",
    "workprint.transitions": "transition",
    "workprint.exports": "export",
    "workprint.rules": "rule of the check",
}


def find(group: Group) -> dict[str, metadata.EntryPoint]:
    """The plug-ins of a group by name, sorted; none is imported.

    Raises BrokenInstallError when two distributions offer different plug-ins under one name.
    """
    return dict(_found(group, tuple(sys.path)))


def load(group: Group, name: str) -> Any:
    """The object behind one plug-in, imported now.

    Raises MissingError for an unknown name (with suggestions) and for a plug-in that cannot be imported.
    """
    known = find(group)
    if name not in known:
        raise _unknown(group, name, tuple(known))
    entry = known[name]
    try:
        return entry.load()
    except WorkprintError:
        raise
    except Exception as problem:
        raise MissingError(
            f"the {_MEANING[group]} '{name}' of the distribution {distribution_of(entry)} cannot be loaded: "
            f"{type(problem).__name__}: {problem}",
            f"Reinstall {distribution_of(entry)} with what it needs, or uninstall it.",
        ) from problem


@functools.cache
def _found(group: Group, paths: tuple[str, ...]) -> dict[str, metadata.EntryPoint]:
    """What is installed, sorted once for each search path: a film with many scenes asks as often as it has scenes."""
    found: dict[str, metadata.EntryPoint] = {}
    for entry in sorted(_installed(paths)[group], key=lambda e: (e.name, distribution_of(e), e.value)):
        earlier = found.setdefault(entry.name, entry)
        # One distribution may be met twice on sys.path (an editable install beside its metadata): that is no clash.
        if (distribution_of(earlier), earlier.value) != (distribution_of(entry), entry.value):
            owners = f"{distribution_of(earlier)} and {distribution_of(entry)}"
            raise BrokenInstallError(
                f"two distributions offer the {_MEANING[group]} '{entry.name}': {owners}",
                "Uninstall one of them; a name can have only one meaning.",
            )
    return found


@functools.cache
def _installed(paths: tuple[str, ...]) -> dict[str, metadata.EntryPoints]:
    """What is installed on a search path by group, all groups read together: they lie in the same files."""
    del paths
    every = metadata.entry_points()
    return {group: every.select(group=group) for group in _MEANING}


def distribution_of(entry: metadata.EntryPoint) -> str:
    """Name of the distribution that brings a plug-in."""
    return _name_of(entry.dist) if entry.dist is not None else "unknown"


@functools.cache
def _name_of(distribution: metadata.Distribution) -> str:
    """The name in a distribution's metadata, parsed once: one distribution brings many plug-ins."""
    return str(distribution.name)


def _unknown(group: Group, name: str, known: tuple[str, ...]) -> MissingError:
    near = difflib.get_close_matches(name, known, n=1)
    suggestion = f"Did you mean '{near[0]}'? " if near else ""
    listing = ", ".join(known) or "none"
    return MissingError(f"there is no {_MEANING[group]} '{name}'", f"{suggestion}Installed: {listing}.")
