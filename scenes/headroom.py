"""A request for a picture on which something will lie: buttons of a platform, and captions. Heads keep out of it.

Only such requests carry it along, so that no other picture is made anew. Knows no pixels and no platform.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from scenes.backend import ClipRequest
from storyboard.safe_area import WHOLE, SafeArea

HEADROOM = "headroom"
"""What a backend `takes` that keeps heads inside of what such a request leaves them."""


@dataclass(frozen=True, slots=True)
class HeadroomRequest(ClipRequest):
    """A request with the shares of the picture, 0..1, that heads keep away from at each side."""

    heads: SafeArea = WHOLE


def with_headroom(request: ClipRequest, heads: SafeArea) -> ClipRequest:
    """The request with that room for heads; the request itself where they have the whole picture."""
    if heads == WHOLE:
        return request
    return HeadroomRequest(**{one.name: getattr(request, one.name) for one in fields(request)}, heads=heads)


def heads_of(request: ClipRequest) -> SafeArea:
    """The shares of the picture that heads keep away from."""
    return request.heads if isinstance(request, HeadroomRequest) else WHOLE
