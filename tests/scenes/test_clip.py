"""The step that makes one take: the file and facts it leaves, and how it treats a backend that cannot be trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from projects.steps import Work
from scenes import clip
from scenes.backend import Capabilities, Clip, ClipPlan, ClipRequest, Cost, Problem, Refusal
from scenes.clip import TakeRequest, make_take
from scenes.coders import Codec
from scenes.frames import TAKE_PROFILE, i420_to_rgb, read_frames, rgb_to_i420, write_film
from scenes.window import Window
from storyboard.errors import InterruptedRender, MissingError, RenderError
from storyboard.film import Post, Scene

MakeRequest = Callable[..., ClipRequest]
MakeWork = Callable[..., Work]


@dataclass
class Faulty:
    """A backend of even grey frames, with a fault to choose."""

    fault: str = ""
    plan_of: Callable[[ClipRequest], ClipPlan] | None = None
    released: int = 0
    window: Window | None = None

    def capabilities(self) -> Capabilities:
        """What it says of itself."""
        return Capabilities("faulty", "breaks", "generated")

    def check(self) -> Sequence[Problem]:
        """Two problems where that is the fault."""
        return (Problem("no weights", "fetch them"), Problem("no key", "set it")) if self.fault == "check" else ()

    def quantise(self, request: ClipRequest) -> ClipPlan:
        """The plan of `plan_of`, or the request as it is."""
        if self.fault == "refuse":
            raise Refusal("cannot", "ask for less")
        if self.plan_of:
            return self.plan_of(request)
        return ClipPlan(request.frames, request.frames, request.width, request.height, request.rate, ("planned",))

    def estimate(self, request: ClipRequest, plan: ClipPlan) -> Cost:
        """A second."""
        return Cost(1)

    def identity(self) -> str:
        """A stable text."""
        return "faulty 1"

    def prepare(self, plans: Sequence[ClipPlan]) -> None:
        """Nothing."""

    def release(self) -> None:
        """Counts how often it is called."""
        self.released += 1

    def generate(self, request: ClipRequest, plan: ClipPlan, progress: Any, cancelled: Any) -> Clip:
        """Frames with the fault, and facts that are whole after the last one."""
        facts: dict[str, Any] = {"not_drawn": [], "model": "toy"}
        width = plan.width * 2 if self.fault == "lies" else plan.width
        return Clip(self.frames(plan, facts), width, plan.height, plan.rate, facts, self.file_of(plan), self.window)

    def file_of(self, plan: ClipPlan) -> Callable[[Path], None] | None:
        """What writes a finished file, with a fault or none, where the fault begins with `file`."""
        kind, _, fault = self.fault.partition(" ")
        size = (plan.width, plan.height + 2 * (fault == "size"))
        rate = Fraction(30) if fault == "rate" else plan.rate
        codec: Codec = "hevc" if fault == "codec" else "h264"

        def write(out: Path) -> None:
            if fault == "crash":
                raise ZeroDivisionError("oops")
            if fault == "nothing":
                return
            pictures = [np.full((size[1], size[0], 3), 90, np.uint8)] * (plan.frames - (fault == "few"))
            write_film(out, pictures, *size, rate, replace(TAKE_PROFILE, codec=codec))

        return write if kind == "file" else None

    def frames(self, plan: ClipPlan, facts: dict[str, Any]) -> Iterator[Any]:
        """Yields grey frames whose level says their place."""
        count = plan.frames + {"few": -1, "many": 1}.get(self.fault, 0)
        for place in range(count):
            if self.fault == "crash" and place == 3:
                raise ZeroDivisionError("oops")
            picture: Any = np.full((plan.height, plan.width, 3), 40 + 4 * place, np.uint8)
            if self.fault != "blank":
                picture[0, 0] = 255
            if self.fault == "coded":
                picture = rgb_to_i420(picture)
            if place == 2:
                if self.fault == "nan":
                    picture = np.full(picture.shape, np.nan, np.float32)
                if self.fault == "size":
                    picture = picture[:-2]
                if self.fault == "alpha":
                    picture = np.dstack([picture, picture[..., :1]])
                if self.fault == "none":
                    picture = "frame"
            yield picture
        facts["not_drawn"].append("dragon")
        facts["notes"] = ["made"]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[[Faulty], Faulty]:
    """Puts a backend behind the plug-in door."""

    def put(backend: Faulty) -> Faulty:
        monkeypatch.setattr(clip, "load", lambda group, name: lambda: backend)
        return backend

    return put


def test_a_finished_file_is_the_take(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork
) -> None:
    """A file that a backend hands over is kept as it is, and its frames are not asked for."""
    install(Faulty("file"))
    facts = make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert (facts["taken"], facts["frames"], facts["notes"]) == ("copied", 12, ["planned"])
    assert {int(np.median(i420_to_rgb(picture))) for picture in read_frames(tmp_path / "take.mp4")} == {90}


def test_a_finished_file_may_be_shown_through_a_window(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork
) -> None:
    """A file of another size is kept where its backend says what of it is shown; the facts carry that on."""
    install(Faulty("file size")).window = Window((64, 38), 0, 2, 64, 36)
    facts = make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert (facts["taken"], facts["width"], facts["height"]) == ("copied", 64, 36)
    assert facts["window"] == {"of": [64, 38], "at": [0, 2], "size": [64, 36]}


@pytest.mark.parametrize(
    ("fault", "window", "message"),
    [
        ("file", Window((64, 38), 0, 2, 64, 36), "64 36 24 12"),
        ("file size", Window((64, 36), 0, 0, 64, 36), "64 38 24 12"),
        ("file size", Window((64, 38), 0, 3, 64, 34), "does not lie in it evenly"),
        ("file size", Window((64, 38), 0, 2, 64, 38), "does not lie in it evenly"),
    ],
)
def test_a_window_has_to_be_that_of_the_file(
    tmp_path: Path,
    install: Any,
    make_request: MakeRequest,
    make_work: MakeWork,
    fault: str,
    window: Window,
    message: str,
) -> None:
    """A window in a picture of another size, at odd places or outside is a fault of the backend."""
    install(Faulty(fault)).window = window
    with pytest.raises(RenderError, match=message):
        make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")


def test_frames_need_no_window(tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork) -> None:
    """Where frames are taken instead of the file, they have the canvas's size, and no window is told."""
    install(Faulty("file", lambda request: ClipPlan(13, 12, 64, 36, Fraction(24)))).window = Window(
        (64, 38), 0, 2, 64, 36
    )
    facts = make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert (facts["taken"], "window" in facts) == ("coded", False)


@pytest.mark.parametrize("plan", [(12, 96, 54, 24), (13, 64, 36, 24), (15, 64, 36, 30)], ids=["size", "spare", "rate"])
def test_a_file_of_another_plan_is_not_the_take(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork, plan: tuple[int, int, int, int]
) -> None:
    """Where anything has to be done to the frames, frames are taken."""
    count, width, height, rate = plan
    install(Faulty("file", lambda request: ClipPlan(count, min(count, 15), width, height, Fraction(rate))))
    facts = make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert (facts["taken"], facts["frames"]) == ("coded", 12)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("few", "11 11/24 from 0 s on, where"),
        ("size", "64 38"),
        ("rate", "36 30 12"),
        ("codec", "a file of hevc"),
        ("crash", "failed to write its file: ZeroDivisionError: oops"),
        ("nothing", "cannot be used: take.mp4 is not there"),
    ],
)
def test_a_file_that_breaks_the_plan_is_refused(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork, fault: str, message: str
) -> None:
    """Count, size, rate and coding of a file are measured, whatever its backend says."""
    backend = install(Faulty(f"file {fault}"))
    with pytest.raises(RenderError, match=message) as caught:
        make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert "'faulty'" in caught.value.message
    assert backend.released == 1


def test_a_take_and_its_facts(tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork) -> None:
    """The file has every frame in its place; facts are plain, complete and the same every time."""
    install(Faulty())
    seen: list[float] = []
    facts = make_take(TakeRequest("faulty", make_request()), make_work(seen=seen), tmp_path / "take.mp4")
    levels = [int(np.median(i420_to_rgb(picture))) for picture in read_frames(tmp_path / "take.mp4")]
    assert len(levels) == 12
    assert all(abs(level - (40 + 4 * place)) <= 2 for place, level in enumerate(levels))
    assert facts == {
        "frames": 12,
        "width": 64,
        "height": 36,
        "rate": "24/1",
        "backend": "faulty",
        "identity": "faulty 1",
        "makes": "generated",
        "taken": "coded",
        "not_drawn": ["dragon"],
        "notes": ["planned", "made"],
        "model": "toy",
    }
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_plan_of_other_count_size_and_rate_is_conformed(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork
) -> None:
    """A model's own count, size and rate come to the film's, and its spare frames are left out."""
    install(Faulty(plan_of=lambda request: ClipPlan(17, 16, 96, 54, Fraction(30))))
    facts = make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert (facts["frames"], facts["width"], facts["height"]) == (12, 64, 36)
    assert len(list(read_frames(tmp_path / "take.mp4"))) == 12


def test_a_plan_that_keeps_too_little_is_refused(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork
) -> None:
    """The last frame is not held in secret."""
    install(Faulty(plan_of=lambda request: ClipPlan(8, 8, 64, 36, Fraction(24))))
    with pytest.raises(Refusal, match=r"needs 0\.50 s"):
        make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("few", "made only 11 of 12"),
        ("many", "more than the 12"),
        ("size", r"frame 2 of shape \(34, 64, 3\)"),
        ("alpha", r"frame 2 of shape \(36, 64, 4\)"),
        ("nan", "frame 2 as float32"),
        ("none", "frame 2 as str"),
        ("crash", "frame 3: ZeroDivisionError: oops"),
        ("lies", "128x36"),
    ],
)
def test_a_backend_that_breaks_its_plan_is_named(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork, fault: str, message: str
) -> None:
    """What was wrong and with which frame is said, and the backend gives its memory back."""
    backend = install(Faulty(fault))
    with pytest.raises(RenderError, match=message) as caught:
        make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert "'faulty'" in caught.value.message
    assert backend.released == 1


def test_problems_come_with_every_remedy(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork
) -> None:
    """A backend that cannot work here says all that is missing at once."""
    install(Faulty("check"))
    with pytest.raises(MissingError, match="no weights; no key") as caught:
        make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert caught.value.hint == "fetch them; set it"


def test_a_refusal_passes_as_it_is(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork
) -> None:
    """The backend's own words reach the person, and no file is begun."""
    install(Faulty("refuse"))
    with pytest.raises(Refusal, match="cannot"):
        make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert not (tmp_path / "take.mp4").exists()


def test_even_frames_are_noted(tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork) -> None:
    """A take of mostly one colour is suspicious and said to be."""
    install(Faulty("blank"))
    facts = make_take(TakeRequest("faulty", make_request()), make_work(), tmp_path / "take.mp4")
    assert "12 of 12 frames are one even colour" in facts["notes"]


def test_cancelling_stops_at_once(tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork) -> None:
    """A stopped take is an interruption, not a short film."""
    backend = install(Faulty())
    with pytest.raises(InterruptedRender):
        make_take(TakeRequest("faulty", make_request()), make_work(cancelled=True), tmp_path / "take.mp4")
    assert backend.released == 1


def test_impossible_post_is_refused_before_anything_is_made(
    tmp_path: Path, install: Any, make_scene: Callable[..., Scene], make_request: MakeRequest, make_work: MakeWork
) -> None:
    """Nobody waits for a take whose finishing cannot be done."""
    install(Faulty("crash"))
    request = TakeRequest("faulty", make_request(make_scene(post=Post(upscale=2))))
    with pytest.raises(Refusal, match="upscale"):
        make_take(request, make_work(), tmp_path / "take.mp4")


def test_a_grade_reaches_the_file(
    tmp_path: Path, install: Any, make_scene: Callable[..., Scene], make_request: MakeRequest, make_work: MakeWork
) -> None:
    """`post` is applied to what is written."""
    install(Faulty())
    for name, post in (("plain", Post()), ("warm", Post(grade="warm"))):
        request = TakeRequest("faulty", make_request(make_scene(post=post)))
        make_take(request, make_work(), tmp_path / f"{name}.mp4")
    plain, warm = (i420_to_rgb(next(read_frames(tmp_path / f"{name}.mp4"))) for name in ("plain", "warm"))
    assert float(warm[..., 2].mean()) < float(plain[..., 2].mean()) - 2


@pytest.mark.parametrize(
    ("grade", "size"), [("none", (64, 36)), ("warm", (64, 36)), ("none", (96, 54))], ids=["plain", "graded", "scaled"]
)
def test_coded_frames_make_the_same_take(
    tmp_path: Path,
    install: Any,
    make_scene: Callable[..., Scene],
    make_request: MakeRequest,
    make_work: MakeWork,
    grade: str,
    size: tuple[int, int],
) -> None:
    """Frames that come as the film is coded (I420) are written as they are, or graded and scaled like any others."""
    shown = []
    for fault in ("", "coded"):
        install(Faulty(fault, lambda request: ClipPlan(request.frames, request.frames, *size, request.rate)))
        request = TakeRequest("faulty", make_request(make_scene(post=Post(grade=grade))))
        facts = make_take(request, make_work(), tmp_path / "take.mp4")
        assert not any("one even colour" in note for note in facts["notes"])
        shown.append([i420_to_rgb(picture).astype(int) for picture in read_frames(tmp_path / "take.mp4")])
    assert len(shown[0]) == len(shown[1]) == 12
    assert all(np.abs(here - there).max() <= 6 for here, there in zip(*shown, strict=True))


def test_the_same_request_gives_the_same_bytes(
    tmp_path: Path, install: Any, make_request: MakeRequest, make_work: MakeWork
) -> None:
    """Two runs leave identical files and facts."""
    install(Faulty())
    request = TakeRequest("faulty", replace(make_request(), files={}))
    first = make_take(request, make_work(), tmp_path / "1.mp4")
    second = make_take(request, make_work(), tmp_path / "2.mp4")
    assert first == second
    assert (tmp_path / "1.mp4").read_bytes() == (tmp_path / "2.mp4").read_bytes()
