"""Lines of imported subtitles: they begin when their cues do, on the film's clock."""

from __future__ import annotations

from fractions import Fraction

import pytest

from storyboard.dialogue import estimate, lay
from storyboard.film import Film, Fixed
from storyboard.load import read
from storyboard.scripts.importing import import_script
from storyboard.writer import storyboard_text


def cue(number: int, first: float, last: float, words: str) -> str:
    """A cue of an SRT file."""

    def clock(seconds: float) -> str:
        whole = round(seconds * 1000)
        return f"{whole // 3600000:02}:{whole // 60000 % 60:02}:{whole // 1000 % 60:02},{whole % 1000:03}"

    return f"{number}\n{clock(first)} --> {clock(last)}\n{words}\n"


def subtitled(*cues: tuple[float, float, str]) -> tuple[Film, list[str]]:
    """The film of some cues, and what was remarked."""
    text = "\n".join(cue(number, *one) for number, one in enumerate(cues, 1))
    adapted = import_script(text.encode(), "talk.srt")
    return read(storyboard_text(adapted.document), "storyboard.yaml").checked(), [one.why for one in adapted.remarks]


def starts(film: Film) -> list[float]:
    """When each line begins on the film's clock, as far as that is known before anybody has spoken."""
    at, found = Fraction(0), []
    for scene in film.scenes:
        seconds = {line.id: estimate(line, film.language) for line in scene.lines}
        found += [float(at + one.start) for one in lay(scene.lines, seconds)]
        assert isinstance(scene.length, Fixed)
        at += scene.length.seconds
    return found


def test_lines_begin_with_their_cues() -> None:
    """Pauses, scenes and an opening put each line where its cue stands, though a voice is done before its cue ends."""
    cues = (
        (1.5, 5.0, "Welcome."),
        (5.5, 8.0, "This is the valley."),
        (8.4, 12.0, "Nobody lives here now."),
        (20.0, 23.0, "Only the river stays."),
        (24.0, 26.0, "And it forgets."),
    )
    film, _ = subtitled(*cues)
    assert starts(film) == pytest.approx([one[0] for one in cues], abs=0.02)
    assert film.scenes[0].lines == ()


def test_words_that_come_at_once_need_no_opening() -> None:
    """A film of subtitles that begin in the first second begins with their scene."""
    film, _ = subtitled((0.6, 2.0, "Now."), (3.0, 5.0, "Then."))
    assert len(film.scenes) == 1
    assert starts(film) == pytest.approx([0.35, 3.0], abs=0.02)


def test_another_clock_is_told() -> None:
    """Subtitles whose clock begins at ten hours make no scene of ten hours."""
    film, why = subtitled((36000.5, 36002.0, "Good evening."), (36003.0, 36005.0, "The news."))
    assert starts(film) == pytest.approx([0.35, 2.85], abs=0.02)
    assert any("10:00:00" in one for one in why)


def test_parts_of_one_scene_share_their_weather() -> None:
    """Rain that one part of a scene of the script tells of falls in its other parts; the next scene has its own."""
    text = (
        "EXT. STREET - NIGHT\n\nRain falls on the street.\n\nANN\nRun!\n\nThey run.\n\nBEN\nWhere?\n\n"
        "The rain stops and fog comes down.\n\nINT. KITCHEN - NIGHT\n\nAnn dries her hair.\n"
    )
    scenes = read(storyboard_text(import_script(text.encode(), "a.fountain").document), "storyboard.yaml").checked()
    assert [scene.weather for scene in scenes.scenes][:2] == ["rain", "rain"]
    assert scenes.scenes[-1].weather == "clear"


def test_a_bare_number_is_an_age() -> None:
    """`ANN (35)` is thirty-five years old, in the language of the script."""
    for script, looks in (
        ("ANN (35) waits.\n\nANN\nNo.\n", "35 years old"),
        ("АННА (35) ждёт.\n\nАННА\nНет.\n", "35 лет"),
    ):
        (person,) = import_script(script.encode(), "a.fountain").document["characters"].values()
        assert person["looks"] == looks
