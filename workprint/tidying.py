"""Tidying a film's files: the storyboard, its scene files and the presets of its own, compared before they are written.

Writes nothing unless the film reads as the same from the tidy texts. Knows no terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from projects.presets import companions
from projects.workspace import Workspace
from storyboard.errors import Diagnostic, StoryboardError
from storyboard.load import read, wants_presets
from storyboard.presets import OUTSIDE, own_file

if TYPE_CHECKING:
    from storyboard.tidying import Kind


@dataclass(frozen=True, slots=True)
class TidyFile:
    """One file of a film, as it is and as it would be. `name` is relative to the project."""

    name: str
    path: Path
    before: bytes
    after: bytes

    @property
    def is_tidy(self) -> bool:
        """Whether nothing is to be done."""
        return self.before == self.after


def tidy_files(workspace: Workspace) -> tuple[TidyFile, ...]:
    """Every file of the film that a person writes, as it is and as it would be.

    Raises StoryboardError with every file that cannot be read, or where the film would not be the same.
    """
    from storyboard.tidying import tidied

    text = workspace.read_storyboard()
    name = workspace.storyboard.name
    texts = {name: text, **companions(workspace, text)}
    presets = {own_file(one) for one in wants_presets(text)}
    made: dict[str, bytes] = {}
    wrong: list[Diagnostic] = []
    for one, source in texts.items():
        if one.startswith(OUTSIDE):
            made[one] = source
            continue
        kind: Kind = "film" if one == name else "preset" if one in presets else "scene"
        try:
            made[one] = tidied(source, one, kind).encode("utf-8")
        except StoryboardError as problem:
            wrong += problem.diagnostics
    if wrong:
        raise StoryboardError(tuple(wrong))
    _see_same(name, texts, made)
    return tuple(
        TidyFile(one, workspace.storyboard if one == name else workspace.resolve_media(one), texts[one], made[one])
        for one in texts
        if not one.startswith(OUTSIDE)
    )


def _see_same(name: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Refuse where the film would not be the same."""
    old, new = (read(texts[name], name, _others(texts, name)) for texts in (before, after))
    if old.film != new.film:
        message = "the film would not be the same after tidying; nothing was written"
        raise StoryboardError((Diagnostic(name, 0, 0, "E114", message, "please report it with the file"),))


def _others(texts: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    return {one: text for one, text in texts.items() if one != name}
