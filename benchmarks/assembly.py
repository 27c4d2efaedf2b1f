"""The assembler's benchmark: films of N clips, ours against one ffmpeg graph and other programs.

Whole processes from the shell, alternated in rounds; medians of processor seconds with all children, wall seconds and
peak memory, and the ratios of the pairs. Every result's exit code, frames and decoding are checked.
Usage: python -m benchmarks.assembly [--cases warm,one] [--scenes 12,48] [--presets veryfast] [--pairs 3] [--peers all]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.assembly_cases import CASES, FULL_MEMORY, Case, Row, make_upright_state, own_growth, run_full, run_round
from benchmarks.assembly_film import Film, make_film, make_states, take_over
from benchmarks.assembly_peers import PEERS, PeerRow, run_peers
from benchmarks.assembly_work import make_work

BASE, BRIDGE = 12, 24
"""Scenes of the film that is rendered for real, and of the one that has every piece that longer films need."""


def main() -> None:
    """Measure and print."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory(prefix="assembly-") as scratch:
        root = Path(wanted.folder or scratch).resolve()
        root.mkdir(parents=True, exist_ok=True)
        rows = measure_cases(root, wanted)
        full = measure_full(root, wanted.full) if wanted.full else None
        peers = run_peers(make_work(root, BASE), root, wanted.peers, wanted.peer_folder) if wanted.peers else []
    show(rows, full, peers)
    if wanted.json:
        told = {
            "cases": [row.as_json() for row in rows],
            "one scene anew, longest film against shortest": own_growth(rows),
            "all cached": full,
            "peers": [peer.as_json() for peer in peers],
        }
        Path(wanted.json).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def measure_cases(root: Path, wanted: argparse.Namespace) -> list[Row]:
    """All cases of all films, film by film."""
    cases = [case for case in CASES if case.name in wanted.cases]
    rows: list[Row] = []
    donors: list[Film] = []
    for preset in wanted.presets:
        for scenes in wanted.scenes:
            film = prepare(root, scenes, preset, donors, upright=any(case.name == "upright-one" for case in cases))
            own = {case.name: _row(case, scenes, preset) for case in cases}
            for number in range(wanted.pairs):
                print(f"{scenes} scenes, {preset}: round {number + 1} of {wanted.pairs}", flush=True)
                run_round(film, cases, own, root)
            rows += own.values()
    return rows


def prepare(root: Path, scenes: int, preset: str, donors: list[Film], *, upright: bool = False) -> Film:
    """A film in all its states; `donors` are films that it may take over from, and get those that are made for it."""
    print(f"{scenes} scenes, {preset}: preparing", flush=True)
    if scenes > BASE and not any(one.preset == preset and one.work.scenes == BRIDGE for one in donors):
        if not any(one.preset == preset and one.work.scenes == BASE for one in donors):
            prepare(root, BASE, preset, donors)
        bridge = make_film(make_work(root, BRIDGE), root, preset)
        for donor in donors:
            take_over(bridge, donor)
        bridge.render()
        bridge.save("whole")
        donors.append(bridge)
    film = make_film(make_work(root, scenes), root, preset)
    make_states(film, donors)
    if upright:
        make_upright_state(film)
    if scenes <= BRIDGE:
        donors.append(film)
    return film


def measure_full(root: Path, scenes: int) -> dict[str, float]:
    """A long film that lacks only its joining: cost, and how long copying its file takes."""
    film = prepare(root, scenes, "veryfast", [])
    film.restore("whole")
    film.drop(lambda kind, _: kind in ("film", "check"))
    film.save("joinable")
    cost, copied = run_full(film)
    return {"scenes": scenes, "wall": cost.wall, "cpu": cost.cpu, "peak": cost.peak, "copy": copied}


def show(rows: Sequence[Row], full: dict[str, float] | None, peers: Sequence[PeerRow]) -> None:
    """Print the tables."""
    console = Console(width=160)
    table = Table("case", "scenes", "preset", "CPU ours/graph s", "wall ours/graph s", "peak ours/graph MB")
    for name in ("CPU less", "wall less", "goal", "met"):
        table.add_column(name, justify="right")
    for row in rows:
        both = [f"{row.median('ours', f):.2f} / {row.median('graph', f):.2f}" for f in ("cpu", "wall")]
        peaks = f"{row.median('ours', 'peak'):.0f} / {row.median('graph', 'peak'):.0f}"
        ratios = [f"{row.ratio(figure):.2f}x" for figure in ("cpu", "wall")]
        goal = f"{row.goal:.2f}x" if row.goal else "-"
        verdict = {True: "yes", False: "NO", None: "-"}[row.met]
        table.add_row(row.title, str(row.scenes), row.preset, *both, peaks, *ratios, goal, verdict)
    if rows:
        console.print(table)
    if growth := own_growth(rows):
        console.print(f"one scene anew, our CPU in the longest film against the shortest: {growth:.2f} (goal: 1.25)")
    if full:
        told = "wall {wall:.1f} s, CPU {cpu:.1f} s, peak {peak:.0f} MB; copying the file takes {copy:.1f} s"
        cost = told.format(**full)
        console.print(f"{full['scenes']:.0f} scenes, all cached: {cost} (goal: peak under {FULL_MEMORY:.0f} MB)")
    if peers:
        _show_peers(console, peers)


def _show_peers(console: Console, peers: Sequence[PeerRow]) -> None:
    table = Table("assembler", "CPU s", "wall s", "peak MB", "body dB mean/min", "chroma dB", "fade dB mean/min")
    for name in ("fade off line", "tags", "remark"):
        table.add_column(name)
    for peer in peers:
        table.add_row(*peer.told())
    console.print(table)


def _row(case: Case, scenes: int, preset: str) -> Row:
    return Row(case.name, case.title, scenes, preset, case.goal(scenes, preset))


def _arguments() -> argparse.Namespace:
    names = [case.name for case in CASES]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", default=["warm", "cold", "one", "unchanged"], type=_words, help=", ".join(names))
    parser.add_argument("--scenes", default=[12], type=_numbers, help="numbers of scenes, 12,48,120")
    parser.add_argument("--presets", default=["veryfast"], type=_words, help="x264 presets")
    parser.add_argument("--pairs", default=2, type=int, help="rounds of each pair")
    parser.add_argument("--full", default=0, type=int, help="also join a film of so many scenes, all cached")
    parser.add_argument("--peers", default=[], type=_words, help=f"all, or of {', '.join(PEERS)}")
    parser.add_argument("--peer-folder", default="", help="where the peers' own environments lie or are made")
    parser.add_argument("--folder", default="", help="keep material and projects here")
    parser.add_argument("--json", default="", help="write all figures here")
    found = parser.parse_args()
    unknown = set(found.cases) - set(names)
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    return found


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _numbers(text: str) -> list[int]:
    return [int(word) for word in _words(text)]


if __name__ == "__main__":
    main()
