"""A purchase of ElevenLabs that ends at any step: paid at most once, and never paid again unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from audio.backends.elevenlabs import ElevenLabsEffects, ElevenLabsScore, ElevenLabsVoice
from audio.backends.elevenlabs.service import ElevenLabsService
from audio.hosted.effects import MadeEffect
from audio.voice import RATE, VoiceRequest
from projects.hosted.errors import OutcomeUnknown, VendorFailed
from projects.hosted.job import Purchase
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.crashes import Killed, watched
from tests.hosted.elevenlabs_stage import LINE, PLAYED, POST, SCORE, lent
from tests.hosted.fakes.elevenlabs import ElevenLabs as Wire
from tests.hosted.fakes.server import FakeServer, Fault

GIVEN_UP = replace(AGREED, resubmit=frozenset({"wood"}))


@pytest.fixture
def wire(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FakeServer, Wire]]:
    """A loopback ElevenLabs that the table points to, and a key for it."""
    with lent(shop, monkeypatch) as lending:
        yield lending


def line(number: int) -> Purchase:
    """A line of its own."""
    return ElevenLabsVoice().purchase(replace(LINE, text=f"This is line {number}."))


def tune(number: int) -> Purchase:
    """Music of its own."""
    return ElevenLabsScore().purchase(replace(SCORE, samples=4 * RATE, model=(("take", number + 1),)))


def effect(number: int) -> Purchase:
    """An effect of its own."""
    return ElevenLabsEffects().purchase(MadeEffect(f"tram number {number}", 1.0))


@pytest.mark.parametrize(
    ("made", "keeps"),
    [(line, True), pytest.param(line, False, marks=pytest.mark.slow), (tune, True), (effect, True)],
    ids=["a line", "a line without a history", "music", "an effect"],
)
def test_killed_at_any_step_pays_at_most_once(
    shop: Shop, wire: tuple[FakeServer, Wire], made: Callable[[int], Purchase], keeps: bool
) -> None:
    """No run after the killed one pays for a second job until a person gives up the first, even without a history."""
    server, wire[1].keeps = wire[0], keeps
    with watched(ElevenLabsService()) as (service, steps):
        shop.buy(service, made(0))
    assert len(steps.seen) > 14
    for number, step in enumerate(steps.seen, 1):
        wish, before = made(number), server.paid()
        with watched(ElevenLabsService(), number) as (service, _), pytest.raises(Killed):
            shop.buy(service, wish)
        hints = [_hint(shop, wish) for _ in range(2)]
        paid = server.paid() - before
        assert paid <= 1, step
        if any(hints):
            assert all("--resubmit wood" in hint for hint in hints), step
            assert shop.shelf.is_whole(shop.buy(ElevenLabsService(), wish, consent=GIVEN_UP)), step
            assert server.paid() - before == paid + 1


def _hint(shop: Shop, wish: Purchase) -> str:
    """Buy as another run does; what it says to do where it has nothing to show, else ""."""
    try:
        kept = shop.buy(ElevenLabsService(), wish)
    except (OutcomeUnknown, VendorFailed) as problem:
        return problem.hint
    return "" if shop.shelf.is_whole(kept) else "what came is not whole"


def test_music_that_somebody_names_is_never_bought_again_for_it(shop: Shop, wire: tuple[FakeServer, Wire]) -> None:
    """A name out of the service's console brings no music, and does not open the way to another payment."""
    server, _ = wire
    for consent in (replace(AGREED, jobs={"wood": "song-1"}), AGREED, AGREED):
        with pytest.raises(VendorFailed, match="keeps none") as told:
            shop.buy(ElevenLabsService(), PLAYED, consent=consent)
        assert "--resubmit wood" in told.value.hint
    assert server.paid() == 0
    shop.buy(ElevenLabsService(), PLAYED, consent=GIVEN_UP)
    assert server.paid() == 1


@pytest.mark.parametrize("other", [{"take": 2}, {"model": (("stability", 0.9),)}])
def test_another_take_is_never_handed_over_for_a_lost_one(
    shop: Shop, wire: tuple[FakeServer, Wire], other: dict[str, Any]
) -> None:
    """A line whose asking never arrived is not the one that was bought a moment ago with the same words."""
    server, _ = wire
    take, request = other.get("take", 1), VoiceRequest("No.", "en", "George", model=other.get("model", ()))
    shop.buy(ElevenLabsService(), ElevenLabsVoice().purchase(request, take))
    server.faults.append(Fault(POST, drop="before"))
    with pytest.raises(OutcomeUnknown):
        shop.buy(ElevenLabsService(), ElevenLabsVoice().purchase(VoiceRequest("No.", "en", "George")))


@pytest.mark.parametrize("step", ["before ledger", "after ledger", "before accept", "before put", "before receipt"])
def test_music_that_has_come_is_not_lost(shop: Shop, wire: tuple[FakeServer, Wire], step: str) -> None:
    """A process that ends after the answer came leaves it on the shelf: the next run uses it."""
    server, _ = wire
    with watched(ElevenLabsService()) as (service, steps):
        shop.buy(service, tune(0))
    number = steps.seen.index(step, steps.seen.index("after ask")) + 1
    if step == "before receipt":
        number = steps.seen.index(step, steps.seen.index("before put")) + 1
    with watched(ElevenLabsService(), number) as (service, _), pytest.raises(Killed):
        shop.buy(service, tune(1))
    assert shop.shelf.is_whole(shop.buy(ElevenLabsService(), tune(1)))
    assert server.paid() == 2
