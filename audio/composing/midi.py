"""A piece as MIDI: channels and programs for its players, and the file that an author takes to other programs.

Knows no synthesiser.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from audio.composing.bars import Grid
from audio.composing.orchestra import KITS, PLAYERS
from audio.composing.piece import Note, Piece
from audio.voice import RATE

if TYPE_CHECKING:
    import mido

DRUMS = 9
"""The channel that General MIDI keeps for drum kits."""
TICKS = 960
"""Ticks a beat of the exported file."""
_FLATS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_SHARP_MINORS = {1: "C#m", 6: "F#m", 8: "G#m"}


@dataclass
class Channels:
    """Lends channels to players as they are needed; a channel that has fallen silent goes to the next player."""

    held: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Channel to its player and the last sample of his last note."""

    def take(self, player: str, last: int) -> tuple[int, list[mido.Message]]:
        """The player's channel for a note until a sample, and the messages that make it his."""
        import mido

        for channel, (name, end) in self.held.items():
            if name == player:
                self.held[channel] = (player, max(end, last))
                return channel, []
        if player in KITS:
            channel = DRUMS
        else:
            free = [c for c in range(16) if c != DRUMS and c not in self.held]
            oldest = min((end, c) for c, (_, end) in self.held.items() if c != DRUMS)[1] if not free else 0
            channel = free[0] if free else oldest
        self.held[channel] = (player, last)
        known = PLAYERS[player]
        program = KITS.get(player, known.program)
        volume = max(1, min(127, round(100 * 10 ** (known.gain / 40))))
        pan = max(0, min(127, round(64 + 56 * known.pan)))
        changes = [mido.Message("program_change", channel=channel, program=program)]
        changes.append(mido.Message("control_change", channel=channel, control=7, value=volume))
        if channel != DRUMS:
            changes.append(mido.Message("control_change", channel=channel, control=10, value=pan))
        return channel, changes


def separate(notes: Sequence[Note]) -> list[Note]:
    """The notes in order, each ending before its player strikes the same key again."""
    made: list[Note] = []
    sounding: dict[tuple[str, int], int] = {}
    for note in notes:
        before = sounding.get((note.player, note.pitch))
        if before is not None and made[before].at + made[before].samples > note.at:
            made[before] = replace(made[before], samples=max(1, note.at - made[before].at))
        sounding[note.player, note.pitch] = len(made)
        made.append(note)
    return made


def written(piece: Piece) -> bytes:
    """A type-1 MIDI file: tempo map, key, time signatures and a marker for every section, then a track for each part.

    Markers give the section's number and mood.
    """
    import mido

    file = mido.MidiFile(type=1, ticks_per_beat=TICKS)
    file.tracks.append(_conductor(piece))
    channels = Channels()
    tracks: dict[str, list[tuple[int, int, mido.Message]]] = {part: [] for part, notes in piece.parts.items() if notes}
    everything = sorted(
        ((note, part) for part, notes in piece.parts.items() for note in separate(notes)),
        key=lambda pair: (pair[0].at, pair[0].player, pair[0].pitch),
    )
    for note, part in everything:
        channel, changes = channels.take(note.player, note.at + note.samples)
        start = _ticks(piece.grid, note.at)
        end = max(start + 1, _ticks(piece.grid, note.at + note.samples))
        velocity = max(1, min(127, round(127 * note.velocity)))
        tracks[part] += [(start, 1, change) for change in changes]
        tracks[part].append((start, 2, mido.Message("note_on", channel=channel, note=note.pitch, velocity=velocity)))
        tracks[part].append((end, 0, mido.Message("note_off", channel=channel, note=note.pitch)))
    for part, events in tracks.items():
        file.tracks.append(_track(part, sorted(events, key=lambda event: event[:2])))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _track(name: str, events: Iterable[tuple[int, int, mido.Message | mido.MetaMessage]]) -> mido.MidiTrack:
    import mido

    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
    last = 0
    for tick, _, message in events:
        track.append(message.copy(time=tick - last))
        last = tick
    track.append(mido.MetaMessage("end_of_track"))
    return track


def _conductor(piece: Piece) -> mido.MidiTrack:
    """The track without notes: tempo, time and key signatures, markers."""
    import mido

    events: list[tuple[int, int, mido.MetaMessage]] = []
    tonic = piece.key.tonic
    key = _SHARP_MINORS.get(tonic, f"{_FLATS[tonic]}m") if piece.key.minor else _FLATS[tonic]
    events.append(
        (0, 0, mido.MetaMessage("key_signature", key={"Dbm": "C#m", "Gbm": "F#m", "Abm": "G#m"}.get(key, key)))
    )
    beats = piece.grid.beats
    written_tempo = round(60_000_000 / piece.tempo)
    last = 0
    for beat, (first, after) in enumerate(pairwise(beats)):
        step = round((after - first) * 1_000_000 / RATE)
        if abs(step - written_tempo) < 2_000_000 / RATE:
            step = written_tempo  # a sample more or less is rounding, not another tempo
        if step != last:
            events.append((beat * TICKS, 1, mido.MetaMessage("set_tempo", tempo=step)))
        last = step
    meter = 0
    for passage in piece.passages:
        at = passage.first * TICKS
        events.append((at, 0, mido.MetaMessage("marker", text=f"{passage.section + 1} {passage.mood.name}")))
        for bar in passage.bars:
            if bar.beats != meter:
                meter = bar.beats
                signature = mido.MetaMessage("time_signature", numerator=meter, denominator=4)
                events.append((bar.first * TICKS, 2, signature))
    return _track("score", sorted(events, key=lambda event: event[:2]))


def _ticks(grid: Grid, sample: int) -> int:
    """The tick of a sample on the beats of a grid."""
    beat = min(grid.beat_before(sample), len(grid.beats) - 2)
    first, last = grid.beats[beat], grid.beats[beat + 1]
    return round(TICKS * (beat + (sample - first) / (last - first)))
