"""The step that treats one line after it was spoken and paced: clear, even, at the film's loudness, and in its place.

A line keeps its first sample and its length; a room rings on after it. Knows neither scene nor film.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audio.signal import dynamics, equaliser, rooms
from audio.signal.recursive import Section, filtered
from audio.speaking.speech import SPEECH_LUFS
from audio.voice import RATE, Samples
from projects.steps import Json, Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIALOGUE: tuple[Section, ...] = (
    equaliser.high_pass(85.0),
    equaliser.bell(290.0, -2.0, 0.9),
    equaliser.bell(3300.0, 2.0, 0.8),
    equaliser.high_shelf(9000.0, 1.0),
)
"""What makes a voice clear among others: no rumble, less of what booms, more of what is understood."""

NARRATION: tuple[Section, ...] = (
    equaliser.high_pass(65.0),
    equaliser.low_shelf(170.0, 1.5),
    equaliser.bell(330.0, -1.5, 1.0),
    equaliser.bell(4200.0, 1.5, 0.8),
    equaliser.high_shelf(10_000.0, 2.0),
)
"""What brings a narrator near: a little more warmth and breath."""

RADIO: tuple[Section, ...] = (
    equaliser.high_pass(330.0, 0.5412),
    equaliser.high_pass(330.0, 1.3066),
    equaliser.bell(1500.0, 3.0, 0.9),
    equaliser.low_pass(3600.0, 0.5412),
    equaliser.low_pass(3600.0, 1.3066),
)
"""What a narrow channel leaves of a voice."""

_DRIVE = 2.2
"""How hard the channel is driven: it rounds the peaks off."""

_EDGE = RATE // 200
"""Samples over which the very end is faded."""


@dataclass(frozen=True, slots=True)
class TreatRequest:
    """One line, the input `line`: where it is spoken (a canonical place, "" for none), and how loud it is to be.

    `target_lufs` includes what the emotion adds. A narrator speaks nowhere: `place` is not heard then.
    """

    place: str = ""
    narration: bool = False
    target_lufs: float = SPEECH_LUFS

    @property
    def heard_in(self) -> str:
        """The place whose room or radio is heard, or ""."""
        return "" if self.narration else self.place


def treated_samples(samples: int, request: TreatRequest) -> int:
    """How many samples a line of so many has after treatment: its room rings on."""
    return samples + rooms.tail(request.heard_in)


def treat_voice(request: TreatRequest, work: Work, out: Path) -> Json:
    """Treats a line into a 48 kHz 24-bit WAV at `out`: mono, or stereo where there is a room.

    Facts: `samples` (with what rings on), `spoken` (without), `lufs` (of the line itself, on one channel).
    """
    from audio.signal import wavefile
    from audio.speaking import speech

    line = wavefile.read(work.inputs["line"].path)
    dry = voice(line, request)
    work.progress(0.6)
    heard = in_room(dry, request.heard_in)
    wavefile.write(out, heard)
    return {"samples": len(heard), "spoken": len(line), "lufs": round(speech.speech_level(dry), 2)}


def voice(line: Samples, request: TreatRequest) -> Samples:
    """A mono line (n,) clear, even and at its loudness, float32; silence stays silence."""
    import numpy as np

    from audio.signal.loudness import amplitude
    from audio.speaking import speech

    if not np.any(np.abs(line) > 1e-4):
        return line
    even = line.astype(np.float64)
    # Thresholds are meant for a line at the house's loudness, however loud this one was brought in.
    even *= amplitude(SPEECH_LUFS - speech.speech_level(line))
    even = filtered(NARRATION if request.narration else DIALOGUE, even[None])[0]
    even = dynamics.without_hiss(even)
    even = dynamics.compressed(even, dynamics.CLOSE if request.narration else dynamics.SPEECH)
    if request.heard_in in rooms.BY_RADIO:
        even = _by_radio(even)
    soft = speech.soft_ends(even.astype(np.float32))
    # Holding the peaks of a line costs it loudness, which is given back once more.
    return speech.level(speech.level(soft, request.target_lufs), request.target_lufs)


def _by_radio(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """A line through a narrow channel that is driven hard."""
    import numpy as np

    narrow = filtered(RADIO[:3], line[None])
    rounded: NDArray[np.float64] = filtered(RADIO[3:], np.tanh(_DRIVE * narrow) / _DRIVE)[0]
    return rounded


def in_room(line: Samples, place: str) -> Samples:
    """A line (n,) with what comes back to it, (n + tail, 2); as it is where nothing does."""
    import numpy as np

    from audio.signal.loudness import amplitude

    room = rooms.ROOMS.get(place)
    if room is None or not len(line):
        return line
    back = rooms.answer(place)
    count = len(line) + rooms.tail(place)
    size = 1 << (count - 1).bit_length()
    wet = np.fft.irfft(np.fft.rfft(line, size) * np.fft.rfft(back, size, axis=1), size, axis=1)[:, :count]
    dry = np.zeros(count)
    dry[: len(line)] = line
    power, came = float(np.square(dry).sum()), float(np.square(wet).sum()) / 2.0
    level = amplitude(room.wet) * (power / came) ** 0.5 if came else 0.0
    both = dry + level * wet
    both[:, -_EDGE:] *= np.linspace(1.0, 0.0, _EDGE)
    heard: Samples = both.T.astype(np.float32)
    return heard
