"""Which way up: display matrices read, and arrays turned by them."""

from __future__ import annotations

from struct import pack

import numpy as np
import pytest

from scenes.turning import Turn, turn_of, upright

ONE = 1 << 16


def matrix(across: int, across_down: int, down_across: int, down: int) -> bytes:
    """A display matrix of these four terms."""
    return pack("=9i", across, across_down, 0, down_across, down, 0, 0, 0, 1 << 30)


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ((ONE, 0, 0, ONE), [[1, 2, 3], [4, 5, 6]]),
        ((-ONE, 0, 0, -ONE), [[6, 5, 4], [3, 2, 1]]),
        ((0, ONE, -ONE, 0), [[4, 1], [5, 2], [6, 3]]),
        ((0, -ONE, ONE, 0), [[3, 6], [2, 5], [1, 4]]),
        ((-ONE, 0, 0, ONE), [[3, 2, 1], [6, 5, 4]]),
        ((0, ONE, ONE, 0), [[1, 4], [2, 5], [3, 6]]),
        ((0, 0, 0, 0), [[1, 2, 3], [4, 5, 6]]),
    ],
)
def test_turns_and_mirrors(terms: tuple[int, int, int, int], due: list[list[int]]) -> None:
    """Quarter turns and mirrors as the matrix says; an empty matrix leaves the picture as it is."""
    turn = turn_of(matrix(*terms))
    assert turn.exact
    plane = np.array([[1, 2, 3], [4, 5, 6]], np.uint8)
    assert upright(plane, turn).tolist() == due
    assert upright(np.dstack([plane] * 3), turn)[..., 1].tolist() == due


def test_an_odd_angle_is_known_to_be_none_of_ours() -> None:
    """Thirty degrees come as the nearest quarter turn, marked; a hair's breadth off is still exact."""
    assert turn_of(matrix(round(ONE * 0.866), ONE // 2, -ONE // 2, round(ONE * 0.866))) == Turn(exact=False)
    assert turn_of(matrix(ONE, ONE // 1000, -ONE // 1000, ONE)).exact


def test_a_torn_matrix_turns_nothing() -> None:
    """Too few bytes are no turn."""
    assert turn_of(b"\1\2\3") == Turn()
