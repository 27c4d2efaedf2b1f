"""One program's turn of `benchmarks.sound`, in a process of its own: `sound_work PROGRAM FOLDER MINUTES`.

Mixes the film into a WAV and prints, as one line of JSON, processor seconds of its parts and of the whole. Imports only
what its program needs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from audio.voice import RATE
from benchmarks.sound_film import FADE, SCENE, Place, ambiences, lines, path_of, scores

LOUDNESS, CEILING = -14.0, -1.8


def mix_ours(folder: Path, minutes: int) -> dict[str, float]:
    """The film's chunks as its steps make them: mixed and measured, then mixed again, raised and limited."""
    import numpy as np
    import soundfile

    from audio.mixing import encode, level
    from audio.mixing.grid import MixCue, chunks
    from audio.mixing.mix import bare
    from audio.signal import limiter, loudness, wavefile
    from projects.steps import Artifact, Work

    spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def part(name: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        spent[name] += time.process_time() - begun

    places = [*lines(minutes), *ambiences(minutes), *scores(minutes)]
    inputs = {place.sound: Artifact("", path_of(place, folder), {}) for place in places}
    lengths = {name: wavefile.length(artifact.path) for name, artifact in inputs.items()}
    cues = [MixCue(one.sound, "dialogue", one.at, samples=lengths[one.sound], pan=one.pan) for one in lines(minutes)]
    speech = [(cue.at_sample, cue.at_sample + cue.samples) for cue in cues]
    cues += [MixCue(one.sound, "effects", one.at, -3.0, lengths[one.sound], FADE, FADE) for one in ambiences(minutes)]
    cues += [MixCue(one.sound, "music", one.at, samples=lengths[one.sound]) for one in scores(minutes)]
    work = Work(inputs, {}, lambda _: None, lambda: False)
    requests = list(chunks(minutes * 60 * RATE, cues, speech))
    begun = time.process_time()
    found = []
    for request in requests:
        with part("laying, ducking and adding up, to measure"):
            sound = bare(request, work)
        with part("loudness pass"):
            found.append(level.unpacked(level.packed(level.measured(sound, request.before, request.samples))))
    with part("loudness pass"):
        gain = level.film_gain(level.together(found), LOUDNESS, CEILING)
    with soundfile.SoundFile(folder / "workprint.wav", "w", RATE, 2, "FLOAT", format="WAV") as sink:
        for request in requests:
            with part("laying, ducking and adding up, to keep"):
                sound = bare(request, work)
            with part("raising and limiting"):
                sound *= np.float32(loudness.amplitude(gain))
                sound *= limiter.gain_curve(sound, loudness.amplitude(CEILING - encode.MARGIN))[:, None]
            with part("writing"):
                sink.write(sound[request.before : request.before + request.samples])
    return {**spent, "whole": time.process_time() - begun}


def mix_with_pydub(folder: Path, minutes: int) -> dict[str, float]:
    """The same with pydub, a scene at a time: overlays, gains of slices for ducking, RMS for loudness."""
    from pydub import AudioSegment

    def sound(place: Place) -> Any:
        return AudioSegment.from_wav(path_of(place, folder)).set_sample_width(2)

    begun = time.process_time()
    length = 1000 * SCENE
    said = list(lines(minutes))
    music = sound(next(scores(minutes))) - 3
    scenes = []
    for number, air in enumerate(ambiences(minutes)):
        first = number * length
        at = first % len(music)
        bed = music[at : at + length].overlay((sound(air) - 3)[:length].fade_in(1000).fade_out(1000))
        mixed, free = AudioSegment.empty(), 0
        for one in said:
            start = one.at * 1000 // RATE - first
            if 0 <= start < length:
                voice = sound(one).pan(one.pan)
                mixed += bed[free:start] + (bed[start : start + len(voice)] - 12).overlay(voice)
                free = start + len(voice)
        scenes.append(mixed + bed[free:])
    whole = AudioSegment(b"".join(one.raw_data for one in scenes), sample_width=2, frame_rate=RATE, channels=2)
    whole = whole.apply_gain(min(LOUDNESS - whole.dBFS, -1.0 - whole.max_dBFS))
    whole.export(folder / "pydub.wav", format="wav")
    return {"whole": time.process_time() - begun}


def mix_with_ffmpeg(folder: Path, minutes: int) -> dict[str, float]:
    """The same in one filter graph, run twice: to measure, then to make."""
    from projects import programs

    ffmpeg = programs.ffmpeg()
    inputs, graph = _graph(folder, minutes)
    script = folder / "graph.txt"
    command = [str(ffmpeg), "-hide_banner", "-nostdin", "-y", "-threads", "1", "-filter_complex_threads", "1", *inputs]
    script.write_text(f"{graph};[mixed]ebur128=framelog=quiet[out]", encoding="utf-8")
    asked = [*command, "-/filter_complex", str(script), "-map", "[out]", "-f", "null", "-"]
    told = subprocess.run(asked, capture_output=True, check=True, text=True).stderr
    gain = LOUDNESS - float(told.rsplit("I:", 1)[1].split()[0])
    script.write_text(f"{graph};[mixed]volume={gain}dB,alimiter=limit=0.81:level=0[out]", encoding="utf-8")
    made = [*command, "-/filter_complex", str(script), "-map", "[out]", "-c:a", "pcm_s24le"]
    subprocess.run([*made, str(folder / "ffmpeg.wav")], capture_output=True, check=True)
    return {"whole": 0.0}


def _graph(folder: Path, minutes: int) -> tuple[list[str], str]:
    """The inputs of the graph as arguments, and the graph up to [mixed]."""
    inputs: list[str] = []
    filters: list[str] = []

    def bus(places: list[Place], name: str, after: str) -> None:
        labels = ""
        for one in places:
            number = len(inputs) // 2
            inputs.extend(("-i", str(path_of(one, folder))))
            left, right = (1.0 - max(0.0, one.pan), 1.0 + min(0.0, one.pan))
            side = f"pan=stereo|c0={left}*c0|c1={right}*c{0 if one.sound.startswith('line') else 1}"
            filters.append(f"[{number}]{side},adelay={one.at * 1000 / RATE}:all=1[{name}{number}]")
            labels += f"[{name}{number}]"
        count = len(places)
        filters.append(f"{labels}amix=inputs={count}:normalize=0:duration=longest{after}[{name}]")

    bus(list(lines(minutes)), "speech", f",apad=whole_dur={minutes * 60},asplit[said]")
    filters[-1] = filters[-1].removesuffix("[speech]") + "[key]"
    bus(list(ambiences(minutes)), "air", ",volume=-3dB")
    bus(list(scores(minutes)), "score", ",volume=-3dB")
    filters.append("[air][score]amix=inputs=2:normalize=0[bed]")
    filters.append("[bed][key]sidechaincompress=threshold=0.02:ratio=8:attack=150:release=400[under]")
    filters.append("[said][under]amix=inputs=2:normalize=0:duration=first[mixed]")
    return inputs, ";".join(filters)


PROGRAMS: dict[str, Callable[[Path, int], dict[str, float]]] = {
    "workprint": mix_ours,
    "pydub": mix_with_pydub,
    "ffmpeg": mix_with_ffmpeg,
}


def main(words: list[str]) -> Any:
    """Mix with the named program."""
    program, folder, minutes = words
    print(json.dumps(PROGRAMS[program](Path(folder), int(minutes))))


if __name__ == "__main__":
    main(sys.argv[1:])
