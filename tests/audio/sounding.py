"""Where a voice is heard: the edges of its rests, found from the energy alone, for tests of word times."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from audio.voice import Samples, Utterance

STEP = 0.01
"""Seconds of one reading of the level."""


def _sounding(samples: Samples, rate: int) -> NDArray[np.bool_]:
    """Which steps of the sound are within 35 dB of its loudest."""
    hop = round(rate * STEP)
    steps = len(samples) // hop
    level = np.sqrt(np.mean(np.square(samples[: steps * hop].reshape(steps, hop)), axis=1))
    loud: NDArray[np.bool_] = level > level.max() * 10 ** (-35 / 20)
    return loud


def rests(samples: Samples, rate: int, least: float = 0.12) -> list[tuple[float, float]]:
    """The silences of at least `least` seconds between two sounds, each as where it begins and ends."""
    loud = np.flatnonzero(_sounding(samples, rate))
    gaps = np.flatnonzero(np.diff(loud) > least / STEP)
    return [(float(loud[i] + 1) * STEP, float(loud[i + 1]) * STEP) for i in gaps]


def first_and_last(samples: Samples, rate: int) -> tuple[float, float]:
    """Where the sound begins and where it ends."""
    loud = np.flatnonzero(_sounding(samples, rate))
    return float(loud[0]) * STEP, float(loud[-1] + 1) * STEP


def off_by(spoken: Utterance) -> list[float]:
    """By how many seconds words miss their sound: at the line's two ends, and after and before each rest."""
    begin, end = first_and_last(spoken.samples, spoken.rate)
    found = [spoken.words[0].start - begin, spoken.words[-1].end - end]
    for silence, sound in rests(spoken.samples, spoken.rate):
        found.append(min((word.end - silence for word in spoken.words), key=abs))
        found.append(min((word.start - sound for word in spoken.words), key=abs))
    return found


def hisses_off_by(spoken: Utterance) -> list[float]:
    """By how many seconds words that begin with an s, after a word without a hiss at its end, miss their hiss.

    The hiss is what is heard above 4.5 kHz: it begins where it first passes a third of its loudest.
    """
    above = butter(6, 4500, "highpass", fs=spoken.rate, output="sos")
    hop = spoken.rate // 200
    high = np.square(sosfiltfilt(above, spoken.samples.astype(np.float64)))
    level = np.sqrt(high[: len(high) // hop * hop].reshape(-1, hop).mean(axis=1))
    found = []
    for before, word in pairwise(spoken.words):
        hushed = not re.search(r"([sxzfh]|[cgsz]e)\W*$", before.text.lower())
        if hushed and re.match(r"s[^u]", word.text.lower()):
            first = max(0, int((word.start - 0.2) * 200))
            near = level[first : int((word.start + 0.25) * 200)]
            quiet = np.flatnonzero(near[: near.argmax()] <= near.max() * 0.3)
            begin = first + (int(quiet[-1]) + 1 if len(quiet) else 0)
            found.append(word.start - begin / 200)
    return found
