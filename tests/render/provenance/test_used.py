"""What a film uses: found from the plan, with what receipts tell, and files by how they went in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from projects.steps import Artifact, Step
from projects.workspace import Workspace
from render.makers import Maker
from render.provenance.source_types import SourceType
from render.provenance.subject import SEEN, TOLD, Making, subjects
from render.provenance.used import Used, told_by, used_by
from render.shift import Laid
from storyboard.film import Character, Lora, Part, Transition, Treatment, VoiceChoice
from tests.render.lantern import RECEIPTS, Whole, everything

MIRA = Character("mira", "Mira", "hero", "", "", "", VoiceChoice(""), ("people/mira.png",), (Lora("weights/mira.st"),))
PLAYED = Part(MIRA, "stand", "neutral", "center")


def found(film: Whole, *roles: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Who made what, for these roles."""
    every = used_by(film.film, film.casting, film.makers, RECEIPTS)
    return [(one.role, one.file or one.maker, one.of) for one in every if one.role in roles]


def with_scene(film: Whole, scene_id: str, **changes: Any) -> Whole:
    """The film with another scene in the place of one."""
    scenes = tuple(replace(one, **changes) if one.id == scene_id else one for one in film.film.scenes)
    return replace(film, film=replace(film.film, scenes=scenes))


def test_every_maker_is_named_once_with_what_it_made() -> None:
    """Painted scenes are one entry, own files another for each, and finishing is told apart from making."""
    assert found(everything(), "picture", "finish") == [
        ("picture", "animatic", ("wood", "ending")),
        ("finish", "track", ("wood",)),
        ("picture", "runway", ("ship",)),
        ("picture", "wan", ("dream",)),
        ("finish", "rife", ("dream",)),
        ("finish", "upscale", ("dream",)),
    ]
    sources = {one.maker: one.source for one in used_by(everything().film, everything().casting, everything().makers)}
    assert sources["animatic"] is sources["composer"] is SourceType.ALGORITHMIC
    assert sources["wan"] is sources["runway"] is sources["kokoro"] is SourceType.TRAINED
    assert sources["rife"] is SourceType.ENHANCED


def test_what_models_are_shown_of_people_is_named() -> None:
    """Pictures and small weights of characters count only where the maker can use them."""
    film = with_scene(everything(), "dream", cast=(PLAYED,))
    assert "people/mira.png" not in [file for _, file, _ in found(film, "own")]
    able = replace(
        film, makers={**film.makers, "dream": Maker("wan", "", generated=True, takes=frozenset({"references"}))}
    )
    assert ("own", "people/mira.png", ("dream",)) in found(able, "own")
    assert "weights/mira.st" not in [file for _, file, _ in found(able, "own")]
    both = frozenset({"references", "lora"})
    able = replace(film, makers={**film.makers, "dream": Maker("wan", "", generated=True, takes=both)})
    assert ("own", "weights/mira.st", ("dream",)) in found(able, "own")


def test_effects_of_others_and_of_the_authors_own_are_named() -> None:
    """MoviePy is credited where it works, and a function of the project by its file."""
    effects = (Treatment("moviepy", "MirrorX"), Treatment("python", "effects/dream.py:shake"))
    way = Transition("python", everything().film.scenes[0].transition.length, treatments=effects[1:])
    film = with_scene(with_scene(everything(), "sea", effects=effects), "wood", transition=way)
    assert ("finish", "moviepy", ("sea",)) in found(film, "finish")
    assert ("own", "effects/dream.py", ("wood", "sea")) in found(film, "own")


def test_receipts_are_read_by_the_kinds_of_their_steps() -> None:
    """Facts are found by scene, by line, by sound and for the score; what is not made is left to the plan."""
    steps = [
        Step("take:wood@16x9", "take", "c", None, scene="wood"),
        Step("take:wood@1x1", "take", "c", None, scene="wood"),
        Step("voice:wood/mira-1", "voice", "c", None, scene="wood"),
        Step("effect:wood/wind-1", "effect", "c", None, scene="wood"),
        Step("score", "score", "c", None),
        Step("take:sea@16x9", "take", "c", None, scene="sea"),
        Step("film@16x9", "film", "c", None),
    ]
    made = {step.name: Artifact("f", Path("x"), {"name": step.name}) for step in steps if step.scene != "sea"}
    told = told_by(steps, made)
    assert told.takes == {"wood": {"name": "take:wood@16x9"}}
    assert told.voices == {"wood/mira-1": {"name": "voice:wood/mira-1"}}
    assert told.effects == {"wood/wind-1": {"name": "effect:wood/wind-1"}}
    assert told.score == {"name": "score"}


def test_files_count_by_how_they_went_in(tmp_path: Path) -> None:
    """What is seen is a component, what a model was shown is not; a lost file is no ingredient, nor is talk as JSON."""
    for name in ("footage/sea.mp4", "pictures/a.png", "people/mira.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    film = with_scene(everything(), "dream", cast=(PLAYED,))
    makers = {**film.makers, "dream": Maker("wan", "", generated=True, takes=frozenset({"references"}))}
    steps = [Step(f"bought:{name}", "bought", "c", None, scene=name) for name in ("ship", "wood")]
    facts = {"service": "runway", "model": "gen4.5"}
    made = {
        "bought:ship": Artifact("f", tmp_path / "clip.mp4", facts),
        "bought:wood": Artifact("f", tmp_path / "line.json", facts),
    }

    class Targets:
        targets = (type("Target", (), {"scene": ""}), type("Target", (), {"scene": "sea"}))

    laid = cast(Laid, type("Laid", (), {"makers": makers, "graph": steps, "breakdown": Targets})())
    workspace = Workspace(tmp_path, tmp_path / "storyboard.yaml")
    told = subjects(Making(film.film, film.casting, workspace, laid, made))
    assert {(one.title, one.relation, one.of) for one in told[""].ingredients} == {
        ("bought from runway gen4.5", SEEN, ("ship",)),
        ("footage/sea.mp4", SEEN, ("sea",)),
        ("pictures/a.png", SEEN, ("faces",)),
        ("people/mira.png", TOLD, ("dream",)),
    }
    assert (told["sea"].title, told["sea"].training) == ("The Lantern: sea", False)
    assert [one.title for one in told["sea"].ingredients] == ["footage/sea.mp4"]
    assert not any(isinstance(one, Used) and one.role == "voice" for one in told["sea"].used)
