"""Lettering: written words on the picture to data, and what about their keys cannot be.

Works on nodes where it checks, so that these mistakes are found in the same run as all others. Knows no fonts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from storyboard.errors import Diagnostic, UnreadableError
from storyboard.film import Lettering
from storyboard.model.lettering import WrittenLettering
from storyboard.node import Node, items, mapping, text_of
from storyboard.time import duration

KINDS: tuple[Literal["title"], Literal["lower third"], Literal["credits"]] = ("title", "lower third", "credits")
_OF_THE_FILM = (("film",), ("\u0444\u0438\u043b\u044c\u043c",))
"""Credits that stand for the film's own list."""
_AUTOMATIC = (("auto",), ("automatic",), ("\u0430\u0432\u0442\u043e",))
"""Credits that the house writes."""


def title_of(written: str | WrittenLettering | Sequence[WrittenLettering] | None) -> str:
    """Return the words of a plain title card, "" for anything else."""
    return written if isinstance(written, str) else ""


def lettering(
    written: str | WrittenLettering | Sequence[WrittenLettering] | None,
    film_credits: Sequence[str],
    *,
    free: bool = False,
) -> tuple[Lettering, ...]:
    """Return the words on the picture in the order in which they come; a plain title card is none of them.

    Where nothing else sets the scene's length, it is `free`: automatic credits then do.
    """
    if written is None or isinstance(written, str):
        return ()
    every = [written] if isinstance(written, WrittenLettering) else written
    return tuple(sorted((_element(one, film_credits, free) for one in every), key=lambda one: one.first))


def _element(written: WrittenLettering, film_credits: Sequence[str], free: bool) -> Lettering:
    first, length = written.at or Fraction(0), written.for_ or Fraction(0)
    if written.lower_third:
        return Lettering("lower third", written.lower_third, first, length)
    if written.credits and tuple(line.strip().lower() for line in written.credits) in _AUTOMATIC:
        return Lettering("credits", (), first, length, automatic=True, sets_length=free and not length)
    if written.credits:
        lines = tuple(film_credits) if written.credits in _OF_THE_FILM else written.credits
        return Lettering("credits", lines, first, length)
    return Lettering("title", written.title or (), first, length)


def check(node: Node, has_credits: bool) -> Iterator[Diagnostic]:
    """Report words on the picture that are not of exactly one kind, last no time, or ask for missing credits."""
    for element in items(node) if isinstance(node.value, list) else [node]:
        if isinstance(element.value, dict):
            yield from _check(element, has_credits)


def _check(element: Node, has_credits: bool) -> Iterator[Diagnostic]:
    keys = mapping(element)
    kinds = [kind for kind in KINDS if kind in keys]
    if len(kinds) != 1:
        at = keys[kinds[1]].key if kinds else element
        hint = "write `title`, `lower third` or `credits`" if not kinds else "make two items of a list of it"
        message = "words on the picture are one of `title`, `lower third` and `credits`"
        yield Diagnostic(at.path, at.line, at.column, "E155", message, hint)
    if "credits" in keys and not has_credits and (text_of(keys["credits"].value).strip().lower(),) in _OF_THE_FILM:
        at = keys["credits"].value
        hint = "add `credits:` at the top of the storyboard, write the lines here, or `auto` for all that the film uses"
        yield Diagnostic(at.path, at.line, at.column, "E162", "the film has no credits to show", hint)
    if "for" in keys and _lasts_nothing(text_of(keys["for"].value)):
        at = keys["for"].value
        hint = "write 3s, or delete `for` and they stay to the scene's end"
        yield Diagnostic(at.path, at.line, at.column, "E133", "words that stay for no time cannot be read", hint)


def _lasts_nothing(text: str) -> bool:
    """Whether a text is a time of nothing; what is no time is found with the other values."""
    try:
        return bool(text) and not duration(text)
    except UnreadableError:
        return False
