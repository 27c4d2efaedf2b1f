"""Titles over people: they keep off faces, and stay where they are where they lie over nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scenes.backend import ClipRequest
from scenes.backends.animatic.busts import Busts
from scenes.backends.animatic.painter import scheme_for
from scenes.backends.animatic.stage import stage_of
from scenes.backends.animatic.titling import off_heads
from scenes.lettering import title_ink
from storyboard.film import Lettering
from tests.scenes.animatic.conftest import part
from tests.scenes.heads import Box, faces

RequestOf = Callable[..., ClipRequest]
TITLE = Lettering("title", ("The last tram",))


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (480, 480)])
@pytest.mark.parametrize("shot", ["wide", "medium", "two-shot", "close-up"])
@pytest.mark.parametrize("camera", ["static", "dolly in", "crane down"])
def test_no_title_lies_over_a_face(request_of: RequestOf, size: tuple[int, int], shot: str, camera: str) -> None:
    """In every shape and shot the words of a title and the faces of two people have no pixel in common."""
    request = request_of(*size, shot=shot, camera=camera, cast=(part("Ann"), part("Bob")))
    stage = stage_of(request)
    busts = Busts(stage, request, scheme_for(stage).figure_light(1.0)) if stage.close else None
    (title,) = off_heads((TITLE,), stage, busts)
    words = Box(*title_ink(title, *size))
    assert words.bottom - words.top > 0.02 * size[1]
    assert words.top >= 0
    assert words.bottom <= size[1]
    assert not [face for face in faces(request, 6) if face.box.meets(words)]


def test_a_title_over_nobody_stays(request_of: RequestOf) -> None:
    """Words that lie over no head, and words of other kinds, are as they were written."""
    empty = stage_of(request_of(640, 360, shot="wide", cast=()))
    assert off_heads((TITLE,), empty, None) == (TITLE,)
    small = stage_of(request_of(640, 360, shot="extreme wide", cast=(part("Ann"),)))
    assert off_heads((TITLE,), small, None) == (TITLE,)
    third = Lettering("lower third", ("Ann",))
    assert off_heads((third,), stage_of(request_of(640, 360, shot="wide", cast=(part("Ann"),))), None) == (third,)
