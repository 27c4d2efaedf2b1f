"""A plan in words that people use: per scene its length, backend, take and state, and what a render would run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from projects.plan import Planned, State
from projects.steps import Step
from render.changes import told
from render.makers import Appraisal, Maker
from render.orders import FilmPlan, ModelPlan, Order, ScenePlan
from render.timeline import Timeline
from storyboard.film import Film, Scene

_WORST = (State.BLOCKED, State.MISSING, State.STALE, State.CURRENT)

CODING = 0.06
"""Rough seconds of one processor per unit of cost of a body or a join."""

SMALL = 0.3
"""The same for everything that is neither a take nor coded: voices, score, mix, measuring."""

LEVEL = "how loud the film is shows when its sound is mixed: should that change, all of its sound is coded again"
"""Said of a plan whose level is estimated."""


_OWN = ("bought", "voice", "pace", "line", "walk", "probe", "effect", "words", "take", "recut", "effects")
"""Kinds of steps that are a scene's own. Transitions are its neighbour's too, but where one lacks something, it is told
with the scene that it leads out of."""


def film_plan(
    film: Film,
    timeline: Timeline,
    order: Order,
    planned: Sequence[Planned],
    makers: Mapping[str, Maker],
    takes: Mapping[str, tuple[int, int]],
    costs: Mapping[str, Appraisal],
    notes: tuple[str, ...],
    voices: tuple[str, ...],
    *,
    level_exact: bool,
) -> FilmPlan:
    """Put a plan of steps into the words of scenes; `costs` are the backends' own estimates by name of step."""
    wanted = [scene for scene in film.scenes if not order.scenes or scene.id in order.scenes]
    due = [one.step for one in planned if one.needed]
    own: dict[str, list[Planned]] = {scene.id: [] for scene in wanted}
    for one in planned:
        if one.step.scene in own:
            own[one.step.scene].append(one)
    money = {
        scene: sum(costs[one.step.name].money for one in ones if one.needed and one.step.name in costs)
        for scene, ones in own.items()
    }
    scenes = tuple(
        replace(
            _scene_plan(scene, timeline, own[scene.id], makers[scene.id], takes[scene.id][0], money[scene.id]),
            works=_works(costs[one.step.name] for one in own[scene.id] if one.needed and one.step.name in costs),
            model=_model(costs[one.step.name] for one in own[scene.id] if one.needed and one.step.name in costs),
        )
        for scene in wanted
    )
    return FilmPlan(
        title=film.title,
        cuts=order.cuts or film.cuts,
        frames=timeline.frames,
        seconds=float(timeline.frames / film.rate),
        exact=timeline.exact,
        level_exact=level_exact,
        scenes=scenes,
        steps=tuple(planned),
        needed=frozenset(step.name for step in due),
        notes=notes if level_exact else (*notes, *_doubt(planned)),
        estimated_seconds=round(sum(_seconds(step, costs) for step in due), 1),
        money=sum(money.values()),
        voices=voices,
    )


def _doubt(planned: Sequence[Planned]) -> tuple[str, ...]:
    """What a person should know while the film's level is an estimate and there is sound that it could change."""
    coded = any(one.step.kind == "sound" and one.state is State.CURRENT for one in planned)
    return (LEVEL,) if coded else ()


def _works(appraisals: Iterable[Appraisal]) -> tuple[tuple[str, float], ...]:
    """What is done to the takes of one scene after they are made, in order, for all cuts together."""
    spent: dict[str, float] = {}
    for appraisal in appraisals:
        for name, seconds in appraisal.works:
            spent[name] = spent.get(name, 0.0) + seconds
    return tuple(spent.items())


def _model(appraisals: Iterable[Appraisal]) -> ModelPlan | None:
    """What the model of a scene takes for all its cuts, one after the other."""
    found = [appraisal.model for appraisal in appraisals if appraisal.model]
    if not found:
        return None
    return ModelPlan(
        seconds=round(sum(cost.seconds for cost in found), 1),
        card_gb=round(max(cost.vram_mb for cost in found) / 1000, 1),
        memory_gb=round(max(cost.memory_mb for cost in found) / 1000, 1),
        disk_gb=round(max(cost.disk_mb for cost in found) / 1000, 1),
        learned=all(cost.source == "learned" for cost in found),
    )


def _seconds(step: Step, costs: Mapping[str, Appraisal]) -> float:
    """Rough work of a step on one processor."""
    if step.name in costs:
        return costs[step.name].seconds
    return step.cost * (CODING if step.kind in ("body", "join") else SMALL)


def _scene_plan(
    scene: Scene, timeline: Timeline, planned: Sequence[Planned], maker: Maker, take: int, money: float
) -> ScenePlan:
    """One scene, whose steps are `planned`: the worst state among its own, and the first reason for it."""
    own = [one for one in planned if one.step.kind in _OWN or (one.step.kind == "join" and one.step.blocked)]
    state = next((state for state in _WORST if any(one.state is state for one in own)), State.CURRENT)
    reasons = [told(one.changes, scene) or one.reason for one in own if one.state is state and one.reason]
    slot = timeline.slot(scene.id)
    return ScenePlan(
        id=scene.id,
        seconds=float(slot.frames / timeline.rate),
        frames=slot.frames,
        exact=slot.exact,
        backend=maker.backend,
        reason=maker.reason,
        take=take,
        camera=scene.camera,
        state=state.value,
        why=reasons[0] if reasons else "",
        money=money,
    )
