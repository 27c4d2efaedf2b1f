"""The schema that lies in a project for editors: kept as new as the program that reads the storyboard.

Only where the storyboard's own heading names it. Knows no editor.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import DiskError
from workprint.opening import seen_from_here
from workprint.streams import plain

if TYPE_CHECKING:
    from projects.workspace import Workspace

SCHEMA = ".workprint/storyboard.schema.json"
"""Where the schema lies that lets an editor complete and check the storyboard, relative to it."""
_HEADING = 10
"""Lines at the beginning of a file in which editors look for its schema."""


def refreshed_schema(workspace: Workspace) -> str:
    """Write the schema anew where it is missing or of another version; gives what a person should know of it, or ""."""
    heading = workspace.read_storyboard().split(b"\n", _HEADING)[:_HEADING]
    if not any(b"yaml-language-server" in line and SCHEMA.encode() in line for line in heading):
        return ""
    from projects.disk import replace_bytes
    from storyboard import schema

    path = workspace.folder / SCHEMA
    wanted = schema.text().encode("utf-8")
    there = _read(path)
    if there == wanted:
        return ""
    shown = plain(seen_from_here(path))
    try:
        replace_bytes(path, wanted)
    except DiskError as problem:
        return f"the schema for editors is out of date and cannot be written: {problem.message}"
    return f"wrote {shown}, which was {'out of date' if there else 'missing'}: editors complete by it"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
