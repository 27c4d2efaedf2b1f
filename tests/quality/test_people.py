"""Every role, animal, action and emotion is seen in the actor who has it, and nowhere else in the frame."""

from __future__ import annotations

import itertools

import pytest

from scenes.backend import ClipRequest, Frame, Speech
from storyboard.vocabulary import ACTIONS, EMOTIONS, ROLES
from tests.quality.screening import Mask, Screening, actor, change, face_at, request_of, sheets_box, shown_at

MOMENTS = (3, 24, 44)
"""The frames that are looked at: beginning, middle and end of four seconds."""
WAY = (0, 8, 24, 40, 47)
"""An action's beginning, three moments of its middle, and its end."""
SPILL = 3
"""Levels by which what is outside may change: the faint bloom of the flat style."""
SEEN, FACE = 0.05, 0.01
"""The part of the actor's box (in close-up: of his face's) that changes by more than `CLEAR` levels at least."""
CLEAR = 12
CROWD = "crowd"
HEARD = "listen"
"""What nobody can do where nobody speaks."""
ACTED = [role for role in ROLES.canonical if role != CROWD]


def _seen(screening: Screening, first: ClipRequest, second: ClipRequest) -> list[float]:
    """The part of the actors' boxes that clearly differs at each moment; whatever else differs is an error."""
    shares = []
    for index in MOMENTS:
        runs = [screening.run(one) for one in (first, second)]
        box: Mask = shown_at(runs[0], index) | shown_at(runs[1], index)
        levels = change(runs[0].picture(index), runs[1].picture(index))
        assert levels[~box].max() <= SPILL, index
        shares.append(float((levels[box] > CLEAR).mean()))
    return shares


@pytest.mark.parametrize("role", ACTED)
def test_a_role_is_seen_in_the_actor(screening: Screening, role: str) -> None:
    """Another role makes another figure of the same person on the same spot, and leaves all else as it is."""
    before = ACTED[ACTED.index(role) - 1]
    plain, other = (request_of(cast=(actor(role=one),)) for one in (before, role))
    assert not screening.run(other).stage.not_drawn
    assert min(_seen(screening, plain, other)) > SEEN


def test_no_two_roles_look_alike(screening: Screening) -> None:
    """The same person in any two roles or as any two animals is told apart."""
    frames = {role: screening.frame(request_of(cast=(actor(role=role),)), MOMENTS[0]) for role in ACTED}
    box = shown_at(screening.run(request_of(cast=(actor(role=ACTED[0]),))), MOMENTS[0])
    assert _alike({role: frame[box] for role, frame in frames.items()}, SEEN) == []


def test_a_crowd_stands_behind_the_actors(screening: Screening) -> None:
    """A crowd is on sheets of its own behind the actors, and is seen there and nowhere else."""
    plain, many = (request_of(cast=cast) for cast in ((actor(),), (actor(), actor("Many", CROWD, at="right"))))
    runs = [screening.run(one) for one in (plain, many)]
    added = [layer for layer in runs[1].stage.layers if layer not in runs[0].stage.layers]
    assert {layer.kind for layer in added} == {CROWD}
    assert runs[0].stage.tracks == runs[1].stage.tracks
    sheets = [panel.sheet for panel in runs[1].behind if panel.sheet.layer in added]
    box = sheets_box(runs[1].stage, sheets)
    levels = change(runs[0].picture(0), runs[1].picture(0))
    assert levels[~box].max() <= SPILL
    assert (levels[box] > CLEAR).mean() > SEEN


@pytest.mark.parametrize("action", [action for action in ACTIONS.canonical if action not in ("stand", HEARD)])
def test_an_action_is_seen_in_the_actor(screening: Screening, action: str) -> None:
    """Whoever does something else than stand is seen to do it, and the rest of the frame does not care."""
    still, acting = (request_of(cast=(actor(action=one),)) for one in ("stand", action))
    assert not screening.run(acting).stage.not_drawn
    assert max(_seen(screening, still, acting)) > SEEN


@pytest.mark.parametrize("action", [action for action in ACTIONS.canonical if action not in ("stand", HEARD)])
def test_an_action_has_beginning_middle_and_end(screening: Screening, action: str) -> None:
    """An action is not a pose: on the way from its beginning to its end it looks like neither."""
    partner = (actor("Bert", "hero", at="right"),) if action == "hug" else ()
    run = screening.run(request_of(cast=(actor(action=action), *partner)))
    way = []
    for middle in WAY[1:-1]:
        shares = []
        for end in (WAY[0], WAY[-1]):
            box = shown_at(run, middle) | shown_at(run, end)
            shares.append(float((change(run.picture(middle), run.picture(end))[box] > CLEAR).mean()))
        way.append(min(shares))
    assert max(way) > FACE


def test_listening_needs_somebody_who_speaks(screening: Screening) -> None:
    """Whoever shall listen is seen to listen while another speaks; where nobody does it is named as not drawn."""
    cast = (actor("Anna", action=HEARD, at="left"), actor("Bert", "hero", at="right", facing="left"))
    silence, speech = request_of(cast=cast), request_of(cast=cast, speech=(Speech("bert", 0, 48, (0.0,) * 48),))
    runs = [screening.run(one) for one in (silence, speech)]
    assert [HEARD in " ".join(run.stage.not_drawn) for run in runs] == [True, False]
    half = slice(0, 160)
    box = (shown_at(runs[0], MOMENTS[1]) | shown_at(runs[1], MOMENTS[1]))[:, half]
    levels = change(*(run.picture(MOMENTS[1])[:, half] for run in runs))
    assert (levels[box] > CLEAR).mean() > FACE


def test_listening_differs_from_talking(screening: Screening) -> None:
    """While one speaks, the other listens: his figure is another than when he speaks himself."""
    cast = (actor("Anna", at="left"), actor("Bert", "hero", at="right"))
    lines = [(Speech(who, 0, 48, (0.6,) * 48),) for who in ("anna", "bert")]
    runs = [screening.run(request_of(cast=cast, speech=line)) for line in lines]
    levels = change(runs[0].picture(20), runs[1].picture(20))
    box = shown_at(runs[0], 20) | shown_at(runs[1], 20)
    assert levels[~box].max() <= SPILL
    halves = [levels[:, :160][box[:, :160]], levels[:, 160:][box[:, 160:]]]
    assert all((half > CLEAR).mean() > FACE for half in halves)


@pytest.mark.parametrize("emotion", [emotion for emotion in EMOTIONS.canonical if emotion != "neutral"])
def test_an_emotion_is_seen_from_afar(screening: Screening, emotion: str) -> None:
    """In a wide shot whoever feels something holds himself otherwise, and the rest of the frame does not care."""
    plain, moved = (request_of(cast=(actor(emotion=one),)) for one in ("neutral", emotion))
    assert max(_seen(screening, plain, moved)) > SEEN


@pytest.mark.parametrize("emotion", [emotion for emotion in EMOTIONS.canonical if emotion != "neutral"])
def test_an_emotion_is_seen_in_the_face(screening: Screening, emotion: str) -> None:
    """In a close-up the face is another, and the place behind it the same to the pixel but for the bloom."""
    runs = [screening.run(request_of(shot="close-up", cast=(actor(emotion=one),))) for one in ("neutral", emotion)]
    shares = []
    for index in MOMENTS:
        box = face_at(runs[0], index) | face_at(runs[1], index)
        levels = change(runs[0].picture(index), runs[1].picture(index))
        assert levels[~box].max() <= SPILL
        shares.append((levels[box] > CLEAR).mean())
    assert max(shares) > FACE


@pytest.mark.parametrize("shot", ["wide", "close-up"])
def test_no_two_emotions_look_alike(screening: Screening, shot: str) -> None:
    """Any two emotions are told apart, whole and in the face."""
    requests = {one: request_of(shot=shot, cast=(actor(emotion=one),)) for one in EMOTIONS.canonical}
    frames = {one: screening.frame(request, MOMENTS[1]) for one, request in requests.items()}
    neutral = screening.run(requests["neutral"])
    box = (face_at if shot == "close-up" else shown_at)(neutral, MOMENTS[1])
    assert _alike({emotion: frame[box] for emotion, frame in frames.items()}, FACE) == []


def _alike(parts: dict[str, Frame], least: float) -> list[tuple[str, str, float]]:
    """The pairs of parts of frames of which less than `least` clearly differs."""
    pairs = itertools.combinations(parts, 2)
    shares = ((a, b, float((change(parts[a], parts[b]) > CLEAR).mean())) for a, b in pairs)
    return [pair for pair in shares if pair[2] < least]
