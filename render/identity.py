"""Versions of what computes pictures and sound, for fingerprints: whatever can change a pixel or a sample is named."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from projects.installation import DISTRIBUTION
from projects.plugins import find
from scenes.faces import faces_identity
from scenes.frames import TAKE_PROFILE, coder_identity
from scenes.rife import rife_identity
from scenes.upscaling import upscaler_identity

SOUND = "5"
"""Raised whenever a sample may come out differently."""


@cache
def sound_identity() -> str:
    """The house's own version and those of the libraries that reckon with samples."""
    libraries = ("numpy", "scipy", "soundfile", "soxr")
    return ", ".join([f"sound/{SOUND}", *(f"{name} {version(name)}" for name in libraries)])


PICTURE = "4"
"""Raised whenever conforming, grading or blending may give another pixel."""


@cache
def picture_identity() -> str:
    """The house's own version and those of the libraries that code, scale, grade and blend pictures."""
    libraries = ("numpy", "opencv-python-headless")
    parts = [f"picture/{PICTURE}", *(f"{name} {version(name)}" for name in libraries)]
    parts += [faces_identity(), upscaler_identity(), rife_identity()]
    return ", ".join([*parts, f"takes {TAKE_PROFILE.preset} crf {TAKE_PROFILE.crf}", coder_identity()])


@cache
def transition_identity(kind: str) -> str:
    """The distribution that brings a transition, and its version; "" for the house's own: `PICTURE` speaks for them."""
    entry = find("workprint.transitions").get(kind)
    if entry is None or entry.dist is None or entry.dist.name == DISTRIBUTION:
        return ""
    return f"{kind} of {entry.dist.name} {entry.dist.version}"
