"""The film in integer frames: which pieces follow one another, what is heard when, and where the chapters are.

Made once from a schedule, before anything is joined; no float seconds after this. Knows no files and no encoders.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from storyboard.film import Film, Transition
from storyboard.schedule import Cue, Schedule, Slot

SAMPLE_RATE = 48_000


@dataclass(frozen=True, slots=True)
class Body:
    """The frames of one take that no transition touches: `first` to `last` (exclusive) of the take, at `start` of the film."""

    scene: str
    first: int
    last: int
    start: int

    @property
    def name(self) -> str:
        """Stable name of the piece."""
        return f"body:{self.scene}"

    @property
    def frames(self) -> int:
        """How many frames it adds to the film."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Join:
    """The frames in which one take gives way to the next; an empty id stands for the black before or after the film.

    `tail` and `head` are the first frames used of the old and the new take.
    """

    before: str
    after: str
    tail: int
    head: int
    frames: int
    start: int
    transition: Transition

    @property
    def name(self) -> str:
        """Stable name of the piece."""
        return f"join:{self.before or 'opening'}>{self.after or 'ending'}"


Piece = Body | Join


@dataclass(frozen=True, slots=True)
class Words:
    """A caption: what is said by whom from frame `first` to `last` (exclusive) of the film."""

    speaker: str
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole film. `samples` is its length in sound, at 48 kHz, rounded up to cover the last frame."""

    rate: Fraction
    frames: int
    samples: int
    exact: bool
    slots: tuple[Slot, ...]
    pieces: tuple[Piece, ...]
    cues: tuple[Cue, ...]
    words: tuple[Words, ...]

    def sample_of(self, frame: int) -> int:
        """The first sound sample of a frame."""
        return sample_of(frame, self.rate)

    def slot(self, scene_id: str) -> Slot:
        """The slot of a scene."""
        return next(slot for slot in self.slots if slot.scene_id == scene_id)


def sample_of(frame: int, rate: Fraction) -> int:
    """The first 48 kHz sample at or after the start of a frame."""
    return -(-frame * SAMPLE_RATE * rate.denominator // rate.numerator)


def frame_of(sample: int, rate: Fraction) -> int:
    """The frame that is on screen at a 48 kHz sample."""
    return sample * rate.numerator // (SAMPLE_RATE * rate.denominator)


def build_timeline(film: Film, schedule: Schedule) -> Timeline:
    """Lay out the pieces, the cues and the captions of a scheduled film."""
    pieces: list[Piece] = []
    slots = schedule.slots
    for index, slot in enumerate(slots):
        if index == 0 and slot.overlap_in:
            pieces.append(Join("", slot.scene_id, 0, 0, slot.overlap_in, 0, film.opening))
        body_end = slot.frames - slot.overlap_out
        pieces.append(Body(slot.scene_id, slot.overlap_in, body_end, slot.start + slot.overlap_in))
        if slot.overlap_out:
            after = slots[index + 1].scene_id if index + 1 < len(slots) else ""
            pieces.append(
                Join(
                    slot.scene_id,
                    after,
                    body_end,
                    0,
                    slot.overlap_out,
                    slot.start + body_end,
                    film.scene(slot.scene_id).transition,
                )
            )
    frames = schedule.frames
    return Timeline(
        rate=film.rate,
        frames=frames,
        samples=sample_of(frames, film.rate),
        exact=schedule.exact,
        slots=slots,
        pieces=tuple(pieces),
        cues=schedule.cues,
        words=_words(film, schedule),
    )


def _words(film: Film, schedule: Schedule) -> tuple[Words, ...]:
    """Captions from the cues: shown from the first sound of a line to its end, at least one frame."""
    shown = []
    for cue in schedule.cues:
        line = next(line for line in film.scene(cue.scene_id).lines if line.id == cue.line_id)
        first = frame_of(cue.first_sample, film.rate)
        last = max(first + 1, frame_of(cue.first_sample + cue.samples, film.rate) + 1)
        shown.append(Words(line.by.name, line.text, first, min(last, schedule.frames)))
    return tuple(shown)
