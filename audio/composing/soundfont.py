"""Where a General MIDI sound font lies on this machine. Knows nothing of what plays it."""

from __future__ import annotations

import os
from pathlib import Path

FONT_VARIABLE = "WORKPRINT_SOUNDFONT"
"""Names the sound font to play with; unset means the first one found where systems keep them."""

_FOLDERS = ("/usr/share/sounds/sf3", "/usr/share/sounds/sf2", "/usr/share/soundfonts", "/opt/homebrew/share/sounds/sf3")
_FONTS = ("MuseScore_General.sf3", "MuseScore_General_Full.sf3", "MuseScore_General_Lite.sf3", "MuseScore_General.sf2",
          "FluidR3Mono_GM.sf3", "FluidR3_GM.sf2")  # fmt: skip


def font() -> Path | None:
    """The sound font that is played with, None where there is none."""
    named = os.environ.get(FONT_VARIABLE, "")
    if named:
        path = Path(named).expanduser()
        return path.resolve() if path.is_file() else None
    for name in _FONTS:
        for folder in _FOLDERS:
            path = Path(folder) / name
            if path.is_file():
                return path.resolve()
    return None
