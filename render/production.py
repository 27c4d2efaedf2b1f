"""The production of a film: reads a project, plans it, renders it, and delivers finished files.

The one place where words, disk, clips and sound meet. Three passes: what sets lengths (voices, footage, the author's
sounds), what can be made without knowing how loud the film is, then everything else.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from audio.bought import BuysSpeech
from audio.casting.choice import Casting, cast
from audio.engines import engines
from projects.cards import cards
from projects.crew import Crew
from projects.graph import Graph, Orders
from projects.hosted.shelf import Shelf
from projects.hosted.written_keys import refuse_written_keys
from projects.locking import hold
from projects.notebook import read_notebook, write_notebook
from projects.plan import Planned, final_steps, plan
from projects.presets import companions
from projects.progress import JsonLines, Note, Reporter, Tee
from projects.runner import Outcome
from projects.steps import Artifact
from projects.store import Store
from projects.workspace import Workspace, open_workspace
from render import editing
from render.bill import Bill, bill, with_bill
from render.breakdown import break_down, take_steps
from render.caption_files import write_captions
from render.captions import doubts
from render.chunks import Chunked, Level
from render.credits.rolling import with_credits
from render.delivery import file_stem, hand_over_targets
from render.editing import TakeInfo
from render.examples import unseen_examples
from render.lengths import length_steps
from render.levelling import Memory, levelled
from render.makers import Maker, Studio
from render.music import buys_score, clock, clock_notes
from render.names import with_living_names
from render.orders import Delivery, FilmPlan, Order, check_order, find_scene
from render.papers import check_papers, papers
from render.picture import canvas_of
from render.planning import film_plan
from render.purchases import KIND, Purchases, offers, remarks
from render.settled import Settled
from render.shift import Laid, Shift, Wanted
from render.sound import Material, buys_sounds, file_steps, lay_soundtrack
from render.spoken import spoken
from render.timeline import build_timeline, scene_timeline
from render.walking import walk_steps
from scenes.choose import AUTO
from storyboard.errors import Severity, StoryboardError
from storyboard.film import Film
from storyboard.load import Reading, read

SETS_LENGTH = ("voice", "probe", "bought")
"""Kinds of the steps without which no length is known; a sound that fails stops only what it is heard in."""

_HEARD = ("words", "take", "bought")
"""Kinds of the steps on which the sound of a clip hangs that a maker makes with its pictures."""

TOOLS = ("numpy", "av", "render.pieces")
"""What workers load while they wait for their first step: nearly everything that is made needs it."""


def read_project(path: Path | None) -> tuple[Workspace, Reading]:
    """Find the project at (or above) `path` and read its storyboard, mistakes and all."""
    workspace = open_workspace(path)
    text = workspace.read_storyboard()
    return workspace, read(text, workspace.storyboard.name, companions(workspace, text))


def open_production(path: Path | None) -> Production:
    """The production of the project at (or above) `path`; raises StoryboardError with every mistake."""
    workspace, reading = read_project(path)
    errors = tuple(d for d in reading.diagnostics if d.severity is Severity.ERROR)
    if reading.film is None or errors:
        raise StoryboardError(errors or reading.diagnostics)
    return Production(workspace, reading.film, reading)


class Production:
    """A film in the making. Reading it costs little; nothing is made before `render`."""

    def __init__(self, workspace: Workspace, film: Film, reading: Reading) -> None:
        self.workspace = workspace
        self.film, self._led = with_living_names(film)
        self._studio = Studio(workspace.folder)
        self.film = with_credits(self.film, lambda: self.casting, lambda: self.makers)
        self.diagnostics = reading.diagnostics
        self._places = reading.places
        settled = Settled(workspace.private / "levels.json")
        self._memory = Memory(workspace.store, workspace.history(), workspace.digests(), settled)

    @cached_property
    def casting(self) -> Casting:
        """Who speaks with which voice; who was cast before keeps his, whoever joins the film."""
        kept = read_notebook(self.workspace.voices)
        return cast(self.film, kept={str(who): str(voice) for who, voice in kept.items()})

    @cached_property
    def makers(self) -> Mapping[str, Maker]:
        """What makes each scene."""
        return self._studio.makers(self.film)

    def _check_keys(self) -> None:
        """Refuse to spend by a key that the project gives away to everybody who gets it."""
        if self.buys:
            refuse_written_keys(self.workspace.folder)

    @property
    def buys(self) -> bool:
        """Whether anything of the film is bought from a hosted service."""
        spoken = any(isinstance(engines()[part.engine], BuysSpeech) for part in self.casting.voices.values())
        shown = any(maker.shop is not None for maker in self.makers.values())
        return spoken or shown or buys_sounds(self.film) or buys_score(self.film)

    def plan(self, order: Order, *, appraised: bool = True) -> FilmPlan:
        """What a render of this order would make, reuse and need, and why.

        Unless it is to be `appraised`, no backend is asked what its takes will cost, or whether it refuses them.
        """
        check_order(self.film, order)
        self._check_keys()
        laid = self._lay_out(order)
        # Voices and mixes are targets too: without them neither lengths nor loudness are known.
        targets = [*laid.breakdown.names(), *laid.breakdown.mixes(), *laid.lengths.names()]
        # Appraising opens footage: what is made already needs no estimate.
        there = self.made(laid, "take")
        missing = (step for step in laid.graph if appraised and step.kind == "take" and step.name not in there)
        exact = {slot.scene_id: slot.exact for slot in laid.timeline.slots}
        costs = {step.name: self._studio.appraise(step, exact=exact[step.scene]) for step in missing}
        due = [step for step in laid.graph if appraised and step.kind == KIND]
        # What a backend refuses is blocked in the plan, before anybody waits for a render.
        graph = Graph(
            replace(s, blocked=costs[s.name].refusal or s.blocked) if s.name in costs else s for s in laid.graph
        )
        planned = plan(graph, self._memory.store, self._memory.history, self._memory.digests, targets, laid.orders)
        bought = bill(due, exact, Shelf(self.workspace.folder)) if due else Bill()
        made = film_plan(
            self.film,
            laid.timeline,
            order,
            planned,
            laid.makers,
            self._chosen(),
            costs,
            (*self._notes(), *laid.notes),
            self.casting.sheet,
            level_exact=laid.level_is_known,
        )
        return with_bill(made, bought)

    def render(self, order: Order, reporter: Reporter, cancel: threading.Event | None = None) -> Delivery:
        """Make what the order needs and hand over the finished files.

        Raises BusyError, MissingError, DiskError, RenderError or InterruptedRender; what was finished is kept in
        every case.
        """
        check_order(self.film, order)
        check_papers(self.film, order)
        self._check_keys()
        with self._shift(order, reporter, cancel) as (shift, journal):
            laid, lengths = self._begin(shift)
            try:
                outcome, laid = shift.make(laid, lengths)
            finally:
                editing.note(self.workspace, laid.graph, self.made(laid, *editing.TAKES), self._chosen())
            delivery = self._deliver(order, laid, outcome)
        return replace(delivery, notes=(*delivery.notes, journal.trouble)) if journal.trouble else delivery

    def stems(
        self,
        order: Order,
        reporter: Reporter,
        cancel: threading.Event | None = None,
        *,
        parts: bool = True,
        suffix: str = ".wav",
    ) -> tuple[Path, ...]:
        """Write the sound of the film, or of each scene of the order, in stems that begin and end with it.

        Gives the files: dialogue, music and effects, and with `parts` what the composer plays apart. Makes no
        pictures. Raises what `render` raises.
        """
        from render.stems import hand_over_stems, stem_steps

        check_order(self.film, order)
        with self._shift(order, reporter, cancel) as (shift, _):
            laid = shift.measure(*self._begin(shift))
            steps = [
                step
                for sound in laid.sounds.values()
                for step in stem_steps(self.film, laid.timeline, self.workspace, *sound, parts=parts)
            ]
            return hand_over_stems(steps, shift.bring(laid, steps).artifacts, self._stem(order), suffix)

    def bring(
        self, order: Order, wanted: Wanted, reporter: Reporter, cancel: threading.Event | None = None
    ) -> tuple[Laid, Outcome]:
        """Make what sets lengths, then the steps that are `wanted` of the order, but no film; raises as `render`."""
        with self._shift(order, reporter, cancel) as (shift, _):
            laid = self._begin(shift)[0]
            return laid, shift.bring(laid, wanted(laid))

    def voiced(self, order: Order, reporter: Reporter, cancel: threading.Event | None = None) -> Laid:
        """Make what sets lengths, voices above all, and lay the order out after it. Raises what `render` raises."""
        with self._shift(order, reporter, cancel) as (shift, _):
            return self._begin(shift)[0]

    @contextmanager
    def _shift(
        self, order: Order, reporter: Reporter, cancel: threading.Event | None
    ) -> Iterator[tuple[Shift, JsonLines]]:
        """The project held, workers ready, and a log that listens too."""
        with (
            hold(self.workspace.private, wait=order.wait),
            JsonLines(self.workspace.logs / "events.jsonl") as journal,
            Crew(order.workers, self.workspace.logs, tools=TOOLS, cards=cards()) as crew,
        ):
            told = Tee((reporter, journal))
            yield Shift(order, told, crew, cancel, self._memory, self.workspace.logs, self._lay_out), journal

    def _begin(self, shift: Shift) -> tuple[Laid, Outcome]:
        """Make what sets lengths, and lay the order out after it."""
        if self.casting.chosen:
            write_notebook(self.workspace.voices, {**read_notebook(self.workspace.voices), **self.casting.chosen})
        for note in self._notes():
            shift.told.report(Note(note))
        graph, known = self._lengths(shift.order)
        lengths = shift.run(graph, known, final_steps(graph))
        replace(lengths, failures=tuple(f for f in lengths.failures if f.step.kind in SETS_LENGTH)).raise_failures()
        return self._lay_out(shift.order, (graph, known)), lengths

    def takes(self, scene_id: str) -> tuple[TakeInfo, ...]:
        """Every take of a scene, and which one the film uses."""
        return editing.takes(self.workspace, find_scene(self.film, scene_id))

    def retake(self, scene_id: str, seed: int | None = None) -> int:
        """Begin a new take of a scene and choose it; the next render makes it. Gives its number."""
        return editing.retake(self.workspace, find_scene(self.film, scene_id), seed)

    def use(self, scene_id: str, number: int) -> None:
        """Choose a take of a scene."""
        editing.use(self.workspace, find_scene(self.film, scene_id), number)

    def why(self, scene_id: str, *, draft: bool = False, allow_code: bool = False) -> tuple[str, ...]:
        """How every step of a scene stands, and what has changed since it was last made."""
        find_scene(self.film, scene_id)
        told: list[str] = []
        for one in self.plan(Order(draft=draft, allow_code=allow_code)).steps:
            if one.step.scene == scene_id:
                told.append(f"{one.step.name}: {one.state.value}{f' - {one.reason}' if one.reason else ''}")
                told.extend(f"    {change}" for change in one.changes)
        return tuple(told)

    def sheet(self, order: Order, path: Path | None = None) -> Path:
        """Draw the contact sheet of the first cut of the order from the takes that are made; gives its path.

        A scene whose take is stale shows the older one, and says so.
        """
        from render.sheet import draw

        return draw(self, order, path)

    def keep(self) -> frozenset[str]:
        """Fingerprints of everything that the film as it stands, and every take ever made, refer to."""
        kept = set(editing.made(self.workspace))
        for laid in map(self._lay_out, (Order(), Order(draft=True))):
            kept.update(order.fingerprint for order in laid.orders.known.values())
            kept.update(print_ for level in laid.levels.values() for print_ in level.evidence)
        return frozenset(kept)

    def with_film(self, film: Film) -> Production:
        """The same production of a changed film: another size, other cuts, other captions, the same people."""
        other = copy.copy(self)
        other.film = film
        for name in ("casting", "makers"):
            other.__dict__.pop(name, None)
        return other

    def lay_out(self, order: Order) -> Laid:
        """The order in time and in steps as everything is known now; makes nothing. Raises what `plan` raises."""
        check_order(self.film, order)
        return self._lay_out(order)

    def made(self, laid: Laid, *kinds: str) -> dict[str, Artifact]:
        """The finished artifacts of these kinds of steps of a laid-out order, by name of the step."""
        return self._memory.made(laid.orders, (step.name for step in laid.graph if step.kind in kinds))

    @property
    def store(self) -> Store:
        """Everything that was ever made of the film and is still there."""
        return self._memory.store

    def shown(self, planned: Planned) -> Artifact | None:
        """What is made of a planned step: as it is wanted now, else as it was made last."""
        wanted = (planned.fingerprint, self._memory.history.last(planned.step.name))
        return next((made for one in wanted if one and (made := self._memory.store.get(one))), None)

    def _lengths(self, order: Order) -> tuple[Graph, Orders]:
        """The steps that set lengths: voices, recordings, footage that is measured, the author's own sounds."""
        purchases = Purchases(self.workspace.folder, order.consent)
        voices = length_steps(self.film, self.casting, self.workspace, purchases)
        graph = Graph([*voices, *file_steps(self.film, self.workspace, purchases, order.scenes)])
        return graph, graph.orders(self._memory.digests)

    def _lay_out(self, order: Order, known: tuple[Graph, Orders] | None = None) -> Laid:
        """The order in time and in steps, after everything that is known of lengths and loudness now.

        `known` are the steps that set lengths, where somebody has them already.
        """
        lengths, orders = known or self._lengths(order)
        made = self._memory.made(orders, lengths.names())
        said = spoken(self.film, made, self._places, clock(self.film, made))
        timeline = build_timeline(self.film, said.schedule, said.words)
        purchases = Purchases(self.workspace.folder, order.consent)
        film, makers, painted = self._made_by(order, purchases)
        walks = walk_steps(film, timeline, makers, self._chosen())
        tag = canvas_of(self.film, (order.cuts or self.film.cuts)[0], order.draft).tag
        material = Material(self.workspace, made, said.paces, walks, makers, tag, purchases)
        digests = self._memory.digests
        taken = take_steps(
            film, timeline, order, self.workspace, makers, self._chosen(), said.envelopes, purchases, digests
        )
        heard = [step for step in taken.values() if step.kind in _HEARD and makers[step.scene].sounds]
        sounds: dict[str, tuple[Chunked, Level]] = {}
        for scene in order.scenes or ("",):
            alone = scene_timeline(timeline, scene) if scene else timeline
            track = lay_soundtrack(film, alone, material, scene)
            sounds[scene], orders = levelled(track, lengths, orders, self._memory, heard)
        breakdown = break_down(film, timeline, order, self.workspace, makers, taken, sounds)
        graph = Graph([*lengths, *breakdown.steps])
        notes = (*said.notes, *clock_notes(self.film, made), *painted, *remarks(offers(graph)))
        notes += (*unseen_examples(film, makers), *doubts.caption_notes(film, timeline, self.workspace))
        orders = graph.orders(digests, orders)
        return Laid(lengths, timeline, breakdown, graph, orders, sounds, notes, makers)

    def _made_by(self, order: Order, purchases: Purchases) -> tuple[Film, Mapping[str, Maker], tuple[str, ...]]:
        """The film, what makes each scene, and notes: in a draft, what is not bought yet is painted here."""
        takes = self._chosen()
        unbought = {
            scene_id
            for scene_id, maker in self.makers.items()
            if order.draft and maker.shop is not None and not purchases.has(scene_id, takes[scene_id][0])
        }
        if not unbought:
            return self.film, self.makers, ()
        scenes = tuple(
            replace(scene, backend=AUTO, model=()) if scene.id in unbought else scene for scene in self.film.scenes
        )
        film = replace(self.film, scenes=scenes)
        told = tuple(
            f"{scene.id}: not bought from {scene.backend} yet; this draft shows it without"
            for scene in self.film.scenes
            if scene.id in unbought
        )
        return film, self._studio.makers(film), told

    def _chosen(self) -> dict[str, tuple[int, int]]:
        """Number and seed of the take in use, by scene."""
        return editing.chosen(self.workspace, self.film)

    def _deliver(self, order: Order, laid: Laid, outcome: Outcome) -> Delivery:
        """Put the finished files into the output folder."""
        stem = self._stem(order)
        ledger = self.workspace.private / "delivered.json"
        beside = papers(self, order, laid, stem)
        films = hand_over_targets(stem, laid.breakdown.targets, outcome.artifacts, ledger, beside)
        captions = () if order.scenes else write_captions(self.film, laid.timeline, self.workspace, stem)
        said = editing.remarks(self.made(laid, *editing.TOLD), laid.graph)
        told = (*self._notes(), *laid.notes, *said, *beside.notes)
        made = frozenset(outcome.made)
        reused = tuple(name for name in outcome.artifacts if name not in made)
        return Delivery(films, captions, outcome.made, reused, told, beside.files)

    def _stem(self, order: Order) -> Path:
        """Folder and beginning of the names of finished files."""
        return (order.out or self.workspace.output) / file_stem(self.film.title)

    def _notes(self) -> tuple[str, ...]:
        """What a person should know before anything is made."""
        warnings = (str(d) for d in self.diagnostics if d.severity is Severity.WARNING)
        return (*warnings, *self._led, *self.casting.notes, *doubts.unprintable(self.film))
