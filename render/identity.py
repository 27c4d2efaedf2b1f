"""Versions of what computes sound, for fingerprints: whatever can change a sample is named here."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

SOUND = "1"
"""Raised whenever a sample may come out differently."""


@cache
def sound_identity() -> str:
    """The house's own version and those of the libraries that reckon with samples."""
    libraries = ("numpy", "scipy", "soundfile", "soxr")
    return ", ".join([f"sound/{SOUND}", *(f"{name} {version(name)}" for name in libraries)])
