"""Writes the report of an order beside its films: facts are gathered, set as a page, and stored whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from projects.disk import replace_bytes
from render.delivery import file_stem

if TYPE_CHECKING:
    from render.orders import Order
    from render.production import Production
    from storyboard.errors import Diagnostic


def write_report_page(
    production: Production,
    order: Order,
    path: Path | None = None,
    language: str = "",
    doubts: Sequence[Diagnostic] = (),
) -> Path:
    """Write the page of an order's film for a reader of that language, the film's own when empty; gives its path.

    `doubts` are told on it beside those that reading the storyboard has.

    Makes nothing else: what is not rendered yet is told as such. Raises DiskError, and what a plan raises.
    """
    from render.report.gather import gather
    from render.report.page import page

    tag = "-draft" if order.draft else ""
    folder = order.out or production.workspace.output
    target = path or folder / f"{file_stem(production.film.title)}{tag}-report.html"
    facts = gather(production, order, target.absolute().parent, doubts)
    replace_bytes(target, page(facts, language).encode("utf-8"), str(target))
    return target
