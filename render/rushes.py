"""The rushes: every piece is looked at once, right after it was made, so that no film has to be decoded to be judged.

What is seen in a piece holds for every film that carries the same coded bytes; `inspection` sees to it that it does.
Step functions; they know nothing of the film's order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from projects.steps import Step, Work
from render.timeline import Body, Piece
from scenes.frames import coder_identity
from scenes.takes import take_pictures

VERSION = "rushes/5"
"""Raised whenever a figure may come out otherwise."""


@dataclass(frozen=True, slots=True)
class RushRequest:
    """A piece of `frames` frames at `rate`; a body's begin at frame `first` of the input `take`."""

    frames: int
    rate: Fraction
    first: int = 0


def rush_name(piece: str) -> str:
    """The name of the step that looks at the piece made by step `piece`."""
    return f"rush:{piece}"


def rush_steps(pieces: Iterable[Piece], rate: Fraction, tag: str, sources: Mapping[str, str]) -> list[Step]:
    """One step for each piece of a cut; `tag` is the canvas's, `sources` the steps that scenes' pictures come from."""
    steps = []
    for piece in pieces:
        made = f"{piece.name}@{tag}"
        is_body = isinstance(piece, Body)
        scene = piece.scene if isinstance(piece, Body) else piece.before or piece.after
        steps.append(
            Step(
                name=rush_name(made),
                kind="rush",
                call="render.rushes:watch_piece",
                request=RushRequest(piece.frames, rate, piece.first if isinstance(piece, Body) else 0),
                inputs={"piece": made, **({"take": sources[scene]} if is_body else {})},
                suffix=".json",
                scene=scene,
                label=f"{scene}: look at the {'picture' if is_body else 'transition'}",
                cost=piece.frames / 4000,
                identity=f"{VERSION}; {coder_identity()}",
            )
        )
    return steps


def watch_piece(request: RushRequest, work: Work, out: Path) -> dict[str, Any]:
    """Look at a piece and write down what is seen.

    Facts: `frames`, `exact_times`, `colour`, `dark` (spans [first, last) of black frames) and `flashing` (how its light
    changes), both as its maker saw them before they were coded, `late` (frames by which a body's picture lies later
    than it should; 0 for a transition) and `sha256` of the coded frames in the order in which they are decoded.
    """
    from render.watching import COMPARED, REACH_FRAMES, watch

    piece = work.inputs["piece"]
    wanted = min(COMPARED + REACH_FRAMES, request.frames) if "take" in work.inputs else 0
    watched = watch(piece.path, request.rate, wanted)
    facts = {
        "frames": watched.frames,
        "exact_times": watched.exact_times,
        "colour": watched.colour,
        "dark": piece.facts["dark"],
        "flashing": piece.facts.get("flashing", {}),
        "late": _late(request, work, [watched.near[place] for place in sorted(watched.near)]),
        "sha256": watched.sha256,
    }
    out.write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return facts


def _late(request: RushRequest, work: Work, seen: list[Any]) -> int:
    """By how many frames the first pictures of a body come later than the take's."""
    from render.watching import COMPARED, REACH_FRAMES, displacement, luma_of, thumb

    if not seen:
        return 0
    # Enough pictures overlap even where they are late, unless there are few: then the take's earlier ones are asked
    # too, which may cost the decoding of a whole group.
    first = request.first if len(seen) >= COMPARED + REACH_FRAMES else max(0, request.first - REACH_FRAMES)
    take = work.inputs["take"]
    last = min(int(take.facts["frames"]), request.first + COMPARED + REACH_FRAMES)
    due = {first + number: thumb(luma_of(picture)) for number, picture in enumerate(take_pictures(take, first, last))}
    # A piece that shows the take's later pictures is early, hence the sign.
    return -displacement(seen, request.first, due)
