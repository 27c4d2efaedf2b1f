"""Real scripts that nobody here wrote: every line of dialogue arrives, and the storyboard has no mistake."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storyboard.errors import Severity
from storyboard.film import Film
from storyboard.load import read
from storyboard.rules.register import asked, craft_rules
from storyboard.rules.rule import Case
from storyboard.scripts.adaptation import Adapted
from storyboard.scripts.importing import import_script
from storyboard.writer import storyboard_text

INPUTS = Path(__file__).with_name("inputs")
GOLDENS = Path(__file__).with_name("goldens")
SCRIPTS = ("ascent-to-guru-peak.fountain", "ascent-to-guru-peak.fdx", "cherry-orchard.ru.txt", "detective.json")


def imported(name: str) -> tuple[Adapted, Film]:
    """What becomes of one of the scripts."""
    adapted = import_script((INPUTS / name).read_bytes(), name)
    reading = read(storyboard_text(adapted.document), "storyboard.yaml")
    assert [one for one in reading.diagnostics if one.severity is Severity.ERROR] == []
    assert reading.film is not None
    return adapted, reading.film


@pytest.mark.parametrize("name", SCRIPTS)
def test_storyboards_have_no_mistake(name: str) -> None:
    """Each script becomes a film whose scenes all show or say something."""
    adapted, film = imported(name)
    assert film.scenes
    assert all(scene.prompt or scene.lines or scene.text for scene in film.scenes)
    assert all(remark.why for remark in adapted.remarks)


@pytest.mark.parametrize("name", SCRIPTS)
def test_golden(name: str) -> None:
    """The storyboard of each script, and what was not understood, are exactly what was read and found right once.

    `WORKPRINT_WRITE_GOLDENS=1` writes them anew, to be read again.
    """
    adapted, _ = imported(name)
    left = "".join(f"# {remark.line}: {remark.text}: {remark.why}\n" for remark in adapted.remarks)
    text = storyboard_text(adapted.document) + left
    golden = GOLDENS / f"{name}.yaml"
    if os.environ.get("WORKPRINT_WRITE_GOLDENS"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_partner_has_no_doubt_about_them(name: str) -> None:
    """What comes out is written as the rules of the check would have it; one place in two weathers is the script's."""
    adapted, film = imported(name)
    reading = read(storyboard_text(adapted.document), "storyboard.yaml")
    assert reading.places is not None
    found = [*reading.diagnostics, *asked(craft_rules(), Case(film, reading.places), "en")]
    assert {one.code for one in found} <= {"W231"}


def test_fountain_and_final_draft_agree() -> None:
    """The same screenplay in both formats becomes the same scenes, words and cast."""
    (_, one), (_, other) = map(imported, SCRIPTS[:2])
    assert [(s.id, s.place, s.time, s.prompt, s.moments) for s in one.scenes] == [
        (s.id, s.place, s.time, s.prompt, s.moments) for s in other.scenes
    ]
    assert [line.text for s in one.scenes for line in s.lines] == [line.text for s in other.scenes for line in s.lines]


def test_the_screenplay_is_understood() -> None:
    """Six headings, two speakers, 29 speeches, a sound in capitals, feelings, fades, title page and attribution."""
    adapted, film = imported(SCRIPTS[0])
    headings = [scene.heading for scene in film.scenes if scene.heading]
    assert len(headings) == 6
    assert [(scene.place, scene.time) for scene in film.scenes if scene.heading][:2] == [
        ("mountains", "noon"),
        ("forest", "noon"),
    ]
    assert {line.by.name for scene in film.scenes for line in scene.lines} == {"Yorblef", "Guru"}
    assert sum(len(scene.lines) for scene in film.scenes) == 29
    assert any(sound.effect == "thud" for scene in film.scenes for sound in scene.sounds)
    assert film.title == "Ascent to Guru Peak"
    assert film.author == "Richard Alexander Hall"
    assert any("Creative Commons Attribution 4.0" in credit for credit in film.credits)
    assert film.opening.kind == "fade"
    assert any(line.emotion != "neutral" for scene in film.scenes for line in scene.lines)
    assert [remark.line for remark in adapted.remarks if "sarcastic" in remark.text] == [333]


def test_the_play_is_understood() -> None:
    """Speakers with what the list of persons says of them, brackets as actions, «Пауза» as silence, the hour told."""
    _, film = imported(SCRIPTS[2])
    people = {person.name: person for person in film.characters}
    assert set(people) == {"Лопахин", "Дуняша", "Епиходов"}
    assert people["Дуняша"].role == "maid"
    assert (film.language, film.scenes[0].place, film.scenes[0].time) == ("ru", "room", "dawn")
    pauses = [line for scene in film.scenes for line in scene.lines if line.pause]
    assert len(pauses) == 3
    assert any("Дуняша тушит свечу" in scene.prompt for scene in film.scenes)
    words = " ".join(line.text for scene in film.scenes for line in scene.lines)
    assert "(" not in words


def test_the_shot_list_is_understood() -> None:
    """Thirteen shots of three scenes, the two people who are described once standing in most of them."""
    _, film = imported(SCRIPTS[3])
    assert len(film.scenes) == 13
    assert {person.name for person in film.characters} >= {"Mira Chen", "Jordan Hale"}
    assert sum(any(part.character.name == "Mira Chen" for part in scene.cast) for scene in film.scenes) >= 5
    assert all(scene.prompt and scene.moments.middle for scene in film.scenes)
