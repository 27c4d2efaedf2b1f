"""fal's language: a queue in front of apps, whose requests are looked at under the app's first two names only."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from tests.hosted.fakes.media import film
from tests.hosted.fakes.server import FakeServer, Job, Reply, Request


class Fal:
    """The wire."""

    name = "fal"
    key = "key-fal-id-01234567:secret-fal-89abcdef"

    def __init__(self, server: FakeServer) -> None:
        self._server = server
        self.signature = 0

    def routes(self) -> Sequence[tuple[str, str, Callable[[Request, re.Match[str]], Reply]]]:
        """Its paths."""
        return [
            ("POST", r"/(?P<app>(fal-ai|kling)/.+)", self._ask),
            ("GET", r"/(?P<app>[^/]+/[^/]+)/requests/(?P<id>[^/]+)/status", self._look),
            ("GET", r"/(?P<app>[^/]+/[^/]+)/requests/(?P<id>[^/]+)", self._result),
            ("GET", r"/fal-files/(?P<id>[^/]+)\.mp4", self._file),
        ]

    def _refused(self, request: Request) -> Reply | None:
        if request.headers.get("authorization") != f"Key {self.key}":
            return Reply({"detail": "Invalid authentication credentials"}, 401)
        return None

    def _ask(self, request: Request, path: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        job = self._server.take_on(self.name, {"app": path["app"], **request.json}, str(uuid.uuid4()))
        below = f"{self._server.url}/{'/'.join(path['app'].split('/')[:2])}/requests/{job.id}"
        told = {"response_url": below, "status_url": f"{below}/status", "cancel_url": f"{below}/cancel"}
        return Reply({"status": "IN_QUEUE", "request_id": job.id, "queue_position": 0, **told})

    def _found(self, path: re.Match[str]) -> Job | None:
        return next((job for job in self._server.jobs if job.id == path["id"] and job.outcome != "vanishes"), None)

    def _look(self, request: Request, path: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        job = self._found(path)
        if job is None or not job.asked["app"].startswith(path["app"]):
            return Reply({"detail": "Request not found"}, 404)
        self._server.look(job.id)
        if not self._server.is_done(job):
            state = {"status": "IN_PROGRESS", "logs": None} if job.looks > 1 else {"status": "IN_QUEUE"}
            return Reply({"queue_position": 2, **state}, 202)
        failed = {"error": "Runner disconnected", "error_type": "runner_disconnected"}
        done = {"status": "COMPLETED", "logs": None, "metrics": {"inference_time": 12.5}}
        return Reply(done | (failed if job.outcome == "failed" else {}))

    def _result(self, request: Request, path: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        job = self._found(path)
        if job is None:
            return Reply({"detail": "Request not found"}, 404)
        if job.outcome == "moderated":
            fault = {"loc": ["body", "prompt"], "msg": "The content could not be processed", "input": "a wood"}
            return Reply({"detail": [{**fault, "type": "content_policy_violation"}]}, 422)
        if job.outcome == "failed":
            return Reply({"detail": "Runner disconnected", "error_type": "runner_disconnected"}, 503)
        self.signature += 1
        url = f"{self._server.url}/fal-files/{job.id}.mp4?token=signed-{self.signature}-secret"
        return Reply({"video": {"url": url, "content_type": "video/mp4", "file_name": "output.mp4"}})

    def _file(self, request: Request, path: re.Match[str]) -> Reply:
        if "authorization" in request.headers or not request.query.get("token"):
            return Reply({"detail": "a key came to a place that must not see it"}, 400)
        return Reply(_made(next(job for job in self._server.jobs if job.id == path["id"])))


def _made(job: Job) -> bytes:
    if job.outcome == "broken":
        return b"this is no film at all" * 100
    asked: dict[str, Any] = job.asked
    steps = [one["duration"] for one in asked.get("transitions", [])]
    seconds = sum(steps) or float(str(asked.get("duration", 6)).rstrip("s"))
    width, height = (640, 360) if job.outcome == "narrow" else (1280, 720)
    return film(width, height, 1.0 if job.outcome == "short" else seconds, sound=bool(asked.get("generate_audio")))
