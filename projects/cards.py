"""The graphics cards of this machine, as the driver shows them: found without loading anything that works on them.

Knows nothing of models.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

CARDS_VARIABLE = "CUDA_VISIBLE_DEVICES"
"""What says to a process which cards it may see."""


def cards(devices: Path = Path("/dev")) -> tuple[str, ...]:
    """Names of the cards that this process may use, as `CARDS_VARIABLE` takes them; none where there is no driver."""
    allowed = os.environ.get(CARDS_VARIABLE)
    if allowed is not None:
        named = tuple(part.strip() for part in allowed.split(","))
        # As the driver reads it: what follows an empty or negative entry does not count.
        stop = next((n for n, part in enumerate(named) if not part or part.startswith("-")), len(named))
        return named[:stop]
    try:
        numbers = [found[1] for path in devices.iterdir() if (found := re.fullmatch(r"nvidia(\d+)", path.name))]
    except OSError:
        return ()
    return tuple(sorted(numbers, key=int))
