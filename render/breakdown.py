"""The breakdown: everything that has to be made for an order, as one graph of steps with its targets.

Puts together the picture's steps, the sound's and the self-test's. Makes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from projects.digests import Digests
from projects.steps import Step
from projects.workspace import Workspace
from render.captions.translated import burned_translation
from render.chunks import Chunked, Level
from render.inspection import check_step
from render.lengths import author_files
from render.makers import Maker
from render.orders import Order
from render.picture import Canvas, canvas_of, film_step, piece_steps, source_name, treated_step
from render.purchases import Purchases, wanted_clip
from render.rushes import rush_steps
from render.take import bought_take_step, loras_for, recut_step, speech_of, take_step, words_step
from render.timeline import Timeline, scene_timeline
from storyboard.film import Film, Scene


@dataclass(frozen=True, slots=True)
class Target:
    """One file to deliver: the steps that make and check it ("" for no check), its canvas, its scene or ""."""

    step: str
    check: str
    canvas: Canvas
    scene: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """All steps of an order and the files to deliver from them."""

    steps: tuple[Step, ...]
    targets: tuple[Target, ...]

    def names(self) -> list[str]:
        """The steps that a render has to bring about."""
        return [name for target in self.targets for name in (target.step, target.check) if name]

    def mixes(self) -> list[str]:
        """The steps that measure how loud the film is; they have to be brought about whatever else is there."""
        return [step.name for step in self.steps if step.kind == "mix"]

    def before_level(self) -> list[str]:
        """The steps that can be brought about before the film's gain is known: the mixes, the pieces, their rushes."""
        final = set(self.names())
        sources = {source for step in self.steps if step.name in final for source in step.inputs.values()}
        picture = [step.name for step in self.steps if step.name in sources and step.kind in ("body", "join", "rush")]
        return [*self.mixes(), *picture]


def scenes_of(film: Film, order: Order) -> list[Scene]:
    """The scenes that an order is about, in the film's order."""
    return [scene for scene in film.scenes if not order.scenes or scene.id in order.scenes]


def canvases_of(film: Film, order: Order) -> list[Canvas]:
    """The canvases of the cuts that are ordered."""
    return [canvas_of(film, cut, order.draft) for cut in order.cuts or film.cuts]


def take_steps(
    film: Film,
    timeline: Timeline,
    order: Order,
    workspace: Workspace,
    makers: Mapping[str, Maker],
    takes: Mapping[str, tuple[int, int]],
    envelopes: Mapping[tuple[str, str], Sequence[int]],
    purchases: Purchases,
    digests: Digests,
) -> dict[str, Step]:
    """The takes of an order by name, with what is bought or read for them and the author's effects over them.

    `takes` maps scenes to number and seed of the take in use, `envelopes` lines to their loudness.
    """
    steps: dict[str, Step] = {}
    main = canvas_of(film, film.cuts[0], order.draft)

    def take_of(scene: Scene, canvas: Canvas) -> Step:
        """The take of a scene on a canvas, and with it in `steps` what it is made from."""
        maker = makers[scene.id]
        speech = speech_of(scene.id, timeline, film, envelopes) if maker.hears else ()
        files, blocked = author_files(workspace, {name: name for name in _material(scene, maker)})
        frames = timeline.slot(scene.id).frames
        files = {**files, **maker.weights}
        step = take_step(film, scene, canvas, frames, maker, takes[scene.id], speech, files, blocked)
        if maker.shop is not None:
            final = canvas_of(film, canvas.cut if scene.reframe == "native" else film.cuts[0], draft=False)
            asked = take_step(film, scene, final, frames, maker, takes[scene.id], (), files, blocked)
            bought = purchases.step(wanted_clip(scene, final.cut == film.cuts[0], asked, maker, digests))
            steps.setdefault(bought.name, bought)
            return steps.setdefault(step.name, bought_take_step(step, bought, scene, maker))
        if not maker.composes and canvas.tag != main.tag:
            step = recut_step(step, take_of(scene, main), scene)
        elif maker.reader is not None:
            read = words_step(step, maker)
            steps.setdefault(read.name, read)
            step = replace(step, inputs={"words": read.name})
        return steps.setdefault(step.name, step)

    for canvas in canvases_of(film, order):
        for scene in scenes_of(film, order):
            take_of(scene, canvas)
            if scene.effects:
                frames = timeline.slot(scene.id).frames
                step = treated_step(film, scene, canvas, frames, workspace, allow_code=order.allow_code)
                steps[step.name] = step
    return steps


def break_down(
    film: Film,
    timeline: Timeline,
    order: Order,
    workspace: Workspace,
    makers: Mapping[str, Maker],
    taken: Mapping[str, Step],
    sounds: Mapping[str, tuple[Chunked, Level]],
) -> Breakdown:
    """The steps of an order, apart from those that set lengths.

    `taken` are its takes (`take_steps`); `sounds` are those of the film (under "") or of each scene by itself.
    """
    steps = dict(taken)
    targets: list[Target] = []
    translated = burned_translation(film, workspace)
    pieces_of = partial(piece_steps, film, translated=translated, workspace=workspace, allow_code=order.allow_code)
    wanted = scenes_of(film, order)
    for canvas in canvases_of(film, order):
        generated = any(makers[scene.id].generated for scene in wanted)
        if order.scenes:
            targets.extend(
                _single(film, scene, timeline, canvas, sounds[scene.id], generated, steps, pieces_of)
                for scene in wanted
            )
        else:
            targets.append(_whole(film, timeline, canvas, sounds[""], generated, steps, pieces_of))
    return Breakdown(tuple(steps.values()), tuple(targets))


def _whole(
    film: Film,
    timeline: Timeline,
    canvas: Canvas,
    sound: tuple[Chunked, Level],
    generated: bool,
    steps: dict[str, Step],
    pieces_of: Callable[[Timeline, Canvas], list[Step]],
) -> Target:
    """Add the steps of one cut of the whole film."""
    chunked, level = sound
    joined = film_step(film, timeline, canvas, chunked.names("sound"), generated)
    checked = check_step(film, timeline, canvas, joined.name, chunked.names("heard"))
    sources = {scene.id: source_name(scene, canvas) for scene in film.scenes}
    pieces = [*pieces_of(timeline, canvas), *rush_steps(timeline.pieces, film.rate, canvas.tag, sources)]
    for step in [*pieces, *chunked.mixes, *chunked.coded(level.gain_db), joined, checked]:
        steps.setdefault(step.name, step)
    return Target(joined.name, checked.name, canvas)


def _single(
    film: Film,
    scene: Scene,
    timeline: Timeline,
    canvas: Canvas,
    sound: tuple[Chunked, Level],
    generated: bool,
    steps: dict[str, Step],
    pieces_of: Callable[[Timeline, Canvas], list[Step]],
) -> Target:
    """Add the steps of one scene by itself."""
    own = scene_timeline(timeline, scene.id)
    chunked, level = sound
    joined = film_step(film, own, canvas, chunked.names("sound"), generated, scene.id)
    for step in [
        *pieces_of(own, canvas),
        *chunked.mixes,
        *chunked.coded(level.gain_db),
        joined,
    ]:
        steps.setdefault(step.name, step)
    return Target(joined.name, "", canvas, scene.id)


def _material(scene: Scene, maker: Maker) -> list[str]:
    """Project-relative names of the author's files that a scene's picture is made from.

    References of characters speak to models only; a changed one does not touch what is drawn or filmed.
    """
    clip = [scene.clip] if scene.clip else []
    people = [part.character for part in scene.cast]
    references = [name for who in people for name in who.references] if "references" in maker.takes else []
    references += scene.look.examples if "references" in maker.takes else ()
    references += [lora.file for who in people for lora in loras_for(who, maker)]
    pictures = [name for k in scene.keyframes for name in (k.picture, *k.layers, k.depth, k.mask) if name]
    if maker.shop is not None:
        pictures += maker.shop.material(scene.model)
    return [*clip, *pictures, *([scene.post.lut] if scene.post.lut else []), *references]
