"""Twenty films drawn by seeds, rendered whole, and heard: loudness, speech over music, ducking, joins, captions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.signal import wavefile
from audio.voice import Samples
from projects.progress import Silent
from render.orders import Order
from render.production import Production, open_production
from render.timeline import Timeline
from storyboard.time import sample_of_frame
from tests.quality.overheard import Span, Stems, above_music, onset, ripple, worst_jump

pytestmark = pytest.mark.whole

SEEDS = range(20)

LINES = (
    "We left before the sun was up, and nobody saw us go.",
    "There is a light on the other side of the water.",
    "No. I have never been here in my life.",
    "Take the left road, then count to three hundred.",
    "Look, the old bridge is still standing!",
    "If you can hear this, the door was open all along.",
    "It was warm that day; even the stones were warm.",
    "I think, therefore I am late.",
)
RUSSIAN = (
    "Мы вышли до рассвета, и никто нас не видел.",
    "На том берегу горит огонёк.",
    "Посмотри, старый мост всё ещё стоит.",
)
PLACES = ("forest", "sea shore", "city street", "cave", "room", "meadow", "castle", "space")
WEATHERS = ("clear", "rain", "wind", "storm", "fog")
MOODS = ("wonder", "calm", "tense", "sad", "joyful", "heroic", "mysterious", "playful", "melancholy")
WAYS = ("cut", "cut", "crossfade 0.5s", "fade black 0.6s", "wipe left 0.5s")
EMOTIONS = ("neutral", "happy", "sad", "angry", "afraid", "tender")


def storyboard(seed: int) -> str:
    """A film of two to four scenes in which anything may be heard."""
    rng = np.random.default_rng(seed)

    def one(choices: tuple[str, ...]) -> str:
        return str(choices[int(rng.integers(len(choices)))])

    russian = seed % 5 == 4
    said = RUSSIAN if russian else LINES
    head = [
        "workprint: 1",
        f"title: Chance {seed}",
        f"language: {'ru' if russian else 'en'}",
        f"fps: {one(('24', '25', '29.97'))}",
        "resolution: 360p",
        f"seed: {seed}",
        "captions: file",
        f"score: {{mood: {one(MOODS)}, tempo: {int(rng.integers(60, 150))}}}",
        *(["snap: beat"] if seed % 3 == 0 else []),
        "characters: {ann: {role: woman}, bob: {role: man}}",
        "scenes:",
    ]
    for number in range(int(rng.integers(2, 5))):
        scene = [f"id: s{number}", f"place: {one(PLACES)}", f"weather: {one(WEATHERS)}", "cast: [ann, bob]"]
        count = int(rng.integers(0, 3)) if number else 1
        lines = [
            f'{{say: "{one(said)}", by: {one(("ann", "bob", "narrator"))}, emotion: {one(EMOTIONS)}}}'
            for _ in range(count)
        ]
        scene += [f"lines: [{', '.join(lines)}]"] if lines else [f"length: {rng.uniform(1.5, 3.0):.2f}s"]
        scene += ["sounds: [{effect: bell, at: 0.4s}, suggested]"] if rng.uniform() < 0.25 else []
        scene += [f"transition: {one(WAYS)}"]
        head.append(f"  - {{{', '.join(scene)}}}")
    return "\n".join(head) + "\n"


@dataclass(frozen=True)
class Heard:
    """One film, rendered: its report, its stems, its score as it was made, its plan and its captions."""

    report: dict[str, Any]
    stems: Stems
    score: Samples
    timeline: Timeline
    vtt: str

    @property
    def lines(self) -> list[Span]:
        """Where somebody speaks, from the first word to the last."""
        return [(said.uttered[0].first, said.uttered[-1].last) for said in self.timeline.words]

    @property
    def joins(self) -> list[int]:
        """Samples at which a scene begins or its transition ends."""
        rate = self.timeline.rate
        places = [slot.start for slot in self.timeline.slots[1:]]
        places += [slot.start + slot.overlap_in for slot in self.timeline.slots[1:]]
        return [sample_of_frame(frame, rate) for frame in places]


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed{seed}")
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """One of the films, made once for all that is asked of it."""
    folder = tmp_path_factory.mktemp(f"chance{request.param}")
    (folder / "storyboard.yaml").write_text(storyboard(request.param), encoding="utf-8")
    return overheard(open_production(folder))


def overheard(production: Production) -> Heard:
    """Render a film and its stems."""
    order = Order(draft=True, jobs=1)
    delivery = production.render(order, Silent())
    written = {path.stem.rpartition("-")[2]: path for path in production.stems(order, Silent(), parts=False)}
    laid = production._lay_out(order)
    score = production._memory.made(laid.orders, ["score"])["score"].path
    (vtt,) = (path for path in delivery.captions if path.suffix == ".vtt")
    return Heard(
        delivery.films[0].report,
        Stems(*(_read(written[name]) for name in ("dialogue", "music", "effects"))),
        wavefile.read(score),
        laid.timeline,
        vtt.read_text(encoding="utf-8"),
    )


def _read(path: Path) -> Samples:
    return wavefile.read(path)


def test_loudness_and_peak(film: Heard) -> None:
    """The finished file lies within 0.3 LU of -14 LUFS, and no true peak is above -1 dBTP."""
    assert abs(film.report["lufs"] + 14.0) <= 0.3
    assert film.report["true_peak_dbtp"] <= -1.0
    assert film.report["passed"], film.report["faults"]


def test_speech_lies_over_the_music(film: Heard) -> None:
    """While somebody speaks, the speech is at least 10 dB above the music."""
    assert min(above_music(film.stems, film.lines)) >= 10.0


def test_music_does_not_pump_inside_a_phrase(film: Heard) -> None:
    """From the first word of a line to its last, the music keeps its gain within half a decibel."""
    assert max(ripple(film.stems.music, film.score, line) for line in film.lines) < 0.5


def test_joins_do_not_click(film: Heard) -> None:
    """No join brings a step between samples that is larger than what is usual around it."""
    assert all(worst_jump(film.stems.mix, join) <= 1.5 for join in film.joins)


def test_caption_words_come_with_their_sound(film: Heard) -> None:
    """A word after a pause is captioned within 60 ms of the moment at which its sound sets in."""
    late = []
    for said in film.timeline.words:
        ends = [said.uttered[0].first - 48_000, *(word.last for word in said.uttered)]
        for word, end in zip(said.uttered, ends, strict=False):
            found = onset(film.stems.dialogue, word.first) if word.first - end > 5_000 else None
            if found is not None:
                late.append((abs(word.first - found) / 48, word.text))
    assert late
    assert max(late)[0] <= 60.0, max(late)


def test_captions_tell_those_times(film: Heard) -> None:
    """The times of words in the delivered captions are those of the plan, to the millisecond."""
    stamps = {_seconds(found) for found in re.findall(r"<(\d\d:\d\d:\d\d\.\d{3})>", film.vtt)}
    planned = np.array([word.first / 48_000 for said in film.timeline.words for word in said.uttered])
    assert stamps
    assert max(float(np.abs(planned - stamp).min()) for stamp in stamps) <= 0.001


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.split(":")
    return round(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 3)
