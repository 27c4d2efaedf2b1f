"""The captions of a film: those that are burned into one cut, and those that are written into files, in any language.

Brings words, measures, speakers, sounds and translations together. Plans only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from render.captions.measure import measure_of, primary
from render.captions.sounding import with_sounds
from render.captions.spans import Caption, Dress
from render.captions.timing import hard_cuts, readable, spans
from render.captions.voices import named, together
from render.timeline import Timeline, Words
from storyboard.film import Aspect, Captions, Film

Translated = Mapping[tuple[str, str], str]
"""The lines of a film in another language, by scene and line."""


@dataclass(frozen=True, slots=True)
class Order:
    """What captions are wanted for: a language ("" is the film's own), and a look where they are burned in."""

    cut: Aspect
    language: str = ""
    burned: bool = False
    translated: Translated | None = None


def captions_of(film: Film, timeline: Timeline, order: Order) -> tuple[Caption, ...]:
    """What is shown when, of a whole film or of a scene by itself."""
    language = order.language or film.language
    measure = measure_of(language, order.cut, film.captioning.look if order.burned else None)
    cuts, rate = hard_cuts(timeline), timeline.rate
    words = timeline.words if order.translated is None else _in_translation(timeline.words, order.translated)
    shown = named(spans(words, rate, measure, cuts, timeline.frames), film)
    shown = together(shown, rate, measure)
    if film.captioning.sounds:
        shown = with_sounds(shown, film, timeline, measure)
    return readable(shown, rate, measure, cuts, timeline.frames)


def dress_of(film: Film) -> Dress:
    """How the burned captions of a film are drawn."""
    return Dress(film.captioning.look, primary(film.captioning.burned or film.language), film.safe)


def is_burned(film: Film) -> bool:
    """Whether captions are burned into the picture."""
    return film.captions in (Captions.BURNED, Captions.BOTH)


def _in_translation(words: Sequence[Words], translated: Translated) -> tuple[Words, ...]:
    """The lines in another language, at the times of the spoken ones; when which word is said is not known there."""
    return tuple(
        replace(said, text=" ".join(translated.get((said.scene_id, said.line_id), said.text).split()), uttered=())
        for said in words
    )
