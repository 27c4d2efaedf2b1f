"""The picture's steps: what belongs to a take's request, and what must not."""

from __future__ import annotations

from fractions import Fraction
from importlib import metadata
from typing import Any

import pytest

from projects.fingerprint import canonical_text
from projects.steps import Step
from render import identity
from render.makers import Maker
from render.picture import Canvas, piece_steps, take_step
from render.timeline import build_timeline
from scenes.backend import Speech
from storyboard.film import Aspect, Film
from storyboard.load import read
from storyboard.schedule import schedule

PEOPLE = "max: {name: Max, role: hero}, ann: {name: Ann, role: woman}"
CANVAS = Canvas(Aspect(16, 9), 640, 360, draft=True)
SPOKEN = (Speech("max", 3, 5, (0.5, 1.0)), Speech("narrator", 8, 10, (0.2, 0.4)))


def film_of(people: str = PEOPLE) -> Film:
    """A film of a scene with Max and one without anybody."""
    reading = read(
        f"workprint: 1\ntitle: T\ncharacters: {{{people}}}\nscenes:\n"
        "  - {id: met, length: 2s, place: forest, cast: [max], transition: crossfade 0.5s}\n"
        "  - {id: empty, length: 2s, place: lake}\n",
        "s.yaml",
    )
    assert reading.film is not None, reading.diagnostics
    return reading.film


def take_of(film: Film, scene: str, maker: Maker) -> Step:
    """The step of a scene's take, in which Max and the narrator speak."""
    return take_step(film, film.scene(scene), CANVAS, 48, maker, (1, 7), SPOKEN, {})


def test_a_character_added_behind_repaints_nothing() -> None:
    """A take knows the characters up to its own last one: colours stay, and so do takes."""
    maker = Maker("animatic", "", hears=True)
    more = film_of(f"{PEOPLE}, zoe: {{name: Zoe}}")
    for scene in ("met", "empty"):
        one, other = take_of(film_of(), scene, maker), take_of(more, scene, maker)
        assert canonical_text(one.request) == canonical_text(other.request)
    assert take_of(more, "met", maker).request.clip.characters == ("max",)


def test_only_speech_that_shows_belongs_to_a_take() -> None:
    """Footage gets no speech, an empty scene none, and who is not in the picture has no mouth in it."""
    drawn, filmed = Maker("animatic", "", hears=True), Maker("footage", "")
    film = film_of()
    assert take_of(film, "met", filmed).request.clip.speech == ()
    assert take_of(film, "empty", drawn).request.clip.speech == ()
    assert take_of(film, "met", drawn).request.clip.speech == (SPOKEN[0], Speech("narrator", 8, 10))


def test_another_version_of_a_plugged_in_transition_makes_its_joins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identity of a join names the distribution behind its transition; the house's own are covered already."""

    class _Distribution:
        name, version = "fancy-wipes", "2.0"

    class _Entry:
        dist: Any = _Distribution()

    film = film_of()
    timeline = build_timeline(film, schedule(film))
    ours = next(step for step in piece_steps(film, timeline, CANVAS, ()) if step.kind == "join")
    monkeypatch.setattr(identity, "find", lambda _group: {"crossfade": _Entry()})
    theirs = next(step for step in piece_steps(film, timeline, CANVAS, ()) if step.kind == "join")
    assert "fancy-wipes 2.0" in theirs.identity
    assert "fancy-wipes" not in ours.identity
    assert metadata.version("numpy") in ours.identity
    assert film.rate == Fraction(24)
