"""`workprint presets`: lists, keeps and copies styles and templates."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import projects.presets
from projects.presets import companions, every
from projects.workspace import open_workspace
from render.production import open_production, read_project
from storyboard.presets import read_preset
from workprint.proofreading import proofread

Run = Callable[..., Any]

OWN = """\
workprint: 1
title: A film
style: inked
styles:
  inked: {base: noir, prompt: thick ink, examples: [pictures/a.png, pictures/more/a.png]}
templates: {far: "{subject}, far away"}
scenes:
  - {id: one, prompt: {template: far, subject: a wood}}
"""


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of settings of the test's own; gives that of the user's presets."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "settings"))
    return tmp_path / "settings" / "workprint" / "presets"


@pytest.fixture
def own(project: Path) -> Path:
    """A film with a style, two pictures that show it, and a template."""
    (project / "storyboard.yaml").write_text(OWN, encoding="utf-8")
    for number, name in enumerate(("a.png", "more/a.png")):
        path = project / "pictures" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes([number]))
    return project


def test_the_bundled_presets_are_whole() -> None:
    """Each reads without a mistake, says what it is for, and brings no file from elsewhere."""
    found = list(every(None))
    assert {one.name for one in found} == {"night-noir", "watercolour-tales", "skazka"}
    for one in found:
        preset, wrong = read_preset(one.text, one.name)
        assert wrong == []
        assert preset is not None
        assert preset.about
        assert not any(style.examples or style.lut for style in (preset.styles or {}).values())


def test_a_film_may_use_every_bundled_style(project: Path) -> None:
    """A film that names a bundled preset reads, and its style is told to models."""
    text = "workprint: 1\ntitle: A\nlanguage: ru\npresets: [skazka]\nstyle: сказка\nscenes:\n"
    text += "  - {id: a, prompt: {template: встреча, кто: лиса, кого: колобок}}\n"
    (project / "storyboard.yaml").write_text(text, encoding="utf-8")
    film = open_production(project).film
    assert film.scenes[0].prompt == "лиса встречает: колобок; оба удивлены."
    assert "роспись по дереву" in film.scenes[0].look.words


def test_what_is_saved_may_be_added_to_another_film(run: Run, own: Path, settings: Path, tmp_path: Path) -> None:
    """Styles, templates and pictures travel: two pictures of one name are kept apart, and the new film reads."""
    told = json.loads(run("presets", "save", "inky", "-p", own, "--json").out)
    assert told == {"path": str(settings / "inky.yaml"), "styles": ["inked"], "templates": ["far"]}
    assert (settings / "inky" / "a.png").read_bytes() == b"\0"
    assert (settings / "inky" / "a-2.png").read_bytes() == b"\1"
    other = tmp_path / "other"
    assert run("new", other).code == 0
    scenes = "scenes:\n  - {id: one, prompt: {template: far, subject: a wood}}\n"
    (other / "storyboard.yaml").write_text(f"workprint: 1\ntitle: B\npresets: [inky]\nstyle: inked\n{scenes}")
    (found,) = proofread(other)[1]
    assert (found.code, found.line) == ("E169", 4)
    answer = run("presets", "add", "inky", "-p", other)
    assert "Add `presets:" not in answer.out
    assert proofread(other)[1] == ()
    scene = open_production(other).film.scenes[0]
    assert scene.look.examples == ("presets/inky/a.png", "presets/inky/a-2.png")
    assert scene.prompt == open_production(own).film.scenes[0].prompt


def test_nothing_is_written_over_unasked(run: Run, own: Path, settings: Path) -> None:
    """A preset of the same name and another text needs `--force`."""
    settings.mkdir(parents=True)
    (settings / "inky.yaml").write_text("workprint-preset: 1\n")
    assert run("presets", "save", "inky", "-p", own).code == 2
    assert (settings / "inky.yaml").read_text() == "workprint-preset: 1\n"
    assert run("presets", "save", "inky", "-p", own, "--force").code == 0
    assert "inked" in (settings / "inky.yaml").read_text()


def test_a_film_without_styles_has_nothing_to_save(run: Run, project: Path) -> None:
    """The command says what is lacking."""
    answer = run("presets", "save", "inky", "-p", project)
    assert answer.code == 4
    assert "no styles and no templates of its own" in answer.err


@pytest.mark.parametrize("name", ["../a", "a/b", "a b", ".a", ""])
def test_names_lead_nowhere_else(run: Run, own: Path, name: str, settings: Path) -> None:
    """A preset is kept under a plain name."""
    assert run("presets", "save", name, "-p", own).code == 2
    assert run("presets", "add", name, "-p", own).code == 2
    assert not settings.exists()


def test_a_link_in_the_project_is_not_written_through(run: Run, own: Path, tmp_path: Path) -> None:
    """Whatever a project brings, a preset is copied into its own folder or not at all."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (own / "presets").symlink_to(elsewhere)
    assert run("presets", "add", "night-noir", "-p", own).code == 2
    assert list(elsewhere.iterdir()) == []


def test_a_picture_outside_the_project_is_not_saved(run: Run, own: Path, settings: Path, tmp_path: Path) -> None:
    """A link to a file elsewhere is refused, and nothing is written."""
    (tmp_path / "secret").write_text("x")
    (own / "pictures" / "a.png").unlink()
    (own / "pictures" / "a.png").symlink_to(tmp_path / "secret")
    assert run("presets", "save", "inky", "-p", own).code == 4
    assert not settings.exists()


def test_the_list_says_where_each_lies(run: Run, own: Path, settings: Path) -> None:
    """The film's own hide yours, and yours those of workprint; one with mistakes is listed with them."""
    (own / "presets").mkdir()
    (own / "presets" / "night-noir.yaml").write_text("workprint-preset: 1\nabout: Mine.\n")
    settings.mkdir(parents=True)
    (settings / "broken.yaml").write_text("stiles: {}\n")
    told = {one["name"]: one for one in json.loads(run("presets", "-p", own, "--json").out)}
    assert (told["night-noir"]["where"], told["night-noir"]["about"]) == ("film", "Mine.")
    assert (told["broken"]["where"], len(told["broken"]["mistakes"])) == ("yours", 2)
    assert told["skazka"]["where"] == "workprint"
    assert "this film" in run("presets", "-p", own).out


def test_example_pictures_decide_about_takes_that_look_at_them(own: Path) -> None:
    """The painter does not look at them, which is said; what decides its take is not touched by them."""
    from render.orders import Order

    plan = open_production(own).plan(Order(draft=True))
    assert any("animatic looks at no example pictures" in note for note in plan.notes)
    before = {one.step.name: one.fingerprint for one in plan.steps if one.step.kind == "take"}
    (own / "pictures" / "a.png").write_bytes(b"another")
    after = {one.step.name: one.fingerprint for one in open_production(own).plan(Order(draft=True)).steps}
    assert before == {name: after[name] for name in before}


def test_missing_presets_do_not_stop_the_reading(project: Path) -> None:
    """A preset that is not there is one finding with its place."""
    text = "workprint: 1\ntitle: A\npresets: [nowhere]\nscenes: [{id: a, prompt: x}]\n"
    (project / "storyboard.yaml").write_text(text)
    (found,) = read_project(project)[1].diagnostics
    assert (found.code, found.line, found.column) == ("E166", 3, 11)


def test_presets_are_found_near_before_far(own: Path, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The film's own file comes before the user's, and that before workprint's."""
    workspace = open_workspace(own)
    names = b"presets: [night-noir]\n"
    assert list(companions(workspace, names)) == ["preset:night-noir"]
    settings.mkdir(parents=True)
    (settings / "night-noir.yaml").write_bytes(b"yours")
    assert companions(workspace, names) == {"preset:night-noir": b"yours"}
    (own / "presets").mkdir()
    (own / "presets" / "night-noir.yaml").write_bytes(b"the film's")
    assert companions(workspace, names) == {"presets/night-noir.yaml": b"the film's"}
    monkeypatch.setattr(projects.presets, "own_presets", lambda: own / "gone")
    assert companions(workspace, b"presets: [presets/night-noir.yaml]\n") == {"presets/night-noir.yaml": b"the film's"}
