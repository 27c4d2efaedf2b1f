"""Keeping a draft up to date while its storyboard is being written.

A save is checked at once; when it reads, a draft under way is stopped and another begins, which goes on from what is
made already. What does not read leaves the last good draft alone. Nothing is bought. Knows no terminal but `say`.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.presets import companions
from projects.progress import Event
from projects.workspace import Workspace
from render.orders import Order
from storyboard.errors import BusyError, InterruptedRender, MissingError, StoryboardError, WorkprintError
from storyboard.film import Film
from storyboard.load import Reading, read, wants, wants_presets
from workprint.findings import beyond, show
from workprint.lookout import Lookout
from workprint.opening import placed
from workprint.streams import plain, say
from workprint.tables import counted, span

if TYPE_CHECKING:
    from render.orders import FilmPlan

AGAIN = 2.0
"""Seconds after which a project that another process holds is tried again."""


class Vigil:
    """One film being watched; `order` is what is drawn of it, always as a draft and without a purchase."""

    def __init__(self, workspace: Workspace, order: Order) -> None:
        self._workspace = workspace
        self._order = replace(order, draft=True)
        self._lookout = Lookout(workspace)
        self._film: Film | None = None
        self._draft: _Draft | None = None
        self._named: tuple[str, ...] = ()
        self._told: set[str] = set()
        """Notes of earlier drafts: each is said once."""

    def keep(self, stopped: threading.Event) -> None:
        """Look, check and draw until stopped; a draft under way is then stopped too, and what is made is kept."""
        self._lookout.begin()
        try:
            self._look(())
            while not stopped.is_set():
                saved = self._lookout.saved(stopped.wait)
                if saved:
                    self._look(saved)
                elif self._draft is not None and self._draft.wants_again():
                    self._draw()
        finally:
            self._stop()

    def _look(self, saved: Sequence[str]) -> None:
        """Check what was saved, and draw it where it reads."""
        from workprint.proofreading import prove

        if saved:
            _tell(f"saved: {', '.join(map(plain, saved))}")
        try:
            text = self._workspace.read_storyboard()
            others = companions(self._workspace, text, lenient=True)
        except MissingError as problem:
            _tell(f"{problem.message}; waiting for it")
            return
        reading = read(text, self._workspace.storyboard.name, others)
        found = prove(self._workspace, {self._workspace.storyboard.name: text, **others}).diagnostics
        self._follow(reading, text)
        if found:
            show(placed(found, self._workspace.folder))
        if reading.film is None:
            _tell("the draft stays as it was" if self._film is not None else "no draft yet; mend the storyboard")
            return
        media = any(self._is_media(name) for name in saved)
        if self._film == reading.film and saved and not media:
            _tell("nothing that is seen or heard has changed")
            return
        self._film = reading.film
        self._draw()

    def _is_media(self, name: str) -> bool:
        """Whether a saved file is no words: a picture, a sound, the choice of takes."""
        return not name.lower().endswith((".yaml", ".yml"))

    def _follow(self, reading: Reading, text: bytes) -> None:
        """Look at what the storyboard names now; while it does not read, go on looking at what it named too."""
        from workprint.proofreading import named_files

        if reading.film is not None and reading.places is not None:
            self._named = named_files(reading.film, reading.places)
        if reading.film is not None or wants(text) or wants_presets(text):
            # The mistake may stand in a scene file or a preset, and be mended there.
            self._lookout.follow(self._named, wants(text), wants_presets(text))

    def _stop(self) -> None:
        if self._draft is not None:
            self._draft.stop()
            self._draft = None

    def _draw(self) -> None:
        self._stop()
        self._draft = _Draft(self._workspace.storyboard, self._order, self._told)
        self._draft.start()


class _Draft(threading.Thread):
    """One draft, drawn beside the watching."""

    def __init__(self, storyboard: Path, order: Order, told: set[str]) -> None:
        super().__init__(name="draft", daemon=True)
        self._told = told
        self._storyboard = storyboard
        self._order = order
        self._cancel = threading.Event()
        self._again = 0.0

    def stop(self) -> None:
        """Stop it and wait until it has."""
        self._cancel.set()
        self.join()

    def wants_again(self) -> bool:
        """Whether it is over because another process held the project, and it is time to try again."""
        return 0.0 < self._again < time.monotonic()

    def report(self, event: Event) -> None:
        """Hear nothing: what came of it is said when all is over."""

    def run(self) -> None:
        """Draw, and say what came of it."""
        try:
            self._make()
        except InterruptedRender:
            _tell("stopped: something newer was saved; what is made is kept")
        except BusyError as problem:
            self._again = time.monotonic() + AGAIN
            _tell(f"{problem.message}; trying again")
        except StoryboardError as problem:
            # It was saved again between the check and the drawing: the next look tells.
            _tell(f"the storyboard does not read any more ({counted(len(problem.diagnostics), 'finding')})")
        except WorkprintError as problem:
            _tell(str(problem))
        except Exception as problem:  # noqa: BLE001 - a fault in one draft must not end the watching
            _tell(f"a fault of the program: {type(problem).__name__}: {problem}")

    def _make(self) -> None:
        from render.production import open_production

        production = open_production(self._storyboard)
        begun = time.monotonic()
        ahead = production.plan(self._order, appraised=False)
        if self._cancel.is_set():
            raise InterruptedRender("stopped")
        todo = _scenes(ahead)
        if ahead.needed:
            _tell(f"drawing: {', '.join(todo) or 'sound and joins'} ({counted(len(ahead.needed), 'step')})")
        delivery = production.render(self._order, self, self._cancel)
        for film in delivery.films:
            _tell(plain(film.path))
        for note in dict.fromkeys(beyond(delivery.notes, production.diagnostics)):
            if note not in self._told:
                self._told.add(note)
                _tell(f"note: {note}")
        made = f"{counted(len(delivery.made), 'step')} made, {len(delivery.reused)} reused"
        _tell(f"{made}, {span(time.monotonic() - begun)}")


def _scenes(ahead: FilmPlan) -> tuple[str, ...]:
    """The scenes whose pictures are to be made."""
    taken = (one.step for one in ahead.steps if one.step.name in ahead.needed and one.step.kind in ("take", "recut"))
    return tuple(dict.fromkeys(step.scene for step in taken))


_speaking = threading.Lock()


def _tell(text: str) -> None:
    """Say a line with the time of day."""
    with _speaking, contextlib.suppress(ValueError):
        say(f"{datetime.now():%H:%M:%S} {text}")
        _flush()


def _flush() -> None:
    import sys

    stream: Any = sys.stdout
    stream.flush()
