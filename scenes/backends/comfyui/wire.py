"""A ComfyUI server's interface: one request, one answer, as plain JSON of bounded size.

Knows the address, the token and what an answer's status means; knows neither workflows nor scenes.
"""

from __future__ import annotations

import json
import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from projects.hosted.catalogue import service as entry_of
from projects.hosted.downloads import is_loopback, secure
from projects.hosted.errors import AuthError, HostedError, NotReachable, OutcomeUnknown
from projects.hosted.keys import find_key, key_of
from projects.hosted.replies import lost, refusal

if TYPE_CHECKING:
    import httpx

NAME = "comfyui"
TITLE = "ComfyUI"
ADDRESS_VARIABLE = "COMFYUI_URL"
"""Where the server listens; without it `url` of the user's own table. Never a word of the project's."""

_LARGEST = 32 << 20
"""Bytes of an answer: a history holds the whole workflow."""
_PATIENCE = 60.0
_VALIDATING = 300.0
"""Seconds: a server looks through every node, and may read a list of models from a slow disk, before it answers."""
_RECENT = 64
"""Jobs of the history that are looked through for one that the server has named itself."""
GOOD, _BAD = 200, 400


def address() -> str:
    """The server's address without a slash at its end; raises AuthError where there is none that may be used."""
    written = os.environ.get(ADDRESS_VARIABLE, "").strip() or entry_of(NAME).url
    hint = f"Set {ADDRESS_VARIABLE} in the environment, as in http://127.0.0.1:8188 or https://..."
    if not written:
        raise AuthError("there is no address of a ComfyUI server", hint)
    try:
        parts = urlsplit(written)
        named = parts.username or parts.password or parts.query or parts.fragment
    except ValueError:
        raise AuthError("the address of the ComfyUI server is none", hint) from None
    if named:
        # It would stand in messages and logs.
        raise AuthError(
            "the address of the ComfyUI server holds a name, a password or a question",
            "Write the bare address, and put a token into COMFYUI_API_KEY.",
        )
    try:
        return secure(written, "the address of the ComfyUI server").rstrip("/")
    except HostedError as problem:
        raise AuthError(problem.message, problem.hint) from None


def is_near() -> bool:
    """Whether the server is on this machine."""
    return is_loopback(urlsplit(address()).hostname or "")


def token_headers() -> dict[str, str]:
    """What opens the server, where it is not open."""
    return {"authorization": f"Bearer {key_of(NAME)}"} if find_key(NAME)[0] else {}


class Wire:
    """An open connection."""

    def __init__(self, client: httpx.Client, base: str) -> None:
        self._client = client
        self._base = base

    def get(self, path: str) -> dict[str, Any]:
        """What a path answers, for a question that may be repeated."""
        status, answer = self._sent("GET", path, asked=False)
        return self._object(status, answer, asked=False)

    def upload(self, name: str, data: bytes, kind: str) -> str:
        """Put a picture among the server's inputs and give the name by which a node finds it; costs nothing."""
        form = {"subfolder": "workprint", "type": "input", "overwrite": "true"}
        status, answer = self._sent(
            "POST", "/upload/image", asked=False, data=form, files={"image": (name, data, kind)}
        )
        told = self._object(status, answer, asked=False)
        folder, stored = str(told.get("subfolder", "")), str(told.get("name", ""))
        if not stored:
            raise NotReachable(f"{TITLE} did not say where it put {name}", "Look into the server's own log.")
        return f"{folder}/{stored}" if folder else stored

    def submit(self, body: Mapping[str, Any]) -> tuple[int, Any]:
        """Put a job into the queue: status and answer, of which 400 tells what is wrong with the workflow."""
        status, answer = self._sent(
            "POST",
            "/prompt",
            asked=True,
            content=json.dumps(body, allow_nan=False).encode(),
            headers={"content-type": "application/json"},
            timeout=_VALIDATING,
        )
        if status == _BAD and isinstance(answer, dict):
            return status, answer
        return status, self._object(status, answer, asked=True)

    def record(self, job: str) -> dict[str, Any] | None:
        """What the history holds of a job that has ended; None for one that has not, or that it has forgotten."""
        found = self.get(f"/history/{quote(job, safe='')}").get(job)
        return found if isinstance(found, dict) else None

    def recent(self, name: str) -> str:
        """The job among the last of the history that was put there under a client's name; "" for none."""
        for job, record in self.get(f"/history?max_items={_RECENT}").items():
            if isinstance(record, dict) and _client_of(record.get("prompt")) == name:
                return str(job)
        return ""

    def queued(self, name: str) -> tuple[str, int] | None:
        """A job by its own name or its client's, and how many are before it; None where it is not in the queue."""
        queue = self.get("/queue")
        running, waiting = ([one for one in queue.get(key) or () if _is_item(one)] for key in _QUEUES)
        if own := next((one for one in running if name in (one[1], _client_of(one))), None):
            return str(own[1]), 0
        own = next((one for one in waiting if name in (one[1], _client_of(one))), None)
        if own is None:
            return None
        return str(own[1]), len(running) + sum(one[0] < own[0] for one in waiting)

    def link(self, name: str, folder: str, kind: str) -> str:
        """Where a file lies that the server has made."""
        return f"{self._base}/view?{urlencode({'filename': name, 'subfolder': folder, 'type': kind})}"

    def _sent(self, method: str, path: str, *, asked: bool, **told: Any) -> tuple[int, Any]:
        """Status and answer (JSON, or the text of what is none)."""
        import httpx

        try:
            with self._client.stream(method, f"{self._base}{path}", **told) as answer:
                data = bytearray()
                for piece in answer.iter_bytes():
                    data += piece
                    if len(data) > _LARGEST:
                        break
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as problem:
            raise lost(TITLE, problem, asked=asked) from None
        try:
            return answer.status_code, json.loads(data) if len(data) <= _LARGEST else "its answer is too large"
        except (ValueError, RecursionError):
            return answer.status_code, data[:400].decode("utf-8", "replace")

    def _object(self, status: int, answer: Any, *, asked: bool) -> dict[str, Any]:
        """An answer that was good; raises the error that its status means."""
        if status != GOOD and not 300 <= status < 400:
            said = answer.get("error", answer) if isinstance(answer, dict) else answer
            raise refusal(TITLE, status, said if isinstance(said, str) else json.dumps(said), asked=asked)
        if status == GOOD and isinstance(answer, dict):
            return answer
        told = f"what answers at {self._base} is no ComfyUI (status {status})"
        if asked:
            raise OutcomeUnknown(told)
        raise NotReachable(told, "Look whether the server is up, and whether its page wants a login first.")


_QUEUES = ("queue_running", "queue_pending")


def _is_item(one: Any) -> bool:
    """A job in the queue: its turn, its name, its nodes and more."""
    return isinstance(one, list) and len(one) > 2 and isinstance(one[0], int | float)


def _client_of(item: Any) -> str:
    more = item[3] if isinstance(item, list) and len(item) > 3 else None
    return str(more.get("client_id", "")) if isinstance(more, dict) else ""


@contextmanager
def connected() -> Iterator[Wire]:
    """A connection to the server, after a look at where it is; raises AuthError."""
    import httpx

    base = address()
    # A proxy cannot reach what listens on this machine only.
    proxies = not is_near()
    client = httpx.Client(timeout=_PATIENCE, trust_env=proxies, verify=_trusted(proxies), headers=token_headers())
    with client:
        yield Wire(client, base)


@lru_cache(maxsize=2)
def _trusted(by_environment: bool) -> ssl.SSLContext:
    """Whom we trust, read once: it takes longer than a look at a job."""
    import httpx

    return httpx.create_ssl_context(trust_env=by_environment)
