"""The repertory: every voice of every engine on this machine, which of them can speak, and how one is found by name.

Names are engine-neutral (`en/george`); several engines may offer one name, and the best that works speaks it. Knows
neither film nor character.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from audio.bought import BuysSpeech
from audio.engines import rank
from audio.voice import Trouble, VoiceBackend, VoiceInfo, VoiceMissing

_VOICE_FILE = re.compile(r"^[a-z][fm]_")


class _Troubles(Mapping[str, tuple[Trouble, ...]]):
    """What stands in the way of each engine, asked of it only when somebody wants to know: asking can take a second."""

    def __init__(self, installed: Mapping[str, VoiceBackend]) -> None:
        self._installed = installed
        self._told: dict[str, tuple[Trouble, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Trouble, ...]:
        if name not in self._told:
            self._told[name] = tuple(self._installed[name].check())
        return self._told[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._installed)

    def __len__(self) -> int:
        return len(self._installed)


@dataclass(frozen=True)
class Repertory:
    """Every voice that the engines `installed` offer, those of preferred engines first."""

    installed: Mapping[str, VoiceBackend]

    @cached_property
    def voices(self) -> tuple[VoiceInfo, ...]:
        """All voices, whether they can speak here or not."""
        ordered = sorted(self.installed, key=lambda name: (rank(name), name))
        return tuple(info for name in ordered for info in self.installed[name].voices())

    @cached_property
    def troubles(self) -> Mapping[str, tuple[Trouble, ...]]:
        """What stands in the way of each engine."""
        return _Troubles(self.installed)

    def works(self, info: VoiceInfo) -> bool:
        """Whether the voice's engine can speak here; for one that buys, that is asked where it is paid."""
        return self.buys(info.engine) or not self.troubles[info.engine]

    def buys(self, engine: str) -> bool:
        """Whether the lines of an engine are bought."""
        return isinstance(self.installed.get(engine), BuysSpeech)

    def speaking(self, language: str) -> tuple[VoiceInfo, ...]:
        """The voices for a language, whether they work or not; those that speak any language are at the end."""
        own = [info for info in self.voices if primary(info.language) == primary(language)]
        return (*own, *(info for info in self.voices if info.language == "*"))

    def called(self, name: str, language: str = "", engine: str = "") -> tuple[VoiceInfo, ...]:
        """The voices that a name means, the preferred engine's first; VoiceMissing, with suggestions, for no voice.

        A name is engine-neutral (`en/george`), such a name without its language, or an engine's own.
        """
        if isinstance(shop := self.installed.get(engine), BuysSpeech):
            return (shop.named(name),)
        return called(self.offered(engine), name, language, own=bool(engine))

    def offered(self, engine: str = "") -> tuple[VoiceInfo, ...]:
        """The voices of one engine, or of all that cost nothing.

        Raises VoiceMissing, with suggestions, for an engine that is not there.
        """
        if engine and engine not in self.installed:
            raise missing(f"there is no voice engine {engine!r}", engine, list(self.installed))
        if engine:
            return tuple(info for info in self.voices if info.engine == engine)
        return tuple(info for info in self.voices if not self.buys(info.engine))

    def best(self, found: Sequence[VoiceInfo]) -> VoiceInfo:
        """The first of these voices that works; VoiceMissing with the remedy of the first where none does."""
        working = next((info for info in found if self.works(info)), None)
        if working is None:
            trouble = self.troubles[found[0].engine][0]
            raise VoiceMissing(f"the voice {found[0].name} cannot speak here: {trouble.what}", trouble.fix)
        return working

    def remedies(self, infos: Sequence[VoiceInfo]) -> tuple[str, ...]:
        """What would let the engines of these voices speak, each remedy once."""
        fixes = (trouble.fix for info in infos for trouble in self.troubles.get(info.engine, ()))
        return tuple(dict.fromkeys(fixes))


def called(offered: Sequence[VoiceInfo], name: str, language: str = "", *, own: bool = False) -> tuple[VoiceInfo, ...]:
    """Those of the offered voices that a name means, in their order; VoiceMissing for none, with suggestions.

    With `own` the engines' own names are among these.
    """
    wanted = name.casefold()
    for spelling in (
        lambda info: info.name.casefold() == wanted,
        lambda info: info.name.casefold() == f"{primary(language)}/{wanted}",
        lambda info: info.own.casefold() == wanted,
        # Kokoro's files are called `bm_george`: language, gender, name.
        lambda info: _VOICE_FILE.sub("", wanted) == info.own.casefold() != wanted,
    ):
        found = tuple(filter(spelling, offered))
        if found:
            return found
    raise missing(
        f"there is no voice {name!r}", name, [info.name for info in offered] + [info.own for info in offered if own]
    )


def primary(tag: str) -> str:
    """The language of a tag without region or script: `en` of `en-GB`."""
    return tag.casefold().split("-")[0]


def missing(what: str, name: str, known: Sequence[str]) -> VoiceMissing:
    """The error for a name that nobody has, with the nearest one and all there are."""
    near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
    suggestion = f"did you mean {near[0]!r}? " if near else ""
    return VoiceMissing(what, f"{suggestion}there are: {', '.join(dict.fromkeys(known)) or 'none'}")
