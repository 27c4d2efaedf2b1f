"""The main job on small films: what is made, what is reused, and what is handed over."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import av
import pytest

from projects.locking import hold
from projects.progress import Event, Note, Silent, StepFailed
from render.orders import Delivery, Order
from render.production import open_production
from storyboard.errors import BusyError, MissingError, StoryboardError, WorkprintError
from storyboard.film import Aspect
from tests.render.conftest import DRAFT, SMALL, Opener

pytestmark = pytest.mark.slow

SOUND = {"mix:0000", "sound:0000", "heard:0000"}
"""The steps of the small film's sound: it is shorter than a chunk."""


class Collected:
    """A reporter that keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def report(self, event: Event) -> None:
        """Keep an event."""
        self.events.append(event)


def with_rushes(*pieces: str) -> set[str]:
    """Pieces and the steps that look at them."""
    return {*pieces, *(f"rush:{piece}" for piece in pieces)}


def made_names(delivery: Delivery) -> set[str]:
    """The steps that a render carried out."""
    return set(delivery.made)


def test_a_film_is_delivered_as_planned(film_of: Opener) -> None:
    """Both cuts, captions and reports are handed over, and the self-test finds what was planned."""
    delivery = film_of(SMALL).render(Order(draft=True, jobs=2), Silent())
    assert [str(film.cut) for film in delivery.films] == ["16:9", "1:1"]
    for film in delivery.films:
        assert film.report["passed"], film.report
        assert film.report["frames"] == 48 + 72 + 48 - 12 - 12
        assert film.report["worst_cut_error_frames"] == 0
        assert film.report["worst_av_offset_ms"] < 15
        assert abs(film.report["lufs"] + 14) <= 0.3
        assert film.report["true_peak_dbtp"] <= -1
        assert film.path.with_suffix(".report.json").is_file()
        with av.open(str(film.path)) as media:
            assert media.metadata["title"] == "Small film"
            assert len(media.chapters()) == 3
    assert {path.suffix for path in delivery.captions} == {".srt", ".vtt"}
    assert "Well, here we are." in delivery.captions[0].read_text(encoding="utf-8")


def test_bytes_do_not_depend_on_the_number_of_workers(film_of: Opener, tmp_path: Path) -> None:
    """One worker and two make the same film, byte by byte."""
    one = film_of(SMALL).render(DRAFT, Silent()).films[0].path.read_bytes()
    other = tmp_path / "other"
    other.mkdir()
    (other / "storyboard.yaml").write_text(SMALL, encoding="utf-8")
    two = open_production(other).render(Order(cuts=(Aspect(16, 9),), draft=True, jobs=2), Silent()).films[0].path
    assert two.read_bytes() == one


def test_a_change_costs_what_it_touches_and_undoing_it_costs_nothing(made_film: Opener) -> None:
    """A changed prompt makes its take, body and two joins again, as the plan says; undoing it makes nothing."""
    changed = made_film(SMALL.replace("Max looks at the hills.", "Max looks at the clouds."))
    pieces = with_rushes("body:talk@16x9-draft", "join:wood>talk@16x9-draft", "join:talk>night@16x9-draft")
    foretold = changed.plan(DRAFT).needed
    done = made_names(changed.render(DRAFT, Silent()))
    assert done == foretold
    assert done == {"take:talk@16x9-draft", *pieces, "film@16x9-draft", "check@16x9-draft"}
    assert made_names(made_film(SMALL).render(DRAFT, Silent())) == set()


def test_a_changed_line_makes_its_voice_its_scene_and_the_mix(made_film: Opener) -> None:
    """Other words in a scene of fixed length touch that scene, its joins, and the sound; nothing else."""
    changed = made_film(SMALL.replace("Well, here we are.", "So, we have come."))
    done = made_names(changed.render(DRAFT, Silent()))
    assert done == {
        "voice:talk/max-1",
        "line:talk/max-1",
        "take:talk@16x9-draft",
        *with_rushes("body:talk@16x9-draft", "join:wood>talk@16x9-draft", "join:talk>night@16x9-draft"),
        *SOUND,
        "film@16x9-draft",
        "check@16x9-draft",
    }


def test_a_louder_sound_paints_nothing(made_film: Opener) -> None:
    """A changed level of an effect is a matter of the mix."""
    done = made_names(made_film(SMALL.replace("-24 dB", "-20 dB")).render(DRAFT, Silent()))
    assert done == {*SOUND, "film@16x9-draft", "check@16x9-draft"}


def test_a_heading_makes_nothing_again(made_film: Opener) -> None:
    """A script's heading is words for people: written or changed, everything that is made stays."""
    film = made_film(SMALL.replace("  - id: wood\n", "  - id: wood\n    heading: EXT. WOOD - DAY\n"))
    assert film.film.scenes[0].heading == "EXT. WOOD - DAY"
    assert film.plan(DRAFT).needed == frozenset()


def test_another_transition_paints_no_scene(made_film: Opener) -> None:
    """A transition of another kind and the same length makes one join."""
    done = made_names(made_film(SMALL.replace("wipe left 0.5s", "slide up 0.5s")).render(DRAFT, Silent()))
    assert done == with_rushes("join:talk>night@16x9-draft") | {"film@16x9-draft", "check@16x9-draft"}


def test_a_piece_that_was_changed_in_the_store_is_never_joined(made_film: Opener) -> None:
    """One byte of a body's coded frames, changed behind the house's back: the body is made again before the join."""
    film = made_film(SMALL)
    before = film.render(DRAFT, Silent()).films[0].path.read_bytes()
    prints = {one.step.name: one.fingerprint for one in film.plan(DRAFT).steps}
    body = film.workspace.store.get(prints["body:talk@16x9-draft"])
    assert body is not None
    coded = bytearray(body.path.read_bytes())
    coded[len(coded) - 100] ^= 1
    body.path.write_bytes(coded)
    film.workspace.store.discard([prints["film@16x9-draft"]])
    heard = Collected()
    delivery = open_production(film.workspace.folder).render(DRAFT, heard)
    assert "body:talk@16x9-draft" in delivery.made
    assert any("body:talk@16x9-draft" in event.text for event in heard.events if isinstance(event, Note))
    assert delivery.films[0].report["passed"], delivery.films[0].report["faults"]
    assert delivery.films[0].path.read_bytes() == before


def test_takes(made_film: Opener) -> None:
    """A retake makes another picture of one scene; going back to the first take makes nothing."""
    film = made_film(SMALL)
    first = film.render(DRAFT, Silent()).films[0].path.read_bytes()
    assert film.retake("night") == 2
    second = film.render(DRAFT, Silent())
    assert "take:night@16x9-draft" in second.made
    assert second.films[0].path.read_bytes() != first
    film.use("night", 1)
    third = film.render(DRAFT, Silent())
    assert third.made == ()
    assert third.films[0].path.read_bytes() == first
    assert [(take.number, take.chosen) for take in film.takes("night")] == [(1, True), (2, False)]
    with pytest.raises(MissingError, match="no take 7"):
        film.use("night", 7)


def test_one_scene_by_itself(made_film: Opener) -> None:
    """A scene is delivered as a clip of its own length, and the film then reuses its take."""
    film = made_film(SMALL)
    delivery = film.render(Order(cuts=(Aspect(16, 9),), scenes=("talk",), draft=True, jobs=1), Silent())
    assert [made.scene for made in delivery.films] == ["talk"]
    with av.open(str(delivery.films[0].path)) as media:
        assert media.streams.video[0].frames == 72
    assert "take:talk@16x9-draft" not in film.render(DRAFT, Silent()).made


def test_a_plan_before_voices_is_an_estimate(film_of: Opener) -> None:
    """A scene that lasts as long as its lines is estimated until they are spoken."""
    film = film_of(SMALL.replace("    length: 3s\n", ""))
    before = film.plan(DRAFT)
    assert not before.exact
    assert not before.level_exact
    film.render(DRAFT, Silent())
    after = film.plan(DRAFT)
    assert after.exact
    assert after.level_exact
    assert after.needed == frozenset()
    assert {scene.state for scene in after.scenes} == {"current"}


def test_a_second_render_is_refused(made_film: Opener) -> None:
    """While one process renders, another is told who is at work."""
    film = made_film(SMALL)
    with hold(film.workspace.private), pytest.raises(BusyError, match="another process"):
        film.render(DRAFT, Silent())


@pytest.mark.parametrize(
    ("keys", "name", "content", "message"),
    [
        ("keyframes: [{picture: pictures/a.png, at: start}]", "pictures/a.png", None, "a.png"),
        ("keyframes: [{picture: pictures/a.png, at: start}]", "pictures/a.png", b"this is no picture", "a.png"),
        ("clip: footage/a.mov", "footage/a.mov", b"this is no film, only text\n" * 50, "a.mov"),
        ("sounds: [{file: sounds/a.wav}]", "sounds/a.wav", b"not a sound", "a.wav"),
    ],
)
def test_broken_material_is_named_and_the_rest_is_kept(
    made_film: Opener, tmp_path: Path, keys: str, name: str, content: bytes | None, message: str
) -> None:
    """A missing or unreadable file of the author is named with a remedy, and the other scenes are made and kept."""
    storyboard = SMALL.replace("    place: forest\n    time: night", f"    {keys}\n    place: forest\n    time: night")
    if content is not None:
        path = tmp_path / "film" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    film = made_film(storyboard)
    with pytest.raises(WorkprintError) as caught:
        film.render(DRAFT, Silent())
    assert message in str(caught.value)
    assert str(tmp_path) not in caught.value.message
    states = {one.step.name: one.state.value for one in film.plan(DRAFT).steps}
    assert states["take:wood@16x9-draft"] == "current"
    assert states["voice:talk/max-1"] == "current"
    assert film.takes("wood")[0].cuts == ("16x9-draft",)


def test_unknown_scene_and_cut_are_refused(film_of: Opener) -> None:
    """An order for what the storyboard does not have says what it has."""
    film = film_of(SMALL)
    with pytest.raises(MissingError, match="no scene 'woood'") as caught:
        film.plan(Order(scenes=("woood",)))
    assert "did you mean 'wood'" in caught.value.hint
    with pytest.raises(MissingError, match="no cut 21:9"):
        film.plan(Order(cuts=(Aspect(21, 9),)))


def test_mistakes_of_the_storyboard_are_all_told(film_of: Opener) -> None:
    """A storyboard with two mistakes reports both, with their places."""
    with pytest.raises(StoryboardError) as caught:
        film_of(SMALL.replace("place: meadow", "plaec: meadow").replace("fps: 24", "fps: many"))
    assert [d.line for d in caught.value.diagnostics] == [3, 22]


def test_the_event_log_is_written(made_film: Opener) -> None:
    """Every render leaves one JSON object per event in the project."""
    film = made_film(SMALL.replace("-24 dB", "-21 dB"))
    film.render(DRAFT, Silent())
    lines = (film.workspace.logs / "events.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = {json.loads(line)["event"] for line in lines}
    assert {"render-started", "step-started", "step-finished", "render-finished"} <= kinds


def test_lengths_are_exact_in_ntsc(film_of: Opener) -> None:
    """A film at 29.97 frames a second keeps its frames at multiples of 1001/30000 seconds."""
    delivery = film_of(SMALL.replace("fps: 24", "fps: 29.97")).render(DRAFT, Silent())
    assert delivery.films[0].report["exact_times"]
    with av.open(str(delivery.films[0].path)) as media:
        assert media.streams.video[0].average_rate == Fraction(30000, 1001)


def test_what_a_backend_refuses_is_blocked_in_the_plan(film_of: Opener) -> None:
    """A treatment that is not available blocks its scene before anything is rendered, with its remedy."""
    storyboard = SMALL.replace("    prompt: Night falls.\n", "    prompt: Night falls.\n    post: {upscale: 4}\n")
    plan = film_of(storyboard).plan(DRAFT)
    states = {scene.id: scene.state for scene in plan.scenes}
    assert states == {"wood": "missing", "talk": "missing", "night": "blocked"}
    assert "4" in next(scene.why for scene in plan.scenes if scene.id == "night")


def test_a_plan_estimates_the_work(film_of: Opener) -> None:
    """A plan tells how long the needed takes will be worked on, by the backends' own estimates; no money is asked."""
    both = film_of(SMALL).plan(Order(draft=True))
    one = film_of(SMALL).plan(DRAFT)
    assert both.estimated_seconds > one.estimated_seconds > 1
    assert one.money == 0


RAIN = """\
workprint: 1
title: Rain
fps: 5
resolution: 360p
encoding: {audio: 96k}
scenes: [{id: rain, length: 3s, place: stage, sounds: [{effect: rain, level: -6 dB}]}]
"""


def test_a_film_that_coding_makes_louder_is_levelled_again(film_of: Opener) -> None:
    """Dense noise comes out of AAC at another loudness; the film is coded once more, and then it stays so.

    What settled it is kept, so that a film that was tidied up is still a finished one.
    """
    film = film_of(RAIN)
    told = Collected()
    delivery = film.render(DRAFT, told)
    assert any("once more" in event.text for event in told.events if isinstance(event, Note))
    assert delivery.films[0].report["passed"]
    assert abs(delivery.films[0].report["lufs"] + 14) <= 0.3
    film.workspace.store.prune(film.keep())
    assert film.plan(DRAFT).needed == frozenset()
    assert film.render(DRAFT, Silent()).made == ()


def test_a_broken_sound_stops_only_what_it_is_heard_in(made_film: Opener, tmp_path: Path) -> None:
    """With a sound file that cannot be read the picture is made all the same, and the file is told of once."""
    (tmp_path / "film" / "a.wav").write_bytes(b"not a sound")
    changed = SMALL.replace("A path in the wood.", "A wet path.").replace("effect: wind, level", "file: a.wav, level")
    film = made_film(changed)
    told = Collected()
    with pytest.raises(WorkprintError, match=r"a\.wav"):
        film.render(DRAFT, told)
    assert len([event for event in told.events if isinstance(event, StepFailed)]) == 1
    states = {one.step.name: one.state.value for one in film.plan(DRAFT).steps}
    assert states["body:wood@16x9-draft"] == states["join:wood>talk@16x9-draft"] == "current"
