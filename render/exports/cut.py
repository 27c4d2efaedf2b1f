"""One cut of a film as an editor sees it: clips that abut, transitions across their edges, markers, sound stems.

Integer frames on the film's rational rate; places count from the film's first frame. Scenes that overlap in the film
abut in the middle of the overlap, and the transition reaches from there into both takes, which hold those frames as
handles. Knows no format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from render.timeline import Join, Timeline
from storyboard.film import Film

DISSOLVES = frozenset({"crossfade", "blur"})
"""Transitions that any editor has: mixes of two pictures. `fade` is one against black."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A note at frame `at` of the film, lasting `frames`; `kind` is scene or line."""

    kind: str
    name: str
    at: int
    frames: int = 1
    comment: str = ""


@dataclass(frozen=True, slots=True)
class EditClip:
    """A scene on the picture track: `frames` of its take from `first` on, at frame `start` of the film.

    `media` is the take's file beside the export, of `media_frames`. `about` are facts for the metadata, as plain text.
    """

    scene: str
    media: Path
    media_frames: int
    first: int
    frames: int
    start: int
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The first frame of the film after it."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Passage:
    """A transition across the edge at frame `at`: from `before` frames before it to `after` frames behind it.

    An empty id stands for black before or after the film. `plain` says whether every editor has such a one.
    """

    kind: str
    option: str
    at: int
    before: int
    after: int
    leaves: str
    enters: str
    plain: bool

    @property
    def frames(self) -> int:
        """How long it is."""
        return self.before + self.after

    @property
    def told(self) -> str:
        """`wipe left`, as a person writes it."""
        return f"{self.kind} {self.option}".strip()


@dataclass(frozen=True, slots=True)
class Stem:
    """One part of the sound, as long as the film."""

    name: str
    media: Path


@dataclass(frozen=True, slots=True)
class Edit:
    """A whole cut. `samples` is its length in sound at 48 kHz."""

    title: str
    rate: Fraction
    width: int
    height: int
    frames: int
    samples: int
    clips: tuple[EditClip, ...]
    passages: tuple[Passage, ...]
    markers: tuple[Marker, ...] = ()
    stems: tuple[Stem, ...] = ()
    language: str = "en"

    @property
    def nominal(self) -> int:
        """Frames that timecode counts in a second: 30 for 29.97."""
        return -(-self.rate.numerator // self.rate.denominator)


def edit_of(
    film: Film,
    timeline: Timeline,
    size: tuple[int, int],
    media: Mapping[str, Path],
    about: Mapping[str, Mapping[str, str]],
    stems: Sequence[Stem] = (),
) -> Edit:
    """The cut of a laid-out film; `media` and `about` are the file and the facts of each scene's take."""
    return Edit(
        title=film.title,
        rate=film.rate,
        width=size[0],
        height=size[1],
        frames=timeline.frames,
        samples=timeline.samples,
        clips=tuple(_clips(timeline, media, about)),
        passages=tuple(_passages(timeline)),
        markers=tuple(_markers(film, timeline)),
        stems=tuple(stems),
        language=film.language,
    )


def _clips(timeline: Timeline, media: Mapping[str, Path], about: Mapping[str, Mapping[str, str]]) -> Iterator[EditClip]:
    last = len(timeline.slots) - 1
    for number, slot in enumerate(timeline.slots):
        first = slot.overlap_in // 2 if number else 0
        end = slot.frames - (slot.overlap_out - slot.overlap_out // 2 if number < last else 0)
        yield EditClip(
            scene=slot.scene_id,
            media=media[slot.scene_id],
            media_frames=slot.frames,
            first=first,
            frames=end - first,
            start=slot.start + first,
            about=about.get(slot.scene_id, {}),
        )


def _passages(timeline: Timeline) -> Iterator[Passage]:
    for piece in timeline.pieces:
        if not isinstance(piece, Join):
            continue
        # Against black nothing lies on the other side: the whole of it is on this one.
        before = 0 if not piece.before else piece.frames if not piece.after else piece.frames // 2
        way = piece.transition
        yield Passage(
            kind=way.kind,
            option=way.option,
            at=piece.start + before,
            before=before,
            after=piece.frames - before,
            leaves=piece.before,
            enters=piece.after,
            plain=way.kind in DISSOLVES or (way.kind == "fade" and not (piece.before and piece.after)),
        )


def _markers(film: Film, timeline: Timeline) -> Iterator[Marker]:
    for slot in timeline.slots:
        scene = film.scene(slot.scene_id)
        yield Marker("scene", scene.id, slot.start + slot.overlap_in, comment=scene.heading or scene.prompt)
    for word in timeline.words:
        name = f"{word.speaker}: {word.text}" if word.speaker else word.text
        yield Marker("line", name, word.first, max(1, word.last - word.first), word.scene_id)


def notes_of(edit: Edit) -> tuple[str, ...]:
    """What an editor will not see as the film shows it."""
    odd = [one for one in edit.passages if not one.plain]
    return tuple(
        f"{one.leaves or 'opening'} to {one.enters or 'ending'}: {one.told} is a dissolve of the same length there"
        for one in odd
    )
