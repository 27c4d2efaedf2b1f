"""Looks at what a service handed over before it counts as a clip. Knows no service."""

from __future__ import annotations

from pathlib import Path

from projects.hosted.errors import VendorFailed
from projects.hosted.job import Purchase
from projects.steps import Json
from scenes.media import probe
from storyboard.errors import WorkprintError


def accept_film(purchase: Purchase, file: Path) -> dict[str, Json]:
    """Width, height, rate (`24/1`), seconds, frames and whether there is sound; raises VendorFailed for no film."""
    try:
        info = probe(file, f"the clip of {purchase.service}")
    except WorkprintError as problem:
        raise VendorFailed(f"{purchase.service} handed over something that is no film: {problem.message}") from None
    if not info.frames or not info.seconds:
        raise VendorFailed(f"{purchase.service} handed over a film without pictures")
    return {
        "width": info.width,
        "height": info.height,
        "rate": f"{info.rate.numerator}/{info.rate.denominator}",
        "frames": info.frames,
        "seconds": round(float(info.seconds), 3),
        "sound": info.has_audio,
    }
