"""Footage as strangers export it: whatever its colours are coded by, the patches that were shot come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.backend import Frame, Refusal

Export = Callable[..., Path]
PATCHES = ((200, 40, 30), (30, 160, 60), (20, 60, 190), (224, 172, 140), (120, 120, 120), (235, 235, 235))
SIDE = 32
WIDTH, HEIGHT = SIDE * len(PATCHES), SIDE * 2

X264 = ("-c:v", "libx264", "-crf", "1")
LOSSLESS = ("-c:v", "ffv1")


def board(width: int = WIDTH, height: int = HEIGHT) -> list[Frame]:
    """Four equal frames of patches side by side."""
    picture = np.zeros((height, width, 3), np.uint8)
    for place, colour in enumerate(PATCHES):
        picture[:, place * width // len(PATCHES) : (place + 1) * width // len(PATCHES)] = colour
    return [picture] * 4


def seen(picture: Frame) -> list[Any]:
    """The colours in the middle of the patches."""
    height, width = picture.shape[:2]
    centres = [round((place + 0.5) * width / len(PATCHES)) for place in range(len(PATCHES))]
    return [picture[height // 2 - 4 : height // 2 + 4, x - 3 : x + 3].reshape(-1, 3).mean(axis=0) for x in centres]


def furthest(picture: Frame) -> float:
    """How many levels the worst patch is off."""
    return max(float(np.abs(there - np.array(due)).max()) for there, due in zip(seen(picture), PATCHES, strict=True))


def by(matrix: str, spread: str = "tv", form: str = "yuv420p") -> tuple[str, ...]:
    """Options that code by a matrix and range, and say so."""
    how = f"scale=out_color_matrix={matrix}:out_range={spread}:flags=accurate_rnd+bitexact,format={form}"
    return ("-vf", how, "-colorspace", matrix, "-color_range", spread)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("709.mp4", (*by("bt709"), *X264)),
        ("601-625.mp4", (*by("bt470bg"), *X264)),
        ("601-525.mp4", (*by("smpte170m"), *X264)),
        ("240m.mp4", (*by("smpte240m"), *X264)),
        ("fcc.mkv", (*by("fcc"), *X264)),
        ("full.mp4", (*by("bt709", "pc"), *X264)),
        ("full-601.mkv", (*by("smpte170m", "pc"), *X264)),
        ("deep.mp4", (*by("bt709", form="yuv420p10le"), *X264)),
        ("deep-422.mov", (*by("bt709", form="yuv422p10le"), "-c:v", "prores_ks", "-profile:v", "3")),
        ("deep-444.mkv", (*by("bt709", form="yuv444p12le"), *LOSSLESS)),
        ("422.mkv", (*by("smpte170m", form="yuv422p"), *LOSSLESS)),
        ("444.mkv", (*by("bt709", form="yuv444p"), *X264)),
        ("411.mkv", (*by("smpte170m", form="yuv411p"), *LOSSLESS)),
        (
            "hevc.mp4",
            (*by("bt709", form="yuv420p10le"), "-c:v", "libx265", "-crf", "4", "-x265-params", "log-level=-1"),
        ),
        ("rgb.mkv", ("-c:v", "libx264rgb", "-crf", "1")),
        ("rgb.mov", ("-c:v", "qtrle")),
        ("planes.mkv", ("-pix_fmt", "gbrp10le", *LOSSLESS)),
        ("motion.mov", (*by("smpte170m", "pc"), "-c:v", "mjpeg", "-q:v", "1")),
        ("animated.png", ("-f", "apng")),
    ],
)
def test_patches_come_back(export: Export, footage: Callable[..., Any], name: str, options: tuple[str, ...]) -> None:
    """Every matrix, range, depth, sampling and RGB gives the colours that were shot, within 3 levels."""
    shown = footage(export(name, board(), *options), frames=2, width=WIDTH, height=HEIGHT)
    assert furthest(shown.frames[0]) <= 3


@pytest.mark.parametrize(("width", "height", "said"), [(192, 64, "601"), (1280, 720, "709")])
def test_untagged_footage_is_guessed_by_its_size(
    export: Export, footage: Callable[..., Any], width: int, height: int, said: str
) -> None:
    """Small pictures are BT.601 and large ones BT.709 where the file says nothing, and the guess is told."""
    matrix = "smpte170m" if said == "601" else "bt709"
    how = f"scale=out_color_matrix={matrix}:out_range=tv:flags=accurate_rnd,format=yuv420p"
    plain = "setparams=colorspace=unknown:range=unknown"
    path = export("c.mkv", board(width, height)[:2], "-vf", f"{how},{plain}", *X264, "-preset", "ultrafast")
    shown = footage(path, frames=1, width=WIDTH, height=HEIGHT)
    assert furthest(shown.frames[0]) <= 3
    assert any(f"BT.{said} is taken" in note for note in shown.notes)


def light(transfer: str, shot: str) -> tuple[str, ...]:
    """Options that bring patches (whose transfer is `shot`) into BT.2020, exactly (zimg), at 203 candela for white."""
    source = f"pin=709:tin={shot}:min=gbr:rin=pc"
    return (
        "-vf",
        f"format=gbrp,zscale={source}:p=2020:t={transfer}:m=2020_ncl:r=tv:npl=203,format=yuv420p10le",
        *("-c:v", "libx265", "-crf", "4", "-x265-params", "log-level=-1"),
    )


def test_wide_colours_are_brought_home(export: Export, footage: Callable[..., Any]) -> None:
    """BT.2020 without high range comes back as BT.709, told."""
    shown = footage(export("wide.mp4", board(), *light("2020_10", "709")), frames=1, width=WIDTH, height=HEIGHT)
    assert furthest(shown.frames[0]) <= 8
    assert any("bt2020" in note for note in shown.notes)


@pytest.mark.parametrize(("transfer", "name"), [("smpte2084", "PQ"), ("arib-std-b67", "HLG")])
def test_high_range_is_fitted_to_the_screen(
    export: Export, footage: Callable[..., Any], transfer: str, name: str
) -> None:
    """Middle tones of PQ and HLG come back as they were, white stays the brightest and is not cut, and it is told."""
    shown = footage(export("hdr.mp4", board(), *light(transfer, "iec61966-2-1")), frames=1, width=WIDTH, height=HEIGHT)
    colours = seen(shown.frames[0])
    assert np.abs(colours[4] - 120).max() <= 14
    assert colours[5].min() > 200
    assert colours[0][0] > colours[0][1] + 80
    assert any(f"{name} footage in bt2020" in note for note in shown.notes)


@pytest.mark.parametrize(
    ("tags", "why"),
    [("color_trc=linear", "linear light"), ("color_trc=log100", "logarithmic"), ("colorspace=ycgco", "number 8")],
)
def test_what_nobody_can_show_is_refused(export: Export, footage: Callable[..., Any], tags: str, why: str) -> None:
    """Ungraded light and unknown matrices are refused with a remedy instead of being shown wrong."""
    path = export("raw.mkv", board(), "-vf", f"format=yuv420p,setparams={tags}:range=tv", *X264)
    with pytest.raises(Refusal, match=why) as caught:
        footage(path, frames=1, width=WIDTH, height=HEIGHT)
    assert "export" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mov", ("-pix_fmt", "argb", "-c:v", "qtrle")),
        ("a.mkv", ("-pix_fmt", "yuva444p10le", *LOSSLESS)),
        ("b.mov", ("-pix_fmt", "yuva444p10le", "-c:v", "prores_ks", "-profile:v", "4444")),
    ],
)
def test_what_is_transparent_lies_over_black(
    export: Export, footage: Callable[..., Any], name: str, options: tuple[str, ...]
) -> None:
    """A half transparent white is a middle grey, and it is told; the opaque half stays white."""
    white = [np.full((HEIGHT, WIDTH, 3), 255, np.uint8)] * 4
    veil = f"format=rgba,geq=r=255:g=255:b=255:a='if(lt(X,{WIDTH // 2}),128,255)'"
    matrix = ":".join(("scale=out_color_matrix=bt709", "out_range=tv"))
    shown = footage(export(name, white, "-vf", f"{veil},{matrix}", *options), frames=1, width=WIDTH, height=HEIGHT)
    picture = shown.frames[0]
    assert abs(float(picture[:, : WIDTH // 2 - 8].mean()) - 128) < 4
    assert picture[:, WIDTH // 2 + 8 :].min() > 250
    assert any("transparent in places" in note for note in shown.notes)


@pytest.mark.parametrize("size", [(63, 35), (65, 36), (64, 37)])
@pytest.mark.parametrize("form", ["yuv420p", "yuv422p", "yuv444p"])
def test_odd_sizes(export: Export, footage: Callable[..., Any], size: tuple[int, int], form: str) -> None:
    """Sides that 4:2:0 cannot halve are no trouble."""
    path = export("odd.mkv", board(*size), "-vf", f"scale=out_color_matrix=bt709,format={form}", *LOSSLESS)
    shown = footage(path, frames=1, width=96, height=54)
    assert shown.frames[0].shape == (54, 96, 3)
    assert shown.frames[0][27, 90].min() > 200


def noisy(count: int = 6) -> list[Frame]:
    """Frames of coarse coloured noise."""
    rng = np.random.default_rng(3)
    return [
        np.repeat(np.repeat(rng.integers(20, 230, (27, 48, 3), dtype=np.uint8), 2, axis=0), 2, axis=1)
        for _ in range(count)
    ]


def test_footage_like_the_film_is_taken_over_sample_by_sample(export: Export, footage: Callable[..., Any]) -> None:
    """BT.709 4:2:0 of the canvas's size is handed over coded, bit by bit what FFmpeg's own decoder gives."""
    import av

    path = export("same.mp4", noisy(), *by("bt709"), *X264)
    shown = footage(path, frames=6, width=96, height=54)
    with av.open(str(path)) as film:
        due = [frame.to_ndarray() for frame in film.decode(video=0)]
    assert [frame.shape for frame in shown.raw] == [(81, 96)] * 6
    assert all(np.array_equal(here, there) for here, there in zip(shown.raw, due, strict=True))


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        (by("smpte170m"), {}),
        (by("bt709"), {"text": "The end"}),
        (("-c:v", "libx264rgb"), {}),
    ],
)
def test_everything_else_is_developed(
    export: Export, footage: Callable[..., Any], options: tuple[str, ...], changes: dict[str, Any]
) -> None:
    """Another matrix, RGB, and a text over the picture, go the long way and come as RGB."""
    path = export("other.mkv", noisy(), *(options if "libx264rgb" in options else (*options, *X264)))
    shown = footage(path, frames=2, **{"width": 96, "height": 54, **changes})
    assert all(frame.ndim == 3 for frame in shown.raw)
