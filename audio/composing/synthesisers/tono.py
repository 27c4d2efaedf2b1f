"""The synthesiser that comes with the house: voices of tono-py where they sound well, tones of the house elsewhere.

Needs no font and no program. Every note is made by itself and laid at its sample, so that memory does not grow with
the film. Knows no music beyond notes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, util
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from audio.composing.grooves import ORCHESTRAL, STROKES
from audio.composing.instruments import tone
from audio.composing.orchestra import KITS, PLAYERS
from audio.composing.percussion import STROKES as OWN
from audio.composing.piece import Note
from audio.composing.synthesisers import BYTES, Stem
from audio.mixing.mix import pan_gains
from audio.voice import RATE, Samples, Trouble
from storyboard.errors import InterruptedRender

if TYPE_CHECKING:
    import tono as wheel

_BLOCK = 4 * RATE
_TAIL = 10 * RATE
"""Samples that notes may sound beyond the block they begin in; longer ones are carried on."""


@dataclass(frozen=True, slots=True)
class _Borrowed:
    """A voice of the wheel: its family and variant, `low` hertz above which it is dulled when soft, gain, seconds."""

    family: str
    variant: str
    gain: float = 1.0
    soft: float = 1200.0
    seconds: float = 4.0
    release: float = 0.15
    damped: bool = True


BORROWED: Mapping[str, _Borrowed] = MappingProxyType(
    {
        "piano": _Borrowed("piano", "grand", 3.0, 1400.0, 4.0, 0.25),
        "electric piano": _Borrowed("electric_piano", "rhodes", 0.9, 1500.0, 4.0, 0.2),
        "organ": _Borrowed("organ", "tonewheel", 0.8, 2500.0, 8.0, 0.1),
        "bass": _Borrowed("bass", "finger", 1.4, 700.0, 3.0, 0.08),
        "synth bass": _Borrowed("bass", "synth", 1.2, 500.0, 3.0, 0.05),
        "glockenspiel": _Borrowed("mallets", "glockenspiel", 0.9, 6000.0, 2.5, 0.3, damped=False),
        "bells": _Borrowed("bells", "tubular", 0.9, 3000.0, 5.0, 0.5, damped=False),
    }
)
"""Players of the wheel; all others are tones of the house: see the decision on synthesisers."""
_KITS: Mapping[str, str] = MappingProxyType(
    {"drums": "acoustic", "brushes": "acoustic", "drum machine": "tr808", "orchestral drums": "acoustic"}
)
_OWN_STROKES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "brushes": {"snare": "brush", "kick": "drum"},
        "orchestral drums": {"kick": "drum", "tom low": "drum", "crash": "crash"},
        "drums": {"crash": "crash"},
    }
)
"""Strokes of the house in place of a kit's."""
_CONGAS = {"conga": "tom high", "conga low": "tom"}
_KIT_GAIN = {"kick": 0.8, "snare": 0.55, "hat": 0.5, "open hat": 0.45, "ride": 0.3, "clap": 0.6, "tom": 0.7}


class Tono:
    """Plays with tono-py and the tones of the house."""

    name = "tono"

    def check(self) -> Sequence[Trouble]:
        """Whether tono-py is installed."""
        if util.find_spec("tono") is None:
            return [Trouble("tono-py is not installed", "Run `pip install tono-py`.")]
        return ()

    def identity(self) -> str:
        """The versions of the wheel and of the house's tones."""
        return f"tono-py {metadata.version('tono-py')}; tones 2"

    def licence(self) -> str:
        """The licence of its sounds."""
        return "tono-py: MIT, tones of the house: free to use"

    def play(
        self, parts: Mapping[str, Sequence[Note]], samples: int, folder: Path, cancelled: Callable[[], bool]
    ) -> Mapping[str, Stem]:
        """Plays every part into a file of its own."""
        stems = {}
        for part, notes in parts.items():
            if notes:
                path = folder / f"{part}.raw"
                _play(notes, samples, path, cancelled)
                stems[part] = Stem(path, 0, path.stat().st_size // BYTES)
        return stems


def _play(notes: Sequence[Note], samples: int, path: Path, cancelled: Callable[[], bool]) -> None:
    """Lays the notes block by block; what rings on is carried into the next block."""
    import numpy as np

    carried = np.zeros((0, 2), np.float32)
    index = 0
    with path.open("wb") as sink:
        for start in range(0, samples, _BLOCK):
            if cancelled():
                raise InterruptedRender("composing was stopped")
            count = min(_BLOCK, samples - start)
            sound = np.zeros((max(_BLOCK + _TAIL, len(carried)), 2), np.float32)
            sound[: len(carried)] += carried
            while index < len(notes) and notes[index].at < start + count:
                note = notes[index]
                wave = _sounded(note)
                first = note.at - start
                if first + len(wave) > len(sound):
                    sound = np.pad(sound, ((0, first + len(wave) - len(sound)), (0, 0)))
                sound[first : first + len(wave)] += wave
                index += 1
            sink.write(sound[:count].astype("<f4").tobytes())
            carried = sound[count:]
            last = np.flatnonzero(carried.any(axis=1))
            carried = carried[: last[-1] + 1 if len(last) else 0]


def _sounded(note: Note) -> Samples:
    """One note as stereo samples at its loudness and place."""
    import numpy as np

    player = PLAYERS[note.player]
    seconds = note.samples / RATE
    if note.player in KITS:
        wave = _stroke(note.player, note.pitch)
    elif note.player in BORROWED:
        wave = _borrowed(note.player, note.pitch, seconds, round(note.velocity * 3) / 3)
    else:
        wave = tone(note.player, note.pitch, seconds, note.velocity)
    left, right = pan_gains(player.pan * 0.8)
    # Twice the velocity is about 10 dB, as on most keyboards.
    gain = note.velocity**1.6 * 10 ** (player.gain / 20)
    placed: Samples = wave * np.array([left * gain, right * gain], np.float32)
    return placed


def _borrowed(player: str, pitch: int, seconds: float, layer: float) -> Samples:
    """A note of the wheel, stopped by its damper where it has one."""
    import numpy as np

    voice = BORROWED[player]
    whole = _ringing(player, pitch, layer)
    if not voice.damped:
        return whole
    count, fall = round(seconds * RATE), round(voice.release * RATE)
    if count + fall >= len(whole):
        return whole
    cut = whole[: count + fall].copy()
    cut[count:] *= (np.cos(np.linspace(0.0, np.pi, fall)) * 0.5 + 0.5).astype(np.float32)[:, None]
    return cut


@lru_cache(maxsize=24)
def _ringing(player: str, pitch: int, layer: float) -> Samples:
    """A whole note of the wheel, (n, 2): duller the softer it is struck, a little wider than it comes."""
    import numpy as np
    import tono
    from scipy.signal import butter, sosfilt

    voice = BORROWED[player]
    source = getattr(tono.instruments, voice.family)(voice.variant)
    mono = _rendered(source, f"midi:{pitch}", voice.seconds) * voice.gain
    cut = min(18_000.0, voice.soft * (9.0**layer))
    mono = sosfilt(butter(1, cut, "lowpass", fs=RATE, output="sos"), mono)
    late = round(0.0007 * RATE)
    end = min(len(mono), round(0.08 * RATE))
    mono[-end:] *= np.linspace(1.0, 0.0, end)
    other = np.concatenate([np.zeros(late), mono[:-late]])
    both: Samples = np.stack([mono + 0.25 * other, mono - 0.25 * other], axis=1).astype(np.float32)
    return both


def _rendered(source: wheel.Voice, pitch: str, seconds: float) -> Samples:
    """One note of a voice alone, (n,), at full strength."""
    import tono

    song = tono.Song("note", 60.0, 1)
    pattern = tono.Pattern(max(1, -(-round(seconds) // 4)))
    pattern.note(pitch, 0.0, seconds, 1.0)
    track = song.track("note", source)
    song.arrange(track, pattern)
    mono: Samples = song.compile(RATE).render_mono()
    return mono[: round((seconds + 0.3) * RATE)]


@lru_cache(maxsize=64)
def _stroke(kit: str, key: int) -> Samples:
    """One stroke of a kit, (n, 2)."""
    import numpy as np
    import tono

    named = {key: name for name, key in STROKES.items()}
    if kit == "orchestral drums":
        named |= {key: name for name, key in reversed(list(ORCHESTRAL.items()))}
    name = named.get(key, "stick")
    name = _CONGAS.get(name, name)
    own = _OWN_STROKES.get(kit, {}).get(name, name)
    if own in OWN:
        return OWN[own]()
    mono = _rendered(tono.instruments.drums(_KITS[kit]), f"midi:{STROKES[name]}", 1.5)
    last = np.flatnonzero(np.abs(mono) > 1e-4)
    mono = mono[: last[-1] + 1 if len(last) else 1] * np.float32(_KIT_GAIN.get(name, 0.6))
    both: Samples = np.stack([mono, mono], axis=1)
    return both
