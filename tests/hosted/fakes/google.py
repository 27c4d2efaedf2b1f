"""Google's languages: long-running operations of Vertex AI, interactions by an API key, their files, and tokens."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from typing import Any

from tests.hosted.fakes.media import film
from tests.hosted.fakes.server import FakeServer, Job, Reply, Request

_SIZES = {"360p": (640, 360), "720p": (1280, 720), "1080p": (1920, 1080), "4k": (3840, 2160)}
_KIND = {"@type": "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"}


class Google:
    """The wire. With `inline`, an interaction's clip comes inside the answer."""

    name = "google"
    key = "AIza-google-0123456789abcdef"
    ticket = "ya29-google-0123456789abcdef"

    def __init__(self, server: FakeServer) -> None:
        self.server = server
        self.inline = False
        self.uri = ""
        """Where an interaction says that its clip lies, with `{url}` and `{id}`; "" is Google's own way."""
        self.states: list[str] = []
        """What is said of a file, one after the other, before it is there."""
        self.times = 0
        """How often an address was handed out: each is signed anew."""

    def routes(self) -> Sequence[tuple[str, str, Callable[[Request, re.Match[str]], Reply]]]:
        """Its paths."""
        model = r"/v1(?:beta1)?/(?P<model>projects/[^/]+/locations/[^/]+/publishers/google/models/[^:]+)"
        file = r"/v1(?:beta)?/files/(?P<id>[^/:]+)"
        return [
            ("POST", r"/token", self._token),
            ("POST", model + ":predictLongRunning", self._predict),
            ("POST", model + ":fetchPredictOperation", self._operation),
            ("GET", r"/download/storage/v1/b/film-bucket/o/clips%2F(?P<id>[^/]+)\.mp4", self._stored),
            ("POST", r"/v1(?:beta)?/interactions", self._interact),
            ("GET", r"/v1(?:beta)?/interactions/(?P<id>[^/]+)", self._interaction),
            ("GET", file, self._state),
            ("GET", file + ":download", self._file),
            ("GET", r"/elsewhere/(?P<id>[^/]+)", self._elsewhere),
        ]

    def _token(self, request: Request, _: re.Match[str]) -> Reply:
        return Reply({"access_token": self.ticket, "expires_in": 3600, "token_type": "Bearer"})

    def _lets_in(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {self.ticket}"

    def _predict(self, request: Request, path: re.Match[str]) -> Reply:
        if not self._lets_in(request):
            return error(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED")
        job = self.server.take_on(self.name, request.json)
        return Reply({"name": f"{path['model']}/operations/{job.id}"})

    def _operation(self, request: Request, path: re.Match[str]) -> Reply:
        name = request.json["operationName"]
        job = self.server.look(name.rpartition("/")[2])
        if job is None or not name.startswith(path["model"]):
            return error(404, "Operation not found.", "NOT_FOUND")
        if not self.server.is_done(job):
            return Reply({"name": name})
        if job.outcome == "failed":
            return Reply({"name": name, "done": True, "error": {"code": 13, "message": "Internal error."}})
        if job.outcome == "moderated":
            why = ["Support codes: 58061214"]
            told = {**_KIND, "raiMediaFilteredCount": 1, "raiMediaFilteredReasons": why}
            return Reply({"name": name, "done": True, "response": told})
        asked = job.asked["parameters"]
        clip = {"mimeType": "video/mp4"}
        if "storageUri" in asked:
            clip["gcsUri"] = f"{asked['storageUri']}/{job.id}.mp4"
        else:
            clip["bytesBase64Encoded"] = base64.b64encode(_made(job, asked)).decode()
        return Reply({"name": name, "done": True, "response": {**_KIND, "videos": [clip]}})

    def _stored(self, request: Request, path: re.Match[str]) -> Reply:
        if not self._lets_in(request) or request.query.get("alt") != ["media"]:
            return error(401, "Anonymous caller does not have storage.objects.get access.", "UNAUTHENTICATED")
        job = self._job(path["id"])
        return Reply(_made(job, job.asked["parameters"]))

    def _interact(self, request: Request, _: re.Match[str]) -> Reply:
        if request.headers.get("x-goog-api-key") != self.key:
            return error(400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT")
        job = self.server.take_on(self.name, request.json)
        return Reply({"id": job.id, "status": "in_progress", "model": request.json["model"], "object": "interaction"})

    def _interaction(self, request: Request, path: re.Match[str]) -> Reply:
        job = self.server.look(path["id"])
        if job is None:
            return error(400, "Invalid interaction name.", "invalid_request")
        told: dict[str, Any] = {"id": job.id, "model": job.asked["model"], "object": "interaction"}
        if not self.server.is_done(job):
            return Reply({**told, "status": "in_progress"})
        if job.outcome == "failed":
            return Reply({**told, "status": "failed", "errors": [{"code": "internal", "message": "Internal error."}]})
        if job.outcome == "moderated":
            words = [{"type": "text", "text": "I cannot make this clip."}]
            return Reply({**told, "status": "completed", "steps": [{"type": "model_output", "content": words}]})
        content: dict[str, Any] = {"type": "video", "mime_type": "video/mp4"}
        if self.inline:
            content["data"] = base64.b64encode(_made(job, job.asked["response_format"])).decode()
        else:
            self.times += 1
            signed = f"{self.server.url}/v1beta/files/{job.id}:download?alt=media&sig=signed-google-{self.times}"
            content["uri"] = self.uri.format(url=self.server.url, id=job.id) or signed
        return Reply({**told, "status": "completed", "steps": [{"type": "model_output", "content": [content]}]})

    def _state(self, request: Request, path: re.Match[str]) -> Reply:
        if request.headers.get("x-goog-api-key") != self.key:
            return error(403, "You do not have permission to access the file.", "PERMISSION_DENIED")
        state = self.states.pop(0) if self.states else "ACTIVE"
        told: dict[str, Any] = {"name": f"files/{path['id']}", "state": state, "mimeType": "video/mp4"}
        return Reply({**told, "error": {"code": 13, "message": "no room"}} if state == "FAILED" else told)

    def _file(self, request: Request, path: re.Match[str]) -> Reply:
        if request.headers.get("x-goog-api-key") != self.key or request.query.get("alt") != ["media"]:
            return error(403, "Forbidden", "PERMISSION_DENIED")
        job = self._job(path["id"])
        return Reply(_made(job, job.asked["response_format"]))

    def _elsewhere(self, request: Request, path: re.Match[str]) -> Reply:
        if "x-goog-api-key" in request.headers or "authorization" in request.headers:
            return error(400, "a key came to a place that must not see it", "INVALID_ARGUMENT")
        job = self._job(path["id"])
        return Reply(_made(job, job.asked["response_format"]))

    def _job(self, name: str) -> Job:
        return next(job for job in self.server.jobs if job.id == name)


def error(status: int, told: str, word: str, *details: dict[str, Any]) -> Reply:
    """An error as Google's front says it."""
    body: dict[str, Any] = {"code": status, "message": told, "status": word}
    return Reply({"error": {**body, "details": list(details)} if details else body}, status)


def _made(job: Job, asked: dict[str, Any]) -> bytes:
    if job.outcome == "broken":
        return b"this is no film at all" * 100
    seconds = float(asked.get("durationSeconds") or str(asked.get("duration", "8s")).rstrip("s"))
    width, height = _SIZES[str(asked.get("resolution", "720p"))]
    if (asked.get("aspectRatio") or asked.get("aspect_ratio")) == "9:16":
        width, height = height, width
    if job.outcome == "narrow":
        width, height = 320, 180
    return film(width, height, 1.0 if job.outcome == "short" else seconds, sound=True)
