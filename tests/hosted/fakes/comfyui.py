"""ComfyUI's language: pictures put among its inputs, a queue, a history, and files that anybody may look at.

Answers have the shape of those that a real server gave (`transcripts/comfyui.json`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from email.parser import BytesParser
from typing import Any

from tests.hosted.fakes.media import film
from tests.hosted.fakes.server import FakeServer, Job, Reply, Request

WORKFLOW: Mapping[str, Any] = {
    "1": {"class_type": "LoadImage", "inputs": {"image": "example.png"}},
    "2": {"class_type": "RepeatImageBatch", "inputs": {"image": ["1", 0], "amount": 8}},
    "3": {
        "class_type": "ImageScale",
        "inputs": {"image": ["2", 0], "upscale_method": "bilinear", "width": 64, "height": 64, "crop": "center"},
    },
    "4": {"class_type": "CreateVideo", "inputs": {"images": ["3", 0], "fps": 24}},
    "5": {
        "class_type": "SaveVideo",
        "inputs": {"video": ["4", 0], "filename_prefix": "workprint/clip", "format": "mp4", "codec": "h264"},
        "_meta": {"title": "The film"},
    },
    "6": {"class_type": "PrimitiveStringMultiline", "inputs": {"value": "what is seen"}},
    "7": {"class_type": "RandomNoise", "inputs": {"noise_seed": 1}},
    "8": {"class_type": "PrimitiveStringMultiline", "inputs": {"value": "ugly"}},
}
"""A workflow that needs no weights: it moves a picture nowhere, for as long as it is asked to."""

SLOTS = """\
output: 5
prompt: 6.value
negative: 8.value
seed: 7.noise_seed
width: {at: 3.width, every: 16}
height: {at: 3.height, every: 16}
pixels: 60000
frames: {at: 2.amount, every: 4, plus: 1, most: 121}
fps: 4.fps
rate: 8
first: 1.image
settings: {method: 3.upscale_method}
"""

_METHODS = ("nearest-exact", "bilinear", "area", "bicubic", "lanczos")
_LIKE_WORKPRINT = {"width": (3, "width"), "height": (3, "height"), "frames": (2, "amount"), "fps": (4, "fps")}


class ComfyUi:
    """The wire."""

    name = "comfyui"

    def __init__(self, server: FakeServer) -> None:
        self._server = server
        self.token = ""
        """What opens it; "" is open to everybody."""
        self.names_jobs = False
        """Whether it is so old that it names jobs itself."""
        self.before = 0
        """How many jobs of other people wait before each of ours."""
        self.waiting = False
        """Whether our jobs wait behind others rather than being worked at."""
        self.uploads: dict[str, bytes] = {}
        self.saved: dict[str, Any] = {}
        """What the last node says it has saved, in place of a film."""

    @property
    def _jobs(self) -> list[Job]:
        return [job for job in self._server.jobs if job.wire == self.name]

    def routes(self) -> Sequence[tuple[str, str, Callable[[Request, re.Match[str]], Reply]]]:
        """Its paths."""
        return [
            ("POST", "/upload/image", self._open(self._upload)),
            ("POST", "/prompt", self._open(self._ask)),
            ("GET", "/queue", self._open(self._queue)),
            ("GET", "/history", self._open(self._history)),
            ("GET", "/history/(?P<id>[^/]+)", self._open(self._record)),
            ("GET", "/view", self._open(self._view)),
        ]

    def restart(self) -> None:
        """Forget everything, as a server does whose history is in memory."""
        for job in self._jobs:
            job.outcome = "vanishes"

    def _open(self, answer: Callable[[Request, re.Match[str]], Reply]) -> Callable[[Request, re.Match[str]], Reply]:
        def guarded(request: Request, path: re.Match[str]) -> Reply:
            if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
                return Reply({"error": "Unauthorized"}, 401)
            return answer(request, path)

        return guarded

    def _upload(self, request: Request, _: re.Match[str]) -> Reply:
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        form: dict[str, Any] = {}
        for part in BytesParser().parsebytes(head + request.body).get_payload():
            name = part.get_param("name", header="content-disposition")  # type: ignore[union-attr]
            form[str(name)] = part
        image, folder = form["image"], form["subfolder"].get_payload().strip()
        self.uploads[f"{folder}/{image.get_filename()}"] = image.get_payload(decode=True)
        return Reply({"name": image.get_filename(), "subfolder": folder, "type": "input"})

    def _ask(self, request: Request, _: re.Match[str]) -> Reply:
        asked = request.json
        if wrong := _unknown(asked["prompt"]) or self._wrong(asked["prompt"]):
            return Reply(wrong, 400)
        name = f"server-job-{len(self._server.jobs)}" if self.names_jobs else asked["prompt_id"]
        job = self._server.take_on(self.name, asked, name)
        return Reply({"prompt_id": job.id, "number": len(self._server.jobs), "node_errors": {}})

    def _wrong(self, nodes: Mapping[str, Any]) -> dict[str, Any] | None:
        """What a server's own look through the inputs finds."""
        image, amount = nodes["1"]["inputs"]["image"], nodes["2"]["inputs"]["amount"]
        method = nodes["3"]["inputs"]["upscale_method"]
        if image != "example.png" and image not in self.uploads:
            found = "1", "custom_validation_failed", "Custom validation failed for node", f"image - Invalid: {image}"
            return _node_error(nodes, *found, "image")
        if amount < 1:
            found = "2", "value_smaller_than_min", "Value 0 smaller than min of 1", "amount"
            return _node_error(nodes, *found, "amount")
        if method not in _METHODS:
            found = "3", "value_not_in_list", "Value not in list", f"upscale_method: '{method}' not in {[*_METHODS]}"
            return _node_error(nodes, *found, "upscale_method")
        return None

    def _queue(self, request: Request, _: re.Match[str]) -> Reply:
        open_ones = [job for job in self._jobs if job.outcome != "vanishes" and not self._server.is_done(job)]
        ours = [[10.0 + number, *_item(job)] for number, job in enumerate(open_ones)]
        others = [[float(number), f"other-{number}", {}, {"client_id": "other"}, []] for number in range(self.before)]
        if self.waiting:
            return Reply({"queue_running": others[:1], "queue_pending": [*ours, *others[1:]]})
        return Reply({"queue_running": ours, "queue_pending": others})

    def _history(self, request: Request, _: re.Match[str]) -> Reply:
        return Reply({job.id: self._ended(job) for job in self._jobs if self._is_over(job)})

    def _record(self, request: Request, path: re.Match[str]) -> Reply:
        job = self._server.look(path["id"])
        return Reply({job.id: self._ended(job)} if job is not None and self._is_over(job) else {})

    def _is_over(self, job: Job) -> bool:
        return job.outcome != "vanishes" and self._server.is_done(job)

    def _ended(self, job: Job) -> dict[str, Any]:
        messages: list[Any] = [["execution_start", {"prompt_id": job.id, "timestamp": 1}]]
        outputs: dict[str, Any] = {}
        if job.outcome == "failed":
            messages.append(["execution_error", _failure(job)])
        elif job.outcome == "moderated":
            told = {"prompt_id": job.id, "node_id": "4", "node_type": "CreateVideo", "executed": []}
            messages.append(["execution_interrupted", told])
        else:
            messages.append(["execution_success", {"prompt_id": job.id, "timestamp": 2}])
            file = {"filename": f"{job.id}.mp4", "subfolder": "workprint", "type": "output"}
            outputs["5"] = self.saved or {"images": [file], "animated": [True]}
        good = job.outcome not in ("failed", "moderated")
        status = {"status_str": "success" if good else "error", "completed": good, "messages": messages}
        return {"prompt": [1, *_item(job)], "outputs": outputs, "status": status, "meta": {}}

    def _view(self, request: Request, _: re.Match[str]) -> Reply:
        name = request.query["filename"][0].rpartition(".")[0]
        job = next((one for one in self._jobs if one.id == name), None)
        return Reply(status=404) if job is None else Reply(_made(job))


def _item(job: Job) -> list[Any]:
    """A job as queue and history hold it, after its turn."""
    more = {"client_id": job.asked["client_id"], "create_time": 1}
    return [job.id, job.asked["prompt"], more, job.asked.get("partial_execution_targets")]


def _unknown(nodes: Mapping[str, Any]) -> dict[str, Any] | None:
    kinds = {str(one["class_type"]) for one in WORKFLOW.values()}
    for name, node in nodes.items():
        if node["class_type"] not in kinds:
            said = f"Cannot execute because node {node['class_type']} does not exist."
            error = {"type": "invalid_prompt", "message": said, "details": f"Node ID '#{name}'", "extra_info": {}}
            return {"error": error, "node_errors": {}}
    return None


def _node_error(
    nodes: Mapping[str, Any], node: str, kind: str, message: str, details: str, name: str
) -> dict[str, Any]:
    one = {"type": kind, "message": message, "details": details, "extra_info": {"input_name": name}}
    error = {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation", "details": ""}
    return {
        "error": {**error, "extra_info": {}},
        "node_errors": {node: {"errors": [one], "dependent_outputs": ["5"], "class_type": nodes[node]["class_type"]}},
    }


def _failure(job: Job) -> dict[str, Any]:
    return {
        "prompt_id": job.id,
        "node_id": "3",
        "node_type": "ImageScale",
        "executed": ["1", "2"],
        "exception_message": "the picture is too odd",
        "exception_type": "ValueError",
        "traceback": ["File /srv/comfy/nodes.py"],
        "current_inputs": {},
        "current_outputs": [],
    }


def _made(job: Job) -> bytes:
    nodes = job.asked["prompt"]
    width, height, frames, fps = (nodes[str(node)]["inputs"][name] for node, name in _LIKE_WORKPRINT.values())
    if job.outcome == "broken":
        return b"this is no film at all" * 100
    if job.outcome == "narrow":
        width, height = 64, 32
    return film(width, height, 0.25 if job.outcome == "short" else frames / fps, round(fps))
