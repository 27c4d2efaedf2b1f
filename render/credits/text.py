"""The credits as a text file: every maker with model, licence and attribution, for people and for descriptions.

What must travel with every copy of a film stands first. Makes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import metadata

from projects.weights import UNKNOWN_LICENCE
from render.credits.entries import Entry, Section, named_scenes, sections
from render.credits.headings import heading
from render.provenance.subject import Making


def credits_text(making: Making) -> str:
    """The credits of a film as text, with what its receipts tell of models and licences."""
    film = making.film
    return written(film.title, film.language, sections(film, making.used))


def written(title: str, language: str, every: Sequence[Section]) -> str:
    """Sections as text: a heading in capitals, an entry on a line, its licence and attribution below."""
    lines = [title, "=" * max(3, len(title)), ""]
    notices: dict[str, None] = {}
    for section in every:
        lines.append(heading(section.key, language).upper())
        for entry in section.entries:
            lines += [f"  {line}" for line in _entry(entry, language)]
            if entry.notice:
                notices[f"{entry.notice} ({_licence(entry, language)})"] = None
        if section.key == "own":
            lines.append(f"  ({heading('what is own', language)})")
        lines.append("")
    if notices:
        lines += [heading("notices", language).upper(), *(f"  {one}" for one in notices), ""]
    lines += [heading("software", language).upper(), f"  workprint {metadata.version('workprint')} (Apache-2.0)"]
    lines.append(f"  FFmpeg (LGPL/GPL, {heading('separate', language)})")
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, language: str) -> Iterator[str]:
    head = f"{entry.label}: {entry.name}" if entry.label else entry.name
    details = [*entry.details, *([_licence(entry, language)] if entry.licence else [])]
    scenes = f" — {named_scenes(entry.of)}" if entry.of else ""
    yield f"{head}{scenes}"
    if details:
        yield f"    {'; '.join(details)}"


def _licence(entry: Entry, language: str) -> str:
    """A licence in words; an unknown one is said to be unknown."""
    if entry.licence in ("", UNKNOWN_LICENCE):
        return heading("licence unknown", language)
    return f"{heading('licence', language)}: {heading(entry.licence, language)}"
