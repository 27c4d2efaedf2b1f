"""What of the store belongs to the deliveries that the storyboard lists, so that tidying up does not cost them.

Plans only. A master's own pieces are not kept anywhere: they are thrown away once it is delivered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from projects.graph import Graph
from render.deliveries.presets import FOLDER, Preset, preset, presets, shaped
from render.orders import Order
from render.stems import stem_steps

if TYPE_CHECKING:
    from render.production import Production


def kept(production: Production) -> frozenset[str]:
    """Fingerprints of what the deliveries that the storyboard lists are made from, in full size and as drafts."""
    found: set[str] = set()
    for wanted in map(preset, production.film.deliver):
        for shape in _shapes(production, wanted):
            found |= shape.keep()
            if wanted.kind in ("web", "master"):
                found.update(_stems(shape))
    return frozenset(found)


def unlisted(production: Production, out: Path | None = None) -> tuple[str, ...]:
    """The deliveries that were made once and that the storyboard does not list: nothing is kept for them."""
    home = (out or production.workspace.output) / FOLDER
    return tuple(name for name in presets() if name not in production.film.deliver and (home / name).is_dir())


def _shapes(production: Production, wanted: Preset) -> Iterator[Production]:
    """The production as a preset wants it; previews may also be made from the film in its own size."""
    film = shaped(production.film, wanted)
    yield production.with_film(film)
    if wanted.kind in ("gif", "webp"):
        yield production.with_film(replace(film, short_side=production.film.short_side))


def _stems(production: Production) -> Iterator[str]:
    """Fingerprints of the stems."""
    film, workspace = production.film, production.workspace
    for draft in (False, True):
        laid = production.lay_out(Order(draft=draft))
        for sound in laid.sounds.values():
            steps = stem_steps(film, laid.timeline, workspace, *sound, parts=False)
            known = Graph([*laid.graph, *steps]).orders(workspace.digests(), laid.orders).known
            yield from (known[step.name].fingerprint for step in steps if step.name in known)
