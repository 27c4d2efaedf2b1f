"""What is tried at a ComfyUI server, the same at a real one, at its recorded answers, and while these are recorded."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from projects.digests import digest_file
from projects.hosted.errors import BadRequest, VendorFailed
from projects.hosted.job import Pending, Purchase, Ready, Surely
from projects.steps import Json
from projects.weights import Setting
from scenes.backend import ClipRequest
from scenes.backends.comfyui import ComfyUi
from scenes.backends.comfyui.server import job_name
from tests.hosted.asked import asked
from tests.hosted.fakes.comfyui import SLOTS, WORKFLOW

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4ESUHRAwQCgAltgUBiOMsegAAAABJRU5ErkJggg=="
)
"""Two by two pixels: the same bytes everywhere, so that their name at the server is the same."""
FILES = {"workflow": "workflows/still.json", "slots": "workflows/still.slots.yaml", "first": "0.png"}
Act = Callable[[str, Mapping[str, Any]], object]


def written(folder: Path, workflow: Mapping[str, Any] = WORKFLOW, slots: str = SLOTS) -> dict[str, Path]:
    """A project's files by their names in it."""
    (folder / "workflows").mkdir(parents=True, exist_ok=True)
    (folder / FILES["workflow"]).write_text(json.dumps(workflow), encoding="utf-8")
    (folder / FILES["slots"]).write_text(slots, encoding="utf-8")
    (folder / FILES["first"]).write_bytes(PICTURE)
    return {name: folder / name for name in FILES.values()}


def requested(folder: Path, model: Mapping[str, Setting] | None = None, **changes: Any) -> ClipRequest:
    """A scene's request whose workflow and pictures lie in a folder."""
    changes = {"at": (0,), "seconds": 1, "size": (320, 180), **changes}
    request = asked({"workflow": FILES["workflow"], **(model or {})}, **changes)
    there = {name: folder / name for name in FILES.values()}
    return replace(request, files={**{name: folder / name for name in request.files}, **there})


@dataclass
class Set:
    """A server to try, and how to do there what a person would do."""

    folder: Path
    act: Act = lambda path, body: None
    pause: float = 0.0
    run: str = ""
    """Keeps the jobs of one run apart from those of another."""
    files: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files = {place: written(self.folder)[name] for place, name in FILES.items()}

    def purchase(self, **body: Json) -> Purchase:
        """What a scene asks for, with other values by slot."""
        request = requested(self.folder)
        purchase = ComfyUi().purchase(request, digest_file)
        return replace(purchase, body={**purchase.body, **body})

    def ask(self, purchase: Purchase, token: str) -> str:
        """Ask for it; gives the job."""
        return ComfyUi().service().ask(purchase, self.files, self.folder, self.token(token)).id

    def token(self, name: str) -> str:
        """What a job is asked for with."""
        return f"{self.run}{name}"

    def end(self, purchase: Purchase, job: str) -> Ready | VendorFailed:
        """What becomes of a job."""
        service = ComfyUi().service()
        for _ in range(600):
            try:
                seen = service.look(purchase, job)
            except VendorFailed as problem:
                return problem
            if isinstance(seen, Ready):
                return seen
            time.sleep(self.pause)
        raise TimeoutError(job)


def film(here: Set) -> None:
    """A job from the asking to its file: nowhere before, found by our own name after, a film of the asked size."""
    service, purchase = ComfyUi().service(), here.purchase()
    assert service.find(purchase, here.token("film"), "") == Surely("")
    job = here.ask(purchase, "film")
    assert job == job_name(here.token("film"))
    ready = here.end(purchase, job)
    assert isinstance(ready, Ready), ready
    service.fetch(purchase, job, ready, here.folder / "clip.mp4")
    facts = service.accept(purchase, here.folder / "clip.mp4")
    assert facts == {"width": 320, "height": 176, "rate": "8/1", "frames": 9, "seconds": 1.125, "sound": False}
    assert service.find(purchase, here.token("film"), "") == Surely(job)


def again(here: Set) -> None:
    """The same job under another name is answered out of the server's memory: its film is there all the same."""
    purchase = here.purchase()
    for name in ("once", "twice"):
        assert isinstance(here.end(purchase, here.ask(purchase, name)), Ready)


def waiting(here: Set) -> None:
    """A job behind another one waits, and is looked at the less often for it; it is found in the queue."""
    service = ComfyUi().service()
    slow = here.ask(here.purchase(**_SLOW, seed=1), "slow")
    purchase = here.purchase(seed=2)
    job = here.ask(purchase, "behind")
    seen = service.look(purchase, job)
    assert isinstance(seen, Pending), seen
    assert seen.after > 0
    assert service.find(purchase, here.token("behind"), "") == Surely(job)
    assert isinstance(here.end(here.purchase(), slow), Ready)
    assert isinstance(here.end(purchase, job), Ready)


def refused(here: Set) -> None:
    """Values that the server does not take are told by their slots, and a node that it does not have by its kind."""
    small, method = here.purchase(frames=0), here.purchase(method="sideways")
    with pytest.raises(BadRequest, match=r"`frames` \(node 2, RepeatImageBatch, input amount\): Value 0 smaller"):
        here.ask(small, "too small")
    with pytest.raises(BadRequest, match=r"`method` \(node 3, .*'sideways' not in"):
        here.ask(method, "no method")
    written(here.folder, {**WORKFLOW, "3": {**WORKFLOW["3"], "class_type": "NobodysNode"}})
    with pytest.raises(BadRequest, match=r"node NobodysNode does not exist. Node ID '#3'"):
        here.ask(here.purchase(), "no node")


def failed(here: Set) -> None:
    """A job whose picture is too small to be cut so narrow: the failed node says why, and another try is no use."""
    purchase = here.purchase(width=33)
    problem = here.end(purchase, here.ask(purchase, "failed"))
    assert isinstance(problem, VendorFailed), problem
    assert problem.message.startswith("node 3 (ImageScale) of the workflow failed: Input and output sizes")
    assert not problem.retryable


def stopped(here: Set) -> None:
    """A job that a person stops at the server says so, and may be asked for again."""
    purchase = here.purchase(**_SLOW, seed=3)
    job = here.ask(purchase, "stopped")
    time.sleep(here.pause * 2)
    here.act("/interrupt", {"prompt_id": job})
    problem = here.end(purchase, job)
    assert isinstance(problem, VendorFailed), problem
    assert problem.message.startswith("somebody stopped the job")
    assert problem.retryable


def removed(here: Set) -> None:
    """A job that a person takes out of the queue is lost, and surely nowhere."""
    slow_purchase, purchase = here.purchase(**_SLOW, seed=4), here.purchase(seed=5)
    slow = here.ask(slow_purchase, "slow before removed")
    job = here.ask(purchase, "removed")
    here.act("/queue", {"delete": [job]})
    problem = here.end(purchase, job)
    assert isinstance(problem, VendorFailed), problem
    assert "knows the job no more" in problem.message
    assert isinstance(here.end(slow_purchase, slow), Ready)
    assert ComfyUi().service().find(purchase, here.token("removed"), "") == Surely("")


TAKES: Mapping[str, Callable[[Set], None]] = {
    one.__name__: one for one in (film, again, waiting, refused, failed, stopped, removed)
}
_SLOW: Mapping[str, Json] = {"frames": 300, "width": 640, "height": 368, "method": "lanczos"}
"""Some seconds of work, in which the server looks between two nodes whether it is to stop."""
