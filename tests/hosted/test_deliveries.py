"""Deliveries of films with bought scenes: asked before anything is paid for, and bought once for all of them."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from projects.hosted.errors import Declined
from projects.progress import Silent
from render.deliveries.deliver import Wish, deliver, foreseen
from render.orders import Order
from render.production import open_production
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.fakes.server import FakeServer
from workprint.commandline import workprint

FILM = """\
workprint: 1
title: Bought
resolution: 360p
sounds: none
scenes:
  - {id: wood, length: 2s, prompt: A wood at dawn, backend: runway}
  - {id: lake, length: 1s, prompt: A lake}
"""


def written(shop: Shop) -> Path:
    """The film's folder with its storyboard."""
    (shop.folder / "storyboard.yaml").write_text(FILM, encoding="utf-8")
    return shop.folder


def test_nothing_is_bought_unasked(shop: Shop, server: FakeServer) -> None:
    """Without a terminal and without `--yes` the command declines with the price; nothing is asked of the service."""
    folder = written(shop)
    answer = CliRunner().invoke(workprint, ["deliver", "tiktok", "--size", "360", "-j", "1", "--project", str(folder)])
    assert isinstance(answer.exception, Declined)
    assert "would be bought for $" in answer.exception.message
    assert "runway gen4.5" in answer.output
    assert server.heard == []
    assert not (folder / "out" / "deliveries").exists()


def test_a_limit_holds_for_all_deliveries_together(shop: Shop, server: FakeServer) -> None:
    """What two deliveries would cost together may not pass `--max-spend`, though each alone would stay under it."""
    folder = written(shop)
    ahead = foreseen(open_production(folder), ["youtube"], Order(), Wish(short=360))
    (one,) = ahead.purchases
    assert one.money
    words = ["youtube", "poster", "--size", "360", "-j", "1", "--yes", "--project", str(folder)]
    answer = CliRunner().invoke(workprint, ["deliver", *words, "--max-spend", str(one.money / 2)])
    assert isinstance(answer.exception, Declined)
    assert server.heard == []


def test_what_several_deliveries_need_is_on_the_bill_once(shop: Shop, server: FakeServer) -> None:
    """The same clip is bought once, whatever it is delivered as: for other shapes it is cut, as in every render."""
    folder = written(shop)
    ahead = foreseen(open_production(folder), ["youtube", "tiktok", "web", "poster"], Order(), Wish(short=360))
    assert [one.slot for one in ahead.purchases] == ["wood"]
    assert server.heard == []


@pytest.mark.slow
def test_deliveries_use_what_was_bought(shop: Shop, server: FakeServer) -> None:
    """A film that was rendered is delivered upright and previewed without asking the service for anything."""
    folder = written(shop)
    production = open_production(folder)
    production.render(Order(jobs=1, consent=AGREED), Silent(), threading.Event())
    heard = len(server.heard)
    made = list(deliver(production, ["tiktok", "gif", "poster"], Order(jobs=1), Silent(), None, Wish(short=360)))
    assert [one.preset for one in made] == ["tiktok", "gif", "poster"]
    assert (server.paid(), len(server.heard)) == (1, heard)
    plan = foreseen(production, ["tiktok"], replace(Order(), jobs=1), Wish(short=360))
    assert [one.standing for one in plan.purchases] == ["kept"]
