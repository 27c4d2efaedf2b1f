"""Footsteps that follow the picture: where feet land is asked of what makes the clip, and heard just there.

A step of its own asks, so that planning a film costs nothing. Brings clips and sounds together; knows neither's ways.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from audio.effects import EffectRequest, make_effect
from projects.steps import Json, Step, Work
from render.makers import Maker
from render.picture import canvas_of
from render.take import take_step
from render.timeline import Timeline
from scenes.clip import TakeRequest
from scenes.sound import footfalls
from storyboard.film import Film, Scene, Sound
from storyboard.time import SAMPLE_RATE

FOOTSTEPS = "footsteps"


@dataclass(frozen=True, slots=True)
class StepsRequest:
    """The footsteps of one person, or of all ("" for `who`), among those that the input `walk` tells.

    `after` are samples of the scene that pass before the sound begins.
    """

    effect: EffectRequest
    who: str = ""
    after: int = 0


def walk_steps(
    film: Film, timeline: Timeline, makers: Mapping[str, Maker], takes: Mapping[str, tuple[int, int]]
) -> dict[str, Step]:
    """For each scene with footsteps whose maker can tell them, the step that asks where feet land.

    They are asked for the main cut: feet land at the same time in all of them.
    """
    canvas = canvas_of(film, film.cuts[0], draft=False)
    steps = {}
    for scene in film.scenes:
        if not _walks(scene) or not makers[scene.id].walks:
            continue
        frames = timeline.slot(scene.id).frames
        take = take_step(film, scene, canvas, frames, makers[scene.id], takes[scene.id], (), {})
        steps[scene.id] = Step(
            name=f"walk:{scene.id}",
            kind="walk",
            call="render.walking:ask",
            request=take.request,
            suffix=".json",
            scene=scene.id,
            label=f"{scene.id}: where feet land",
            cost=0.2,
            blocked=take.blocked,
            identity=take.identity,
        )
    return steps


def _walks(scene: Scene) -> bool:
    return any(sound.effect == FOOTSTEPS for sound in scene.sounds)


def is_heard(sound: Sound, scene: Scene, walks: Mapping[str, Step]) -> bool:
    """Whether a sound belongs into the film: suggested steps only where they can follow the feet that are seen."""
    return sound.effect != FOOTSTEPS or not sound.suggested or scene.id in walks


def ask(request: TakeRequest, work: Work, out: Path) -> Json:
    """Ask a clip's maker where feet land; facts: `steps`, each as `scenes.sound.Footfall` has it."""
    del work
    facts = {"steps": [asdict(one) for one in footfalls(request.backend, request.clip) or ()]}
    out.write_text(json.dumps(facts) + "\n", encoding="utf-8")
    return facts


def make_footsteps(request: StepsRequest, work: Work, out: Path) -> Json:
    """Make the footsteps that the input `walk` tells, as `audio.effects.make_effect` makes them."""
    told = work.inputs["walk"].facts["steps"]
    landed = [
        (round(one["seconds"] * SAMPLE_RATE) - request.after, one)
        for one in told
        if not request.who or one["who"] == request.who
    ]
    heard = [(at, one) for at, one in landed if 0 <= at < request.effect.samples]
    effect = replace(
        request.effect,
        times=tuple(at for at, _ in heard),
        strengths=tuple(float(one["strength"]) for _, one in heard),
        places=tuple(float(one["place"]) for _, one in heard),
        surface=next((str(one["surface"]) for _, one in heard), ""),
    )
    return make_effect(effect, work, out) if heard else _silence(effect, out)


def _silence(effect: EffectRequest, out: Path) -> Json:
    """Nobody walks: a sound of that length in which nothing is heard."""
    import numpy as np

    from audio.signal import wavefile

    wavefile.write(out, np.zeros((effect.samples, 2), np.float32))
    return {"samples": effect.samples, "effect": effect.effect}
