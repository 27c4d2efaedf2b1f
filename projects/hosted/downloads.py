"""Fetching what a service has made, with a bare client that carries no key, into a file that is whole or not there.

Knows no service.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from projects.disk import disk_errors, sync_file
from projects.hosted.discretion import bare, hush
from projects.hosted.errors import BadRequest, HostedError, NotReachable, VendorFailed
from storyboard.errors import InterruptedRender

LARGEST = 2 << 30
"""Bytes of one file that are fetched at most."""
_GONE = (401, 403, 404, 410)
_PATIENCE = 60.0
_CHUNK = 1 << 16
_WHAT = "the file's address"


class Expired(HostedError):
    """The address of what was made is no longer good; the service may give another."""

    refused = False


def secure(url: str, what: str = "the address") -> str:
    """The address itself; raises BadRequest where anybody on the way could read along, or where it is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise BadRequest(f"{what} is not one of the web", "Write https://...") from None
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise BadRequest(f"{what} {bare(url)!r} is not one of the web", "Write https://...")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise BadRequest(
            f"{what} {bare(url)} is not encrypted, and {parts.hostname} is another machine",
            "Use https, or a tunnel that ends on this machine.",
        )
    return url


def is_loopback(host: str) -> bool:
    """Whether a host's name is this machine's own, without asking anybody."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def download(
    url: str,
    out: Path,
    *,
    headers: Mapping[str, str] | None = None,
    most: int = LARGEST,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Bring a file to `out` and give its bytes.

    Raises Expired, VendorFailed for one that is larger than `most` or empty, NotReachable where it could not be
    brought whole, DiskError and InterruptedRender. Nothing is left at `out` then.
    """
    import httpx

    hush()
    first = _origin(secure(url, _WHAT))
    part = out.with_name(f"{out.name}.part")

    def look(request: httpx.Request) -> None:
        """Each hop, before it is made: nobody reads along, and no other host sees the caller's headers."""
        if _origin(secure(str(request.url), _WHAT)) != first:
            for name in headers or {}:
                request.headers.pop(name, None)

    try:
        with (
            httpx.Client(
                follow_redirects=True, timeout=_PATIENCE, trust_env=True, event_hooks={"request": [look]}
            ) as client,
            client.stream("GET", url, headers=dict(headers or {})) as answer,
        ):
            if answer.status_code in _GONE:
                raise Expired(f"the file at {bare(url)} is gone ({answer.status_code})")
            if answer.status_code != httpx.codes.OK:
                raise NotReachable(f"the file at {bare(url)} could not be fetched ({answer.status_code})")
            promised = answer.headers.get("content-length", "")
            if promised.isdigit() and int(promised) > most:
                raise _too_large(most)
            size = _write(answer.iter_bytes(_CHUNK), part, most, cancelled)
            coded = answer.headers.get("content-encoding", "identity") != "identity"
        if promised.isdigit() and not coded and int(promised) != size:
            raise NotReachable(f"only {size} of {promised} bytes of the file came")
        if not size:
            raise VendorFailed("the file that came is empty")
        with disk_errors(out.name):
            sync_file(part)
            part.replace(out)
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as problem:
        raise NotReachable(f"the file could not be fetched: {type(problem).__name__}") from None
    finally:
        part.unlink(missing_ok=True)
    return size


def _write(chunks: Iterable[bytes], part: Path, most: int, cancelled: Callable[[], bool]) -> int:
    size = 0
    with disk_errors(part.name), part.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise _too_large(most)
            if cancelled():
                raise InterruptedRender("stopped while a file was being fetched", "Run again; nothing is paid twice.")
            file.write(chunk)
    return size


def _too_large(most: int) -> VendorFailed:
    return VendorFailed(f"the file is larger than {most >> 20} MiB", retryable=False)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
