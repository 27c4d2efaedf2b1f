"""A loopback ComfyUI: what is sent, how a job is followed and found, and what every answer means."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from projects.hosted.downloads import Expired
from projects.hosted.errors import (
    AuthError,
    BadRequest,
    HostedError,
    NotReachable,
    OutcomeUnknown,
    RateLimited,
    VendorFailed,
)
from projects.hosted.job import Pending, Ready, Surely, Taken
from scenes.backends.comfyui.server import job_name
from storyboard.errors import RenderError
from tests.hosted.comfyui_stage import POST, SERVICE, Lent, ask, files_of, lent, made, purchase_of
from tests.hosted.comfyui_takes import FILES, PICTURE, written
from tests.hosted.conftest import Shop
from tests.hosted.fakes.comfyui import WORKFLOW
from tests.hosted.fakes.server import Fault, Outcome, Reply


@pytest.fixture
def server(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lent]:
    """A loopback ComfyUI, open to everybody."""
    with lent(shop, monkeypatch) as running:
        yield running


def test_what_is_sent(server: Lent, tmp_path: Path) -> None:
    """The picture as it is, then the workflow with values at its slots and nothing else touched, under our own name."""
    purchase = purchase_of(tmp_path, {"method": "area"}, negative="rain")
    taken = SERVICE.ask(purchase, files_of(tmp_path), tmp_path, "token")
    own = str(uuid.uuid5(uuid.NAMESPACE_URL, "workprint:token"))
    assert (taken, job_name("token")) == (Taken(own), own)
    ((name, data),) = server.comfy.uploads.items()
    assert data == PICTURE
    assert name.startswith("workprint/")
    assert name.endswith(".png")
    (request,) = server.asked_for(POST)
    sent = request.json
    nodes = sent.pop("prompt")
    assert sent == {"prompt_id": own, "client_id": own, "partial_execution_targets": ["5"]}
    told = {
        ("1", "image"): name,
        ("2", "amount"): 9,
        ("3", "upscale_method"): "area",
        ("3", "width"): 320,
        ("3", "height"): 176,
        ("4", "fps"): 8,
        ("6", "value"): "a wood at dawn",
        ("7", "noise_seed"): 7,
        ("8", "value"): "rain",
    }
    for (node, place), value in told.items():
        assert nodes[node]["inputs"].pop(place) == value
    kept = json.loads(json.dumps(WORKFLOW))
    for node, place in told:
        kept[node]["inputs"].pop(place)
    assert nodes == kept
    assert "authorization" not in request.headers
    assert [one.path for one in server.heard] == ["/queue", "/upload/image", "/prompt"]


def test_odd_text_travels(server: Lent, tmp_path: Path) -> None:
    """Half a character, which JSON can hold and UTF-8 cannot, does no harm."""
    purchase = purchase_of(tmp_path)
    odd = replace(purchase, body={**purchase.body, "prompt": "wood \ud83c {{}} \"; rm -rf '"})
    SERVICE.ask(odd, files_of(tmp_path), tmp_path, "token")
    assert server.asked_for(POST)[0].json["prompt"]["6"]["inputs"]["value"] == odd.body["prompt"]


def test_from_asking_to_the_file(server: Lent, tmp_path: Path) -> None:
    """Pending while it is made, then an address at the server itself; the file is the film that was asked for."""
    server.looks_needed = 2
    purchase, taken = ask(tmp_path)
    assert SERVICE.look(purchase, taken.id) == Pending(0.0, 0.0)
    ready = SERVICE.look(purchase, taken.id)
    assert isinstance(ready, Ready)
    assert (ready.cost, ready.headers) == (None, {})
    assert ready.url == f"{server.url}/view?filename={taken.id}.mp4&subfolder=workprint&type=output"
    SERVICE.fetch(purchase, taken.id, ready, tmp_path / "clip.mp4")
    facts = SERVICE.accept(purchase, tmp_path / "clip.mp4")
    assert facts == {"width": 320, "height": 176, "rate": "8/1", "frames": 9, "seconds": 1.125, "sound": False}


def test_a_long_queue_is_looked_at_less_often(server: Lent, tmp_path: Path) -> None:
    """The further back, the longer until the next look, up to half a minute."""
    purchase, taken = ask(tmp_path)
    server.comfy.waiting, server.looks_needed = True, 9
    for before, after in ((1, 3.0), (4, 12.0), (99, 30.0)):
        server.comfy.before = before
        assert SERVICE.look(purchase, taken.id) == Pending(0.0, after)


def test_a_job_that_ends_between_two_questions(server: Lent, tmp_path: Path) -> None:
    """Not yet in the history and no more in the queue is not lost: the history is asked once more."""
    server.looks_needed = 2
    purchase, taken = ask(tmp_path)
    server.faults.append(Fault("GET /queue", reply=Reply({"queue_running": [], "queue_pending": []})))
    assert isinstance(SERVICE.look(purchase, taken.id), Ready)


@pytest.mark.parametrize("kind", ["images", "gifs", "videos"])
@pytest.mark.parametrize("name", ["a b&c.webm", "clip.GIF"])
def test_where_a_node_says_that_its_film_is(server: Lent, tmp_path: Path, kind: str, name: str) -> None:
    """Save Video, Video Combine and others use different words; pictures beside the film are passed over."""
    purchase, taken = ask(tmp_path)
    file, still = ({"filename": one, "subfolder": "x", "type": "temp"} for one in (name, "workflow.png"))
    server.comfy.saved = {kind: [file, still], "animated": [True], "text": ["done"]}
    ready = SERVICE.look(purchase, taken.id)
    assert isinstance(ready, Ready)
    assert ready.url.endswith("/view?filename=a+b%26c.webm&subfolder=x&type=temp" if "&" in name else "=x&type=temp")


@pytest.mark.parametrize(
    ("saved", "told"),
    [
        ({"images": [{"filename": "a.png"}, {"filename": "b.png"}]}, "has saved 2 pictures and no film"),
        ({"gifs": [{"filename": "a.mp4"}, {"filename": "b.mp4"}]}, "has saved 2 films"),
        ({"text": ["hello"]}, "has saved nothing"),
    ],
)
def test_a_workflow_that_saves_no_one_film(server: Lent, tmp_path: Path, saved: dict[str, Any], told: str) -> None:
    """It is told what it has saved; another try would be no better."""
    purchase, taken = ask(tmp_path)
    server.comfy.saved = saved
    with pytest.raises(VendorFailed, match=told) as problem:
        SERVICE.look(purchase, taken.id)
    assert not problem.value.retryable


@pytest.mark.parametrize(
    ("fault", "error", "refused"),
    [
        (Fault(POST, drop="after"), OutcomeUnknown, False),
        (Fault(POST, drop="before"), OutcomeUnknown, False),
        (Fault(POST, cut=True), OutcomeUnknown, False),
        (Fault(POST, reply=Reply(b"<html>")), OutcomeUnknown, False),
        (Fault(POST, reply=Reply([])), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"error": "oops"}, 500)), OutcomeUnknown, False),
        (Fault(POST, reply=Reply(b"bad gateway", 502)), OutcomeUnknown, False),
        (Fault(POST, reply=Reply({"error": "slow down"}, 429)), RateLimited, True),
        (Fault(POST, reply=Reply(b"no", 400)), BadRequest, True),
        (Fault(POST, reply=Reply({"error": "no"}, 400)), BadRequest, True),
        (Fault(POST, reply=Reply({"error": "no"}, 401)), AuthError, True),
        (Fault(POST, reply=Reply({"error": "no"}, 403)), AuthError, True),
        (Fault("POST /upload", drop="after"), NotReachable, True),
        (Fault("POST /upload", reply=Reply(b"too large", 413)), BadRequest, True),
        (Fault("POST /upload", reply=Reply({"error": "oops"}, 500)), NotReachable, True),
        (Fault("POST /upload", reply=Reply({})), NotReachable, True),
        (Fault("GET /queue", reply=Reply(b"<html>please log in")), NotReachable, True),
        (Fault("GET /queue", reply=Reply(status=302, headers={"Location": "/login"})), NotReachable, True),
        (Fault("GET /queue", reply=Reply({"error": "no"}, 401)), AuthError, True),
    ],
)
def test_a_fault_while_asking(
    server: Lent, tmp_path: Path, fault: Fault, error: type[HostedError], refused: bool
) -> None:
    """Nothing is asked for twice, and whether the job is there is known for sure."""
    server.faults.append(fault)
    with pytest.raises(HostedError) as told:
        ask(tmp_path)
    assert (type(told.value), told.value.refused) == (error, refused)
    assert len(server.asked_for(POST)) == int(fault.match == POST)
    there = fault.drop == "after" or fault.cut
    assert server.paid() == int(there and fault.match == POST)
    assert SERVICE.find(purchase_of(tmp_path), "token", "") == Surely(job_name("token") if server.paid() else "")


def test_nobody_is_there(shop: Shop, server: Lent, tmp_path: Path) -> None:
    """Where no connection is made nothing was asked for."""
    shop.write_services("services: {comfyui: {url: 'http://127.0.0.1:9'}}\n")
    with pytest.raises(NotReachable) as told:
        ask(tmp_path)
    assert told.value.refused


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("own_names", [False, True])
def test_a_lost_answer_is_found(server: Lent, tmp_path: Path, ended: bool, own_names: bool) -> None:
    """In the queue or in the history, by our own name; an old server that names jobs itself knows who asked."""
    server.comfy.names_jobs, server.looks_needed = own_names, 0 if ended else 5
    server.faults.append(Fault(POST, drop="after"))
    with pytest.raises(OutcomeUnknown):
        ask(tmp_path)
    found = SERVICE.find(purchase_of(tmp_path), "token", "")
    assert found == Surely("server-job-0" if own_names else job_name("token"))
    assert SERVICE.find(purchase_of(tmp_path), "another", "") == Surely("")


def test_what_the_server_does_not_take(server: Lent, tmp_path: Path) -> None:
    """The slot is named whose value it was, and a node that it lacks."""
    purchase = purchase_of(tmp_path)
    for body, told in (
        ({"frames": 0}, r"`frames` \(node 2, RepeatImageBatch, input amount\): Value 0 smaller than min of 1"),
        ({"method": "sideways"}, r"`method` \(node 3, ImageScale, input upscale_method\): Value not in list"),
    ):
        with pytest.raises(BadRequest, match=told) as problem:
            SERVICE.ask(replace(purchase, body={**purchase.body, **body}), files_of(tmp_path), tmp_path, "token")
        assert problem.value.refused
    written(tmp_path, {**WORKFLOW, "9": {"class_type": "NobodysNode", "inputs": {}}})
    with pytest.raises(BadRequest, match="NobodysNode does not exist") as problem:
        SERVICE.ask(purchase, files_of(tmp_path), tmp_path, "token")
    assert "every node and model" in problem.value.hint
    assert server.paid() == 0


def test_an_answer_that_nobody_expects(server: Lent, tmp_path: Path) -> None:
    """A 400 of another form is told as far as it can be read."""
    for odd in ({"node_errors": {"2": 3}, "error": {"message": "odd"}}, {"error": ["odd"]}, {"odd": 1}):
        server.faults.append(Fault(POST, reply=Reply(odd, 400)))
        with pytest.raises(BadRequest, match="does not take the workflow"):
            ask(tmp_path)


@pytest.mark.parametrize(
    ("outcome", "told", "retryable"),
    [
        ("failed", r"node 3 \(ImageScale\) of the workflow failed: the picture is too odd", False),
        ("moderated", "somebody stopped the job at the server, at node 4", True),
        ("vanishes", "knows the job no more", True),
    ],
)
def test_a_job_that_came_to_nothing(server: Lent, tmp_path: Path, outcome: Outcome, told: str, retryable: bool) -> None:
    """The node's own words without its machine's folders, a person who stopped it, or a server that forgot it."""
    server.outcomes.append(outcome)
    purchase, taken = ask(tmp_path)
    with pytest.raises(VendorFailed, match=told) as problem:
        SERVICE.look(purchase, taken.id)
    assert (problem.value.retryable, "/srv/" in str(problem.value)) == (retryable, False)


def test_too_little_memory(server: Lent, tmp_path: Path) -> None:
    """The remedy is to ask for less."""
    purchase, taken = ask(tmp_path)
    error = {"node_id": "3", "node_type": "KSampler", "exception_type": "torch.OutOfMemoryError"}
    messages = [["execution_error", {**error, "exception_message": "Allocation on device"}]]
    record = {"outputs": {}, "status": {"status_str": "error", "completed": False, "messages": messages}}
    server.faults.append(Fault("GET /history", reply=Reply({taken.id: record})))
    with pytest.raises(VendorFailed) as problem:
        SERVICE.look(purchase, taken.id)
    assert "lower `pixels:`" in problem.value.hint


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("GET /history", drop="before"), NotReachable),
        (Fault("GET /history", cut=True), NotReachable),
        (Fault("GET /history", reply=Reply({"error": "oops"}, 502)), NotReachable),
        (Fault("GET /history", reply=Reply(b"<html>")), NotReachable),
        (Fault("GET /history", reply=Reply({"error": "slow down"}, 429)), RateLimited),
        (Fault("GET /history", reply=Reply({"error": "no"}, 401)), AuthError),
    ],
)
def test_a_look_that_failed(server: Lent, tmp_path: Path, fault: Fault, error: type[HostedError]) -> None:
    """It says nothing of the job: another look finds it done."""
    purchase, taken = ask(tmp_path)
    server.faults.append(fault)
    with pytest.raises(error):
        SERVICE.look(purchase, taken.id)
    assert isinstance(SERVICE.look(purchase, taken.id), Ready)


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Fault("GET /view", reply=Reply(status=404)), Expired), (Fault("GET /view", cut=True), NotReachable)],
)
def test_a_file_that_does_not_come(server: Lent, tmp_path: Path, fault: Fault, error: type[HostedError]) -> None:
    """Nothing is left, and it may be fetched again."""
    purchase, taken, ready = made(server, tmp_path)
    server.faults.append(fault)
    with pytest.raises(error):
        SERVICE.fetch(purchase, taken.id, ready, tmp_path / "clip.mp4")
    assert not (tmp_path / "clip.mp4").exists()
    SERVICE.fetch(purchase, taken.id, ready, tmp_path / "clip.mp4")
    assert (tmp_path / "clip.mp4").is_file()


@pytest.mark.parametrize(
    ("outcome", "facts"), [("short", (320, 176, 0.25)), ("narrow", (64, 32, 1.125))], ids=["short", "narrow"]
)
def test_a_film_that_is_other_than_asked(
    server: Lent, tmp_path: Path, outcome: Outcome, facts: tuple[int, int, float]
) -> None:
    """Its own figures are told, so that whoever cuts it knows."""
    purchase, taken, ready = made(server, tmp_path, outcome)
    SERVICE.fetch(purchase, taken.id, ready, tmp_path / "clip.mp4")
    told = SERVICE.accept(purchase, tmp_path / "clip.mp4")
    assert (told["width"], told["height"], told["seconds"]) == facts


def test_a_file_that_is_no_film(server: Lent, tmp_path: Path) -> None:
    """It is not accepted."""
    purchase, taken, ready = made(server, tmp_path, "broken")
    SERVICE.fetch(purchase, taken.id, ready, tmp_path / "clip.mp4")
    with pytest.raises(VendorFailed, match="no film"):
        SERVICE.accept(purchase, tmp_path / "clip.mp4")


def test_no_free_look_at_a_picture_that_is_none(server: Lent, tmp_path: Path) -> None:
    """A picture that cannot be read is told before the job is asked for."""
    purchase = purchase_of(tmp_path)
    (tmp_path / FILES["first"]).write_bytes(b"no picture")
    with pytest.raises(RenderError, match="cannot be read as a picture"):
        SERVICE.ask(purchase, files_of(tmp_path), tmp_path, "token")
    assert server.asked_for("POST") == []


def test_the_queue_is_asked_before_the_history(server: Lent, tmp_path: Path) -> None:
    """A job goes from the one into the other: asked the other way round, one that ends then would be in neither."""
    purchase, _ = ask(tmp_path)
    begin = len(server.heard)
    SERVICE.find(purchase, "nobody", "")
    assert [one.path.split("/")[1] for one in server.heard[begin:]] == ["queue", "history", "history"]
