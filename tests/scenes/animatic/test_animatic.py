"""The backend `animatic` as the film sees it: count, size, determinism, and that every word shows."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from scenes.backend import ClipRequest, Frame, Refusal, Speech
from scenes.backends.animatic import Animatic
from storyboard.film import Character, Part, VoiceChoice

RequestOf = Callable[..., ClipRequest]


def _frames(request: ClipRequest, count: int | None = None) -> list[Frame]:
    backend = Animatic()
    clip = backend.generate(request, backend.quantise(request), lambda _: None, lambda: False)
    return list(itertools.islice(clip.frames, count))


def _actor(action: str = "stand", emotion: str = "neutral") -> Part:
    who = Character("anna", "Anna", "heroine", "heroine", "", "", VoiceChoice("en/emma"))
    return Part(who, action, emotion, "left")


def _difference(a: Frame, b: Frame) -> float:
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


def test_capabilities_load_nothing_heavy() -> None:
    """Asking what the painter can do loads neither skia nor OpenCV."""
    code = (
        "import sys; from scenes.backends.animatic import Animatic; Animatic().capabilities();"
        "sys.exit(any(name in sys.modules for name in ('skia', 'cv2', 'dicebear')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("width", "height"), [(160, 90), (90, 160), (96, 96)])
def test_every_aspect_has_its_size_and_count(request_of: RequestOf, width: int, height: int) -> None:
    """Each aspect gives exactly the frames asked for, in RGB of that size, contiguous."""
    frames = _frames(request_of(width, height, frames=3, cast=(_actor(),)))
    assert len(frames) == 3
    assert all(frame.shape == (height, width, 3) and frame.dtype == np.uint8 for frame in frames)
    assert all(frame.flags.c_contiguous for frame in frames)


def test_the_same_request_gives_the_same_bytes(request_of: RequestOf) -> None:
    """Three frames, painted twice from nothing, are identical."""
    request = request_of(cast=(_actor("walk"),), place="lake", weather="rain")
    digests = [hashlib.sha256(b"".join(f.tobytes() for f in _frames(request, 3))).hexdigest() for _ in range(2)]
    assert digests[0] == digests[1]


def test_frames_do_not_depend_on_those_before(request_of: RequestOf) -> None:
    """A frame painted alone equals the same frame of the run, so nothing is remembered between frames."""
    from scenes.backends.animatic.projection import Projector
    from scenes.backends.animatic.stage import stage_of

    request = request_of(place="lake", weather="storm", cast=(_actor("walk"),))
    stage = stage_of(request)
    alone = Projector(stage, request).picture(5)
    projector = Projector(stage, request)
    run = [projector.picture(index) for index in range(6)]
    assert np.array_equal(alone, run[5])


@pytest.mark.parametrize("draft", [False, True])
def test_something_always_lives(request_of: RequestOf, draft: bool) -> None:
    """No two successive frames of a static scene without actors are equal, not even in a draft."""
    frames = _frames(request_of(draft=draft), 6)
    assert all(not np.array_equal(a, b) for a, b in itertools.pairwise(frames))


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("place", "forest"), ("place", "mountains"), ("place", "lake"), ("place", "bridge"), ("place", "room"),
        ("place", "village"), ("place", "city street"), ("place", "rooftop"), ("place", "castle"),
        ("place", "snowfield"), ("place", "sea shore"), ("time", "dawn"), ("time", "morning"),
        ("time", "golden hour"), ("time", "dusk"), ("time", "night"), ("time", "moonlit"), ("weather", "cloudy"),
        ("weather", "overcast"), ("weather", "fog"), ("weather", "drizzle"), ("weather", "rain"),
        ("weather", "storm"), ("weather", "snow"), ("weather", "wind"), ("style", "watercolour"),
        ("style", "silhouette"), ("style", "flat"), ("style", "noir"), ("style", "cyberpunk"),
        ("style", "storybook"), ("style", "cinematic"), ("shot", "extreme wide"), ("shot", "medium"),
        ("shot", "close-up"),
    ],
)  # fmt: skip
def test_every_word_shows(request_of: RequestOf, field: str, word: str) -> None:
    """Changing one word of place, time, weather, style or shot changes the picture visibly."""
    cast = (_actor(),)
    plain = _plain(request_of(cast=cast))
    changed = _frames(request_of(cast=cast, **{field: word}), 5)[4]
    assert _difference(plain, changed) > 0.6


_KEPT: dict[str, Frame] = {}


def _plain(request: ClipRequest) -> Frame:
    if "plain" not in _KEPT:
        _KEPT["plain"] = _frames(request, 5)[4]
    return _KEPT["plain"]


def test_what_is_not_drawn_is_named(request_of: RequestOf) -> None:
    """A place that nobody paints and unread words are named, and yet there is a picture."""
    request = request_of(place="volcano", unread=("zeppelin",), frames=1)
    backend = Animatic()
    clip = backend.generate(request, backend.quantise(request), lambda _: None, lambda: False)
    assert len(list(clip.frames)) == 1
    named = clip.facts["not_drawn"]
    assert "place: volcano" in named
    assert "zeppelin" in named


def test_whoever_speaks_moves_his_mouth(request_of: RequestOf) -> None:
    """In a close-up the mouth follows the speech: an open mouth is another picture than a shut one."""
    open_mouth = (Speech("anna", 0, 10, (1.0,) * 10),)
    shut = (Speech("anna", 0, 10, (0.0,) * 10),)
    cast = (_actor("talk"),)
    a = _frames(request_of(320, 180, shot="close-up", cast=cast, speech=open_mouth), 3)[2]
    b = _frames(request_of(320, 180, shot="close-up", cast=cast, speech=shut), 3)[2]
    assert _difference(a, b) > 0.05


def test_progress_and_cancelling(request_of: RequestOf) -> None:
    """Progress rises to one; a cancelled clip stops yielding."""
    backend = Animatic()
    request = request_of(frames=3)
    seen: list[float] = []
    list(backend.generate(request, backend.quantise(request), seen.append, lambda: False).frames)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert list(backend.generate(request, backend.quantise(request), seen.append, lambda: True).frames) == []


def test_too_small_a_canvas_is_refused(request_of: RequestOf) -> None:
    """A canvas below 32 pixels is refused with a remedy."""
    with pytest.raises(Refusal) as refused:
        Animatic().quantise(request_of(16, 16))
    assert "32" in refused.value.hint


def test_identity_and_estimate(request_of: RequestOf) -> None:
    """The identity names the painting libraries; a longer clip is estimated longer."""
    backend = Animatic()
    assert "skia-python " in backend.identity()
    assert backend.check() == []
    short, long = (
        backend.estimate(request_of(frames=count), backend.quantise(request_of(frames=count))) for count in (10, 100)
    )
    assert long.seconds > short.seconds > 0
