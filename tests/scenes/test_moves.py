"""Camera moves over a still: always inside the picture, in the right direction, without jerks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.moves import LIMIT, MOVES, drift, focus_blur, window

UNIT = st.floats(0, 1)
ASPECT = st.floats(0.3, 3.5)


@given(name=st.sampled_from(sorted(MOVES)), picture=ASPECT, canvas=ASPECT, x=UNIT, y=UNIT, part=UNIT)
def test_the_window_never_leaves_the_picture(
    name: str, picture: float, canvas: float, x: float, y: float, part: float
) -> None:
    """No move, shape or focus shows what is beyond the edge (a hand may sway by a hair)."""
    seen = window(MOVES[name], picture, canvas, (x, y), part, seed=5)
    slack = 0.03 if MOVES[name].sway else 1e-9
    assert seen.x - seen.width / 2 >= -slack
    assert seen.x + seen.width / 2 <= 1 + slack
    assert seen.y - seen.height / 2 >= -slack
    assert seen.y + seen.height / 2 <= 1 + slack


@given(picture=ASPECT, canvas=ASPECT, part=UNIT)
def test_the_window_has_the_shape_of_the_canvas(picture: float, canvas: float, part: float) -> None:
    """Nothing is stretched."""
    seen = window(MOVES["dolly in"], picture, canvas, (0.5, 0.5), part, seed=0)
    assert seen.width * picture / seen.height == pytest.approx(canvas)


@pytest.mark.parametrize(
    ("name", "axis", "sign"),
    [
        ("pan left", "x", -1),
        ("pan right", "x", 1),
        ("tilt up", "y", -1),
        ("tilt down", "y", 1),
        ("truck left", "x", -1),
        ("truck right", "x", 1),
        ("crane up", "y", -1),
        ("crane down", "y", 1),
        ("dolly in", "width", -1),
        ("dolly out", "width", 1),
        ("zoom in", "width", -1),
        ("zoom out", "width", 1),
        ("reveal", "width", 1),
        ("whip pan", "x", 1),
    ],
)
def test_every_move_goes_where_its_name_says(name: str, axis: str, sign: int) -> None:
    """The camera turns, rises and comes nearer in the direction of the word."""
    first, last = (window(MOVES[name], 16 / 9, 16 / 9, (0.5, 0.5), part, seed=0) for part in (0.0, 1.0))
    assert (getattr(last, axis) - getattr(first, axis)) * sign > 0.05


@pytest.mark.parametrize("name", sorted(set(MOVES) - {"whip pan"}))
def test_no_move_jerks(name: str) -> None:
    """Between two frames of a four second scene the window goes less than two percent of itself."""
    seen = [window(MOVES[name], 16 / 9, 16 / 9, (0.4, 0.6), place / 95, seed=2) for place in range(96)]
    for here, there in zip(seen, seen[1:], strict=False):  # noqa: RUF007 - plain pairs read better here
        assert abs(there.x - here.x) < 0.02 * here.width
        assert abs(there.y - here.y) < 0.02 * here.height


def test_a_rack_begins_soft_and_ends_sharp() -> None:
    """Only a rack focus blurs."""
    assert focus_blur(MOVES["rack focus"], 0.0) == 1.0
    assert focus_blur(MOVES["rack focus"], 0.6) == 0.0
    assert focus_blur(MOVES["static"], 0.0) == 0.0


def test_a_hand_sways_by_its_seed() -> None:
    """Two takes differ; one take is always the same."""
    one, two, again = (window(MOVES["handheld"], 1.5, 1.5, (0.5, 0.5), 0.3, seed) for seed in (1, 2, 1))
    assert one == again
    assert one != two


@pytest.mark.parametrize("name", sorted(MOVES))
def test_perspective_and_parallax_keep_to_their_limit(name: str) -> None:
    """No move bends a still by more than the limit, from end to end, and each lets depth be seen."""
    ends = [drift(MOVES[name], part) for part in (0.0, 1.0)]
    for left in ends:
        assert max(abs(lean) for lean in left.lean) <= LIMIT
    ways = [abs(ends[1].shift[axis] - ends[0].shift[axis]) for axis in (0, 1)]
    grown = abs(ends[1].near - ends[0].near)
    assert max(ways) <= LIMIT + 1e-9
    assert grown <= LIMIT + 1e-9
    assert max(*ways, grown) > LIMIT / 4


def test_near_things_go_against_the_camera() -> None:
    """Trucking to the right, near things move to the left; coming nearer, they grow; a zoom does not change them."""
    right = [drift(MOVES["truck right"], part).shift[0] for part in (0.0, 1.0)]
    assert right[1] < right[0]
    nearer = [drift(MOVES["dolly in"], part).near for part in (0.0, 1.0)]
    assert nearer[1] > nearer[0]
    assert drift(MOVES["zoom in"], 1.0).near == 0.0
    assert drift(MOVES["zoom in"], 1.0).lean == (0.0, 0.0)


def test_the_lean_turns_over_in_the_middle() -> None:
    """A pan begins leaning one way, stands straight half-way, and ends leaning the other way."""
    leans = [drift(MOVES["pan right"], part).lean[0] for part in (0.0, 0.5, 1.0)]
    assert leans[0] == pytest.approx(-LIMIT)
    assert leans[1] == pytest.approx(0.0)
    assert leans[2] == pytest.approx(LIMIT)
