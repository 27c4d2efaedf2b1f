"""A language model behind an address that speaks OpenAI's form of a talk: a vendor's, or one of your own.

Servers differ in what they hold a reply to; the strictest way that one takes is used, and a looser one is told. The
key comes from the environment or the keyring, goes into one header, and is never sent on to another address.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from projects.extras import pip_install
from projects.hosted.discretion import bare, hush
from projects.hosted.downloads import secure
from projects.hosted.errors import AuthError, BadRequest, NotReachable, RateLimited, VendorFailed
from storyboard.drafting.instructions import Message
from storyboard.errors import MissingError

KEY_VARIABLE = "OPENAI_API_KEY"
KEYRING = "workprint"
LARGEST = 4 << 20
"""Bytes of a reply."""
TRIES = 4
_PATIENCE = 300.0
_LONGEST_WAIT = 30.0


class EndpointWriter:
    """A model at an address such as `https://api.example.com/v1`."""

    def __init__(
        self, address: str, model: str, *, variable: str = KEY_VARIABLE, temperature: float = 0.8, window: int = 12
    ) -> None:
        """Look at the address; raises BadRequest for one that is not encrypted and not on this machine."""
        self._address = secure(address.rstrip("/"), "the endpoint")
        self._model = model
        self._key = _key(variable)
        self._temperature = temperature
        self.window = window

    @property
    def label(self) -> str:
        """The model's name and host."""
        return f"{self._model} at {self.host}"

    @property
    def host(self) -> str:
        """Where the idea is sent."""
        return urlsplit(self._address).hostname or ""

    def write(self, messages: Sequence[Message], form: dict[str, Any], seed: int) -> tuple[str, tuple[str, ...]]:
        """A reply, and a note where the server does not hold it to the form."""
        strict = {"type": "json_schema", "json_schema": {"name": "storyboard", "strict": True, "schema": form}}
        ways: tuple[tuple[dict[str, Any] | None, str], ...] = (
            (strict, ""),
            ({"type": "json_object"}, f"{self.host} does not hold replies to a form; only to JSON"),
            (None, f"{self.host} holds replies to nothing; what was written is repaired"),
        )
        refused: BadRequest | None = None
        for way, note in ways:
            try:
                return self._ask(messages, way, seed), (note,) if note else ()
            except BadRequest as problem:
                refused = refused or problem
        raise refused or BadRequest(f"{self.host} takes no request", "look at the endpoint's own documentation")

    def _ask(self, messages: Sequence[Message], way: dict[str, Any] | None, seed: int) -> str:
        body = {
            "model": self._model,
            "messages": list(messages),
            "temperature": self._temperature,
            "seed": seed,
            **({"response_format": way} if way else {}),
        }
        for attempt in range(TRIES):
            try:
                return _content(self._post(body))
            except (RateLimited, VendorFailed, NotReachable) as problem:
                if attempt == TRIES - 1:
                    raise
                after = getattr(problem, "after", 0.0)
                time.sleep(min(after or 0.5 * 2**attempt, _LONGEST_WAIT))
        raise AssertionError("every try returns or raises")

    def _post(self, body: dict[str, Any]) -> Any:
        try:
            import httpx
        except ImportError as problem:
            raise MissingError("an endpoint needs httpx", f"Run `{pip_install('draft')}`.") from problem
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        hush()
        # A redirect would carry key and idea to somebody else.
        with httpx.Client(timeout=httpx.Timeout(_PATIENCE, connect=20.0), follow_redirects=False) as client:
            try:
                with client.stream("POST", f"{self._address}/chat/completions", json=body, headers=headers) as reply:
                    data = bytearray()
                    for chunk in reply.iter_bytes():
                        data += chunk
                        if len(data) > LARGEST:
                            raise VendorFailed(f"{self.host} sends more than a storyboard can be", "take another model")
                    status, wait = reply.status_code, reply.headers.get("retry-after", "")
            except httpx.HTTPError as problem:
                told = f"{bare(self._address)} cannot be reached: {type(problem).__name__}"
                raise NotReachable(told, "See that the server runs, and that the address is right.") from None
        _check(self.host, status, wait, bytes(data))
        try:
            return json.loads(data)
        except ValueError:
            raise VendorFailed(
                f"{self.host} answers with no JSON", "See that the address ends as the vendor says."
            ) from None


def _check(host: str, status: int, wait: str, data: bytes) -> None:
    """Raise what a status means."""
    if status < 300:
        return
    said = _said(data)
    if status in (401, 403):
        raise AuthError(f"{host} does not take the key{said}", f"Set {KEY_VARIABLE}, or name another with --key-from.")
    if status == 429:
        with suppress(ValueError):
            raise RateLimited(f"{host} asks to wait{said}", "Try again later.", after=float(wait or 0))
        raise RateLimited(f"{host} asks to wait{said}", "Try again later.")
    if status >= 500:
        raise VendorFailed(f"{host} failed ({status}){said}", "Try again later.")
    if status in (301, 302, 303, 307, 308):
        raise VendorFailed(
            f"{host} sends the request on elsewhere", "Name the address that it leads to, if you trust it."
        )
    raise BadRequest(f"{host} refuses the request ({status}){said}", "See that it has a model of that name.")


def _said(data: bytes) -> str:
    """The server's own words, shortened."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        error = json.loads(data)["error"]
        text = error["message"] if isinstance(error, dict) else str(error)
        return f": {' '.join(str(text).split())[:200]}"
    return ""


def _content(answer: Any) -> str:
    """The words of an answer."""
    with suppress(KeyError, IndexError, TypeError):
        content = answer["choices"][0]["message"]["content"]
        if isinstance(content, list):
            content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
        if isinstance(content, str) and content.strip():
            return content
    raise VendorFailed("the model answered nothing", "Try again, or take another model.")


def _key(variable: str) -> str:
    """The key, "" where there is none: a server of one's own needs none."""
    value = os.environ.get(variable, "").strip()
    if not value:
        with suppress(Exception):
            import keyring

            value = (keyring.get_password(KEYRING, "draft") or "").strip()
    if value and (not (value.isascii() and value.isprintable()) or " " in value):
        raise AuthError(f"the key in {variable} holds characters that no key has", "Copy it anew, on one line.")
    return value
