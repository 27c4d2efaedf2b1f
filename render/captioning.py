"""Caption files of a project without its pictures: only what sets lengths is made.

Works on a production that is open; knows nothing of the command line.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from projects.progress import Reporter
from render.caption_files import FORMATS, write_files
from render.captions.doubts import caption_notes
from render.captions.translated import translation_of
from render.delivery import file_stem
from render.orders import Order
from storyboard.errors import ExitCode, WorkprintError
from storyboard.film import Film

if TYPE_CHECKING:
    from render.production import Production


class UnknownFormatError(WorkprintError):
    """A format of captions that is not written here."""

    exit_code = ExitCode.USAGE


def chosen_formats(written: str, film: Film) -> tuple[str, ...]:
    """The formats of `srt,vtt`, or those of the storyboard; raises UnknownFormatError."""
    kinds = tuple(dict.fromkeys(kind.strip().lower().lstrip(".") for kind in written.split(",") if kind.strip()))
    for kind in kinds:
        if kind not in FORMATS:
            raise UnknownFormatError(f"captions are not written as '{kind[:20]}'", f"choose of {', '.join(FORMATS)}")
    return kinds or film.captioning.files or ("srt", "vtt")


def make_captions(
    production: Production,
    order: Order,
    reporter: Reporter,
    cancel: threading.Event | None,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the captions of a project in these languages (empty: all there are) and formats; gives files and notes.

    Raises what `render` raises, and MissingError for a language into which nothing is translated.
    """
    film, workspace = production.film, production.workspace
    wanted = languages or film.captioning.spoken_in(film.language)
    for language in wanted:
        translation_of(film, workspace, language)
    laid = production.voiced(order, reporter, cancel)
    stem = (order.out or workspace.output) / file_stem(film.title)
    written = write_files(film, laid.timeline, workspace, stem, wanted, formats)
    return written, caption_notes(film, laid.timeline, workspace, wanted)
