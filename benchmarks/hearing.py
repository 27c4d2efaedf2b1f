"""How well each voice of an engine is understood: word error rates by an offline recogniser, as a table.

Every voice reads lines of tests/listening/sentences.py, each another stretch of the twenty, as it is and 1.25 times
as fast. Also told: clipped samples, seconds of sound per second of one processor, and the memory of the process.
Usage: python benchmarks/hearing.py [ENGINE] [LINES] [VOICE ...]
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Sequence

from audio.engines import engine
from tests.listening.sentences import sentences
from tests.listening.trial import FASTER, Verdict, tried

STEP = 3
"""Lines by which the stretch moves on from one voice to the next."""


def main(name: str, lines: int, chosen: Sequence[str]) -> int:
    """Try the voices one by one and print the table; the exit code is 1 where a sample clips."""
    speaker = engine(name)
    troubles = speaker.check()
    if troubles:
        print(*(f"{trouble.what}: {trouble.fix}" for trouble in troubles), sep="\n")
        return 2
    verdicts = []
    print(f"| {name} | what it is | words | WER % | at {FASTER} % | clipped | x real time |")
    print("|---|---|---|---|---|---|---|")
    for index, info in enumerate(speaker.voices()):
        if chosen and info.own not in chosen:
            continue
        text = sentences(info.language)
        stretch = [text[(STEP * index + number) % len(text)] for number in range(min(lines, len(text)))]
        verdict = tried(speaker, info.own, info.language, stretch)
        verdicts.append(verdict)
        row(info.own, f"{info.gender}, {info.note}", verdict)
    total = Verdict(
        voice="all",
        words=sum(v.words for v in verdicts),
        errors=sum(v.errors for v in verdicts),
        errors_faster=sum(v.errors_faster for v in verdicts),
        clipped=sum(v.clipped for v in verdicts),
        seconds=sum(v.seconds for v in verdicts),
        cpu=sum(v.cpu for v in verdicts),
        said="",
    )
    row("all", f"{len(verdicts)} voices", total)
    print(f"\nmemory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, recogniser included")
    return int(total.clipped > 0)


def row(name: str, note: str, verdict: Verdict) -> None:
    """Print one line of the table."""
    figures = f"{100 * verdict.rate:.1f} | {100 * verdict.rate_faster:.1f} | {verdict.clipped}"
    print(f"| {name} | {note} | {verdict.words} | {figures} | {verdict.seconds / verdict.cpu:.1f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Word error rates of the voices of an engine.")
    parser.add_argument("engine", nargs="?", default="kokoro")
    parser.add_argument("lines", nargs="?", type=int, default=20)
    parser.add_argument("voices", nargs="*")
    given = parser.parse_args()
    raise SystemExit(main(given.engine, given.lines, given.voices))
