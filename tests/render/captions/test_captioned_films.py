"""Captions of a film: what its pieces are given, which files lie beside it, in which languages, and what is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from projects.fingerprint import canonical_text
from projects.progress import Silent
from projects.steps import Step
from render.captioning import UnknownFormatError, chosen_formats, make_captions
from render.captions import Burned, Dress
from render.captions.doubts import caption_notes
from render.orders import Order
from render.production import Production
from render.translation_files import UntranslatableError, write_template
from storyboard.captioning import CaptionLook
from storyboard.errors import MissingError, StoryboardError
from storyboard.safe_area import SafeArea
from tests.render.conftest import Opener

FILM = """\
workprint: 1
title: Two voices
fps: 24
resolution: 360p
cuts: ["16:9", "9:16"]
captions: CAPTIONS
translations: {ru: translations/ru.yaml}
characters: {max: {name: Max}}
scenes:
  - {id: wood, length: 2s, place: forest, text: "A wood", sounds: none}
  - id: talk
    length: 12s
    place: meadow
    cast: [max]
    sounds: none
    lines:
      - {by: max, say: "Well, here we are.", pause: 1s}
      - {by: max, say: "I did not hike eleven miles and nearly die to hear that you have lost the map."}
"""
RUSSIAN = """\
language: ru
lines:
  talk:
    max-1: {original: "Well, here we are.", translation: "Ну вот, мы пришли."}
    max-2: {original: "I hiked eleven miles.", translation: "Я прошёл одиннадцать миль."}
"""
ORDER = Order(draft=True, jobs=1)


def opened(film_of: Opener, captions: str, russian: str = RUSSIAN) -> Production:
    """The production of the film with these captions."""
    production = film_of(FILM.replace("CAPTIONS", captions))
    folder = production.workspace.folder / "translations"
    folder.mkdir(exist_ok=True)
    (folder / "ru.yaml").write_text(russian, encoding="utf-8")
    return production


def steps(production: Production, *kinds: str) -> dict[str, Step]:
    """The steps of a draft of these kinds, by name."""
    return {step.name: step for step in production.lay_out(ORDER).graph if step.kind in kinds}


def test_pieces_get_captions_in_their_dress(film_of: Opener) -> None:
    """Only pieces with words carry captions, as they are drawn; tall cuts have shorter ones."""
    pieces = steps(opened(film_of, "{show: burned, style: outline}"), "body")
    assert pieces["body:wood@16x9-draft"].request.captions == ()
    wide, tall = (pieces[f"body:talk@{cut}-draft"].request.captions for cut in ("16x9", "9x16"))
    assert all(isinstance(one, Burned) and one.dress == Dress(CaptionLook("outline"), "en") for one in wide)
    assert len(tall) > len(wide)
    assert " ".join(one.text for one in tall).split() == " ".join(one.text for one in wide).split()


def test_looks_change_only_what_shows_captions(film_of: Opener) -> None:
    """Another style makes the captioned pieces anew, and neither takes nor other pieces."""
    before, after = (
        {
            name: canonical_text(step.request)
            for name, step in steps(opened(film_of, text), "body", "join", "take").items()
        }
        for text in ("{show: burned, style: plain}", "{show: burned, style: outline}")
    )
    changed = {name.split("@")[0] for name in before if before[name] != after[name]}
    assert changed == {"body:talk"}


def test_languages_that_are_not_burned_change_no_picture(film_of: Opener) -> None:
    """Sounds, formats and languages of files leave every take and, where none are burned, every piece alone."""
    before, after = (
        {
            name: canonical_text(step.request)
            for name, step in steps(opened(film_of, text), "body", "join", "take").items()
        }
        for text in ("file", "{show: file, sounds: true, files: [ass], languages: [ru], size: large}")
    )
    assert before == after


def test_a_safe_area_makes_words_and_upright_heads_anew_and_nothing_else(film_of: Opener) -> None:
    """Buttons of a platform move words, in takes and in captions, and in upright shapes people."""
    production = opened(film_of, "burned")
    before = {name: canonical_text(step.request) for name, step in steps(production, "take", "body").items()}
    production.film = replace(production.film, safe=SafeArea(bottom=0.3))
    after = {name: canonical_text(step.request) for name, step in steps(production, "take", "body").items()}
    changed = {name.split("@")[0] for name in before if before[name] != after[name]}
    assert changed == {"take:wood", "take:talk", "body:talk"}
    assert before["take:talk@16x9-draft"] == after["take:talk@16x9-draft"]


def test_another_language_is_burned(film_of: Opener) -> None:
    """What is burned in may be a translation: its words, its lines, at the times of the spoken ones."""
    pieces = steps(opened(film_of, "{show: burned, burn: ru}"), "body")
    (first, *_) = pieces["body:talk@16x9-draft"].request.captions
    assert (first.text, first.dress.language) == ("Ну вот, мы пришли.", "ru")


def test_what_is_not_translated_is_told(film_of: Opener) -> None:
    """A line whose words have changed, and one that has none in the other language, are told in the plan's notes."""
    production = opened(film_of, "both", RUSSIAN.replace("max-1:", "max-7:"))
    notes = caption_notes(production.film, production.lay_out(ORDER).timeline, production.workspace)
    assert any("talk/max-2 is older in translations/ru.yaml" in note for note in notes)
    production = opened(film_of, "both", RUSSIAN.replace("Ну вот, мы пришли.", ""))
    assert any("talk/max-1 is not translated" in note for note in production.plan(ORDER).notes)


def test_a_missing_or_broken_translation_stops_the_work(film_of: Opener) -> None:
    """A named file that is not there, or holds something else, is told before anything is made."""
    broken = opened(film_of, "both", "just a text")
    with pytest.raises(StoryboardError):
        broken.plan(ORDER)
    (broken.workspace.folder / "translations" / "ru.yaml").unlink()
    with pytest.raises(MissingError, match=r"translations/ru\.yaml"):
        broken.plan(ORDER)
    assert opened(film_of, "{show: both, languages: [en]}", "just a text").plan(ORDER)


def test_a_translator_gets_a_file(film_of: Opener) -> None:
    """The template goes where the storyboard names it, keeps what is there, and is refused for the film's language."""
    production = opened(film_of, "both")
    path = write_template(production.film, production.workspace, "ru")
    assert path == production.workspace.folder / "translations" / "ru.yaml"
    text = path.read_text(encoding="utf-8")
    assert "was: I hiked eleven miles." in text
    assert "Ну вот, мы пришли." in text
    assert write_template(production.film, production.workspace, "de").name == "de.yaml"
    for language in ("en", "../x", "", "x y"):
        with pytest.raises(UntranslatableError):
            write_template(production.film, production.workspace, language)


def test_a_template_does_not_leave_the_project(film_of: Opener, tmp_path: Path) -> None:
    """A folder `translations` that leads elsewhere is not written to."""
    production = film_of(FILM.replace("CAPTIONS", "both").replace("{ru: translations/ru.yaml}", "{ru: away/ru.yaml}"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (production.workspace.folder / "away").symlink_to(elsewhere)
    with pytest.raises(UntranslatableError):
        write_template(production.film, production.workspace, "ru")
    assert not list(elsewhere.iterdir())


def test_formats_are_chosen(film_of: Opener) -> None:
    """Formats come from the command, else from the storyboard, else they are SubRip and WebVTT."""
    film = opened(film_of, "{files: [ass]}").film
    assert chosen_formats("SRT, .vtt", film) == ("srt", "vtt")
    assert chosen_formats("", film) == ("ass",)
    assert chosen_formats("", opened(film_of, "file").film) == ("srt", "vtt")
    with pytest.raises(UnknownFormatError):
        chosen_formats("srt,sub", film)


@pytest.mark.slow
def test_files_are_written_without_pictures(film_of: Opener) -> None:
    """Voices are made, no take is; each language and format is a file of its own."""
    production = opened(film_of, "{show: file, files: [srt, vtt, ass]}")
    written, notes = make_captions(production, ORDER, Silent(), None, (), ("srt", "vtt", "ass"))
    assert [path.name for path in written] == [
        f"two-voices.{language}.{kind}" for language in ("en", "ru") for kind in ("srt", "vtt", "ass")
    ]
    assert "Ну вот, мы пришли." in written[3].read_text(encoding="utf-8")
    assert any("max-2" in note for note in notes)
    assert not production.made(production.lay_out(ORDER), "take")
    (alone,), _ = make_captions(production, ORDER, Silent(), None, ("en",), ("srt",))
    assert alone.name == "two-voices.en.srt"
    with pytest.raises(MissingError, match="de"):
        make_captions(production, ORDER, Silent(), None, ("de",), ("srt",))
