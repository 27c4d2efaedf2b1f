"""Gathers what the report tells from a production: what is made of it now, and what was measured. Makes nothing.

Where something is not made yet, its place in the report stays empty and says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.receipt import Receipt
from projects.steps import Artifact
from projects.takes import made_takes
from render import editing
from render.captions.planned import Order as Captioned
from render.captions.planned import captions_of
from render.captions.timing import speed_of
from render.delivery import file_stem
from render.picture import source_name
from render.provenance import seal
from render.report.facts import (
    CaptionFacts,
    CutFacts,
    FileFacts,
    Lane,
    ReceiptFacts,
    ReportFacts,
    SceneFacts,
    SoundFacts,
    Stretch,
    TakeFacts,
)
from render.report.pictures import frames_of, short_term, sound_wave
from render.timeline import Body, Timeline, frame_of
from storyboard.errors import Diagnostic, Severity
from storyboard.film import Film, Scene
from storyboard.reading_speed import HURRIED, reading_speed

if TYPE_CHECKING:
    from render.orders import FilmPlan, Order
    from render.production import Production
    from render.shift import Laid

THIRDS = (0.1, 0.5, 0.9)
"""Where in a take the pictures of the sheet are."""

WIDE, TALL = 180, 300
"""Height of a picture of a wide and of a tall cut, pixels."""

_RECEIPTS = ("take", "recut", "voice", "words", "score", "music", "effect", "bought", "film")
"""Kinds of steps whose receipts are shown."""

_FEW = 24
"""Entries of a list on a receipt that are shown; longer ones are measurements."""


def gather(production: Production, order: Order, folder: Path, doubts: Sequence[Diagnostic] = ()) -> ReportFacts:
    """Everything that the page of an order's film tells; `folder` is where the page will lie.

    `doubts` are those that whoever asks has about the storyboard, beside those of its reading.
    """
    film = production.film
    laid = production.lay_out(order)
    plan = production.plan(order, appraised=False)
    made = production.made(laid, "take", "recut", "film", "check", "heard", "voice", "score", "music", "effect")
    return ReportFacts(
        title=film.title,
        author=film.author,
        language=film.language,
        rate=film.rate,
        frames=laid.timeline.frames,
        exact=laid.timeline.exact,
        cuts=tuple(_cuts(production, laid, made, order, folder)),
        scenes=tuple(_scenes(production, laid, plan)),
        lanes=tuple(_lanes(laid)),
        captions=_captions(film, laid.timeline),
        sound=_sound(production, laid, made),
        warnings=_warnings(production, laid, made, doubts),
        receipts=tuple(_receipts(production, laid)),
        credits=film.credits,
        files=tuple(_files(production, order, folder)),
    )


def _cuts(
    production: Production, laid: Laid, made: Mapping[str, Artifact], order: Order, folder: Path
) -> Iterator[CutFacts]:
    """Every cut of the order; all but the first with a picture of each scene."""
    output = order.out or production.workspace.output
    for number, target in enumerate(laid.breakdown.targets):
        path = output / f"{file_stem(production.film.title)}-{target.canvas.tag}.mp4"
        there = target.step in made and path.is_file()
        canvas = target.canvas
        names = [source_name(scene, canvas) for scene in production.film.scenes] if number else []
        height = WIDE if canvas.width >= canvas.height else TALL
        pictures = [frames_of(made[name], THIRDS[1:2], height)[0] for name in names if name in made]
        source, sealed = _seal(path) if there else ("", "")
        yield CutFacts(
            shape=str(canvas.cut),
            file=_beside(path, folder) if there else "",
            width=canvas.width,
            height=canvas.height,
            report=made[target.check].facts if target.check in made else {},
            pictures=tuple(pictures),
            source=source,
            seal=sealed,
        )


def _seal(path: Path) -> tuple[str, str]:
    """How a film came about by its own manifest, and what that is worth; empty where it carries none."""
    if not seal.is_there() or (told := seal.read(path)) is None:
        return "", ""
    kind = seal.source_in(told)
    return kind.value if kind else "", str(told.get("validation_state", "")).lower()


def _files(production: Production, order: Order, folder: Path) -> Iterator[FileFacts]:
    """What lies beside the films of an order under their name, but films and the page itself."""
    stem, output = file_stem(production.film.title), order.out or production.workspace.output
    for path in sorted(output.glob("*")):
        own = path.name.startswith((f"{stem}-", f"{stem}.")) and ("-draft" in path.name) == order.draft
        if own and path.is_file() and path.suffix not in (".mp4", ".html", ".json"):
            yield FileFacts(path.name, _beside(path, folder))


def _beside(path: Path, folder: Path) -> str:
    """A file as the page links to it: from its own folder where that is possible."""
    import os
    from urllib.parse import quote

    return quote(Path(os.path.relpath(path, folder)).as_posix())


def _scenes(production: Production, laid: Laid, plan: FilmPlan) -> Iterator[SceneFacts]:
    """The scenes with their pictures; a stale one shows its older take, as the contact sheet does."""
    canvas = laid.breakdown.targets[0].canvas
    height = WIDE if canvas.width >= canvas.height else TALL
    by_name = {one.step.name: one for one in plan.steps}
    for told in plan.scenes:
        scene = production.film.scene(told.id)
        name = source_name(scene, canvas)
        take = production.shown(by_name[name])
        yield SceneFacts(
            id=scene.id,
            first=laid.timeline.slot(scene.id).start,
            frames=told.frames,
            backend=told.backend,
            camera=told.camera,
            take=told.take,
            prompt=_prompt(production, take) or scene.prompt,
            standing="missing" if take is None else told.state,
            pictures=frames_of(take, THIRDS, height) if take else (),
            others=tuple(_takes(production, scene, canvas.tag, height)),
        )


def _prompt(production: Production, take: Artifact | None) -> str:
    """The prompt as it was sent."""
    receipt = production.store.receipt(take.fingerprint) if take else None
    request: Any = receipt.order.request if receipt else {}
    clip = request.get("clip") if isinstance(request, dict) else None
    return str(clip.get("prompt", "")) if isinstance(clip, dict) else ""


def _takes(production: Production, scene: Scene, tag: str, height: int) -> Iterator[TakeFacts]:
    """All takes of a scene that has several, side by side: the newest of each number that is still there."""
    known = editing.takes(production.workspace, scene)
    if len(known) < 2:
        return
    made = {
        one.take: one.fingerprint for one in made_takes(production.workspace.take_ledger, scene.id) if one.cut == tag
    }
    for one in known:
        artifact = production.store.get(made[one.number]) if one.number in made else None
        yield TakeFacts(
            number=one.number,
            seed=one.seed,
            in_use=one.chosen,
            pictures=frames_of(artifact, THIRDS, height) if artifact else (),
            backend=str(artifact.facts.get("backend", "")) if artifact else "",
        )


def _lanes(laid: Laid) -> Iterator[Lane]:
    """Pictures, words, sounds and music; lanes with nothing on them are left out."""
    timeline = laid.timeline
    shown = [
        Stretch(piece.scene, piece.start, piece.start + piece.frames, "scene")
        if isinstance(piece, Body)
        else Stretch(piece.transition.kind, piece.start, piece.start + piece.frames, "join")
        for piece in timeline.pieces
    ]
    said = [
        Stretch(f"{word.speaker}: {word.text}" if word.speaker else word.text, word.first, word.last, "line")
        for word in timeline.words
    ]
    lanes = [Lane("picture", tuple(shown)), Lane("voices", tuple(said))]
    lanes += [Lane("clips", row) for row in _rows(_heard(laid, "clip"))]
    lanes += [Lane("sounds", row) for row in _rows(_heard(laid, "effects"))]
    lanes += [Lane("music", row) for row in _rows(_heard(laid, "music"))]
    return (lane for lane in lanes if lane.stretches)


def _heard(laid: Laid, bus: str) -> list[Stretch]:
    """What is mixed into a bus, in the order of time."""
    track, timeline = laid.sounds[""][0].track, laid.timeline
    found = []
    for cue in track.cues:
        if cue.bus == bus:
            last = min(timeline.samples, cue.at_sample + cue.samples) if cue.samples else timeline.samples
            title = cue.input.partition(":")[2].rpartition("/")[2] or cue.input
            first_frame = frame_of(max(0, cue.at_sample), timeline.rate)
            found.append(Stretch(title, first_frame, max(first_frame + 1, frame_of(last, timeline.rate)), bus))
    return sorted(found, key=lambda one: (one.first, one.last, one.title))


def _rows(stretches: Sequence[Stretch]) -> list[tuple[Stretch, ...]]:
    """Stretches in as few rows as keep them from lying over one another."""
    rows: list[list[Stretch]] = []
    for one in stretches:
        free = next((row for row in rows if row[-1].last <= one.first), None)
        if free is None:
            rows.append([one])
        else:
            free.append(one)
    return [tuple(row) for row in rows]


def _captions(film: Film, timeline: Timeline) -> tuple[CaptionFacts, ...]:
    """Every caption as it stands in the files, and how fast it has to be read; sounds are told without a speed."""
    most = HURRIED * reading_speed(film.language)
    told = []
    for one in captions_of(film, timeline, Captioned(film.cuts[0])):
        speed = speed_of(one, timeline.rate) if one.line else 0.0
        text = one.text.removeprefix(f"{one.speaker}: ")
        told.append(CaptionFacts(one.speaker, text, one.first, one.last, speed, speed > most))
    return tuple(told)


def _sound(production: Production, laid: Laid, made: Mapping[str, Artifact]) -> SoundFacts | None:
    """The sound of the first cut; all cuts have the same one. None while it is not made."""
    target = laid.breakdown.targets[0]
    if target.step not in made:
        return None
    report = made[target.check].facts if target.check in made else {}
    low, high = sound_wave(made[target.step].path, laid.timeline.samples)
    heard = [made[name].facts for name in sorted(made) if name.startswith("heard:")]
    return SoundFacts(
        low=low,
        high=high,
        short_term=short_term(heard),
        target=production.film.loudness,
        integrated=report.get("lufs"),
        peak=report.get("true_peak_dbtp"),
    )


def _warnings(
    production: Production, laid: Laid, made: Mapping[str, Artifact], others: Sequence[Diagnostic]
) -> tuple[str, ...]:
    """What `check` doubts, what the makers had to say, and what the self-test found wrong."""
    every = [one for one in (*production.diagnostics, *others) if one.severity is Severity.WARNING]
    # One that was told in another language is the same one.
    places = {(one.path, one.line, one.column, one.code): f"{one.code} {one.message}" for one in every}
    told = editing.remarks(production.made(laid, *editing.TOLD), laid.graph)
    faults = [
        f"{target.canvas.cut}: {fault}"
        for target in laid.breakdown.targets
        if target.check in made
        for fault in made[target.check].facts.get("faults", ())
    ]
    return tuple(dict.fromkeys([*faults, *places.values(), *laid.notes, *told]))


def _receipts(production: Production, laid: Laid) -> Iterator[ReceiptFacts]:
    """The receipts of everything that has a maker worth naming."""
    made = production.made(laid, *_RECEIPTS)
    for name, artifact in made.items():
        receipt = production.store.receipt(artifact.fingerprint)
        if receipt is not None:
            yield ReceiptFacts(receipt.order.label or name, tuple(_pairs(receipt)), _whole(receipt))


def _pairs(receipt: Receipt) -> Iterator[tuple[str, str]]:
    """What a person looks for on a receipt."""
    facts: Any = receipt.facts if isinstance(receipt.facts, dict) else {}
    request: Any = receipt.order.request if isinstance(receipt.order.request, dict) else {}
    clip = request.get("clip") if isinstance(request.get("clip"), dict) else {}
    yield "kind", receipt.order.kind
    for key in ("backend", "engine", "voice", "model", "commit", "licence", "seed", "cost"):
        value = facts.get(key, request.get(key, clip.get(key)))
        if isinstance(value, str | int | float) and value != "":
            yield key, str(value)
    for key in ("prompt", "negative", "text"):
        value = facts.get(key, clip.get(key, request.get(key)))
        if isinstance(value, str) and value:
            yield key, value
    yield "seconds", f"{receipt.seconds:.1f}"
    yield "finished", receipt.finished
    yield "sha256", receipt.sha256


def _whole(receipt: Receipt) -> str:
    """All of a receipt but long lists of measurements, which nobody reads."""
    return json.dumps(_short(receipt.as_json()), ensure_ascii=False, indent=1, sort_keys=True)


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    if isinstance(value, list):
        return (
            [_short(item) for item in value]
            if len(value) <= 24
            else [*map(_short, value[:4]), f"… {len(value)} in all"]
        )
    return value
