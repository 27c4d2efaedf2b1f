"""What rules may know of the makers of a film's clips: plain numbers, gathered without loading a model.

Asks the backends that scenes name, the table of services and the driver of the card. What cannot be found out stays
unsaid; nothing here fails because of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects import plugins
from projects.workspace import Workspace
from storyboard.errors import WorkprintError
from storyboard.film import Film, Scene
from storyboard.rules.ground import Ground

if TYPE_CHECKING:
    from projects.hosted.table import Model
    from scenes.diffusion.family import Family

_EMBEDDED: Mapping[str, Ground] = {
    "animatic": Ground("animatic", "drawn"),
    "pictures": Ground("pictures", "photographed"),
    "footage": Ground("footage", "photographed"),
}
"""Those that need no look."""

_MEGA = 1e6
_WAIT = 5.0
"""Seconds that the driver of the card has for an answer."""


def grounds(film: Film, workspace: Workspace, room_mb: Callable[[], float] | None = None) -> dict[str, Ground]:
    """The ground of each scene by its id, as far as it is known; `room_mb` tells the memory of this machine's card."""
    known: dict[tuple[object, ...], Ground | None] = {}
    found: dict[str, Ground] = {}
    for scene in film.scenes:
        name = _named(scene)
        key = (name, scene.model, bool(scene.keyframes))
        if key not in known:
            known[key] = _EMBEDDED.get(name) or _ground(name, scene, workspace)
        ground = known[key]
        if ground is not None:
            found[scene.id] = _weighed(ground, film, scene, workspace, room_mb or card_mb)
    return found


@lru_cache(maxsize=1)
def card_mb() -> float:
    """The memory of the first card in 10^6 bytes by what its driver tells; 0 where there is none."""
    from projects.cards import cards
    from projects.programs import probe, run

    here = cards()
    place = probe("nvidia-smi") if here else None
    if place is None:
        return 0.0
    asked: list[str | Path] = [place, "--query-gpu=memory.total", "--format=csv,noheader,nounits", "-i", here[0]]
    with suppress(WorkprintError, OSError, ValueError, IndexError):
        told = run(asked, timeout=_WAIT).stdout.decode("ascii", "replace")
        return float(told.splitlines()[0]) * (1 << 20) / _MEGA
    return 0.0


def _named(scene: Scene) -> str:
    """The maker of a scene: as written, else what the scene brings decides."""
    if scene.backend not in ("auto", ""):
        return scene.backend
    return "footage" if scene.clip else "pictures" if scene.keyframes else "animatic"


def _ground(name: str, scene: Scene, workspace: Workspace) -> Ground | None:
    """What is known of a maker of clips; None where it is not installed or cannot say."""
    if name not in plugins.find("workprint.clips"):
        from projects.hosted.catalogue import resolve

        with suppress(WorkprintError):
            led = resolve(name)
            return _hosted(led.service, led.model, led.name) if led is not None else None
        return None
    try:
        backend = plugins.load("workprint.clips", name)()
        able = backend.capabilities()
        if able.hosted:
            return _of_service(name, scene)
        family = getattr(backend, "family", None)
    except Exception:  # noqa: BLE001 - whatever a stranger's backend raises is told when it is to work
        return None
    ground = Ground(name, able.makes, prompt_tokens=able.prompt_tokens)
    return ground if family is None else _local(ground, backend, family, scene, workspace)


def _local(ground: Ground, backend: Any, family: Family, scene: Scene, workspace: Workspace) -> Ground:
    """What a model on this machine can do; of the very checkpoint, where it lies here."""
    goes_on = False
    with suppress(WorkprintError):
        files = _weights(backend, scene, workspace)
        asked = dict(scene.model)
        if files:
            family = backend.suited(files, asked).family
        goes_on = "start" in family.takes and (not family.parted or bool(scene.keyframes) or "start" in asked)
    longest = family.frames.longest / family.rate if family.frames.longest else Fraction(0)
    return replace(
        ground,
        title=family.title,
        prompt_tokens=family.tokens,
        sizes=tuple(family.sizes),
        longest=Fraction(longest),
        goes_on=goes_on,
    )


def _weights(backend: Any, scene: Scene, workspace: Workspace) -> Mapping[str, Path]:
    """The files of a scene's model; none where they are not here."""
    from projects.weights import ModelMissing

    try:
        found: Mapping[str, Path] = backend.weights(scene.model, workspace.folder)
    except ModelMissing:
        return {}
    return found


def _of_service(name: str, scene: Scene) -> Ground | None:
    """What the model of a service can do that a scene names."""
    from projects.hosted.catalogue import model_of

    with suppress(WorkprintError):
        found = model_of(name, str(dict(scene.model).get("name", "")))
        return _hosted(name, found.model, found.name)
    return Ground(name)


def _hosted(name: str, model: Model, called: str) -> Ground:
    from projects.hosted.catalogue import lengths

    offered = lengths(model) if model.seconds else ()
    return Ground(
        name,
        title=model.title or called,
        prompt_characters=model.prompt,
        sizes=tuple(dict.fromkeys(size for shapes in model.sizes.values() for size in shapes.values())),
        longest=Fraction(max(offered)).limit_denominator(1000) if offered else Fraction(0),
    )


def _weighed(ground: Ground, film: Film, scene: Scene, workspace: Workspace, room_mb: Callable[[], float]) -> Ground:
    """A ground with what the scene takes of the card and what the card has, where a model of this machine makes it."""
    if ground.makes != "generated" or ground.backend not in plugins.find("workprint.clips") or not ground.prompt_tokens:
        return ground
    room = room_mb()
    if not room:
        return ground
    try:
        wants = _wanted(film, scene, workspace)
    except Exception:  # noqa: BLE001 - a scene that cannot be appraised is told of when it is planned
        return ground
    return replace(ground, room_mb=room, wants_mb=wants)


def _wanted(film: Film, scene: Scene, workspace: Workspace) -> float:
    """Memory of the card that a scene takes with everything loaded, in 10^6 bytes; 0 where its weights are not here."""
    from scenes.backend import ClipRequest
    from storyboard.schedule import schedule

    backend = plugins.load("workprint.clips", scene.backend)()
    files = _weights(backend, scene, workspace)
    if not files:
        return 0.0
    width, height = film.cuts[0].canvas(film.short_side)
    request = ClipRequest(
        scene=scene,
        prompt=scene.prompt,
        negative=scene.negative,
        frames=schedule(film).slot(scene.id).frames,
        rate=film.rate,
        width=width,
        height=height,
        seed=scene.seed,
        take=1,
        files=files,
    )
    return float(backend.estimate(request, backend.quantise(request)).vram_mb)
