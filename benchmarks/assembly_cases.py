"""The cases of the assembler's benchmark: what is in the store, what is made, and what the goal is.

Each case of ours is paired with the graph's run of the same round on the same work. Knows how to run, not how to print.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.assembly_checks import complaints, verify
from benchmarks.assembly_film import ENVIRONMENT, Film, with_cuts
from benchmarks.assembly_graph import graph_command
from benchmarks.assembly_meter import Cost, measure
from benchmarks.assembly_work import CLIPS, SPARE

SETTLED = 2.2
"""Seconds after which a file counts as untouched, so that its digest is remembered."""

COLD_MEMORY = 450.0
FULL_MEMORY = 300.0
"""MB."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a render meets: the state of the store, the cuts it makes, whether a scene is new, and the graph to beat.

    `goals` maps numbers of scenes (0: any) and presets ("": any) to how many times less processor time is due.
    """

    name: str
    title: str
    state: str
    goals: Mapping[tuple[int, str], float] = field(default_factory=dict)
    upright: bool = False
    new_scene: bool = False
    delivered: bool = False
    """Whether the finished film lies in its place already."""

    def goal(self, scenes: int, preset: str) -> float:
        """How many times less than the graph is due, 0 for no goal."""
        keys = ((scenes, preset), (scenes, ""), (0, preset), (0, ""))
        return next((self.goals[key] for key in keys if key in self.goals), 0.0)


CASES = (
    Case("warm", "clips just made, film assembled", "bodies", {(0, "veryfast"): 3.0, (0, "medium"): 4.4}),
    Case("takes", "takes there, no bodies", "takes"),
    Case("cold", "nothing cached", "", {(0, ""): 1 / 0.8}),
    Case("one", "one scene rendered anew", "one", {(12, ""): 8.0, (48, ""): 30.0, (120, ""): 70.0}, new_scene=True),
    Case("unchanged", "nothing changed", "whole", {(0, ""): 50.0}, delivered=True),
    Case("upright", "second cut, 9:16", "whole", {(0, ""): 1.0}, upright=True),
    Case("upright-one", "second cut, one scene anew", "upright-one", {(12, ""): 8.0}, upright=True, new_scene=True),
)
"""In the order of the table."""


@dataclass(slots=True)
class Row:
    """One line of the table: all runs of ours and of the graph, pair by pair."""

    case: str
    title: str
    scenes: int
    preset: str
    goal: float
    ours: list[Cost] = field(default_factory=list)
    graph: list[Cost] = field(default_factory=list)
    note: str = ""

    def ratio(self, figure: str) -> float:
        """How many times less ours takes, as the median of all pairs; 0 where nothing was paired."""
        pairs = [getattr(g, figure) / getattr(o, figure) for o, g in zip(self.ours, self.graph, strict=False)]
        return statistics.median(pairs) if pairs else 0.0

    def median(self, side: str, figure: str) -> float:
        """The median of a figure of one side; 0 where it was not run."""
        runs: list[Cost] = getattr(self, side)
        return statistics.median(getattr(run, figure) for run in runs) if runs else 0.0

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if not self.goal or not self.graph:
            return None
        flat = self.case != "cold" or self.median("ours", "peak") < COLD_MEMORY
        return self.ratio("cpu") >= self.goal and flat

    def as_json(self) -> dict[str, Any]:
        """Plain data, without what the programs said."""
        plain = asdict(self)
        for side in ("ours", "graph"):
            plain[side] = [{k: round(v, 3) for k, v in run.items() if k != "said"} for run in plain[side]]
        return {**plain, "cpu_ratio": self.ratio("cpu"), "wall_ratio": self.ratio("wall"), "met": self.met}


def run_round(film: Film, cases: Sequence[Case], rows: Mapping[str, Row], root: Path) -> None:
    """One round: the graph once for each cut that is wanted, and between its runs every case of ours."""
    for upright in (False, True):
        wanted = [case for case in cases if case.upright is upright]
        if not wanted:
            continue
        target = root / f"graph-{film.work.scenes}-{film.preset}{'-upright' if upright else ''}.mp4"
        command = graph_command(film.work, film.work.clips, target, film.preset, upright=upright)
        graph = measure(command, root)
        verify(target, film.work.frames)
        for case in wanted:
            ours = run_ours(film, case)
            rows[case.name].graph.append(graph)
            rows[case.name].ours.append(ours)
            print(f"  {case.title}: CPU {ours.cpu:.2f} s, the graph's {graph.cpu:.2f} s", flush=True)


def run_ours(film: Film, case: Case) -> Cost:
    """Bring the project into the case's state, render as from the shell, and check the result."""
    own = with_cuts(film, ("16:9", "9:16")) if case.upright else film
    scene = film.work.scenes // 2
    own.restore(case.state)
    try:
        if case.new_scene:
            own.put_clip(scene, SPARE)
        _settle(own)
        if case.delivered:
            own.render()
        cut = "9:16" if case.upright else "16:9"
        words = ("--cut", cut) if case.upright else ()
        cost = measure(own.command(*words), own.folder, ENVIRONMENT)
        _check(own.delivered(cut), film.work.frames)
    finally:
        if case.new_scene:
            own.put_clip(scene, scene % CLIPS)
        if case.upright:
            with_cuts(film, ("16:9",))
    return cost


def run_full(film: Film) -> tuple[Cost, float]:
    """Join a film whose pieces and sound are all there; gives the cost and the seconds that copying the file takes."""
    film.restore("joinable")
    _settle(film)
    cost = measure(film.command(), film.folder, ENVIRONMENT)
    made = film.delivered()
    verify(made, film.work.frames)
    copy = made.with_suffix(".copy")
    begun = time.monotonic()
    shutil.copyfile(made, copy)
    copied = time.monotonic() - begun
    copy.unlink()
    return cost, copied


def make_upright_state(film: Film) -> None:
    """Save the state in which both cuts are there but for one scene's new takes."""
    both = with_cuts(film, ("16:9", "9:16"))
    scene = film.work.scenes // 2
    both.restore("whole")
    both.render()
    before = {one.fingerprint for one in both.planned()}
    both.put_clip(scene, SPARE)
    both.render()
    both.drop(lambda kind, one: one.fingerprint not in before and kind != "take")
    both.save("upright-one")
    both.put_clip(scene, scene % CLIPS)
    with_cuts(film, ("16:9",))


def own_growth(rows: Iterable[Row]) -> float:
    """Our processor time for one scene anew in the longest film against that in the shortest; 0 for fewer than two."""
    ones = sorted((row for row in rows if row.case == "one" and row.ours), key=lambda row: row.scenes)
    if len(ones) < 2:
        return 0.0
    return ones[-1].median("ours", "cpu") / ones[0].median("ours", "cpu")


def _settle(film: Film) -> None:
    """Let digests of touched files be remembered, as in any project that is older than a few seconds."""
    if film.private.exists():
        time.sleep(SETTLED)
        words = [film.command()[0], "plan", film.folder]
        subprocess.run(words, env=ENVIRONMENT, capture_output=True, check=True)


def _check(path: Path, frames: int) -> None:
    verify(path, frames)
    said = complaints(path)
    if said:
        raise RuntimeError(f"{path} does not decode silently: {said[:500]}")
