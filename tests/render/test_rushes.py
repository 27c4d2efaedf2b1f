"""Looking at pieces when they are made, and finding their coded bytes again in a film."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from projects.steps import Artifact, Work
from render.rushes import RushRequest, watch_piece
from render.stored import evenly_timed, look_into, payload_digests
from render.watching import watch
from scenes.frames import I420, write_film
from scenes.takes import take_frames
from scenes.window import Window

WIDTH, HEIGHT, RATE = 128, 72, Fraction(25)


def moving(count: int, seed: int = 1) -> list[I420]:
    """Pictures in which a bright bar moves over noise."""
    still = np.random.default_rng(seed).integers(40, 160, (HEIGHT * 3 // 2, WIDTH), dtype=np.uint8)
    pictures = []
    for number in range(count):
        picture = still.copy()
        picture[:HEIGHT, number * 4 : number * 4 + 6] = 230
        pictures.append(picture)
    return pictures


@pytest.fixture
def watched(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Look at a piece that holds the frames `begin` to `end` of a take of 30, where `first` was due."""

    def look(begin: int, end: int, first: int, *, body: bool = True) -> dict[str, Any]:
        take = moving(30)
        write_film(tmp_path / "take.mp4", take, WIDTH, HEIGHT, RATE)
        write_film(tmp_path / "piece.mp4", take[begin:end], WIDTH, HEIGHT, RATE)
        inputs = {"piece": Artifact("", tmp_path / "piece.mp4", {"frames": end - begin, "dark": []})}
        if body:
            inputs["take"] = Artifact("", tmp_path / "take.mp4", {"frames": 30})
        request = RushRequest(end - begin, RATE, first)
        return watch_piece(request, Work(inputs, {}, lambda part: None, lambda: False), tmp_path / "out.json")

    return look


@pytest.mark.parametrize("late", [0, 2])
def test_a_body_is_compared_with_what_its_take_shows(tmp_path: Path, late: int) -> None:
    """A take in its footage's size is seen through its window."""
    write_film(tmp_path / "take.mp4", moving(30), WIDTH, HEIGHT, RATE)
    facts = {"frames": 30, "width": 96, "height": 108, "window": Window((WIDTH, HEIGHT), 0, 0, 64, HEIGHT).told()}
    take = Artifact("", tmp_path / "take.mp4", facts)
    write_film(tmp_path / "piece.mp4", take_frames(take, 3 - late, 13 - late), 96, 108, RATE)
    piece = Artifact("", tmp_path / "piece.mp4", {"frames": 10, "dark": []})
    work = Work({"piece": piece, "take": take}, {}, lambda part: None, lambda: False)
    assert watch_piece(RushRequest(10, RATE, 3), work, tmp_path / "out.json")["late"] == late


@pytest.mark.parametrize("late", [-3, -1, 0, 2])
def test_a_body_of_the_wrong_frames_is_told(watched: Callable[..., dict[str, Any]], late: int) -> None:
    """A body that begins some frames late or early in its take is found out, by how many and to which side."""
    facts = watched(10 - late, 20 - late, 10)
    assert (facts["frames"], facts["exact_times"], facts["colour"], facts["late"]) == (10, True, "bt709 limited", late)


def test_a_body_at_the_very_edge_of_its_take(watched: Callable[..., dict[str, Any]]) -> None:
    """Neither the first frames of a take nor a body of one frame are taken for displaced."""
    assert watched(0, 30, 0)["late"] == 0
    assert watched(29, 30, 29)["late"] == 0


def test_a_transition_is_compared_with_nothing(watched: Callable[..., dict[str, Any]]) -> None:
    """A transition shows frames that no take has."""
    assert watched(3, 9, 0, body=False)["late"] == 0


def test_coded_bytes_are_found_again(tmp_path: Path) -> None:
    """The digest over a piece's packets is that over the same packets in a file, whoever put them there."""
    path = tmp_path / "piece.mp4"
    write_film(path, moving(24), WIDTH, HEIGHT, RATE)
    track = look_into(path).picture
    assert len(track) == 24
    assert evenly_timed(track, 1 / RATE)
    assert not evenly_timed(track, 1 / (RATE * 2))
    assert payload_digests(path, track, [24]) == [watch(path, RATE, 0).sha256]
    with av.open(str(path)) as media:
        sizes = [packet.size for packet in media.demux(video=0) if packet.size]
    assert track.sizes.tolist() == sizes


def test_a_run_that_a_file_does_not_hold_has_no_digest(tmp_path: Path) -> None:
    """Packets that are missing match nothing."""
    path = tmp_path / "piece.mp4"
    write_film(path, moving(8), WIDTH, HEIGHT, RATE)
    first, missing = payload_digests(path, look_into(path).picture, [8, 1])
    assert first
    assert missing == ""
