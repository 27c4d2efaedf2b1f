"""The pictures backend: the author's stills, moved and dissolved, with nothing ignored."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenes.backend import ClipRequest, Frame, Refusal
from scenes.backends.pictures import Pictures
from scenes.moves import MOVES
from storyboard.errors import InterruptedRender, MissingError, RenderError
from storyboard.film import Keyframe, Scene

MakeScene = Callable[..., Scene]
MakeRequest = Callable[..., ClipRequest]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Three pictures: `a.png` a detailed one, `red.png` and `blue.png` even ones."""
    rng = np.random.default_rng(4)
    detail = np.repeat(np.repeat(rng.integers(0, 256, (18, 32, 3), dtype=np.uint8), 10, axis=0), 10, axis=1)
    pictures = {
        "a.png": detail,
        "red.png": np.full((90, 160, 3), (200, 0, 0)),
        "blue.png": np.full((90, 160, 3), (0, 0, 200)),
    }
    for name, picture in pictures.items():
        Image.fromarray(picture.astype(np.uint8)).save(tmp_path / name)
    return {name: tmp_path / name for name in pictures}


def make(request: ClipRequest) -> tuple[list[Frame], list[str]]:
    """The frames and notes of a clip."""
    backend = Pictures()
    plan = backend.quantise(request)
    clip = backend.generate(request, plan, lambda part: None, lambda: False)
    return list(clip.frames), [*plan.notes, *clip.facts["notes"]]


def keyframes(*pairs: tuple[str, Fraction]) -> tuple[Keyframe, ...]:
    """Keyframes of names and times."""
    return tuple(Keyframe(name, at) for name, at in pairs)


@pytest.mark.parametrize("camera", sorted(MOVES))
def test_every_camera_move_moves(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path], camera: str
) -> None:
    """No move of the vocabulary leaves a picture standing still, and every frame differs from the one before."""
    scene = make_scene(camera=camera, keyframes=keyframes(("a.png", Fraction(0))))
    frames, _ = make(make_request(scene, files=files, frames=24))
    assert np.abs(frames[0].astype(int) - frames[-1]).mean() > 1
    if camera != "whip pan":
        assert all(not np.array_equal(here, there) for here, there in zip(frames, frames[1:], strict=False))  # noqa: RUF007


@pytest.mark.parametrize("size", [(64, 36), (36, 64), (48, 48)])
def test_every_canvas_is_filled(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path], size: tuple[int, int]
) -> None:
    """Exactly the frames asked for, exactly as large."""
    scene = make_scene(keyframes=keyframes(("a.png", Fraction(0))))
    frames, _ = make(make_request(scene, files=files, width=size[0], height=size[1]))
    assert len(frames) == 12
    assert {frame.shape for frame in frames} == {(size[1], size[0], 3)}
    assert {frame.dtype for frame in frames} == {np.dtype(np.uint8)}


def test_pictures_dissolve_half_way_between_their_times(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path]
) -> None:
    """Each picture is whole at its own time, and both show equally in the middle."""
    scene = make_scene(keyframes=keyframes(("red.png", Fraction(0)), ("blue.png", Fraction(1))))
    frames, _ = make(make_request(scene, files=files, frames=48))
    red, blue = ([int(frame[18, 32, channel]) for frame in frames] for channel in (0, 2))
    assert red[0] >= 199
    assert blue[0] == 0
    assert red[-1] == 0
    assert blue[-1] >= 199
    assert abs(red[24] - 100) <= 8
    assert blue == sorted(blue)


def test_keyframes_follow_their_times_not_their_order(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path]
) -> None:
    """Written last, shown first."""
    scene = make_scene(keyframes=keyframes(("blue.png", Fraction(1)), ("red.png", Fraction(0))))
    frames, _ = make(make_request(scene, files=files))
    assert frames[0][18, 32, 0] >= 199


def test_the_focus_stays_in_a_tall_frame(make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path) -> None:
    """A wide picture's left edge is seen in 9:16 when the focus is there, and not when it is right."""
    wide = np.zeros((90, 320, 3), np.uint8)
    wide[:, :60] = 250
    Image.fromarray(wide).save(tmp_path / "w.png")
    shown = []
    for x in (0.05, 0.95):
        scene = make_scene(keyframes=keyframes(("w.png", Fraction(0))), focus=(x, 0.5))
        frames, _ = make(make_request(scene, files={"w.png": tmp_path / "w.png"}, width=36, height=64))
        shown.append(float(frames[6].mean()))
    assert shown[0] > 200
    assert shown[1] < 5


def test_padding_shows_the_whole_picture(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path]
) -> None:
    """With `pad` a wide picture in a tall frame has dark bands of itself above and below."""
    scene = make_scene(keyframes=keyframes(("red.png", Fraction(0))), reframe="pad")
    frames, _ = make(make_request(scene, files=files, width=36, height=64))
    assert frames[0][32, 18, 0] > 190
    assert 30 < frames[0][2, 18, 0] < 120


def test_slow_moves_are_sub_pixel(make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path) -> None:
    """A soft edge moves on by less than a pixel each frame instead of standing and jumping."""
    ramp = np.clip((np.arange(640) - 280) * 3, 0, 255).astype(np.uint8)
    Image.fromarray(np.repeat(np.repeat(ramp[None, :, None], 360, 0), 3, 2)).save(tmp_path / "r.png")
    scene = make_scene(camera="truck right", keyframes=keyframes(("r.png", Fraction(0))))
    frames, _ = make(make_request(scene, files={"r.png": tmp_path / "r.png"}, width=128, height=72, frames=96))
    lit = np.array([float(frame[36, :, 0].astype(float).sum()) / 255 for frame in frames])
    steps = np.diff(lit)[8:-8]
    assert np.all(steps > 0.05)
    assert np.all(steps < 0.6)


def test_words_are_laid_over_the_picture(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path]
) -> None:
    """`text` is seen."""
    plain, titled = (
        make(make_request(make_scene(keyframes=keyframes(("red.png", Fraction(0))), text=text), files=files))[0][6]
        for text in ("", "Сад")
    )
    assert np.abs(plain.astype(int) - titled).max() > 100


def test_what_a_still_cannot_give_is_said(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path]
) -> None:
    """An orbit becomes a truck, with a note; a small picture's enlargement is noted."""
    scene = make_scene(camera="orbit", keyframes=keyframes(("red.png", Fraction(0))))
    _, notes = make(make_request(scene, files=files, width=640, height=360, frames=2))
    assert any("orbited" in note for note in notes)
    assert any("enlarged" in note for note in notes)


def test_impossible_wishes_are_refused(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path]
) -> None:
    """No pictures, no length and tracking are refused with a remedy, a picture that is not there is missing."""
    one = keyframes(("red.png", Fraction(0)))
    for request in (
        make_request(make_scene(), files=files),
        make_request(make_scene(keyframes=one), files=files, frames=0),
        make_request(make_scene(keyframes=one, reframe="track"), files=files),
        make_request(make_scene(keyframes=one, camera="barrel roll"), files=files),
    ):
        with pytest.raises(Refusal) as caught:
            Pictures().quantise(request)
        assert caught.value.hint
    with pytest.raises(MissingError, match=r"red\.png"):
        Pictures().quantise(make_request(make_scene(keyframes=one)))


def test_an_unreadable_picture_is_named_as_the_author_wrote_it(
    make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path
) -> None:
    """The message has the project-relative name, not the machine's path."""
    (tmp_path / "x").write_text("no picture")
    scene = make_scene(keyframes=keyframes(("pictures/x.png", Fraction(0))))
    with pytest.raises(RenderError, match=r"pictures/x\.png"):
        make(make_request(scene, files={"pictures/x.png": tmp_path / "x"}))


def test_cancelling_stops(make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path]) -> None:
    """A stopped clip is an interruption."""
    request = make_request(make_scene(keyframes=keyframes(("red.png", Fraction(0)))), files=files)
    backend = Pictures()
    clip = backend.generate(request, backend.quantise(request), lambda part: None, lambda: True)
    with pytest.raises(InterruptedRender):
        next(clip.frames)
