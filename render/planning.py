"""A plan in words that people use: per scene its length, backend, take and state, and what a render would run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from projects.plan import Planned, State
from render.makers import Maker
from render.orders import FilmPlan, Order, ScenePlan
from render.timeline import Timeline
from storyboard.film import Film, Scene

_WORST = (State.BLOCKED, State.MISSING, State.STALE, State.CURRENT)

SECONDS_PER_MEGAPIXEL = 0.2
"""Rough work of painting and coding one million pixels on one processor, for the estimate shown to people."""


def film_plan(
    film: Film,
    timeline: Timeline,
    order: Order,
    planned: Sequence[Planned],
    makers: Mapping[str, Maker],
    takes: Mapping[str, tuple[int, int]],
    notes: tuple[str, ...],
) -> FilmPlan:
    """Put a plan of steps into the words of scenes."""
    wanted = [scene for scene in film.scenes if not order.scenes or scene.id in order.scenes]
    scenes = tuple(_scene_plan(scene, timeline, planned, makers[scene.id], takes[scene.id][0]) for scene in wanted)
    needed = frozenset(one.step.name for one in planned if one.needed)
    work = sum(one.step.cost for one in planned if one.needed and one.step.kind in ("take", "body", "join"))
    return FilmPlan(
        title=film.title,
        cuts=order.cuts or film.cuts,
        frames=timeline.frames,
        seconds=float(timeline.frames / film.rate),
        exact=timeline.exact,
        scenes=scenes,
        steps=tuple(planned),
        needed=needed,
        notes=notes,
        estimated_seconds=round(work * SECONDS_PER_MEGAPIXEL, 1),
        money=sum(scene.money for scene in scenes),
    )


def _scene_plan(scene: Scene, timeline: Timeline, planned: Sequence[Planned], maker: Maker, take: int) -> ScenePlan:
    """One scene: the worst state among its own steps, and the first reason for it."""
    own = [
        one for one in planned if one.step.scene == scene.id and one.step.kind in ("voice", "probe", "effect", "take")
    ]
    state = next((state for state in _WORST if any(one.state is state for one in own)), State.CURRENT)
    reasons = [one.reason for one in own if one.state is state and one.reason]
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
        money=0.0,
    )
