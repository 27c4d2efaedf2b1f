"""The contract with makers of music that is bought, and how what came is brought to the film's exact length.

Music lasts as long as the service made it; it is then laid like the author's own. Knows no service.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Protocol, runtime_checkable

from audio.music.laid_file import MusicRequest, TrackRequest, lay_music, track_music
from audio.music.modelled_score import rests_of
from audio.score import ComposeRequest, ScoreBackend
from audio.voice import RATE
from projects.hosted.catalogue import Estimate
from projects.hosted.job import Purchase, Service
from projects.steps import Artifact, Json, Work

SLACK = 2 * RATE
"""Samples by which music may end before the film does: its own ending is worth more than a repeated bar."""


@runtime_checkable
class BuysMusic(ScoreBackend, Protocol):
    """A maker of music that a hosted service makes. Its `compose` reads the step's input `bought`."""

    def purchase(self, request: ComposeRequest) -> Purchase:
        """The whole request to the service; RenderError for what it cannot make."""

    def price(self, request: ComposeRequest) -> Estimate:
        """What the music will cost, and how old that knowledge is."""

    def remarks(self, request: ComposeRequest) -> tuple[str, ...]:
        """What a person should know before it is paid for."""

    def service(self) -> Service:
        """The service itself; opens nothing."""


def lay_bought(bought: Path, name: str, request: ComposeRequest, work: Work, out: Path) -> Json:
    """Write bought music at exactly the film's length to `out`: 48 kHz stereo, levelled, silent where scenes rest.

    Longer music ends at a bar; shorter music is repeated at bars, unless only `SLACK` is lacking. Facts: those of
    `lay_music`, and `tempo` and `bars` as they are heard in what was bought.
    """
    notes = out.with_name(f"{out.name}.heard")
    hearing = replace(work, inputs={}, files={"sound": bought}, progress=lambda part: work.progress(part / 2))
    laying = replace(work, files={"sound": bought}, progress=lambda part: work.progress((1 + part) / 2))
    try:
        heard = track_music(TrackRequest(name), hearing, notes)
        lacking = request.samples - int(heard["samples"])
        ends_itself = 0 <= lacking <= SLACK
        asked = MusicRequest(name, request.samples, loop=not ends_itself, fade=Fraction(0))
        tracked = Artifact("", notes, heard)
        laid = lay_music(asked, replace(laying, inputs={"music": tracked}), out, rests_of(request))
    finally:
        notes.unlink(missing_ok=True)
    told = [] if ends_itself else laid["notes"]
    return {**laid, "tempo": heard["tempo"] or request.tempo, "bars": len(heard["bars"]), "notes": told}
