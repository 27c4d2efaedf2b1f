"""What is heard in a film's coded sound: every chunk is decoded once, right after it was made, and compared.

What is heard in a chunk holds for every film that carries the same packets; `inspection` sees to it that it does.
Knows nothing of pictures.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from audio.mixing.grid import PACKET, MixRequest
from audio.signal.loudness import (
    CELL,
    WARM_UP,
    Loudness,
    decibels,
    integrated,
    k_weighted,
    mean_squares,
    oversampled_peak,
)
from audio.voice import Samples
from projects.steps import Work
from storyboard.errors import InterruptedRender, RenderError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Mono: TypeAlias = "NDArray[np.float32]"

REACH = 2400
"""How far a shift is looked for, in samples: 50 ms, more than three times what is still allowed."""

ALIKE = 0.995
"""Places whose likeness to the plan is within this part of the best one's cannot be told apart."""

QUIET = 1e-3
"""Root mean square below which an excerpt has nothing to be compared by (-60 dBFS)."""

LEAD = WARM_UP // PACKET + 2
"""Packets of the chunk before that are decoded too: the first one is not whole, and measuring needs a run-up."""

COMPARED = 48_000
"""Samples of a chunk, around its loudest, by which its place is found."""


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """A stretch by which a scene's sound is found: `samples` from `at_sample` of the chunk.

    `source` is the input that is heard there, from its sample `skipped` on; "" for the mix itself.
    """

    scene: str
    source: str
    at_sample: int
    samples: int
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class HeardRequest:
    """One chunk, coded as the input `sound`, after the input `previous` where it is not the first."""

    mix: MixRequest
    marks: tuple[PlannedMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Where a sound was found: by how many samples too late, and how like it is to what was planned, 0..1."""

    late: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard in all chunks together: loudness and true peak, and silent spans as [start, end] in seconds."""

    loudness: Loudness
    silent: list[list[float]]
    found: dict[str, Found | None]
    """Per scene, where its sound was found; None where it was to be silent."""


def hear_chunk(request: HeardRequest, work: Work, out: Path) -> dict[str, Any]:
    """Decode a chunk of coded sound and write down what is heard.

    Facts (also the JSON at `out`): `samples`; `packets` and the `sha256` of them in order; `energies`, K-weighted, one
    for each 100 ms; `true_peak` (an amplitude); `quiet`, runs [first, last) of silent tenths of a second; `late`
    (samples) and `likeness` of the whole against the mix, None for a silent one; and per scene in `found` the same.
    """
    from audio.mixing.mix import bare

    header, own = _packets(work.inputs["sound"].path)
    # The film's own first packet primes the decoder; elsewhere the last ones of the chunk before do.
    lead = _packets(work.inputs["previous"].path)[1][-LEAD:] if "previous" in work.inputs else []
    decoded = _decode(header, [*lead, *own])[PACKET:]
    if work.cancelled():
        raise InterruptedRender("listening was stopped")
    before = max(0, len(lead) - 1) * PACKET
    heard = decoded[before : before + request.mix.samples]
    planned = _mono(bare(request.mix, work)[request.mix.before :][: request.mix.samples])
    mono = _mono(decoded)
    facts = {
        "samples": len(heard),
        "packets": len(own),
        "sha256": hashlib.sha256(b"".join(own)).hexdigest(),
        **_levels(decoded, mono, before, len(heard)),
        **_told(_whole(mono, before, planned)),
        "found": {mark.scene: _told(_marked(mark, work, mono, before, planned)) for mark in request.marks},
    }
    out.write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return facts


def combined(facts: Sequence[Mapping[str, Any]]) -> Heard:
    """What is heard in a film, from the facts of all its chunks in order."""
    import numpy as np

    from render.watching import joined_runs, long_runs

    energies = np.concatenate([np.asarray(one["energies"], np.float64) for one in facts])
    starts = np.cumsum([0, *(-(-int(one["samples"]) // CELL) for one in facts)])
    quiet = joined_runs([(int(start), one["quiet"]) for start, one in zip(starts, facts, strict=False)])
    peak = max(float(one["true_peak"]) for one in facts)
    found = {scene: _read(told) for one in facts for scene, told in one["found"].items()}
    return Heard(Loudness(integrated(energies), decibels(peak)), long_runs(quiet, CELL / 48_000), found)


def find(heard: Mono, planned: Mono) -> Found | None:
    """Find `planned` in `heard`, which holds REACH samples more on both sides; None for a silent plan."""
    import numpy as np

    if len(planned) == 0 or np.sqrt(np.mean(np.square(planned))) < QUIET:
        return None
    wave, due = heard.astype(np.float64), planned.astype(np.float64)
    size = 1 << (len(wave) - 1).bit_length()
    products = np.fft.irfft(np.fft.rfft(wave, size) * np.conj(np.fft.rfft(due, size)), size)[: len(wave) - len(due) + 1]
    # A tone sounds alike at every period: of places that are as good, the nearest to the plan is believed.
    good = np.flatnonzero(products >= ALIKE * products.max())
    late = int(good[np.argmin(np.abs(good - REACH))])
    energy = float(np.sum(np.square(wave[late : late + len(due)]))) * float(np.sum(np.square(due)))
    likeness = float(products[late]) / math.sqrt(energy) if energy > 0 else 0.0
    return Found(late - REACH, round(min(1.0, max(0.0, likeness)), 3))


def excerpt(sound: Mono, first: int, length: int) -> Mono:
    """`length` samples from `first`; what lies outside is silence."""
    import numpy as np

    begin, end = min(max(0, first), len(sound)), min(max(0, first + length), len(sound))
    cut = np.zeros(length, np.float32)
    cut[begin - first : end - first] = sound[begin:end]
    return cut


def _packets(chunk: Path) -> tuple[bytes, list[bytes]]:
    """The decoder's configuration and the packets of a chunk."""
    import av

    with av.open(str(chunk)) as media:
        stream = media.streams.audio[0]
        packets = [bytes(packet) for packet in media.demux(stream) if packet.size]
        return bytes(stream.codec_context.extradata or b""), packets


def _decode(header: bytes, packets: Iterable[bytes]) -> Samples:
    """The sound of packets in a row, (n, 2): 1024 samples each, the first of them not whole.

    Each channel lies in one piece in memory.
    """
    import av
    import numpy as np

    decoder: Any = av.CodecContext.create("aac", "r")
    decoder.extradata = header
    frames: list[Any] = []
    try:
        for packet in packets:
            frames += decoder.decode(av.Packet(packet))
    except av.FFmpegError as reason:
        raise RenderError(f"a chunk of the coded sound cannot be decoded: {reason}", "render again") from reason
    planes = np.empty((2, sum(frame.samples for frame in frames)), np.float32)
    at = 0
    for frame in frames:
        for plane, samples in zip(planes, frame.planes, strict=True):
            plane[at : at + frame.samples] = np.frombuffer(samples, np.float32, frame.samples)
        at += frame.samples
    return planes.T


def _mono(sound: Samples) -> Mono:
    """Both channels of a sound (n, 2) as one."""
    import numpy as np

    mono: Mono = (sound[:, 0] + sound[:, 1]) * np.float32(0.5)
    return mono


def _levels(decoded: Samples, mono: Mono, first: int, count: int) -> dict[str, Any]:
    """Energies, true peak and quiet tenths of a second of `count` samples from `first`."""
    import numpy as np

    from render.watching import runs

    energies = mean_squares(k_weighted(decoded[: first + count])[first:], CELL)
    whole = count // CELL or int(first == 0)
    level = np.sqrt(mean_squares(mono[first : first + count, None], CELL))
    near = decoded[max(0, first - 64) : first + count + 64]
    highest = float(np.abs(decoded[first : first + count]).max(initial=0.0))
    peak = oversampled_peak(near, 0.7 * highest)[min(first, 64) :][:count]
    return {
        "energies": [float(f"{value:.6g}") for value in energies[:whole]],
        "true_peak": round(float(peak.max(initial=0.0)), 6),
        "quiet": runs([bool(value < QUIET) for value in level]),
    }


def _whole(decoded: Mono, before: int, planned: Mono) -> Found | None:
    """Where the chunk lies, by its loudest stretch."""
    import numpy as np

    length = min(COMPARED, len(planned))
    totals = np.concatenate([[0.0], np.cumsum(np.square(planned, dtype=np.float64))])
    first = int(np.argmax(totals[length:] - totals[: len(totals) - length]))
    return find(excerpt(decoded, before + first - REACH, length + 2 * REACH), planned[first : first + length])


def _marked(mark: PlannedMark, work: Work, decoded: Mono, before: int, planned: Mono) -> Found | None:
    """Where the sound of one scene lies."""
    from audio.signal import wavefile

    due = excerpt(planned, mark.at_sample, mark.samples)
    if mark.source:
        voice = wavefile.read(work.inputs[mark.source].path, mark.skipped, mark.samples)
        due = voice if voice.ndim == 1 else _mono(voice)
    near = excerpt(decoded, before + mark.at_sample - REACH, len(due) + 2 * REACH)
    return find(near, due)


def _told(found: Found | None) -> dict[str, Any]:
    return {"late": found.late if found else None, "likeness": found.likeness if found else None}


def _read(told: Mapping[str, Any]) -> Found | None:
    return None if told["late"] is None else Found(int(told["late"]), float(told["likeness"]))
