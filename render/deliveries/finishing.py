"""Films as deliveries: rendered by the house, coded by a hardware encoder, or in another form; measured and sealed.

What passes through here is measured from the file that is handed over, not from what it was made of.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.disk import disk_errors
from projects.progress import Note, Reporter
from projects.steps import Artifact
from render import editing
from render.deliveries import measuring, recode
from render.deliveries.glimpses import SOURCES
from render.deliveries.hardware import Encoder
from render.deliveries.measuring import Expected, around, some, thumb_of, thumbs_of
from render.deliveries.prores import prores_steps
from render.deliveries.sound import CEILING, mastered
from render.delivery import file_stem
from render.inspection import PEAK
from render.orders import Order
from render.papers import papers
from render.picture import Canvas
from render.shift import Laid
from render.stems import STEMS
from render.timeline import Body
from render.watching import Thumb
from scenes.takes import take_pictures

if TYPE_CHECKING:
    from render.production import Production

Near = Mapping[str, Mapping[int, Thumb]]

_TIMES = 3
"""How often sound is coded more softly, should its codec make peaks of it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The files of a delivery, the film first; the report on it and what a person should know."""

    files: tuple[Path, ...]
    report: Mapping[str, Any]
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Finishing:
    """A production of a film that a preset has shaped; `order` is for its one cut, `home` the delivery's folder."""

    production: Production
    order: Order
    home: Path
    reporter: Reporter
    cancel: threading.Event | None
    stopped: Callable[[], bool]

    def film(self, encoder: Encoder | None) -> Finished:
        """The film itself; through a hardware encoder where there is one."""
        made = self.production.render(self.order, self.reporter, self.cancel)
        film = made.films[0]
        beside = (*made.captions, *made.papers)
        if encoder is None:
            return Finished((film.path, *beside), {**film.report, **measuring.tracks(film.path)}, made.notes)
        laid = self.production.lay_out(self.order)
        source = self._joined(laid)
        crf, rate = self.production.film.encoding.crf, self.production.film.rate
        with self._folder() as folder:
            fresh = folder / film.path.name
            recode.hardware(source, fresh, encoder, crf, rate, cancelled=self.stopped)
            sealed = self._handed_over(laid, fresh, film.path)
        cuts = some({cut["scene"]: cut["planned_frame"] for cut in film.report.get("cuts", ())})
        near = thumbs_of(source, rate, cuts, laid.timeline.frames)
        report = measuring.measured(film.path, self._expected(laid, source, cuts, near))
        notes = (*made.notes, *sealed, f"coded by {encoder.name}: not the same from machine to machine")
        return Finished((film.path, *beside), {**report, "encoder": encoder.name}, notes)

    def web(self) -> Finished:
        """AV1 and Opus in WebM: the joined film's picture, and the stems as loud as is wanted."""
        with self._folder() as folder:
            inner = replace(self.order, out=folder)
            made = self.production.render(inner, self.reporter, self.cancel)
            laid = self.production.lay_out(inner)
            film = self._joined(laid)
            target = self._named(laid, ".webm")
            sound, coded = folder / "sound.wav", folder / "sound.webm"
            self._sound(inner, sound, coded)
            # Drafts are H.264 whatever is delivered.
            recode.web(film, coded, target, coded=not self.order.draft, cancelled=self.stopped)
            cuts = some({cut["scene"]: cut["planned_frame"] for cut in made.films[0].report.get("cuts", ())})
            near = thumbs_of(film, laid.timeline.rate, cuts, laid.timeline.frames)
            report = measuring.measured(target, self._expected(laid, sound, cuts, near))
            kept = [self.home / path.name for path in (*made.captions, *made.papers)]
            for path, place in zip((*made.captions, *made.papers), kept, strict=True):
                with disk_errors(str(place)):
                    place.write_bytes(path.read_bytes())
        notes = made.notes if self.order.draft else (*made.notes, "WebM has no place for a C2PA manifest")
        return Finished((target, *kept), report, notes)

    def master(self) -> Finished:
        """ProRes 422 HQ straight from the takes, and PCM from the stems."""
        rate = self.production.film.rate
        with self._folder() as folder:
            sound = folder / "sound.wav"
            self._sound(replace(self.order, out=folder), sound, None)
            laid, outcome = self.production.bring(self.order, prores_steps, self.reporter, self.cancel)
            made = self.production.made(laid, *editing.TAKES)
            editing.note(self.production.workspace, laid.graph, made, _chosen(self.production))
            pieces = [outcome.artifacts[step.name] for step in prores_steps(laid)]
            target = self._named(laid, ".mov")
            fresh = folder / target.name
            recode.master([one.path for one in pieces], sound, rate, fresh, cancelled=self.stopped)
            sealed = self._handed_over(laid, fresh, target)
            cuts, near = _cuts_of(laid, self.production.made(laid, *SOURCES))
            report = measuring.measured(target, self._expected(laid, sound, cuts, near))
        # They are as large as the master itself, and made again from the takes in little time.
        self.production.store.discard(one.fingerprint for one in pieces)
        said = editing.remarks(self.production.made(laid, *editing.TOLD), laid.graph)
        return Finished((target,), report, (*laid.notes, *said, *sealed))

    def _sound(self, order: Order, sound: Path, coded: Path | None) -> None:
        """Write the stems together; where they are to be `coded`, softly enough for their codec's peaks."""
        paths = self.production.stems(order, self.reporter, self.cancel, parts=False)
        stems = [path for path in paths if path.stem.rpartition("-")[2] in STEMS]
        ceiling = CEILING
        for _ in range(_TIMES):
            mastered(stems, sound, self.production.film.loudness, ceiling)
            if coded is None:
                return
            recode.opus(sound, coded, self.stopped)
            over = measuring.loudness_of(coded).true_peak - PEAK
            if over <= 0:
                return
            ceiling -= over + 0.1
            self.reporter.report(Note("coding has raised the peaks of the sound: it is coded once more"))

    def _expected(self, laid: Laid, sound: Path, cuts: Mapping[str, int], near: Near) -> Expected:
        canvas, line = _canvas(laid), laid.timeline
        size, loudness = (canvas.width, canvas.height), self.production.film.loudness
        return Expected(line.frames, Fraction(line.rate), size, loudness, sound, cuts, near)

    def _joined(self, laid: Laid) -> Path:
        """The joined film before it was sealed."""
        return self.production.made(laid, "film")[laid.breakdown.targets[0].step].path

    def _handed_over(self, laid: Laid, fresh: Path, path: Path) -> tuple[str, ...]:
        """Put a file in its place as films are: sealed, with its receipts and credits beside it."""
        beside = papers(self.production, self.order, laid, self.home / file_stem(self.production.film.title))
        beside.hand_over(fresh, path, laid.breakdown.targets[0])
        return tuple(beside.notes)

    def _named(self, laid: Laid, ending: str) -> Path:
        return self.home / f"{file_stem(self.production.film.title)}-{_canvas(laid).tag}{ending}"

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        """A folder of the project that goes away."""
        private = self.production.workspace.private
        with disk_errors(str(private)):
            private.mkdir(parents=True, exist_ok=True)
        with disk_errors(str(private)), tempfile.TemporaryDirectory(dir=private, prefix="delivery-") as folder:
            yield Path(folder)


def _canvas(laid: Laid) -> Canvas:
    return laid.breakdown.targets[0].canvas


def _chosen(production: Production) -> dict[str, tuple[int, int]]:
    return editing.chosen(production.workspace, production.film)


def _cuts_of(laid: Laid, takes: Mapping[str, Artifact]) -> tuple[dict[str, int], dict[str, dict[int, Thumb]]]:
    """Where scenes' bodies begin, and what the film shows around there, as their takes have it."""
    bodies = {piece.scene: piece for piece in laid.timeline.pieces if isinstance(piece, Body)}
    cuts = some({scene: body.start for scene, body in bodies.items()})
    near: dict[str, dict[int, Thumb]] = {}
    for scene, place in cuts.items():
        body = bodies[scene]
        take = takes[laid.graph[f"{body.name}@{_canvas(laid).tag}"].inputs["take"]]
        frames = around(body.first, int(take.facts["frames"]))
        pictures = take_pictures(take, frames.start, frames.stop)
        shown = zip(frames, pictures, strict=True)
        near[scene] = {place - body.first + number: thumb_of(picture) for number, picture in shown}
    return cuts, near
