"""The key `captions`: a text, or a mapping in either language; translations and what is missing of them."""

from __future__ import annotations

import pytest

from storyboard.captioning import CaptionLook
from storyboard.film import Captions, Film
from storyboard.load import read
from storyboard.translations import read_translation, template

SCENES = """
characters: {max: {name: Max}}
scenes:
  - id: wood
    place: forest
    lines: [{by: max, say: "Well, here we are."}, {by: max, say: "Look: a trail!"}, {say: "And so they went."}]
  - id: end
    place: meadow
    lines: [{by: max, say: "Home."}]
"""


def film(captions: str, more: str = "") -> Film:
    """A film with these captions."""
    return read(f"workprint: 1\ntitle: x\ncaptions: {captions}\n{more}{SCENES}", "x.yaml").checked()


def codes(captions: str, more: str = "") -> list[str]:
    """What is found wrong."""
    return [one.code for one in read(f"workprint: 1\ntitle: x\ncaptions: {captions}\n{more}{SCENES}", "x.yaml").errors]


@pytest.mark.parametrize(
    ("written", "place", "by_word", "look"),
    [
        ("off", Captions.OFF, False, CaptionLook()),
        ("burned by word", Captions.BURNED, True, CaptionLook()),
        ("караоке", Captions.BURNED, True, CaptionLook()),
        ("{show: burned, style: outline}", Captions.BURNED, False, CaptionLook("outline")),
        ("{show: burned, by: word}", Captions.BURNED, True, CaptionLook()),
        ("{show: burned by word, by: line}", Captions.BURNED, False, CaptionLook()),
        ("{style: karaoke}", Captions.BOTH, True, CaptionLook("karaoke")),
        ("{style: bold-pop, size: big, at: above}", Captions.BOTH, True, CaptionLook("bold pop", "large", "top")),
        ("{show: вшитые, style: с обводкой, at: вверху}", Captions.BURNED, False, CaptionLook("outline", at="top")),
        ("{sounds: true}", Captions.FILE, False, CaptionLook()),
    ],
)
def test_captions_are_read(written: str, place: Captions, by_word: bool, look: CaptionLook) -> None:
    """A text says where captions go; a mapping says how they look too, and one that does wants them seen."""
    made = film(written)
    assert (made.captions, made.captions_by_word, made.captioning.look) == (place, by_word, look)


def test_files_and_languages() -> None:
    """The film's own language comes first; a translation is a language of its own unless others are asked for."""
    more = "translations: {ru: translations/ru.yaml, de: translations/de.yaml}\n"
    made = film("{files: [ass, srt], sounds: true}", more).captioning
    assert (made.files, made.sounds) == (("ass", "srt"), True)
    assert made.spoken_in("en") == ("en", "ru", "de")
    assert made.file_of("RU") == "translations/ru.yaml"
    assert film("{languages: [de]}", more).captioning.spoken_in("en") == ("de",)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{style: neon}", "E135"),
        ("{stile: boxed}", "E130"),
        ("{languages: [fr]}", "E164"),
        ("{burn: fr}", "E164"),
        ("{languages: []}", "E138"),
        ("{sounds: loud}", "E132"),
        ("{files: [sub]}", "E135"),
        ("{languages: ['../x']}", "E134"),
    ],
)
def test_mistakes_are_told(written: str, code: str) -> None:
    """Every mistake in the mapping has its code."""
    assert code in codes(written)


def test_translations_stay_in_the_project() -> None:
    """A file of translations outside the project is refused."""
    assert codes("file", "translations: {ru: ../ru.yaml}\n") == ["E137"]


def test_a_template_is_read_back() -> None:
    """What a translator gets holds every line, and what he writes in it is found by the line."""
    made = film("file")
    text = template(made, "ru")
    known, found = read_translation(text, "ru.yaml", made, "ru")
    assert not found
    assert known.missing == (("wood", "max-1"), ("wood", "max-2"), ("wood", "narrator-1"), ("end", "max-1"))
    filled = text.replace("max-1: {original: Home., translation: ''}", "max-1: {original: Home., translation: Дома.}")
    known, _ = read_translation(filled, "ru.yaml", made, "ru")
    assert known.lines == {("end", "max-1"): "Дома."}
    again, _ = read_translation(template(made, "ru", known), "ru.yaml", made, "ru")
    assert again.lines == known.lines


GIVEN = """\
language: ru
lines:
  wood:
    max-1: {original: "Look: a trail!", translation: Смотри - тропа!}
    max-2: {original: "Well, here we were.", translation: Вот и пришли.}
    max-9: {original: Gone., translation: Ушло.}
  end: {max-1: Дома.}
"""


def test_lines_are_known_by_their_words() -> None:
    """A line that was moved keeps its translation; one whose words have changed is stale; what fits nothing is told."""
    made = film("file")
    known, found = read_translation(GIVEN, "ru.yaml", made, "ru")
    assert not found
    assert known.lines[("wood", "max-2")] == "Смотри - тропа!"
    assert known.unused == ("wood/max-2", "wood/max-9")
    assert ("wood", "narrator-1") in known.missing


def test_changed_lines_stay_stale_until_looked_at() -> None:
    """A new template keeps the words that were translated, and the line is stale until `was` is deleted."""
    made = film("file")
    text = 'lines: {end: {max-1: {original: "At home.", translation: Дома.}}}'
    known, _ = read_translation(text, "ru.yaml", made, "ru")
    assert known.stale == {("end", "max-1"): "At home."}
    renewed = template(made, "ru", known)
    assert "was: At home." in renewed
    known, _ = read_translation(renewed, "ru.yaml", made, "ru")
    assert known.stale == {("end", "max-1"): "At home."}
    known, _ = read_translation(renewed.replace("was: At home., ", ""), "ru.yaml", made, "ru")
    assert not known.stale


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[1, 2]", "E109"),
        ("language: de\nlines: {}", "W213"),
        ("lines: {a: {b: {orginal: x}}}", "E130"),
        ("lines: {a: &x [*x]}", "E107"),
        ("a: !!python/object:os.system x", "E106"),
        ("\xff", "E109"),
    ],
)
def test_broken_files_of_translations_are_told(text: str, code: str) -> None:
    """A file that is none of translations is reported with a place, whatever stands in it."""
    _, found = read_translation(text, "ru.yaml", film("file"), "ru")
    assert code in [one.code for one in found]
