"""Bodies and joins: cut from the take to the frame, captions where they belong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from projects.steps import Artifact, Work
from render.blending import dissolve
from render.burn import burned
from render.captions import Span
from render.pieces import BodyRequest, JoinRequest, blended, make_body, make_join
from render.profiles import DELIVERY
from render.transition import Way, planes, solid, transition
from scenes.frames import I420, read_frames, write_film
from scenes.takes import take_pictures
from scenes.window import Window
from storyboard.errors import InterruptedRender, MissingError
from storyboard.film import Treatment

WIDTH, HEIGHT, RATE = 96, 54, Fraction(24)
SHAPE = (HEIGHT * 3 // 2, WIDTH)
JOIN = JoinRequest("crossfade", "", 20, 0, 6, WIDTH, HEIGHT, RATE, DELIVERY)


def shade(level: int) -> I420:
    """An even grey picture."""
    picture = solid(SHAPE, "#000000")
    picture[:HEIGHT] = level
    return picture


@pytest.fixture
def takes(tmp_path: Path) -> dict[str, Artifact]:
    """Two takes of 30 frames: one grows brighter by two levels a frame, the other darker."""
    found = {}
    for name, levels in (("before", range(40, 100, 2)), ("after", range(220, 160, -2))):
        path = tmp_path / f"{name}.mp4"
        write_film(path, (shade(level) for level in levels), WIDTH, HEIGHT, RATE)
        found[name] = Artifact("", path, {"height": HEIGHT})
    return found


@pytest.fixture
def windowed(tmp_path: Path) -> dict[str, Artifact]:
    """Two takes of 30 frames in the size of their footage, upright, of which the film shows the middle."""
    found = {}
    for name, seed in (("before", 1), ("after", 2)):
        path = tmp_path / f"{name}.mp4"
        ground = np.random.default_rng(seed).integers(40, 200, (10, 6), dtype=np.uint8)
        large = cv2.resize(ground, (72, 120), interpolation=cv2.INTER_CUBIC)
        pictures = [np.vstack([np.roll(large, number, 1), np.full((60, 72), 128, np.uint8)]) for number in range(30)]
        write_film(path, pictures, 72, 120, RATE)
        facts = {"frames": 30, "width": WIDTH, "height": HEIGHT, "window": Window((72, 120), 0, 40, 72, 40).told()}
        found[name] = Artifact("", path, facts)
    return found


def work(inputs: dict[str, Artifact], *, stopped: bool = False, files: dict[str, Path] | None = None) -> Work:
    """What a step function gets."""
    return Work(inputs, files or {}, lambda part: None, lambda: stopped)


def test_a_body_is_its_frames(takes: dict[str, Artifact], tmp_path: Path) -> None:
    """A body holds exactly the frames that were asked for."""
    request = BodyRequest(5, 12, WIDTH, HEIGHT, RATE, DELIVERY)
    facts = make_body(request, work({"take": takes["before"]}), tmp_path / "body.mp4")
    assert {key: facts[key] for key in ("frames", "dark", "notes")} == {"frames": 7, "dark": [], "notes": []}
    levels = [float(picture[:HEIGHT].mean()) for picture in read_frames(tmp_path / "body.mp4")]
    assert levels == pytest.approx([50 + 2 * number for number in range(7)], abs=1.5)


def test_a_join_blends_tail_and_head(takes: dict[str, Artifact]) -> None:
    """A join goes from the old take's tail to the new take's head in even steps, neither end included."""
    tail = list(read_frames(takes["before"].path, 20, 26))
    head = list(read_frames(takes["after"].path, 0, 6))
    mixed = list(blended(JOIN, work(takes)))
    for number, picture in enumerate(mixed):
        assert np.array_equal(picture, dissolve(tail[number], head[number], (number + 1) / 7))


@pytest.mark.parametrize("captions", [(), (Span("Yes", 2, 4),)])
def test_a_body_is_what_the_window_shows(
    windowed: dict[str, Artifact], tmp_path: Path, captions: tuple[Span, ...]
) -> None:
    """With captions or without, a body shows the take through its window, in the same bytes every time."""
    request = BodyRequest(5, 12, WIDTH, HEIGHT, RATE, DELIVERY, captions)
    for name in ("body.mp4", "again.mp4"):
        facts = make_body(request, work({"take": windowed["before"]}), tmp_path / name)
        assert {key: facts[key] for key in ("frames", "dark", "notes")} == {"frames": 7, "dark": [], "notes": []}
    assert (tmp_path / "body.mp4").read_bytes() == (tmp_path / "again.mp4").read_bytes()
    due = list(take_pictures(windowed["before"], 5, 12))
    stored = [picture[40:80] for picture in read_frames(windowed["before"].path, 5, 12)]
    for number, shown in enumerate(read_frames(tmp_path / "body.mp4")):
        assert shown.shape == SHAPE
        # A caption lies in the lower half.
        assert np.abs(shown[: HEIGHT // 2].astype(int) - due[number][: HEIGHT // 2]).mean() < 3
        ideal = cv2.resize(stored[number], (WIDTH, HEIGHT), interpolation=cv2.INTER_LANCZOS4)[: HEIGHT // 2]
        assert np.abs(shown[: HEIGHT // 2].astype(int) - ideal).mean() < 4


def test_a_join_shows_both_sides_through_their_windows(windowed: dict[str, Artifact], tmp_path: Path) -> None:
    """A join is blended from what the film shows of both takes, in the same bytes every time."""
    tail, head = list(take_pictures(windowed["before"], 20, 26)), list(take_pictures(windowed["after"], 0, 6))
    for number, picture in enumerate(blended(JOIN, work(windowed))):
        assert np.array_equal(picture, dissolve(tail[number], head[number], (number + 1) / 7))
    for name in ("join.mp4", "again.mp4"):
        assert make_join(JOIN, work(windowed), tmp_path / name)["frames"] == 6
    assert (tmp_path / "join.mp4").read_bytes() == (tmp_path / "again.mp4").read_bytes()


def test_a_film_opens_from_black(takes: dict[str, Artifact]) -> None:
    """With nothing before it a fade comes straight from its colour."""
    request = replace(JOIN, kind="fade", option="#000000")
    levels = [float(p[:HEIGHT].mean()) for p in blended(request, work({"after": takes["after"]}))]
    assert levels == sorted(levels)
    assert levels[0] < 60
    assert levels[-1] > 170


@pytest.mark.parametrize("kind", ["blur", "circle", "push"])
def test_any_way_may_end_a_film(kind: str, takes: dict[str, Artifact]) -> None:
    """With nothing after it, black stands there."""
    last = list(blended(replace(JOIN, kind=kind), work({"before": takes["before"]})))[-1]
    assert float(planes(last)[0].mean()) < 30


def test_a_join_may_mix_light(takes: dict[str, Artifact]) -> None:
    """A linear join shows what a dissolve in linear light gives."""
    first = next(blended(replace(JOIN, linear=True), work(takes)))
    tail, head = (next(read_frames(takes[side].path, at)) for side, at in (("before", 20), ("after", 0)))
    assert np.array_equal(first, dissolve(tail, head, 1 / 7, linear=True))
    assert not np.array_equal(first, dissolve(tail, head, 1 / 7))


def test_a_join_tells_how_much_of_the_way_a_frame_is(takes: dict[str, Artifact]) -> None:
    """What blurs in motion blurs over one frame of this transition, not of another one."""
    tail, head = (next(read_frames(takes[side].path, at)) for side, at in (("before", 22), ("after", 2)))
    third = list(blended(replace(JOIN, kind="whip", option="up"), work(takes)))[2]
    assert np.array_equal(third, transition("whip").blend(tail, head, 3 / 7, Way("up", step=1 / 7)))
    assert not np.array_equal(third, transition("whip").blend(tail, head, 3 / 7, Way("up", step=1 / 70)))


def test_a_join_follows_the_authors_picture(takes: dict[str, Artifact], tmp_path: Path) -> None:
    """Where the picture is dark the new take shows first; it is scaled to the frame."""
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[np.newaxis], 40, axis=0)
    cv2.imwrite(str(tmp_path / "ramp.png"), ramp)
    request = replace(JOIN, kind="matte", softness=0.05)
    shown = list(blended(request, work(takes, files={"matte": tmp_path / "ramp.png"})))[2]
    luma = planes(shown)[0]
    assert luma[:, : WIDTH // 4].min() > 180
    assert luma[:, -WIDTH // 4 :].max() < 120


def test_a_matte_without_its_picture_is_refused(takes: dict[str, Artifact]) -> None:
    """Nothing else is made in its place."""
    with pytest.raises(MissingError):
        next(blended(replace(JOIN, kind="matte"), work(takes)))


def test_an_unknown_direction_is_refused(takes: dict[str, Artifact]) -> None:
    """A word that a plug-in does not offer is not taken for another."""
    with pytest.raises(MissingError, match="sideways"):
        next(blended(replace(JOIN, kind="wipe", option="sideways"), work(takes)))


def test_the_author_may_make_the_frames(takes: dict[str, Artifact], tmp_path: Path) -> None:
    """A function of the author's gets both pictures and the progress, and its pictures are the join."""
    code = tmp_path / "split.py"
    code.write_text(
        "def split(tail, head, progress, at):\n"
        "    mixed = tail.copy()\n"
        "    mixed[:, int(progress * at):] = head[:, int(progress * at):]\n"
        "    return mixed\n",
        encoding="utf-8",
    )
    treatment = Treatment("python", "effects/split.py:split", (("at", 70),))
    request = replace(JOIN, kind="python", treatments=(treatment,))
    frames = list(blended(request, work(takes, files={"effects/split.py": code})))
    edges = [int(np.abs(np.diff(planes(frame)[0][20].astype(int))).argmax()) + 1 for frame in frames]
    assert edges == pytest.approx([10 * (number + 1) for number in range(6)], abs=1)


def test_a_stopped_piece_is_not_finished(takes: dict[str, Artifact], tmp_path: Path) -> None:
    """A piece that is cancelled raises instead of leaving a short file that passes for whole."""
    with pytest.raises(InterruptedRender):
        make_join(JOIN, work(takes, stopped=True), tmp_path / "join.mp4")


def test_captions_are_burned_for_their_frames_only() -> None:
    """A caption changes the lower part of the frames of its span, and of no others."""
    width, height = 320, 180
    plain = solid((height * 3 // 2, width), "#204060")
    shown = list(burned(iter([plain] * 6), [Span("Да, конечно", 2, 4)], width, height))
    changed = [not np.array_equal(picture, plain) for picture in shown]
    assert changed == [False, False, True, True, False, False]
    assert np.array_equal(shown[2][: height // 2], plain[: height // 2])
    assert shown[2][height // 2 : height].max() > 180
