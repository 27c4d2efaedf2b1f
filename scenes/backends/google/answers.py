"""What Google's errors mean, from either half of its library, without its addresses and headers.

Knows neither models nor requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from projects.hosted.catalogue import service as entry_of
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
from projects.hosted.replies import lost, refusal, shortened
from scenes.backends.google.access import NAME
from storyboard.errors import WorkprintError

_TITLE = "Google"
_WIRES = frozenset({"httpx", "httpx2", "httpcore", "httpcore2", "requests", "urllib3"})
_FILTERED = re.compile(
    r"(?i)violat|prohibited_?content|responsible ai|usage guidelines|sensitive words|\bblocked\b[^.]*\b(safety|polic)"
    r"|safety (filter|reason|system)|content polic"
)
"""How the filters speak; a code says it only sometimes."""
_NO_MONEY = re.compile(
    r"(?i)prepay|billing (is|has been|account)|billing to be enabled|spend(ing)? (cap|limit)|BILLING_"
)
_DAILY = re.compile(r"(?i)per_?\s?day")
_DELAY = re.compile(r"retryDelay\W+(\d+(?:\.\d+)?)s")
_LATER = "Run again later; nothing is paid twice."


@contextmanager
def told(*, asked: bool) -> Iterator[None]:
    """Errors of both halves of the library as those of the house; `asked` says that a job was being asked for."""
    import google.auth.exceptions as auth
    from google.genai._interactions import APIConnectionError
    from google.genai._interactions.core.error import GeminiNextGenAPIClientError

    try:
        yield
    except WorkprintError:
        raise
    except auth.GoogleAuthError as problem:
        # A token is asked for before anything else, so nothing was asked of the service itself.
        raise _of_credentials(problem, away=isinstance(problem, auth.TransportError)) from None
    except APIConnectionError as problem:
        raise lost(_TITLE, problem, asked=asked) from None
    except Exception as problem:
        if status := status_of(problem):
            raise _refused(status, problem, asked=asked) from None
        if type(problem).__module__.partition(".")[0] in _WIRES:
            raise lost(_TITLE, problem, asked=asked) from None
        if isinstance(problem, (GeminiNextGenAPIClientError, ValueError, LookupError, TypeError, AttributeError)):
            said = f"Google's answer cannot be read ({type(problem).__name__})"
            raise (OutcomeUnknown(said) if asked else NotReachable(said, _LATER)) from None
        raise


@contextmanager
def put_together() -> Iterator[None]:
    """What the library does not let anybody ask for; nothing has been sent then."""
    try:
        yield
    except (ValueError, TypeError) as problem:
        raise BadRequest(
            f"Google's library does not take the request ({type(problem).__name__})", "Look at the scene's `model:`."
        ) from None


def status_of(problem: BaseException) -> int:
    """The HTTP status behind an error of the library that means one, 0 else."""
    from google.genai import errors
    from google.genai._interactions import APIStatusError

    if isinstance(problem, errors.APIError):
        return int(problem.code) if isinstance(problem.code, int) and problem.code >= 400 else 0
    return int(problem.status_code or 0) if isinstance(problem, APIStatusError) else 0


def failure(said: str, *, retryable: bool = True) -> HostedError:
    """What a job that came to nothing means, by what is said of it."""
    if _FILTERED.search(said):
        return Moderated(f"Google's filter stopped the clip: {shortened(said)}", made=True)
    return VendorFailed(f"Google could not make the clip: {shortened(said)}", retryable=retryable)


def _refused(status: int, problem: Any, *, asked: bool) -> HostedError:
    said, whole = _said(problem), str(getattr(problem, "details", None) or getattr(problem, "body", None) or problem)
    console = entry_of(NAME).console
    if status in (400, 403, 429) and _NO_MONEY.search(whole):
        return OutOfCredits(f"Google's account cannot pay: {shortened(said)}", f"Look at its billing at {console}.")
    if status == 429:
        if _DAILY.search(whole):
            return OutOfCredits(f"Google's quota of the day is used up: {shortened(said)}", "Run again tomorrow.")
        return RateLimited(
            f"Google has too much to do: {shortened(said)}", "Wait a while and run again.", _wait(problem, whole)
        )
    if status == 400 and re.search(r"(?i)api[ _]key", whole):
        return AuthError(f"Google does not accept the key: {shortened(said)}", "Look whether the key is whole.")
    if status == 400 and asked and _FILTERED.search(whole):
        return Moderated(f"Google's filter stopped the request: {shortened(said)}")
    return refusal(_TITLE, status, said, asked=asked, console=console)


def _of_credentials(problem: BaseException, *, away: bool) -> HostedError:
    if away or getattr(problem, "retryable", False):
        return NotReachable("Google could not be reached to open the account", _LATER)
    return AuthError(
        f"Google Cloud does not accept the credentials: {shortened(str(problem))}",
        "Run `gcloud auth application-default login` again, or look at the service account.",
    )


def _said(problem: Any) -> str:
    """What an error says to people."""
    body = getattr(problem, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(inner, dict) and inner.get("message"):
        return str(inner["message"])
    return str(getattr(problem, "message", None) or inner or problem)


def _wait(problem: Any, whole: str) -> float:
    """How many seconds Google asks to wait: in a header, or among an error's details."""
    headers = getattr(getattr(problem, "response", None), "headers", None) or {}
    text = str(headers.get("retry-after", ""))
    if text.replace(".", "", 1).isdigit():
        return float(text)
    found = _DELAY.search(whole)
    return float(found[1]) if found else 0.0
