"""The takes of a film as steps: the prompts that a model reads beforehand, and one take of one scene on one canvas.

What a backend needs of a scene is separated from what sound and order need, so that a changed word or sound never makes
a picture again. Plans only: nothing here opens a clip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from projects.steps import Step
from render.headroom import headroom
from render.identity import picture_identity
from render.makers import Maker
from render.picture import Canvas
from render.timeline import Timeline, frame_of
from scenes.backend import ClipRequest, Speech
from scenes.bought import BOUGHT, BoughtTakeRequest, as_footage
from scenes.clip import TakeRequest
from scenes.headroom import with_headroom
from scenes.recut import RecutRequest
from storyboard.errors import RenderError
from storyboard.film import NO_WISHES, Character, Film, FitVoice, Lora, Scene, Transition, VoiceChoice
from storyboard.prompts import BUDGET, compose, schedule
from storyboard.safe_lettering import kept_safe
from storyboard.time import sample_of_frame

_MODEL = 60
"""How many times longer a model works on a frame than the painter, roughly: for the time left, which learns anyway."""


def take_step(
    film: Film,
    scene: Scene,
    canvas: Canvas,
    frames: int,
    maker: Maker,
    take: tuple[int, int],
    speech: tuple[Speech, ...],
    files: Mapping[str, Path],
    blocked: str = "",
) -> Step:
    """The step that makes one take of one scene; `take` is its number and seed, `blocked` what its files lack."""
    number, seed = take
    budget = maker.tokens or BUDGET
    triggers = {
        part.character.id: ", ".join(lora.trigger for lora in loras_for(part.character, maker) if lora.trigger)
        for part in scene.cast
    }
    prompt = compose(scene, film, budget, triggers)
    clip = ClipRequest(
        scene=_for_the_eye(kept_safe(scene, film.safe), maker),
        prompt=prompt.text,
        negative=prompt.negative,
        frames=frames,
        rate=film.rate,
        width=canvas.width,
        height=canvas.height,
        seed=seed,
        take=number,
        draft=canvas.draft,
        speech=_seen(speech, scene) if maker.hears else (),
        characters=_known(scene, film),
        unsaid=prompt.dropped if maker.generated else (),
        schedule=schedule(scene, film, budget, triggers) if maker.generated else (),
    )
    return Step(
        name=f"take:{scene.id}@{canvas.tag}",
        kind="take",
        call="scenes.clip:make_take",
        request=TakeRequest(maker.backend, with_headroom(clip, headroom(film, scene, canvas, maker.takes))),
        files=files,
        suffix=".mp4",
        scene=scene.id,
        label=f"{scene.id} {canvas.cut}",
        cost=frames * canvas.width * canvas.height / 1e6 * (_MODEL if maker.weights else 1),
        blocked=maker.blocked or blocked,
        identity=maker.identity,
        # By model and its settings, then size, then whose small weights lie over it.
        lane=f"2 {maker.backend} {scene.model} {canvas.tag} {_laid(scene, maker)}" if maker.weights else "",
    )


def clip_of(take: Step) -> ClipRequest:
    """The request of a take with the paths of its files, as a backend sees it."""
    request: TakeRequest = take.request
    return replace(request.clip, files=dict(take.files))


def bought_take_step(take: Step, bought: Step, scene: Scene, maker: Maker) -> Step:
    """The step that cuts a take out of the clip that a service has made, as if it were footage.

    Nothing of what was asked of the service is in it: only what is done to the clip.
    """
    clip = clip_of(take)
    request = BoughtTakeRequest(
        maker.backend,
        replace(
            clip,
            scene=as_footage(clip.scene),
            prompt="",
            negative="",
            seed=0,
            take=1,
            files={},
            characters=(),
            unsaid=(),
            schedule=(),
        ),
    )
    return replace(
        take,
        call="scenes.bought:make_bought_take",
        request=request,
        inputs={BOUGHT: bought.name},
        files={name: path for name, path in take.files.items() if name == scene.post.lut},
        cost=clip.frames * clip.width * clip.height / 1e6,
        blocked="",
    )


def recut_step(take: Step, main: Step, scene: Scene) -> Step:
    """The step that makes a take for another cut out of the main cut's, in place of another run of the model."""
    request: TakeRequest = take.request
    clip = request.clip
    return replace(
        take,
        kind="recut",
        call="scenes.recut:make_recut",
        request=RecutRequest(clip.frames, clip.rate, clip.width, clip.height, scene.reframe, scene.focus),
        inputs={"take": main.name},
        files={},
        cost=clip.frames * clip.width * clip.height / 1e6,
        blocked="",
        identity=picture_identity(),
        lane="",
    )


def words_step(take: Step, maker: Maker) -> Step:
    """The step that encodes the prompts of a take beforehand; takes with the same prompts share it."""
    if maker.reader is None:
        raise RenderError(f"{maker.backend} reads no prompts beforehand")
    request: TakeRequest = take.request
    wanted = maker.reader.reading(request.clip)
    return Step(
        name=f"words:{take.scene}",
        kind="words",
        call="scenes.words:make_words",
        request=wanted,
        files=maker.reader.reading_files(maker.weights),
        suffix=".safetensors",
        scene=take.scene,
        label=f"{take.scene}: read the prompt",
        blocked=maker.blocked,
        identity=maker.identity,
        # All prompts are read before any picture is made, so that the reader is loaded once and then gone.
        lane=f"1 {maker.backend} {wanted.model}",
    )


def loras_for(who: Character, maker: Maker) -> tuple[Lora, ...]:
    """The small weights of a character that fit what makes the scene."""
    if "lora" not in maker.takes:
        return ()
    return tuple(lora for lora in who.loras if lora.backend in ("", maker.backend, *maker.courses))


def _laid(scene: Scene, maker: Maker) -> str:
    return " ".join(lora.file for part in scene.cast for lora in loras_for(part.character, maker))


def _for_the_eye(scene: Scene, maker: Maker) -> Scene:
    """The scene without what cannot be seen: sounds, words, voices, the way to the next scene, its rule of length.

    What speaks to models only is there only where a model can use it: changing it does not touch what is drawn.
    """
    cast = tuple(
        replace(
            part,
            character=replace(
                part.character,
                voice=VoiceChoice(""),
                references=part.character.references if "references" in maker.takes else (),
                loras=loras_for(part.character, maker),
                seed=part.character.seed if maker.generated else 0,
            ),
        )
        for part in scene.cast
    )
    return replace(
        scene,
        length=FitVoice(),
        lines=(),
        sounds=(),
        music=NO_WISHES,
        snap=False,
        clip_sound=True,
        clip_level=0.0,
        cast=cast,
        look=scene.look if "references" in maker.takes else replace(scene.look, examples=()),
        transition=Transition("cut", Fraction(0)),
        heading="",
        effects=(),
        take=0,
        seed=0,
    )


def _seen(speech: tuple[Speech, ...], scene: Scene) -> tuple[Speech, ...]:
    """What can be seen of speech: nothing where nobody is, and no mouth of somebody who is not there."""
    there = {part.character.id for part in scene.cast}
    return tuple(one if one.who in there else replace(one, mouth=()) for one in speech) if there else ()


def _known(scene: Scene, film: Film) -> tuple[str, ...]:
    """The film's characters up to the last one of the scene: whoever is added behind changes nothing in it."""
    everybody = [character.id for character in film.characters]
    there = [part.character.id for part in scene.cast]
    if not set(there) <= set(everybody):
        return tuple(everybody)
    return tuple(everybody[: max((everybody.index(who) + 1 for who in there), default=0)])


def speech_of(
    scene_id: str, timeline: Timeline, film: Film, envelopes: Mapping[tuple[str, str], Sequence[int]]
) -> tuple[Speech, ...]:
    """Who speaks when in a scene, in its own frames, with mouth openings from the loudness of each line.

    `envelopes` hold loudness 0..100 per 1/100 s; the mouth opening of a frame is the mean over the frame, rounded
    to 1/20.
    """
    slot = timeline.slot(scene_id)
    lines = {line.id: line for line in film.scene(scene_id).lines}
    origin = sample_of_frame(slot.start, film.rate)
    spoken = []
    for cue in timeline.cues_of(scene_id):
        begin = cue.first_sample - origin
        first = frame_of(begin, film.rate)
        last = min(slot.frames, frame_of(begin + cue.samples, film.rate) + 1)
        envelope = envelopes.get((scene_id, cue.line_id), ())
        mouth = tuple(_opening(envelope, frame, begin, film.rate) for frame in range(first, last)) if envelope else ()
        spoken.append(Speech(lines[cue.line_id].by.id, first, last, mouth, lines[cue.line_id].emotion))
    return tuple(spoken)


def _opening(envelope: Sequence[int], frame: int, begin: int, rate: Fraction) -> float:
    """The mouth opening of one frame of a line that begins at sample `begin` of the scene."""
    start = (sample_of_frame(frame, rate) - begin) // 480
    end = max(start + 1, (sample_of_frame(frame + 1, rate) - begin) // 480)
    heard = envelope[max(0, start) : max(0, end)]
    return round(sum(heard) / len(heard) / 5) / 20 if heard else 0.0
