"""What the licences of known models allow, as data with the date on which each was read.

Unknown stays unknown: nothing is guessed from a name. Told after the render, kept in receipts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from projects.weights import LocalModel, Setting, Weights

Commercial = Literal["yes", "no", "conditional", "unknown"]


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of one model. `checked` is an ISO date, or "" where nobody has read it."""

    name: str
    commercial: Commercial = "unknown"
    condition: str = ""
    checked: str = ""

    def told(self) -> str:
        """One line for people."""
        sold = {
            "yes": "commercial use allowed",
            "no": "no commercial use",
            "conditional": f"commercial use under conditions: {self.condition}",
            "unknown": "commercial use unknown, read its licence",
        }[self.commercial]
        limits = f"; {self.condition}" if self.condition and self.commercial != "conditional" else ""
        return f"{self.name} ({sold}{limits}{f'; checked {self.checked}' if self.checked else ''})"


UNKNOWN = Licence("licence unknown")

_TABLE: Mapping[str, Licence] = MappingProxyType(
    {
        "Wan-AI/Wan2.2": Licence("Apache-2.0", "yes", checked="2026-11-22"),
        "Lightricks/LTX-2": Licence(
            "LTX-2 Community License",
            "conditional",
            "free below 10 million US dollars of yearly revenue; watermarks and disclosure may not be removed",
            "2026-11-22",
        ),
        "hunyuanvideo-community/": Licence(
            "Tencent Hunyuan Community License",
            "conditional",
            "not in the EU, the UK and South Korea, outputs included; over 100 million monthly users must ask",
            "2026-11-22",
        ),
        "stabilityai/stable-video-diffusion": Licence(
            "Stable Video Diffusion Non-Commercial Community License",
            "no",
            "as of its text of 2023-11-21; a later release may come with another one",
            "2026-11-22",
        ),
        "stabilityai/stable-diffusion-xl-base-1.0": Licence(
            "CreativeML Open RAIL++-M", "conditional", "the uses that its attachment A forbids", "2026-11-22"
        ),
        "black-forest-labs/FLUX.1-dev": Licence(
            "FLUX.1 [dev] Non-Commercial License",
            "conditional",
            "the model may be run for non-commercial purposes only; what it made may be used for any, but not to train "
            "a model that competes with it",
            "2026-11-22",
        ),
        "cerspense/zeroscope": Licence("CC-BY-NC-4.0 by its card, not read here", "unknown"),
    }
)
"""By the beginning of the repository's name; the longest that fits counts."""


def licences() -> Mapping[str, Licence]:
    """What was read, by the beginning of a repository's name."""
    return _TABLE


def told_with_licence(wanted: Weights) -> Weights:
    """Weights that are to be fetched, with what is known of their licence, for the message that says so."""
    known = licence_for(wanted.repo)
    return wanted if wanted.licence or known is UNKNOWN else replace(wanted, licence=known.told())


def licence_for(repo: str, stated: str = "") -> Licence:
    """What is known of a repository's licence; else the name that its own card states, with nothing claimed of it."""
    fitting = [begin for begin in _TABLE if repo.startswith(begin)]
    if fitting:
        return _TABLE[max(fitting, key=len)]
    return Licence(stated) if stated else UNKNOWN


def pins(places: Mapping[str, LocalModel], asked: Mapping[str, Setting]) -> list[str]:
    """What is said of weights that another day might be others: how to hold on to these."""
    told = []
    for part, place in places.items():
        begin = f"{part}_" if part else ""
        if place.revision and f"{begin}folder" not in asked and not asked.get(f"{begin}revision"):
            told.append(f"{place.repo} is here as {place.revision}: `{begin}revision: {place.revision}` keeps to it")
    return told
