"""The stage as data: JSON, blocking that does not slide, heads in the safe area, sheets that cover every move."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from scenes.backend import ClipRequest, Speech
from scenes.backends.animatic.asking import asked_of
from scenes.backends.animatic.blocking import place_at, state_at
from scenes.backends.animatic.camera import MOVES, margins, placing, view_at
from scenes.backends.animatic.figures import look_of
from scenes.backends.animatic.figures.gait import CARRY, RUN, WALK, footfall
from scenes.backends.animatic.figures.painting import body_unit, pose_of
from scenes.backends.animatic.layout import SAFE, layout_of
from scenes.backends.animatic.places.atlas import PLACES
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Beat, Character, Part, VoiceChoice

RequestOf = Callable[..., ClipRequest]


def _actor(name: str, action: str = "stand", at: Any = "left", facing: Any = "auto") -> Part:
    who = Character(name.lower(), name, "hero", "hero", "", "", VoiceChoice("en/emma"))
    return Part(who, action, "neutral", at, facing)


def test_a_stage_can_be_written_as_json(request_of: RequestOf) -> None:
    """The whole stage is plain data, and the same request gives the same stage."""
    request = request_of(cast=(_actor("Anna", "walk"),), weather="storm", camera="crane up")
    texts = [json.dumps(asdict(stage_of(request)), sort_keys=True) for _ in range(2)]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["weather"]["lightning"] is True


def test_the_seed_changes_the_scenery_only(request_of: RequestOf) -> None:
    """Another seed gives another drawing of the same staging."""
    a, b = (stage_of(request_of(seed=seed, cast=(_actor("Anna", "walk"),))) for seed in (1, 2))
    assert a.seed != b.seed
    assert a.tracks == b.tracks


@pytest.mark.parametrize("camera", MOVES)
@pytest.mark.parametrize("size", [(160, 90), (90, 160), (90, 90)])
def test_sheets_reach_wherever_the_camera_looks(request_of: RequestOf, camera: str, size: tuple[int, int]) -> None:
    """At every moment of every move a sheet with the margins of its depth covers the frame's corners."""
    stage = stage_of(request_of(*size, camera=camera, frames=48, cast=(_actor("Anna", "walk"),)))
    width, height = size
    for depth in (0.6, 1.0, 2.5, 10.0, 60.0):
        left, top, right, bottom = margins(stage.camera, depth, stage.layout, stage.seconds)
        for index in range(48):
            beat = index / 47
            s, tx, ty = placing(view_at(stage.camera, beat, beat * stage.seconds), depth, stage.layout)
            assert s * -left + tx <= 0.5
            assert s * -top + ty <= 0.5
            assert s * (width + right) + tx >= width - 0.5
            assert s * (height + bottom) + ty >= height - 0.5


def test_camera_words_differ(request_of: RequestOf) -> None:
    """No two camera words give the same path and focus."""
    stages = [stage_of(request_of(camera=camera, cast=(_actor("Anna", "walk"),))) for camera in MOVES]
    assert len({repr((stage.camera, stage.focus)) for stage in stages}) == len(MOVES)


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (720, 720), (720, 900), (1680, 720)])
@pytest.mark.parametrize("shot", ["extreme wide", "wide", "medium", "two-shot"])
def test_heads_and_feet_are_in_the_frame(size: tuple[int, int], shot: str) -> None:
    """In each shot and aspect a grown person's head is inside the title-safe area and his feet are in the frame."""
    layout = layout_of(*size, shot)
    assert layout.ground - 1.1 * layout.person >= SAFE * size[1]
    assert layout.ground < size[1]
    across = 1.32 if shot == "wide" else 1.1
    assert layout.person / size[1] == pytest.approx(
        {"extreme wide": 0.22, "wide": 0.42, "medium": 0.68, "two-shot": 0.75}[shot]
        * min(1.0, across * size[0] / size[1])
    )
    for at in ("far left", "left", "center", "right", "far right"):
        assert SAFE * size[0] <= layout.spot(at) <= (1 - SAFE) * size[0]


def test_feet_do_not_slide(request_of: RequestOf) -> None:
    """What a walker has walked is the way that he has gone, in heights of a grown person, at every frame."""
    stage = stage_of(request_of(1280, 720, frames=60, cast=(_actor("Anna", "walk"),)))
    track = stage.tracks[0]
    start, leg, _ = place_at(track, 0.0, stage.seconds)
    assert leg.x1 != leg.x0
    for index in range(60):
        beat = index / 59
        x, now, walked = place_at(track, beat, stage.seconds)
        if now is leg:
            assert walked * track.person == pytest.approx(abs(x - start))


@pytest.mark.parametrize("action", ["walk", "run", "enter", "exit", "hug", "carry"])
def test_a_flat_foot_stays_on_the_frame(request_of: RequestOf, action: str) -> None:
    """A foot that is flat on the ground moves less than a pixel a frame, also while an act passes into the next."""
    cast = (_actor("Anna", action, "left"), *((_actor("Bela", "stand", "right"),) if action == "hug" else ()))
    request = request_of(1280, 720, frames=100, shot="medium", cast=cast)
    stage = stage_of(request)
    track, look = stage.tracks[0], look_of(request.scene.cast[0].character, request.characters)
    unit, gait = body_unit(look), RUN if action == "run" else CARRY if action == "carry" else WALK
    before: dict[float, float] = {}
    compared = 0
    for index in range(100):
        x, state = state_at(track, index / 99, stage.seconds, index, index / 12, (), 0.0)
        now: dict[float, float] = {}
        bones = pose_of(look, state)[1]
        for offset, leg in ((0.0, bones.near_leg), (0.5, bones.far_leg)):
            foot = footfall(gait, state.walked / unit, offset)
            if state.walked and foot.planted and foot.turn == 0.0:
                now[offset] = x + state.facing * leg.end[0] * unit * track.person
        for offset in now.keys() & before.keys():
            compared += 1
            assert abs(now[offset] - before[offset]) < 1.0
        before = now
    assert compared >= 5


def test_a_walker_stops_before_those_who_stand(request_of: RequestOf) -> None:
    """Nobody walks through anybody."""
    cast = (_actor("Anna", "walk", "left"), _actor("Bela", "stand", "right"))
    stage = stage_of(request_of(1280, 720, frames=144, cast=cast))
    walker, other = stage.tracks
    furthest = max(place_at(walker, k / 100, stage.seconds)[0] for k in range(101))
    assert furthest < other.spot - 0.3 * stage.layout.person


def test_nobody_stands_in_somebody(request_of: RequestOf) -> None:
    """Two actors written at the same place are pushed apart, within the frame."""
    cast = (_actor("Anna", at="center"), _actor("Bela", at="center"), _actor("Cato", at="center"))
    stage = stage_of(request_of(720, 1280, cast=cast))
    spots = sorted(track.spot for track in stage.tracks)
    assert all(b - a > 0.25 * stage.layout.person for a, b in itertools.pairwise(spots))
    assert spots[0] > 0
    assert spots[-1] < 720


def test_beats_bring_and_take_an_actor(request_of: RequestOf) -> None:
    """He who comes at the start is farther off then, and he who leaves at the end is farther off at the end."""
    beats = tuple(Beat(actions=(("anna", action),)) for action in ("enter", "stand", "exit"))
    stage = stage_of(request_of(1280, 720, frames=96, cast=(_actor("Anna", "stand", "center"),), beats=beats))
    track = stage.tracks[0]
    xs = [place_at(track, beat, stage.seconds)[0] for beat in (0.0, 0.5, 1.0)]
    assert abs(xs[0] - track.spot) > 50
    assert xs[1] == pytest.approx(track.spot)
    assert abs(xs[2] - track.spot) > 50


def test_the_speaker_talks_and_the_other_listens(request_of: RequestOf) -> None:
    """During a line its speaker talks with that mouth, and whoever stands by listens."""
    cast = (_actor("Anna", at="left"), _actor("Bela", at="right"))
    stage = stage_of(request_of(cast=cast))
    speech = (Speech("anna", 2, 8, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)),)
    _, anna = state_at(stage.tracks[0], 0.2, stage.seconds, 4, 0.3, speech, 0.0)
    _, bela = state_at(stage.tracks[1], 0.2, stage.seconds, 4, 0.3, speech, 0.0)
    assert (anna.action, anna.talking, anna.mouth) == ("talk", True, 0.3)
    assert (bela.action, bela.talking) == ("listen", False)
    assert (anna.facing, bela.facing) == (1, -1)


def test_a_line_is_felt(request_of: RequestOf) -> None:
    """While somebody speaks an angry line he is angry, with an ease of 0.3 seconds at both ends; the other is not."""
    cast = (_actor("Anna", at="left"), _actor("Bela", at="right"))
    stage = stage_of(request_of(frames=72, cast=cast))
    speech = (Speech("anna", 24, 48, (0.5,) * 24, "angry"),)

    def anna(frame: int, who: int = 0) -> Any:
        return state_at(stage.tracks[who], frame / 71, stage.seconds, frame, frame / 12, speech, 0.0)[1]

    assert anna(20).emotion == "neutral"
    assert anna(24).emotion == anna(40).emotion == "angry"
    assert anna(24).before.emotion == "neutral"
    assert 0 <= anna(24).passed < anna(26).passed < 1
    assert anna(30).before is None
    assert (anna(48).emotion, anna(48).before.emotion) == ("neutral", "angry")
    assert {anna(k, 1).emotion for k in range(72)} == {"neutral"}


def test_beats_say_who_does_and_feels_what(request_of: RequestOf) -> None:
    """What one third says anew is acted and felt from that third on, by him of whom it is said."""
    beats = (Beat(), Beat(actions=(("bela", "wave"),), emotions=(("anna", "sad"),)), Beat())
    cast = (_actor("Anna", at="left"), _actor("Bela", at="right"))
    stage = stage_of(request_of(cast=cast, beats=beats))
    anna, bela = stage.tracks
    assert {leg.action for leg in anna.legs} == {"stand"}
    assert "wave" in {leg.action for leg in bela.legs}
    feelings = [state_at(anna, beat, stage.seconds, 0, 0.0, (), 0.0)[1].emotion for beat in (0.1, 0.5)]
    assert feelings == ["neutral", "sad"]


@pytest.mark.parametrize(
    ("told", "done"),
    [
        ((("fall",), (), ()), ("fall", "fall", "fall")),
        ((("sit",), ("talk",), ("wave",)), ("sit", "sit", "wave")),
        ((("enter", "sit"), (), ()), ("enter", "sit", "sit")),
        (((), (), ("wave", "exit")), ("stand", "wave", "exit")),
        ((("wave",), ("point",), ("turn", "exit")), ("wave", "point", "exit")),
        (((), ("wave",), ()), ("stand", "wave", "stand")),
    ],
)
def test_acts_last_and_follow_one_another(
    request_of: RequestOf, told: tuple[tuple[str, ...], ...], done: tuple[str, ...]
) -> None:
    """Who sits or has fallen stays so; two acts of one third take turns where a neighbour has none."""
    beats = tuple(Beat(actions=tuple(("anna", act) for act in acts)) for acts in told)
    assert asked_of(request_of(cast=(_actor("Anna"),), beats=beats).scene) == [done]


def test_a_stool_is_there_before_he_sits(request_of: RequestOf) -> None:
    """Who sits down in the middle has his stool behind him from the beginning, who never sits has none."""
    beats = (Beat(), Beat(actions=(("anna", "sit"),)), Beat())
    stage = stage_of(request_of(cast=(_actor("Anna", at="left"), _actor("Bela", at="right")), beats=beats))
    seats = [state_at(track, 0.1, stage.seconds, 0, 0.0, (), 0.0)[1].seat for track in stage.tracks]
    assert seats == [True, False]


@pytest.mark.parametrize("other", ["hug", "stand"])
def test_two_who_hug_touch(request_of: RequestOf, other: str) -> None:
    """Two who hug, or one who is hugged, come within an arm's length, face one another and stay so to the end."""
    cast = (_actor("Anna", "hug", "left"), _actor("Bela", other, "right"))
    stage = stage_of(request_of(1280, 720, frames=48, cast=cast, shot="medium"))
    for beat in (0.75, 1.0):
        (ax, a), (bx, b) = (state_at(track, beat, stage.seconds, 40, 3.3, (), 0.0) for track in stage.tracks)
        assert 0.1 * stage.layout.person < bx - ax < 0.32 * stage.layout.person
        assert (a.action, b.action) == ("hug", "hug")
        assert (a.facing, b.facing) == (1, -1)
        assert 0.42 < a.beat < 0.9
    start = [place_at(track, 0.0, stage.seconds)[0] for track in stage.tracks]
    assert start[1] - start[0] > 0.4 * stage.layout.person


def test_one_comes_in_the_middle_and_one_goes(request_of: RequestOf) -> None:
    """Who comes in the middle is outside the picture before, and who goes in the middle is far off at the end."""
    beats = (Beat(), Beat(actions=(("anna", "enter"), ("bela", "exit"))), Beat())
    cast = (_actor("Anna", at="left"), _actor("Bela", at="right"))
    stage = stage_of(request_of(1280, 720, frames=96, cast=cast, beats=beats))
    anna, bela = stage.tracks
    assert not 0 < place_at(anna, 0.2, stage.seconds)[0] < 1280
    assert place_at(anna, 0.95, stage.seconds)[0] == pytest.approx(anna.spot)
    assert place_at(bela, 0.3, stage.seconds)[0] == pytest.approx(bela.spot)
    assert abs(place_at(bela, 1.0, stage.seconds)[0] - bela.spot) > 200


def test_one_who_leaves_turns_first(request_of: RequestOf) -> None:
    """He who goes off behind his back has turned round before his first step."""
    cast = (_actor("Anna", "exit", "far right", "left"), _actor("Bela", "stand", "left"))
    stage = stage_of(request_of(1280, 720, frames=96, cast=cast))
    track = stage.tracks[0]
    going = next(leg for leg in track.legs if leg.moving)
    way = 1 if going.x1 > going.x0 else -1
    _, before = state_at(track, going.start - 0.005, stage.seconds, 60, 5.0, (), 0.0)
    assert before.facing == way
    assert before.walked == 0


def test_a_runner_keeps_running(request_of: RequestOf) -> None:
    """In a scene of twelve seconds somebody who runs is on his feet in every frame, with a tracking camera too."""
    for camera in ("static", "tracking"):
        stage = stage_of(request_of(1280, 720, frames=144, camera=camera, cast=(_actor("Anna", "run"),)))
        track = stage.tracks[0]
        assert all(leg.moving and leg.action == "run" for leg in track.legs)
        assert track.legs[0].start == 0.0
        assert track.legs[-1].stop == pytest.approx(1.0)


@pytest.mark.parametrize("action", ["walk", "run"])
@pytest.mark.parametrize("camera", ["static", "tracking"])
def test_two_who_go_keep_together(request_of: RequestOf, action: str, camera: str) -> None:
    """Two who walk or run through a scene go the same way and never stand in one another."""
    cast = (_actor("Anna", action, "left"), _actor("Bela", action, "right"))
    stage = stage_of(request_of(1280, 720, frames=60, camera=camera, cast=cast))
    for k in range(21):
        (ax, a, _), (bx, b, _) = (place_at(track, k / 20, stage.seconds) for track in stage.tracks)
        assert bx - ax > 0.3 * stage.layout.person
        assert (a.x1 - a.x0 >= 0) == (b.x1 - b.x0 >= 0)


def test_after_a_turn_he_looks_the_other_way(request_of: RequestOf) -> None:
    """Whoever has turned round stays turned while he does the next thing."""
    beats = (Beat(), Beat(actions=(("anna", "turn"),)), Beat(actions=(("anna", "wave"),)))
    stage = stage_of(request_of(cast=(_actor("Anna", at="left"),), beats=beats, frames=72))
    track = stage.tracks[0]
    facings = [state_at(track, beat, stage.seconds, 0, 0.0, (), 0.0)[1].facing for beat in (0.1, 0.9)]
    assert facings[0] == -facings[1]


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_place_begins_with_sky_and_has_brushes(request_of: RequestOf, place: str) -> None:
    """Each place lays sheets from the sky forward, all of kinds that the painter knows."""
    from scenes.backends.animatic.painter import BRUSHES

    stage = stage_of(request_of(place=place))
    assert stage.layers[0].kind == "sky"
    assert all(layer.kind in BRUSHES for layer in stage.layers)
    assert stage.not_drawn == ()


@pytest.mark.parametrize("width", [640, 202])
def test_trunks_in_front_hide_nobody_whom_the_camera_follows(request_of: RequestOf, width: int) -> None:
    """However fast they run past a tracking camera, trunks before the actors stay beside who walks."""
    stage = stage_of(
        request_of(width, 360, place="forest", camera="tracking", cast=(_actor("Anna", action="walk"),), frames=96)
    )
    (trunks,) = (layer for layer in stage.layers if layer.front and layer.kind == "trunks")
    stems = [width * (0.5 + side * (trunks.options["clear"] + 0.02)) for side in (-1, 1)]
    near = []
    for beat in (0.0, 0.25, 0.5, 0.75, 1.0):
        view = view_at(stage.camera, beat, beat * stage.seconds)
        (s, tx, _), (front, shift, _) = (placing(view, depth, stage.layout) for depth in (1.0, trunks.depth))
        walker = s * place_at(stage.tracks[0], beat, stage.seconds)[0] + tx
        near += [abs(front * stem + shift - walker) / width for stem in stems]
    assert min(near) > 0.2
    assert min(near) < 0.5
