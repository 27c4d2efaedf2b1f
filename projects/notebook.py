"""Notebooks: small JSON files of what need not be worked out twice.

Losing one costs time and nothing else, so neither a damaged one nor a full disk stops anybody. What must not be lost
is kept elsewhere. Knows nothing of what is noted.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from projects.disk import replace_json
from storyboard.errors import DiskError


def read_notebook(path: Path | None) -> dict[str, Any]:
    """What was noted, whatever it is: the reader checks each note; nothing where there is no readable notebook."""
    if path is None:
        return {}
    try:
        noted = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def write_notebook(path: Path | None, noted: dict[str, Any]) -> None:
    """Write a whole notebook anew; does nothing for None, and nothing on a disk that cannot be written."""
    if path is None:
        return
    try:
        replace_json(path, noted)
    except DiskError:
        # The next write of the render meets the same disk and reports it with its place.
        return
