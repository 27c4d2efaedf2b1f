"""The FluidSynth program with a General MIDI sound font: the better synthesiser, where both are installed.

Run as a separate program with an argument list. All parts are played in one run, one after another, so that the font is
loaded once. Knows no music beyond notes.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from audio.composing.midi import Channels, separate
from audio.composing.piece import Note
from audio.composing.soundfont import FONT_VARIABLE, font
from audio.composing.synthesisers import BYTES, Stem
from audio.voice import RATE, Trouble
from projects import programs
from storyboard.errors import RenderError

_LICENCES = {"musescore_general": "MIT", "fluidr3": "MIT"}

_BLOCK = 64
"""Samples between two moments at which FluidSynth looks at its events."""
_DELAY = 80
"""Samples by which a note is heard after the moment it was looked at, on the average."""
_EARLY: Mapping[str, int] = MappingProxyType({"timpani": 216, "taiko": 240, "orchestral drums": 144})
"""Samples by which slow skins are struck early, to be heard on their beat."""
_TICKS = 10
"""MIDI ticks a millisecond."""
_PERIOD = 3 * _BLOCK
"""Samples after which blocks and whole milliseconds meet again: parts so far apart sound as they do by themselves."""
_LEAD = 16 * _PERIOD
"""Samples before the first part, so that its first notes may be as early as those of the others."""
_APART = 6 * RATE
"""Samples of silence between two parts: what rings on must not be heard in the next."""


@functools.lru_cache(maxsize=4)
def _digest(path: Path, size: int, changed: int) -> str:  # noqa: ARG001 - a changed file is digested anew
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:16]


@functools.cache
def _version(program: Path) -> str:
    said = programs.run([program, "--version"], timeout=30.0).stdout.decode("utf-8", "replace").split()
    return said[said.index("version") + 1] if "version" in said[:-1] else "unknown"


def _is_font(path: Path) -> bool:
    """Whether a file begins as a sound font does; of another FluidSynth would make silence."""
    with path.open("rb") as file:
        head = file.read(12)
    return head[:4] == b"RIFF" and head[8:] == b"sfbk"


class FluidSynth:
    """Plays with the `fluidsynth` program."""

    name = "fluidsynth"

    def check(self) -> Sequence[Trouble]:
        """Whether the program and a font are there."""
        troubles = []
        if programs.probe("fluidsynth") is None:
            troubles.append(Trouble("the program 'fluidsynth' is not installed", "On Debian: apt install fluidsynth."))
        path = font()
        if path is None or not _is_font(path):
            named = os.environ.get(FONT_VARIABLE, "")
            what = (
                f"{FONT_VARIABLE} names '{named}', which is no sound font" if named else "there is no sound font here"
            )
            fix = f"On Debian: apt install musescore-general-soundfont-small; or name a font in {FONT_VARIABLE}."
            troubles.append(Trouble(what, fix))
        return troubles

    def identity(self) -> str:
        """The program's version, and the font by name and digest."""
        path = font()
        if path is None:
            return "fluidsynth without a font"
        there = path.stat()
        version = _version(programs.program("fluidsynth"))
        return f"fluidsynth {version}; {path.name} {_digest(path, there.st_size, there.st_mtime_ns)}"

    def licence(self) -> str:
        """The font's licence as far as it is known."""
        path = font()
        name = path.name if path else ""
        known = next((one for start, one in _LICENCES.items() if name.casefold().startswith(start)), "")
        return f"{name}: {known}" if known else f"{name}: see the font"

    def play(
        self, parts: Mapping[str, Sequence[Note]], samples: int, folder: Path, cancelled: Callable[[], bool]
    ) -> Mapping[str, Stem]:
        """Plays the parts one after another in one run; the parts of the file are the stems."""
        path = font()
        if path is None:
            raise RenderError("the sound font has gone", self.check()[0].fix)
        heard = [part for part, notes in parts.items() if notes]
        stride = -(-(samples + _APART) // _PERIOD) * _PERIOD
        score, sound, settings = folder / "played.mid", folder / "played.raw", folder / "settings"
        score.write_bytes(_performance([parts[part] for part in heard], stride))
        settings.write_text("", encoding="utf-8")  # else the person's own settings would change the sound
        settled = ("synth.dynamic-sample-loading=1", "synth.polyphony=512", "synth.cpu-cores=1")
        arguments: list[str | Path] = [programs.program("fluidsynth"), "-ni", "-q", "-f", settings]
        arguments += ["-R", "0", "-C", "0", "-g", "0.5", "-r", str(RATE)]
        arguments += [word for setting in settled for word in ("-o", setting)]
        arguments += ["-E", "little", "-O", "float", "-T", "raw", "-F", sound, path, score]
        if heard:
            said = programs.run(arguments, timeout=60.0 + stride * len(heard) / RATE, cancelled=cancelled)
            if not sound.is_file():
                raise RenderError(f"fluidsynth played nothing: {said.stderr[-500:].strip() or 'no message'}")
        played = sound.stat().st_size // BYTES if heard else 0
        if played < _LEAD + stride * (len(heard) - 1) + samples // 2:
            raise RenderError("fluidsynth broke off", "Try again; a score may also be played with `synthesiser: tono`.")
        stems = {}
        for number, part in enumerate(heard):
            first = _LEAD + number * stride
            stems[part] = Stem(sound, first, max(0, min(samples, played - first)))
        return stems


def _performance(parts: Sequence[Sequence[Note]], stride: int) -> bytes:
    """A MIDI file in which the parts follow each other, so many samples apart, with every event in its block."""
    import io

    import mido

    channels = Channels()
    timed: list[tuple[int, int, mido.Message]] = []
    for number, notes in enumerate(parts):
        begin = _LEAD + number * stride
        for note in separate(notes):
            at = begin + note.at
            channel, changes = channels.take(note.player, at + note.samples)
            start = _tick(max(begin, at - _EARLY.get(note.player, 0)))
            timed += [(max(0, start - 20 * _TICKS), 0, change) for change in changes]
            velocity = max(1, min(127, round(127 * note.velocity)))
            timed.append((start, 2, mido.Message("note_on", channel=channel, note=note.pitch, velocity=velocity)))
            end = max(start + 1, _tick(at + note.samples))
            timed.append((end, 1, mido.Message("note_off", channel=channel, note=note.pitch)))
    timed.sort(key=lambda event: event[:2])
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=1_000_000)])
    last = 0
    for tick, _, message in timed:
        track.append(message.copy(time=tick - last))
        last = tick
    end = _tick(_LEAD + len(parts) * stride)
    track.append(mido.MetaMessage("end_of_track", time=max(0, end - last)))
    file = mido.MidiFile(type=0, ticks_per_beat=1000 * _TICKS)
    file.tracks.append(track)
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _tick(sample: int) -> int:
    """The tick that FluidSynth reaches in the block nearest to a sample.

    It counts whole milliseconds at the beginning of each block, so that an event belongs just before one of them.
    """
    block = max(0, round((sample - _DELAY) / _BLOCK))
    return max(0, block * _BLOCK * 1000 // RATE * _TICKS - 4)
