"""Delivers a film by presets: each is the same production with a changed film, and what is made of it afterwards.

Takes, voices and sounds that a preset does not change are those of every other render. Each delivery lies in a folder
of its own, measured, with a report beside it.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from projects.disk import disk_errors
from projects.progress import Note, Reporter
from render.deliveries import recode, stills
from render.deliveries.presets import Preset, preset, shaped
from render.delivery import file_stem, write_report
from render.orders import Order
from render.picture import source_name
from render.production import Production
from render.stems import STEMS
from storyboard.errors import MissingError
from storyboard.film import Film
from storyboard.time import spell

Encoder = Literal["auto", "software", "nvenc", "qsv", "videotoolbox", "amf"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of all deliveries alike: codec and short side in place of the presets', and the encoder."""

    codec: str = ""
    short: int = 0
    encoder: Encoder = "software"


@dataclass(frozen=True, slots=True)
class DeliveredFiles:
    """The files of one delivery, what was measured of them, and what a person should know."""

    preset: str
    files: tuple[Path, ...]
    report: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def deliver(
    production: Production,
    names: Sequence[str],
    order: Order,
    reporter: Reporter,
    cancel: threading.Event | None = None,
    wish: Wish = Wish(),
) -> Iterator[DeliveredFiles]:
    """Make one delivery after the other, each in its folder under `out`; all are looked at before any is made.

    Raises MissingError for a preset that is not known, a film that is too long for one, or an encoder that is not
    here, and what `render` raises.
    """
    wanted = [preset(name) for name in names]
    if not wanted:
        raise MissingError(
            "no delivery is named", "Name one (`workprint deliver youtube`), or write `deliver: [youtube]`."
        )
    for one in wanted:
        _check_length(production, one, order)
    encoders = {one.name: _encoder(one, wish) for one in wanted if one.kind == "film"}
    for one in wanted:
        reporter.report(Note(f"delivery: {one.title}"))
        yield _Delivering(production, one, order, reporter, cancel, wish).make(encoders.get(one.name, ""))


def _check_length(production: Production, wanted: Preset, order: Order) -> None:
    """Refuse, before anything is made, what the platform would refuse."""
    film = shaped(production.film, wanted)
    timeline = production.with_film(film).lay_out(replace(order, cuts=film.cuts)).timeline
    seconds = timeline.frames / timeline.rate
    if wanted.most and seconds > wanted.most:
        told = "" if timeline.exact else "about "
        raise MissingError(
            f"the film lasts {told}{spell(seconds)}; {wanted.title} takes {spell(Fraction(wanted.most))} at most",
            "Shorten it, or deliver elsewhere.",
        )


def _encoder(wanted: Preset, wish: Wish) -> str:
    """The hardware encoder that is to be used, "" for the house's own."""
    if wish.encoder == "software":
        return ""
    return recode.hardware_for(wish.codec or wanted.codec, wish.encoder)


@dataclass(frozen=True, slots=True)
class _Delivering:
    """One delivery under way."""

    production: Production
    wanted: Preset
    order: Order
    reporter: Reporter
    cancel: threading.Event | None
    wish: Wish

    def make(self, encoder: str) -> DeliveredFiles:
        """Render what is needed and make the delivery of it."""
        film = self._film()
        production = self.production.with_film(film)
        home = (self.order.out or self.production.workspace.output) / "deliveries" / self.wanted.name
        with disk_errors(str(home)):
            home.mkdir(parents=True, exist_ok=True)
        order = replace(self.order, cuts=film.cuts, out=home)
        if self.wanted.kind in ("poster", "thumbnails"):
            return self._stills(production, order, home)
        if self.wanted.kind == "film":
            return self._film_of(production, order, encoder)
        return self._recoded(production, order, home)

    def _film(self) -> Film:
        # What is coded anew afterwards has a codec of its own.
        codec = self.wish.codec if self.wanted.kind == "film" else ""
        return shaped(self.production.film, self.wanted, codec=codec, short=self.wish.short)

    def _film_of(self, production: Production, order: Order, encoder: str) -> DeliveredFiles:
        """The film itself, in the preset's shape and size; through a hardware encoder where one is to be used."""
        made = production.render(order, self.reporter, self.cancel)
        film = made.films[0]
        notes = list(made.notes)
        if encoder:
            recode.hardware(film.path, film.path, encoder, self.wanted.crf + 3, cancelled=self._stopped)
            notes.append(f"coded by {encoder}: not the same from machine to machine, and without a C2PA manifest")
            return self._told((film.path, *made.captions, *made.papers), measured(film.path), notes)
        if self.wish.encoder == "auto":
            notes.append("no hardware encoder works here; the film is coded by the house's own")
        return self._told((film.path, *made.captions, *made.papers), film.report, notes)

    def _recoded(self, production: Production, order: Order, home: Path) -> DeliveredFiles:
        """A film in another form: rendered into a folder that goes away, then coded with its stems."""
        private = self.production.workspace.private
        with disk_errors(str(private)):
            private.mkdir(parents=True, exist_ok=True)
        with disk_errors(str(private)), tempfile.TemporaryDirectory(dir=private, prefix="delivery-") as folder:
            inner = replace(order, out=Path(folder))
            made = production.render(inner, self.reporter, self.cancel)
            film = made.films[0]
            name = file_stem(production.film.title)
            endings = {"web": ".webm", "master": ".mov", "gif": ".gif", "webp": ".webp"}
            target = home / f"{name}-{film.cut.slug}{endings[self.wanted.kind]}"
            if self.wanted.kind in ("web", "master"):
                paths = production.stems(inner, self.reporter, self.cancel, parts=False)
                stems = [path for path in paths if path.stem.rpartition("-")[2] in STEMS]
                if self.wanted.kind == "web":
                    # Drafts are H.264 whatever is delivered.
                    recode.web(film.path, stems, target, coded=not order.draft, cancelled=self._stopped)
                else:
                    recode.master(film.path, stems, target, cancelled=self._stopped)
            else:
                (recode.gif if self.wanted.kind == "gif" else recode.webp)(film.path, target, cancelled=self._stopped)
            beside = [home / path.name for path in made.captions]
            for path, kept in zip(made.captions, beside, strict=True):
                kept.write_bytes(path.read_bytes())
            return self._told((target, *beside), measured(target), list(made.notes))

    def _stills(self, production: Production, order: Order, home: Path) -> DeliveredFiles:
        """Pictures of the scenes, from takes that are made."""
        laid = production.lay_out(order)
        canvas = laid.breakdown.targets[0].canvas
        takes = production.made(laid, "take", "recut", "treated")
        named = {scene.id: source_name(scene, canvas) for scene in production.film.scenes}
        if any(name not in takes for name in named.values()):
            production.render(order, self.reporter, self.cancel)
            laid = production.lay_out(order)
            takes = production.made(laid, "take", "recut", "treated")
        found = list(stills.stills(laid.timeline, {scene: takes[name] for scene, name in named.items()}))
        stem = f"{file_stem(production.film.title)}-{canvas.cut.slug}"
        if self.wanted.kind == "poster":
            best = max(found, key=lambda one: one.worth)
            path = stills.save_picture(best.picture, home / f"{stem}-poster.jpg")
            return DeliveredFiles(self.wanted.name, (path,), notes=(f"the poster is of scene {best.scene}",))
        files = [stills.save_picture(one.picture, home / f"{one.scene}-{canvas.cut.slug}.jpg") for one in found]
        return DeliveredFiles(
            self.wanted.name, (*files, *stills.sprite(laid.timeline, found, home / f"{stem}-sprite.jpg"))
        )

    def _stopped(self) -> bool:
        return self.cancel is not None and self.cancel.is_set()

    def _told(self, files: Sequence[Path], report: dict[str, Any], notes: Sequence[str]) -> DeliveredFiles:
        write_report(files[0].with_suffix(".report.json"), report)
        return DeliveredFiles(self.wanted.name, tuple(files), report, tuple(dict.fromkeys(notes)))


def measured(path: Path) -> dict[str, Any]:
    """What is in a delivered file, read by libavformat: its tracks, their codecs, lengths and tags."""
    import av

    tracks: list[dict[str, Any]] = []
    with av.open(str(path)) as media:
        for stream in (*media.streams.video, *media.streams.audio):
            base = float(stream.time_base or 0)
            context: Any = stream.codec_context
            track: dict[str, Any] = {
                "kind": stream.type,
                "codec": context.codec.canonical_name,
                "seconds": round((stream.duration or 0) * base or (media.duration or 0) / 1e6, 3),
                "start": round((stream.start_time or 0) * base, 4),
            }
            if stream.type == "video":
                track |= {"size": f"{context.width}x{context.height}", "pixels": str(context.pix_fmt)}
            tracks.append(track)
    return {"tracks": tracks, "bytes": path.stat().st_size}
