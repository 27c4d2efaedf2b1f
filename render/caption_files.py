"""Caption files beside a film: which languages and formats, under which names, each whole or not at all.

What is in them is made here from the timeline; writing is `delivery`'s business. Burns nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from projects.workspace import Workspace
from render.captions.ass import Sheet, ass
from render.captions.measure import measure_of, primary
from render.captions.planned import Order, captions_of, dress_of
from render.captions.spans import Dress
from render.captions.srt import srt
from render.captions.translated import translation_of
from render.captions.vtt import vtt
from render.delivery import write_text
from render.timeline import Timeline
from storyboard.film import Captions, Film

Format = Literal["srt", "vtt", "ass"]
FORMATS: tuple[Format, ...] = ("srt", "vtt", "ass")


def write_captions(film: Film, timeline: Timeline, workspace: Workspace, stem: Path) -> tuple[Path, ...]:
    """The caption files that the storyboard asks for, beside the film; none where nothing is said."""
    if film.captions not in (Captions.FILE, Captions.BOTH):
        return ()
    formats = film.captioning.files or ("srt", "vtt")
    return write_files(film, timeline, workspace, stem, film.captioning.spoken_in(film.language), formats)


def write_files(
    film: Film,
    timeline: Timeline,
    workspace: Workspace,
    stem: Path,
    languages: Sequence[str],
    formats: Sequence[str],
) -> tuple[Path, ...]:
    """Captions in each language and format: `film.srt` of a film in one language, else `film.ru.srt`."""
    alone = (*languages, *film.captioning.spoken_in(film.language)) == (film.language, film.language)
    written = []
    for language in languages:
        ending = "" if alone else f".{language}"
        for kind, text in caption_texts(film, timeline, workspace, language, formats):
            path = stem.with_name(f"{stem.name}{ending}.{kind}")
            write_text(path, text)
            written.append(path)
    return tuple(written)


def caption_texts(
    film: Film, timeline: Timeline, workspace: Workspace, language: str, formats: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Each format and the text of its file; nothing where nothing is said."""
    translation = translation_of(film, workspace, language)
    cut, look = film.cuts[0], film.captioning.look
    shown = captions_of(film, timeline, Order(cut, language, translated=translation.lines if translation else None))
    if not shown:
        return
    measure, top = measure_of(language, cut), look.at == "top"
    if "srt" in formats:
        yield "srt", srt(shown, film.rate, measure, top=top)
    if "vtt" in formats:
        yield "vtt", vtt(shown, film.rate, language, measure, top=top)
    if "ass" in formats:
        # Set as it would be burned in: portions and lines are those of the style.
        order = Order(cut, language, burned=True, translated=translation.lines if translation else None)
        dress = Dress(look, primary(language), dress_of(film).safe)
        sheet = Sheet(*cut.canvas(film.short_side), dress, film.captions_by_word, film.title)
        yield "ass", ass(captions_of(film, timeline, order), film.rate, sheet, measure_of(language, cut, look))
