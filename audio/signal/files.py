"""The step that brings in sound that is there already: the author's files, the sound of his footage, that of a take.

It leaves as 48 kHz stereo WAV, whole or a window of it that is exact to the sample; a score file is also brought to
the house's loudness. Knows no film.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audio.signal.edges import CONTAINERS, import_odd, trimmed_silence
from audio.signal.loudness import SILENCE, Loudness
from audio.voice import RATE, Samples
from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, MissingError, RenderError

if TYPE_CHECKING:
    from fractions import Fraction

KEPT = 240 * RATE
"""Samples up to which a file is held while it is measured; a longer one is decoded again."""

_PROBED = 1 << 15
"""Bytes of a WAV that are looked at for something else than plain samples: several blocks of DTS."""

_SCALES = {"flt": (1.0, "<f4"), "fltp": (1.0, "<f4"), "s16": (2.0**-15, "<i2"), "s16p": (2.0**-15, "<i2")}
"""Sample formats that are read without a resampler: what full scale is divided by, and the type."""

_LAYOUTS = ("mono", "1 channels", "stereo", "2 channels")
"""Layouts that are."""


_SOUGHT = frozenset({"mov,mp4,m4a,3gp,3g2,mj2", "wav", "flac", "aiff"})
"""Containers whose time stamps are exact after a seek; others are decoded from their beginning."""

_AHEAD = 2.0
"""Seconds by which a seek aims early, for coders that have to hear something first."""


@dataclass(frozen=True, slots=True)
class SoundFileRequest:
    """One sound file. `name` is its project-relative name, for messages; `file` its name among the step's files.

    `file` may also name an input of the step, such as a take. With `level` True the sound is brought to `target_lufs`
    (as music is), otherwise its own level is kept. `start` and `samples` are a window of it in samples at 48 kHz, 0
    samples for all that follows; a window that goes on beyond the sound's end is silent there. Where the file has
    pictures, `start` counts from the first of them, so that the sound stays with its picture. With `trim`, the silence
    at both ends of the whole file is cut off first.
    """

    name: str
    file: str = "sound"
    level: bool = False
    target_lufs: float = -20.0
    start: int = 0
    samples: int = 0
    trim: bool = False


def bring_in(request: SoundFileRequest, work: Work, out: Path) -> Json:
    """Decodes a sound file into a 48 kHz 24-bit stereo WAV at `out`; facts: `samples`, `seconds`, `lufs`, `true_peak`.

    Raises MissingError where the file is not there, RenderError where it is no sound. What only the ffmpeg program
    can read goes through it first; the fact `read_by` then says so. A take whose maker brought no sound this time is
    silent where a window of it is asked for.
    """
    path = work.files[request.file] if request.file in work.files else work.inputs[request.file].path
    if not path.is_file():
        raise MissingError(f"the sound file {request.name} is not there", "check its name in the storyboard")
    if request.file not in work.files and request.samples and not has_sound(path):
        return _silent(request.samples, out)
    plain = out.with_name(out.name + ".plain.wav")
    try:
        if request.trim:
            before, behind = trimmed_silence(path, plain, request.name)
            return _brought_in(request, plain, work, out) | {"trimmed": [before, behind]}
        return _brought_in(request, path, work, out)
    except _Unreadable as problem:
        try:
            import_odd(path, plain, request.name)
            return _brought_in(request, plain, work, out) | {"read_by": "ffmpeg"}
        except (_Unreadable, RenderError):
            raise RenderError(problem.message, problem.hint) from problem
    finally:
        plain.unlink(missing_ok=True)


def _silent(samples: int, out: Path) -> dict[str, Any]:
    """Writes so many samples of silence; facts."""
    import numpy as np

    from audio.signal import wavefile

    with wavefile.writing(out, 2) as sink:
        for at in range(0, samples, RATE):
            sink.write(np.zeros((min(RATE, samples - at), 2), np.float32))
    return {
        "samples": samples,
        "seconds": round(samples / RATE, 4),
        "lufs": SILENCE,
        "true_peak": SILENCE,
        "gain_db": 0.0,
    }


class _Unreadable(RenderError):
    """FFmpeg's libraries cannot make sense of a file."""


def _brought_in(request: SoundFileRequest, path: Path, work: Work, out: Path) -> dict[str, Any]:
    """Decodes, measures and writes; facts."""
    import numpy as np

    from audio.signal import loudness, wavefile

    meter = loudness.Meter(2)
    kept: list[Samples] = []
    samples = 0
    with wavefile.writing(out, 2) as sink:
        for block in _window(request, path):
            _stop_if_asked(work)
            meter.feed(block)
            samples += len(block)
            if not request.level:
                sink.write(block)
            elif samples <= KEPT:
                kept.append(block)
        found = meter.result()
        gain = _gain(request, found)
        if request.level:
            for block in kept if samples <= KEPT else _window(request, path):
                _stop_if_asked(work)
                sink.write(block * np.float32(loudness.amplitude(gain)))
    if not samples:
        raise RenderError(f"the sound file {request.name} holds no sound", "export it again, or leave it out")
    return {
        "samples": samples,
        "seconds": round(samples / RATE, 4),
        "lufs": round(found.integrated + gain, 2) if found.integrated > loudness.SILENCE else loudness.SILENCE,
        "true_peak": round(found.true_peak + gain, 2),
        "gain_db": round(gain, 2),
    }


def _gain(request: SoundFileRequest, found: Loudness) -> float:
    """The dB by which a file is raised: no further than its peaks allow, 0 for silence."""
    if not request.level or found.integrated <= SILENCE:
        return 0.0
    gain = request.target_lufs - found.integrated
    return min(gain, -1.0 - found.true_peak) if gain > 0 else gain


def has_sound(path: Path) -> bool:
    """Whether a media file has a sound track with something in it; False for what cannot be opened. Decodes nothing."""
    import av

    try:
        with av.open(str(path), options=_probing(path)) as media:
            return bool(media.streams.audio) and any(packet.size for packet in media.demux(media.streams.audio[0]))
    except (av.FFmpegError, OSError, ValueError):
        return False


def decoded(path: Path, name: str, start: int = 0) -> Iterator[Samples]:
    """The file's first sound stream from sample `start` on as (n, 2) blocks at 48 kHz, of about a second each.

    Where the file has pictures, samples count from the first of them: silence comes before sound that begins later.
    """
    import av

    remedy = "give a sound file such as WAV, FLAC, MP3, OGG or M4A"
    try:
        with av.open(str(path), options=_probing(path)) as media:
            if not media.streams.audio:
                raise RenderError(f"{name} holds no sound", remedy)
            yield from _from(_resampled(media, media.streams.audio[0], start), start)
    except (av.FFmpegError, ValueError) as reason:
        said = getattr(reason, "strerror", "") or str(reason)
        raise _Unreadable(f"{name} is not a sound file that can be read: {said}", remedy) from reason


def _window(request: SoundFileRequest, path: Path) -> Iterator[Samples]:
    """The blocks of the window asked for, silent beyond the sound's end."""
    import numpy as np

    left = request.samples
    for block in decoded(path, request.name, request.start):
        if not request.samples:
            yield block
        elif left > 0:
            yield block[:left]
            left -= len(block[:left])
        else:
            return
    while left > 0:
        yield np.zeros((min(left, RATE), 2), np.float32)
        left -= RATE


def _from(placed: tuple[int, Iterator[Samples]], start: int) -> Iterator[Samples]:
    """Blocks from `start` on of a sound whose first sample lies at `placed`'s place."""
    import numpy as np

    at, blocks = placed
    while at > start:
        silence = min(at - start, RATE)
        yield np.zeros((silence, 2), np.float32)
        start += silence
    for block in blocks:
        left_out = min(len(block), max(0, start - at))
        at += len(block)
        if left_out < len(block):
            yield block[left_out:] if left_out else block


def _probing(path: Path) -> dict[str, str]:
    """What of a file FFmpeg looks at: nothing but itself, and of a WAV not the five million bytes of its default."""
    with path.open("rb") as file:
        head = file.read(12)
    only = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file"}
    return only | ({"probesize": str(_PROBED)} if head[:4] == b"RIFF" and head[8:] == b"WAVE" else {})


def _resampled(media: Any, stream: Any, start: int) -> tuple[int, Iterator[Samples]]:
    """The sound at 48 kHz, and the sample at which it begins: at or before `start`, unless there is none so early."""
    import itertools

    origin = _origin(media, stream)
    if start > (_AHEAD + 4.0) * RATE and media.format.name in _SOUGHT:
        aim = start / RATE - _AHEAD + float(origin)
        media.seek(max(0, int(aim / stream.time_base)), stream=stream, backward=True)
    frames = media.decode(stream)
    first = next(frames, None)
    if first is None:
        return 0, iter(())
    stamp = origin if first.pts is None else first.pts * first.time_base
    blocks = _at_our_rate(itertools.chain((first,), frames), stream.codec_context.sample_rate)
    return round((stamp - origin) * RATE), blocks


def _origin(media: Any, stream: Any) -> Fraction:
    """The second of the file at which its first picture, or without pictures its sound, begins."""
    import av

    aside = av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails
    shown = [track for track in media.streams.video if not track.disposition & aside]
    for track in (*shown[:1], stream):
        if track.start_time is not None:
            begun: Fraction = track.start_time * track.time_base
            return begun
    return 0 * stream.time_base  # type: ignore[no-any-return]


def _at_our_rate(frames: Iterator[Any], rate: int) -> Iterator[Samples]:
    blocks = _folded(_gathered(frames, rate), rate)
    if rate == RATE:
        yield from blocks
        return
    import numpy as np
    import soxr

    changing = soxr.ResampleStream(rate, RATE, 2, dtype="float32", quality="HQ")
    for block in blocks:
        yield changing.resample_chunk(np.ascontiguousarray(block))
    yield changing.resample_chunk(np.zeros((0, 2), np.float32), last=True)


def _gathered(frames: Iterator[Any], count: int) -> Iterator[list[Any]]:
    """Frames in runs that hold at least `count` samples each, but for the last."""
    run: list[Any] = []
    held = 0
    for frame in frames:
        run.append(frame)
        held += frame.samples
        if held >= count:
            yield run
            run, held = [], 0
    if run:
        yield run


def _folded(runs: Iterator[list[Any]], rate: int) -> Iterator[Samples]:
    """Every run of frames as a stereo block (n, 2): by itself where it is easily read, otherwise by FFmpeg."""
    import av
    import numpy as np

    folding = av.AudioResampler(format="flt", layout="stereo", rate=rate)
    first: Any = None
    for run in runs:
        first = first or run[0]
        if any(_kind(frame) != _kind(first) for frame in run):
            raise ValueError("its sound changes its kind half-way")
        if first.sample_rate == rate and first.format.name in _SCALES and first.layout.name in _LAYOUTS:
            yield _read(run)
        else:
            folded = [one.to_ndarray().reshape(-1, 2) for frame in run for one in folding.resample(frame)]
            yield np.concatenate(folded).astype(np.float32) if folded else np.zeros((0, 2), np.float32)


def _kind(frame: Any) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _read(run: list[Any]) -> Samples:
    """Frames of one kind as FFmpeg folds them, (n, 2): a single channel is heard at equal power on both sides."""
    import numpy as np

    channels = len(run[0].layout.channels)
    scale, kind = _SCALES[run[0].format.name]
    planes = np.empty((channels, sum(frame.samples for frame in run)), np.float32)
    at = 0
    for frame in run:
        until = at + frame.samples
        if frame.format.is_planar:
            for plane, samples in zip(planes, frame.planes, strict=True):
                plane[at:until] = np.frombuffer(samples, kind, frame.samples)
        else:
            joined = np.frombuffer(frame.planes[0], kind, frame.samples * channels)
            planes[:, at:until] = joined.reshape(-1, channels).T
        at = until
    if scale != 1.0:
        planes *= np.float32(scale)
    if channels == 1:
        planes = np.repeat(planes * np.float32(math.sqrt(0.5)), 2, axis=0)
    return planes.T


def _stop_if_asked(work: Work) -> None:
    if work.cancelled():
        raise InterruptedRender("bringing in the sound was stopped")
