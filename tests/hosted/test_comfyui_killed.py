"""A process that ends at any step of a ComfyUI purchase: the next one finds the job by our own name of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.hosted.comfyui_stage import SERVICE, files_of, lent, purchase_of
from tests.hosted.conftest import Shop
from tests.hosted.crashes import Killed, watched


def test_killed_at_any_step_makes_one_job(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the process had done, one more run brings the clip, and the server has had one job for it."""
    with lent(shop, monkeypatch) as server:
        wish = purchase_of(tmp_path)
        files = files_of(tmp_path)
        with watched(SERVICE) as (service, steps):
            shop.buy(service, wish, money="0", files=files)
        assert len(steps.seen) > 14
        for number, step in enumerate(steps.seen, 1):
            again, before = replace(wish, take=number + 1), server.paid()
            with watched(SERVICE, number) as (service, _), pytest.raises(Killed):
                shop.buy(service, again, money="0", files=files)
            assert shop.shelf.is_whole(shop.buy(SERVICE, again, money="0", files=files)), step
            assert server.paid() - before == 1, step
