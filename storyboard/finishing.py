"""Finishing: written effects to data, and what about their keys cannot be.

Works on nodes where it checks, so that these mistakes are found in the same run as all others. Knows no pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyboard.errors import Diagnostic
from storyboard.film import Treatment
from storyboard.model.checks import plain_identifier
from storyboard.model.passage import WrittenTreatment
from storyboard.node import Node, mapping

MOST_SETTINGS = 40
OWN_KEYS = frozenset(WrittenTreatment.model_fields)
"""Keys of an effect that are not its settings."""


def treatments(written: Sequence[WrittenTreatment]) -> tuple[Treatment, ...]:
    """Return the effects of a scene, in their order."""
    return tuple(treatment(one) for one in written)


def treatment(written: WrittenTreatment) -> Treatment:
    """Return one effect; expects one that `check_settings` found nothing wrong with."""
    if written.python:
        return Treatment("python", written.python, written.settings)
    return Treatment("moviepy", written.moviepy or "", written.settings)


def check_settings(node: Node, own: frozenset[str] = OWN_KEYS) -> Iterator[Diagnostic]:
    """Report an effect that is not exactly one, and names that no setting can have; `own` are keys that are none."""
    keys = mapping(node)
    if not isinstance(node.value, dict):
        return
    if ("moviepy" in keys) == ("python" in keys):
        at = keys["python"].key if "python" in keys else node
        hint = "write `moviepy: MirrorX`, or `python: effects/grain.py:grain`"
        yield Diagnostic(at.path, at.line, at.column, "E155", "an effect is either `moviepy` or `python`", hint)
    settings = [entry.key for name, entry in keys.items() if name not in own]
    for name, key in zip([name for name in keys if name not in own], settings, strict=True):
        if not plain_identifier(name):
            hint = "a setting is one plain word: letters, digits and `_`"
            message = f"'{name[:60]}' cannot be a setting of an effect"
            yield Diagnostic(key.path, key.line, key.column, "E136", message, hint)
    if len(settings) > MOST_SETTINGS:
        at = settings[MOST_SETTINGS]
        message = f"an effect has at most {MOST_SETTINGS} settings, not {len(settings)}"
        yield Diagnostic(at.path, at.line, at.column, "E138", message)
