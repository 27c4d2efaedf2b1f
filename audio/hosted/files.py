"""What a service hands over as sound: looked through before it counts, and read for what the house makes of it.

Knows no service.
"""

from __future__ import annotations

from pathlib import Path

from audio.voice import RATE, Samples
from projects.hosted.errors import VendorFailed
from projects.hosted.job import Purchase
from projects.steps import Json
from storyboard.errors import RenderError


def accept_sound(purchase: Purchase, file: Path) -> dict[str, Json]:
    """Seconds of a sound file and whether anything is heard in it; raises VendorFailed for none."""
    import numpy as np

    from audio.signal.files import decoded

    samples, peak = 0, 0.0
    try:
        for block in decoded(file, f"the sound of {purchase.service}"):
            samples += len(block)
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
    except RenderError as problem:
        raise VendorFailed(f"{purchase.service} handed over something that is no sound: {problem.message}") from None
    if not samples:
        raise VendorFailed(f"{purchase.service} handed over a file without sound")
    if peak < 1e-4:
        raise VendorFailed(f"{purchase.service} handed over silence")
    return {"seconds": round(samples / RATE, 3)}


def stereo(file: Path, name: str) -> Samples:
    """The whole sound at 48 kHz, (n, 2); RenderError for none."""
    import numpy as np

    from audio.signal.files import decoded

    blocks = list(decoded(file, name))
    if not blocks:
        raise RenderError(f"{name} holds no sound", "buy it again")
    return np.concatenate(blocks)


def mono(file: Path, name: str) -> Samples:
    """The whole sound at 48 kHz, (n,): both sides as loud as one; RenderError for none."""
    import numpy as np

    whole = stereo(file, name)
    middle: Samples = (whole[:, 0] + whole[:, 1]) * np.float32(0.5)
    return middle
