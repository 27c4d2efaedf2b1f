"""The table of deliveries, and the film as each of them wants it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from render.deliveries import recode
from render.deliveries.presets import preset, presets, shaped
from scenes.frames import write_film
from storyboard.errors import MissingError, RenderError
from storyboard.film import Captions, Film
from storyboard.load import read
from storyboard.safe_area import WHOLE


def film_of(captions: str = "file") -> Film:
    """A small film."""
    text = f"workprint: 1\ntitle: T\ncaptions: {captions}\nscenes:\n  - {{id: a, prompt: x}}\n"
    film = read(text, "storyboard.yaml").film
    assert film is not None
    return film


def test_the_table_is_whole() -> None:
    """Every delivery of the list is there; shapes can be read, sizes lie between 360p and 4K, safe areas leave room."""
    every = presets()
    wanted = {
        "youtube",
        "shorts",
        "reels",
        "tiktok",
        "instagram",
        "web",
        "master",
        "gif",
        "webp",
        "poster",
        "thumbnails",
    }
    assert set(every) == wanted
    for one in every.values():
        assert one.cut(film_of()).width > 0
        assert one.short == 0 or 360 <= one.short <= 2160
        assert one.safe.left + one.safe.right < 0.4
        assert one.safe.top + one.safe.bottom < 0.5
        assert one.source
        assert date.fromisoformat(one.as_of) >= date(2026, 1, 1)
    for name in ("shorts", "reels", "tiktok"):
        assert str(every[name].cut(film_of())) == "9:16"
        assert every[name].safe != WHOLE
        assert every[name].captions is Captions.BURNED


def test_a_film_is_shaped() -> None:
    """Shape, size, loudness, captions, safe area and coding are the preset's; the rest is the film's.

    The main cut stays the first, for other cuts are made out of its takes.
    """
    film = film_of()
    made = shaped(film, preset("tiktok"))
    assert ([str(cut) for cut in made.cuts], made.short_side) == (["16:9", "9:16"], 1080)
    assert [str(cut) for cut in shaped(film, preset("youtube")).cuts] == ["16:9"]
    assert made.captions is Captions.BURNED
    assert made.safe == preset("tiktok").safe
    assert made.scenes == film.scenes
    hevc = shaped(film, preset("youtube"), codec="hevc", short=2160)
    assert (hevc.encoding.codec, hevc.encoding.crf, hevc.short_side) == ("hevc", 22, 2160)
    assert shaped(film, preset("web")).encoding.codec == "av1"
    assert shaped(film, preset("master")).loudness == -23.0
    assert shaped(film, preset("poster")).loudness == film.loudness


def test_who_wants_no_captions_gets_none() -> None:
    """A film with captions off has none burned in either."""
    assert shaped(film_of("off"), preset("tiktok")).captions is Captions.OFF


def test_unknown_deliveries_are_told() -> None:
    """With what was meant, and what there is."""
    with pytest.raises(MissingError, match="no delivery") as told:
        preset("tictok")
    assert "Did you mean 'tiktok'?" in told.value.hint


def test_half_a_file_is_never_left(tmp_path: Path) -> None:
    """Where ffmpeg fails, neither the file nor a part of it stays behind."""
    (tmp_path / "film.mp4").write_bytes(b"no film")
    with pytest.raises(Exception, match="ffmpeg"):
        recode.gif([tmp_path / "film.mp4"], (320, 180), tmp_path / "out.gif")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4"]


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    """Quotes and spaces in a project's name are no words of ffmpeg's; a line break is refused, not guessed at."""
    film = tmp_path / "it's a 'film' # %d" / "a.mp4"
    film.parent.mkdir()
    pictures = (np.full((90, 160, 3), 40 * number, np.uint8) for number in range(6))
    write_film(film, pictures, 160, 90, Fraction(24))
    recode.gif([film, film], (160, 90), tmp_path / "out.gif")
    assert (tmp_path / "out.gif").read_bytes()[:3] == b"GIF"
    with pytest.raises(RenderError, match="line break"):
        recode.gif([tmp_path / "a\nfile x" / "a.mp4"], (160, 90), tmp_path / "other.gif")
