"""Takes: which attempts at a scene there are, and which one the film uses.

`takes.json` lies beside the storyboard, one scene a line, fit for version control; a private ledger remembers every
take that was ever made. Knows nothing of clips.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from projects.disk import replace_bytes
from projects.journal import add_line, read_lines
from projects.steps import Json
from storyboard.errors import Diagnostic, MissingError, StoryboardError

CODE = "E701"
"""Diagnostic code of a takes file that cannot be read."""


@dataclass(frozen=True, slots=True)
class SceneTakes:
    """The takes of one scene. Take 1 always exists; `seeds` holds the later ones, None where the seed is derived."""

    use: int = 1
    seeds: Mapping[int, int | None] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all takes, in order."""
        return (1, *sorted(number for number in self.seeds if number != 1))


@dataclass(frozen=True, slots=True)
class Takes:
    """The takes of a film, by scene; a scene that is not there has only its first."""

    scenes: Mapping[str, SceneTakes] = field(default_factory=dict)

    def of(self, scene: str) -> SceneTakes:
        """The takes of a scene."""
        return self.scenes.get(scene, SceneTakes())


@dataclass(frozen=True, slots=True)
class MadeTake:
    """A take that was made once: where it can be found in the store."""

    scene: str
    take: int
    cut: str
    fingerprint: str


def retake(takes: Takes, scene: str, seed: int | None = None) -> tuple[Takes, int]:
    """Add a take to a scene and choose it; gives its number too. Without `seed` its seed is derived."""
    old = takes.of(scene)
    number = max(old.numbers) + 1
    new = SceneTakes(use=number, seeds={**old.seeds, number: seed})
    return replace(takes, scenes={**takes.scenes, scene: new}), number


def use(takes: Takes, scene: str, number: int) -> Takes:
    """Choose a take; raises MissingError when the scene has no such take."""
    old = takes.of(scene)
    if number not in old.numbers:
        there = ", ".join(str(known) for known in old.numbers)
        raise MissingError(
            f"scene '{scene}' has no take {number}", f"It has {there}; `workprint retake {scene}` makes another."
        )
    return replace(takes, scenes={**takes.scenes, scene: replace(old, use=number)})


def chosen(takes: Takes, scene: str, pinned: int = 0) -> int:
    """The number of the take that the film uses; one that the storyboard pins (not 0) wins."""
    return pinned or takes.of(scene).use


def seed_of(takes: Takes, scene: str, first_seed: int, number: int) -> int:
    """The seed of a take: the scene's own for the first, else the one given or one derived from both, 0..2^31-1."""
    given = takes.of(scene).seeds.get(number)
    if given is not None:
        return given
    if number == 1:
        return first_seed
    return int.from_bytes(hashlib.sha256(f"{first_seed}:{number}".encode()).digest()[:4]) >> 1


def read_takes(path: Path) -> Takes:
    """The takes that a file holds; none when it is not there. Raises StoryboardError with the place of a mistake."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Takes()
    except OSError as problem:
        remedy = "It holds the chosen takes: mend its permissions, or delete it to begin anew."
        raise MissingError(f"'{path.name}' cannot be read: {problem.strerror}", remedy) from problem
    except UnicodeDecodeError as problem:
        raise _mistake(path, 0, 0, f"the file is not UTF-8 text: {problem.reason}") from problem
    try:
        whole = json.loads(text, object_pairs_hook=_distinct)
    except json.JSONDecodeError as problem:
        raise _mistake(path, problem.lineno, problem.colno, f"the file is not JSON: {problem.msg}") from problem
    except ValueError as problem:
        raise _mistake(path, 0, 0, str(problem)) from problem
    if not isinstance(whole, dict) or whole.get("takes") != 1 or not isinstance(whole.get("scenes"), dict):
        raise _mistake(path, 1, 1, 'the file must be {"takes": 1, "scenes": {...}}')
    return Takes({scene: _scene(path, text, scene, value) for scene, value in whole["scenes"].items()})


def write_takes(path: Path, takes: Takes) -> None:
    """Write the takes atomically, scenes in order, one a line."""
    lines = [
        f"    {json.dumps(scene, ensure_ascii=False)}: {json.dumps(_plain(of), ensure_ascii=False)}"
        for scene, of in sorted(takes.scenes.items())
        if of != SceneTakes()
    ]
    scenes = "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
    replace_bytes(path, f'{{\n  "takes": 1,\n  "scenes": {scenes}\n}}\n'.encode())


def note_takes(ledger: Path, made: Iterable[MadeTake]) -> None:
    """Remember takes that were made, unless they are remembered already."""
    known = set(made_takes(ledger))
    for take in made:
        if take not in known:
            known.add(take)
            entry = {"scene": take.scene, "take": take.take, "cut": take.cut, "fingerprint": take.fingerprint}
            add_line(ledger, entry)


def made_takes(ledger: Path, scene: str = "") -> tuple[MadeTake, ...]:
    """Every take ever made, of one scene or of all, in the order of their making."""
    found = []
    for entry in read_lines(ledger):
        made = MadeTake(
            str(entry.get("scene", "")),
            entry["take"] if isinstance(entry.get("take"), int) else 0,
            str(entry.get("cut", "")),
            str(entry.get("fingerprint", "")),
        )
        if made.scene and made.take > 0 and scene in ("", made.scene):
            found.append(made)
    return tuple(found)


def _plain(of: SceneTakes) -> dict[str, Json]:
    seeds = {str(number): {} if seed is None else {"seed": seed} for number, seed in sorted(of.seeds.items())}
    return {"use": of.use, "takes": seeds}


def _scene(path: Path, text: str, scene: str, value: Any) -> SceneTakes:
    line = _line_of(text, scene)
    try:
        seeds = {_number(number): _seed(entry) for number, entry in value.get("takes", {}).items()}
        found = SceneTakes(use=_number(value.get("use", 1)), seeds=seeds)
    except (ValueError, TypeError, AttributeError) as problem:
        raise _mistake(path, line, 1, f"the takes of '{scene}' are not understood: {problem}") from problem
    if found.use not in found.numbers:
        raise _mistake(path, line, 1, f"scene '{scene}' uses take {found.use}, which it does not have")
    return found


def _number(value: Any) -> int:
    number = int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value) else value
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise ValueError(f"{value!r} is not the number of a take")
    return number


def _seed(entry: Any) -> int | None:
    if not isinstance(entry, dict) or entry.keys() - {"seed"}:
        raise ValueError(f"{entry!r} is not a take")
    seed = entry.get("seed")
    if seed is not None and (not isinstance(seed, int) or isinstance(seed, bool)):
        raise ValueError(f"{seed!r} is not a seed")
    return seed


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"'{twice}' stands here twice")
    return found


def _line_of(text: str, scene: str) -> int:
    before, found, _ = text.partition(f"{json.dumps(scene, ensure_ascii=False)}:")
    return before.count("\n") + 1 if found else 0


def _mistake(path: Path, line: int, column: int, message: str) -> StoryboardError:
    hint = "mend the file, or take an older one from version control; nothing has been overwritten"
    return StoryboardError((Diagnostic(path.name, line, column, CODE, message, hint),))
