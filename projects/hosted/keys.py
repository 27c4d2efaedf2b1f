"""Keys of services: from the vendor's own environment variable, or the system's keyring, and from nowhere else.

A key is handed to a service's own library and to nothing else; it is never written down or shown.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import find_spec

from projects.extras import pip_install
from projects.hosted.catalogue import service, services
from projects.hosted.errors import AuthError

KEYRING = "workprint"
"""The name under which a keyring holds keys; the user's name in it is the service's."""

_handed: set[str] = set()
"""Keys that a keyring has given to this process."""


def find_key(name: str) -> tuple[str, str]:
    """The key of a service and where it was found (`RUNWAYML_API_SECRET`, `the keyring`); two empty texts for none."""
    for variables in service(name).keys:
        if value := _from_environment(variables):
            return value, variables.replace(":", " and ")
    value = _from_keyring(name)
    if not value:
        return "", ""
    _handed.add(value)
    return value, "the keyring"


def known_keys() -> frozenset[str]:
    """Every key that this process holds or has been given; no keyring is opened for it."""
    variables = {name for entry in services().values() for key in entry.keys for name in key.split(":")}
    return frozenset({*_handed, *(value for name in variables if (value := os.environ.get(name, "").strip()))})


def key_of(name: str) -> str:
    """The key of a service; raises AuthError with the line that sets it, also for what cannot be a key."""
    key, where = find_key(name)
    if not key:
        raise AuthError(*no_key(name))
    if not (key.isascii() and key.isprintable()) or " " in key:
        # It would travel in a header; a library that refuses it there would print it.
        raise AuthError(
            f"the key of {service(name).title} in {where} holds characters that no key has",
            "Copy it anew, on one line and without quotation marks.",
        )
    return key


def no_key(name: str) -> tuple[str, str]:
    """What is said where the key of a service is missing, and what mends it."""
    entry = service(name)
    variables = " or ".join(entry.keys).replace(":", " and ")
    ring = f"run `keyring set {KEYRING} {name}`"
    if find_spec("keyring") is None:
        ring = f"keep it in a keyring (`{pip_install('keyring')}`, then {ring})"
    return (
        f"there is no key for {entry.title}",
        f"Set {variables} in the environment, or {ring}; never write a key into a project.",
    )


def _from_environment(variables: str) -> str:
    """The value of a variable, or of all of `ID:SECRET` with colons between; "" where one of them is not set."""
    values = [os.environ.get(name, "").strip() for name in variables.split(":")]
    return ":".join(values) if all(values) else ""


def _from_keyring(name: str) -> str:
    # A machine without a desktop has a keyring that refuses everything; that is as good as none.
    with suppress(Exception):
        import keyring

        return (keyring.get_password(KEYRING, name) or "").strip()
    return ""
