"""The credits: golden texts in both languages, what is unknown, the samples' attributions, and the roll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner

from projects.samples import sample_folder
from render.credits.entries import Section, sections
from render.credits.rolling import rolled, with_credits
from render.credits.text import written
from render.makers import Maker
from render.orders import Order
from render.production import open_production
from render.provenance.used import Told, used_by
from storyboard.film import Film, FitVoice, Fixed
from storyboard.load import read
from tests.render.lantern import RECEIPTS, Whole, everything

HERE = Path(__file__).parent


def credits_of(film: Whole, told: Told | None = None) -> tuple[Section, ...]:
    """The sections of a film's credits."""
    return sections(film.film, used_by(film.film, film.casting, film.makers, told))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_credits_of_a_film_of_everything(language: str) -> None:
    """Every maker with model, licence and notice, attributions first, in the film's language."""
    film = everything(language).film
    told = written(film.title, language, credits_of(everything(language), RECEIPTS))
    told = told.replace(f"workprint {version('workprint')}", "workprint VERSION")
    assert told == (HERE / f"credits-{language}.txt").read_text("utf-8")


def test_the_roll_of_a_film_of_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """The roll is made of the plan alone: no commits, no licences, and none of the author's own files."""
    monkeypatch.setattr("render.provenance.used._player", lambda score: "tones.sf3: MIT")
    film = everything()
    assert "\n".join(rolled(film.film, credits_of(film))) + "\n" == (HERE / "roll-en.txt").read_text("utf-8")


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    """An engine that does not tell a voice's licence leaves it unknown, and so does a model of one's own."""
    told = written("", "en", credits_of(everything()))
    assert "Narrator: Amy (Piper)\n      licence unknown" in told
    film = everything()
    odd = {**film.makers, "dream": Maker("mystery", "", generated=True)}
    found = {one.maker: one for one in used_by(film.film, film.casting, odd)}
    assert found["mystery"].model == "Wan-AI/Wan2.2-TI2V-5B-Diffusers"
    assert found["mystery"].licence.startswith("Apache-2.0")
    assert found["piper"].licence == "licence unknown"


def test_the_commit_is_found_in_the_files_of_a_model(tmp_path: Path) -> None:
    """Before anything is made, a model is told by the snapshot that would be loaded."""
    film = everything()
    place = tmp_path / "models--Owner--Model" / "snapshots" / "0123456789abcdef" / "unet.safetensors"
    made = {**film.makers, "dream": Maker("wan", "", generated=True, weights={"model/unet": place})}
    found = {one.maker: one for one in used_by(film.film, film.casting, made)}
    assert found["wan"].model == "Owner/Model@0123456789abcdef"


@pytest.mark.parametrize("name", ["hello", "guru-peak", "cherry-orchard"])
def test_the_samples_attributions_are_in_their_credits(name: str) -> None:
    """What the storyboard of a sample has to say of others' works stands in its credits, word for word."""
    from importlib.resources.abc import Traversable

    place: Traversable | Path = sample_folder(name) / "storyboard.yaml"
    film = read(place.read_bytes(), "storyboard.yaml").film
    assert film is not None
    nobody = everything().casting
    told = written(film.title, film.language, sections(film, used_by(film, nobody, drawn(film))))
    assert all(f"  {line}\n" in told for line in film.credits)
    assert ("CC BY 4.0" in told) == (name == "guru-peak")
    assert "Wan" not in told
    assert "Runway" not in told


def drawn(film: Film) -> Mapping[str, Maker]:
    """Every scene painted."""
    return {scene.id: Maker("animatic", "") for scene in film.scenes}


@pytest.mark.parametrize("title", ["The Lantern", "Лампа", "灯笼"])
def test_only_the_typefaces_that_set_something_are_named(title: str) -> None:
    """A title is set in the serif and captions in the sans; another script brings its own face."""
    film = everything(title=title).film
    quiet = read(f"workprint: 1\ntitle: t\ncaptions: file\nscenes:\n  - {{id: a, text: {title}}}\n".encode(), "s").film
    assert quiet is not None
    names = [entry.name for section in credits_of(everything()) for entry in section.entries if section.key == "fonts"]
    assert names == ["PT Serif", "Noto Sans"]
    alone = sections(quiet, used_by(quiet, everything().casting, drawn(quiet)))
    fonts = [entry.name for entry in next(one for one in alone if one.key == "fonts").entries]
    assert fonts[0] == "PT Serif"
    assert (len(fonts) > 1) == (title == "灯笼")
    assert film.title == title


def filled(film: Whole) -> Film:
    """The film with its roll."""
    return with_credits(film.film, lambda: film.casting, lambda: film.makers)


def test_a_roll_lasts_as_long_as_its_lines_need() -> None:
    """A scene without a length lasts until the roll is read in the narrowest cut; a longer roll lasts longer."""
    short, long = filled(everything()), everything(title="The Lantern that Burned")
    ending = short.scene("ending")
    assert isinstance(ending.length, Fixed)
    assert 10 <= ending.length.seconds <= 60
    assert ending.lettering[0].lines[0] == "# The Lantern"
    assert not ending.lettering[0].automatic
    more = filled(Whole(film_with(long.film, 40), long.casting, long.makers)).scene("ending")
    assert isinstance(more.length, Fixed)
    assert more.length.seconds > ending.length.seconds + 20


def film_with(film: Film, attributions: int) -> Film:
    """The film with many works of others."""
    return replace(film, credits=tuple(f"Song {number} by somebody else" for number in range(attributions)))


def test_a_written_length_stays() -> None:
    """Credits in a scene that has a length, or lines that set it, take the time that there is."""
    text = (
        "workprint: 1\ntitle: t\nscenes:\n"
        "  - {id: a, length: 9s, text: {credits: auto}}\n"
        "  - {id: b, lines: [{say: The end.}], text: {credits: авто}}\n"
        "  - {id: c, text: [{title: The end}, {credits: auto, for: 4s}]}\n"
    )
    film = read(text.encode(), "s").film
    assert film is not None
    assert all(any(one.automatic for one in scene.lettering) for scene in film.scenes)
    made = filled(Whole(film, everything().casting, dict(drawn(film))))
    assert [made.scene(one).length for one in "abc"] == [Fixed(Fraction(9)), FitVoice(), Fixed(Fraction(5))]
    assert all("# t" in scene.lettering[-1].lines for scene in made.scenes)


def test_a_film_without_a_roll_asks_for_nothing() -> None:
    """Who makes and speaks it is not found out for a film that rolls no automatic credits."""
    film = read(b"workprint: 1\ntitle: t\nscenes: [{id: a, text: {credits: [Somebody]}}]\n", "s").film
    assert film is not None

    def never() -> NoReturn:
        raise AssertionError("nobody is to be asked")

    assert with_credits(film, never, never) is film


ROLLING = """\
workprint: 1
title: Small film
characters: {{max: {{name: Max, voice: {voice}}}}}
scenes:
  - {{id: wood, length: 4s, place: forest, lines: [{{by: max, say: Here we are.}}]}}
  - {{id: end, length: 9s, place: forest, text: {{credits: auto}}}}
"""


def test_another_voice_makes_the_roll_anew_and_no_other_scene(tmp_path: Path) -> None:
    """Of two plans that differ in a voice, only the picture of the scene with the roll differs."""
    asked = []
    for voice in ("en/george", "en/emma"):
        (tmp_path / "storyboard.yaml").write_text(ROLLING.format(voice=voice), "utf-8")
        laid = open_production(tmp_path).lay_out(Order())
        asked.append({step.scene: step.request.clip.scene for step in laid.graph if step.kind == "take"})
    changed = {scene for scene in asked[0] if asked[0][scene].lettering != asked[1][scene].lettering}
    assert changed == {"end"}
    assert asked[0]["wood"].lettering == ()


def test_the_command_tells_the_credits(tmp_path: Path) -> None:
    """`workprint credits` makes nothing: it prints the text or the roll, or writes a file."""
    from workprint.commandline import workprint

    (tmp_path / "storyboard.yaml").write_text(ROLLING.format(voice="en/emma"), "utf-8")
    run = CliRunner().invoke(workprint, ["credits", str(tmp_path)])
    assert run.exit_code == 0, run.output
    assert "Max: Emma (Kokoro-82M)" in run.output
    assert not (tmp_path / "out").exists()
    roll = CliRunner().invoke(workprint, ["credits", str(tmp_path), "--roll"])
    assert roll.output.startswith("# Small film\n")
    out = tmp_path / "credits.txt"
    CliRunner().invoke(workprint, ["credits", str(tmp_path), "--out", str(out)])
    assert out.read_text("utf-8").startswith("Small film\n==========\n")
    assert '"sections"' in CliRunner().invoke(workprint, ["credits", str(tmp_path), "--json"]).output
