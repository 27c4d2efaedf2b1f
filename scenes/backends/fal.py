"""fal: Pika, Kling, Hailuo, Veo and others through one queue.

Spoken to through its own library, whose repeated requests are switched off: they would be paid for twice. How each
family of apps wants to be asked stands in `fal_apps`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from projects.hosted.catalogue import service as entry_of
from projects.hosted.discretion import hush
from projects.hosted.downloads import download, secure
from projects.hosted.errors import HostedError, Moderated, NotReachable, OutcomeUnknown, OutOfCredits, VendorFailed
from projects.hosted.job import Pending, Purchase, Ready, Surely, Taken
from projects.hosted.keys import key_of
from projects.hosted.replies import lost, refusal, shortened
from projects.steps import Json
from scenes.backends.fal_apps import request
from scenes.hosted.asking import Wish
from scenes.hosted.clips import HostedClips
from scenes.hosted.films import accept_film
from scenes.hosted.pictures import data_uri

_LOOK_EVERY = 3.0
_LARGEST_PICTURE, _LARGEST_REQUEST = 5_000_000, 12_000_000
"""Characters of a picture inside a request, and of all of them."""
_ONCE = {"x-fal-no-retry": "1"}
"""The service, too, would try a job again by itself."""
_FILTERED = ("content_policy_violation", "content policy")
_NOTHING_LEFT = ("exhausted balance", "insufficient balance", "user is locked", "account is locked")
_LATER = "Run again later; nothing is paid twice."

_alone = threading.Lock()
"""Held while the library's own variables are others than it knows."""


class Fal(HostedClips):
    """Clips of fal."""

    name = "fal"
    summary = "fal: Pika, and Kling, Hailuo, Veo and others through one account"
    library = "fal_client"

    def body(self, asked: Wish) -> Mapping[str, Json]:
        """The app, what its pictures are called, and its arguments but for pictures."""
        return request(asked)

    def service(self) -> FalService:
        """The service."""
        return FalService()


class FalService:
    """fal's queue, through its library."""

    def ask(self, purchase: Purchase, files: Mapping[str, Path], folder: Path, token: str) -> Taken:
        """One post to the queue; its answer names the request."""
        del folder, token
        arguments = {**purchase.body["input"], **_pictures(purchase.body["pictures"], files)}
        with _told(asked=True), _client() as client:
            return Taken(str(client.submit(purchase.body["app"], arguments, headers=_ONCE).request_id))

    def look(self, purchase: Purchase, job: str) -> Pending | Ready:
        """The request as it stands; the result says more of a failure than the status does."""
        import fal_client

        with _told(asked=False), _client() as client:
            handle = client.get_handle(purchase.body["app"], quote(job, safe=""))
            status = handle.status()
            if not isinstance(status, fal_client.Completed):
                return Pending(after=_LOOK_EVERY)
            answer = handle.client.get(handle.response_url)
            if answer.status_code == 202:
                return Pending(after=_LOOK_EVERY)
            if answer.is_success:
                return _of_result(answer.json(), status.error)
            raise _failure(answer, status.error, status.error_type)

    def fetch(self, purchase: Purchase, job: str, ready: Ready, out: Path) -> None:
        """A plain download, without the key."""
        del purchase, job
        download(ready.url, out)

    def find(self, purchase: Purchase, token: str, asked: str) -> Surely | None:
        """Never for sure: the queue lets nobody name a request or list what was asked."""
        del purchase, token, asked
        return None

    def accept(self, purchase: Purchase, file: Path) -> dict[str, Json]:
        """A film."""
        return accept_film(purchase, file)


@contextmanager
def _client() -> Iterator[Any]:
    """The library's client, for one caller at a time: one attempt for each request, at the table's address."""
    import fal_client
    from fal_client import client as library

    hush()
    key, own = key_of("fal"), entry_of("fal")
    where = f"{secure(own.url, 'the address of fal in `services.yaml`').rstrip('/')}/" if own.url else ""
    with _alone:
        before = library.MAX_ATTEMPTS, library.QUEUE_URL_FORMAT
        client: Any = fal_client.SyncClient(key=key)
        try:
            library.MAX_ATTEMPTS, library.QUEUE_URL_FORMAT = 1, where or library.QUEUE_URL_FORMAT
            yield client
        finally:
            library.MAX_ATTEMPTS, library.QUEUE_URL_FORMAT = before
            client._client.close()  # noqa: SLF001  # it has no way of its own to let go of its connections


def _pictures(names: Mapping[str, str], files: Mapping[str, Path]) -> dict[str, Json]:
    """Pictures by the arguments that they go into, in the order of time; one whose name ends in `s` takes many."""
    most = min(_LARGEST_PICTURE, _LARGEST_REQUEST // max(1, len(files)))
    said: dict[str, Json] = {}
    for place in sorted(files, key=_order):
        name, uri = names[place.partition("-")[0]], data_uri(files[place], most)
        if name.endswith("s"):
            said.setdefault(name, []).append(uri)
        else:
            said[name] = uri
    return said


def _order(place: str) -> tuple[int, int]:
    """`first`, `middle-1` ..., `last`, `reference-1` ..."""
    kind, _, number = place.partition("-")
    return ("first", "middle", "last", "reference").index(kind), int(number or 0)


def _of_result(result: Any, error: str | None) -> Ready:
    """Where the clip lies, by the result of an app."""
    video = result.get("video") or next(iter(result.get("videos") or []), None) or {}
    if not video.get("url"):
        raise VendorFailed(f"fal calls the request done and names no film{f': {shortened(error)}' if error else ''}")
    return Ready(str(video["url"]))


def _failure(answer: Any, error: str | None, kind: str | None) -> HostedError:
    """What the result of a request that came to nothing means; a fault that is not the app's says nothing of it."""
    status, said, kinds = int(answer.status_code), *_details(answer)
    told = shortened(said or error or "no reason given")
    if _is_filtered(said, kinds) or _is_filtered(error or "", [kind or ""]):
        return Moderated(f"fal's filter stopped the clip: {told}", made=True)
    if status in (400, 422):
        return VendorFailed(f"fal could not make the clip from this request: {told}", retryable=False)
    if status >= 500 and (kinds or kind or error):
        problem = VendorFailed(f"fal could not make the clip ({(kinds or [kind or 'failed'])[0]}): {told}")
        # Their own faults are never charged; what a runner has spent on a faulty request may be.
        problem.cost = Decimal(0)
        return problem
    return _refused(answer, said, asked=False)


def _refused(answer: Any, said: str, *, asked: bool) -> HostedError:
    """The error behind an answer of the queue itself."""
    own, status = entry_of("fal"), int(answer.status_code)
    if status in (402, 403) and any(word in said.lower() for word in _NOTHING_LEFT):
        return OutOfCredits(f"the account of fal has nothing left: {shortened(said)}", f"Add credits at {own.console}.")
    if status == 408 and asked:
        return OutcomeUnknown(f"fal gave up waiting for the request: {shortened(said)}")
    after = answer.headers.get("retry-after", "")
    seconds = float(after) if after.replace(".", "", 1).isdigit() else 0.0
    return refusal("fal", status, said, asked=asked, after=seconds, console=own.console)


def _details(answer: Any) -> tuple[str, list[str]]:
    """What an answer says in words, and of which kinds its faults are."""
    try:
        body = answer.json()
    except ValueError:
        return str(answer.text), []
    detail = body.get("detail", body) if isinstance(body, dict) else body
    faults = [one for one in detail if isinstance(one, dict)] if isinstance(detail, list) else []
    kinds = [str(one["type"]) for one in faults if one.get("type")]
    if isinstance(body, dict) and body.get("error_type"):
        kinds.append(str(body["error_type"]))
    return "; ".join(str(one.get("msg", one)) for one in faults) or str(detail), kinds


def _is_filtered(said: str, kinds: list[str]) -> bool:
    return any(word in text.lower() for word in _FILTERED for text in (said, *kinds))


@contextmanager
def _told(*, asked: bool) -> Iterator[None]:
    """Errors of the library as those of the house, without its addresses and headers."""
    import fal_client
    import httpx

    try:
        yield
    except fal_client.FalClientHTTPError as problem:
        said, kinds = _details(problem.response)
        if _is_filtered(said, kinds):
            raise Moderated(f"fal's filter stopped the request: {shortened(said)}") from None
        raise _refused(problem.response, said, asked=asked) from None
    except httpx.HTTPError as problem:
        # The library asks another host where it cannot reach the first; only the last failure tells what was sent.
        problem.__cause__ = problem.__context__ = None
        raise lost("fal", problem, asked=asked) from None
    except (ValueError, LookupError, TypeError, AttributeError, RuntimeError) as problem:
        told = f"the answer of fal cannot be read ({type(problem).__name__})"
        raise (OutcomeUnknown(told) if asked else NotReachable(told, _LATER)) from None
