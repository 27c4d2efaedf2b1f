"""Older versions of the format to the current one, dict to dict.

Each upgrade takes a document one version further. Knows no models and no places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from storyboard.errors import UnreadableError

CURRENT = 1
"""The version that `workprint:` names today."""

Document = dict[str, Any]
Upgrade = Callable[[Document], Document]

UPGRADES: Mapping[int, Upgrade] = {}
"""Version to the function that takes a document of it one version further; version 1 is the first."""


def upgrade(document: Document, upgrades: Mapping[int, Upgrade] = UPGRADES, current: int = CURRENT) -> Document:
    """Return the document in the current version.

    Raises UnreadableError (E120) where the version is missing, not a whole number, or newer than this program.
    """
    version = document.get("workprint")
    hint = f"begin the file with `workprint: {current}`"
    if version is None:
        raise UnreadableError("the storyboard does not say its format version", hint, "E120")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise UnreadableError(f"'{str(version)[:40]}' is not a format version", hint, "E120")
    if version > current:
        message = f"the storyboard has format version {int(version)}; this workprint reads up to {current}"
        raise UnreadableError(message, "update workprint", "E120")
    while version < current:
        document = upgrades[version](document)
        version += 1
        document = {**document, "workprint": version}
    return document
