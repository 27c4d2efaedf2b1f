"""Whole films under stress: killed at random moments, and long enough for drift to show."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from projects.progress import Silent
from projects.workspace import open_workspace
from render.orders import Order
from render.production import open_production
from tests.render.conftest import DRAFT, SMALL, Opener

pytestmark = pytest.mark.whole

QUIET = SMALL.replace("score: {mood: calm, tempo: 90}", "score: none")
"""The small film without its music, which would only make the killing slower."""

RENDER = (
    "import sys; from pathlib import Path; from workprint import render; "
    "render(Path(sys.argv[1]), cuts=('16:9',), draft=True, jobs=2)"
)


def render_in_the_background(folder: Path) -> subprocess.Popen[bytes]:
    """A process of its own that renders the draft of a project."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", RENDER, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def receipts(folder: Path) -> dict[str, int]:
    """When each artifact that counts as finished was finished, by fingerprint."""
    store = open_workspace(folder).store
    return {
        receipt.order.fingerprint: path.stat().st_mtime_ns
        for receipt in store.receipts()
        if (path := next(store.root.rglob(f"{receipt.order.fingerprint}.receipt.json"), None)) is not None
    }


def test_twenty_kills_lose_nothing(film_of: Opener, tmp_path: Path) -> None:
    """Killed at twenty random moments a render goes on, redoes no finished step, and ends with the undisturbed film."""
    due = film_of(QUIET).render(DRAFT, Silent()).films[0].path.read_bytes()
    folder = tmp_path / "killed"
    folder.mkdir()
    (folder / "storyboard.yaml").write_text(QUIET, encoding="utf-8")
    moments = random.Random(20)
    kills = 0
    finished: dict[str, int] = {}
    while kills < 20:
        process = render_in_the_background(folder)
        try:
            process.wait(timeout=moments.uniform(0.4, 3.5))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
        time.sleep(0.3)
        now = receipts(folder)
        assert {name: now.get(name) for name in finished} == finished
        finished = now
        if process.returncode == 0:
            assert next((folder / "out").glob("*.mp4")).read_bytes() == due
            for path in sorted((folder / ".workprint").rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
            finished = {}
    assert render_in_the_background(folder).wait(timeout=300) == 0
    assert next((folder / "out").glob("*.mp4")).read_bytes() == due


def forty_scenes() -> str:
    """A film of forty short scenes of odd lengths, with lines in every third, at a rate that does not divide evenly."""
    kinds = ["crossfade 0.3s", "cut", "wipe left 0.3s", "fade black 0.3s", "slide up 0.25s"]
    scenes = []
    for number in range(40):
        line = f'    lines: ["Number {number}."]\n' if number % 3 == 0 else ""
        scenes.append(
            f"  - id: s{number}\n    length: {1100 + 37 * number}ms\n    place: forest\n    prompt: A wood.\n"
            f"    sounds: [{{effect: wind, level: -20 dB}}]\n{line}    transition: {kinds[number % 5]}\n"
        )
    head = 'workprint: 1\ntitle: Forty\nfps: 29.97\nresolution: 360p\ncuts: ["16:9"]\nscenes:\n'
    return head + "".join(scenes)


def test_forty_scenes_do_not_drift(film_of: Opener) -> None:
    """In a film of forty scenes every cut is on its frame, and the sound lies within 15 ms of the picture at each."""
    film = film_of(forty_scenes()).render(Order(draft=True, jobs=2), Silent()).films[0]
    report = film.report
    assert report["passed"], {key: value for key, value in report.items() if key != "cuts"}
    assert len(report["cuts"]) == 40
    assert [cut["error_frames"] for cut in report["cuts"]] == [0] * 40
    offsets = [cut["av_offset_ms"] for cut in report["cuts"] if cut["av_offset_ms"] is not None]
    assert len(offsets) == 40
    assert max(map(abs, offsets)) < 15


@pytest.mark.parametrize("sample", ["hello", "guru-peak", "cherry-orchard"])
def test_samples_can_be_planned(sample: str, tmp_path: Path) -> None:
    """Every bundled film reads without a doubt and its plan knows every scene."""
    from projects.workspace import new_from_sample

    workspace = new_from_sample(tmp_path / sample, sample)
    production = open_production(workspace.folder)
    assert production.diagnostics == ()
    plan = production.plan(Order())
    assert len(plan.scenes) == len(production.film.scenes)
    assert plan.needed
