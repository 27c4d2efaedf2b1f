"""The contract between the film and whatever makes its music, and the step that makes it.

A score backend is found by entry point `workprint.scores`. Its music is 48 kHz stereo and exactly as long as asked.
Knows neither scenes nor pictures, only where sections begin and how they feel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from audio.harmony import read_key
from audio.moods import MOODS, mood_named
from audio.voice import Trouble
from projects import plugins
from projects.steps import Json, Work
from storyboard.errors import RenderError


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the film for the composer, from its first sample to the next section's.

    `mood` is "" for the score's own; `energy` is 0..1; under speech the music is thinner.
    """

    start_sample: int
    mood: str = ""
    energy: float = 0.5
    has_speech: bool = False


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """The whole score. `tempo` is in beats a minute and kept exactly; of the free text `prompt` some is understood."""

    samples: int
    mood: str = "wonder"
    tempo: float = 84.0
    key: str = "C major"
    prompt: str = ""
    seed: int = 0
    sections: tuple[Section, ...] = ()
    composer: str = "composer"


class ScoreBackend(Protocol):
    """A composer."""

    name: str

    def check(self) -> Sequence[Trouble]:
        """What stands in its way on this machine; empty when it can compose."""

    def identity(self) -> str:
        """Versions of everything that can change a sample."""

    def compose(self, request: ComposeRequest, work: Work, out: Path) -> Json:
        """Writes exactly `request.samples` samples of 48 kHz stereo WAV and gives its facts."""


def composer(name: str) -> ScoreBackend:
    """The composer of that name; MissingError (with suggestions) where there is none."""
    made: ScoreBackend = plugins.load("workprint.scores", name)()
    return made


def check_request(request: ComposeRequest) -> None:
    """Raises RenderError for a length, tempo, key or mood that no composer can honour."""
    if request.samples <= 0:
        raise RenderError("a score needs a length", "the film has no frames")
    if not 20 <= request.tempo <= 300:
        raise RenderError(f"the score's tempo {request.tempo:g} is out of reach", "give 20 to 300 beats a minute")
    read_key(request.key)
    for mood in (request.mood, *(section.mood for section in request.sections if section.mood)):
        if mood_named(mood) is None:
            raise RenderError(f"the score's mood {mood!r} is not known", f"there are: {', '.join(MOODS)}")


def compose_score(request: ComposeRequest, work: Work, out: Path) -> Json:
    """Composes the score into a WAV at `out`.

    Facts: `samples`, `bars`, `tempo`, `key`, `sections` ([first bar, mood]), `beats` (samples), `parts`, `lufs`,
    `understood` and `not_understood` (words of the prompt). Raises RenderError for what cannot be honoured.
    """
    from audio import wavefile

    check_request(request)
    facts = composer(request.composer).compose(request, work, out)
    there = wavefile.length(out)
    if there != request.samples:
        raise RenderError(
            f"the composer {request.composer} wrote {there} samples, {request.samples} were asked",
            "this is a fault of the composer; report it",
        )
    return facts
