"""Takes that are kept in their footage's own size: shown as footage that was fitted before it was coded, to the bit."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from projects.steps import Artifact, Work
from scenes.conform import reshape
from scenes.frames import TICKS_PER_FRAME, i420_to_rgb, read_frames, rgb_to_i420, write_film
from scenes.takes import take_frames, take_pictures
from scenes.treatments import TreatedRequest, make_treated
from scenes.window import Window
from storyboard.errors import RenderError
from storyboard.film import Post, Treatment
from tests.scenes.shots import TAGS, Maker, Taker, coding, restless, soft, true_colours

SHAPES: dict[str, dict[str, Any]] = {
    "upright": {"of": (320, 180), "size": (180, 320)},
    "upright left": {"of": (320, 180), "size": (180, 320), "focus": (0.1, 0.5)},
    "upright right": {"of": (320, 180), "size": (180, 320), "focus": (0.77, 0.5)},
    "flat": {"of": (180, 320), "size": (320, 180), "focus": (0.5, 0.31)},
    "square": {"of": (322, 182), "size": (242, 242)},
    "smaller": {"of": (480, 270), "size": (320, 180)},
    "larger": {"of": (160, 90), "size": (320, 180)},
    "cut only": {"of": (320, 180), "size": (180, 180)},
    "kept whole": {"of": (320, 180), "size": (320, 176), "reframe": "native"},
    "padded by nothing": {"of": (320, 180), "size": (256, 144), "reframe": "pad"},
}
"""Sizes of footage and canvas, in a scale of a quarter."""


def shown_by(facts: dict[str, Any], path: Path) -> Artifact:
    """A finished take."""
    return Artifact("", path, facts)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_window_shows_what_fitting_gives(export: Maker, take: Taker, footage: Callable[..., Any], shape: str) -> None:
    """The file's coded frames are kept, and its pictures are those that fitting made of it, to the bit."""
    changes = dict(SHAPES[shape])
    wide, high = changes.pop("of")
    source = export("s.mp4", soft(6, wide, high), *true_colours(), *coding("bframes=2:keyint=3"), "-crf", "10")
    facts, out = take(source, 6, **changes)
    width, height = changes.pop("size")
    assert (facts["taken"], facts["width"], facts["height"]) == ("copied", width, height)
    assert facts["window"]["of"] == [wide, high]
    with av.open(str(source)) as there, av.open(str(out)) as here:
        assert [bytes(p) for p in there.demux(video=0) if p.size] == [bytes(p) for p in here.demux(video=0) if p.size]
    pictures = list(take_pictures(shown_by(facts, out)))
    fitted = footage(source, frames=6, width=width, height=height, **changes).raw
    assert len(pictures) == 6
    assert all(np.array_equal(one, other) for one, other in zip(pictures, fitted, strict=True))
    # And both are what scaling the whole picture and cutting it then would give, but for the place to a sample.
    picture = reshape(
        soft(6, wide, high)[4], width, height, changes.get("reframe", "crop"), changes.get("focus", (0.5, 0.5))
    )
    off = np.abs(i420_to_rgb(pictures[4]).astype(int) - picture)
    assert off.mean() < 3


def test_every_range_is_the_same_from_run_to_run(export: Maker, take: Taker) -> None:
    """Frames are found by number, and read again they are the same bytes."""
    source = export("s.mp4", restless(20), *coding("bframes=3:keyint=8"))
    found = shown_by(*take(source, 20, size=(36, 64)))
    whole = list(take_pictures(found))
    for first in range(18):
        part = list(take_pictures(found, first, first + 3))
        assert all(np.array_equal(one, other) for one, other in zip(part, whole[first : first + 3], strict=True))
    assert [frame.to_ndarray().tobytes() for frame in take_frames(found)] == [one.tobytes() for one in whole]


def test_takes_without_a_window_are_read_as_they_are(tmp_path: Path) -> None:
    """Those of the canvas's own size, and those of older stores, pass without a touch."""
    path = tmp_path / "old.mp4"
    write_film(path, restless(4), 64, 36, Fraction(24))
    facts = {"frames": 4, "width": 64, "height": 36, "taken": "copied"}
    for known in (facts, {}):
        shown = list(take_pictures(shown_by(known, path), 1, 4))
        assert all(np.array_equal(one, other) for one, other in zip(shown, read_frames(path, 1, 4), strict=True))


@pytest.mark.parametrize(
    ("of", "size", "changes"),
    [
        ((64, 36), (36, 64), {"reframe": "pad"}),
        ((64, 36), (36, 64), {"text": "The end"}),
        ((64, 36), (36, 64), {"post": Post(grade="warm")}),
        ((64, 36), (36, 64), {"clip_from": Fraction(1, 24), "frames": 5}),
        ((64, 36), (36, 64), {"frames": 5}),
        ((64, 36), (36, 64), {"rate": "25", "frames": 5}),
        ((128, 72), (64, 36), {}),
        ((64, 36), (18, 32), {}),
    ],
    ids=["pad", "text", "grade", "start", "end", "rate", "large", "large and cropped"],
)
def test_what_needs_more_than_a_window_is_coded(
    export: Maker, take: Taker, of: tuple[int, int], size: tuple[int, int], changes: dict[str, Any]
) -> None:
    """Pads, letters, grades, other times, and footage much larger than the canvas, are fitted and coded once."""
    source = export("s.mp4", restless(6, *of), *coding())
    facts, out = take(source, **{"frames": 6, "size": size, **changes})
    assert facts["taken"] == "coded"
    assert "window" not in facts
    shown = list(read_frames(out))
    assert len(shown) == facts["frames"]
    assert shown[0].shape == (size[1] * 3 // 2, size[0])


@pytest.mark.parametrize("of", [(100, 56), (104, 56)])
def test_how_large_footage_may_be(export: Maker, take: Taker, of: tuple[int, int]) -> None:
    """Two and a half times the canvas's samples are kept, more are not."""
    facts, _ = take(export("s.mp4", restless(3, *of), *coding()), 3, size=(64, 36))
    assert facts["taken"] == ("copied" if of == (100, 56) else "coded")


@pytest.mark.parametrize(
    ("settings", "tags"),
    [
        ("keyint=60:scenecut=0", TAGS),
        ("open-gop=1:keyint=10:bframes=3:b-adapt=0:scenecut=0", TAGS),
        ("interlaced=1", TAGS),
        ("sar=2/1", TAGS),
        ("", TAGS.replace("colormatrix=bt709", "colormatrix=smpte170m")),
        ("", TAGS.replace("range=tv", "range=pc")),
        ("", ""),
    ],
    ids=["long groups", "open groups", "interlaced", "wide pixels", "601", "full range", "no tags"],
)
def test_another_coding_has_no_window(export: Maker, take: Taker, settings: str, tags: str) -> None:
    """Whatever keeps footage of the canvas's size from being copied keeps footage of another size from it too."""
    facts, _ = take(export("s.mp4", restless(60), *coding(settings, tags)), 60, size=(36, 64))
    assert (facts["taken"], "window" in facts) == ("coded", False)


def test_turned_footage_has_no_window(export: Maker, remake: Maker, take: Taker) -> None:
    """A picture that lies on its side is stood up and coded."""
    turned = remake("t.mp4", export("s.mp4", restless(6), *coding()), "-c", "copy", before=("-display_rotation", "90"))
    facts, _ = take(turned, 6, size=(64, 36))
    assert facts["taken"] == "coded"


def test_effects_are_laid_over_what_is_shown(export: Maker, take: Taker, tmp_path: Path) -> None:
    """An effect sees pictures of the canvas's size, and the take that it makes needs no window."""
    source = export("s.mp4", soft(6, 128, 72), *true_colours(), *coding(), "-crf", "10")
    found = shown_by(*take(source, 6, size=(72, 128)))
    request = TreatedRequest((Treatment("moviepy", "MirrorX"),), 6, 72, 128, Fraction(24))
    out = tmp_path / "treated.mp4"
    facts = make_treated(request, Work({"take": found}, {}, lambda part: None, lambda: False), out)
    assert "window" not in facts
    assert facts["effects"] == ["MirrorX"]
    for was, became in zip(take_pictures(found), take_pictures(shown_by(facts, out)), strict=True):
        mirrored = rgb_to_i420(np.ascontiguousarray(i420_to_rgb(was)[:, ::-1]))
        assert np.abs(became.astype(int) - mirrored).mean() < 1


def test_mended_frames_still_say_so(export: Maker, take: Taker) -> None:
    """A frame whose coded data are damaged is told through a window as without one."""
    source = export("s.mp4", restless(12), *coding("bframes=0:keyint=12"))
    facts, out = take(source, 12, size=(36, 64))
    with av.open(str(out)) as media:
        start, size = [(packet.pos or 0, packet.size) for packet in media.demux(video=0) if packet.size][5]
    data, third = bytearray(out.read_bytes()), size // 3
    data[start + third : start + 2 * third] = b"\xff" * third
    out.write_bytes(data)
    plain = [frame.is_corrupt for frame in take_frames(shown_by({}, out))]
    assert any(plain)
    assert [frame.is_corrupt for frame in take_frames(shown_by(facts, out))] == plain


def test_a_take_that_is_not_what_its_facts_say(tmp_path: Path) -> None:
    """A file of another size is told, never shown through a window that is not its own."""
    path = tmp_path / "take.mp4"
    write_film(path, restless(2), 64, 36, Fraction(24))
    facts = {"width": 36, "height": 64, "window": Window((128, 72), 44, 0, 40, 72).told()}
    with pytest.raises(RenderError, match="64x36 where 128x72 was due"):
        list(take_pictures(shown_by(facts, path)))


def test_times_stay_those_of_a_take(export: Maker, take: Taker) -> None:
    """The copied file runs in the house's time, so that pieces find their frames."""
    _, out = take(export("s.mp4", restless(5), *coding("bframes=2")), 5, size=(36, 64))
    with av.open(str(out)) as media:
        stamps = sorted(packet.pts for packet in media.demux(video=0) if packet.pts is not None)
    assert stamps == [place * TICKS_PER_FRAME for place in range(5)]
