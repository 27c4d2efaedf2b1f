"""What a real server answered, kept as text: noted down by standing between, and given again word for word."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.hosted.fakes.server import FakeServer, Reply, Request

_FOLDERS = re.compile(r"(?:[A-Za-z]:)?(?:[/\\][\w.@-]+)+[/\\](?=[\w.@-])")
_LEFT_OUT = ("traceback", "current_inputs", "current_outputs")
"""Of an error: where files lie on that machine, and whole pictures as text."""

Exchange = dict[str, Any]
Answer = Callable[[Request, re.Match[str]], Reply]


def _routes(answer: Answer) -> Sequence[tuple[str, str, Answer]]:
    return [(method, ".*", answer) for method in ("GET", "POST")]


def _line(request: Request) -> str:
    query = urlencode(sorted((name, value) for name, values in request.query.items() for value in values))
    return f"{request.method} {request.path}{'?' if query else ''}{query}"


def _sent(request: Request) -> Any:
    """What was sent, but for pictures."""
    return request.json if request.headers.get("content-type") == "application/json" else None


class Relay:
    """Passes everything on to a real server and notes down what was said."""

    name = "relay"

    def __init__(self, real: str) -> None:
        self._real = real
        self.noted: list[Exchange] = []

    def routes(self) -> Sequence[tuple[str, str, Answer]]:
        """Every path."""
        return _routes(self._pass_on)

    def _pass_on(self, request: Request, _: re.Match[str]) -> Reply:
        line, own = _line(request), ("content-type", "accept")
        headers = {name: value for name, value in request.headers.items() if name in own}
        query = {name: values[0] for name, values in request.query.items()}
        answer = httpx.request(
            request.method, f"{self._real}{request.path}", params=query, content=request.body, headers=headers
        )
        is_text = "json" in answer.headers.get("content-type", "")
        said = _bare(answer.json()) if is_text else {"base64": base64.b64encode(answer.content).decode()}
        note = {"line": line, "sent": _sent(request), "status": answer.status_code, "said": said}
        before = next((one for one in reversed(self.noted) if one["line"] == line), None)
        if before != note:
            self.noted.append(note)
        return Reply(answer.content, answer.status_code)


class Recorded:
    """Gives again what was noted down; the last answer to a question for as long as it is asked."""

    name = "recorded"

    def __init__(self, server: FakeServer, noted: Sequence[Exchange]) -> None:
        del server
        self._noted: dict[str, list[Exchange]] = {}
        for one in noted:
            self._noted.setdefault(one["line"], []).append(one)
        self.strange: list[str] = []
        """What was asked for otherwise than it had been."""

    def routes(self) -> Sequence[tuple[str, str, Answer]]:
        """Every path."""
        return _routes(self._give_again)

    def _give_again(self, request: Request, _: re.Match[str]) -> Reply:
        there = self._noted.get(_line(request), [])
        if not there:
            self.strange.append(_line(request))
            return Reply({"error": "nobody asked the real server that"}, 404)
        one = there.pop(0) if len(there) > 1 else there[0]
        if one["sent"] != _sent(request):
            self.strange.append(f"{one['line']}: {json.dumps(_sent(request))}")
        said = one["said"]
        body = base64.b64decode(said["base64"]) if isinstance(said, dict) and "base64" in said else said
        return Reply(body, one["status"])


def _bare(value: Any) -> Any:
    """An answer without the folders of the machine that gave it."""
    if isinstance(value, Mapping):
        return {name: _bare(one) for name, one in value.items() if name not in _LEFT_OUT}
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return _FOLDERS.sub("", value) if isinstance(value, str) else value
