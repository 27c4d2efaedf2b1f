"""What ElevenLabs means by its answers: errors of its library as those of the house, without keys and addresses."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from audio.backends.elevenlabs.cast import SERVICE
from projects.hosted.catalogue import service as entry_of
from projects.hosted.errors import HostedError, Moderated, NotReachable, OutcomeUnknown, OutOfCredits
from projects.hosted.replies import lost, refusal, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLE = "ElevenLabs"
_EMPTY = re.compile(r"(?i)quota_exceeded|insufficient_(credits|funds|quota)")
_STOPPED = re.compile(r"(?i)bad_prompt|bad_composition_plan|moderat|content_policy|policy_violation|prohibited|unsafe")
_LATER = "Run again later; nothing is paid twice."


@contextmanager
def told(*, asked: bool) -> Iterator[None]:
    """Whatever the library raises, in the house's words; `asked` says that something was being paid for."""
    import httpx
    from elevenlabs.core.api_error import ApiError
    from elevenlabs.core.parse_error import ParsingError

    try:
        yield
    except ApiError as problem:
        raise _meant(problem, asked) from None
    except httpx.HTTPError as problem:
        raise lost(_TITLE, problem, asked=asked) from None
    except (ParsingError, ValueError, LookupError, TypeError, AttributeError) as problem:
        raise _unreadable(type(problem).__name__, asked) from None


def _meant(problem: Any, asked: bool) -> HostedError:
    status = int(problem.status_code or 0)
    if status < 300:
        return _unreadable(f"status {status}", asked)
    words, said, hint = _said(problem.body)
    if status < 500 and _EMPTY.search(words):
        # A used-up quota is told as a wrong key would be, by 401.
        return OutOfCredits(
            f"{_TITLE}' account has not enough credits: {shortened(said)}",
            f"Buy credits at {entry_of(SERVICE).console}.",
        )
    if status < 500 and status != 429 and _STOPPED.search(words):
        return Moderated(f"{_TITLE} stopped it ({shortened(words)}): {shortened(said)}", hint)
    headers = {str(name).lower(): str(value) for name, value in (problem.headers or {}).items()}
    after = _seconds(headers.get("retry-after", ""))
    return refusal(
        _TITLE, status, f"{words}: {said}".strip(": "), asked=asked, after=after, console=entry_of(SERVICE).console
    )


def _said(body: Any) -> tuple[str, str, str]:
    """The words that programs go by, those for people, and what the service suggests instead."""
    detail = body.get("detail", body) if isinstance(body, dict) else body
    if not isinstance(detail, dict):
        return "", str(detail or ""), ""
    words = " ".join(str(detail[key]) for key in ("status", "code") if detail.get(key))
    data = detail.get("data")
    other = data.get("prompt_suggestion") if isinstance(data, dict) else None
    hint = f"It suggests: {shortened(str(other))}" if other else ""
    return words, str(detail.get("message") or ("" if words else detail)), hint


def _unreadable(what: str, asked: bool) -> HostedError:
    said = f"{_TITLE}' answer cannot be read ({what})"
    return OutcomeUnknown(said) if asked else NotReachable(said, _LATER)


def _seconds(text: str) -> float:
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0
