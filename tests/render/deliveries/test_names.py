"""The names of deliveries in a storyboard: known to the words, told with place and remedy where they are wrong."""

from __future__ import annotations

import pytest

from render.deliveries.presets import preset, presets
from storyboard.load import Reading, read
from storyboard.vocabulary.settings import DELIVERIES
from storyboard.vocabulary.table import spellings


def reading(deliver: str) -> Reading:
    """A small storyboard with these deliveries."""
    text = f"workprint: 1\ntitle: T\ndeliver: {deliver}\nscenes:\n  - {{id: a, prompt: x}}\n"
    return read(text, "storyboard.yaml")


def test_the_words_know_every_preset_and_no_other() -> None:
    """What may be written is what can be delivered."""
    assert set(DELIVERIES.canonical) == set(presets())


def test_an_unknown_delivery_is_a_mistake_of_the_storyboard() -> None:
    """Told while reading, with its place and what was meant; never only once the film is to be delivered."""
    found = reading("[youtube, tictok]")
    assert found.film is None
    (mistake,) = found.errors
    assert (mistake.code, mistake.line, mistake.column) == ("E135", 3, 20)
    assert "'tictok' is not a delivery" in mistake.message
    assert mistake.hint == "did you mean 'tiktok'?"


@pytest.mark.parametrize(
    ("written", "meant"), [("Ютуб", "youtube"), ("тик-ток", "tiktok"), ("YouTube Shorts", "shorts")]
)
def test_names_may_be_written_as_people_do(written: str, meant: str) -> None:
    """In Russian, in capitals, in two words: the film and the command know the same preset."""
    film = reading(f"['{written}']").checked()
    assert film.deliver == (meant,)
    assert preset(written).name == meant


def test_one_spelling_means_one_delivery() -> None:
    """No spelling of a delivery is another one's too."""
    every = [one for name in presets() for tongue in ("en", "ru") for one in spellings(DELIVERIES, name, tongue)]
    assert len(every) == len(set(every))
