"""The step that turns the mixed WAV into AAC, in one process and one pass.

Knows nothing of what is heard, nor of the picture it will lie under.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from audio import wavefile
from audio.voice import RATE
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender

PRIMING = 1024
"""Samples that the encoder puts before the first one; the container's edit list hides them from players."""

_BLOCK = 1024 * 64


@dataclass(frozen=True, slots=True)
class EncodeRequest:
    """How the film's sound is encoded. `input` names the step's input; `bits` is per second."""

    input: str = "mix"
    bits: int = 192_000


def encode_sound(request: EncodeRequest, work: Work, out: Path) -> Json:
    """Encodes a 48 kHz WAV as AAC-LC in an MP4 file at `out`; facts: `samples` (of the WAV) and `priming`."""
    source = work.inputs[request.input].path
    with wavefile.opened(source) as wav, av.open(str(out), "w", format="mp4", options={"fflags": "+bitexact"}) as to:
        layout = "mono" if wav.channels == 1 else "stereo"
        stream = to.add_stream("aac", rate=RATE, layout=layout, bit_rate=request.bits)
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        done = 0
        while len(block := wav.read(_BLOCK, dtype="float32", always_2d=True)):
            if work.cancelled():
                raise InterruptedRender("encoding the sound was stopped")
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T), format="fltp", layout=layout)
            frame.sample_rate, frame.pts = RATE, done
            to.mux(stream.encode(frame))
            done += len(block)
            work.progress(done / max(1, wav.frames))
        to.mux(stream.encode(None))
    return {"samples": done, "priming": PRIMING}
