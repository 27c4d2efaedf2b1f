"""Finding words in a sound by comparing it with a reading whose word times are known."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from audio.backends.hibari import Hibari
from audio.signal.timbre import Timbre, change
from audio.speaking import readers
from audio.speaking.alignment import align, word_times
from audio.speaking.cepstra import Cepstra, cepstra, power_spectra
from audio.speaking.warping import warped
from audio.voice import Samples, Utterance, VoiceRequest, Word

TEXT = "The old lighthouse stood at the edge of the world, waiting for a ship that never came."


@pytest.fixture(scope="module")
def read() -> Utterance:
    """A reading with known word times."""
    return Hibari().speak(VoiceRequest(TEXT, "en", "heart"))


def another(read: Utterance, seed: int = 3) -> tuple[Samples, int, list[float]]:
    """The same text by another throat, at a changing pace, with pauses that nobody wrote, in a noisy room.

    Also where its words begin.
    """
    rng = np.random.default_rng(seed)
    pieces, starts, passed = [], [], 0
    words = read.words
    onsets = [round((word.start - 0.05) * read.rate) for word in words]  # a word is heard before its model says so
    for first in range(0, len(words), 3):
        group = words[first : first + 3]
        begin = onsets[first]
        end = onsets[first + 3] if first + 3 < len(words) else len(read.samples)
        pace = float(rng.uniform(0.8, 1.3))
        part = change(read.samples[begin:end], read.rate, Timbre(pace, -5.0, -2.0))
        starts += [(passed + (word.start * read.rate - begin) / pace) / read.rate for word in group]
        pause = np.zeros(round(float(rng.uniform(0.0, 0.5)) * read.rate), np.float32)
        pieces += [part, pause]
        passed += len(part) + len(pause)
    sound = np.concatenate(pieces)
    noise = rng.standard_normal(len(sound)) * np.sqrt(np.mean(sound**2)) * 10 ** (-22 / 20)
    return (sound + noise).astype(np.float32), read.rate, starts


def test_words_are_found_in_another_voice(read: Utterance) -> None:
    """Half of the word beginnings are within 30 ms and all within 120 ms: other throat, pace, pauses and noise."""
    sound, rate, starts = another(read)
    found = align(sound, rate, read)
    off = np.abs([word.start - start for word, start in zip(found.words, starts, strict=True)])
    assert [word.text for word in found.words] == TEXT.split()
    assert np.median(off) < 0.03
    assert off.max() < 0.12
    assert not found.doubtful


def test_words_stand_in_order_and_last(read: Utterance) -> None:
    """Every word begins no earlier than the one before, ends after it begins, and inside the sound."""
    sound, rate, _ = another(read, seed=9)
    words = align(sound, rate, read).words
    assert all(a.start <= b.start for a, b in pairwise(words))
    assert all(word.start <= word.end <= len(sound) / rate for word in words)
    assert sum(word.end - word.start for word in words) > 0.5 * len(sound) / rate - 3.0


def test_a_pause_belongs_to_no_word(read: Utterance) -> None:
    """Half a second of silence put between two words ends up between them."""
    cut = round(0.5 * (read.words[8].end + read.words[9].start) * read.rate)
    quiet = np.zeros(read.rate // 2, np.float32)
    sound = np.concatenate([read.samples[:cut], quiet, read.samples[cut:]])
    words = align(sound, read.rate, read).words
    assert words[8].end <= cut / read.rate + 0.06
    assert words[9].start >= cut / read.rate + 0.4


def test_another_text_is_doubted(read: Utterance) -> None:
    """A sound that says something else fits worse than the right one, and is said to be doubtful."""
    other = Hibari().speak(VoiceRequest("My grandmother kept seven silver keys in a small wooden box.", "en", "george"))
    wrong = word_times(TEXT, "en", other.samples, other.rate)
    sound, rate, _ = another(read)
    right = word_times(TEXT, "en", sound, rate)
    assert wrong.cost > right.cost + 0.1
    assert wrong.doubtful
    assert not right.doubtful


def test_without_a_reader_letters_decide(monkeypatch: pytest.MonkeyPatch, read: Utterance) -> None:
    """Where nothing reads the language, words share what is heard by their letters, and it is said."""
    monkeypatch.setattr(readers, "reading", lambda *_: None)
    found = word_times(TEXT, "en", read.samples, read.rate)
    assert found.how == "by letters"
    assert [word.text for word in found.words] == TEXT.split()
    assert found.words[0].start < 0.5


def test_numbers_keep_their_written_form() -> None:
    """A year is one written word, as long as the three words that are said for it."""
    read = Hibari().speak(VoiceRequest("It was 1926 then.", "en", "michael"))
    found = word_times("It was 1926 then.", "en", read.samples, read.rate)
    assert [word.text for word in found.words] == ["It", "was", "1926", "then."]
    year = found.words[2]
    assert year.end - year.start > 0.5


def test_any_language_is_read_word_by_word() -> None:
    """espeak-ng reads languages that no voice of the house speaks; its words come one after the other."""
    read = readers.reading("Der alte Turm steht am Meer.", "de")
    if read is None:
        pytest.skip("espeak-ng is not installed")
    assert [word.text for word in read.words] == ["Der", "alte", "Turm", "steht", "am", "Meer."]
    assert all(a.end <= b.start for a, b in pairwise(read.words))
    assert read.model == readers.WORD_BY_WORD


def test_a_hostile_language_is_no_option() -> None:
    """A language tag that looks like an option of the program is not given to it."""
    assert readers.reading("Hallo", "--stdout") is None


def babble(seconds: int) -> Utterance:
    """Noise that changes its colour ten times a second, with a "word" every half second."""
    rng = np.random.default_rng(0)
    rate = 16_000
    colours = np.exp(rng.standard_normal((seconds * 10, 40)))
    tone = np.arange(rate // 10)[:, None] * np.linspace(0.05, 2.4, 40) + rng.uniform(0, 6, 40)
    sound = (np.sin(tone) @ colours.T).T.reshape(-1).astype(np.float32) * 0.01
    words = tuple(Word(f"w{n}", n * 0.5, n * 0.5 + 0.4) for n in range(2 * seconds))
    return Utterance(sound, rate, words)


def test_a_minute_is_found_in_time() -> None:
    """A minute against a minute takes less than a fifth of its length."""
    minute = babble(60)
    begun = time.process_time()
    found = align(minute.samples, minute.rate, minute)
    assert time.process_time() - begun < 12.0
    off = [abs(a.start - b.start) for a, b in zip(found.words, minute.words, strict=True)]
    assert np.quantile(off, 0.95) < 0.05


@pytest.mark.slow
def test_memory_grows_with_length_not_with_its_square() -> None:
    """Eight seconds need little more than twice the memory of four."""
    peaks = []
    for seconds in (4, 8):
        read = babble(seconds)
        tracemalloc.start()
        align(read.samples, read.rate, read)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2.4 * peaks[0] < 100e6


def test_equal_requests_give_equal_words(read: Utterance) -> None:
    """Alignment is deterministic."""
    sound, rate, _ = another(read)
    assert align(sound, rate, read) == align(sound, rate, replace(read))


def test_loudness_and_hum_do_not_move_words(read: Utterance) -> None:
    """A sound a hundred times quieter, with hum under it, has its words in the same places."""
    hum = 2e-4 * np.sin(2 * np.pi * 50 * np.arange(len(read.samples)) / read.rate)
    soft = (0.01 * read.samples + hum).astype(np.float32)
    found = align(soft, read.rate, read)
    off = np.abs([a.start - b.start for a, b in zip(found.words, read.words, strict=True)])
    assert np.median(off) < 0.01
    assert off.max() < 0.1


def test_paths_lead_from_both_beginnings_to_both_ends() -> None:
    """Every frame of both is on the path, in order, at every length."""
    rng = np.random.default_rng(1)
    for one, other in ((1, 1), (1, 7), (5, 3), (700, 900), (2500, 300)):
        path = warped(_frames(rng, one), _frames(rng, other))
        assert (path.first[0], path.second[0], path.first[-1], path.second[-1]) == (0, 0, one - 1, other - 1)
        assert set(np.diff(path.first)) | set(np.diff(path.second)) <= {0, 1}


def _frames(rng: np.random.Generator, count: int) -> Cepstra:
    shape = rng.standard_normal((count, 20)).astype(np.float32)
    return Cepstra(shape / np.linalg.norm(shape, axis=1, keepdims=True), rng.random(count).astype(np.float32))


def test_cepstra_do_not_care_about_loudness() -> None:
    """Cepstra are 100 a second, finite even for silence, and the same for a sound and its echo at a tenth."""
    rng = np.random.default_rng(2)
    sound = (rng.standard_normal(16_000) * np.linspace(0.01, 1, 16_000)).astype(np.float32)
    loud, soft = cepstra(power_spectra(sound, 16_000)), cepstra(power_spectra(0.1 * sound, 16_000))
    assert abs(len(loud) - 100) <= 1
    assert np.abs(loud.shape - soft.shape).max() < 1e-2
    assert np.isfinite(cepstra(power_spectra(np.zeros(16_000, np.float32), 16_000)).shape).all()
