"""The profile of the delivered picture: the author's encoding, and drafts apart from it."""

from __future__ import annotations

import pytest

from render.profiles import DELIVERY, DRAFT, profile_of
from storyboard.film import Encoding


def test_nothing_written_is_the_delivery_profile() -> None:
    """The written format's own default is the profile of delivery."""
    assert profile_of(Encoding(), draft=False) == DELIVERY


@pytest.mark.parametrize(
    "encoding", [Encoding("hevc", 24, "medium"), Encoding("av1", 32, "10"), Encoding("h264", 18, "slow")]
)
def test_what_is_written_is_kept(encoding: Encoding) -> None:
    """Codec, quality and preset are the author's."""
    profile = profile_of(encoding, draft=False)
    assert (profile.codec, profile.crf, profile.preset) == (encoding.codec, encoding.crf, encoding.preset)


def test_drafts_are_quick_whatever_is_written() -> None:
    """A draft is H.264 at its highest speed, whatever the delivery is."""
    assert profile_of(Encoding("av1", 20, "2"), draft=True) == DRAFT
