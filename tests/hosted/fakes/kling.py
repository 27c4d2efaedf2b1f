"""Kling's language: tasks under signed tokens, with a name of the customer's own, and codes inside every answer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.hosted.fakes.media import film
from tests.hosted.fakes.server import FakeServer, Job, Reply, Request

_PIXELS = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720)}


class Kling:
    """The wire."""

    name = "kling"
    access, secret = "access-kling-01234567", "secret-kling-89abcdef"

    def __init__(self, server: FakeServer) -> None:
        self._server = server
        self.signature = 0

    @property
    def _jobs(self) -> list[Job]:
        return [job for job in self._server.jobs if job.wire == self.name]

    def routes(self) -> Sequence[tuple[str, str, Callable[[Request, re.Match[str]], Reply]]]:
        """Its paths."""
        return [
            ("POST", r"/v1/videos/(?P<way>text2video|image2video)", self._ask),
            ("GET", r"/v1/videos/(?P<way>text2video|image2video)", self._list),
            ("GET", r"/v1/videos/(?P<way>text2video|image2video)/(?P<id>[^/]+)", self._look),
            ("GET", r"/kling-files/(?P<id>[^/]+)\.mp4", self._file),
        ]

    def _refused(self, request: Request) -> Reply | None:
        claims = opened(request.headers.get("authorization", "").removeprefix("Bearer "), self.secret)
        if claims is None or claims["iss"] != self.access:
            return told(1002, "Authorization is invalid", 401)
        if not claims["nbf"] <= time.time() < claims["exp"]:
            return told(1004, "Authorization has expired", 401)
        return None

    def _ask(self, request: Request, path: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        name = request.json.get("external_task_id")
        if any(job.asked.get("external_task_id") == name for job in self._jobs):
            return told(1201, "external_task_id is not unique", 400)
        job = self._server.take_on(self.name, {"way": path["way"], **request.json}, f"8{len(self._server.jobs):017}")
        return told(0, "SUCCEED", data=self._task(job, "submitted"))

    def _list(self, request: Request, path: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        size = int(request.query["pageSize"][0])
        own = [job for job in reversed(self._jobs) if job.asked["way"] == path["way"]]
        return told(0, "SUCCEED", data=[self._task(job, "processing") for job in own[:size]])

    def _look(self, request: Request, path: re.Match[str]) -> Reply:
        if refused := self._refused(request):
            return refused
        names = [(job.id, job.asked["external_task_id"]) for job in self._jobs if job.asked["way"] == path["way"]]
        job = self._server.look(next((own for own, theirs in names if path["id"] in (own, theirs)), ""))
        if job is None:
            return told(1203, "task not found", 404)
        if not self._server.is_done(job):
            return told(0, "SUCCEED", data=self._task(job, "processing"))
        if job.outcome in ("moderated", "failed"):
            why = "Failure to pass the risk control system" if job.outcome == "moderated" else "service error"
            return told(0, "SUCCEED", data={**self._task(job, "failed"), "task_status_msg": why})
        self.signature += 1
        url = f"{self._server.url}/kling-files/{job.id}.mp4?x-kcdn-pid=signed-{self.signature}-secret"
        videos = [{"id": f"v{job.id}", "url": url, "duration": job.asked["duration"]}]
        done = {"task_result": {"videos": videos}, "final_unit_deduction": "3.5"}
        return told(0, "SUCCEED", data={**self._task(job, "succeed"), **done})

    def _task(self, job: Job, status: str) -> dict[str, Any]:
        info = {"external_task_id": job.asked.get("external_task_id")}
        moment = round(job.begun * 1000)
        return {
            "task_id": job.id,
            "task_status": status,
            "task_info": info,
            "created_at": moment,
            "updated_at": moment,
        }

    def _file(self, request: Request, path: re.Match[str]) -> Reply:
        if "authorization" in request.headers or not request.query.get("x-kcdn-pid"):
            return Reply({"message": "a token came to a place that must not see it"}, 400)
        job = next(job for job in self._jobs if job.id == path["id"])
        if job.outcome == "broken":
            return Reply(b"this is no film at all" * 100)
        width, height = (640, 360) if job.outcome == "narrow" else _PIXELS[job.asked.get("aspect_ratio", "16:9")]
        seconds = 1.0 if job.outcome == "short" else float(job.asked["duration"])
        return Reply(film(width, height, seconds, sound=job.asked.get("sound") == "on"))


def told(code: int, message: str, status: int = 200, data: Any = None) -> Reply:
    """An answer in the service's own form."""
    return Reply({"code": code, "message": message, "request_id": "r-1", "data": data}, status)


def opened(token: str, secret: str) -> dict[str, Any] | None:
    """What a token claims; None for one that is not signed with the secret."""
    head, _, mark = token.rpartition(".")
    if not hmac.compare_digest(_bytes(mark), hmac.new(secret.encode(), head.encode(), hashlib.sha256).digest()):
        return None
    claims: dict[str, Any] = json.loads(_bytes(head.rpartition(".")[2]))
    return claims


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
