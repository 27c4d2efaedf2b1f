"""Recursive filters as matrix products: block by block, with what the blocks before leave behind carried over exactly.

A filter of second-order sections costs so a fraction of what a Fourier transform does. `scipy.signal.sosfilt` gives the
same samples (a test holds them equal), but loading it costs every worker more than filtering a film. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Section: TypeAlias = tuple[float, float, float, float, float, float]
"""One second-order section: b0, b1, b2, then 1, a1, a2."""

BLOCK = 96
"""Samples that one row of the product holds."""

_FADED = 1e-15
"""What is left of a state below this share of it is left out."""

_UNHEARD = 1e-13
"""States that add no more than this share of what the others do are none: a section may be of the first order."""


@dataclass(frozen=True, slots=True)
class _Filter:
    """A filter over a block: a row of samples and the states before it, times `through`, is its answer.

    A row times `leaving` is the states that it leaves behind, `carried` what remains of them one block later. States
    are told in a basis in which they are as large as what they add: rounding them costs no more than rounding samples.
    """

    through: NDArray[np.float64]
    leaving: NDArray[np.float64]
    carried: NDArray[np.float64]


@cache
def _filter(sections: tuple[Section, ...]) -> _Filter:
    """The matrices of a cascade: (BLOCK + states, BLOCK), (BLOCK, states) and (states, states)."""
    import numpy as np

    states = 2 * len(sections)
    # One run for each state alone, and one for an impulse at the block's first sample.
    memory = np.concatenate([np.eye(states), np.zeros((1, states))])
    answers = np.empty((states + 1, BLOCK))
    left = np.empty((BLOCK, states))
    for at in range(BLOCK):
        wave = np.zeros(states + 1)
        wave[-1] = at == 0
        for number, (b0, b1, b2, _, a1, a2) in enumerate(sections):
            first, second = memory[:, 2 * number].copy(), memory[:, 2 * number + 1].copy()
            out = b0 * wave + first
            memory[:, 2 * number] = b1 * wave - a1 * out + second
            memory[:, 2 * number + 1] = b2 * wave - a2 * out
            wave = out
        answers[:, at] = wave
        left[at] = memory[-1]
    lasting, sizes, states_told = np.linalg.svd(answers[:-1].T, full_matrices=False)
    heard = sizes > _UNHEARD * sizes.max()
    told = sizes[heard, None] * states_told[heard]
    shifts = np.subtract.outer(np.arange(BLOCK), np.arange(BLOCK)).T
    answer = np.where(shifts >= 0, answers[-1][np.abs(shifts)], 0.0)
    carried = told @ memory[:-1].T @ (states_told[heard].T / sizes[heard])
    return _Filter(np.vstack([answer, lasting[:, heard].T]), left[::-1] @ told.T, carried)


def filtered(sections: tuple[Section, ...], planes: NDArray[Any]) -> NDArray[Any]:
    """Waves (channels, n) through a cascade of sections, as though silence lay before them; float32 or float64 stays.

    The sections' own answers have to die away, as those of every stable filter do.
    """
    import numpy as np

    channels, count = planes.shape
    rows, whole = -(-count // BLOCK), count // BLOCK
    made = _filter(sections)
    states = len(made.carried)
    # Each row has its samples first and then what the blocks before it leave behind: one product answers to both.
    held = np.zeros((channels, rows, BLOCK + states), planes.dtype)
    held[:, :whole, :BLOCK] = planes[:, : whole * BLOCK].reshape(channels, whole, BLOCK)
    held[:, whole:, : count - whole * BLOCK] = planes[:, None, whole * BLOCK :]
    flat = held.reshape(channels * rows, BLOCK + states)
    left = (flat[:, :BLOCK] @ made.leaving.astype(planes.dtype)).astype(np.float64).reshape(channels, rows, states)
    behind, carried = 1, made.carried
    while behind < rows and np.abs(carried).max() > _FADED:
        left[:, behind:] += left[:, :-behind] @ carried.T
        behind, carried = 2 * behind, carried @ carried
    held[:, 1:, BLOCK:] = left[:, :-1]
    answered: NDArray[Any] = (flat @ made.through.astype(planes.dtype)).reshape(channels, rows * BLOCK)
    return answered[:, :count]
