"""What a service's answer means, by its status, for services that say it in the usual way.

Each adapter looks first at what its own service says in words. Knows no service.
"""

from __future__ import annotations

from projects.hosted.discretion import redacted
from projects.hosted.errors import (
    AuthError,
    BadRequest,
    HostedError,
    NotReachable,
    OutcomeUnknown,
    OutOfCredits,
    RateLimited,
)

_LONGEST = 400
_AGAIN = "Look whether this machine is online, and run again; nothing is paid twice."
_NEVER_SENT = frozenset(
    {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "LocalProtocolError", "InvalidURL"}
)
"""Errors of HTTP libraries, by name, with which nothing has left this machine."""


def refusal(title: str, status: int, said: str, *, asked: bool, after: float = 0.0, console: str = "") -> HostedError:
    """The error behind a status; `asked` says that a job was being asked for.

    A 5xx says nothing of whether the job was taken on, and so its outcome is unknown.
    """
    told = shortened(said)
    if status == 401:
        return AuthError(
            f"{title} does not accept the key: {told}", "Look whether the key is whole and of this account."
        )
    if status == 402:
        return OutOfCredits(f"{title} wants to be paid: {told}", f"Add credits{f' at {console}' if console else ''}.")
    if status == 403:
        return AuthError(f"{title} does not allow this: {told}", "Look what this key may do.")
    if status == 429:
        return RateLimited(f"{title} has too much to do: {told}", "Wait a while and run again.", after)
    if status < 500:
        return BadRequest(f"{title} does not accept the request: {told}", "Change the scene, or its `model:` settings.")
    if asked:
        return OutcomeUnknown(f"{title} answered with a fault of its own ({status}): {told}")
    return NotReachable(f"{title} has a fault of its own ({status}): {told}", "Run again later; nothing is paid twice.")


def lost(title: str, problem: BaseException, *, asked: bool) -> HostedError:
    """The error behind a connection that failed; one that was never made has asked for nothing."""
    link: BaseException | None = problem
    while link is not None:
        if type(link).__name__ in _NEVER_SENT:
            return NotReachable(f"{title} could not be reached: {shortened(str(link)) or type(link).__name__}", _AGAIN)
        # Only what an error says of its own cause: a library that tried two hosts may have been heard by the second.
        link = link.__cause__
    told = f"the connection to {title} broke ({type(problem).__name__})"
    return OutcomeUnknown(told) if asked else NotReachable(told, _AGAIN)


def shortened(said: str) -> str:
    """What a service said, on one line, of a length for people, without secrets."""
    line = " ".join(redacted(said).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
