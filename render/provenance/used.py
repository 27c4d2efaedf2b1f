"""Everything that a film uses, with whom it is owed to: makers of its pictures, voices, music and sounds, own files.

Found from the plan, so that it is known before anything is made; what receipts tell of models and licences is taken
where they are there. Knows no manifests and no credits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from audio.casting.choice import Casting
from projects.hosted.catalogue import model_of
from projects.steps import Artifact, Step
from projects.weights import UNKNOWN_LICENCE, Setting
from render.makers import Maker
from render.provenance.known import known_finish, known_service, known_voice
from render.provenance.source_types import SourceType
from storyboard.errors import MissingError
from storyboard.film import Film, Line, Scene, Score, Sound, Treatment

Role = Literal["picture", "finish", "voice", "music", "sound", "own"]

HOUSE = "workprint"
OWN_BACKENDS = frozenset({"pictures", "footage"})
"""Backends that show the author's own files."""

_SNAPSHOT = re.compile(r"models--([^/\\]+)[/\\]snapshots[/\\]([0-9a-f]{7,64})")
_Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Used:
    """One maker, and for what. `of` are scenes, speakers or sounds; `voice` names a voice, `file` one of the author's.

    `source` is how what it made came about, None where nobody knows.
    """

    role: Role
    maker: str
    title: str
    of: tuple[str, ...] = ()
    voice: str = ""
    model: str = ""
    licence: str = ""
    notice: str = ""
    file: str = ""
    hosted: bool = False
    source: SourceType | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What receipts say: facts of takes by scene, of lines and effects by `scene/name`, and of the score."""

    takes: Mapping[str, _Facts] = field(default_factory=dict)
    voices: Mapping[str, _Facts] = field(default_factory=dict)
    effects: Mapping[str, _Facts] = field(default_factory=dict)
    score: _Facts = field(default_factory=dict)


def told_by(steps: Iterable[Step], made: Mapping[str, Artifact]) -> Told:
    """What the receipts of a film's steps say, as far as they are made."""
    takes, voices, effects = dict[str, _Facts](), dict[str, _Facts](), dict[str, _Facts]()
    score: _Facts = {}
    for step in steps:
        if (artifact := made.get(step.name)) is None:
            continue
        name = step.name.partition(":")[2]
        if step.kind == "take":
            takes.setdefault(step.scene, artifact.facts)
        elif step.kind == "voice":
            voices[name] = artifact.facts
        elif step.kind == "effect":
            effects[name] = artifact.facts
        elif step.kind == "score":
            score = artifact.facts
    return Told(takes, voices, effects, score)


def used_by(film: Film, casting: Casting, makers: Mapping[str, Maker], told: Told | None = None) -> tuple[Used, ...]:
    """Everything that a film uses, each once: pictures, voices, music, sounds, and the author's files last."""
    known = told or Told()
    every = [
        *(one for scene in film.scenes for one in _pictures(scene, makers[scene.id], known)),
        *(one for scene in film.scenes for line in scene.lines for one in _voice(scene, line, casting, known)),
        *_music(film.score, known.score),
        *(one for owner, sound in _sounds(film) for one in _sound(owner, sound, known)),
    ]
    return (*_joined(one for one in every if one.role != "own"), *_joined(one for one in every if one.role == "own"))


def _joined(every: Iterable[Used]) -> tuple[Used, ...]:
    """Alike ones as one, for all that they were used for."""
    found: dict[Used, dict[str, None]] = {}
    for one in every:
        found.setdefault(replace(one, of=()), {}).update(dict.fromkeys(one.of))
    return tuple(replace(one, of=tuple(of)) for one, of in found.items())


def _pictures(scene: Scene, maker: Maker, told: Told) -> Iterator[Used]:
    """What makes a scene's pictures, and what finishes them."""
    facts = told.takes.get(scene.id, {})
    of = (scene.id,)
    licence = str(facts.get("licence", ""))
    if maker.shop is not None:
        entry = known_service(maker.backend)
        title = entry.title if entry else maker.backend
        model = str(facts.get("model", "")).partition(" ")[2] or _hosted_model(maker.backend, scene)
        yield Used(
            "picture",
            maker.backend,
            title,
            of,
            model=model,
            hosted=True,
            licence=licence or (entry.licence if entry else UNKNOWN_LICENCE),
            source=SourceType.TRAINED,
        )
    elif maker.generated:
        model = str(facts.get("model", "")) or model_in(scene.model, maker.weights)
        yield Used(
            "picture",
            maker.backend,
            maker.backend,
            of,
            model=model,
            licence=licence or licences_of(model),
            source=SourceType.TRAINED,
        )
    elif maker.backend not in OWN_BACKENDS:
        yield Used("picture", maker.backend, HOUSE, of, source=SourceType.ALGORITHMIC)
    if scene.clip:
        yield Used("own", "", "footage", of, file=scene.clip)
    for part in scene.cast if maker.generated else ():
        weights = part.character.loras if "lora" in maker.takes else ()
        shown = part.character.references if "references" in maker.takes else ()
        yield from (Used("own", "", "weights", of, file=one.file) for one in weights)
        yield from (Used("own", "", "picture", of, file=name) for name in shown)
    for frame in scene.keyframes:
        for file in (frame.picture, *frame.layers):
            yield Used("own", "", "picture", of, file=file)
    for one in _effects(scene):
        if one.source == "python":
            yield Used("own", "", "effect", of, file=one.name.partition(":")[0])
    finishes = {
        "rife": scene.post.interpolator == "rife",
        "upscale": scene.post.upscale > 1,
        "track": scene.reframe == "track",
        "moviepy": any(one.source == "moviepy" for one in _effects(scene)),
    }
    for name in (name for name, wanted in finishes.items() if wanted):
        known = known_finish(name)
        source = SourceType.ENHANCED
        yield Used("finish", name, known.title, of, licence=known.licence, notice=known.notice, source=source)


def _effects(scene: Scene) -> Iterator[Treatment]:
    """What the author lets others do to a scene's pictures, and to those of the transition out of it."""
    yield from (*scene.effects, *scene.transition.treatments)


def model_in(settings: Iterable[tuple[str, Setting]], weights: Mapping[str, Path]) -> str:
    """The model that a scene's settings or its files name: repository and commit as far as they are known, or ""."""
    found = {
        match[1].replace("--", "/"): match[2] for path in weights.values() if (match := _SNAPSHOT.search(str(path)))
    }
    if found:
        return "; ".join(f"{repo}@{commit}" for repo, commit in found.items())
    asked = dict(settings)
    name = str(asked.get("repo") or asked.get("folder") or "")
    return f"{name}@{asked['revision']}" if name and asked.get("revision") else name


def licences_of(model: str) -> str:
    """What is known of the licences of models, `repository@commit` joined by semicolons."""
    from scenes.diffusion.licences import licence_for

    found = (licence_for(one.strip().rpartition(" ")[2].partition("@")[0]).told() for one in model.split(";"))
    told = dict.fromkeys("" if one.startswith(UNKNOWN_LICENCE) else one for one in found)
    return "; ".join(filter(None, told)) or UNKNOWN_LICENCE


def _hosted_model(name: str, scene: Scene) -> str:
    """A service's model by the name that it has today."""
    asked = str(dict(scene.model).get("name", ""))
    try:
        return model_of(name, asked).name
    except MissingError:
        return asked


def _voice(scene: Scene, line: Line, casting: Casting, told: Told) -> Iterator[Used]:
    """What speaks a line."""
    who = (line.by.name or line.by.id,)
    if line.file:
        yield Used("own", "", "recording", who, file=line.file)
        return
    part = casting.voices.get(line.by.id)
    if part is None:
        return
    facts = told.voices.get(f"{scene.id}/{line.id}", {})
    known = known_voice(part.engine)
    hosted = known_service(part.engine) is not None
    licence = str(facts.get("licence", "")) or part.info.licence or known.licence or UNKNOWN_LICENCE
    yield Used(
        "voice",
        part.engine,
        known.title,
        who,
        voice=part.info.name,
        model=str(facts.get("model", "")),
        licence=licence,
        notice=known.notice,
        hosted=hosted,
        source=SourceType.TRAINED if known.learned else SourceType.ALGORITHMIC,
    )


def _music(score: Score, facts: _Facts) -> Iterator[Used]:
    """What makes the score."""
    if score.kind == "none":
        return
    if score.kind == "file":
        yield Used("own", "", "music", file=score.file)
    elif score.backend == "composer":
        licence = str(facts.get("licence", "")).partition("sounds: ")[2] or _player(score)
        yield Used("music", score.backend, HOUSE, licence=licence, source=SourceType.ALGORITHMIC)
    else:
        entry = known_service(score.backend)
        model = str(facts.get("model", "")) or model_in(score.model, {})
        licence = str(facts.get("licence", "")) or (entry.licence if entry else UNKNOWN_LICENCE)
        title = entry.title if entry else score.backend
        yield Used(
            "music",
            score.backend,
            title,
            model=model,
            licence=licence,
            hosted=entry is not None,
            source=SourceType.TRAINED,
        )


def _player(score: Score) -> str:
    """Whose sounds a composed score is played with here, and their licence; "" where nothing can play it."""
    from audio.composing.synthesisers import chosen

    try:
        return chosen(str(dict(score.model).get("synthesiser", ""))).licence()
    except MissingError:
        return ""


def _sounds(film: Film) -> Iterator[tuple[str, Sound]]:
    """Every sound of the film, with the scene that it belongs to."""
    for sound in film.opening.sounds:
        yield "", sound
    for scene in film.scenes:
        yield from ((scene.id, sound) for sound in (*scene.sounds, *scene.transition.sounds))


def _sound(owner: str, sound: Sound, told: Told) -> Iterator[Used]:
    """What makes one sound."""
    if sound.file:
        yield Used("own", "", "sound", (owner,) if owner else (), file=sound.file)
    elif sound.effect:
        yield Used("sound", HOUSE, HOUSE, (sound.effect,), source=SourceType.ALGORITHMIC)
    else:
        entry = known_service(sound.backend)
        facts = told.effects.get(f"{owner}/{sound.id}", {})
        licence = str(facts.get("licence", "")) or (entry.licence if entry else UNKNOWN_LICENCE)
        yield Used(
            "sound",
            sound.backend,
            entry.title if entry else sound.backend,
            (sound.prompt,),
            model=str(facts.get("model", "")),
            licence=licence,
            hosted=entry is not None,
            source=SourceType.TRAINED,
        )
