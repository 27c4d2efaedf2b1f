"""`workprint watch`: a real process, real saves, and a draft that follows."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects.workspace import new_workspace, open_workspace
from render.orders import Order
from render.production import open_production
from workprint.lookout import Lookout
from workprint.vigil import Vigil

FILM = """\
workprint: 1
title: Tiny
resolution: 144p
sounds: none
scenes:
  - {id: wood, length: 0.5s, place: forest, prompt: A wood at dawn.}
  - {id: lake, length: 0.5s, place: lake, prompt: A lake at noon.}
"""
PATIENCE = 120.0
"""Seconds that a line may take on a busy machine."""


class Watched:
    """A watch in a process of its own, and what it says."""

    def __init__(self, project: Path, *options: str) -> None:
        self.storyboard = project / "storyboard.yaml"
        command = [sys.executable, "-m", "workprint", "watch", str(project), "--jobs", "1", *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", cwd=project
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, words: str) -> list[str]:
        """Wait until a line holds these words; gives the lines up to it."""
        heard: list[str] = []
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                heard.append(self._lines.get(timeout=0.1))
            except queue.Empty:
                if self.process.poll() is not None:
                    break
                continue
            if words in heard[-1]:
                return heard
        raise AssertionError(f"never heard {words!r}: {heard}")

    def save(self, text: str) -> None:
        """Save as most editors do: a new file in the place of the old one."""
        fresh = self.storyboard.with_name("storyboard.yaml~new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.storyboard)

    def close(self) -> None:
        """End it, and what listens to it."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._ear.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def interrupt(self) -> int:
        """Ctrl-C; gives the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A tiny film."""
    return new_workspace(tmp_path / "film", FILM).folder


@pytest.fixture
def watched(film: Path) -> Iterator[Watched]:
    """The tiny film, being watched."""
    watch = Watched(film)
    yield watch
    watch.close()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_a_draft_follows_the_saves(watched: Watched, film: Path) -> None:
    """Only what changed is drawn; broken text and bare comments leave the draft alone; Ctrl-C ends with 130."""
    first = watched.until("made,")
    assert any("drawing: wood, lake" in line for line in first)
    draft = next((film / "out").glob("*-draft.mp4"))
    before = draft.read_bytes()

    watched.save(FILM.replace("at noon", "at night"))
    second = watched.until("made,")
    assert any("saved: storyboard.yaml" in line for line in second)
    assert any("drawing: lake (" in line for line in second)
    assert not any("wood" in line for line in second)
    after = draft.read_bytes()
    assert after != before

    watched.save(FILM + "  - {id: [\n")
    assert any("error E104" in line for line in watched.until("the draft stays as it was"))
    watched.save(FILM.replace("at noon", "at night") + "# a remark\n")
    watched.until("nothing that is seen or heard has changed")
    assert draft.read_bytes() == after

    watched.save(FILM)
    watched.until("made,")
    assert draft.read_bytes() == before
    assert watched.interrupt() == 130


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_a_newer_save_takes_over_from_a_draft_under_way(tmp_path: Path) -> None:
    """The draft is stopped, and the next one is of the last save; a storm of saves is heard as one, or as few."""
    # Long enough to be under way still when the save is seen, on the quickest machine.
    text = FILM.replace("length: 0.5s", "length: 9s")
    film = new_workspace(tmp_path / "long", text).folder
    watched = Watched(film)
    try:
        watched.until("drawing: wood, lake")
        for number in range(10):
            watched.save(text.replace("at noon", f"at night {number}"))
            time.sleep(0.05)
        heard = watched.until("made,")
        saved = sum("saved: storyboard.yaml" in line for line in heard)
        # A machine that stands still for a moment makes a pause in it; each save heard stops the draft before it.
        assert 1 <= saved < 10
        assert sum("stopped: something newer was saved" in line for line in heard) == saved
        assert watched.interrupt() == 130
    finally:
        watched.close()
    assert open_production(film).plan(Order(draft=True)).needed == frozenset()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_ends_it_in_the_middle_of_a_draft(watched: Watched, film: Path) -> None:
    """The draft is stopped too, nobody holds the project any more, and no worker is left behind."""
    watched.until("drawing: wood, lake")
    assert watched.interrupt() == 130
    assert not (film / ".workprint" / "holder.json").exists()


@pytest.fixture
def lookout(film: Path) -> Lookout:
    """A look at the tiny film."""
    look = Lookout(open_workspace(film))
    look.begin()
    return look


def quickly(_: float) -> bool:
    """Wait a little, and never stop."""
    time.sleep(0.01)
    return False


def test_every_named_file_is_looked_at(film: Path, lookout: Lookout) -> None:
    """Pictures, scene files, presets and the choice of takes; other files of the folder are nobody's business."""
    (film / "scenes").mkdir()
    lookout.follow(["pictures/a.png"], "scenes/*.yaml", ["noir"])
    (film / "readme.txt").write_text("x")
    assert lookout.saved(quickly) == ()
    for name in ("pictures/a.png", "scenes/new.yaml", "presets/noir.yaml", "takes.json"):
        (film / name).parent.mkdir(exist_ok=True)
        (film / name).write_text("x")
        assert lookout.saved(quickly) == (name,)
    (film / "pictures" / "a.png").unlink()
    assert lookout.saved(quickly) == ("pictures/a.png",)


def test_a_file_that_is_newly_named_was_not_saved(film: Path, lookout: Lookout) -> None:
    """Looking at more is no change by itself."""
    (film / "pictures" / "a.png").write_bytes(b"x")
    lookout.follow(["pictures/a.png"], "", [])
    assert lookout.saved(quickly) == ()


def test_a_storm_of_saves_is_one(film: Path, lookout: Lookout) -> None:
    """The look waits until it is quiet."""
    left = [5]

    def storm(_: float) -> bool:
        if left[0]:
            left[0] -= 1
            (film / "storyboard.yaml").write_text(f"{FILM}# {left[0]}\n")
        time.sleep(0.01)
        return False

    assert lookout.saved(storm) == ("storyboard.yaml",)
    assert left == [0]
    assert lookout.saved(quickly) == ()


def test_a_stop_is_heard_in_the_middle_of_a_look(lookout: Lookout) -> None:
    """Ctrl-C need not wait until it is quiet."""
    assert lookout.saved(lambda _: True) == ()


def test_what_is_watched_is_a_draft_that_buys_nothing(film: Path) -> None:
    """Whatever the order says, drafts are drawn and no purchase is agreed to."""
    order = Vigil(open_workspace(film), Order())._order
    assert order.draft
    assert not order.consent.given


def test_a_mistake_in_a_scene_file_is_mended_there(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first look on, scene files and presets are looked at though the film does not read."""
    (film / "scenes").mkdir()
    scene = film / "scenes" / "a.yaml"
    scene.write_text("id: [a\n")
    (film / "storyboard.yaml").write_text("workprint: 1\ntitle: A\nscenes: scenes/*.yaml\n")
    vigil = Vigil(open_workspace(film), Order())
    drawn: list[str] = []
    monkeypatch.setattr(vigil, "_draw", lambda: drawn.append("drawn"))
    stopped = threading.Event()

    def wait(_: float) -> bool:
        if not drawn:
            scene.write_text("id: a\nprompt: x\n")
        else:
            stopped.set()
        time.sleep(0.01)
        return stopped.is_set()

    monkeypatch.setattr(stopped, "wait", wait)
    vigil.keep(stopped)
    assert drawn == ["drawn"]
