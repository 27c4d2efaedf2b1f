"""`workprint import`: from a script on the disk to a project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

import workprint
from projects.programs import probe
from storyboard.errors import ExitCode
from storyboard.load import read
from tests.workprint.conftest import Run
from workprint.commands.import_ import KINDS

SCRIPT = "Title: A walk\n\nEXT. FOREST - DAWN\n\nADA walks.\n\nADA\n(dryly)\nLovely.\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A screenplay on the disk, with a space in its name."""
    path = tmp_path / "a walk.fountain"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_a_script_becomes_a_project(run: Run, script: Path, tmp_path: Path) -> None:
    """The storyboard has no mistake, editors find its schema, and what was not understood is told with its line."""
    answer = run("import", script, tmp_path / "film")
    assert answer.code == 0, answer.err
    text = (tmp_path / "film" / "storyboard.yaml").read_text(encoding="utf-8")
    film = read(text, "storyboard.yaml").film
    assert film is not None
    assert (film.title, film.scenes[0].place, film.scenes[0].time) == ("A walk", "forest", "dawn")
    assert text.startswith("# yaml-language-server:")
    assert run("format", tmp_path / "film", "--check").code == 0
    assert (tmp_path / "film" / ".workprint" / "storyboard.schema.json").is_file()
    assert "1 scene, 1 line" in answer.out
    assert "a walk.fountain:8: ADA (dryly): not understood" in answer.out


def test_wishes_stand_at_the_top(run: Run, script: Path, tmp_path: Path) -> None:
    """Title, language, style and cuts of the command line are written into the storyboard."""
    wishes = ["--title", "Другое", "--language", "ru", "--style", "noir", "--cut", "9:16", "--cut", "1:1"]
    assert run("import", script, tmp_path / "film", *wishes).code == 0
    film = read((tmp_path / "film" / "storyboard.yaml").read_bytes(), "storyboard.yaml").film
    assert film is not None
    assert (film.title, film.language, [str(cut) for cut in film.cuts]) == ("Другое", "ru", ["9:16", "1:1"])
    assert film.scenes[0].style == "noir"


def test_the_answer_as_json(run: Run, script: Path, tmp_path: Path) -> None:
    """People with their voices, counts, and every remark."""
    told = json.loads(run("import", script, tmp_path / "film", "--json").out)
    assert (told["scenes"], told["lines"]) == (1, 1)
    assert told["people"][0]["name"] == "Ada"
    assert told["people"][0]["voice"]
    assert told["not_understood"] == [
        {"line": 8, "text": "ADA (dryly)", "why": "not understood as a feeling; it stays in the scene's words"}
    ]


def test_nothing_is_overwritten(run: Run, script: Path, tmp_path: Path) -> None:
    """A folder that holds a film already is left as it is, and the user is told."""
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "storyboard.yaml").write_text("mine", encoding="utf-8")
    assert run("import", script, tmp_path / "film").code != 0
    assert (tmp_path / "film" / "storyboard.yaml").read_text(encoding="utf-8") == "mine"


def test_what_is_no_script_is_told(run: Run, tmp_path: Path) -> None:
    """A missing file, a folder and a picture end with words and leave no folder behind."""
    assert run("import", tmp_path / "none.fountain", tmp_path / "film").code == ExitCode.MISSING
    (tmp_path / "broken.fdx").write_bytes(b"\x89PNG\r\n")
    answer = run("import", tmp_path / "broken.fdx", tmp_path / "film")
    assert answer.code == ExitCode.STORYBOARD
    assert "broken.fdx" in answer.err
    assert "Traceback" not in answer.err
    assert not (tmp_path / "film").exists()


def test_the_kinds_are_those_of_the_reader() -> None:
    """The command offers exactly what can be read, without loading it for its help."""
    from storyboard.scripts.importing import FORMATS

    assert KINDS == FORMATS


INPUTS = Path(__file__).parents[1] / "storyboard" / "scripts" / "inputs"
SCRIPTS = ("ascent-to-guru-peak.fountain", "ascent-to-guru-peak.fdx", "cherry-orchard.ru.txt", "detective.json")


@pytest.mark.whole
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_real_script_becomes_a_film(run: Run, tmp_path: Path, name: str) -> None:
    """Imported, checked without a mistake, and its first scenes with their first words drawn, spoken and joined."""
    if name.endswith(".ru.txt") and probe("festival") is None:
        pytest.skip("festival is not installed")
    folder = tmp_path / "film"
    assert run("import", INPUTS / name, folder).code == 0
    assert run("check", folder).code == 0
    storyboard = folder / "storyboard.yaml"
    film = yaml.safe_load(storyboard.read_text(encoding="utf-8"))
    scenes = film["scenes"][:2]
    for scene in scenes:
        scene["lines"] = [{**line, "say": " ".join(line["say"].split()[:3])} for line in scene.get("lines", ())][:1]
        scene["length"] = "voice" if scene["lines"] else "1s"
    short = {**film, "resolution": "360p", "scenes": [{k: v for k, v in scene.items() if v} for scene in scenes]}
    storyboard.write_text(yaml.safe_dump(short, allow_unicode=True, sort_keys=False), encoding="utf-8")
    delivery = workprint.render(folder, draft=True, jobs=2)
    for made in delivery.films:
        assert made.report["passed"], made.report
    assert [cut["scene"] for cut in delivery.films[0].report["cuts"]] == [scene["id"] for scene in scenes]
