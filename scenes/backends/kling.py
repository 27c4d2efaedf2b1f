"""Kling, from its maker: clips of words or of a first and a last picture.

Spoken to directly: there is no library. A key in two halves signs a token for each request, which lives for half an
hour; a key in one piece travels as it is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from projects.hosted.catalogue import service as entry_of
from projects.hosted.discretion import hush
from projects.hosted.downloads import download, secure
from projects.hosted.errors import (
    AuthError,
    BadRequest,
    HostedError,
    Moderated,
    NotReachable,
    OutcomeUnknown,
    OutOfCredits,
    RateLimited,
    VendorFailed,
)
from projects.hosted.job import Pending, Purchase, Ready, Surely, Taken
from projects.hosted.keys import key_of
from projects.hosted.replies import lost, refusal, shortened
from projects.steps import Json
from scenes.backend import Refusal
from scenes.hosted.asking import Wish
from scenes.hosted.clips import HostedClips
from scenes.hosted.films import accept_film
from scenes.hosted.pictures import encoded

if TYPE_CHECKING:
    import httpx

_WORDS, _PICTURES = "text2video", "image2video"
_NAMES: Mapping[str, str] = {"first": "image", "last": "image_tail"}
_LARGEST_PICTURE = 7_000_000
"""Bytes; the service takes ten million characters."""
_KINDS = ("JPEG", "PNG")
_LIVES, _EARLIER = 1800, 5
"""Seconds for which a token is good, and that it is good before now: clocks differ."""
_PATIENCE = 60.0
_LOOK_EVERY = 5.0
_LISTED = 500
"""Tasks on one page of the service's list."""
_FILTERED = ("risk", "sensitive", "polic", "safety", "violat")
"""Words by which the filter's verdict on a clip is known: no code says it, and the service does not list its words."""
# A name must be unique within an account; which code answers a second one is not told, so the text is asked as well.
_NAMED_TWICE = re.compile(r"(?i)external.?task.?id")
# The codes as the service's own list of errors gives them.
_CLOCK = (1003, 1004)
_KEY = (1000, 1001, 1002, 1100, 1103, 1304)
_EMPTY = (1101, 1102)
_REQUEST = (1200, 1201, 1202, 1203)
_STOPPED = (1300, 1301)
_BUSY = (1302, 1303)
_LATER = "Run again later; nothing is paid twice."


class Kling(HostedClips):
    """Clips of Kling."""

    name = "kling"
    summary = "Kling: Kling 3.0 and 2.6 from their maker"

    def body(self, asked: Wish) -> Mapping[str, Json]:
        """Which of the two interfaces, and the request but for pictures."""
        model, words = asked.found.model, asked.found.model.words
        if asked.resolution not in words:
            raise Refusal(
                f"{asked.found.name} has no mode for '{asked.resolution}'",
                "write it into `words:` of `services.yaml`: a resolution and `std` or `pro`",
            )
        if asked.sound and "last" in asked.pictures and words.get("sound") == "without last":
            raise Refusal(
                f"{asked.found.name} makes no sound for a clip that ends on a picture",
                "take `audio:` out of `model:`, or the picture `at: end` out of the scene",
            )
        said: dict[str, Json] = {
            "model_name": asked.found.id,
            "prompt": asked.prompt,
            "duration": f"{asked.seconds:g}",
            "mode": words[asked.resolution],
        }
        if model.audio == "toggle":
            said["sound"] = "on" if asked.sound else "off"
        if asked.negative:
            said["negative_prompt"] = asked.negative
        if not asked.pictures:
            said["aspect_ratio"] = asked.aspect
        return {"way": _PICTURES if asked.pictures else _WORDS, "input": said | dict(asked.extra)}

    def service(self) -> KlingService:
        """The service."""
        return KlingService()


class KlingService:
    """Kling's interface."""

    def ask(self, purchase: Purchase, files: Mapping[str, Path], folder: Path, token: str) -> Taken:
        """One post, in which the task is given our token for a name."""
        del folder
        pictures = {_NAMES[place]: _encoded(path) for place, path in files.items()}
        body = {**purchase.body["input"], **pictures, "external_task_id": token}
        told = _said("POST", f"/v1/videos/{purchase.body['way']}", asked=True, json=body)
        with _read(asked=True):
            return Taken(_named(told))

    def look(self, purchase: Purchase, job: str) -> Pending | Ready:
        """The task as it stands."""
        told = _said("GET", f"/v1/videos/{purchase.body['way']}/{quote(job, safe='')}", asked=False)
        with _read(asked=False):
            status, why = str(told["task_status"]), str(told.get("task_status_msg") or "no reason given")
            if status in ("submitted", "processing"):
                return Pending(after=_LOOK_EVERY)
            cost = _dollars(told.get("final_unit_deduction"))
            if status == "succeed":
                videos = (told.get("task_result") or {}).get("videos") or [{}]
                if not videos[0].get("url"):
                    raise VendorFailed("Kling calls the task done and names no film")
                return Ready(str(videos[0]["url"]), cost)
        if status != "failed":
            raise NotReachable(f"Kling calls the task '{shortened(status)}', a word that is new", _LATER)
        problem: HostedError = VendorFailed(f"Kling could not make the clip: {shortened(why)}")
        if any(word in why.lower() for word in _FILTERED):
            problem = Moderated(f"Kling's filter stopped the clip: {shortened(why)}", made=True)
        problem.cost = cost
        raise problem

    def fetch(self, purchase: Purchase, job: str, ready: Ready, out: Path) -> None:
        """A plain download, without the token."""
        del purchase, job
        download(ready.url, out)

    def find(self, purchase: Purchase, token: str, asked: str) -> Surely | None:
        """The task that bears our token: asked for by name, else looked for among the latest.

        What is not found there may still be on its way.
        """
        del asked
        way = f"/v1/videos/{purchase.body['way']}"
        for path in (f"{way}/{quote(token, safe='')}", f"{way}?pageNum=1&pageSize={_LISTED}"):
            try:
                told = _said("GET", path, asked=False)
            except BadRequest:
                continue
            for task in told if isinstance(told, list) else [told]:
                info = task.get("task_info") if isinstance(task, dict) else None
                if isinstance(info, dict) and info.get("external_task_id") == token and task.get("task_id"):
                    return Surely(str(task["task_id"]))
        return None

    def accept(self, purchase: Purchase, file: Path) -> dict[str, Json]:
        """A film."""
        return accept_film(purchase, file)


def _named(told: Any) -> str:
    """The service's own name of a task; raises LookupError for none."""
    if not told["task_id"]:
        raise LookupError
    return str(told["task_id"])


def signed(access: str, secret: str, now: int) -> str:
    """A token that opens the service from a moment before `now` (Unix seconds) for half an hour."""
    claims = {"iss": access, "exp": now + _LIVES, "nbf": now - _EARLIER}
    parts = [json.dumps(part, separators=(",", ":")).encode() for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
    head = b".".join(_in_an_address(part) for part in parts)
    mark = hmac.new(secret.encode(), head, hashlib.sha256).digest()
    return b".".join((head, _in_an_address(mark))).decode()


def _bearer(key: str, now: int) -> str:
    """What opens the service, by a key in one piece or as `ACCESS:SECRET`."""
    access, halved, secret = key.partition(":")
    if halved and not (access and secret):
        raise AuthError("the key of Kling lacks one of its halves", "Write it as `ACCESS:SECRET`.")
    return signed(access, secret, now) if halved else key


def _in_an_address(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _encoded(path: Path) -> str:
    """A picture as the service wants it: text without a head."""
    return base64.b64encode(encoded(path, _LARGEST_PICTURE, _KINDS)[0]).decode()


def _said(method: str, path: str, *, asked: bool, **more: Any) -> Any:
    """What the service answers to one request, sent once; raises errors of the house for everything but success."""
    import httpx

    hush()
    where = secure(entry_of("kling").url, "the address of Kling in `services.yaml`").rstrip("/")
    token = _bearer(key_of("kling"), int(time.time()))
    try:
        with httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=_PATIENCE) as client:
            answer = client.request(method, f"{where}{path}", **more)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise lost("Kling", problem, asked=asked) from None
    try:
        told = answer.json()
        code = int(told["code"])
    except (ValueError, TypeError, LookupError):
        raise _unreadable(answer, token, asked=asked) from None
    if code == 0 and answer.is_success:
        return told.get("data")
    raise _refused(answer, code, str(told.get("message") or "no reason given").replace(token, "[hidden]"), asked=asked)


def _unreadable(answer: httpx.Response, token: str, *, asked: bool) -> HostedError:
    """The error behind an answer that is not in the service's own form."""
    if answer.status_code >= 400:
        said = answer.text.replace(token, "[hidden]")
        return refusal("Kling", answer.status_code, said, asked=asked, after=_after(answer))
    told = f"the answer of Kling cannot be read ({answer.status_code})"
    return OutcomeUnknown(told) if asked else NotReachable(told, _LATER)


def _refused(answer: httpx.Response, code: int, said: str, *, asked: bool) -> HostedError:
    """The error behind the service's own code, which says more than the status."""
    told = f"{shortened(said)} ({code})"
    if code in _CLOCK:
        return AuthError(f"Kling does not accept the time of the token: {told}", "Set this machine's clock.")
    if code in _KEY:
        return AuthError(f"Kling does not let this account in: {told}", "Look at its keys and what they may do.")
    if code in _EMPTY:
        return OutOfCredits(f"Kling's account is empty: {told}", f"Buy units at {entry_of('kling').console}.")
    if asked and code in _REQUEST and _NAMED_TWICE.search(said):
        return OutcomeUnknown(f"Kling has a task of this name already: {told}")
    if code in _REQUEST:
        return BadRequest(f"Kling does not accept the request: {told}", "Change the scene, or its `model:` settings.")
    if code in _STOPPED:
        return Moderated(f"Kling's filter stopped the request: {told}")
    if code in _BUSY:
        return RateLimited(f"Kling has too much to do: {told}", "Wait a while and run again.", _after(answer))
    if 400 <= answer.status_code < 500:
        return refusal("Kling", answer.status_code, said, asked=asked, after=_after(answer))
    fault = f"Kling answered with a fault of its own: {told}"
    return OutcomeUnknown(fault) if asked else NotReachable(fault, _LATER)


def _after(answer: httpx.Response) -> float:
    text = str(answer.headers.get("retry-after", ""))
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0


def _dollars(units: Any) -> Decimal | None:
    """What a task has cost by the units it took, where the table says what one of them costs."""
    credit = entry_of("kling").credit
    try:
        return Decimal(str(units)) * credit if units is not None and credit else None
    except InvalidOperation:
        return None


@contextmanager
def _read(*, asked: bool) -> Iterator[None]:
    """An answer that lacks what it must hold."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as problem:
        told = f"the answer of Kling cannot be read ({type(problem).__name__})"
        raise (OutcomeUnknown(told) if asked else NotReachable(told, _LATER)) from None
