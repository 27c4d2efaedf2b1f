"""The written film to the resolved film: every default and inheritance applied once.

Expects a model whose references were checked. Knows neither YAML nor disk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from storyboard.caption_keys import captioning, lights_words, place_of
from storyboard.characters import people
from storyboard.checking import USUAL, Checking
from storyboard.encodings import encoding
from storyboard.errors import Diagnostic, Severity
from storyboard.film import Aspect, Captions, Film, Scene, Score
from storyboard.model.check import WrittenCheck
from storyboard.model.film import WrittenFilm
from storyboard.model.score import WrittenScore
from storyboard.node import Places
from storyboard.staging import house_of, stage
from storyboard.vocabulary.moods import MOODS
from storyboard.vocabulary.table import spot
from storyboard.ways import CUT, transition

NO_MUSIC = ("none", "no", "off", "нет", "без музыки")
"""What stands for no music in place of a file."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The film, and the doubts that came up on the way (warnings only)."""

    film: Film
    doubts: tuple[Diagnostic, ...]


def resolve(written: WrittenFilm, places: Places) -> Resolved:
    """Return the film as the house makes it."""
    everybody = people(written.characters or {}, written.narrator)
    house = house_of(written, everybody.by_id)
    scenes, doubts = _ending(tuple(stage(scene, house) for scene in written.scenes), places)
    film = Film(
        title=written.title,
        language=house.language,
        rate=written.fps or Fraction(24),
        short_side=int(written.resolution or 720),
        cuts=_cuts(written.cuts or [Aspect(16, 9)]),
        seed=house.seed,
        captions=Captions(place_of(written.captions)),
        captions_by_word=lights_words(written.captions),
        captioning=captioning(written.captions, written.translations),
        loudness=-14.0 if written.loudness is None else float(written.loudness),
        narrator=everybody.narrator,
        characters=everybody.characters,
        score=score(written.score),
        opening=transition(written.opening, "opening-"),
        scenes=scenes,
        credits=tuple(written.credits or ()),
        deliver=tuple(dict.fromkeys(written.deliver or ())),
        author=written.author or "",
        encoding=encoding(written.encoding),
        pronounce=tuple((written.pronounce or {}).items()),
        provenance=written.provenance or "on",
        check=checking(written.check),
    )
    return Resolved(film, doubts)


def checking(written: WrittenCheck | None) -> Checking:
    """Return what the author wishes of the check."""
    if written is None:
        return USUAL
    return Checking(tuple(dict.fromkeys(written.off or ())), written.language or "")


def _cuts(written: list[Aspect]) -> tuple[Aspect, ...]:
    """The shapes of the cuts, each once, in the order written."""
    return tuple(dict.fromkeys(written))


def score(written: WrittenScore | None) -> Score:
    """Return the music; a mood that is not written is read from the music's prompt."""
    if written is None or written.file in NO_MUSIC:
        return Score("none")
    level = float(written.level or 0.0)
    fade = written.fade or Fraction(0)
    if written.file:
        return Score(
            "file",
            file=written.file,
            level=level,
            first=written.from_ or Fraction(0),
            last=written.until or Fraction(0),
            loop=written.loop is not False,
            fade=fade,
        )
    prompt = written.prompt or ""
    return Score(
        "composed",
        prompt=prompt,
        mood=written.mood or spot(MOODS, prompt) or "wonder",
        tempo=int(written.tempo or 84),
        key=written.key or "",
        level=level,
        backend=written.backend or "composer",
        instruments=tuple(dict.fromkeys(written.instruments or ())),
        model=tuple(sorted((written.model or {}).items())),
        fade=fade,
    )


def _ending(scenes: tuple[Scene, ...], places: Places) -> tuple[tuple[Scene, ...], tuple[Diagnostic, ...]]:
    """The last scene may fade out; any other transition has no scene to lead to and becomes a cut, with a warning."""
    last = scenes[-1]
    if last.transition.kind == "fade" or last.transition == CUT:
        return scenes, ()
    at = places.of_scene(last.id, "transition")
    message = f"the {last.transition.kind} after the last scene has no scene to lead to; the film ends with a cut"
    if last.transition.kind == "cut":
        message = "the sound of the cut after the last scene begins when the film is over"
    doubt = Diagnostic(at.path, at.line, at.column, "W204", message, "write `fade black 1s`", Severity.WARNING)
    return (*scenes[:-1], replace(last, transition=CUT)), (doubt,)
