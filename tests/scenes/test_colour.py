"""Foreign colour: paper white stays white, grey stays grey, highlights keep their order."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.backend import Frame
from scenes.colour import Primaries, Transfer, to_srgb


def level(code: float, transfer: Transfer, primaries: Primaries = "bt2020") -> Frame:
    """The sRGB of an even grey of that code value (0..1)."""
    shown: Frame = to_srgb(np.full((2, 2, 3), round(code * 65535), np.uint16), transfer, primaries)[0, 0]
    return shown


@pytest.mark.parametrize(("transfer", "white"), [("pq", 0.5807), ("hlg", 0.75)])
def test_paper_white_is_nearly_white(transfer: Transfer, white: float) -> None:
    """203 candela come out bright, with room for highlights above, and neutral."""
    shown = level(white, transfer)
    assert shown.min() >= 230
    assert shown.max() <= 250
    assert int(shown.max()) - int(shown.min()) <= 1


@pytest.mark.parametrize("transfer", ["pq", "hlg"])
def test_highlights_roll_off_in_order(transfer: Transfer) -> None:
    """More light is never darker, black is black and the brightest is white."""
    shown = [int(level(code, transfer)[0]) for code in np.linspace(0, 1, 40)]
    assert shown == sorted(shown)
    assert shown[0] == 0
    assert shown[-1] >= 254


def test_standard_range_in_bt709_is_left_alone() -> None:
    """The round trip through linear light costs at most a level."""
    ramp = np.linspace(0, 65535, 256).round().astype(np.uint16)
    shown = to_srgb(np.repeat(ramp[None, :, None], 3, axis=2), "sdr", "bt709")
    assert np.abs(shown[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_wide_gamut_red_becomes_stronger() -> None:
    """The same numbers mean a deeper red in BT.2020 than in BT.709."""
    code = np.array([[[40000, 20000, 20000]]], np.uint16)
    wide, plain = to_srgb(code, "sdr", "bt2020")[0, 0], to_srgb(code, "sdr", "bt709")[0, 0]
    assert int(wide[0]) > int(plain[0])
    assert int(wide[1]) < int(plain[1])
