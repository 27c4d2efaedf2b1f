"""Which backend makes a scene, and why."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from scenes.backend import Capabilities, Refusal
from scenes.choose import choose
from storyboard.errors import MissingError
from storyboard.film import Keyframe, Scene

AVAILABLE = {
    "animatic": Capabilities("animatic", "draws", "drawn"),
    "pictures": Capabilities("pictures", "moves", "photographed", needs=frozenset({"keyframes"})),
    "footage": Capabilities("footage", "cuts", "photographed", needs=frozenset({"clip"})),
    "ltx": Capabilities("ltx", "dreams", "generated", needs=frozenset({"prompt"})),
}
PICTURE = (Keyframe("a.png", Fraction(0)),)


@pytest.mark.parametrize(
    ("scene", "name", "reason"),
    [
        ({}, "animatic", "drawn"),
        ({"keyframes": PICTURE}, "pictures", "a picture"),
        ({"keyframes": PICTURE * 3}, "pictures", "3 pictures"),
        ({"clip": "a.mov"}, "footage", "a.mov"),
        ({"backend": "ltx"}, "ltx", "names it"),
        ({"backend": "ltx", "keyframes": PICTURE}, "ltx", "names it"),
    ],
)
def test_the_choice_and_its_reason(make_scene: Callable[..., Scene], scene: Any, name: str, reason: str) -> None:
    """A written name wins; `auto` goes by what the scene brings."""
    choice = choose(make_scene(**scene), AVAILABLE)
    assert choice.name == name
    assert reason in choice.reason


def test_an_unknown_backend_is_missing_with_a_suggestion(make_scene: Callable[..., Scene]) -> None:
    """A typing slip is named, and the installed backends are listed."""
    with pytest.raises(MissingError, match="animtic") as caught:
        choose(make_scene(backend="animtic"), AVAILABLE)
    assert "animatic" in caught.value.hint
    assert "footage" in caught.value.hint


@pytest.mark.parametrize(
    ("scene", "named"),
    [
        ({"backend": "pictures"}, "needs `keyframes:`"),
        ({"backend": "footage"}, "needs `clip:`"),
        ({"backend": "ltx", "prompt": ""}, "needs `prompt:`"),
        ({"clip": "a.mov", "keyframes": PICTURE}, "would not use the scene's `keyframes:`"),
        ({"backend": "animatic", "clip": "a.mov"}, "would not use the scene's `clip:`"),
        ({"backend": "animatic", "keyframes": PICTURE}, "would not use the scene's `keyframes:`"),
    ],
)
def test_a_backend_that_cannot_honour_the_scene_is_refused(
    make_scene: Callable[..., Scene], scene: Any, named: str
) -> None:
    """Material is neither missing nor left out in silence."""
    with pytest.raises(Refusal, match=named) as caught:
        choose(make_scene(**scene), AVAILABLE)
    assert caught.value.hint
