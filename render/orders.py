"""What is asked of a production and what it answers: plain data for the command line, scripts and pages alike."""

from __future__ import annotations

import difflib
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from projects.hosted.job import Consent
from projects.plan import Planned
from storyboard.errors import MissingError
from storyboard.film import Aspect, Film, Scene


@dataclass(frozen=True, slots=True)
class Order:
    """What to make. Empty `cuts` are all cuts of the storyboard, empty `scenes` the whole film.

    With `scenes`, only those scenes are made, each delivered as a clip of its own. `out` is the folder for finished
    films, `jobs` the number of worker processes (0: one per processor). With `wait`, a project that is being rendered
    is waited for. With `allow_code`, functions that the storyboard names in the project's own Python files may run; it
    changes what may be made and nothing of what is made.
    """

    cuts: tuple[Aspect, ...] = ()
    scenes: tuple[str, ...] = ()
    draft: bool = False
    jobs: int = 0
    out: Path | None = None
    wait: bool = False
    allow_code: bool = False
    consent: Consent = field(default_factory=Consent)
    """What may be paid for at hosted services; by itself nothing."""

    @property
    def workers(self) -> int:
        """The number of worker processes."""
        return self.jobs or os.cpu_count() or 1


def find_scene(film: Film, scene_id: str) -> Scene:
    """The scene of that id; raises MissingError with a suggestion."""
    try:
        return film.scene(scene_id)
    except KeyError:
        names = [scene.id for scene in film.scenes]
        near = difflib.get_close_matches(scene_id, names, n=1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        raise MissingError(f"there is no scene '{scene_id}'", f"{hint}There are: {', '.join(names)}.") from None


def check_order(film: Film, order: Order) -> None:
    """Raise MissingError for a scene or a cut that the storyboard does not have."""
    for scene_id in order.scenes:
        find_scene(film, scene_id)
    for cut in order.cuts:
        if cut not in film.cuts:
            raise MissingError(
                f"the storyboard has no cut {cut}",
                f"It has {', '.join(map(str, film.cuts))}; add it to `cuts:`.",
            )


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """What the model of a scene takes: seconds of work here, and billions of bytes of card, memory and disk.

    `learned` says that the seconds follow from scenes that were finished on this machine, not from a formula.
    """

    seconds: float
    card_gb: float
    memory_gb: float
    disk_gb: float
    learned: bool


@dataclass(frozen=True, slots=True)
class ScenePlan:
    """One scene of a plan. `state` is the worst of its steps' (current, stale, missing, blocked), `why` the reason.

    `works` is what `post` does to the takes that a render would make, in order: name and seconds on one processor.
    """

    id: str
    seconds: float
    frames: int
    exact: bool
    backend: str
    reason: str
    take: int
    camera: str
    state: str
    why: str
    money: float
    works: tuple[tuple[str, float], ...] = ()
    model: ModelPlan | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        works = [{"name": name, "seconds": round(seconds, 1)} for name, seconds in self.works]
        return {**plain, "works": works, "model": asdict(self.model) if self.model else None}


@dataclass(frozen=True, slots=True)
class PurchasePlan:
    """One thing that is, or was, bought from a hosted service for a film.

    `standing` is kept, stale, open, unknown or new (see `render.purchases`); only what is new is paid for. `money` is
    in US dollars, None where no price is known; `price_days` is the price's age and `exact` says that the length is
    known for which it was reckoned. `cheaper` are other models with what they would cost.
    """

    slot: str
    scene: str
    title: str
    standing: str
    why: str
    seconds: float
    money: float | None
    price_days: int
    price_source: str
    price_is_old: bool
    exact: bool
    cheaper: tuple[tuple[str, float], ...] = ()

    @property
    def pays(self) -> bool:
        """Whether a render would pay for it."""
        return self.standing == "new"


@dataclass(frozen=True, slots=True)
class QuotaPlan:
    """A quota of a service's account in the present day or month, and what this plan would take of it."""

    service: str
    account: str
    told: str
    """`50 clips a month of gen4.5`."""
    used: float
    left: float


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """What a render would do. `exact` is false while voices that set lengths are still to be made."""

    title: str
    cuts: tuple[Aspect, ...]
    frames: int
    seconds: float
    exact: bool
    scenes: tuple[ScenePlan, ...]
    steps: tuple[Planned, ...]
    """Every step of the film in order of work, with its state and reason."""
    needed: frozenset[str]
    """Names of the steps that a render would run now."""
    notes: tuple[str, ...]
    estimated_seconds: float
    """Rough working time of the needed takes on one processor."""
    money: float
    level_exact: bool = True
    """False while some of the sound is still to be mixed: should the film become louder or softer as a whole, all of
    its sound is coded again."""
    voices: tuple[str, ...] = ()
    """Who speaks with which voice of which engine here."""
    purchases: tuple[PurchasePlan, ...] = ()
    quotas: tuple[QuotaPlan, ...] = ()
    spent: float = 0.0
    """US dollars that the film has cost so far."""

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {
            "title": self.title,
            "cuts": [str(cut) for cut in self.cuts],
            "frames": self.frames,
            "seconds": self.seconds,
            "exact": self.exact,
            "level_exact": self.level_exact,
            "estimated_seconds": self.estimated_seconds,
            "money": self.money,
            "notes": list(self.notes),
            "voices": list(self.voices),
            "purchases": [asdict(one) for one in self.purchases],
            "quotas": [asdict(one) for one in self.quotas],
            "spent": self.spent,
            "scenes": [scene.as_json() for scene in self.scenes],
            "steps": [
                {
                    "name": planned.step.name,
                    "kind": planned.step.kind,
                    "scene": planned.step.scene,
                    "state": planned.state,
                    "reason": planned.reason,
                    "runs": planned.step.name in self.needed,
                }
                for planned in self.steps
            ],
        }


@dataclass(frozen=True, slots=True)
class Delivered:
    """One finished file and what was measured of it; `report` is empty for the clip of a single scene.

    `fingerprint` is that of the artifact that it is a copy of.
    """

    path: Path
    cut: Aspect
    scene: str = ""
    report: dict[str, Any] = field(default_factory=dict)
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a render handed over. `made` and `reused` name steps; `notes` is everything that a person should know."""

    films: tuple[Delivered, ...]
    captions: tuple[Path, ...]
    made: tuple[str, ...]
    reused: tuple[str, ...]
    notes: tuple[str, ...]
    papers: tuple[Path, ...] = ()
    """Credits and receipts beside the films."""

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {
            "films": [
                {"path": str(film.path), "cut": str(film.cut), "scene": film.scene, "report": film.report}
                for film in self.films
            ],
            "captions": [str(path) for path in self.captions],
            "papers": [str(path) for path in self.papers],
            "made": list(self.made),
            "reused": list(self.reused),
            "notes": list(self.notes),
        }
