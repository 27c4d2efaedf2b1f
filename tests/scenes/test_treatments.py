"""Effects on takes and in transitions: whose code may run, and that count, size and colour stay the house's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from projects.extras import pip_install
from projects.steps import Artifact, Work
from render.transition import Way, transition
from scenes import moviepy_door
from scenes.backend import Frame
from scenes.frames import I420, i420_to_rgb, probe, read_frames, rgb_to_i420, write_film
from scenes.reels import Run, of_take
from scenes.treatments import TreatedRequest, compose, make_treated, treat, treated_identity, trouble
from storyboard.errors import InterruptedRender, MissingError, RenderError
from storyboard.film import Treatment

MakeWork = Callable[..., Work]
RATE = Fraction(24)
MIRROR = Treatment("moviepy", "MirrorX")

GRAIN = """\
import numpy as np

def grain(frame, t, amount=0, tint=(0, 0, 0)):
    assert frame.dtype == np.uint8 and isinstance(t, float) and isinstance(tint, (list, tuple))
    frame[:] = np.clip(frame.astype(int) + amount + np.array(tint), 0, 255)
    frame[0, 0] = int(t * 24 + 0.5)
    return frame

def half(tail, head, progress, where=0.5):
    return tail if progress < where else head
"""


def card(seed: int, width: int = 320, height: int = 180) -> Frame:
    """A soft picture in many colours, another one for each seed; soft, because 4:2:0 keeps no sharp colours."""
    small = np.random.default_rng(seed).integers(60, 190, (5, 8, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


@pytest.fixture
def take(tmp_path: Path) -> Path:
    """A take of 30 frames whose level says their place, brighter on the left."""
    ramp = np.linspace(60, 0, 64).astype(np.uint8)[np.newaxis, :, np.newaxis]
    frames = (np.broadcast_to(ramp + np.uint8(20 + 5 * place), (36, 64, 3)).copy() for place in range(30))
    write_film(tmp_path / "take.mp4", frames, 64, 36, RATE)
    return tmp_path / "take.mp4"


@pytest.fixture
def own(tmp_path: Path) -> dict[str, Path]:
    """A file of the author's own effects."""
    path = tmp_path / "project" / "grain.py"
    path.parent.mkdir()
    path.write_text(GRAIN, encoding="utf-8")
    return {"e/grain.py": path}


def treated(take: Path, files: dict[str, Path], *treatments: Treatment, frames: int = 30) -> list[Frame]:
    """The pictures of a take with effects."""
    return list(treat(of_take(Artifact("", take, {}), frames), Run(frames, 64, 36, RATE), treatments, files))


def request(*treatments: Treatment) -> TreatedRequest:
    """The step's request for the take of the fixture."""
    return TreatedRequest(treatments, 30, 64, 36, RATE)


def work_on(work: Work, take: Path) -> Work:
    """The same work with the take as its input."""
    return replace(work, inputs={"take": Artifact("f" * 64, take, {"frames": 30, "makes": "drawn"})})


def far(one: I420 | Frame, other: I420 | Frame) -> int:
    """The largest difference of two pictures."""
    return int(np.abs(one.astype(int) - other.astype(int)).max())


def test_mirroring_is_an_exact_flip(take: Path) -> None:
    """A picture goes to MoviePy and back without a shift of colour, place or time."""
    plain = [i420_to_rgb(frame) for frame in read_frames(take)]
    for was, became in zip(plain, treated(take, {}, MIRROR), strict=True):
        assert np.array_equal(became, was[:, ::-1])
        assert far(rgb_to_i420(became), rgb_to_i420(was[:, ::-1])) == 0


def test_effects_that_move_time_are_exact(take: Path) -> None:
    """Backwards is backwards to the frame, and half the speed shows every frame twice."""
    plain = [i420_to_rgb(frame) for frame in read_frames(take)]
    back = treated(take, {}, Treatment("moviepy", "TimeMirror"))
    assert all(np.array_equal(one, other) for one, other in zip(back, reversed(plain), strict=True))
    slow = treated(take, {}, Treatment("moviepy", "MultiplySpeed", (("factor", 0.5),)))
    assert all(np.array_equal(frame, plain[place // 2]) for place, frame in enumerate(slow))


def test_what_one_effect_lengthens_another_may_shorten(take: Path) -> None:
    """Effects of MoviePy that stand together are one clip."""
    plain = [i420_to_rgb(frame) for frame in read_frames(take)]
    both = (Treatment("moviepy", "TimeSymmetrize"), Treatment("moviepy", "MultiplySpeed", (("factor", 2),)))
    made = treated(take, {}, *both)
    assert len(made) == 30
    assert np.array_equal(made[-1], plain[1])


def test_a_shortened_take_is_refused(take: Path) -> None:
    """An effect may not leave a hole at the end of a scene."""
    with pytest.raises(RenderError, match=r"MultiplySpeed of MoviePy leaves 0\.62 s of the scene's 1\.25 s"):
        treated(take, {}, Treatment("moviepy", "MultiplySpeed", (("factor", 2),)))


@pytest.mark.parametrize(
    "effect",
    [
        Treatment("moviepy", "Resize", (("new_size", 0.4),)),
        Treatment("moviepy", "Rotate", (("angle", 30),)),
        Treatment("moviepy", "Crop", (("x1", 3), ("x2", 40))),
        Treatment("moviepy", "Margin", (("margin_size", 5),)),
    ],
    ids=lambda effect: effect.name,
)
def test_another_size_is_brought_back(take: Path, effect: Treatment) -> None:
    """A picture of another size fills the frame again."""
    made = treated(take, {}, effect, frames=4)
    assert {frame.shape for frame in made} == {(36, 64, 3)}


def test_what_is_transparent_shows_black(take: Path) -> None:
    """An effect that fades or moves the picture away leaves black behind it."""
    faded = treated(take, {}, Treatment("moviepy", "CrossFadeIn", (("duration", 1),)))
    assert faded[0].max() < 5
    assert far(faded[-1], i420_to_rgb(list(read_frames(take))[-1])) <= 1
    moved = treated(take, {}, Treatment("moviepy", "SlideIn", (("duration", 1), ("side", "left"))))
    assert moved[12][:, -20:].max() == 0
    assert moved[12][:, :20].min() > 0


def test_own_code_is_given_the_picture_and_its_time(take: Path, own: dict[str, Path]) -> None:
    """A function gets each frame, seconds and settings by name, and may write on the frame it was given."""
    effect = Treatment("python", "e/grain.py:grain", (("amount", 7), ("tint", (0, 0, 9))))
    plain = [i420_to_rgb(frame) for frame in read_frames(take)]
    made = treated(take, own, effect)
    for place, (was, became) in enumerate(zip(plain, made, strict=True)):
        assert became[0, 0].tolist() == [place] * 3
        assert np.array_equal(became[1:], np.clip(was[1:].astype(int) + np.array((7, 7, 16)), 0, 255))


def test_both_kinds_follow_one_another(take: Path, own: dict[str, Path]) -> None:
    """Effects are done in the order in which they are written."""
    brighter = Treatment("python", "e/grain.py:grain", (("amount", 9),))
    first = treated(take, own, brighter, MIRROR, frames=3)
    last = treated(take, own, MIRROR, brighter, frames=3)
    assert first[2][0, -1].tolist() == [2] * 3
    assert last[2][0, 0].tolist() == [2] * 3


def test_the_step_writes_a_take(tmp_path: Path, take: Path, own: dict[str, Path], make_work: MakeWork) -> None:
    """The treated take has the take's frames, size, rate and facts, and is the same file each time."""
    seen: list[float] = []
    several = request(MIRROR, Treatment("python", "e/grain.py:grain", (("amount", 3),)))
    facts = make_treated(several, work_on(make_work(own, seen), take), tmp_path / "one.mp4")
    make_treated(several, work_on(make_work(own), take), tmp_path / "two.mp4")
    assert facts == {"frames": 30, "makes": "drawn", "effects": ["MirrorX", "e/grain.py:grain"]}
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()
    info = probe(tmp_path / "one.mp4")
    assert (info.frames, info.width, info.height, info.rate) == (30, 64, 36, RATE)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_the_step_can_be_stopped(tmp_path: Path, take: Path, make_work: MakeWork) -> None:
    """A render that is stopped does not wait for an effect."""
    with pytest.raises(InterruptedRender):
        make_treated(request(MIRROR), work_on(make_work(cancelled=True), take), tmp_path / "one.mp4")


@pytest.mark.parametrize("name", ["CrossFadeIn", "CrossFadeOut"])
def test_crossfade_of_moviepy_is_the_houses(name: str) -> None:
    """MoviePy's crossfade differs from the house's by no more than its own rounding."""
    tail, head, count = rgb_to_i420(card(1)), rgb_to_i420(card(2)), 12
    made = list(compose([tail] * count, [head] * count, Treatment("moviepy", name), RATE, count, {}))
    way = transition("crossfade")
    due = [way.blend(tail, head, (place + 1) / (count + 1), Way()) for place in range(count)]
    assert len(made) == count
    assert max(far(one, other) for one, other in zip(made, due, strict=True)) <= 2


def test_a_transition_shows_each_side_at_its_own_time() -> None:
    """Frame k of a transition mixes frame k of both sides, at any rate."""
    tail = [rgb_to_i420(np.full((36, 64, 3), 20 + 9 * place, np.uint8)) for place in range(9)]
    head = [rgb_to_i420(np.full((36, 64, 3), 200 - 9 * place, np.uint8)) for place in range(9)]
    for rate in (RATE, Fraction(30000, 1001), Fraction(60)):
        made = compose(tail, head, Treatment("moviepy", "CrossFadeIn"), rate, 9, {})
        for place, picture in enumerate(made):
            share = (place + 1) / 10
            due = tail[place][0, 0] * (1 - share) + head[place][0, 0] * share
            assert abs(float(picture[0, 0]) - due) <= 2


def test_an_effect_moves_the_side_it_belongs_to() -> None:
    """The head slides in over the tail; the tail slides out over the head."""
    tail, head = rgb_to_i420(card(1)), rgb_to_i420(card(2))
    side = (("side", "left"),)
    slid_in = list(compose([tail] * 9, [head] * 9, Treatment("moviepy", "SlideIn", side), RATE, 9, {}))
    assert far(i420_to_rgb(slid_in[0])[:, 40:], i420_to_rgb(tail)[:, 40:]) <= 6
    assert far(i420_to_rgb(slid_in[4])[:, :150], i420_to_rgb(head)[:, 160:310]) <= 6
    slid_out = list(compose([tail] * 9, [head] * 9, Treatment("moviepy", "SlideOut", side), RATE, 9, {}))
    assert far(i420_to_rgb(slid_out[8])[:, 40:], i420_to_rgb(head)[:, 40:]) <= 6


def test_own_transitions_get_both_pictures(own: dict[str, Path]) -> None:
    """A function of both pictures and the progress makes a transition."""
    tail, head = rgb_to_i420(card(1)), rgb_to_i420(card(2))
    effect = Treatment("python", "e/grain.py:half", (("where", 0.25),))
    made = list(compose([tail] * 3, [head] * 3, effect, RATE, 3, own))
    assert [far(one, tail) <= 2 for one in made] == [False, False, False]
    effect = Treatment("python", "e/grain.py:half", (("where", 0.3),))
    made = list(compose([tail] * 3, [head] * 3, effect, RATE, 3, own))
    assert [far(one, tail) <= 2 for one in made] == [True, False, False]
    assert [far(one, head) <= 2 for one in made] == [False, True, True]


def test_own_code_waits_for_consent() -> None:
    """Without consent the project's own code stands in the way; MoviePy's effects need none."""
    effect = Treatment("python", "e/grain.py:grain")
    told = trouble([MIRROR, effect], allow_code=False)
    assert "e/grain.py:grain is code of this project" in told
    assert "--allow-code" in told
    assert trouble([effect, MIRROR], allow_code=True) == ""
    assert trouble([MIRROR], allow_code=False) == ""
    assert trouble([], allow_code=False) == ""


def test_unknown_effects_are_told_before_anything_is_made() -> None:
    """A plan says which name MoviePy does not have, and the nearest one that it has."""
    assert "did you mean 'MirrorX'?" in trouble([Treatment("moviepy", "MirorX")], allow_code=True)
    assert "did you mean 'MirrorX'?" in trouble([Treatment("moviepy", "mirrorx")], allow_code=True)
    assert "there are AccelDecel" in trouble([Treatment("moviepy", "Qqqqq")], allow_code=True)


@pytest.mark.parametrize("name", ["VideoFileClip", "os", "__init__", "Effect", "../tools", "AudioFadeIn"])
def test_nothing_but_effects_can_be_named(name: str, take: Path) -> None:
    """A name leads to a class of MoviePy's effects or nowhere."""
    assert trouble([Treatment("moviepy", name)], allow_code=True)
    with pytest.raises(MissingError, match="MoviePy has no effect"):
        treated(take, {}, Treatment("moviepy", name), frames=2)


def test_without_moviepy_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, take: Path) -> None:
    """MoviePy is an extra: films without it are blocked with the command that installs it."""

    def absent() -> tuple[tuple[str, ...], str]:
        return (), f"MoviePy is not installed ({pip_install('moviepy')})"

    monkeypatch.setattr(moviepy_door, "_listed", absent)
    assert pip_install("moviepy") in trouble([MIRROR], allow_code=True)
    with pytest.raises(MissingError) as caught:
        treated(take, {}, MIRROR, frames=2)
    assert caught.value.hint == pip_install("moviepy")
    assert "moviepy" not in treated_identity([MIRROR])


@pytest.mark.parametrize(
    ("effect", "message"),
    [
        (Treatment("moviepy", "Painting", (("saturatoin", 2),)), "has no setting 'saturatoin'"),
        (Treatment("moviepy", "SlideIn", ()), "refuses its settings"),
        (Treatment("moviepy", "MirrorX", (("a", 1),)), "has no setting 'a'"),
        (Treatment("moviepy", "SlideIn", (("duration", 1), ("side", "inside"))), "failed: KeyError"),
        (Treatment("moviepy", "GammaCorrection", (("gamma", "big"),)), "failed: TypeError"),
    ],
)
def test_settings_that_an_effect_does_not_take_are_told(take: Path, effect: Treatment, message: str) -> None:
    """What MoviePy cannot do with a setting is an error with words, and no traceback."""
    with pytest.raises(RenderError, match=message) as caught:
        treated(take, {}, effect, frames=2)
    assert caught.value.hint


def test_versions_enter_the_identity() -> None:
    """Another MoviePy makes the take anew; no effects need no identity."""
    assert treated_identity([]) == ""
    assert "moviepy 2." in treated_identity([MIRROR])
    assert "moviepy" not in treated_identity([Treatment("python", "e.py:f")])
    assert "python 3." in treated_identity([Treatment("python", "e.py:f")])


def test_planning_loads_neither_moviepy_nor_the_authors_code(tmp_path: Path) -> None:
    """What a plan asks runs nothing: not MoviePy, which is slow to load, and not a file of the project."""
    (tmp_path / "e.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    probe_text = (
        "import sys; from scenes.treatments import *; from storyboard.film import Treatment as T; "
        "t = [T('moviepy', 'MirrorX'), T('python', 'e.py:f')]; trouble(t, allow_code=True); treated_identity(t); "
        "print([m for m in sys.modules if m.split('.')[0] in ('moviepy', 'e', 'pydantic')])"
    )
    house = Path(moviepy_door.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", probe_text], capture_output=True, text=True, check=True, cwd=house)
    assert done.stdout.strip() == "[]"


def test_a_reel_reads_any_frame(take: Path) -> None:
    """Forwards, backwards and in leaps, each number gives its own picture."""
    plain = [i420_to_rgb(frame) for frame in read_frames(take)]
    reel = of_take(Artifact("", take, {}), 30)
    order: list[Any] = [0, 29, 3, 28, 27, 0, 15, 16, 2, 29, 29, *range(30), *range(29, -1, -1)]
    for number in order:
        assert np.array_equal(reel(number), plain[number]), number
