"""The film in integer frames: which pieces follow one another, what is heard when, and where the chapters are.

Made once from a schedule, before anything is joined; no float seconds after this. Knows no files and no encoders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from audio.reading.stress import unstressed
from storyboard.film import Film, Transition
from storyboard.schedule import Cue, Schedule, Slot
from storyboard.time import SAMPLE_RATE, sample_of_frame


@dataclass(frozen=True, slots=True)
class Body:
    """The frames of a take that no transition touches: `first` to `last` (exclusive) of it, at `start` of the film."""

    scene: str
    first: int
    last: int
    start: int
    alone: bool = False
    """True for the whole take of a scene that is shown by itself."""

    @property
    def name(self) -> str:
        """Stable name of the piece."""
        return f"{'whole' if self.alone else 'body'}:{self.scene}"

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
class Uttered:
    """One spoken word, from sample `first` to `last` (exclusive) of the film."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Words:
    """A caption: what is said by whom from frame `first` to `last` (exclusive) of the film.

    `uttered` are its words in order, empty while the line was not spoken yet.
    """

    scene_id: str
    speaker: str
    text: str
    first: int
    last: int
    uttered: tuple[Uttered, ...] = ()
    line_id: str = ""


WordTimes = Mapping[tuple[str, str], Sequence[tuple[str, float, float]]]
"""The words of each spoken line (scene, line): text, begin and end in seconds from the line's first sample."""


@dataclass(frozen=True)
class Timeline:
    """The whole film. `samples` is its length in sound, at 48 kHz."""

    rate: Fraction
    frames: int
    samples: int
    exact: bool
    slots: tuple[Slot, ...]
    pieces: tuple[Piece, ...]
    cues: tuple[Cue, ...]
    words: tuple[Words, ...]

    def slot(self, scene_id: str) -> Slot:
        """The slot of a scene; KeyError where there is none."""
        return self._slots[scene_id]

    def cues_of(self, scene_id: str) -> Sequence[Cue]:
        """The lines of a scene, in order."""
        return self._cues.get(scene_id, ())

    @cached_property
    def _slots(self) -> dict[str, Slot]:
        return {slot.scene_id: slot for slot in self.slots}

    @cached_property
    def _cues(self) -> dict[str, list[Cue]]:
        found: dict[str, list[Cue]] = {}
        for cue in self.cues:
            found.setdefault(cue.scene_id, []).append(cue)
        return found


def frame_of(sample: int, rate: Fraction) -> int:
    """The frame that is on screen at a 48 kHz sample; the inverse of `sample_of_frame`, also where that rounds down."""
    return (2 * sample + 1) * rate.numerator // (2 * SAMPLE_RATE * rate.denominator)


def build_timeline(film: Film, schedule: Schedule, heard: WordTimes | None = None) -> Timeline:
    """Lay out the pieces, the cues and the captions of a scheduled film; `heard` are the words that were spoken."""
    pieces: list[Piece] = []
    slots = schedule.slots
    ways = {scene.id: scene.transition for scene in film.scenes}
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
                    ways[slot.scene_id],
                )
            )
    frames = schedule.frames
    return Timeline(
        rate=film.rate,
        frames=frames,
        samples=sample_of_frame(frames, film.rate),
        exact=schedule.exact,
        slots=slots,
        pieces=tuple(pieces),
        cues=schedule.cues,
        words=_words(film, schedule, heard or {}),
    )


def scene_timeline(timeline: Timeline, scene_id: str) -> Timeline:
    """The timeline of one scene by itself: its whole take, its own lines and captions, counted from its first frame."""
    slot = timeline.slot(scene_id)
    origin = sample_of_frame(slot.start, timeline.rate)
    end = slot.start + slot.frames
    return Timeline(
        rate=timeline.rate,
        frames=slot.frames,
        samples=sample_of_frame(slot.frames, timeline.rate),
        exact=timeline.exact,
        slots=(replace(slot, start=0),),
        pieces=(Body(scene_id, 0, slot.frames, 0, alone=True),),
        cues=tuple(replace(cue, first_sample=cue.first_sample - origin) for cue in timeline.cues_of(scene_id)),
        words=tuple(
            replace(
                said,
                first=max(0, said.first - slot.start),
                last=min(said.last, end) - slot.start,
                uttered=tuple(Uttered(one.text, one.first - origin, one.last - origin) for one in said.uttered),
            )
            for said in timeline.words
            if said.scene_id == scene_id and said.first < end
        ),
    )


def _words(film: Film, schedule: Schedule, heard: WordTimes) -> tuple[Words, ...]:
    """Captions from the cues: shown from the first sound of a line to its end, at least one frame."""
    shown = []
    lines = {(scene.id, line.id): line for scene in film.scenes for line in scene.lines}
    for cue in schedule.cues:
        line = lines[cue.scene_id, cue.line_id]
        first = frame_of(cue.first_sample, film.rate)
        last = max(first + 1, frame_of(cue.first_sample + cue.samples, film.rate) + 1)
        uttered = tuple(
            Uttered(
                unstressed(text),
                cue.first_sample + round(begin * SAMPLE_RATE),
                cue.first_sample + round(end * SAMPLE_RATE),
            )
            for text, begin, end in heard.get((cue.scene_id, cue.line_id), ())
        )
        until = min(last, schedule.frames)
        shown.append(Words(cue.scene_id, line.by.name, unstressed(line.text), first, until, uttered, cue.line_id))
    return tuple(shown)
