"""Word times of any voice, by comparing it with a reading whose word times are known.

Serves engines that do not tell when they say what, and the author's own recordings. The reading is made by an engine
of the house; where none can read the language, words are shared out by letters and that is said. Knows no film.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audio.reading.stress import unstressed
from audio.reading.timing import by_letters, written_words
from audio.speaking.cepstra import FRAMES, Cepstra, cepstra, power_spectra
from audio.speaking.warping import Path, coarse, warped
from audio.voice import Samples, Utterance, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BY_ENGINE = "by the engine"
BY_ALIGNMENT = "by alignment"
BY_LETTERS = "by letters"

_STRANGE = 0.85
"""Mean cost from which on a sound hardly says the text; under noise and echo a right one costs up to 0.8."""

_THROATS = (0.84, 0.92, 1.0, 1.08, 1.17)
"""Lengths of the throat that are tried, relative to the reading's."""
_QUIET = 0.3
"""Loudness below which a frame may belong to a pause."""
_PAUSE = 10
"""Frames from which quiet is a pause, and is left out of the comparison."""
_WEAK = 2
"""Frames of a pause that may be the weak beginning or end of a word beside it."""
_SHORTEST = 5
"""Frames that a word lasts at least, where the next one leaves them."""
_MARGIN = 3
"""Frames of a pause that stay at either side: weak beginnings and ends of words."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The written words in their places in a sound, who placed them, and whether the sound seems to say something else.

    `cost` is the mean difference between sound and reading: 0 for the same, about 1 for nothing in common.
    """

    words: tuple[Word, ...]
    how: str
    cost: float = 0.0
    doubtful: bool = False


def align(sound: Samples, rate: int, reading: Utterance) -> Alignment:
    """The words of `reading` (with times) at their places in `sound`, mono at `rate`; never in another order."""
    shown = cepstra(power_spectra(reading.samples, reading.rate))
    kept = _without_pauses(shown)
    spectra = power_spectra(sound, rate)
    tried = [cepstra(spectra, throat) for throat in _THROATS]
    heard = min(tried, key=lambda one: coarse(shown.chosen(kept), one.chosen(_without_pauses(one))).cost)
    left = _without_pauses(heard)
    path = warped(shown.chosen(kept), heard.chosen(left))
    return Alignment(_carried(reading.words, path, kept, left, _pauses(heard)), BY_ALIGNMENT, path.cost)


def word_times(
    text: str, language: str, sound: Samples, rate: int, pronounce: Sequence[tuple[str, str]] = ()
) -> Alignment:
    """The written words of `text` at their places in a sound in which they are said.

    By alignment where an engine of the house reads the language, by letters otherwise.
    """
    from audio.speaking.readers import WORD_BY_WORD, reading

    words = written_words(unstressed(text))
    read = reading(text, language, pronounce) if words else None
    if read is None or len(read.words) != len(words):
        return Alignment(by_letters(words, *_heard_span(sound, rate)), BY_LETTERS)
    found = align(sound, rate, read)
    return replace(found, doubtful=found.cost > _STRANGE and read.model != WORD_BY_WORD)


def _pauses(one: Cepstra) -> list[tuple[int, int]]:
    """First and last frame (exclusive) of every stretch that is quiet for long."""
    import numpy as np

    quiet = np.concatenate([[0], (one.loud < _QUIET).astype(np.int8), [0]])
    turns = np.flatnonzero(np.diff(quiet))
    runs = zip(turns[::2], turns[1::2], strict=True)
    return [(int(first), int(last)) for first, last in runs if last - first >= _PAUSE]


def _without_pauses(one: Cepstra) -> NDArray[np.intp]:
    """The frames that are not deep inside a pause: pauses stand elsewhere in every reading."""
    import numpy as np

    kept = np.ones(len(one), bool)
    for first, last in _pauses(one):
        begin = first + _MARGIN if first else 0
        end = last - _MARGIN if last < len(one) else last
        kept[begin:end] = False
    found = np.flatnonzero(kept)
    return found if len(found) else np.arange(len(one))


def _carried(
    words: Sequence[Word], path: Path, kept: NDArray[np.intp], left: NDArray[np.intp], pauses: Sequence[tuple[int, int]]
) -> tuple[Word, ...]:
    """Words of the reading at the frames that belong to their ends, in order and outside the pauses."""
    import numpy as np

    # Several frames of the sound may belong to one of the reading: the middle of them is taken.
    count = int(path.first[-1]) + 1
    met = np.bincount(path.first, minlength=count)
    middle = np.bincount(path.first, weights=path.second, minlength=count) / met
    spans: list[tuple[int, int]] = []
    latest = 0
    for word in words:
        first = min(int(np.searchsorted(kept, round(word.start * FRAMES))), count - 1)
        last = max(int(np.searchsorted(kept, round(word.end * FRAMES), side="right")) - 1, 0)
        start, end = int(left[int(np.ceil(middle[first]))]), int(left[int(middle[min(last, count - 1)])])
        for begin, stop in pauses:
            if begin <= start < stop and stop <= left[-1]:
                start = max(start, stop - _WEAK)
            if begin <= end < stop:
                end = min(end, begin + _WEAK)
        latest = max(start, latest)
        spans.append((latest, end))
    # A word whose end was found before its beginning is still seen for a moment, though never into the next one.
    nexts = [start for start, _ in spans[1:]] + [int(left[-1]) + 1]
    return tuple(
        Word(word.text, start / FRAMES, max(start, end, min(start + _SHORTEST, after)) / FRAMES)
        for word, (start, end), after in zip(words, spans, nexts, strict=True)
    )


def _heard_span(sound: Samples, rate: int) -> tuple[float, float]:
    """First and last second in which something is heard."""
    import numpy as np

    loud = np.flatnonzero(np.abs(sound) > 0.01 * float(np.abs(sound).max(initial=0.0)))
    return (float(loud[0]) / rate, float(loud[-1] + 1) / rate) if len(loud) else (0.0, len(sound) / rate)
