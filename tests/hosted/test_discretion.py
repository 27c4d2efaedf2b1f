"""Discretion: no key, no token and no signed address in texts and logs, and nothing else of them lost."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from projects.hosted.discretion import TALKATIVE, bare, hush, redacted
from projects.hosted.errors import BadRequest
from projects.hosted.replies import shortened
from tests.hosted.conftest import Shop

KEY = "key-runway-0123456789abcdef"


@pytest.fixture(autouse=True)
def _key(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)


@pytest.fixture
def heard() -> Iterator[StringIO]:
    """Everything that reaches the root logger at DEBUG."""
    said, root = StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(said), root.level
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    hush()
    yield said
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GET https://a.example/b.mp4?sig=abc&x=1 200", "GET https://a.example/b.mp4?[hidden] 200"),
        ("'http://a.example/?_jwt=abc', next", "'http://a.example/?[hidden]', next"),
        ("https://a.example/b#c", "https://a.example/b#c"),
        ("https://user:secret1@a.example/b", "https://a.example/b"),
        ("is it true? yes", "is it true? yes"),
        (f"you sent {KEY}.", "you sent [hidden]."),
        ("Authorization: Bearer abc.DEF-123~4", "Authorization: Bearer [hidden]"),
        ("authorization: Key 0123:4567", "authorization: Key [hidden]"),
        ("the key provided is not accepted", "the key provided is not accepted"),
        ("", ""),
    ],
)
def test_texts(text: str, shown: str) -> None:
    """What opens something is hidden; words of a sentence are not."""
    assert redacted(text) == shown


def test_both_halves_of_a_key() -> None:
    """Of an id and a secret in one key each is hidden, the whole first; a short half would be found everywhere."""
    told = redacted("id-123456 and secret-123456789 and id-123456:secret-123456789", ["id-123456:secret-123456789"])
    assert told == "[hidden] and [hidden] and [hidden]"
    assert redacted("abc abcdefg", ["abc:abcdefg"]) == "abc [hidden]"


def test_a_key_that_holds_another() -> None:
    """The longer one goes whole."""
    assert redacted("secret-abc-def", ["secret-abc", "secret-abc-def"]).count("[hidden]") == 1


def test_an_address_without_what_opens_it() -> None:
    """Query, fragment and password are left out; what is no address is not shown."""
    assert bare("https://me:word@a.example:8443/b/c.mp4?sig=1#d") == "https://a.example:8443/b/c.mp4"
    assert bare("http://[broken?sig=1") == "[hidden]"


def test_what_a_service_said_is_short_and_on_one_line() -> None:
    """Errors carry it without secrets."""
    told = shortened(f"no\n\n  {KEY}\t" + "a" * 900)
    assert told.startswith("no [hidden] aaa")
    assert (len(told), told[-1]) == (400, "…")


def test_libraries_that_talk(heard: StringIO) -> None:
    """Below warnings they are not heard; warnings come without secrets, from loggers below theirs too."""
    for name in (*TALKATIVE, "httpcore.http11", "runwayml._base_client"):
        logger = logging.getLogger(name)
        logger.debug("whole request")
        logger.info("https://a.example/?sig=%s", "abc")
        logger.warning("key %s at https://a.example/?sig=abc", KEY)
    told = heard.getvalue()
    assert "whole request" not in told
    assert "abc" not in told.replace("abcdef", "")
    assert KEY not in told
    assert told.count("https://a.example/?[hidden]") == len(TALKATIVE) + 2


def test_anybody_s_record_is_without_secrets(heard: StringIO) -> None:
    """A handler that was there before hides them whoever writes."""
    logging.getLogger("somebody").info("with %s", KEY)
    assert "with [hidden]" in heard.getvalue()


def test_a_traceback_stays_and_its_secrets_do_not(heard: StringIO) -> None:
    """Where something went wrong is still seen."""
    try:
        raise BadRequest(f"no: {KEY} https://a.example/?sig=abc")
    except BadRequest:
        logging.getLogger("somebody").exception("it failed")
    told = heard.getvalue()
    assert "BadRequest: no: [hidden] https://a.example/?[hidden]" in told
    assert "test_discretion.py" in told
    assert KEY not in told


def test_a_broken_record_stops_nobody(heard: StringIO) -> None:
    """What cannot be put into words is hidden whole."""
    logging.getLogger("somebody").info("%d", KEY)
    assert "[hidden]" in heard.getvalue()


def test_a_table_that_cannot_be_read_stops_nobody(heard: StringIO, shop: Shop) -> None:
    """A record is written though the user's table is broken meanwhile."""
    shop.write_services("services: {runway: 5}\n")
    logging.getLogger("somebody").info("https://a.example/?sig=abc")
    assert "https://a.example/?[hidden]" in heard.getvalue()


def test_hushing_twice_is_hushing_once(heard: StringIO) -> None:
    """Filters do not pile up."""
    hush()
    hush()
    assert all(len(logging.getLogger(name).filters) <= 1 for name in TALKATIVE)
