"""`workprint plan`: what a render would do, scene by scene, and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workprint.commandline import COMMANDS
from workprint.options import code_option, cuts_option, json_option, project_argument, scenes_option
from workprint.streams import one_line, say, say_json
from workprint.tables import clock, counted, length, show_table, span
from workprint.till import shown_bill

if TYPE_CHECKING:
    from render.orders import FilmPlan, ModelPlan, ScenePlan
    from storyboard.film import Aspect


@click.command("plan", help=COMMANDS["plan"])
@project_argument
@cuts_option
@scenes_option
@click.option("--draft", is_flag=True, help="Plan the small, quick version.")
@click.option("--steps", is_flag=True, help="List every step, not only the scenes.")
@code_option
@json_option
def command(
    path: Path | None,
    cuts: tuple[Aspect, ...],
    scenes: tuple[str, ...],
    draft: bool,
    steps: bool,
    allow_code: bool,
    as_json: bool,
) -> None:
    """Show state, length, backend and reason of each scene, what `post` does to it, then what is to be done in all."""
    from render.orders import Order
    from workprint.findings import beyond, show
    from workprint.opening import open_project, placed

    production = open_project(path)
    found = production.plan(Order(cuts=cuts, scenes=scenes, draft=draft, allow_code=allow_code))
    if as_json:
        say_json({**found.as_json(), "diagnostics": [doubt.as_json() for doubt in production.diagnostics]})
        return
    say(heading(found), style={"bold": True})
    show_scenes(found)
    shown_bill(found)
    if steps:
        show_steps(found)
    if found.voices:
        say(f"voices: {'; '.join(found.voices)}")
    for note in beyond(found.notes, production.diagnostics):
        say(f"note: {note}")
    if production.diagnostics:
        show(placed(production.diagnostics, production.workspace.folder))
    say(work_ahead(found))


def heading(found: FilmPlan) -> str:
    """Title, length and cuts in one line."""
    cuts = ", ".join(str(cut) for cut in found.cuts)
    estimated = "" if found.exact else " (estimated until the lines are spoken)"
    mark = "" if found.exact else "~"
    scenes = counted(len(found.scenes), "scene")
    return f"{one_line(found.title)}: {scenes}, {mark}{clock(found.seconds)}{estimated}; {cuts}"


def show_scenes(found: FilmPlan) -> None:
    """The table of scenes, and under each what its `post` does, in order."""
    unknown = {one.scene for one in found.purchases if one.pays and one.money is None}
    costs = bool(unknown) or any(scene.money for scene in found.scenes)
    heads = ["scene", "state", "length", "camera", "backend", "take", *(["cost"] if costs else []), "why"]
    rows: list[tuple[object, ...]] = []
    for scene in found.scenes:
        rows.append(
            (
                scene.id,
                scene.state,
                length(scene.seconds, exact=scene.exact),
                scene.camera,
                scene.backend,
                scene.take,
                *(["unknown" if scene.id in unknown else f"${scene.money:.2f}"] if costs else []),
                scene.why or scene.reason,
            )
        )
        if scene.model:
            rows.append(("", *([""] * (len(heads) - 2)), model_ahead(scene.model)))
        if scene.works:
            rows.append(("", *([""] * (len(heads) - 2)), works_ahead(scene)))
    show_table(heads, rows, right=("length", "take", "cost"))


def model_ahead(model: ModelPlan) -> str:
    """What a scene's model takes here: time, and where its weights lie."""
    source = "as learned here" if model.learned else "by a formula"
    card = f"{model.card_gb:.1f} GB of the card, " if model.card_gb else ""
    room = f"{card}{model.memory_gb:.1f} GB of memory, {model.disk_gb:.1f} GB of weights"
    return f"with its model: {span(model.seconds)} {source}, {room}"


def works_ahead(scene: ScenePlan) -> str:
    """What a scene's `post` does to the takes that are to be made, in order, each with its time on one processor."""
    told = ", ".join(f"{name} {span(seconds)}" for name, seconds in scene.works)
    return f"then post: {told}"


def show_steps(found: FilmPlan) -> None:
    """The table of steps: every one of the film, and whether it runs."""
    rows = [
        (planned.step.name, planned.state.value, "yes" if planned.step.name in found.needed else "", planned.reason)
        for planned in found.steps
    ]
    show_table(("step", "state", "runs", "why"), rows)


def work_ahead(found: FilmPlan) -> str:
    """How much there is to do: steps by kind, time and money."""
    if not found.needed:
        return "Nothing to do: everything is current."
    kinds = Counter(planned.step.kind for planned in found.steps if planned.step.name in found.needed)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    money = f", ${found.money:.2f}" if found.money else ""
    if any(one.pays and one.money is None for one in found.purchases):
        money += " and what nobody knows the price of"
    time = f", about {clock(found.estimated_seconds)} of work on one processor" if found.estimated_seconds else ""
    return f"To do: {counted(len(found.needed), 'step')} of {len(found.steps)} ({told}){time}{money}."
