"""Keeping keys and signed addresses out of logs, ledgers and errors, whatever a service's library likes to print.

Knows what keys there are, and no service's ways.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

from projects.hosted.keys import known_keys
from storyboard.errors import WorkprintError

TALKATIVE = (
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "urllib3",
    "websockets",
    "asyncio",
    "google",
    "google_genai",
    "runwayml",
    "fal_client",
    "elevenlabs",
    "keyring",
)
"""Loggers of libraries that write addresses, headers or whole requests."""

_ADDRESS = re.compile(r"(https?://[^\s\"'<>\\?]+)\?[^\s\"'<>\\]+")
_BEARER = re.compile(r"(?i)\b(bearer|basic|key)\s+(?=[\w.~+/=:-]*\d)[\w.~+/=:-]{8,}")
"""A header's secret; what holds no digit is a word of a sentence."""
_PASSWORD = re.compile(r"(?i)(https?://)[^\s/?#@\"'<>]+@")
_HIDDEN = "[hidden]"
_SHORTEST = 6
"""Characters below which a key is not looked for: it would be found in ordinary words."""


def hush() -> None:
    """Let libraries speak only of warnings, and even these without secrets."""
    shy = _Discreet()
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
        if not any(isinstance(one, _Discreet) for one in logger.filters):
            logger.addFilter(shy)
    # A record of a logger below one of these meets only the handlers' filters.
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, _Discreet) for one in handler.filters):
            handler.addFilter(shy)


def redacted(text: str, secrets: Iterable[str] | None = None) -> str:
    """A text without keys, tokens and the signed part of addresses; `secrets` are the keys at hand if left out."""
    for secret in _secrets() if secrets is None else secrets:
        for part in sorted({secret, *secret.split(":")}, key=len, reverse=True):
            if len(part) >= _SHORTEST:
                text = text.replace(part, _HIDDEN)
    addresses = _PASSWORD.sub(r"\1", _ADDRESS.sub(r"\1?" + _HIDDEN, text))
    return _BEARER.sub(rf"\1 {_HIDDEN}", addresses)


def bare(url: str) -> str:
    """An address without the part that opens it."""
    try:
        scheme, netloc, path, _, _ = urlsplit(url)
    except ValueError:
        return _HIDDEN
    return urlunsplit((scheme, netloc.rpartition("@")[2], path, "", ""))


def _secrets() -> list[str]:
    # A table that cannot be read must not stop what is being said.
    with suppress(WorkprintError):
        return sorted(known_keys(), key=len, reverse=True)
    return []


class _Discreet(logging.Filter):
    """Lets every record pass, without its secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's text; what cannot be put into words is not shown."""
        try:
            told = record.getMessage()
        except Exception:  # noqa: BLE001  # a library's broken message must not stop a job
            told = _HIDDEN
        record.msg, record.args = redacted(told), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
        record.exc_info = None
        record.exc_text = redacted(record.exc_text) if record.exc_text else None
        record.stack_info = redacted(record.stack_info) if record.stack_info else None
        return True
