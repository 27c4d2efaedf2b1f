"""`workprint render`: the film, or only what has changed since the last time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workprint.commandline import COMMANDS
from workprint.options import code_option, cuts_option, json_option, project_argument, scenes_option
from workprint.streams import plain, say, say_json
from workprint.tables import counted
from workprint.till import Purse, agreed, purse_options, shown_bill

if TYPE_CHECKING:
    from projects.progress import Event
    from projects.workspace import Workspace
    from render.orders import Delivery, FilmPlan
    from storyboard.errors import Diagnostic
    from storyboard.film import Aspect
    from workprint.console import Display


@click.command("render", help=COMMANDS["render"])
@project_argument
@cuts_option
@scenes_option
@click.option("--draft", is_flag=True, help="A small, quick version to judge timing by.")
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Worker processes; left out, one for each processor."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the finished films; left out, `out` beside the storyboard.",
)
@click.option("--wait", is_flag=True, help="Wait while another render holds the project.")
@purse_options
@code_option
@json_option
def command(
    path: Path | None,
    cuts: tuple[Aspect, ...],
    scenes: tuple[str, ...],
    draft: bool,
    jobs: int,
    out: Path | None,
    wait: bool,
    allow_code: bool,
    as_json: bool,
    **paying: Any,
) -> None:
    """Make what is missing or stale, join the film, and say where it is."""
    from projects.workspace import open_workspace
    from render import standing
    from render.orders import Order

    consent = Purse(**paying).consent()
    order = Order(cuts, scenes, draft, jobs, out, wait, allow_code, consent)
    workspace = open_workspace(path)
    seen = standing.surroundings(workspace, order)
    found = standing.recall(workspace, order, seen)
    if found is not None:
        _tell(found.delivery, found.doubts, workspace, as_json)
        return

    from projects.disk import open_folder
    from workprint.console import progress_display
    from workprint.findings import beyond, show
    from workprint.interrupt import stopped
    from workprint.opening import open_project, placed
    from workprint.proofreading import proofread

    production = open_project(path)
    # Lost files do not stop the rest of the film, but their places are told before it is made.
    doubts = proofread(path, craft=False)[1]
    if doubts and not as_json:
        show(placed(doubts, production.workspace.folder), stderr=True)
    if production.buys:
        ahead = production.plan(order)
        if not as_json and any(one.standing != "kept" for one in ahead.purchases):
            shown_bill(ahead)
        order = replace(order, consent=agreed(ahead, consent))
    open_folder(out or production.workspace.output)
    with progress_display(doubts) as display:
        foresight = Foresight(display, lambda: production.plan(order, appraised=False))
        delivery = production.render(order, foresight, stopped)
    standing.remember(production, order, seen, delivery, doubts)
    if as_json:
        say_json(delivery.as_json())
    else:
        show_delivery(delivery, beyond((*delivery.notes, *display.tally.notes), doubts))


def _tell(delivery: Delivery, doubts: Sequence[Diagnostic], workspace: Workspace, as_json: bool) -> None:
    """Give the answer of an earlier render, with the doubts that were told then."""
    from workprint.findings import beyond, show
    from workprint.opening import placed

    if as_json:
        say_json(delivery.as_json())
        return
    if doubts:
        show(placed(doubts, workspace.folder), stderr=True)
    show_delivery(delivery, beyond(delivery.notes, doubts))


class Foresight:
    """Tells a display what all passes of a render will have to do, then hands every event on.

    The plan is made when the first pass begins: by then the render holds the project, and one that may not begin needs
    none. Where that pass makes nothing, the next one knows everything by itself, and planning twice would be waste.
    """

    def __init__(self, display: Display, plan: Callable[[], FilmPlan]) -> None:
        self._display = display
        self._plan: Callable[[], FilmPlan] | None = plan

    def report(self, event: Event) -> None:
        """Hand an event on."""
        from projects.progress import RenderStarted

        if isinstance(event, RenderStarted) and self._plan is not None:
            plan, self._plan = self._plan, None
            if event.steps:
                self._expect(plan())
        self._display.report(event)

    def _expect(self, ahead: FilmPlan) -> None:
        needed = [one.step for one in ahead.steps if one.needed]
        self._display.tally.expect(needed, [scene.id for scene in ahead.scenes])


def show_delivery(delivery: Delivery, notes: Iterable[str]) -> None:
    """The finished files, how much was made for them, and what a person should know."""
    for film in delivery.films:
        say(plain(film.path), style={"bold": True})
        if film.report:
            say(f"  {measured(film.report)}")
    for beside in (*delivery.captions, *delivery.papers):
        say(plain(beside))
    say(f"{counted(len(delivery.made), 'step')} made, {len(delivery.reused)} reused.")
    for note in notes:
        say(f"note: {note}")


def measured(report: Mapping[str, Any]) -> str:
    """What the self-test of a film found, in one line; the whole of it lies beside the film."""
    verdict = "as planned" if report["passed"] else f"NOT AS PLANNED: {'; '.join(report['faults'])}"
    cuts, offset = report["worst_cut_error_frames"], report["worst_av_offset_ms"]
    loudness = "silent" if report["lufs"] is None else f"{report['lufs']:.1f} LUFS"
    film = f"{report['seconds']:.2f} s, {report['size']}, {loudness}"
    return f"{film}, cuts within {counted(cuts, 'frame')}, sound within {offset or 0:.0f} ms: {verdict}"
