"""Changing a voice: pace, pitch and the size of the throat, each without the others.

One voice becomes several by shifting pitch and formants apart, with the Rubber Band filter of the ffmpeg program that
imageio-ffmpeg brings; a finished line is made faster by its tempo filter. Samples go through pipes, nothing through a
shell. Knows no engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from audio.voice import Samples, VoiceMissing, VoiceRefusal
from projects import programs

_REMEDY = "install an ffmpeg with librubberband, or use the bundled one: pip install --force-reinstall imageio-ffmpeg"
_SILENT = 10 ** (-45 / 20)
"""Relative to the peak: what is quieter at the end of a line is silence."""
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a voice differs from what the engine spoke.

    `pace` is a factor (1.1 is a tenth faster), `pitch` and `formant` are in semitones: formant +3 is a smaller
    throat (a child, a woman), -3 a larger one.
    """

    pace: float = 1.0
    pitch: float = 0.0
    formant: float = 0.0

    def then(self, other: Timbre) -> Timbre:
        """Both changes as one."""
        return Timbre(self.pace * other.pace, self.pitch + other.pitch, self.formant + other.formant)

    @property
    def plain(self) -> bool:
        """True where nothing is changed."""
        return self == Timbre()


def length_after(timbre: Timbre, samples: int) -> int:
    """How many samples a sound of `samples` has after the change."""
    return round(samples / timbre.pace)


def check() -> None:
    """Raises VoiceMissing where ffmpeg has no Rubber Band filter, MissingError where there is no ffmpeg."""
    if not _has_filter(programs.ffmpeg()):
        raise VoiceMissing("this ffmpeg has no rubberband filter, which varies the voices", _REMEDY)


@lru_cache(maxsize=4)
def _has_filter(ffmpeg: Path) -> bool:
    return b" rubberband " in programs.run([ffmpeg, "-hide_banner", "-filters"], timeout=30.0).stdout


def identity() -> str:
    """The version of the program, part of the fingerprint of every changed voice."""
    return f"rubberband of ffmpeg {programs.ffmpeg_version(programs.ffmpeg())}"


def change(samples: Samples, rate: int, timbre: Timbre) -> Samples:
    """Mono samples at `rate` with the timbre applied: float32, exactly `length_after` samples.

    Formants move by reading the sound at another speed; the filter then restores pitch and pace with the
    spectral envelope kept where it is.
    """
    import numpy as np

    if timbre.plain or not len(samples):
        return samples
    throat = 2.0 ** (timbre.formant / 12.0)
    read_rate = max(1, round(rate * throat))
    throat = read_rate / rate
    pitch = 2.0 ** (timbre.pitch / 12.0) / throat
    tempo = timbre.pace / throat
    chain = (
        f"rubberband=pitch={pitch:.6f}:tempo={tempo:.6f}:formant=preserved:pitchq=quality:transients=mixed"
        f":detector=soft:phase=independent,aresample={rate}:resampler=soxr:precision=28"
    )
    check()
    heard = _filtered(np.concatenate([samples, np.zeros(rate // 2, np.float32)]), read_rate, chain, rate)
    wanted = length_after(timbre, len(samples))
    if len(heard) < wanted * 0.9:
        raise VoiceRefusal(f"varying a voice gave {len(heard)} samples, {wanted} were expected", _REMEDY)
    changed: Samples = np.pad(heard[:wanted], (0, max(0, wanted - len(heard)))).astype(np.float32)
    return changed


def tempo_identity() -> str:
    """The version of the program that changes the tempo, part of the fingerprint of every line made faster."""
    return f"atempo of ffmpeg {programs.ffmpeg_version(programs.ffmpeg())}"


def at_tempo(samples: Samples, rate: int, tempo: float, count: int) -> Samples:
    """Mono samples at `rate` spoken `tempo` times as fast at the same pitch: float32, exactly `count` samples.

    The filter is off by some milliseconds at the end, whatever the length: silence after the last sound gives way.
    Where that is too short the tempo is raised by what is missing, so that no sound is cut off.
    """
    import numpy as np

    if tempo == 1.0 and count == len(samples):
        return samples
    padded = np.concatenate([samples, np.zeros(rate // 2, np.float32)])
    for _ in range(_ATTEMPTS):
        heard = _filtered(padded, rate, f"atempo={tempo:.6f}", rate)
        end = _last_heard(heard)
        if end < count:
            break
        tempo *= 1.0 + (end + 1 - count + rate // 200) / count
    else:
        raise VoiceRefusal(
            f"a line of {count} samples ran over by {end + 1 - count} when it was made faster", "word it shorter"
        )
    fitted: Samples = np.pad(heard[:count], (0, max(0, count - len(heard)))).astype(np.float32)
    fitted[-rate // 500 :] *= np.linspace(1.0, 0.0, len(fitted[-rate // 500 :]), dtype=np.float32)
    return fitted


def _last_heard(samples: Samples) -> int:
    """The last sample above silence, -1 where there is none."""
    import numpy as np

    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max(initial=0.0) * _SILENT)
    return int(loud[-1]) if len(loud) else -1


def _filtered(samples: Samples, read_rate: int, chain: str, rate: int) -> Samples:
    """Mono samples after a chain of ffmpeg's filters, which takes them at `read_rate` and gives them at `rate`."""
    import numpy as np

    command: list[str | Path] = [programs.ffmpeg(), "-hide_banner", "-loglevel", "error", "-nostdin", "-threads", "1"]
    command += ["-f", "f32le", "-ar", str(read_rate), "-ac", "1", "-i", "pipe:0", "-af", chain]
    command += ["-f", "f32le", "-ar", str(rate), "-ac", "1", "-bitexact", "pipe:1"]
    heard: Samples = np.frombuffer(programs.run(command, stdin=samples.astype("<f4").tobytes()).stdout, "<f4")
    return heard
