"""Which encoder profile the delivered picture has: the author's encoding, or the one of drafts.

All pieces of a cut share it. Knows nothing of steps or frames.
"""

from __future__ import annotations

from scenes.coders import EncoderProfile
from storyboard.film import Encoding

KEYINT = 48
"""Frames between key frames inside a piece: a player finds any place by decoding two seconds at most."""

DRAFT = EncoderProfile(crf=26, preset="ultrafast", keyint=KEYINT)
"""For drafts: speed before size, and H.264 whatever the delivery is coded in."""


def profile_of(encoding: Encoding, draft: bool) -> EncoderProfile:
    """The profile that every piece of a cut is coded with."""
    if draft:
        return DRAFT
    return EncoderProfile(encoding.crf, encoding.preset, KEYINT, codec=encoding.codec)


DELIVERY = profile_of(Encoding(), draft=False)
"""Delivered picture where nothing is written: transparent to the eye at 720p."""
