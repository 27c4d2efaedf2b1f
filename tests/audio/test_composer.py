"""The composer follows the film: sections, accents, breaks under speech, rests, endings, motifs and instruments."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from audio.backends.composer import Composer, composed
from audio.composing.bars import BEND, laid
from audio.composing.harmony import chord
from audio.composing.moods import MOODS
from audio.composing.motif import motif_of
from audio.composing.orchestra import PARTS, PLAYERS
from audio.composing.piece import Note, Piece
from audio.composing.wishes import read_prompt
from audio.score import ComposeRequest, Section
from audio.voice import RATE
from storyboard.errors import RenderError


def piece_of(seconds: float = 30.0, mood: str = "wonder", **asked: object) -> Piece:
    """The piece of a request without sound."""
    return composed(ComposeRequest(round(seconds * RATE), mood, **asked))[0]  # type: ignore[arg-type]


def sounding(piece: Piece, first: int, last: int, *parts: str) -> list[Note]:
    """The notes of some parts (all but percussion by default) that sound between two samples."""
    return [
        note
        for part in parts or PARTS[:-1]
        for note in piece.parts[part]
        if note.at < last and note.at + note.samples > first
    ]


def test_beats_are_exact() -> None:
    """Without accents beat k lies at k minutes by the tempo to the sample, however long the film."""
    beats = piece_of(600, tempo=84.0).grid.beats
    assert all(beat == round(k * 60 * RATE / 84.0) for k, beat in enumerate(beats))


@pytest.mark.parametrize("seed", range(12))
def test_accents_bend_the_beat_only_a_little(seed: int) -> None:
    """Every accent is a beat to the sample; beats bend by at most six in a hundred, but for short ones before it."""
    throws = np.random.default_rng(seed)
    tempo = float(throws.integers(60, 150))
    accents = [int(a) for a in np.cumsum(throws.integers(2 * RATE, 12 * RATE, 5))]
    grid = laid(90 * RATE, tempo, accents)
    length = 60 * RATE / tempo
    assert set(accents) <= set(grid.beats)
    assert all(b > a for a, b in pairwise(grid.beats))
    for beat, (a, b) in enumerate(pairwise(grid.beats)):
        if beat + 1 not in grid.hits:
            assert abs(b - a - length) <= BEND * length + 2
        else:
            assert 0.29 * length <= b - a <= 1.31 * length
    after = grid.beats[grid.hits[-1] :]
    assert all(abs(beat - round(after[0] + k * length)) <= 1 for k, beat in enumerate(after))


def test_sections_begin_at_the_nearest_bar_and_on_accents_exactly() -> None:
    """A section begins within half a bar of its cut, one with an accent on its very sample."""
    cuts = (0, round(10.4 * RATE), round(20.9 * RATE))
    sections = (Section(0), Section(cuts[1], "tense"), Section(cuts[2], "heroic", hit=True))
    piece = piece_of(32, tempo=110.0, sections=sections)
    starts = [piece.grid.at(passage.first) for passage in piece.passages]
    assert [passage.mood.name for passage in piece.passages] == ["wonder", "tense", "heroic"]
    assert abs(starts[1] - cuts[1]) <= 2 * 60 * RATE / 110
    assert starts[2] == cuts[2]
    struck = [note for notes in piece.parts.values() for note in notes if note.at == cuts[2]]
    assert len(struck) >= 5
    assert max(note.velocity for note in struck) > 0.9


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("key", ["C major", "A minor"])
def test_it_ends_at_home(mood: str, key: str) -> None:
    """The last two seconds hold only tones of the tonic triad, its root in the bass, and ring to the last sample."""
    piece = piece_of(21.3, mood, key=key)
    triad = set(chord(piece.key.tonic, "i" if piece.key.minor else "I").classes)
    last = sounding(piece, piece.samples - 2 * RATE, piece.samples)
    assert {note.pitch % 12 for note in last} <= triad
    assert min(last, key=lambda note: note.pitch).pitch % 12 == piece.key.tonic
    assert max(note.at + note.samples for note in last) == piece.samples
    assert piece.endings[-1][1] == piece.samples


def test_nothing_is_sung_under_speech() -> None:
    """While somebody speaks melody and counter-melody rest, the figure thins out, and gaps are answered."""
    spoken = ((6 * RATE, 12 * RATE), (15 * RATE, 22 * RATE))
    sections = (Section(0, "joyful", 0.6),)
    free = piece_of(40, tempo=100.0, sections=sections)
    hushed = piece_of(40, tempo=100.0, sections=sections, speech=spoken)
    for first, last in spoken:
        assert not sounding(hushed, first, last, "melody", "counter")
        assert len(sounding(hushed, first, last, "figure")) < 0.75 * len(sounding(free, first, last, "figure"))
        assert sounding(hushed, first, last, "harmony")
    assert any(sounding(free, *span, "melody") for span in spoken)
    assert sounding(hushed, 12 * RATE, 15 * RATE, "melody", "counter")


def test_rests_are_silent_and_lead_out_with_an_ending() -> None:
    """Before a rest the music ends on its tonic by the cut, in it no note sounds, after it it comes back on a beat."""
    cuts = (12 * RATE + 500, 17 * RATE)
    piece = piece_of(30, sections=(Section(0), Section(cuts[0], rest=True), Section(cuts[1], "joyful")))
    assert not sounding(piece, *cuts, *PARTS)
    assert piece.endings[0][1] == cuts[0]
    ending = sounding(piece, cuts[0] - RATE, cuts[0])
    assert {note.pitch % 12 for note in ending} <= set(chord(piece.key.tonic, "I").classes)
    back = min(note.at for notes in piece.parts.values() for note in notes if note.at >= cuts[1])
    assert back - cuts[1] <= 60 * RATE / piece.tempo


def test_motifs_come_from_names_alone() -> None:
    """A name's motif is always the same, another name's another one; more people in the cast change nothing."""
    names = [f"person {k}" for k in range(30)]
    assert len({motif_of(name) for name in names}) >= 28
    alone = piece_of(30, sections=(Section(0, who=("anna",)),), cast=("anna",))
    among = piece_of(30, sections=(Section(0, who=("anna",)),), cast=("anna", "boris", "carl"))
    assert alone.parts == among.parts


def test_a_character_brings_his_motif() -> None:
    """In each section the motif of who is in it is heard, first of all that of the first."""
    sections = (Section(0, who=("anna",)), Section(20 * RATE, who=("boris", "anna")))
    piece = piece_of(45, tempo=100.0, sections=sections, cast=("anna", "boris"))
    cut = piece.grid.at(piece.passages[1].first)
    heard = sorted((note.at, note.theme) for notes in piece.parts.values() for note in notes if note.theme)
    assert {name for at, name in heard if at < cut} == {"anna"}
    assert next(name for at, name in heard if at >= cut) == "boris"


def test_moods_vary_a_motif() -> None:
    """The same motif is slower when sad than when joyful, and low when dark."""
    heard = {}
    for mood in ("joyful", "sad", "dark"):
        piece = piece_of(40, mood, sections=(Section(0, who=("anna",)),))
        notes = piece.parts["melody"]
        first = next(k for k, note in enumerate(notes) if note.theme)
        heard[mood] = notes[first : first + 4]
    pace = {mood: notes[-1].at - notes[0].at for mood, notes in heard.items()}
    assert pace["sad"] > 2.5 * pace["joyful"]
    assert max(note.pitch for note in heard["dark"]) < min(note.pitch for note in heard["joyful"]) - 12


def test_seeds_differ_and_repeat() -> None:
    """Another seed gives other notes, the same one the same."""
    one, two = piece_of(40, "joyful", seed=1), piece_of(40, "joyful", seed=2)
    assert one.parts != two.parts
    assert one.parts == piece_of(40, "joyful", seed=1).parts


def test_phrases_vary() -> None:
    """A long passage is no loop: no two of its sung phrases are the same, yet the motif comes back."""
    piece = piece_of(120, "wonder", sections=(Section(0, who=("anna",)),))
    tunes = []
    for phrase in piece.passages[0].phrases:
        first, last = piece.grid.at(phrase.bars[0].first), piece.grid.at(phrase.bars[-1].last)
        notes = [note for note in piece.parts["melody"] if first <= note.at < last]
        tunes.append(tuple((note.at - first, note.pitch) for note in notes))
    sung = [tune for tune in tunes if tune]
    assert len(sung) >= 5
    assert len(set(sung)) >= len(sung) - 1
    assert len([note for note in piece.parts["melody"] if note.theme == "anna"]) >= 4
    assert any(not tune for tune in tunes)


def test_short_scenes_are_no_loop() -> None:
    """Through many short scenes of one mood the tune goes on instead of beginning anew in each, and breathes."""
    piece = piece_of(60, tempo=96.0, sections=tuple(Section(k * 5 * RATE) for k in range(12)))
    tunes = []
    for passage in piece.passages:
        first, last = piece.grid.at(passage.first), piece.grid.at(passage.last)
        notes = [note for note in piece.parts["melody"] if first <= note.at < last]
        tunes.append(tuple((note.at - first, note.pitch) for note in notes))
    sung = [tune for tune in tunes if tune]
    assert len(set(sung)) >= 0.75 * len(sung)
    assert len(sung) < len(tunes)


def test_only_the_wanted_instruments_play() -> None:
    """The score's instruments replace the mood's; a part that suits none of them is silent."""
    piece = piece_of(20, "heroic", instruments=("piano", "cello"))
    assert {note.player for notes in piece.parts.values() for note in notes} == {"piano", "cello"}
    assert not piece.parts["percussion"]
    with pytest.raises(RenderError, match="theremin"):
        Composer().quantise(ComposeRequest(RATE, instruments=("theremin",)))


def test_a_setting_that_is_none_is_refused() -> None:
    """The composer has one setting; another, meant for a model, is told and not passed over."""
    with pytest.raises(RenderError, match="no setting 'guidance'"):
        Composer().quantise(ComposeRequest(RATE, model=(("guidance", 3.0),)))


def test_everybody_plays_within_reach() -> None:
    """No note lies beyond its player's range, in any mood and key."""
    for mood in MOODS:
        for key in ("B major", "Eb minor"):
            for notes in piece_of(24, mood, key=key, seed=5).parts.values():
                for note in notes:
                    low, high = PLAYERS[note.player].range
                    assert low <= note.pitch <= high
                    assert 0 < note.velocity <= 1
                    assert note.samples > 0


def test_prompt_is_read_and_the_rest_reported() -> None:
    """Words for instruments are followed, "no drums" takes them away, what is not understood is said."""
    wishes = read_prompt("Electric piano and cello, no drums, slow build, zither")
    assert wishes.featured == ("electric piano", "cello")
    assert "drums" in wishes.denied
    assert wishes.builds
    assert wishes.unread == ("zither",)
    piece = piece_of(20, "joyful", prompt="no drums, solo piano")
    assert {note.player for notes in piece.parts.values() for note in notes} == {"piano"}
    russian = read_prompt("виолончель без барабанов")
    assert (russian.featured, "drums" in russian.denied) == (("cello",), True)


def test_fast_tempos_stay_playable() -> None:
    """However fast the tempo, nobody plays steps much shorter than a tenth of a second, but for rolls and strums."""
    for mood in ("electronic", "epic", "heroic", "romantic"):
        piece = piece_of(24, mood, tempo=190.0, sections=(Section(0, energy=0.9),))
        for part in ("figure", "bass"):
            times = sorted({note.at for note in piece.parts[part] if note.at < piece.endings[0][0]})
            assert min(b - a for a, b in pairwise(times)) > 0.09 * RATE


def test_a_build_grows() -> None:
    """A piece that builds has more notes in its second half than in its first."""
    piece = piece_of(60, "joyful", prompt="slow build", sections=(Section(0), Section(30 * RATE)))
    halves = [
        sum(1 for notes in piece.parts.values() for n in notes if a <= n.at < a + 25 * RATE) for a in (0, 30 * RATE)
    ]
    assert halves[1] > 1.3 * halves[0]
