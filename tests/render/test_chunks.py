"""Sound in pieces: what a change makes again, and that it is what making everything gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.casting.choice import cast
from audio.mixing import level as level_of_films
from audio.mixing.grid import CHUNK
from audio.mixing.level import QUANTUM
from audio.signal import wavefile
from projects.graph import Graph
from projects.hosted.job import Consent
from projects.plan import final_steps
from projects.runner import run
from projects.steps import Artifact
from projects.workspace import open_workspace
from render.chunks import Chunked, Level
from render.lengths import length_steps
from render.listening import combined
from render.makers import Maker
from render.purchases import Purchases
from render.sound import Material, Soundtrack, file_steps, lay_soundtrack
from render.spoken import spoken
from render.timeline import build_timeline
from storyboard.load import read

RATE = 48_000


def babble(seconds: float, seed: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Something like speech: soft noise in syllables."""
    length = round(seconds * RATE)
    dice = np.random.default_rng(seed)
    loud = np.repeat(dice.uniform(0.55, 1.0, length // 6000 + 1), 6000)[:length]
    return (0.1 * loud * np.convolve(dice.standard_normal(length), np.hanning(24) / 6, "same")).astype(np.float32)


class Studio:
    """A project of eight scenes of five seconds, each with a recorded line, and a score; only its sound is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "lines").mkdir(parents=True)
        wavefile.write(folder / "score.wav", np.stack([babble(44.0, 99)] * 2, axis=1))
        for number in range(8):
            self.record(number, number)

    def record(self, number: int, seed: int) -> None:
        """Put another recording in place of a line."""
        wavefile.write(self.folder / "lines" / f"{number}.wav", babble(1.8, seed))

    def lay(self, made: Mapping[str, Artifact], more: str = "") -> Chunked:
        """The film's sound in chunks."""
        scenes = "".join(
            f"  - {{id: s{number}, length: 5s, place: forest, lines: [{{say: Word, file: lines/{number}.wav}}]}}\n"
            for number in range(8)
        )
        text = f"workprint: 1\ntitle: T\nsounds: none\nscore: {{file: score.wav}}\n{more}scenes:\n{scenes}"
        (self.folder / "storyboard.yaml").write_text(text, encoding="utf-8")
        self.film = read(text, "storyboard.yaml").film
        assert self.film is not None
        workspace = open_workspace(self.folder)
        nothing = Purchases(workspace.folder, Consent())
        self.first = [
            *length_steps(self.film, cast(self.film), workspace, nothing),
            *file_steps(self.film, workspace, nothing),
        ]
        said = spoken(self.film, made, None, None)
        timeline = build_timeline(self.film, said.schedule, said.words)
        painted: dict[str, Maker] = defaultdict(lambda: Maker("animatic", "it is painted"))
        material = Material(workspace, made, said.paces, {}, painted, "16x9", nothing)
        return Chunked(lay_soundtrack(self.film, timeline, material))

    def make(self, more: str = "", jobs: int = 1) -> tuple[dict[str, Artifact], set[str], Level]:
        """Make the whole sound as a render does; gives the artifacts, the names of what was made, and the level."""
        made: dict[str, Artifact] = {}
        done: set[str] = set()
        level = Level(0.0, exact=False)
        self.lay(made, more)
        workspace = open_workspace(self.folder)
        store, history = workspace.store, workspace.history()
        for stage in range(3):
            chunked = self.lay(made, more)
            if stage == 2:
                level = chunked.level(made, 0.0)
            steps = [self.first, chunked.mixes, chunked.coded(level.gain_db)]
            graph = Graph([step for some in steps[: stage + 1] for step in some])
            outcome = run(graph, final_steps(graph), store, jobs=jobs, history=history, digests=workspace.digests())
            outcome.raise_failures()
            done |= set(outcome.made)
            prints = graph.fingerprints(workspace.digests())
            made = {name: found for name in graph.names() if (found := store.get(prints[name]))}
        return made, done, level


def sound_bytes(made: Mapping[str, Artifact]) -> dict[str, bytes]:
    """The coded sound and what was heard of it."""
    return {
        name: artifact.path.read_bytes() for name, artifact in made.items() if name.startswith(("sound:", "heard:"))
    }


@pytest.mark.slow
def test_a_changed_line_makes_its_chunks_and_the_result_of_making_everything(tmp_path: Path) -> None:
    """Another recording of one line makes its chunk again; the bytes are those of a project made from nothing.

    The line of the second scene (from 5 s on) lies in the first chunk of 9.6 s, that of the sixth (25 s) in the third.
    """
    studio = Studio(tmp_path / "film")
    first, done, level = studio.make()
    assert {name for name in done if name.startswith("sound:")} == {f"sound:{number:04}" for number in range(5)}
    heard = combined([first[f"heard:{number:04}"].facts for number in range(5)])
    assert heard.loudness.integrated == pytest.approx(-14.0, abs=0.3)
    assert heard.loudness.true_peak <= -1.0
    assert all(found and found.late == 0 for found in heard.found.values())
    assert studio.make()[1] == set()
    for number, chunk in ((1, 0), (5, 2)):
        studio.record(number, 300 + number)
        changed, done, after = studio.make()
        assert after.gain_db == level.gain_db
        # The next chunk is decoded after this one, so it is heard again; it comes out the same.
        line = {f"voice:s{number}/narrator-1", f"line:s{number}/narrator-1"}
        own = line | {f"mix:{chunk:04}", f"sound:{chunk:04}", f"heard:{chunk:04}"}
        assert done == own | {f"heard:{chunk + 1:04}"}
    fresh = Studio(tmp_path / "fresh")
    for number in (1, 5):
        fresh.record(number, 300 + number)
    scratch, _, _ = fresh.make(jobs=2)
    assert sound_bytes(changed) == sound_bytes(scratch)
    assert sound_bytes(changed) != sound_bytes(first)


@pytest.mark.slow
def test_another_loudness_codes_everything_and_mixes_nothing(tmp_path: Path) -> None:
    """When the gain moves all chunks are coded again from the mixes that are there; undoing it costs nothing."""
    studio = Studio(tmp_path / "film")
    _, _, level = studio.make()
    _, done, softer = studio.make("loudness: -16 LUFS\n")
    assert softer.gain_db < level.gain_db
    assert done == {f"{kind}:{number:04}" for kind in ("sound", "heard") for number in range(5)}
    assert studio.make()[1] == set()


def facts_of(level: float) -> dict[str, Any]:
    """What was heard in a chunk of so many LUFS."""
    energy = 10 ** ((level + 0.691) / 10)
    return {"samples": CHUNK, "energies": [energy] * 96, "true_peak": 0.5, "quiet": [], "found": {}}


def chunked_of(samples: int, scene: str = "") -> Chunked:
    """A soundtrack without a sound."""
    return Chunked(Soundtrack(scene, samples, -14.0, 192_000, (), (), (), ()))


@pytest.mark.parametrize(
    ("heard", "change"),
    [(-14.0, 0.0), (-14.23, 0.0), (-13.8, 0.0), (-14.25, QUANTUM), (-14.5, QUANTUM), (-13.6, -QUANTUM), (-20.0, 0.0)],
)
def test_what_coding_takes_away_is_given_back(heard: float, change: float) -> None:
    """A film that AAC made softer gets another quantum; one near enough, or far off for other reasons, stays."""
    chunked = chunked_of(2 * CHUNK)
    made = {name: Artifact("", Path(), facts_of(heard)) for name in chunked.names("heard")}
    before = Level(2.0, exact=True, foreseen=-14.1)
    assert chunked.corrected(before, made) == replace(before, gain_db=round(2.0 + change, 2), heard=True)
    assert chunked.corrected(before, {}) == before


def test_a_gain_that_the_limiter_eats_is_raised_further() -> None:
    """Where half of a higher gain is limited away again, a film that coding made softer gets more gain than it lost."""
    chunked = chunked_of(2 * CHUNK)
    peaks, energies = np.full(960, 0.25), np.full(960, 0.01)
    peaks[::20], energies[::20] = 1.0, 0.4
    facts = {"samples": CHUNK, **level_of_films.packed(level_of_films.Levels(energies, peaks))}
    made = {name: Artifact("", Path(), facts) for name in chunked.names("mix")}
    before = chunked.level(made, 0.0)
    assert before.foreseen == pytest.approx(-14.0, abs=QUANTUM / 2)
    made |= {name: Artifact("", Path(), facts_of(before.foreseen - 0.5)) for name in chunked.names("heard")}
    after = chunked.corrected(before, made)
    linear = chunked.corrected(before, {name: made[name] for name in chunked.names("heard")})
    assert after.gain_db > linear.gain_db > before.gain_db
    whole = level_of_films.together([level_of_films.unpacked(facts)] * 2)
    assert level_of_films.limited_loudness(whole, after.gain_db, chunked.ceiling) == pytest.approx(
        -13.5, abs=QUANTUM / 2
    )


def test_what_no_gain_can_reach_is_left_alone() -> None:
    """A film that stays under its loudness because its peaks are limited is not pushed further."""
    chunked = chunked_of(2 * CHUNK)
    made = {name: Artifact("", Path(), facts_of(-15.2)) for name in chunked.names("heard")}
    before = Level(2.0, exact=True, foreseen=-15.1)
    assert chunked.corrected(before, made) == replace(before, heard=True)


def test_fewer_bits_leave_more_room_for_peaks() -> None:
    """Coding with few bits raises peaks further, so the mix is held lower."""
    ceilings = [
        Chunked(Soundtrack("", 1, -14.0, bits, (), (), (), ())).ceiling for bits in (32_000, 64_000, 96_000, 192_000)
    ]
    assert ceilings == [-4.0, -2.8, -1.8, -1.8]


def test_the_level_is_an_estimate_until_all_is_mixed() -> None:
    """While a mix is missing the last gain is taken for the film's, and the level says that it is not exact."""
    chunked = chunked_of(2 * CHUNK)
    assert chunked.level({}, 3.6) == Level(3.6, exact=False)


def test_steps_of_a_scene_by_itself_have_its_name() -> None:
    """A scene alone has its own chunks, and nobody listens to them for the film's report."""
    chunked = chunked_of(CHUNK + 1, "talk")
    assert chunked.names("sound") == ("sound:0000:talk", "sound:0001:talk")
    assert [step.name for step in chunked.mixes] == ["mix:0000:talk", "mix:0001:talk"]
    assert [step.kind for step in chunked.coded(0.0)] == ["sound", "sound"]
    assert all(step.scene == "talk" for step in chunked.coded(0.0))


def test_a_scene_is_heard_in_one_chunk(tmp_path: Path) -> None:
    """A line over the border of two chunks is looked for in the one that holds most of it, from where that begins."""
    studio = Studio(tmp_path / "film")
    # The third scene's line begins at 10 s, 0.4 s into the second chunk; moved to 9.5 s it lies mostly in the second.
    chunked = studio.lay({})
    marks = [(step.name, mark) for step in chunked.coded(0.0) if step.kind == "heard" for mark in step.request.marks]
    assert sorted(mark.scene for _, mark in marks) == [f"s{number}" for number in range(8)]
    for name, mark in marks:
        assert 0 <= mark.at_sample < mark.at_sample + mark.samples <= CHUNK
        first = int(name.removeprefix("heard:")) * CHUNK + mark.at_sample - mark.skipped
        assert first == next(cue.at_sample for cue in chunked.track.cues if cue.input == mark.source)
