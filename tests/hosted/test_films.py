"""Films with scenes from hosted services: planned, bought once, cut for every shape, changed, made again for free."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from projects.hosted.job import Consent
from projects.progress import Silent
from render.orders import Delivery, FilmPlan, Order
from render.production import open_production
from scenes.media import probe
from storyboard.errors import RenderError
from tests.hosted.conftest import AGREED, Shop
from tests.hosted.fakes.server import FakeServer

FILM = """\
workprint: 1
title: Bought
resolution: 180p
cuts: ["16:9", "9:16"]
sounds: none
scenes:
  - {id: wood, length: 2s, prompt: A wood at dawn, backend: runway}
  - {id: lake, length: 1s, prompt: A lake}
"""


def written(shop: Shop, text: str = FILM) -> Path:
    """The film's folder with this storyboard."""
    (shop.folder / "storyboard.yaml").write_text(text, encoding="utf-8")
    return shop.folder


def planned(shop: Shop, order: Order | None = None) -> FilmPlan:
    """The plan of the film as it stands."""
    return open_production(shop.folder).plan(order or Order())


def made(shop: Shop, consent: Consent | None = None, **more: object) -> Delivery:
    """The film, rendered by one worker."""
    order = replace(Order(jobs=1, consent=consent or Consent()), **more)  # type: ignore[arg-type]
    return open_production(shop.folder).render(order, Silent(), threading.Event())


def test_the_plan_tells_what_will_be_paid(shop: Shop, server: FakeServer) -> None:
    """Price by scene and in all, exact where the length is known, its date, the quota, and what is cheaper."""
    shop.write_services(
        f"services: {{runway: {{url: '{server.url}', quotas: [{{limit: 50, unit: clips, period: month}}]}}}}\n"
    )
    written(shop)
    plan = planned(shop)
    (bought,) = plan.purchases
    assert (bought.slot, bought.title, bought.standing, bought.exact) == ("wood", "runway gen4.5", "new", True)
    assert bought.money == plan.money == plan.scenes[0].money > 0
    assert all(cost < bought.money for _, cost in bought.cheaper)
    (quota,) = plan.quotas
    assert (quota.told, quota.used, quota.left) == ("50 clips a month", 0, 50)
    assert server.heard == []


def test_nothing_is_bought_unasked(shop: Shop, server: FakeServer) -> None:
    """Without consent the scene fails with what it would have cost; nothing is asked of the service."""
    written(shop)
    with pytest.raises(RenderError, match=r"would be bought from runway for about \$0\.\d\d"):
        made(shop)
    assert server.heard == []


def test_bought_once_for_all_shapes_and_all_days(shop: Shop, server: FakeServer) -> None:
    """One job serves both cuts; made again, whole or by single scenes or as a draft, nothing is asked for."""
    written(shop)
    films = made(shop, AGREED).films
    assert [probe(film.path).frames for film in films] == [72, 72]
    assert all(film.report["passed"] for film in films)
    heard = len(server.heard)
    assert made(shop).made == ()
    made(shop, scenes=("wood",))
    made(shop, draft=True)
    assert planned(shop).spent == pytest.approx(0.55)
    assert (server.paid(), len(server.heard)) == (1, heard)


def test_thrown_away_caches_cost_nothing(shop: Shop, server: FakeServer) -> None:
    """What the house keeps for itself may be deleted: bought clips lie elsewhere."""
    import shutil

    written(shop)
    made(shop, AGREED)
    shutil.rmtree(shop.folder / ".workprint")
    made(shop)
    assert server.paid() == 1


def test_no_key_and_no_network_are_needed_for_what_is_bought(
    shop: Shop, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film whose clips are bought is made again anywhere."""
    import shutil

    written(shop)
    made(shop, AGREED)
    shutil.rmtree(shop.folder / ".workprint")
    server.close()
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    assert made(shop).films
    assert planned(shop).scenes[0].state == "current"


def test_a_changed_scene_keeps_its_clip(shop: Shop, server: FakeServer) -> None:
    """It is stale and told so; bought again only when asked for; undone, it is current and free."""
    written(shop)
    made(shop, AGREED)
    written(shop, FILM.replace("A wood at dawn", "A dark wood"))
    plan = planned(shop)
    assert (plan.scenes[0].state, plan.purchases[0].standing) == ("stale", "stale")
    assert "promptText" in plan.scenes[0].why
    delivered = made(shop, AGREED)
    assert any("--buy-again wood" in note for note in delivered.notes)
    assert server.paid() == 1
    made(shop, replace(AGREED, run="another", again=frozenset({"wood"})))
    assert (server.paid(), planned(shop).scenes[0].state) == (2, "current")
    written(shop)
    assert planned(shop).scenes[0].state == "current"
    assert made(shop).films
    assert server.paid() == 2


def test_what_is_done_to_a_clip_is_not_asked_of_the_service(shop: Shop, server: FakeServer) -> None:
    """A grade, another crop, a title, another resolution: the clip is cut anew, and nothing is bought."""
    written(shop)
    made(shop, AGREED)
    changed = FILM.replace("backend: runway", "backend: runway, post: {grade: noir}, focus: [0.2, 0.5]")
    written(shop, changed.replace("180p", "240p"))
    assert made(shop).made
    assert server.paid() == 1


def test_another_take_is_bought_and_the_first_one_kept(shop: Shop, server: FakeServer) -> None:
    """`retake` asks for money, `use` goes back for free."""
    written(shop)
    made(shop, AGREED)
    production = open_production(shop.folder)
    production.retake("wood")
    assert planned(shop).purchases[0].standing == "new"
    made(shop, replace(AGREED, run="another"))
    assert server.paid() == 2
    open_production(shop.folder).use("wood", 1)
    made(shop)
    assert server.paid() == 2


def test_a_draft_buys_nothing(shop: Shop, server: FakeServer) -> None:
    """What is not bought yet is painted in a draft, and that is said."""
    written(shop)
    delivered = made(shop, draft=True)
    assert any("not bought from runway yet" in note for note in delivered.notes)
    assert server.heard == []


def test_a_short_clip_is_held(shop: Shop, server: FakeServer) -> None:
    """A clip that comes shorter than ordered is paid for, so it is shown, and its last picture held."""
    server.outcomes.append("short")
    written(shop)
    delivered = made(shop, AGREED)
    assert any("1.00 s shorter than the scene" in note for note in delivered.notes)
    assert [probe(film.path).frames for film in delivered.films] == [72, 72]


def test_a_clip_of_another_size_is_fitted(shop: Shop, server: FakeServer) -> None:
    """A clip that comes in another size than ordered is scaled to the film."""
    server.outcomes.append("narrow")
    written(shop)
    assert all(film.report["passed"] for film in made(shop, AGREED).films)


def test_what_cannot_be_bought_blocks_before_anybody_pays(shop: Shop, server: FakeServer) -> None:
    """A scene that is too long for the model, or a missing key, stands in the plan with its remedy."""
    written(shop, FILM.replace("length: 2s", "length: 20s"))
    assert "at most 10 s" in planned(shop).scenes[0].why
    assert planned(shop).scenes[0].state == "blocked"


def test_a_missing_key_blocks_only_what_is_to_be_bought(
    shop: Shop, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan names the variable."""
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    written(shop)
    assert "RUNWAYML_API_SECRET" in planned(shop).scenes[0].why


def test_a_key_in_the_project_stops_everything(shop: Shop, server: FakeServer) -> None:
    """Nobody spends by a key that is given away with the film."""
    written(shop)
    (shop.folder / "notes.md").write_text("the key is key-runway-0123456789abcdef\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"notes\.md"):
        planned(shop)


def test_the_film_s_limit_stops_the_next_run_too(shop: Shop, server: FakeServer) -> None:
    """What was spent in one run counts in the next."""
    written(shop)
    most = replace(AGREED, most=Decimal("0.60"))
    made(shop, most)
    open_production(shop.folder).retake("wood")
    with pytest.raises(RenderError, match="may cost in all"):
        made(shop, replace(most, run="another"))
    assert server.paid() == 1
