"""Runway's language: tasks asked for directly or through a router, looked at, and files at addresses that expire."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from tests.hosted.fakes.media import film
from tests.hosted.fakes.server import FakeServer, Job, Reply, Request


class Runway:
    """The wire."""

    name = "runway"
    key = "key-runway-0123456789abcdef"

    def __init__(self, server: FakeServer) -> None:
        self._server = server
        self.signature = 0

    def routes(self) -> Sequence[tuple[str, str, Callable[[Request, re.Match[str]], Reply]]]:
        """Its paths."""
        return [
            ("POST", r"/v1/(text|image)_to_video", self._ask),
            ("POST", r"/v1/generate/video", self._route),
            ("GET", r"/v1/tasks/(?P<id>[^/]+)", self._look),
            ("GET", r"/runway-files/(?P<id>[^/]+)\.mp4", self._file),
        ]

    def _refused(self, request: Request) -> Reply | None:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return Reply({"error": "Invalid API key"}, 401)
        return None

    def _ask(self, request: Request, _: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        job = self._server.take_on(self.name, request.json, str(uuid.uuid4()))
        return Reply({"id": job.id, "estimatedCost": {"credits": 60}})

    def _route(self, request: Request, _: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        job = self._server.take_on(self.name, request.json, str(uuid.uuid4()))
        wanted = request.json["input"]
        routing = {
            "configId": request.json["configId"],
            "estimatedCost": {"credits": 60},
            "model": "gen4.5",
            "provider": "runway",
            "resolvedInput": {"duration": wanted["duration"], "ratio": "1280:720", "resolution": "720p"},
            "resolvedSettings": {"optimizeFor": "cost", "priceCeiling": 100},
        }
        return Reply({"id": job.id, "routing": routing})

    def _look(self, request: Request, path: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        job = self._server.look(path["id"])
        if job is None:
            return Reply({"error": "Task not found"}, 404)
        told: dict[str, Any] = {"id": job.id, "createdAt": _iso(job.begun)}
        if not self._server.is_done(job):
            return Reply({**told, "status": "RUNNING", "progress": 0.5, "estimatedCost": {"credits": 60}})
        if job.outcome in ("moderated", "failed"):
            code = "SAFETY.OUTPUT.VIDEO" if job.outcome == "moderated" else "INTERNAL.BAD_OUTPUT.CODE01"
            return Reply({**told, "status": "FAILED", "failure": "no", "failureCode": code, "cost": {"credits": 0}})
        self.signature += 1
        url = f"{self._server.url}/runway-files/{job.id}.mp4?_jwt=signed-{self.signature}-secret"
        return Reply({**told, "status": "SUCCEEDED", "output": [url], "cost": {"credits": 55}})

    def _file(self, request: Request, path: re.Match[str]) -> Reply:
        if "authorization" in request.headers or not request.query.get("_jwt"):
            return Reply({"error": "a key came to a place that must not see it"}, 400)
        job = next(job for job in self._server.jobs if job.id == path["id"])
        return Reply(_made(job))


def _made(job: Job) -> bytes:
    wanted = job.asked.get("input", job.asked)
    # Shapes and tiers that are said in other words come as one size: nobody looks at them here.
    pixels = re.fullmatch(r"(\d{3,}):(\d{3,})", wanted.get("ratio", ""))
    width, height = (int(pixels[1]), int(pixels[2])) if pixels else (1280, 720)
    seconds = float(wanted["duration"])
    if job.outcome == "broken":
        return b"this is no film at all" * 100
    if job.outcome == "narrow":
        width, height = 640, 360
    return film(width, height, 1.0 if job.outcome == "short" else seconds)


def _iso(moment: float) -> str:
    return dt.datetime.fromtimestamp(moment, dt.UTC).isoformat()
