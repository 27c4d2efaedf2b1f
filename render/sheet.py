"""The contact sheet: three frames a scene with its id, length, take and camera, as one PNG.

Reads finished takes; a scene that has none yet shows an empty row that says so.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from projects.disk import replace_bytes
from projects.steps import Artifact
from render.delivery import file_stem
from render.picture import canvas_of, source_name
from scenes.frames import i420_to_rgb
from scenes.lettering import lay_over, set_text
from scenes.takes import take_pictures

if TYPE_CHECKING:
    from projects.plan import Planned
    from projects.workspace import Workspace
    from render.orders import FilmPlan, Order
    from storyboard.film import Film

MARGIN = 16
"""Pixels between pictures."""
CAPTION = 30
"""Height of the line under a row, pixels."""
PAPER = (24, 24, 27)
INK = "#ebebe6"

Picture = NDArray[np.uint8]


class Filmed(Protocol):
    """What the sheet is drawn of: a production, as far as it matters here."""

    film: Film
    workspace: Workspace

    def plan(self, order: Order) -> FilmPlan:
        """How everything stands."""

    def shown(self, planned: Planned) -> Artifact | None:
        """What is made of a planned step."""


@dataclass(frozen=True, slots=True)
class Row:
    """One scene of the sheet; `take` is its finished take or None, `frames` its length."""

    title: str
    take: Artifact | None
    frames: int


def draw(production: Filmed, order: Order, path: Path | None) -> Path:
    """Draw the sheet of the first cut of an order and give its path, one beside the films where none is named."""
    film = production.film
    plan = production.plan(order)
    canvas = canvas_of(film, (order.cuts or film.cuts)[0], order.draft)
    by_name = {one.step.name: one for one in plan.steps}
    rows = []
    for scene in plan.scenes:
        planned = by_name[source_name(film.scene(scene.id), canvas)]
        shown = production.shown(planned)
        stale = shown is not None and shown.fingerprint != planned.fingerprint
        length = f"{scene.seconds:.1f} s" if scene.exact else f"about {scene.seconds:.1f} s"
        title = f"{scene.id}  ·  {length}  ·  take {scene.take}  ·  {scene.camera}"
        frames = shown.facts["frames"] if shown else scene.frames
        rows.append(Row(f"{title}  ·  stale" if stale else title, shown, frames))
    height = 180 if canvas.width >= canvas.height else 320
    width = round(height * canvas.width / canvas.height)
    name = f"{file_stem(film.title)}-{canvas.tag}-sheet.png"
    target = path or (order.out or production.workspace.output) / name
    save(contact_sheet(f"{film.title}  ·  {canvas.cut}", rows, width, height), target)
    return target


def contact_sheet(title: str, rows: Sequence[Row], width: int, height: int, columns: int = 2) -> Picture:
    """Draw the sheet; `width` and `height` are one frame's size on it, `columns` how many scenes stand side by side.

    Returns RGB uint8, height x width x 3.
    """
    strip_width = 3 * width + 2 * (MARGIN // 4)
    strip_height = height + CAPTION
    lines = -(-len(rows) // columns)
    head = CAPTION + MARGIN
    sheet = np.empty(
        (head + lines * (strip_height + MARGIN) + MARGIN, columns * (strip_width + MARGIN) + MARGIN, 3), np.uint8
    )
    sheet[:] = PAPER
    _write(sheet, title, MARGIN, MARGIN // 2, sheet.shape[1] - 2 * MARGIN, 20)
    for number, row in enumerate(rows):
        top = head + (number // columns) * (strip_height + MARGIN)
        left = MARGIN + (number % columns) * (strip_width + MARGIN)
        _draw_row(sheet[top : top + strip_height, left : left + strip_width], row, width, height)
    return sheet


def save(sheet: Picture, path: Path) -> None:
    """Write the sheet as PNG, whole or not at all; raises DiskError."""
    coded = io.BytesIO()
    Image.fromarray(sheet).save(coded, "PNG")
    replace_bytes(path, coded.getvalue(), str(path))


def _draw_row(area: Picture, row: Row, width: int, height: int) -> None:
    """Three frames and the line under them."""
    if row.take is None:
        area[:height] = (44, 44, 48)
        _write(area, "not made yet", MARGIN, height // 2 - 10, area.shape[1] - 2 * MARGIN, 16)
    else:
        for place, frame in enumerate(_thirds(row.frames)):
            picture = i420_to_rgb(next(iter(take_pictures(row.take, frame, frame + 1))))
            small = Image.fromarray(picture).resize((width, height), Image.Resampling.LANCZOS)
            left = place * (width + MARGIN // 4)
            area[:height, left : left + width] = np.asarray(small)
    _write(area, row.title, 2, height + 5, area.shape[1] - 4, 14)


def _thirds(frames: int) -> tuple[int, int, int]:
    """A frame near the beginning, the middle one, and one near the end."""
    return frames // 10, frames // 2, frames - 1 - frames // 10


def _write(area: Picture, text: str, left: int, top: int, width: int, size: int) -> None:
    """Lay one line of text over a part of the sheet."""
    block = set_text(text, width=width, size=size, colour=INK)
    area[:] = lay_over(area, block.pixels, left, top)
