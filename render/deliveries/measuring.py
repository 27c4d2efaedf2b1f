"""What is in a delivered file, measured from the file itself and held against the film that it was made from.

The self-test of `inspection` looks into films that the house has joined; here are files of other kinds, or coded by
others: their frames and times, how loud they are, and whether picture and sound still lie where they lay.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audio.signal.loudness import SILENCE, Loudness, Meter
from audio.voice import RATE, Samples
from render.inspection import HEARD, LOUDNESS, PEAK, SYNC
from render.listening import REACH, Found, Mono, excerpt, find
from render.watching import COMPARED, REACH_FRAMES, Thumb, colour_of, displacement, luma_of, thumb
from storyboard.errors import RenderError

if TYPE_CHECKING:
    from scenes.frames import I420

MOST_CUTS, EXCERPTS = 12, 3
"""Places of a film at which its pictures, and its sound, are compared."""

_CELL = RATE // 10
_NEARLY = 0.0011
"""Seconds by which a frame's time may be off: WebM counts in milliseconds."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a delivered file should be.

    `near` are thumbnails of the film's frames around each of `cuts` (first frames of scenes), by scene and by frame;
    `sound` is a file that sounds as it should.
    """

    frames: int
    rate: Fraction
    size: tuple[int, int]
    loudness: float
    sound: Path
    cuts: Mapping[str, int] = field(default_factory=dict)
    near: Mapping[str, Mapping[int, Thumb]] = field(default_factory=dict)


def some(cuts: Mapping[str, int]) -> dict[str, int]:
    """At most `MOST_CUTS` of a film's cuts, spread over it."""
    names = list(cuts)
    step = max(1, math.ceil(len(names) / MOST_CUTS))
    return {name: cuts[name] for name in names[::step]}


def around(place: int, frames: int) -> range:
    """The frames of a film that are compared around one of its cuts."""
    return range(max(0, place - REACH_FRAMES), min(frames, place + COMPARED + REACH_FRAMES))


def thumbs_of(film: Path, rate: Fraction, cuts: Mapping[str, int], frames: int) -> dict[str, dict[int, Thumb]]:
    """The thumbnails of a film's frames around its cuts."""
    wanted = {scene: around(place, frames) for scene, place in cuts.items()}
    return {
        scene: {number: seen for number, seen, _ in _seen(film, rate, places.start, len(places))}
        for scene, places in wanted.items()
    }


def thumb_of(picture: I420) -> Thumb:
    """The thumbnail of a coded picture."""
    return thumb(luma_of(picture))


def tracks(path: Path) -> dict[str, Any]:
    """What libavformat says of a file: its tracks with codecs, lengths and tags, and its bytes."""
    import av

    told: list[dict[str, Any]] = []
    with av.open(str(path)) as media:
        for stream in (*media.streams.video, *media.streams.audio):
            base = float(stream.time_base or 0)
            context: Any = stream.codec_context
            track: dict[str, Any] = {
                "kind": stream.type,
                "codec": context.codec.canonical_name,
                "seconds": round((stream.duration or 0) * base or (media.duration or 0) / 1e6, 3),
                "start": round((stream.start_time or 0) * base, 4),
            }
            if stream.type == "video":
                track |= {"size": f"{context.width}x{context.height}", "pixels": str(context.pix_fmt)}
            told.append(track)
    return {"tracks": told, "bytes": path.stat().st_size}


def preview_report(path: Path) -> dict[str, Any]:
    """The report on a moving picture: its frames, their size, how long they are shown, and its bytes."""
    from PIL import Image

    with Image.open(path) as shown:
        lengths = []
        for number in range(getattr(shown, "n_frames", 1)):
            shown.seek(number)
            shown.load()
            lengths.append(float(shown.info.get("duration", 0.0)))
        size = f"{shown.width}x{shown.height}"
    seconds = round(sum(lengths) / 1000, 3)
    return {"bytes": path.stat().st_size, "frames": len(lengths), "seconds": seconds, "size": size}


def loudness_of(path: Path) -> Loudness:
    """Loudness and true peak of a file's sound, decoded."""
    meter = Meter(2)
    for _, block in _sound(path):
        meter.feed(block)
    return meter.result()


def measured(path: Path, expected: Expected) -> dict[str, Any]:
    """The report on a delivered film: what is in it, and `faults`, what is not as planned."""
    times, colour, size = _times(path)
    rate = expected.rate
    late = {scene: _late(path, expected, scene) for scene in expected.cuts}
    heard = _heard(path, expected.sound)
    loudness = loudness_of(path)
    lag = max((one.late for one in heard), key=abs, default=0) / RATE * 1000
    offsets = [lag - one for one in late.values()] or [lag]
    start = times[0] if times else 0.0
    silent = loudness.integrated <= SILENCE
    report = {
        **tracks(path),
        "frames": len(times),
        "frames_planned": expected.frames,
        "seconds": round(len(times) / float(rate), 6),
        "exact_times": all(abs(at - start - k / float(rate)) <= _NEARLY for k, at in enumerate(times)),
        "size": f"{size[0]}x{size[1]}",
        "colour": colour,
        "cuts": [{"scene": scene, "planned_frame": expected.cuts[scene], "late_ms": late[scene]} for scene in late],
        "worst_cut_error_frames": round(max(map(abs, late.values()), default=0.0) * float(rate) / 1000),
        "sound_late_ms": round(lag, 3),
        "sound_likeness": min((one.likeness for one in heard), default=None),
        "worst_av_offset_ms": round(max(map(abs, offsets)), 3),
        "lufs": None if silent else round(loudness.integrated, 2),
        "lufs_planned": expected.loudness,
        "true_peak_dbtp": None if silent else round(loudness.true_peak, 2),
    }
    report["faults"] = _faults(report, expected)
    report["passed"] = not report["faults"]
    return report


def _faults(report: Mapping[str, Any], expected: Expected) -> list[str]:
    """What is not as planned, in words; empty for a file that is."""
    lufs, peak, alike = report["lufs"], report["true_peak_dbtp"], report["sound_likeness"]
    checks = {
        f"{report['frames']} frames instead of {expected.frames}": report["frames"] != expected.frames,
        "frames do not come at their exact times": not report["exact_times"],
        f"the picture is {report['size']}": report["size"] != f"{expected.size[0]}x{expected.size[1]}",
        f"colour is tagged {report['colour']}": not report["colour"].startswith("1/1/1/"),
        f"a cut is {report['worst_cut_error_frames']} frames off": report["worst_cut_error_frames"] > 0,
        f"sound lies {report['worst_av_offset_ms']} ms off the picture": report["worst_av_offset_ms"] >= SYNC,
        "the sound is not the one that was made": alike is not None and alike < HEARD,
        f"loudness is {lufs} LUFS": lufs is not None and abs(lufs - expected.loudness) > LOUDNESS,
        f"true peak is {peak} dBTP": peak is not None and peak > PEAK,
    }
    return [words for words, wrong in checks.items() if wrong]


def _times(path: Path) -> tuple[list[float], str, tuple[int, int]]:
    """When each coded frame is shown (seconds), how the picture is tagged, and its size; nothing is decoded."""
    import av

    with av.open(str(path)) as media:
        stream = media.streams.video[0]
        context: Any = stream.codec_context
        found = sorted(
            float(packet.pts * packet.time_base)
            for packet in media.demux(stream)
            if packet.size and packet.pts is not None
        )
        tags = [context.color_primaries, context.color_trc, context.colorspace, context.color_range]
        told = "/".join(str(int(tag)) for tag in tags)
        return found, told if colour_of(tags) == told else "1/1/1/1", (context.width, context.height)


def _late(path: Path, expected: Expected, scene: str) -> float:
    """By how many milliseconds the picture at a cut is shown later than it should be."""
    place = expected.cuts[scene]
    count = min(COMPARED, expected.frames - place)
    shown = list(_seen(path, expected.rate, place, count, expected.size))
    if len(shown) < count:
        raise RenderError(f"{path.name} has no picture at frame {place}", "deliver again")
    # A file that shows the film's later pictures is early, hence the sign.
    frames = -displacement([seen for _, seen, _ in shown], place, expected.near[scene])
    drift = shown[0][2] - place / float(expected.rate)
    return round(frames * 1000 / float(expected.rate) + drift * 1000, 3)


def _seen(
    path: Path, rate: Fraction, first: int, count: int, size: tuple[int, int] | None = None
) -> Iterator[tuple[int, Thumb, float]]:
    """Number, thumbnail and time (seconds) of `count` frames of a file from frame `first`, whoever coded it.

    They are seen in that `size`, left out as they are.
    """
    import av
    from av.video.reformatter import VideoReformatter

    import scenes.frames as coded

    converter = VideoReformatter()
    with av.open(str(path)) as media:
        stream = media.streams.video[0]
        if first and stream.time_base:
            media.seek(max(0, int((first - 4) / rate / stream.time_base)), stream=stream, backward=True)
        found = 0
        for frame in media.decode(stream):
            if frame.pts is None or frame.time_base is None:
                continue
            at = float(frame.pts * frame.time_base)
            number = round(at * float(rate))
            if number < first:
                continue
            width, height = size or (frame.width, frame.height)
            plain = converter.reformat(frame, width, height, "yuv420p", threads=1)
            yield number, thumb(coded.luma_of_frame(plain)), at
            found += 1
            if found == count:
                return


def _heard(path: Path, sound: Path) -> list[Found]:
    """Where the loudest moments of a sound lie in a file: one in each part of it; none of a silent one."""
    places = _loudest(sound)
    wanted = _stretches(sound, [(place, RATE) for place in places])
    found = _stretches(path, [(place - REACH, RATE + 2 * REACH) for place in places])
    return [one for due, heard in zip(wanted, found, strict=True) if (one := find(heard, due)) is not None]


def _loudest(sound: Path) -> list[int]:
    """The first samples of the loudest second in each of `EXCERPTS` parts of a sound."""
    import numpy as np

    cells: list[float] = []
    rest = np.zeros(0, np.float32)
    for _, block in _sound(sound):
        rest = np.concatenate([rest, _mono(block)])
        whole = len(rest) // _CELL
        cells += [float(value) for value in np.square(rest[: whole * _CELL]).reshape(whole, _CELL).sum(axis=1)]
        rest = rest[whole * _CELL :]
    seconds = np.convolve(cells, np.ones(10), "valid") if len(cells) >= 10 else np.zeros(1, np.float64)
    parts = np.array_split(np.arange(len(seconds)), min(EXCERPTS, len(seconds)))
    return [int(part[np.argmax(seconds[part])]) * _CELL for part in parts]


def _stretches(path: Path, spans: Sequence[tuple[int, int]]) -> list[Mono]:
    """Stretches (first sample, length) of a file's sound by their place in time; what lies outside is silence."""
    import numpy as np

    found = [np.zeros(length, np.float32) for _, length in spans]
    for at, block in _sound(path):
        mono = _mono(block)
        for number, (first, length) in enumerate(spans):
            if first < at + len(mono) and at < first + length:
                found[number] += excerpt(mono, first - at, length)
    return found


def _sound(path: Path) -> Iterator[tuple[int, Samples]]:
    """A file's sound as blocks (n, 2) at 48 kHz, each with the sample of the film at which it is heard."""
    import av
    import numpy as np

    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    with av.open(str(path)) as media:
        if not media.streams.audio:
            return
        at: int | None = None
        for frame in itertools.chain(media.decode(media.streams.audio[0]), [None]):
            if at is None and frame is not None and frame.pts is not None and frame.time_base is not None:
                at = round(frame.pts * frame.time_base * RATE)
            for part in resampler.resample(frame):
                block = np.ascontiguousarray(part.to_ndarray().T, dtype=np.float32)
                yield at or 0, block
                at = (at or 0) + len(block)


def _mono(block: Samples) -> Mono:
    import numpy as np

    mono: Mono = (block[:, 0] + block[:, 1]) * np.float32(0.5)
    return mono
