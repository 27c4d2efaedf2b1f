"""The chunks of a film: which samples each has, and what can change it."""

from __future__ import annotations

import pytest

from audio.mixing.ducking import RETURN
from audio.mixing.grid import AFTER, BEFORE, CHUNK, PACKET, Bus, MixCue, MixRequest, chunk_count, chunks, smoothed


def changed(cues: tuple[MixCue, ...], others: tuple[MixCue, ...], samples: int = 4 * CHUNK) -> list[int]:
    """Numbers of the chunks that differ between two films without speech."""
    pairs = zip(chunks(samples, cues, ()), chunks(samples, others, ()), strict=True)
    return [number for number, (one, other) in enumerate(pairs) if one != other]


@pytest.mark.parametrize("samples", [1, 1023, 1024, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 777])
def test_chunks_hold_every_sample_once(samples: int) -> None:
    """The chunks' own samples add up to the film, and no chunk looks beyond the film's ends."""
    made = list(chunks(samples, (), ()))
    assert len(made) == chunk_count(samples)
    assert sum(chunk.samples for chunk in made) == samples
    assert all(chunk.samples == CHUNK for chunk in made[:-1])
    assert made[0].before == 0
    assert made[-1].after == 0
    start = 0
    for chunk in made:
        assert chunk.before == min(BEFORE, start)
        assert chunk.after == min(AFTER, samples - start - chunk.samples)
        start += chunk.samples


def test_the_grid_fits_packets_and_measuring() -> None:
    """A chunk is whole AAC packets, and so are its margins: the encoder's blocks lie alike in every chunk."""
    assert CHUNK % PACKET == BEFORE % PACKET == AFTER % PACKET == 0
    assert CHUNK % 4800 == 0


def test_a_sound_touches_only_the_chunks_in_which_it_is_heard() -> None:
    """Another level of a sound in the second chunk changes that chunk; near a border it changes both neighbours."""
    inside = MixCue("a", "effects", CHUNK + 100_000, samples=50_000)
    louder = MixCue("a", "effects", CHUNK + 100_000, -3.0, samples=50_000)
    assert changed((inside,), (louder,)) == [1]
    near, softer = (MixCue("a", "effects", 2 * CHUNK + 100, level, samples=50_000) for level in (0.0, -3.0))
    assert changed((near,), (softer,)) == [1, 2]


def test_what_a_long_sound_does_elsewhere_does_not_show() -> None:
    """A score that ends later, or fades in and out otherwise, changes the chunks at its ends only."""
    plain = MixCue("score", "music", 0, samples=3 * CHUNK)
    assert changed((plain,), (MixCue("score", "music", 0, samples=4 * CHUNK),)) == [2, 3]
    assert changed((plain,), (MixCue("score", "music", 0, samples=3 * CHUNK, fade_in=999),)) == [0]
    ends, fades = (MixCue("score", "music", 0, samples=3 * CHUNK - 50_000, fade_out=fade) for fade in (0, 999))
    assert changed((ends,), (fades,)) == [2]


def test_a_sound_of_unknown_length_lasts_to_the_end() -> None:
    """Before a file was measured, it may be heard in every chunk from its beginning on."""
    cue = MixCue("file", "effects", CHUNK + 100_000)
    assert [bool(chunk.cues) for chunk in chunks(4 * CHUNK, (cue,), ())] == [False, True, True, True]


def test_speech_is_told_to_the_chunks_that_it_ducks() -> None:
    """A chunk knows the whole phrases whose gain it may hear, and none that are further away than a return."""

    def heard(span: tuple[int, int], number: int) -> bool:
        return bool(list(chunks(2 * CHUNK, (), [span]))[number].speech)

    gone = CHUNK - BEFORE - RETURN
    assert not heard((gone - 99, gone), 1)
    assert heard((gone - 99, gone + 1), 1)
    coming = CHUNK + AFTER + RETURN
    assert not heard((coming, coming + 99), 0)
    assert heard((coming - 1, coming + 99), 0)
    over = list(chunks(3 * CHUNK, (), [(CHUNK - 100, 2 * CHUNK + 100)]))
    assert [chunk.speech for chunk in over] == [
        ((CHUNK - 100, 2 * CHUNK + 100),),
        ((-100, CHUNK + 100),),
        ((-CHUNK - 100, 100),),
    ]


def test_music_under_a_phrase_is_told_to_all_its_chunks() -> None:
    """Music that ends before a chunk begins belongs to it where a phrase lies over both; effects do not."""
    phrase = [(CHUNK - 200_000, CHUNK + 100_000)]
    expected: dict[Bus, int] = {"music": 1, "clip": 1, "effects": 0}
    for bus, told in expected.items():
        early = MixCue("a", bus, CHUNK - 150_000, samples=50_000)
        assert [len(chunk.cues) for chunk in chunks(3 * CHUNK, (early,), phrase)] == [1, told, 0]
        assert [len(chunk.cues) for chunk in chunks(3 * CHUNK, (early,), ())] == [1, 0, 0]


def test_sounds_cut_anywhere_begin_and_end_softly() -> None:
    """Every sound but a voice gets the fades of its bus at least, a short one no more than a third of itself."""
    assert smoothed(MixCue("a", "clip", 0, samples=9999)) == MixCue(
        "a", "clip", 0, samples=9999, fade_in=727, fade_out=727
    )
    assert smoothed(MixCue("a", "music", 0, samples=9999, fade_in=5000)).fade_in == 5000
    assert smoothed(MixCue("a", "effects", 0, samples=30)) == MixCue(
        "a", "effects", 0, samples=30, fade_in=10, fade_out=10
    )
    voice = MixCue("a", "dialogue", 0, samples=9999)
    assert smoothed(voice) == voice


def test_an_unchanged_scene_after_a_whole_chunk_is_an_equal_request() -> None:
    """Places count from the chunk: the same sound a chunk later is the same work."""
    one = list(chunks(4 * CHUNK, (MixCue("a", "dialogue", CHUNK + 5, samples=100),), [(CHUNK + 5, CHUNK + 105)]))
    other = list(
        chunks(4 * CHUNK, (MixCue("a", "dialogue", 2 * CHUNK + 5, samples=100),), [(2 * CHUNK + 5, 2 * CHUNK + 105)])
    )
    assert one[1] == other[2]
    assert one[3] == MixRequest(CHUNK, BEFORE, 0)
