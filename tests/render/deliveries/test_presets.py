"""The table of deliveries, and the film as each of them wants it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from render.deliveries import recode
from render.deliveries.presets import preset, presets, shaped
from storyboard.errors import MissingError
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
    for name in ("shorts", "reels", "tiktok"):
        assert str(every[name].cut(film_of())) == "9:16"
        assert every[name].safe != WHOLE
        assert every[name].captions is Captions.BURNED


def test_a_film_is_shaped() -> None:
    """Shape, size, loudness, captions, safe area and coding are the preset's; the rest is the film's."""
    film = film_of()
    made = shaped(film, preset("tiktok"))
    assert ([str(cut) for cut in made.cuts], made.short_side) == (["9:16"], 1080)
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


def test_hardware_is_tried_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first encoder that really works is taken; none is an empty answer, or an error for one asked for by name."""
    tried: list[str] = []

    def working(*names: str) -> Any:
        def works(encoder: str) -> bool:
            tried.append(encoder)
            return encoder in names

        return works

    monkeypatch.setattr(recode, "works", working("hevc_qsv"))
    assert recode.hardware_for("hevc") == "hevc_qsv"
    assert tried[0] == "hevc_nvenc"
    assert recode.hardware_for("h264") == ""
    with pytest.raises(MissingError, match="nvenc"):
        recode.hardware_for("h264", "nvenc")


def test_an_encoder_that_is_not_there_does_not_work() -> None:
    """A name that ffmpeg does not know is no encoder, and its own software encoder is one."""
    assert not recode.works("h264_of_nowhere")
    assert recode.works("libx264")


def test_half_a_file_is_never_left(tmp_path: Path) -> None:
    """Where ffmpeg fails, neither the file nor a part of it stays behind."""
    (tmp_path / "film.mp4").write_bytes(b"no film")
    with pytest.raises(Exception, match="ffmpeg"):
        recode.gif(tmp_path / "film.mp4", tmp_path / "out.gif")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4"]
