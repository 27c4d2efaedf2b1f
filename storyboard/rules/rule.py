"""What a rule is: a code, what it looks for, what it says in two languages, why, and an example of each kind.

Knows no particular rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, get_args

from storyboard.errors import Diagnostic, Severity
from storyboard.film import Film, Scene
from storyboard.node import Place, Places
from storyboard.rules.ground import Ground
from storyboard.schedule import Schedule, schedule

Tongue = Literal["en", "ru"]
TONGUES: tuple[Tongue, ...] = get_args(Tongue)
"""Languages in which doubts are told."""

HEAD = "workprint: 1\ntitle: An example\n"
"""What every example begins with."""

_NOTHING: Mapping[str, object] = MappingProxyType({})


def tongue(language: str) -> Tongue:
    """The language in which a film of a language is told of its doubts: Russian for Russian, else English."""
    return "ru" if language.split("-")[0].split("_")[0].lower() == "ru" else "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """The same in English and Russian; `{name}` stands for a value of the finding, `{{` for a brace."""

    en: str
    ru: str

    def told(self, language: Tongue, values: Mapping[str, object] = _NOTHING) -> str:
        """The text in a language, with its values."""
        text = self.ru if language == "ru" else self.en
        # The values may come from a storyboard: they are put in, and never read as a template themselves.
        return text.format_map(values)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a rule says: what is doubtful, and what to do about it."""

    message: Wording
    hint: Wording


@dataclass(frozen=True, slots=True)
class Edit:
    """A small change of a written text: `old`, which stands on the line of `place` from its column on, becomes `new`.

    Where `old` is not found there any more, nothing is changed.
    """

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt: its place, which of its rule's sayings it is, the values in that, and edits that surely mend it."""

    place: Place
    values: Mapping[str, object] = field(default_factory=dict)
    said: str = ""
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Case:
    """What a rule looks at: the film, where it was written, and the ground of each scene as far as it is known."""

    film: Film
    places: Places
    grounds: Mapping[str, Ground] = field(default_factory=dict)

    @cached_property
    def times(self) -> Schedule:
        """The film in time, with lengths estimated."""
        return schedule(self.film)

    def seconds(self, scene: Scene) -> float:
        """How long a scene lasts, as far as it is known."""
        return float(self.times.slot(scene.id).frames / self.times.rate)

    def ground(self, scene: Scene) -> Ground | None:
        """What is known of the maker of a scene."""
        return self.grounds.get(scene.id)

    def generated(self) -> Iterable[tuple[Scene, Ground]]:
        """The scenes that a model makes, with its ground."""
        for scene in self.film.scenes:
            ground = self.ground(scene)
            if ground is not None and ground.makes == "generated":
                yield scene, ground


Look = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule. `looks` is None where another part of the house finds what it is about."""

    code: str
    title: Wording
    """One sentence: what is doubtful."""
    reason: Wording
    """Why it is worth a thought."""
    bad: str
    """A storyboard, without its head, of which exactly this is told."""
    good: str
    """The same storyboard mended."""
    looks: Look | None = None
    says: Mapping[str, Said] = field(default_factory=dict)
    """What it says, by the `said` of its findings."""
    mends: Callable[[Diagnostic, str], Edit | None] | None = None
    """The edit that mends a finding, from the source line of its place; None for what is not surely right."""
    ground: Ground | None = None
    """What its examples stand on, where the rule asks for a ground."""
    mended_ground: Ground | None = None
    """What its good example stands on, where that is another one."""
    worldly: bool = False
    """Whether another machine may say otherwise."""

    @property
    def is_safe_to_mend(self) -> bool:
        """Whether `--fix` may mend some of its findings."""
        return self.mends is not None or self.fixes

    fixes: bool = False
    """Whether its findings may carry edits."""

    def tell(self, finding: Finding, language: Tongue) -> Diagnostic:
        """The finding in words."""
        said, at = self.says[finding.said], finding.place
        message, hint = said.message.told(language, finding.values), said.hint.told(language, finding.values)
        return Diagnostic(at.path, at.line, at.column, self.code, message, hint, Severity.WARNING)


def short(text: str, most: int = 40) -> str:
    """A text on one line, cut where it is longer than so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
