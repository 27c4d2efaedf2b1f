"""The report of a rendered film in a real browser, from the disk as its reader opens it: light, dark, wide, narrow."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from projects.progress import Silent
from render.orders import Order
from render.production import Production
from render.report.write import write_report_page
from tests.render.conftest import DRAFT, SMALL, Opener

pytestmark = pytest.mark.whole

PROBE = """
<script>
addEventListener("load", () => setTimeout(() => {
  const seen = document.getElementById("page").contentDocument;
  const player = seen.querySelector("video");
  seen.querySelector("[data-seek='2']")?.dispatchEvent(new MouseEvent("click", {bubbles: true}));
  const told = {
    images: [...seen.images].map((one) => one.complete && one.naturalWidth > 0),
    overflow: seen.documentElement.scrollWidth - seen.documentElement.clientWidth,
    paper: getComputedStyle(seen.body).backgroundColor,
    drawn: [...seen.querySelectorAll("svg.timeline svg.scene rect")].map((one) => one.getBoundingClientRect().width),
    video: player ? player.getAttribute("src") : "",
    asked: performance.getEntriesByType("resource").map((one) => one.name).filter((one) => !one.startsWith("file:")),
  };
  document.getElementById("told").textContent = JSON.stringify(told);
}, 1500));
</script>
"""
"""Looks into the report from a page around it, and writes down what it sees."""

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --disable-dev-shm-usage "
    "--disable-background-networking --disable-component-update --disable-sync --allow-file-access-from-files"
)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Production:
    """A film in two cuts, with two takes of one scene, rendered in draft."""
    from render.production import open_production

    folder = tmp_path_factory.mktemp("films") / "a film"
    folder.mkdir()
    (folder / "storyboard.yaml").write_text(SMALL, encoding="utf-8")
    production = open_production(folder)
    order = Order(draft=True, jobs=1)
    production.render(order, Silent())
    production.retake("wood")
    production = open_production(folder)
    production.render(order, Silent())
    return production


def run(browser: str, home: Path, *arguments: str) -> str:
    """What a browser prints when it has done what it was asked for."""
    command = [browser, *FLAGS.split(), f"--user-data-dir={home}", "--virtual-time-budget=8000", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        try:
            return process.communicate(timeout=120)[0]
        except subprocess.TimeoutExpired:
            import os

            os.killpg(process.pid, signal.SIGKILL)
            pytest.fail("the browser did not answer")


@pytest.fixture
def look(browser: str, tmp_path: Path) -> Callable[[Path, int], dict[str, object]]:
    """Opens a page in a window of some width and tells what is on it."""

    def into(path: Path, width: int) -> dict[str, object]:
        around = path.with_name("around.html")
        frame = f'<iframe id="page" src="{path.name}" style="border:0;width:{width}px;height:900px"></iframe>'
        around.write_text(f'<!doctype html>{frame}<pre id="told"></pre>{PROBE}', encoding="utf-8")
        dom = run(browser, tmp_path / "profile", f"--window-size={width + 40},1000", "--dump-dom", around.as_uri())
        told = re.search(r'<pre id="told">(.*?)</pre>', dom, re.DOTALL)
        assert told is not None
        assert told[1], dom[-2000:]
        found: dict[str, object] = json.loads(told[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        return found

    return into


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_stands_by_itself(
    rendered: Production, look: Callable[[Path, int], dict[str, object]], width: int
) -> None:
    """Every picture shows, nothing is fetched, and nothing runs out of the window, on a desk and in a hand."""
    path = write_report_page(rendered, Order(draft=True))
    seen = look(path, width)
    images = seen["images"]
    assert isinstance(images, list)
    # Three scenes of three pictures, two takes of one scene, and the other cut's three.
    assert len(images) == 9 + 6 + 3
    assert all(images)
    assert seen["asked"] == []
    assert seen["overflow"] == 0
    assert seen["video"] == "small-film-16x9-draft.mp4"
    drawn = seen["drawn"]
    assert isinstance(drawn, list)
    assert len(drawn) == 3
    assert min(drawn) > 10


def test_the_page_is_light_and_dark(rendered: Production, browser: str, tmp_path: Path) -> None:
    """On a machine set to dark the page is dark with light letters, else light with dark ones; both can be read."""
    path = write_report_page(rendered, Order(draft=True))
    levels = {}
    for name, scheme in (("light", 1), ("dark", 0)):
        shot = tmp_path / f"{name}.png"
        settings = f"--blink-settings=preferredColorScheme={scheme}"
        run(browser, tmp_path / name, settings, "--window-size=1280,2400", f"--screenshot={shot}", path.as_uri())
        with Image.open(shot) as taken:
            grey = np.asarray(taken.convert("L"), float)
        head = grey[:200]
        levels[name] = float(np.median(grey))
        assert head.max() - head.min() > 150, "letters stand out from the paper"
    assert levels["light"] > 200
    assert levels["dark"] < 60


def test_a_film_that_is_not_made_has_a_page(film_of: Opener) -> None:
    """Before the first render the page tells the plan: scenes without pictures, and that lengths are estimated."""
    production = film_of(SMALL)
    path = write_report_page(production, DRAFT)
    text = path.read_text(encoding="utf-8")
    assert text.count("not made yet") == 3
    assert "Not rendered yet" in text
    assert "<video" not in text
    shutil.rmtree(path.parent)
