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
from storyboard.film import Keyframe, Lettering, Scene
from tests.scenes.portraits import portrait

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


def save(folder: Path, **pictures: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> dict[str, Path]:
    """Pictures written as `name.png`, by those names."""
    for name, picture in pictures.items():
        Image.fromarray(picture).save(folder / f"{name}.png")
    return {f"{name}.png": folder / f"{name}.png" for name in pictures}


def with_file(picture: str, kind: str, name: str) -> Keyframe:
    """A keyframe with one more file: its layer, depth or mask."""
    layers = (name,) if kind == "layers" else ()
    depth, mask = (name if kind == other else "" for other in ("depth", "mask"))
    return Keyframe(picture, Fraction(0), layers=layers, depth=depth, mask=mask)


def soft(seed: int, width: int = 256, height: int = 144) -> Frame:
    """A soft random picture."""
    import cv2

    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    blurred = cv2.GaussianBlur(noise, (0, 0), 5)
    return np.asarray(cv2.normalize(blurred, np.empty_like(blurred), 0, 255, cv2.NORM_MINMAX), np.uint8)


def test_lines_lean_as_the_camera_pans(make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path) -> None:
    """A level line is tilted a little at both ends of an orbit, contrary ways, and level in the middle."""
    board = np.full((360, 640, 3), 20, np.uint8)
    board[40:60] = 240
    scene = make_scene(camera="orbit", keyframes=keyframes(("b.png", Fraction(0))))
    frames, _ = make(make_request(scene, files=save(tmp_path, b=board), width=320, height=180, frames=49))

    def tilt(frame: Frame) -> float:
        rows = np.arange(180)[:, None]
        left, right = (
            float((frame[:, part, 0].astype(float) * rows).sum() / frame[:, part, 0].astype(float).sum())
            for part in (slice(0, 40), slice(280, 320))
        )
        return right - left

    tilts = [tilt(frames[place]) for place in (0, 24, 48)]
    assert tilts[0] * tilts[2] < 0
    assert 0.3 < abs(tilts[0]) < 3
    assert abs(tilts[1]) < 0.1


def middle_of(frame: Frame, channel: int) -> float:
    """The middle column of what is bright in one channel only."""
    lit = (frame[..., channel] > 150) & (frame[..., (channel + 1) % 3] < 100)
    return float(np.nonzero(lit)[1].mean())


def test_a_layer_goes_against_the_picture_behind_it(
    make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path
) -> None:
    """In a truck to the right a nearer layer moves to the left of the ground behind it, by 1.5 percent at most."""
    ground, layer = np.full((180, 320, 3), 60, np.uint8), np.zeros((180, 320, 4), np.uint8)
    ground[60:80, 150:170] = (220, 0, 0)
    layer[100:120, 150:170] = (0, 0, 220, 255)
    files = save(tmp_path, g=ground, l=layer)
    scene = make_scene(camera="truck right", keyframes=(Keyframe("g.png", Fraction(0), layers=("l.png",)),))
    frames, _ = make(make_request(scene, files=files, width=320, height=180, frames=25))
    apart = [middle_of(frame, 2) - middle_of(frame, 0) for frame in (frames[0], frames[-1])]
    assert 1.0 < apart[0] - apart[1] <= 0.015 * 320 * 1.3


@pytest.mark.parametrize("kind", ["depth", "mask"])
def test_what_is_near_goes_against_what_is_far(
    make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path, kind: str
) -> None:
    """White parts of a depth picture or a mask move against the dark ones."""
    ground, near = np.full((180, 320, 3), 60, np.uint8), np.zeros((180, 320), np.uint8)
    ground[50:70, 150:170] = (220, 0, 0)
    ground[110:130, 150:170] = (0, 0, 220)
    near[100:140, 130:190] = 255
    keyframe = with_file("g.png", kind, "n.png")
    scene = make_scene(camera="truck right", keyframes=(keyframe,))
    files = save(tmp_path, g=ground, n=near)
    frames, _ = make(make_request(scene, files=files, width=320, height=180, frames=25))
    apart = [middle_of(frame, 2) - middle_of(frame, 0) for frame in (frames[0], frames[-1])]
    assert 1.0 < apart[0] - apart[1] <= 0.015 * 320 * 1.3


def test_moved_pictures_dissolve_along_their_motion(
    make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path
) -> None:
    """Half-way between a picture and a shifted copy stands the picture shifted by half, and not two ghosts."""
    whole = soft(1, 288)
    first, second = whole[:, 16:272], whole[:, 6:262]
    due = whole[:, 11:267]
    scene = make_scene(keyframes=keyframes(("a.png", Fraction(0)), ("b.png", Fraction(1))))
    files = save(tmp_path, a=np.ascontiguousarray(first), b=np.ascontiguousarray(second), due=due.copy())
    frames, notes = make(make_request(scene, files=files, width=256, height=144, frames=49))
    still = make_scene(keyframes=keyframes(("due.png", Fraction(0))))
    wanted, _ = make(make_request(still, files=files, width=256, height=144, frames=49))
    ghosts = (frames[12].astype(int) + frames[36]) // 2
    inside = (slice(20, -20), slice(30, -30))
    made = min(float(np.abs(frames[24][inside].astype(int) - other[inside]).mean()) for other in wanted)
    mixed = min(float(np.abs(ghosts[inside] - other[inside]).mean()) for other in wanted)
    assert made < 0.6 * mixed
    assert not any("plainly" in note for note in notes)


def test_a_guided_dissolve_begins_and_ends_without_a_jump(
    make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path
) -> None:
    """The change from frame to frame grows and wanes evenly through both ends of the dissolve."""
    whole = soft(1, 288)
    files = save(tmp_path, a=np.ascontiguousarray(whole[:, 16:272]), b=np.ascontiguousarray(whole[:, 6:262]))
    scene = make_scene(keyframes=keyframes(("a.png", Fraction(0)), ("b.png", Fraction(1))))
    frames, _ = make(make_request(scene, files=files, width=256, height=144, frames=49))
    steps = [np.abs(there.astype(int) - here).mean() for here, there in zip(frames, frames[1:], strict=False)]  # noqa: RUF007
    assert np.abs(np.diff(steps)).max() < 0.2 * max(steps)


def test_strange_pictures_dissolve_plainly_and_this_is_said(
    make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path
) -> None:
    """Where no motion leads from one picture to the other, they are mixed."""
    scene = make_scene(keyframes=keyframes(("a.png", Fraction(0)), ("b.png", Fraction(1))))
    files = save(tmp_path, a=soft(1), b=soft(2))
    frames, notes = make(make_request(scene, files=files, width=256, height=144, frames=24))
    assert any("a.png and b.png" in note and "plainly" in note for note in notes)
    assert frames[12].std() < 0.9 * frames[0].std()


def test_a_face_sets_the_focus(make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path) -> None:
    """Without a focus a tall frame shows the face at a wide picture's edge, and says so; a written one is obeyed."""
    files = save(tmp_path, p=portrait(800, 400, 650, 180, 110))
    shown = []
    for focus in ((0.5, 0.5), (0.2, 0.5)):
        scene = make_scene(keyframes=keyframes(("p.png", Fraction(0))), focus=focus)
        frames, notes = make(make_request(scene, files=files, width=90, height=160, frames=3))
        skin = (frames[1][..., 0] > 180) & (frames[1][..., 2] < 180)
        shown.append((int(skin.sum()), any("face" in note for note in notes)))
    assert shown[0][0] > 400
    assert shown[0][1]
    assert shown[1] == (0, False)


def test_the_same_request_gives_the_same_bytes(
    make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path
) -> None:
    """Layers, depth, faces, dissolves and words included."""
    layer = np.zeros((144, 256, 4), np.uint8)
    layer[100:, 40:90] = (10, 60, 20, 200)
    files = save(tmp_path, a=soft(1), b=np.roll(soft(1), 5, axis=1), l=layer, d=soft(3)[..., 0])
    keys = (Keyframe("a.png", Fraction(0), layers=("l.png",), depth="d.png"), Keyframe("b.png", Fraction(1)))
    scene = make_scene(camera="handheld", keyframes=keys, lettering=(Lettering("lower third", ("Анна",)),))
    request = make_request(scene, files=files, width=128, height=72, frames=16)
    first, second = make(request), make(request)
    assert all(np.array_equal(here, there) for here, there in zip(first[0], second[0], strict=True))
    assert first[1] == second[1]


@pytest.mark.parametrize("kind", ["layers", "depth", "mask"])
def test_files_of_a_keyframe_must_be_there_and_fit(
    make_scene: MakeScene, make_request: MakeRequest, tmp_path: Path, kind: str
) -> None:
    """A missing layer, depth or mask is missing at once; one of another shape is named with both sizes."""
    other = np.zeros((100, 100, 4), np.uint8)
    other[:50] = 255
    files = save(tmp_path, g=soft(1), n=other)
    keyframe = with_file("g.png", kind, "n.png")
    scene = make_scene(keyframes=(keyframe,))
    with pytest.raises(MissingError, match=r"n\.png"):
        Pictures().quantise(make_request(scene, files={"g.png": files["g.png"]}))
    with pytest.raises(RenderError, match=r"n\.png is 100x100, but its picture is 256x144"):
        make(make_request(scene, files=files))
    padded = make_scene(keyframes=(keyframe,), reframe="pad")
    with pytest.raises(Refusal, match="pad"):
        Pictures().quantise(make_request(padded, files=files))


def test_words_come_and_go_over_pictures(
    make_scene: MakeScene, make_request: MakeRequest, files: dict[str, Path]
) -> None:
    """A scene's title is not there in its first frame and is in its middle; unset signs are told."""
    scene = make_scene(keyframes=keyframes(("red.png", Fraction(0))), text="Сад")
    frames, _ = make(make_request(scene, files=files, width=160, height=90, frames=48))
    assert int(frames[0][..., 1].max()) < 30
    assert int(frames[24][..., 1].max()) > 200
