"""A render as a person sees it: a bar with the time left and a row per scene, or plain lines in a pipe.

Reads progress events and writes to standard error, so that standard output holds only the answer. Knows no films.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from projects.progress import Event, StepFailed, StepFinished, StepProgress
from storyboard.errors import Diagnostic
from workprint.findings import beyond
from workprint.streams import coloured, one_line, say
from workprint.tables import clock
from workprint.tally import FILM, Running, Tally

if TYPE_CHECKING:
    from rich.console import RenderableType

_BAR = 32
"""Width of the bar in letters."""
_OTHER_LINES = 4
"""Lines of the terminal that the rows leave free."""
_TELLING = 30.0
"""Seconds between two lines about one step in a pipe."""
_STYLES = {"working": "cyan", "failed": "red", "blocked": "red", "made": "green", "current": "dim", "waiting": "dim"}


class LineDisplay:
    """One plain line for each finished or failed step, and now and then for a long one, without control codes."""

    def __init__(self) -> None:
        self.tally = Tally()
        self._heard = True
        self._told: dict[str, float] = {}

    def report(self, event: Event) -> None:
        """Write the line that belongs to an event, if any."""
        self.tally.take(event)
        place = f"[{self.tally.ended}/{self.tally.steps}]"
        if isinstance(event, StepFinished):
            self._write(f"{place} {event.label or event.name} ({event.seconds:.1f}s)")
        elif isinstance(event, StepFailed):
            for line in failure(event):
                self._write(line)
        elif isinstance(event, StepProgress) and event.name in self.tally.running:
            self._tell(event.name, self.tally.running[event.name], place)

    def _tell(self, name: str, step: Running, place: str) -> None:
        """Say how far a long step is, twice a minute at most."""
        now = self.tally.now()
        if now - self._told.setdefault(name, step.begun) >= _TELLING:
            self._told[name] = now
            self._write(f"{place} {step.label}: {how_far(step, now)}")

    def _write(self, line: str) -> None:
        """Write a line; a reader who has gone must not stop the render."""
        if not self._heard:
            return
        try:
            say(line, stderr=True)
        except BrokenPipeError:
            self._heard = False


class LiveDisplay:
    """The bar and the rows, redrawn in place; failures stay above them."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self.tally = Tally()
        self._lock = Lock()
        self._console = Console(stderr=True, no_color=not coloured(stderr=True), highlight=False)
        self._live = Live(
            console=self._console,
            get_renderable=self._drawn,
            refresh_per_second=6,
            transient=True,
            redirect_stdout=False,
        )

    def report(self, event: Event) -> None:
        """Take note of an event; the next redraw shows it."""
        from rich.text import Text

        with self._lock:
            self.tally.take(event)
        if isinstance(event, StepFailed):
            for line in failure(event):
                self._console.print(Text(line, style="red"))

    def start(self) -> None:
        """Begin to draw."""
        self._live.start()

    def stop(self) -> None:
        """Take the bar away."""
        self._live.stop()

    def _drawn(self) -> RenderableType:
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        with self._lock:
            tally = self.tally
            bar = Table.grid(padding=(0, 1))
            left = "" if tally.left is None else f"{clock(tally.left)} left"
            count = f"{tally.ended}/{tally.steps} steps"
            bar.add_row(ProgressBar(1.0, tally.part, width=_BAR), f"{100 * tally.part:3.0f} %", count, left)
            rows = Table.grid(padding=(0, 2))
            for scene in self._shown():
                state = tally.state(scene)
                rows.add_row(
                    Text(one_line(scene), no_wrap=True),
                    Text(state, style=_STYLES[state]),
                    Text(one_line(at_work(tally, scene)), no_wrap=True, overflow="ellipsis"),
                )
            return Group(bar, rows)

    def _shown(self) -> list[str]:
        """The scenes that fit on the screen, in the film's order: those at work first to be kept."""
        room = max(1, self._console.size.height - _OTHER_LINES)
        scenes = sorted(self.tally.rows, key=lambda scene: scene == FILM)
        if len(scenes) <= room:
            return scenes
        urgency = {"working": 0, "failed": 1, "blocked": 1, "waiting": 2, "made": 3, "current": 4}
        kept = set(sorted(scenes, key=lambda scene: urgency[self.tally.state(scene)])[:room])
        return [scene for scene in scenes if scene in kept]


def at_work(tally: Tally, scene: str) -> str:
    """The steps of a scene that are being made, or what has been made of it."""
    steps = [step for step in tally.running.values() if (step.scene or FILM) == scene]
    if steps:
        return "; ".join(f"{_without(scene, step.label)} {how_far(step, tally.now())}" for step in steps)
    row = tally.rows[scene]
    counts = ((row.made, "made"), (row.reused, "reused"), (row.failed, "failed"), (row.skipped, "skipped"))
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def how_far(step: Running, now: float) -> str:
    """How much of a step is done, and how long the rest will take where that is worth telling."""
    left = step.left(now)
    return f"{100 * step.part:.0f} %{'' if left is None else f', {clock(left)} left'}"


Display = LineDisplay | LiveDisplay


@contextlib.contextmanager
def progress_display(told: Sequence[Diagnostic] = ()) -> Iterator[Display]:
    """The display that fits standard error; if the work ends in an error, its notes are told before.

    Notes that only repeat one of the diagnostics `told` already are left out.
    """
    display: Display = LiveDisplay() if sys.stderr.isatty() else LineDisplay()
    try:
        if isinstance(display, LiveDisplay):
            display.start()
        try:
            yield display
        finally:
            if isinstance(display, LiveDisplay):
                display.stop()
    except BaseException:
        for note in beyond(display.tally.notes, told):
            say(f"note: {note}", stderr=True)
        raise


def failure(event: StepFailed) -> list[str]:
    """A failed step in words: what, and on the next line the remedy."""
    hint = [f"  {one_line(event.hint)}"] if event.hint else []
    return [f"failed: {one_line(event.label or event.name)}: {one_line(event.message)}", *hint]


def _without(scene: str, label: str) -> str:
    """The label of a step without the scene's id, which stands before it in the row."""
    bare = label.removeprefix(scene)
    return bare.lstrip(": ") or label if bare[:1] in (":", " ") else label
