"""Our side of the assembler's benchmark: a real project of footage scenes, and its store brought into known states.

A state is a copy of the project's private folder with some artifacts taken out: what a render then has to do is what is
measured. Long films take over what a short one has made of the same clips, as hard links under their own fingerprints.
Speaks to `workprint` as a person does, and to the store's files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from benchmarks.assembly_work import FADES, RATE, SPARE, Work, clip_path
from projects.digests import digest_file
from projects.plan import Planned, State
from projects.workspace import PRIVATE, open_workspace
from render.orders import Order
from render.production import open_production

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As on anybody's machine: compiled modules are kept."""

LINKED = frozenset({".mp4", ".m4a", ".wav"})
"""Endings of artifacts, which are replaced and never changed: copies of a store may share them."""


@dataclass(frozen=True, slots=True)
class Film:
    """A project on disk for some work, coded with `preset`, and the folder of its saved states."""

    work: Work
    folder: Path
    states: Path
    preset: str
    cuts: tuple[str, ...] = ("16:9",)

    @property
    def private(self) -> Path:
        """Where the project keeps its store."""
        return self.folder / PRIVATE

    def command(self, *words: str) -> list[str | Path]:
        """The command line of a render, as from the shell."""
        return [Path(sys.executable).with_name("workprint"), "render", self.folder, *words]

    def delivered(self, cut: str = "16:9") -> Path:
        """Where the finished film lies."""
        return self.folder / "out" / f"bench-{cut.replace(':', 'x')}.mp4"

    def render(self, *words: str) -> None:
        """Render, unmeasured; raises CalledProcessError where it fails."""
        done = subprocess.run(self.command(*words), env=ENVIRONMENT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{self.folder}: {done.stdout[-1500:]}{done.stderr[-1500:]}")

    def save(self, name: str) -> None:
        """Keep the private folder as a state."""
        _copy(self.private, self.states / name)

    def restore(self, name: str) -> None:
        """Bring the project into a state; what was delivered is removed."""
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        shutil.rmtree(self.private, ignore_errors=True)
        if name:
            _copy(self.states / name, self.private)

    def planned(self) -> tuple[Planned, ...]:
        """All steps of the film and how they stand."""
        return open_production(self.folder).plan(Order()).steps

    def put_clip(self, scene: int, clip: int) -> None:
        """Let a scene show another clip."""
        target = self.folder / "footage" / f"s{scene:04}.mp4"
        fresh = target.with_suffix(".part")
        os.link(self.folder / "stock" / f"c{clip:02}.mp4", fresh)
        fresh.replace(target)

    def drop(self, unwanted: Callable[[str, Planned], bool]) -> None:
        """Throw away artifacts of the film as it stands, by kind of step and step."""
        gone = [one.fingerprint for one in self.planned() if unwanted(one.step.kind, one)]
        open_workspace(self.folder).store.discard(gone)


def make_film(work: Work, root: Path, preset: str) -> Film:
    """Write the project's folder; its material is copied once and linked within it."""
    film = Film(work, root / f"film-{work.scenes}-{preset}", root / f"states-{work.scenes}-{preset}", preset)
    shutil.rmtree(film.folder, ignore_errors=True)
    shutil.rmtree(film.states, ignore_errors=True)
    for name in ("stock", "footage", "voices"):
        (film.folder / name).mkdir(parents=True)
    for path in {*work.clips, clip_path(work.folder, SPARE)}:
        shutil.copyfile(path, film.folder / "stock" / path.name)
    for path in sorted(set(work.voices)):
        shutil.copyfile(path, film.folder / "voices" / path.name)
    shutil.copyfile(work.music, film.folder / "music.m4a")
    for number, path in enumerate(work.clips):
        os.link(film.folder / "stock" / path.name, film.folder / "footage" / f"s{number:04}.mp4")
    write_storyboard(film)
    return film


def write_storyboard(film: Film) -> None:
    """The storyboard of the film."""
    lines = [
        "workprint: 1",
        "title: Bench",
        f"fps: {RATE}",
        "resolution: 720p",
        f"cuts: [{', '.join(film.cuts)}]",
        "loudness: -14 LUFS",
        "captions: off",
        f"encoding: {{codec: h264, crf: 20, preset: {film.preset}}}",
        "score: {file: music.m4a}",
        "scenes:",
    ]
    for number, voice in enumerate(film.work.voices):
        fade = FADES[number % 2] if number + 1 < film.work.scenes else 0
        lines += [
            f"  - id: s{number:04}",
            f"    clip: footage/s{number:04}.mp4",
            "    length: 5s",
            f"    lines: [{{say: Spoken words of a scene., file: voices/{voice.name}}}]",
            f"    transition: {f'crossfade {fade / RATE}s' if fade else 'cut'}",
        ]
    (film.folder / "storyboard.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def with_cuts(film: Film, cuts: tuple[str, ...]) -> Film:
    """The same film with other cuts, written."""
    other = replace(film, cuts=cuts)
    write_storyboard(other)
    return other


def make_states(film: Film, donors: Iterable[Film] = ()) -> None:
    """Render the film once, taking over what `donors` have, and save all states that cases begin with."""
    for donor in donors:
        take_over(film, donor)
    film.render()
    film.save("whole")
    film.drop(lambda _, one: not _of_clips(one))
    film.save("bodies")
    film.drop(lambda kind, _: kind != "take")
    film.save("takes")
    _new_take(film)


def _of_clips(one: Planned) -> bool:
    """Whether a step belongs to the making of a clip: its take, its body, and the look at its body."""
    step = one.step
    return step.kind in ("take", "body") or (step.kind == "rush" and "take" in step.inputs)


def _new_take(film: Film) -> None:
    """Save the state in which one scene in the middle has another take and everything else is as it was."""
    film.restore("whole")
    before = {one.fingerprint for one in film.planned()}
    film.put_clip(film.work.scenes // 2, SPARE)
    film.render()
    film.drop(lambda kind, one: one.fingerprint not in before and kind != "take")
    film.save("one")
    film.put_clip(film.work.scenes // 2, film.work.scenes // 2 % SPARE)


def take_over(film: Film, donor: Film) -> None:
    """Link what another film has made of the same clips under this film's fingerprints."""
    donor.restore("whole")
    # Voices set lengths: everything else is planned again when they are there.
    for _ in range(2):
        there = {key: one for one, key in _keyed(donor.planned()) if one.state is State.CURRENT}
        for one, key in _keyed(film.planned()):
            if one.state is not State.CURRENT and key in there:
                _link(there[key].fingerprint, one, donor.private / "store", film.private / "store")


def _keyed(planned: Iterable[Planned]) -> list[tuple[Planned, str]]:
    """Steps with what they are made from and how; the same key means the same bytes."""
    named: dict[str, str] = {}
    keyed = []
    for one in planned:
        step = one.step
        if step.kind not in ("take", "body", "join", "voice"):
            continue
        material = ",".join(_digest(path) for _, path in sorted(step.files.items()))
        made_from = ",".join(f"{name}={named.get(source, '?')}" for name, source in sorted(step.inputs.items()))
        clip = step.request.clip if step.kind == "take" else None
        request = repr(step.request) if clip is None else f"{clip.frames} of {clip.width}x{clip.height}"
        named[step.name] = f"{step.kind}({material};{made_from};{request})"
        keyed.append((one, named[step.name]))
    return keyed


def _digest(path: Path) -> str:
    status = path.stat()
    return _digest_of(path, status.st_ino, status.st_mtime_ns)


@cache
def _digest_of(path: Path, inode: int, changed: int) -> str:  # noqa: ARG001 - they tell one content from the next
    return digest_file(path)


def _link(source: str, target: Planned, donor: Path, store: Path) -> None:
    """Put an artifact of the donor's store into another store, as another step's."""
    receipt = json.loads(next((donor / "objects" / source[:2]).glob(f"{source}.receipt.json")).read_bytes())
    made = donor / "objects" / source[:2] / f"{source}{receipt['order']['suffix']}"
    step = target.step
    receipt["order"] |= {"fingerprint": target.fingerprint, "name": step.name, "scene": step.scene, "label": step.label}
    folder = store / "objects" / target.fingerprint[:2]
    folder.mkdir(parents=True, exist_ok=True)
    goal = folder / f"{target.fingerprint}{made.suffix}"
    goal.unlink(missing_ok=True)
    os.link(made, goal)
    folder.joinpath(f"{target.fingerprint}.receipt.json").write_text(json.dumps(receipt), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    """Copy a private folder; artifacts are linked."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, copy_function=_carry)


def _carry(source: str, target: str) -> str:
    if Path(source).suffix in LINKED:
        os.link(source, target)
    else:
        shutil.copy2(source, target)
    return target
