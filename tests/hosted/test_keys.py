"""Keys: from the environment first, then a keyring, never from anywhere else, and never shown."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from projects.hosted import keys
from projects.hosted.errors import AuthError
from projects.hosted.keys import find_key, key_of, known_keys, no_key
from tests.hosted.conftest import Shop

VARIABLE = "RUNWAYML_API_SECRET"


class Ring(KeyringBackend):
    """A keyring in memory that remembers who asked for what."""

    priority = 1.0

    def __init__(self) -> None:
        """Begin without keys."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}
        self.asked: list[tuple[str, str]] = []
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        """What is held."""
        self.asked.append((service, username))
        if self.locked:
            raise KeyringLocked("the ring is locked")
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Hold it."""
        self.held[service, username] = password


@pytest.fixture
def ring(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """The only keyring of this test; no key is in the environment."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(keys, "_handed", set())
    before, mine = keyring.get_keyring(), Ring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def test_the_environment_comes_first(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    """The vendor's own variable wins, trimmed; no keyring is opened for it."""
    ring.held["workprint", "runway"] = "from-the-ring"
    monkeypatch.setenv(VARIABLE, "  from-the-environment\n")
    assert find_key("runway") == ("from-the-environment", VARIABLE)
    assert key_of("runway") == "from-the-environment"
    assert ring.asked == []


def test_a_keyring_serves_where_the_environment_has_none(ring: Ring) -> None:
    """It is asked by the service's name alone."""
    ring.held["workprint", "runway"] = "from-the-ring"
    assert find_key("runway") == ("from-the-ring", "the keyring")
    assert ring.asked == [("workprint", "runway")]


def test_an_empty_variable_is_none(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks are no key."""
    monkeypatch.setenv(VARIABLE, "  ")
    assert find_key("runway") == ("", "")


def test_the_first_variable_that_is_set(ring: Ring, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a service has several, their order counts."""
    shop.write_services("services: {mill: {title: The Mill, keys: [MILL_KEY, OLD_MILL_KEY]}}\n")
    monkeypatch.setenv("OLD_MILL_KEY", "second")
    assert find_key("mill") == ("second", "OLD_MILL_KEY")
    monkeypatch.setenv("MILL_KEY", "first")
    assert find_key("mill") == ("first", "MILL_KEY")


def test_a_key_in_two_halves(ring: Ring, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two variables together are one key; one of them alone is none, and is hidden all the same."""
    shop.write_services("services: {mill: {title: The Mill, keys: [MILL_KEY, 'MILL_ID:MILL_SECRET']}}\n")
    monkeypatch.setenv("MILL_SECRET", "second half")
    assert find_key("mill") == ("", "")
    assert "second half" in known_keys()
    monkeypatch.setenv("MILL_ID", " first half ")
    assert find_key("mill") == ("first half:second half", "MILL_ID and MILL_SECRET")
    assert {"first half", "second half"} <= known_keys()
    monkeypatch.setenv("MILL_KEY", "whole")
    assert find_key("mill") == ("whole", "MILL_KEY")


def test_the_remedy_names_both_halves(ring: Ring, shop: Shop) -> None:
    """Whoever has no key reads which variables belong together."""
    shop.write_services("services: {mill: {title: The Mill, keys: [MILL_KEY, 'MILL_ID:MILL_SECRET']}}\n")
    assert "Set MILL_KEY or MILL_ID and MILL_SECRET in the environment" in no_key("mill")[1]


def test_no_key_anywhere(ring: Ring) -> None:
    """The error names the variable and the keyring's command."""
    with pytest.raises(AuthError) as told:
        key_of("runway")
    assert (told.value.message, told.value.hint) == no_key("runway")
    assert VARIABLE in told.value.hint
    assert "keyring set workprint runway" in told.value.hint


def test_a_keyring_that_refuses(ring: Ring) -> None:
    """A locked ring is as good as none."""
    ring.locked = True
    assert find_key("runway") == ("", "")


def test_no_keyring_installed(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one needed."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert find_key("runway") == ("", "")


@pytest.mark.parametrize("key", ["key-one\nkey-two", "ключ-от-дома", "secret-1 secret-2", '"key-runway"\x07'])
def test_what_cannot_be_a_key(ring: Ring, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """It is refused before a library prints it: a header with it would be, and nothing of it is shown."""
    monkeypatch.setenv(VARIABLE, key)
    with pytest.raises(AuthError, match="characters that no key has") as told:
        key_of("runway")
    printed = "".join(traceback.format_exception(told.value))
    assert not any(part in printed for part in key.split())


def test_known_keys_open_no_keyring(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are hidden in texts are those at hand: of the environment, and those that a ring has given already."""
    ring.held["workprint", "runway"] = "from-the-ring"
    assert "from-the-ring" not in known_keys()
    assert ring.asked == []
    key_of("runway")
    monkeypatch.setenv(VARIABLE, "from-the-environment")
    assert {"from-the-ring", "from-the-environment"} <= known_keys()
    assert len(ring.asked) == 1
