"""The picture's steps: what belongs to a take's request, and what must not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from projects.fingerprint import canonical_text
from projects.steps import Step
from projects.workspace import Workspace
from render import identity
from render.makers import Maker
from render.picture import Canvas, piece_steps
from render.take import take_step
from render.timeline import build_timeline
from scenes.backend import Speech
from storyboard.film import Aspect, Encoding, Film, Transition, Treatment
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


def pieces_of(film: Film, folder: Path = Path(), *, allow_code: bool = False) -> dict[str, Step]:
    """The pieces of a film's main cut by name."""
    timeline = build_timeline(film, schedule(film))
    workspace = Workspace(folder, folder / "storyboard.yaml")
    return {step.name: step for step in piece_steps(film, timeline, CANVAS, workspace, allow_code=allow_code)}


def test_another_version_of_a_plugged_in_transition_makes_its_joins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identity of a join names the distribution behind its transition; the house's own are covered already."""

    class _Distribution:
        name, version = "fancy-wipes", "2.0"

    class _Entry:
        dist: Any = _Distribution()

    film = film_of()
    ours = pieces_of(film)["join:met>empty@16x9-draft"]
    monkeypatch.setattr(identity, "find", lambda _group: {"crossfade": _Entry()})
    identity.transition_identity.cache_clear()
    theirs = pieces_of(film)["join:met>empty@16x9-draft"]
    identity.transition_identity.cache_clear()
    assert "fancy-wipes 2.0" in theirs.identity
    assert "fancy-wipes" not in ours.identity
    assert metadata.version("numpy") in ours.identity
    assert film.rate == Fraction(24)


def test_pieces_come_from_the_treated_take(tmp_path: Path) -> None:
    """Where the author lays effects over a scene, its body and its transitions are cut from what came of them."""
    film = film_of()
    effect = Treatment("moviepy", "MirrorX")
    scenes = tuple(replace(scene, effects=(effect,)) if scene.id == "met" else scene for scene in film.scenes)
    steps = pieces_of(replace(film, scenes=scenes), tmp_path)
    assert steps["body:met@16x9-draft"].inputs == {"take": "treated:met@16x9-draft"}
    join = steps["join:met>empty@16x9-draft"]
    assert join.inputs == {"before": "treated:met@16x9-draft", "after": "take:empty@16x9-draft"}


def test_an_effect_paints_no_scene_again() -> None:
    """A take does not know what is laid over it."""
    film = film_of()
    treated = replace(film.scene("met"), effects=(Treatment("moviepy", "MirrorX"),))
    maker = Maker("animatic", "", hears=True)
    one, other = (take_step(film, scene, CANVAS, 48, maker, (1, 7), (), {}) for scene in (film.scene("met"), treated))
    assert canonical_text(one.request) == canonical_text(other.request)


def test_a_matte_that_is_missing_blocks_its_join_alone(tmp_path: Path) -> None:
    """The picture of a matte is a file of the join's; where it is not there, the join says so and the bodies do not."""
    film = film_of()
    way = Transition("matte", Fraction(1, 2), picture="pictures/brush.png", softness=0.3)
    scenes = tuple(replace(scene, transition=way) if scene.id == "met" else scene for scene in film.scenes)
    steps = pieces_of(replace(film, scenes=scenes), tmp_path)
    assert "brush.png" in steps["join:met>empty@16x9-draft"].blocked
    assert steps["body:met@16x9-draft"].blocked == ""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "brush.png").write_bytes(b"x")
    join = pieces_of(replace(film, scenes=scenes), tmp_path)["join:met>empty@16x9-draft"]
    assert (join.blocked, set(join.files), join.request.softness) == ("", {"matte"}, 0.3)


def test_code_of_the_author_waits_for_consent(tmp_path: Path) -> None:
    """A function of the project blocks its join until it may run; consent changes no fingerprint."""
    (tmp_path / "swirl.py").write_text("def swirl(tail, head, progress): return head\n", encoding="utf-8")
    film = film_of()
    way = Transition("python", Fraction(1, 2), treatments=(Treatment("python", "swirl.py:swirl"),))
    scenes = tuple(replace(scene, transition=way) if scene.id == "met" else scene for scene in film.scenes)
    authored = replace(film, scenes=scenes)
    closed = pieces_of(authored, tmp_path)["join:met>empty@16x9-draft"]
    opened = pieces_of(authored, tmp_path, allow_code=True)["join:met>empty@16x9-draft"]
    assert "--allow-code" in closed.blocked
    assert opened.blocked == ""
    assert replace(closed, blocked="") == opened
    assert set(opened.files) == {"swirl.py"}


def test_another_codec_has_its_own_pieces() -> None:
    """Bodies and joins carry the author's encoding; drafts have their own and quick one."""
    film = replace(film_of(), encoding=Encoding(codec="hevc", crf=22, preset="fast"))
    assert {step.request.profile.codec for step in pieces_of(film).values()} == {"h264"}
    full = replace(CANVAS, draft=False)
    timeline = build_timeline(film, schedule(film))
    steps = piece_steps(film, timeline, full, Workspace(Path(), Path("s.yaml")), allow_code=False)
    assert {(step.request.profile.codec, step.request.profile.crf) for step in steps} == {("hevc", 22)}
