"""Words on the picture over a scene's time: titles, lower thirds and credits come, stand and go.

Knows pictures as they are shown and seconds of the scene, and nothing of who made the pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from scenes.backend import Frame
from scenes.lettering.credits import credit_roll
from scenes.lettering.fonts import has_drawn_emoji, unset_signs
from scenes.lettering.free import FreeArea, free_area
from scenes.lettering.layers import Layer, faded, inked, lay_over
from scenes.lettering.lower_thirds import lower_third
from scenes.lettering.setting import spelt_flags
from scenes.lettering.titles import title_card
from storyboard.film import Lettering, Scene
from storyboard.safe_lettering import safe_of, titled

_VEIL = 0.5
"""How dark the picture is drawn behind credits, so that they are read over daylight too."""


def words_of(scene: Scene) -> tuple[Lettering, ...]:
    """What stands on a scene's picture: its elements, and its `text` as a title where no title is among them."""
    return titled(scene)


def lettered(frame: Frame, elements: Sequence[Lettering], seconds: float, whole: float) -> Frame:
    """The RGB picture with every element that is on at `seconds` of a scene of `whole` seconds.

    Titles fade in and out, lower thirds slide in and out, credits roll; where none is on, the picture itself returns.
    """
    for element in elements:
        first, last = span_of(element, whole)
        if first <= seconds <= last:
            free = free_area(frame.shape[1], frame.shape[0], safe_of(element))
            frame = _SHOWN[element.kind](frame, element.lines, seconds - first, last - first, free)
    return frame


def on_at(elements: Sequence[Lettering], seconds: float, whole: float) -> bool:
    """Whether any element is on at `seconds`, so that what comes coded can pass as it is elsewhere."""
    return any(first <= seconds <= last for first, last in (span_of(element, whole) for element in elements))


def span_of(element: Lettering, whole: float) -> tuple[float, float]:
    """First and last second of an element in a scene of `whole` seconds."""
    first = float(element.first)
    last = first + float(element.length) if element.length else whole
    return first, min(last, whole)


def lettering_notes(elements: Sequence[Lettering], width: int, height: int, whole: float) -> tuple[str, ...]:
    """What to tell of elements that cannot be shown as they are written."""
    notes: list[str] = []
    text = "\n".join(line for element in elements for line in element.lines)
    if unset := unset_signs(text):
        notes.append(f"no font here has the signs {unset} of the scene's text")
    if has_drawn_emoji(text):
        notes.append("some emoji of the scene's text are drawn in one colour: the coloured face does not have them")
    if spelt := spelt_flags(text):
        notes.append(f"the face of emoji has no picture of the flags {', '.join(spelt)}: their letters are shown")
    for element in elements:
        first, last = span_of(element, whole)
        if last <= first:
            notes.append(f"the {element.kind} at {first:g} s is never shown: the scene lasts {whole:g} s")
        free = free_area(width, height, safe_of(element))
        roll = credit_roll(element.lines, free.width, free.height) if element.kind == "credits" else None
        if roll and last > first and (needed := roll.hurries(last - first)):
            notes.append(f"the credits run too fast to be read in {last - first:.1f} s; give them {needed:.0f} s")
    return tuple(notes)


def _title(frame: Frame, lines: tuple[str, ...], since: float, length: float, free: FreeArea) -> Frame:
    card, left, top = _title_ink("\n".join(lines), free.width, free.height)
    shown = _fade(since, length, 0.25, 0.6, 0.5, 0.15)
    return _laid(frame, card, free.left + left, free.top + top, shown)


def _third(frame: Frame, lines: tuple[str, ...], since: float, length: float, free: FreeArea) -> Frame:
    drawn = lower_third(lines, free.width, free.height)
    shown = _fade(since, length, 0.0, 0.8, 0.5, 0.0)
    if drawn is None or shown <= 0:
        return frame
    layer, left, top = drawn.at(shown)
    return lay_over(frame, layer, free.left + left, free.top + top)


def _credits(frame: Frame, lines: tuple[str, ...], since: float, length: float, free: FreeArea) -> Frame:
    roll = credit_roll(lines, free.width, free.height)
    if roll is None:
        return frame
    dimmed = _dimmed(frame, _VEIL * _fade(since, length, 0.0, 0.8, 0.6, 0.0))
    layer, left, top = roll.at(since / length if length else 1.0, length)
    rolls_out = roll.leaves(length)
    shown = 1.0 if rolls_out else _fade(since, length, 0.0, 0.6, 0.5, 0.1)
    return _laid(dimmed, layer, free.left + left, free.top + top, shown)


_SHOWN = {"title": _title, "lower third": _third, "credits": _credits}


def title_ink(title: Lettering, width: int, height: int) -> tuple[int, int, int, int]:
    """Where the words of a title are on a frame: left, top, right and bottom in pixels."""
    free = free_area(width, height, safe_of(title))
    card, left, top = _title_ink("\n".join(title.lines), free.width, free.height)
    x, y = free.left + left, free.top + top
    return x, y, x + card.shape[1], y + card.shape[0]


@lru_cache(maxsize=4)
def _title_ink(text: str, width: int, height: int) -> tuple[Layer, int, int]:
    """A title without the empty frame around it."""
    return inked(title_card(text, width, height))


def _laid(frame: Frame, layer: Layer, left: int, top: int, shown: float) -> Frame:
    if shown <= 0 or not layer.size:
        return frame
    return lay_over(frame, layer if shown >= 1 else faded(layer, shown), left, top)


def _dimmed(frame: Frame, by: float) -> Frame:
    """The picture darkened by a part of its light."""
    import cv2
    import numpy as np

    return np.asarray(cv2.convertScaleAbs(frame, alpha=1 - by), np.uint8) if by > 0 else frame


def _fade(since: float, length: float, wait: float, rise: float, fall: float, stop: float) -> float:
    """How much of an element has come (0..1): it waits, rises, stands, falls and has gone `stop` before its end.

    What is short rises and falls faster, so that it stands for half of its time at least.
    """
    scale = min(1.0, length / 2 / max(wait + rise + fall + stop, 1e-6))
    left = length - since
    come = (since - wait * scale) / (rise * scale) if scale > 0 else 1.0
    gone = (left - stop * scale) / (fall * scale) if scale > 0 else 1.0
    return _smooth(min(max(min(come, gone), 0.0), 1.0))


def _smooth(part: float) -> float:
    return part * part * (3 - 2 * part)
