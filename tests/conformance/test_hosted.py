"""What holds for every installed backend whose clips are bought, whoever makes it: nothing here speaks to a service."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from projects.fingerprint import canonical_text
from projects.hosted.catalogue import lengths, service
from projects.plugins import find, load
from scenes.backend import ClipRequest, Refusal
from scenes.hosted.clips import HostedClips
from storyboard.errors import RenderError
from tests.hosted.asked import asked
from tests.hosted.comfyui_takes import requested, written

LIBRARIES = ("runwayml", "google.genai", "fal_client", "elevenlabs", "httpx", "keyring")


def bought() -> list[str]:
    """The installed backends that buy."""
    return [name for name in find("workprint.clips") if isinstance(load("workprint.clips", name)(), HostedClips)]


@pytest.fixture(params=bought())
def backend(request: pytest.FixtureRequest) -> HostedClips:
    """Each of them."""
    made: HostedClips = load("workprint.clips", request.param)()
    return made


@pytest.fixture
def wanted(backend: HostedClips, tmp_path: Path) -> ClipRequest:
    """A scene of three seconds that its usual model can make."""
    if backend.name == "comfyui":
        written(tmp_path)
        return requested(tmp_path)
    offered = lengths(service(backend.name).models[service(backend.name).default]) or (3.0,)
    return asked({}, seconds=min(offered))


def no_file(path: Path) -> str:
    """A digest for a picture that is not looked at."""
    return f"{len(path.name):064x}"


def test_it_says_what_it_is(backend: HostedClips) -> None:
    """Its clips are generated and hosted; what stands in its way comes with a remedy."""
    able = backend.capabilities()
    assert (able.hosted, able.makes, able.name) == (True, "generated", backend.name)
    assert able.summary
    assert all(problem.what and problem.fix for problem in backend.check())


def test_the_same_scene_is_the_same_purchase(backend: HostedClips, wanted: ClipRequest) -> None:
    """A purchase is plain data, the same each time; other words, another take or another model are another one."""
    purchase = backend.purchase(wanted, no_file)
    assert purchase.service == backend.name
    assert json.loads(canonical_text(purchase))
    assert backend.purchase(wanted, no_file).key == purchase.key
    assert backend.purchase(replace(wanted, prompt="a lake at noon"), no_file).key != purchase.key
    assert backend.purchase(replace(wanted, take=2), no_file).key != purchase.key


def test_what_is_done_to_the_clip_afterwards_is_no_part_of_it(backend: HostedClips, wanted: ClipRequest) -> None:
    """Crops, grades and titles are made here, for nothing."""
    scene = replace(wanted.scene, focus=(0.1, 0.9), text="The end", effects=())
    assert backend.purchase(replace(wanted, scene=scene), no_file).key == backend.purchase(wanted, no_file).key


def test_the_plan_is_long_and_large_enough(backend: HostedClips, wanted: ClipRequest) -> None:
    """What would be bought lasts as long as the scene, and its frames are counted."""
    plan = backend.quantise(wanted)
    assert plan.frames >= plan.keep > 0
    assert plan.frames / plan.rate >= wanted.frames / wanted.rate - 0.15
    assert plan.width > 0
    assert plan.height > 0


def test_the_price_is_known_or_it_is_said_that_it_is_not(backend: HostedClips, wanted: ClipRequest) -> None:
    """Never a number without a source; what is cheaper is cheaper."""
    price = backend.price(wanted)
    assert price.money is None or price.money == 0 or price.source
    for _, other in backend.cheaper(wanted):
        assert price.money is not None
        assert other.money is not None
        assert other.money < price.money


def test_an_unknown_setting_is_refused(backend: HostedClips, wanted: ClipRequest) -> None:
    """What a person writes is honoured or refused, never passed over."""
    scene = replace(wanted.scene, model=(*wanted.scene.model, ("colour_of_the_moon", 3)))
    with pytest.raises(RenderError) as told:
        backend.wish(replace(wanted, scene=scene))
    assert "colour_of_the_moon" in str(told.value)


def test_it_makes_nothing_itself(backend: HostedClips, wanted: ClipRequest) -> None:
    """A clip is bought in a step of its own."""
    with pytest.raises(Refusal):
        backend.generate(wanted, backend.quantise(wanted), lambda part: None, lambda: False)


def test_planning_loads_no_library() -> None:
    """Plans, prices and purchases of all of them need no vendor's library, and no network."""
    code = (
        "import sys\n"
        "from projects.plugins import find, load\n"
        "from tests.hosted.asked import asked\n"
        "from projects.hosted.catalogue import lengths, service\n"
        "for name in find('workprint.clips'):\n"
        "    made = load('workprint.clips', name)()\n"
        "    if made.capabilities().hosted and name != 'comfyui':\n"
        "        entry = service(name)\n"
        "        request = asked({}, seconds=min(lengths(entry.models[entry.default])))\n"
        "        made.quantise(request), made.price(request), made.purchase(request, str), made.cheaper(request)\n"
        f"print([one for one in {LIBRARIES!r} if one in sys.modules])\n"
    )
    house = Path(__file__).resolve().parents[2]
    told = subprocess.run([sys.executable, "-c", code], cwd=house, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
