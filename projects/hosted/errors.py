"""What can go wrong at a hosted service, in one vocabulary for all of them, each with what to do next.

What matters most is whether the service has taken the job on. Knows no service.
"""

from __future__ import annotations

from decimal import Decimal

from storyboard.errors import RenderError


class HostedError(RenderError):
    """A service did not do what was asked of it.

    `refused` says that it surely did not take the job on, so that nothing is to be paid and asking again is safe.
    """

    refused = True
    kind = "failed"
    cost: Decimal | None = None
    """What it has cost all the same, in US dollars, where the service told."""


class BadRequest(HostedError):
    """The service does not understand or allow the request as it stands."""

    kind = "bad request"


class AuthError(HostedError):
    """The key is missing, wrong, or may not do this."""

    kind = "auth"


class OutOfCredits(HostedError):
    """The account has nothing left to pay with, or its quota is used up."""

    kind = "out of credits"


class RateLimited(HostedError):
    """Too many requests or jobs at once; the service said no before it took the job on."""

    kind = "rate limited"

    def __init__(self, message: str, hint: str = "", after: float = 0.0) -> None:
        """Keep how many seconds the service asks to wait, 0 where it does not say."""
        super().__init__(message, hint)
        self.after = after


class Moderated(HostedError):
    """The service's filter stopped the job: on what was asked, or on what was made."""

    kind = "moderated"

    def __init__(self, message: str, hint: str = "", *, made: bool = False) -> None:
        """`made` says that it happened after the job was taken on."""
        super().__init__(
            message, hint or "Change the prompt or the pictures of the scene; the same request would be stopped again."
        )
        self.refused = not made


class VendorFailed(HostedError):
    """The service took the job on and could not do it, or lost it; `retryable` says that another job may succeed."""

    kind = "vendor failed"
    refused = False

    def __init__(self, message: str, hint: str = "", *, retryable: bool = True) -> None:
        """Tell what to do next, unless the caller does."""
        again = "Run the same command again: it asks before a new job is paid for."
        super().__init__(message, hint or (again if retryable else "Change the scene, or choose another model."))
        self.retryable = retryable


class OutcomeUnknown(HostedError):
    """Nobody knows whether the service took the job on: the answer was lost."""

    kind = "unknown"
    refused = False


class NotReachable(HostedError):
    """The service could not be reached, so that nothing was asked of it."""

    kind = "not reachable"


class Declined(HostedError):
    """The house itself does not buy: nobody agreed, a limit would be passed, or a price is not known."""

    kind = "declined"
