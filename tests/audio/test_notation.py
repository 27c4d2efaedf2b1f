"""A score as MIDI: well-formed, on the piece's tempo, with its sections and players."""

from __future__ import annotations

import io

import mido
import pytest

from audio.backends.composer import Composer, composed
from audio.composing.midi import Channels
from audio.composing.orchestra import KITS, PLAYERS
from audio.score import ComposeRequest, Section
from audio.voice import RATE

REQUEST = ComposeRequest(
    40 * RATE,
    "heroic",
    100.0,
    "F# minor",
    seed=4,
    sections=(Section(0), Section(round(13.3 * RATE), "noir", hit=True), Section(27 * RATE, "whimsical")),
)


def read() -> mido.MidiFile:
    """The written file, read again."""
    return mido.MidiFile(file=io.BytesIO(Composer().midi(REQUEST)))


def test_tracks_programs_and_markers() -> None:
    """It is of type 1; after the conductor's track each part has a named one, and every player his program."""
    file = read()
    assert file.type == 1
    names = [next(m.name for m in track if m.type == "track_name") for track in file.tracks]
    piece = composed(REQUEST)[0]
    assert names == ["score", *(part for part, notes in piece.parts.items() if notes)]
    markers = [m.text for m in file.tracks[0] if m.type == "marker"]
    assert markers == ["1 heroic", "2 noir", "3 whimsical"]
    assert [m.key for m in file.tracks[0] if m.type == "key_signature"] == ["F#m"]
    assert {m.numerator for m in file.tracks[0] if m.type == "time_signature"} >= {3, 4}
    programs = {m.program for track in file.tracks for m in track if m.type == "program_change"}
    assert {PLAYERS["trumpet"].program, PLAYERS["saxophone"].program, PLAYERS["music box"].program} <= programs
    assert all(
        m.channel == 9 for t in file.tracks for m in t if m.type == "program_change" and m.program == KITS["brushes"]
    )


def test_notes_end_and_lie_on_their_samples() -> None:
    """Every note that begins ends, and its time by the tempo map is its sample's, within a few milliseconds."""
    file = read()
    sounding: dict[tuple[int, int], int] = {}
    onsets, now = [], 0.0
    for message in file:
        now += message.time
        if message.type == "note_on" and message.velocity:
            sounding[message.channel, message.note] = sounding.get((message.channel, message.note), 0) + 1
            onsets.append(now)
        elif message.type in ("note_off", "note_on"):
            sounding[message.channel, message.note] -= 1
    assert not any(sounding.values())
    piece = composed(REQUEST)[0]
    planned = sorted(note.at / RATE for notes in piece.parts.values() for note in notes)
    assert onsets == pytest.approx(planned, abs=0.004)
    assert now <= 40.01


def test_channels_are_lent_again() -> None:
    """More players than channels share them in turn; kits always have the drum channel."""
    channels = Channels()
    given = {}
    for turn, player in enumerate(PLAYERS):
        at = turn * 10 * RATE
        given[player], changes = channels.take(player, at + RATE)
        assert changes[0].type == "program_change"
    assert set(given.values()) == set(range(16))
    assert {given[kit] for kit in KITS} == {9}
    assert all(channel != 9 for player, channel in given.items() if player not in KITS)
