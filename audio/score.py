"""The contract between the film and whatever makes its music, and the step that makes it.

A score backend is found by entry point `workprint.scores`. Its music is 48 kHz stereo and exactly as long as asked.
Knows neither scenes nor pictures, only where sections begin and how they feel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from audio.composing.harmony import read_key
from audio.composing.moods import MOODS, mood_named
from audio.voice import Trouble
from projects import plugins
from projects.steps import Json, Work
from storyboard.errors import RenderError


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the film for the composer, from its first sample to the next section's: one scene.

    `mood` is "" for the score's own; `energy` is 0..1; under speech the music is thinner. `hit` asks for an accent on
    its first sample, `rest` for silence. `who` are ids of the characters in it, the most important first. `prompt` is
    what a model that reads words is told of it.
    """

    start_sample: int
    mood: str = ""
    energy: float = 0.5
    has_speech: bool = False
    hit: bool = False
    rest: bool = False
    who: tuple[str, ...] = ()
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """The whole score. `tempo` is in beats a minute and kept exactly; of the free text `prompt` some is understood.

    `speech` are spans [first, last) in samples in which somebody speaks; `instruments` are canonical names, empty for
    the mood's own; `cast` are the ids of all characters, the main one first; `model` holds a model's settings.
    """

    samples: int
    mood: str = "wonder"
    tempo: float = 84.0
    key: str = "C major"
    prompt: str = ""
    seed: int = 0
    sections: tuple[Section, ...] = ()
    composer: str = "composer"
    speech: tuple[tuple[int, int], ...] = ()
    instruments: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    model: tuple[tuple[str, str | int | float | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class PartRequest:
    """One part (`melody`, `bass` ...) of a score by itself."""

    score: ComposeRequest
    part: str


class ScoreBackend(Protocol):
    """A maker of music."""

    name: str

    def check(self) -> Sequence[Trouble]:
        """What stands in its way on this machine; empty when it can compose. Touches no network."""

    def identity(self) -> str:
        """Versions of everything that can change a sample."""

    def quantise(self, request: ComposeRequest) -> None:
        """Raises RenderError or MissingError for what it cannot honour; loads nothing heavy."""

    def parts(self) -> Sequence[str]:
        """The parts that it can play apart (`melody`, `bass` ...); empty where it makes the whole at once."""

    def compose(self, request: ComposeRequest, work: Work, out: Path, part: str = "") -> Json:
        """Writes exactly `request.samples` samples of 48 kHz stereo WAV and gives its facts.

        With `part`, only that part, at the level it has in the whole. Facts of a model name it as `model`, with its
        `licence`.
        """


class Notated(ScoreBackend, Protocol):
    """A maker of music that is written in notes: one that has parts."""

    def midi(self, request: ComposeRequest) -> bytes:
        """The notes as a MIDI file of the first type, a track for each part."""


def composer(name: str) -> ScoreBackend:
    """The composer of that name; MissingError (with suggestions) where there is none."""
    made: ScoreBackend = plugins.load("workprint.scores", name)()
    return made


def check_request(request: ComposeRequest) -> None:
    """Raises RenderError for a length, tempo, key or mood that no composer can honour; no key is the mood's own."""
    if request.samples <= 0:
        raise RenderError("a score needs a length", "the film has no frames")
    if not 20 <= request.tempo <= 300:
        raise RenderError(f"the score's tempo {request.tempo:g} is out of reach", "give 20 to 300 beats a minute")
    if request.key:
        read_key(request.key)
    for mood in (request.mood, *(section.mood for section in request.sections if section.mood)):
        if mood_named(mood) is None:
            raise RenderError(f"the score's mood {mood!r} is not known", f"there are: {', '.join(MOODS)}")


def compose_score(request: ComposeRequest, work: Work, out: Path) -> Json:
    """Composes the score into a WAV at `out`.

    Facts: `samples`, `bars`, `tempo`, `key`, `sections` ([first bar, mood]), `beats` (samples), `parts`, `lufs`,
    `understood` and `not_understood` (words of the prompt). Raises RenderError for what cannot be honoured.
    """
    from audio.signal import wavefile

    check_request(request)
    facts = composer(request.composer).compose(request, work, out)
    there = wavefile.length(out)
    if there != request.samples:
        raise RenderError(
            f"the composer {request.composer} wrote {there} samples, {request.samples} were asked",
            "this is a fault of the composer; report it",
        )
    return facts


def compose_part(request: PartRequest, work: Work, out: Path) -> Json:
    """Composes one part of a score into a WAV at `out`, at its level in the whole; facts as of the whole.

    Raises RenderError for a part that the composer does not play apart.
    """
    check_request(request.score)
    maker = composer(request.score.composer)
    if request.part not in maker.parts():
        known = ", ".join(maker.parts()) or "none"
        raise RenderError(f"{request.score.composer} plays no part {request.part!r}", f"its parts are: {known}")
    return maker.compose(request.score, work, out, request.part)


def write_notes(request: ComposeRequest, work: Work, out: Path) -> Json:
    """Writes the notes of a composed score as MIDI to `out`; raises RenderError for a composer that writes none."""
    del work
    check_request(request)
    maker = composer(request.composer)
    if not maker.parts():
        raise RenderError(f"{request.composer} writes no notes", "the built-in composer does")
    out.write_bytes(cast(Notated, maker).midi(request))
    return {"composer": request.composer}
