"""The step that makes one chunk of a film's coded sound: mixed, brought to the film's gain, limited, coded as AAC.

The encoder hears some of what lies before the chunk and some of what follows; only the chunk's own packets are kept,
and those of all chunks in a row sound like one. Knows nothing of the picture they will lie under.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio.mixing.grid import PACKET, RUN_OUT, WARM_UP, MixRequest
from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, RenderError

MARGIN = 0.05
"""dB that the limiter keeps in hand for rounding."""


PLENTY = 96_000
"""Bits per second from which FFmpeg's quick way of choosing quantisers is truer than its thorough one.

It takes half the time and codes alike wherever it begins; the thorough one settles only after seconds.
"""


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """One chunk to be coded: how it is mixed, the film's gain in dB, the ceiling in dBTP, and bits per second."""

    mix: MixRequest
    gain_db: float
    ceiling: float
    bits: int = 192_000

    @property
    def first(self) -> bool:
        """Whether it begins the film: the one chunk that has nothing before it."""
        return self.mix.before == 0

    @property
    def packets(self) -> int:
        """How many packets it keeps; the film's first chunk keeps the one that primes the decoder too."""
        return -(-self.mix.samples // PACKET) + self.first


def code_sound(request: CodeRequest, work: Work, out: Path) -> Json:
    """Codes a chunk as AAC-LC packets in an MP4 file at `out`.

    Packet k of the film's chunks in a row covers the 1024 samples from 1024 (k - 1). Facts: `samples`, `packets`,
    `true_peak` (dBTP, before coding) and `limited_db` (the deepest limiting).
    """
    import numpy as np

    from audio.signal.loudness import decibels, oversampled_peak

    sound, curve = mastered(request, work)
    own = slice(request.mix.before, request.mix.before + request.mix.samples)
    packets = _coded(_heard_by_encoder(request, sound), request, work)
    _write(packets, request, out)
    loudest = sound[own]
    peak = float(oversampled_peak(loudest, 0.7 * float(np.abs(loudest).max(initial=0.0))).max(initial=0.0))
    return {
        "samples": request.mix.samples,
        "packets": request.packets,
        "true_peak": round(decibels(peak), 2),
        "limited_db": round(decibels(float(curve[own].min(initial=1.0))), 2),
    }


def coder(bits: int) -> str:
    """How FFmpeg's AAC encoder chooses its quantisers at so many bits per second."""
    return "fast" if bits >= PLENTY else "twoloop"


def mastered(request: CodeRequest, work: Work) -> tuple[Samples, Samples]:
    """The chunk and its margins as they are coded, (n, 2), and the limiter's gain, (n,).

    Both are those of the whole film but for `limiter.CONTEXT` samples at ends that go on elsewhere.
    """
    import numpy as np

    from audio.mixing.mix import bare
    from audio.signal import limiter
    from audio.signal.loudness import amplitude

    sound = bare(request.mix, work)
    sound *= np.float32(amplitude(request.gain_db))
    curve = limiter.gain_curve(sound, amplitude(request.ceiling - MARGIN))
    sound *= curve[:, None]
    return sound, curve


def _heard_by_encoder(request: CodeRequest, sound: Samples) -> Samples:
    """What the encoder hears, from the warm-up to the run-out; beyond the film's end there is silence."""
    import numpy as np

    lead = 0 if request.first else WARM_UP
    length = lead + -(-request.mix.samples // PACKET) * PACKET + RUN_OUT
    heard = sound[request.mix.before - lead :][:length]
    return heard if len(heard) == length else np.pad(heard.T, ((0, 0), (0, length - len(heard)))).T


def _coded(sound: Samples, request: CodeRequest, work: Work) -> list[bytes]:
    """The chunk's own packets."""
    import av

    encoder: Any = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate = request.bits
    encoder.options = {"aac_coder": coder(request.bits)}
    encoder.flags |= av.codec.context.Flags.bitexact
    made: list[bytes] = []
    for frame in _frames(sound, work):
        made += [bytes(packet) for packet in encoder.encode(frame)]
    made += [bytes(packet) for packet in encoder.encode(None)]
    # The first packet the encoder gives primes a decoder; it belongs to the film only at its beginning.
    skipped = 0 if request.first else 1 + WARM_UP // PACKET
    kept = made[skipped : skipped + request.packets]
    if len(kept) != request.packets or (encoder.frame_size and encoder.frame_size != PACKET):
        raise RenderError("the AAC encoder does not work in packets of 1024 samples", "install the PyAV of this house")
    return kept


def _frames(sound: Samples, work: Work) -> Iterator[Any]:
    import av

    for start in range(0, len(sound), PACKET):
        if work.cancelled():
            raise InterruptedRender("encoding the sound was stopped")
        frame = av.AudioFrame("fltp", "stereo", PACKET)
        frame.sample_rate, frame.pts = RATE, start
        for plane, wave in zip(frame.planes, sound[start : start + PACKET].T, strict=True):
            plane.update(wave)
        work.progress(start / len(sound))
        yield frame


def _write(packets: list[bytes], request: CodeRequest, out: Path) -> None:
    """Writes the packets into an MP4 file, the first at time 0: when they are heard is the film's matter."""
    import av

    with av.open(str(out), "w", format="mp4", options={"fflags": "+bitexact"}) as to:
        stream: Any = to.add_stream("aac", rate=RATE, layout="stereo", bit_rate=request.bits)
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        to.start_encoding()
        for number, payload in enumerate(packets):
            packet = av.Packet(payload)
            packet.stream, packet.time_base = stream, stream.time_base
            packet.pts = packet.dts = number * PACKET
            packet.duration = PACKET
            to.mux(packet)
