"""Staging: one written scene to one resolved scene, with every default and inheritance applied.

Written keys win over what the prose says, and that wins over the defaults. Knows no other scene.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, cast

from storyboard.acts import in_turn
from storyboard.ambience import suggested
from storyboard.beats import beats, hours
from storyboard.blocking import block, dressed, extras
from storyboard.film import (
    Character,
    FitClip,
    FitVoice,
    Fixed,
    Keyframe,
    Length,
    Line,
    Moments,
    Part,
    Post,
    Scene,
    SceneMusic,
)
from storyboard.finishing import treatments
from storyboard.lettering import lettering, title_of
from storyboard.model.fields import MOST_INVENTED
from storyboard.model.film import WrittenFilm
from storyboard.model.scene import WrittenKeyframe, WrittenLine, WrittenPost, WrittenScene
from storyboard.model.score import WrittenSceneScore
from storyboard.sounds import of_scene
from storyboard.telling import tell, unread
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.reading import Prose
from storyboard.vocabulary.table import find, spot
from storyboard.ways import transition

DEFAULT_LENGTH = Fraction(5)
"""Seconds of a scene with neither lines nor footage."""


@dataclass(frozen=True, slots=True)
class House:
    """What a scene inherits from its film."""

    style: str
    backend: str
    seed: int
    language: str
    people: Mapping[str, Character]
    credits: tuple[str, ...] = ()
    snap: bool = False
    suggests: bool = True
    """Whether scenes that name no sounds get those that place and weather suggest."""


def house_of(written: WrittenFilm, people: Mapping[str, Character]) -> House:
    """Return what all scenes of a film inherit."""
    return House(
        style=written.style or "papercut",
        backend=written.backend or "auto",
        seed=int(written.seed or 0),
        language=written.language or "en",
        people=people,
        credits=tuple(written.credits or ()),
        snap=written.snap == "beat",
        suggests=written.sounds != "none",
    )


def scene_seed(film_seed: int, scene_id: str) -> int:
    """Return a scene's own seed, 0..2**31-1, from the film's seed and the scene's name only."""
    digest = hashlib.sha256(f"{film_seed}:{scene_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") & 0x7FFFFFFF


def stage(written: WrittenScene, house: House) -> Scene:
    """Resolve one scene."""
    moments = written.moments
    told = tell(_parts(written), dressed(written.cast or (), house.people), house.people.values())
    hours_ = hours(told.prose, told.parts, written.time or "", written.weather or "")
    lines = _lines(written.lines or (), house)
    cast_ = block(written.cast or (), house.people, written.lines or (), told)
    extras_ = extras(cast_, told)
    asked = [part.action is None for part in written.cast or ()] + [True] * len(extras_)
    acting = [part.character.id for part, free in zip((*cast_, *extras_), asked, strict=True) if free]
    seen = [part.character.id for part in (*cast_, *extras_)]
    scene = Scene(
        id=written.id,
        length=_length(written),
        place=_place(written, told.prose),
        time=hours_.time,
        weather=hours_.weather,
        shot=written.shot or told.prose.first("shot") or "wide",
        camera=written.camera or told.prose.first("camera") or "static",
        style=written.style or house.style,
        prompt=_prompt(written),
        negative=written.negative or "",
        cast=cast_,
        moments=Moments(moments.start or "", moments.middle or "", moments.end or "") if moments else Moments(),
        lines=_with_feelings(lines, cast_),
        sounds=(),
        transition=transition(written.transition),
        backend=written.backend or ("auto" if written.clip or written.keyframes else house.backend),
        text=title_of(written.text),
        clip=written.clip.file if written.clip else "",
        clip_from=(written.clip.from_ or Fraction(0)) if written.clip else Fraction(0),
        keyframes=_keyframes(written.keyframes or ()),
        model=tuple(sorted((written.model or {}).items())),
        focus=(float(written.focus[0]), float(written.focus[1])) if written.focus else (0.5, 0.5),
        reframe=cast(Literal["crop", "track", "native", "pad"], written.reframe or "crop"),
        post=_post(written.post),
        effects=treatments(written.effects or ()),
        seed=scene_seed(house.seed, written.id) if written.seed is None else int(written.seed),
        take=int(written.take or 0),
        language=house.language,
        things=told.props.things,
        extras=extras_,
        beats=in_turn(beats(told.account, seen, hours_), told, acting),
        lettering=lettering(
            written.text, house.credits, free=not (written.length is not None or written.lines or written.clip)
        ),
        music=_music(written.score),
        snap=house.snap if written.snap is None else written.snap == "beat",
        clip_sound=written.clip is None or written.clip.sound is not False,
        clip_level=float(written.clip.level or 0.0) if written.clip else 0.0,
        heading=written.heading or "",
    )
    heard = of_scene(written.sounds, lambda: suggested(scene) if house.suggests else ())
    return replace(scene, sounds=heard, unread=unread(scene, told, hours_, house.people.values()))


def _music(written: WrittenSceneScore | None) -> SceneMusic:
    if written is None:
        return SceneMusic()
    rest = written.mood == "none" or bool(written.rest)
    return SceneMusic("" if rest else written.mood or "", bool(written.hit), rest)


def _prompt(written: WrittenScene) -> str:
    """The prose of the scene; a place that is not a single known word goes before it."""
    place = written.place if written.place and find(PLACES, written.place) is None else ""
    return ". ".join(part for part in (place.rstrip(". "), written.prompt or "") if part)


def _parts(written: WrittenScene) -> tuple[str, str, str, str]:
    """The prose of the scene: place and prompt, then the moments."""
    moments = written.moments
    place = written.place if written.place and find(PLACES, written.place) is None else ""
    prompt = "\n".join(part for part in (place, written.prompt) if part)
    if not moments:
        return prompt, "", "", ""
    return prompt, moments.start or "", moments.middle or "", moments.end or ""


def _place(written: WrittenScene, prose: Prose) -> str:
    """The canonical place: as written, else as the prose says; "" where a written one is not known."""
    if not written.place:
        return prose.first("place")
    return find(PLACES, written.place) or spot(PLACES, written.place) or ""


def _length(written: WrittenScene) -> Length:
    if written.length is not None:
        return written.length
    if written.clip:
        return FitClip()
    return FitVoice() if written.lines else Fixed(DEFAULT_LENGTH)


def _lines(written: Sequence[WrittenLine], house: House) -> tuple[Line, ...]:
    counts: Counter[str] = Counter()
    lines = []
    for line in written:
        person = house.people[line.by or "narrator"]
        counts[person.id] += 1
        name = f"{person.id}-{counts[person.id]}"
        lines.append(Line(name, person, line.say, line.emotion or "", line.pause or Fraction(0), line.file or ""))
    return tuple(lines)


def _with_feelings(lines: Sequence[Line], parts: Sequence[Part]) -> tuple[Line, ...]:
    """A line without an emotion is spoken as its speaker feels in the scene."""
    feelings = {part.character.id: part.emotion for part in parts}
    return tuple(
        Line(line.id, line.by, line.text, line.emotion or feelings.get(line.by.id, "neutral"), line.pause, line.file)
        for line in lines
    )


def _keyframes(written: Sequence[WrittenKeyframe]) -> tuple[Keyframe, ...]:
    """Pictures in the order of the scene; those without a place are spread evenly."""
    last = max(1, len(written) - 1)
    frames = [
        Keyframe(
            frame.picture,
            Fraction(number, last) if frame.at is None else frame.at,
            tuple(frame.layers or ()),
            frame.depth or "",
            frame.mask or "",
        )
        for number, frame in enumerate(written)
    ]
    return tuple(sorted(frames, key=lambda frame: frame.at))


def _post(written: WrittenPost | None) -> Post:
    if written is None:
        return Post()
    return Post(
        grade="" if written.grade in (None, "none") else str(written.grade),
        denoise="" if written.denoise in (None, "none") else str(written.denoise),
        stabilise=bool(written.stabilise),
        interpolate=MOST_INVENTED if isinstance(written.interpolate, str) else written.interpolate or 0,
        upscale=int(written.upscale or 1),
        deband=bool(written.deband),
        sharpen="" if written.sharpen in (None, "none") else str(written.sharpen),
        lut=written.lut or "",
        interpolator=written.interpolate if isinstance(written.interpolate, str) else "",
    )
