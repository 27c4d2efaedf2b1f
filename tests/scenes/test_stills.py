"""The author's pictures: every mode comes out upright, eight bits deep, sRGB; nothing dangerous is opened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenes import stills
from scenes.stills import open_grey, open_layer, open_still
from storyboard.errors import MissingError, RenderError


def save(path: Path, image: Image.Image, **options: object) -> Path:
    """Write a picture and return where it is."""
    image.save(path, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "CMYK", "1"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    """Grey, palette, CMYK and bitmaps open as the colours they show."""
    source = Image.new("RGB", (20, 10), (255, 255, 255)).convert(mode)
    suffix = "tif" if mode == "CMYK" else "png"
    picture = open_still(save(tmp_path / f"a.{suffix}", source), "a").picture
    assert picture.shape == (10, 20, 3)
    assert picture.dtype == np.uint8
    assert picture.min() >= 250


def test_sixteen_bit_grey_keeps_its_steps(tmp_path: Path) -> None:
    """A deep grey is scaled, not cut off."""
    deep = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(4, axis=0)
    picture = open_still(save(tmp_path / "deep.png", Image.fromarray(deep)), "deep.png").picture
    assert np.abs(picture[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    """The camera's orientation mark is obeyed."""
    image = Image.new("RGB", (40, 20), (0, 0, 0))
    image.paste((255, 0, 0), (0, 0, 20, 20))
    marks = Image.Exif()
    marks[0x0112] = 6  # turn a quarter clockwise to show
    picture = open_still(save(tmp_path / "a.jpg", image, exif=marks, quality=95), "a.jpg").picture
    assert picture.shape == (40, 20, 3)
    assert picture[5, 10, 0] > 200
    assert picture[35, 10, 0] < 60


@pytest.mark.parametrize(("ink", "darker"), [((255, 255, 255), True), ((10, 10, 10), False)])
def test_transparent_pictures_stand_out_from_their_ground(
    tmp_path: Path, ink: tuple[int, int, int], darker: bool
) -> None:
    """Light drawings get a dark ground and dark ones a light ground, and a note says so."""
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    image.paste((*ink, 255), (5, 5, 15, 15))
    still = open_still(save(tmp_path / "logo.png", image), "logo.png")
    assert tuple(still.picture[10, 10]) == ink
    assert (int(still.picture[0, 0].mean()) < int(still.picture[10, 10].mean())) is darker
    assert any("transparent" in note for note in still.notes)


def test_an_animated_picture_gives_its_first(tmp_path: Path) -> None:
    """One picture is used and the choice is said."""
    first, second = Image.new("RGB", (8, 8), (200, 0, 0)), Image.new("RGB", (8, 8), (0, 0, 200))
    path = tmp_path / "a.gif"
    first.save(path, save_all=True, append_images=[second])
    still = open_still(path, "a.gif")
    assert still.picture[4, 4, 0] > 180
    assert any("first picture" in note for note in still.notes)


def test_what_is_no_picture_is_an_error_that_names_it(tmp_path: Path) -> None:
    """A text under a picture's name says so without the machine's paths."""
    (tmp_path / "a.png").write_text("not a picture")
    with pytest.raises(RenderError, match=r"pictures/a\.png cannot be read") as caught:
        open_still(tmp_path / "a.png", "pictures/a.png")
    assert str(tmp_path) not in str(caught.value)


def test_a_cut_off_picture_is_an_error(tmp_path: Path) -> None:
    """Half a photograph is never shown with a grey rest."""
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    path = save(tmp_path / "a.jpg", Image.fromarray(noise))
    path.write_bytes(path.read_bytes()[:1500])
    with pytest.raises(RenderError, match=r"a\.jpg cannot be read"):
        open_still(path, "a.jpg")


def test_a_damaged_avif_is_an_error(tmp_path: Path) -> None:
    """Pillow's AVIF reader raises no OSError over a damaged file; it is told like any other."""
    path = save(tmp_path / "a.avif", Image.new("RGB", (40, 30), (200, 30, 30)))
    coded = path.read_bytes()
    path.write_bytes(coded[: len(coded) * 2 // 3] + bytes(len(coded) // 3))
    with pytest.raises(RenderError, match=r"a\.avif cannot be read"):
        open_still(path, "a.avif")


def test_huge_pictures_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to gigabytes is judged by its header."""
    monkeypatch.setattr(stills, "MAX_PIXELS", 100)
    path = save(tmp_path / "a.png", Image.new("RGB", (20, 20)))
    with pytest.raises(RenderError, match="20x20, too large"):
        open_still(path, "a.png")


def test_programs_posing_as_pictures_are_not_run(tmp_path: Path) -> None:
    """PostScript is not opened, whatever it is called."""
    (tmp_path / "a.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n")
    with pytest.raises(RenderError, match="cannot be read"):
        open_still(tmp_path / "a.png", "a.png")


def test_a_missing_picture_is_missing(tmp_path: Path) -> None:
    """No file is another kind of error than a bad one."""
    with pytest.raises(MissingError, match=r"edge\.png"):
        open_still(tmp_path / "edge.png", "edge.png")


def test_a_layer_keeps_its_transparency(tmp_path: Path) -> None:
    """What lies over a picture comes with its alpha, and not over paper."""
    image = Image.new("RGBA", (20, 10), (0, 0, 0, 0))
    image.paste((200, 100, 50, 128), (0, 0, 10, 10))
    layer = open_layer(save(tmp_path / "l.png", image), "l.png").picture
    assert layer.shape == (10, 20, 4)
    assert tuple(layer[5, 5]) == (200, 100, 50, 128)
    assert layer[5, 15, 3] == 0


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_layer_that_hides_everything_is_refused(tmp_path: Path, mode: str) -> None:
    """Without a transparent part nothing behind it could be seen; the message says what to save instead."""
    path = save(tmp_path / "l.png", Image.new(mode, (20, 10), (200, 100, 50)))
    with pytest.raises(RenderError, match=r"over/l\.png") as caught:
        open_layer(path, "over/l.png")
    assert "transparent" in caught.value.hint


def test_depth_is_read_from_any_grey(tmp_path: Path) -> None:
    """Deep greys keep their steps, coloured masks give their lightness, and what is transparent is black."""
    deep = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(4, axis=0)
    grey = open_grey(save(tmp_path / "deep.png", Image.fromarray(deep)), "deep.png").picture
    assert grey.shape == (4, 256)
    assert np.abs(grey[0].astype(int) - np.arange(256)).max() <= 1
    mask = Image.new("RGBA", (20, 10), (255, 255, 255, 0))
    mask.paste((255, 255, 255, 255), (0, 0, 10, 10))
    cut = open_grey(save(tmp_path / "m.png", mask), "m.png").picture
    assert cut[5, 5] == 255
    assert cut[5, 15] == 0


def test_an_even_depth_is_told(tmp_path: Path) -> None:
    """A depth picture of one grey moves nothing, which the author should know."""
    still = open_grey(save(tmp_path / "even.png", Image.new("L", (20, 10), 90)), "even.png")
    assert any("even.png" in note for note in still.notes)
