"""`workprint format` and `workprint schema`: files that a person writes, and what editors complete by."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from storyboard import schema
from storyboard.errors import StoryboardError
from storyboard.node import plain
from storyboard.source import parse
from storyboard.tidying import tidied
from workprint.commands.new import SCHEMA

Run = Callable[..., Any]

UNTIDY = "title: Small\nworkprint: 1\nscenes:\n- prompt: 'a wood'   # green\n  id: one\n"
TIDY = "workprint: 1\ntitle: Small\n\nscenes:\n  - id: one\n    prompt: a wood   # green\n"


def write(project: Path, text: str, name: str = "storyboard.yaml") -> Path:
    path = project / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_format_writes_the_tidy_storyboard_once(run: Run, project: Path) -> None:
    """The second time nothing is written any more."""
    path = write(project, UNTIDY)
    assert run("format", project).code == 0
    assert path.read_text() == TIDY
    before = path.stat().st_mtime_ns
    assert "1 file: tidy." in run("format", project).out
    assert path.stat().st_mtime_ns == before


def test_check_and_diff_write_nothing(run: Run, project: Path) -> None:
    """`--check` ends with 3 where something is untidy, `--diff` shows what would change."""
    path = write(project, UNTIDY)
    assert run("format", project, "--check").code == 3
    answer = run("format", project, "--diff")
    assert answer.code == 0
    assert "-workprint: 1\n" in answer.out
    assert "+  - id: one\n" in answer.out
    assert path.read_text() == UNTIDY
    write(project, TIDY)
    assert run("format", project, "--check").code == 0


def test_scene_files_and_presets_of_the_project_are_tidied_too(run: Run, project: Path) -> None:
    """Every file that a person writes, by the order of its own format; links stay links."""
    write(project, "workprint: 1\ntitle: A\npresets: [mine]\n\nscenes: scenes/*.yaml\n")
    write(project, "prompt: x\nid: a\n", "scenes/a.yaml")
    write(project, "templates: {t: x}\nworkprint-preset: 1\n", "presets/mine.yaml")
    (project / "scenes" / "b.yaml").symlink_to(write(project, "prompt: y\nid: b\n", "real/b.yaml"))
    told = json.loads(run("format", project, "--json").out)
    assert sorted(told["untidy"]) == ["presets/mine.yaml", "scenes/a.yaml", "scenes/b.yaml"]
    assert (project / "scenes" / "a.yaml").read_text() == "id: a\nprompt: x\n"
    assert (project / "presets" / "mine.yaml").read_text() == "workprint-preset: 1\ntemplates: {t: x}\n"
    assert (project / "scenes" / "b.yaml").is_symlink()
    assert (project / "real" / "b.yaml").read_text() == "id: b\nprompt: y\n"


def test_a_broken_file_leaves_all_as_they_are(run: Run, project: Path) -> None:
    """Nothing is written unless everything can be, and the place is told."""
    write(project, "title: A\nworkprint: 1\nscenes: scenes/*.yaml\n")
    untidy = write(project, "prompt: x\nid: a\n", "scenes/a.yaml")
    write(project, "id: [b\n", "scenes/b.yaml")
    answer = run("format", project)
    assert answer.code == 3
    assert "scenes/b.yaml:" in answer.err
    assert untidy.read_text() == "prompt: x\nid: a\n"


def test_a_film_that_would_change_is_refused(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should tidying ever lose something, the file stays."""
    path = write(project, UNTIDY)
    monkeypatch.setattr("storyboard.tidying.layout.laid_out", lambda *_: TIDY.replace("a wood", "a lake"))
    answer = run("format", project)
    assert answer.code == 3
    assert "E114" in answer.err
    assert path.read_text() == UNTIDY


def test_rights_of_the_file_are_kept(run: Run, project: Path) -> None:
    """A file that others may read stays so."""
    path = write(project, UNTIDY)
    path.chmod(0o664)
    assert run("format", project).code == 0
    assert path.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("of", ["film", "scene", "preset"])
def test_schema_writes_what_editors_complete_by(run: Run, tmp_path: Path, of: str) -> None:
    """On standard output or into a file, and valid by its own rules."""
    said = run("schema", "--of", of).out
    jsonschema.Draft202012Validator.check_schema(json.loads(said))
    assert run("schema", "--of", of, "--out", tmp_path / "s.json").code == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == said


def test_check_and_format_keep_the_schema_of_a_project_new(run: Run, tmp_path: Path) -> None:
    """A schema that is missing or of another version is written anew, and that is said; else nothing is."""
    run("new", tmp_path / "film")
    path = tmp_path / "film" / SCHEMA
    assert "schema" not in run("check", tmp_path / "film").err
    path.write_text("{}")
    assert "out of date" in run("check", tmp_path / "film").err
    assert path.read_text(encoding="utf-8") == schema.text()
    path.unlink()
    assert "missing" in run("format", tmp_path / "film").out
    assert path.is_file()


def test_a_storyboard_that_names_no_schema_gets_none(run: Run, project: Path) -> None:
    """Nothing is put into a project that did not ask for it."""
    run("check", project)
    assert not (project / SCHEMA).exists()


def test_the_schemas_accept_what_the_house_accepts() -> None:
    """Scene files and presets pass theirs; a film with presets may name their styles, one without may not."""
    scene = jsonschema.Draft202012Validator(schema.scene_document())
    assert not list(
        scene.iter_errors({"id": "a", "prompt": {"template": "t", "n": 5}, "cast": [{"who": "x", "action": "идёт"}]})
    )
    assert list(scene.iter_errors({"id": "a", "prompt": {"n": 5}}))
    preset = jsonschema.Draft202012Validator(schema.preset_document())
    assert not list(preset.iter_errors({"workprint-preset": 1, "templates": {"t": "x", "u": {"text": "y"}}}))
    assert list(preset.iter_errors({"workprint-preset": 1, "template": {}}))
    film = jsonschema.Draft202012Validator(schema.document())
    body = {"workprint": 1, "title": "A", "style": "night-noir", "scenes": [{"id": "a", "style": "night-neon"}]}
    assert list(film.iter_errors(body))
    assert not list(film.iter_errors({**body, "presets": ["night-noir"]}))


def test_the_samples_and_starters_pass_the_schema() -> None:
    """No editor marks a mistake in what comes with workprint, in either language."""
    import projects
    import workprint

    house = [Path(package.__file__ or "").parent for package in (projects, workprint)]
    films = [*house[0].glob("samples/*/storyboard.yaml"), *house[1].glob("starters/*.yaml")]
    assert len(films) >= 5
    validator = jsonschema.Draft202012Validator(schema.document())
    for film in films:
        node = parse(film.read_bytes(), film.name).node
        assert node is not None
        assert [error.message for error in validator.iter_errors(plain(node))] == [], film


def test_the_samples_and_starters_are_tidy() -> None:
    """What comes with workprint is written as `format` writes it."""
    import projects
    import workprint

    house = [Path(package.__file__ or "").parent for package in (projects, workprint)]
    for film in (*house[0].glob("samples/*/storyboard.yaml"), *house[1].glob("starters/*.yaml")):
        assert film.read_text("utf-8") == tidied(film.read_bytes(), film.name), film


def test_words_are_offered_in_both_languages() -> None:
    """An editor completes a place, a role or a camera in English and in Russian."""
    definitions = schema.document()["$defs"]
    scene = definitions["WrittenScene"]["properties"]
    assert {"forest", "лес"} <= set(scene["place"]["examples"])
    assert {"hero", "герой"} <= set(definitions["WrittenCharacter"]["properties"]["role"]["examples"])
    cameras = next(choice["enum"] for choice in scene["camera"]["anyOf"] if "enum" in choice)
    assert {"pan left", "наезд"} <= set(cameras)


def test_a_refusal_is_an_error_of_the_storyboard() -> None:
    """The library raises what the command tells."""
    with pytest.raises(StoryboardError):
        tidied("[1]\n", "s.yaml")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_new_project_is_tidy(run: Run, tmp_path: Path, language: str) -> None:
    """What `workprint new` writes is what `workprint format` would."""
    run("new", tmp_path / "film", "--language", language)
    assert run("format", tmp_path / "film", "--check").code == 0
