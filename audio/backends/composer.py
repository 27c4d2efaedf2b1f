"""The built-in composer: arranges a mood, plays it on its own instruments in its own room, and levels it.

Works four bars at a time, so that memory does not grow with the film. Knows no scene, only sections.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from audio import arrangement, limiter, loudness, wavefile
from audio.arrangement import Note, Plan
from audio.harmony import read_key
from audio.instruments import INSTRUMENTS
from audio.mix import pan_gains
from audio.moods import MOODS, Mood, mood_named
from audio.percussion import STROKES
from audio.score import ComposeRequest, Section
from audio.voice import RATE, Samples, Trouble
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender

SCORE_LUFS = -20.0
"""The loudness of every score; the mix sets its place under speech."""

_BARS = 4
_TAIL = round(7.0 * RATE)
"""Samples that notes may sound beyond the four bars they begin in."""
_WET = 0.22
_LEVELS: Mapping[str, float] = MappingProxyType(
    {"strings": 0.55, "warm": 0.62, "low": 0.62, "brass": 0.55, "piano": 1.0, "celesta": 0.6, "pluck": 0.85,
     "marimba": 0.8, "flute": 0.7, "cello": 0.8, "horn": 0.7, "soft": 0.5, "pulse": 0.6, "walk": 0.75,
     "strings short": 0.7}
)  # fmt: skip
"""How loud each voice plays within the band."""

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "strings": ("bed", "strings"), "string": ("bed", "strings"), "струнные": ("bed", "strings"),
        "orchestral": ("bed", "strings"), "оркестр": ("bed", "strings"), "brass": ("bed", "brass"),
        "медные": ("bed", "brass"), "pad": ("bed", "warm"), "ambient": ("bed", "warm"), "drone": ("bed", "low"),
        "piano": ("figure_voice", "piano"), "фортепиано": ("figure_voice", "piano"),
        "пианино": ("figure_voice", "piano"),
        "рояль": ("figure_voice", "piano"), "harp": ("figure_voice", "pluck"), "арфа": ("figure_voice", "pluck"),
        "guitar": ("figure_voice", "pluck"), "гитара": ("figure_voice", "pluck"), "plucked": ("figure_voice", "pluck"),
        "pizzicato": ("figure_voice", "pluck"), "bells": ("figure_voice", "celesta"),
        "celesta": ("figure_voice", "celesta"), "колокольчики": ("figure_voice", "celesta"),
        "flute": ("melody_voice", "flute"), "флейта": ("melody_voice", "flute"), "cello": ("melody_voice", "cello"),
        "виолончель": ("melody_voice", "cello"), "horn": ("melody_voice", "horn"), "валторна": ("melody_voice", "horn"),
        "marimba": ("melody_voice", "marimba"), "drums": ("beat", "march"), "percussion": ("beat", "march"),
        "барабаны": ("beat", "march"), "ударные": ("beat", "march"), "shaker": ("beat", "light"),
        "heartbeat": ("beat", "pulse"),
    }
)  # fmt: skip
_BUILD = frozenset({"build", "building", "crescendo", "growing", "rising", "нарастание", "нарастающий"})
_SMALL = frozenset({"a", "an", "the", "and", "with", "of", "in", "slow", "very", "some", "и", "с", "в", "под", "on"})


class Composer:
    """Composes and plays scores without any model, sample library or network."""

    name = "composer"

    def check(self) -> Sequence[Trouble]:
        """Nothing: it needs only numpy and scipy."""
        return ()

    def identity(self) -> str:
        """Its own version and those of numpy and scipy."""
        return f"composer 2; numpy {metadata.version('numpy')}; scipy {metadata.version('scipy')}"

    def compose(self, request: ComposeRequest, work: Work, out: Path) -> Json:
        """Writes the score, levelled to -20 LUFS, ending on the tonic at its last sample."""
        wishes = read_prompt(request.prompt)
        score = planned(request, wishes)
        draft = out.with_name(out.name + ".draft")
        meter = loudness.Meter(2)
        with wavefile.writing(draft, 2) as sink:
            _play(score, sink, meter, work)
        lufs = _level(draft, out, meter.result().integrated, work)
        draft.unlink()
        beats = range(int(request.samples / RATE * request.tempo / 60.0) + 1)
        return {
            "samples": request.samples,
            "bars": score.bars,
            "tempo": request.tempo,
            "key": request.key,
            "sections": [[passage.first, passage.mood.name] for passage in score.passages],
            "beats": [at for at in map(score.at, beats) if at < request.samples],
            "parts": dict(arrangement.parts(score)),
            "lufs": round(lufs, 2),
            "understood": list(wishes.understood),
            "not_understood": list(wishes.unread),
        }


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a prompt asks for, as changes of a mood, and its words that were and were not understood."""

    changes: Mapping[str, str]
    build: bool
    understood: tuple[str, ...]
    unread: tuple[str, ...]


def read_prompt(prompt: str) -> Wishes:
    """Finds instruments, percussion and a build-up in a score's prompt; "no drums" takes them away."""
    words = re.findall(r"\w+", prompt.casefold())
    changes: dict[str, str] = {}
    build, understood, unread = False, [], []
    for index, word in enumerate(words):
        denied = index > 0 and words[index - 1] in ("no", "without", "без")
        if word in _WORDS:
            field, value = _WORDS[word]
            changes[field] = "" if denied else value
        elif word in _BUILD:
            build = True
        elif word in ("ударных", "барабанов") and denied:
            changes["beat"] = ""
        elif mood_named(word) is None:
            if word not in _SMALL and word not in ("no", "without", "без"):
                unread.append(word)
            continue
        understood.append(word)
    return Wishes(changes, build, tuple(understood), tuple(unread))


def planned(request: ComposeRequest, wishes: Wishes) -> Plan:
    """The arrangement of a request: every section with its mood, changed by what the prompt asks."""
    sections = request.sections or (Section(0),)
    laid = []
    for section in sorted(sections, key=lambda one: one.start_sample):
        mood = mood_named(section.mood or request.mood) or MOODS["wonder"]
        laid.append((section.start_sample, _changed(mood, wishes), section.energy, section.has_speech))
    return arrangement.plan(request.samples, request.tempo, read_key(request.key), request.seed, laid, wishes.build)


def _changed(mood: Mood, wishes: Wishes) -> Mood:
    wanted = wishes.changes
    return replace(
        mood,
        bed=wanted.get("bed", mood.bed),
        figure_voice=wanted.get("figure_voice") or mood.figure_voice,
        melody_voice=wanted.get("melody_voice", mood.melody_voice),
        beat=wanted.get("beat", mood.beat),
    )


def _play(score: Plan, sink: wavefile.WaveSink, meter: loudness.Meter, work: Work) -> None:
    """Plays four bars at a time; what rings on is carried into the next four."""
    import numpy as np

    carried = np.zeros((0, 2), np.float32)
    for first in range(0, score.bars + 1, _BARS):
        if work.cancelled():
            raise InterruptedRender("composing was stopped")
        start = score.bar(first)
        last = first + _BARS > score.bars
        end = score.samples if last else score.bar(first + _BARS)
        notes = [
            n for bar in range(first, min(first + _BARS, score.bars + 1)) for n in arrangement.notes_of_bar(score, bar)
        ]
        earliest = min([start, *(note.at for note in notes)])
        sound = _room(_played(notes, earliest, end - earliest + _TAIL), arrangement.passage_of(score.passages, first))
        sound = sound[start - earliest :] if earliest < start else sound
        if len(carried) > len(sound):
            sound = np.pad(sound, ((0, len(carried) - len(sound)), (0, 0)))
        sound[: len(carried)] += carried
        block, carried = sound[: end - start] * np.float32(0.25), sound[end - start :]
        if last:
            block = _faded(block, min(len(block), score.samples - score.bar(score.bars)))
        meter.feed(block)
        sink.write(block)
        work.progress(0.9 * min(1.0, end / score.samples))


def _played(notes: Sequence[Note], start: int, count: int) -> Samples:
    """The dry notes from sample `start`, (count, 2)."""
    import numpy as np

    sound = np.zeros((count, 2), np.float32)
    for note in notes:
        if note.voice in STROKES:
            tone = STROKES[note.voice]()
        else:
            tone = INSTRUMENTS[note.voice](note.pitch, note.seconds, note.bright)
        left, right = pan_gains(note.pan * 0.8)
        gain = note.velocity * _LEVELS.get(note.voice, 1.0)
        at = note.at - start
        part = tone[: count - at]
        sound[at : at + len(part)] += part * np.array([left * gain, right * gain], np.float32)
    return sound


def _room(dry: Samples, passage: arrangement.Passage) -> Samples:
    """The dry band in a room: early silence, then a dense tail, different on both sides."""
    import numpy as np
    from scipy.signal import oaconvolve

    tail = _impulse(round(passage.mood.room, 1))
    wet = np.stack([oaconvolve(dry[:, side], tail[:, side]) for side in (0, 1)], axis=1)
    room: Samples = wet.astype(np.float32) * np.float32(_WET)
    room[: len(dry)] += dry
    return room


@lru_cache(maxsize=8)
def _impulse(seconds: float) -> Samples:
    """The room's answer to a clap: decaying noise that loses its highs, unit energy a side."""
    import numpy as np
    from scipy.signal import butter, sosfilt

    t = np.arange(round(seconds * RATE)) / RATE
    noise = np.random.default_rng(5).standard_normal((len(t), 2))
    bright = sosfilt(butter(1, [180, 7000], "bandpass", fs=RATE, output="sos"), noise, axis=0)
    dull = sosfilt(butter(1, [120, 1800], "bandpass", fs=RATE, output="sos"), noise, axis=0)
    fade = np.exp(-6.9 * t / seconds)[:, None]
    blend = np.exp(-3.0 * t / seconds)[:, None]
    tail = (bright * blend + dull * (1 - blend)) * fade * np.minimum(1.0, t / 0.012)[:, None]
    tail /= np.sqrt((tail**2).sum(axis=0))
    impulse: Samples = np.concatenate([np.zeros((round(0.018 * RATE), 2)), tail]).astype(np.float32)
    return impulse


def _faded(block: Samples, ring: int) -> Samples:
    """The last block with its ring brought to nothing at the last sample."""
    import numpy as np

    length = max(1, round(ring * 0.75))
    fade = np.cos(0.5 * np.pi * (np.arange(length) + 1) / length) ** 2
    faded = block.copy()
    faded[-length:] *= fade[:, None].astype(np.float32)
    return faded


def _level(draft: Path, out: Path, found: float, work: Work) -> float:
    """Copies the draft to `out` at the score's loudness, limited at -1 dBTP; gives the loudness reached."""
    import numpy as np

    gain = np.float32(loudness.amplitude(SCORE_LUFS - found) if found > loudness.SILENCE else 1.0)
    meter = loudness.Meter(2)
    step, total = 10 * RATE, wavefile.length(draft)
    with wavefile.writing(out, 2) as sink:
        for start in range(0, total, step):
            if work.cancelled():
                raise InterruptedRender("composing was stopped")
            before = min(limiter.CONTEXT, start)
            count = min(step, total - start)
            sound = wavefile.read(draft, start - before, before + count + limiter.CONTEXT) * gain
            block = limiter.limited(sound, loudness.amplitude(-1.1))[before : before + count]
            meter.feed(block)
            sink.write(block)
    work.progress(1.0)
    return meter.result().integrated
