"""The author's media, measured without trusting its name."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from scenes import media
from scenes.backend import Frame
from scenes.frames import write_film
from scenes.media import probe
from storyboard.errors import MissingError, RenderError


def test_a_film_is_measured_exactly(tmp_path: Path, ramp: Callable[..., list[Frame]]) -> None:
    """Size, rational rate, count and length are what was written."""
    film = tmp_path / "clip.mp4"
    write_film(film, ramp(18), 64, 36, Fraction(24000, 1001))
    info = probe(film)
    assert (info.width, info.height, info.rate, info.frames) == (64, 36, Fraction(24000, 1001), 18)
    assert info.seconds == 18 / info.rate
    assert not info.has_audio


@pytest.mark.parametrize(
    "content",
    [b"", b"once upon a time", b"ffconcat version 1.0\nfile /etc/hostname\n", b"#EXTM3U\n#EXTINF:1,\n/etc/hostname\n"],
    ids=["empty", "text", "concat list", "playlist"],
)
def test_what_is_no_video_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    """A text, a list of other files or nothing at all under a video's name is an error that names the file."""
    posing = tmp_path / "logo.mp4"
    posing.write_bytes(content)
    with pytest.raises(RenderError, match=r"footage/logo\.mp4 cannot be read as video") as caught:
        probe(posing, "footage/logo.mp4")
    assert caught.value.hint
    assert str(tmp_path) not in str(caught.value)


def test_a_cut_off_video_is_an_error(tmp_path: Path, ramp: Callable[..., list[Frame]]) -> None:
    """A download that stopped half-way is not measured as if it were whole."""
    film = tmp_path / "clip.mp4"
    write_film(film, ramp(30), 64, 36, Fraction(24))
    film.write_bytes(film.read_bytes()[:-400])
    with pytest.raises(RenderError, match="cannot be read"):
        probe(film)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    """No file is another kind of error than a bad one."""
    with pytest.raises(MissingError, match=r"none\.mp4"):
        probe(tmp_path / "none.mp4")


def test_huge_pictures_are_not_opened(
    tmp_path: Path, ramp: Callable[..., list[Frame]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the limit nothing is decoded."""
    film = tmp_path / "clip.mp4"
    write_film(film, ramp(1), 64, 36, Fraction(24))
    monkeypatch.setattr(media, "MAX_PIXELS", 64 * 35)
    with pytest.raises(RenderError, match="too large"):
        probe(film)
