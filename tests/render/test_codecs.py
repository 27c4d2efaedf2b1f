"""Films of H.264, HEVC and AV1 pieces against the uncompressed frames and against one straight encode of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from projects.programs import ffmpeg, run
from projects.steps import Artifact, Work
from render.coded import CodedTrack, coded_track
from render.join import FilmRequest, make_film
from render.splice import packets_of
from scenes.coders import EncoderProfile
from scenes.frames import I420, write_film
from tests.render.spliced import PROFILES, decoded, natural, psnr, write_sound

SMALL = (320, 180)
RATES = [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(50), Fraction(60)]
BODIES, FADES = (33, 1, 24), (6, 12)
"""Frames of each scene that no transition touches, and of the crossfades between them."""

FLOOR, MEAN = 39.0, 46.0
"""Likeness to the uncompressed frames, dB of luma: of every frame, and in the mean, at the delivery's quality."""

FAULT = {"h264": 1.5, "hevc": 1.5, "av1": 2.5}
"""Decibels by which a frame at the end of a piece may lie under the worst of the frames around it: the pyramid of AV1
makes its frames differ by as much everywhere."""

LOSS = 0.15
"""Decibels that a film of pieces may lie under one straight encode in the mean."""

codecs = pytest.mark.parametrize("codec", ["h264", "hevc", "av1"])


@dataclass(frozen=True, slots=True)
class Cut:
    """A film joined from pieces, the frames that went into each, and the pieces."""

    film: Path
    due: list[list[I420]]
    pieces: list[CodedTrack]

    @property
    def frames(self) -> list[I420]:
        """The uncompressed frames of the whole film."""
        return [frame for piece in self.due for frame in piece]


def due_frames(
    width: int, height: int, bodies: tuple[int, ...], fades: tuple[int, ...], rate: Fraction = Fraction(24)
) -> list[list[I420]]:
    """The frames of each piece: the scenes' bodies, and crossfades blended from their uncompressed ends."""
    heads, tails = (0, *fades), (*fades, 0)
    scenes = [
        list(natural(head + body + tail, width, height, seed, float(24 / rate)))
        for seed, (head, body, tail) in enumerate(zip(heads, bodies, tails, strict=True))
    ]
    pieces = []
    for number, (scene, body) in enumerate(zip(scenes, bodies, strict=True)):
        pieces.append(scene[heads[number] : heads[number] + body])
        if number < len(fades):
            frames = zip(scene[heads[number] + body :], scenes[number + 1], strict=False)
            mixed = [
                (old * (1 - part) + new * part + 0.5).astype(np.uint8)
                for step, (old, new) in enumerate(frames, 1)
                for part in [step / (fades[number] + 1)]
            ]
            pieces.append(mixed)
    return pieces


def cut(
    folder: Path,
    rate: Fraction,
    profile: EncoderProfile,
    size: tuple[int, int] = SMALL,
    due: list[list[I420]] | None = None,
) -> Cut:
    """Encode the pieces of a film, and join them over sound."""
    due = due or due_frames(*size, BODIES, FADES, rate)
    inputs = {}
    for number, frames in enumerate(due):
        path = folder / f"{number}.mp4"
        count = write_film(path, frames, *size, rate, profile)
        inputs[f"p{number:04}"] = Artifact("", path, {"frames": count})
    total = sum(map(len, due))
    samples = int(Fraction(total * 48_000) / rate)
    write_sound(folder / "sound.m4a", samples, keep=packets_of(samples))
    names = tuple(inputs)
    inputs["sound"] = Artifact("", folder / "sound.m4a", {})
    request = FilmRequest(names, ("sound",), total, samples, rate, (), (), "und", profile)
    facts = make_film(request, Work(inputs, {}, lambda part: None, lambda: False), folder / "film.mp4")
    assert facts["written"] == "spliced"
    return Cut(folder / "film.mp4", due, [coded_track(inputs[name].path) for name in names])


def chroma(picture: I420) -> I420:
    """The colour planes alone, as a picture whose luma they are."""
    colour = picture[len(picture) * 2 // 3 :]
    return np.concatenate([colour, colour[: len(colour) // 2]])


def likeness(seen: list[I420], due: list[I420]) -> list[float]:
    """The likeness of each frame in dB of luma."""
    return [psnr(picture, frame) for picture, frame in zip(seen, due, strict=True)]


def hold(made: Cut, rate: Fraction) -> list[float]:
    """Check count, times, silence of ffmpeg, and that every piece comes out as it was encoded; gives the likeness."""
    shown = decoded(made.film)
    seen = [frame for _, frame in shown]
    assert [time for time, _ in shown] == [number / rate for number in range(len(made.frames))]
    own = [frame for piece in made.pieces for _, frame in decoded(piece.path)]
    assert all(np.array_equal(*pair) for pair in zip(seen, own, strict=True))
    assert run([ffmpeg(), "-v", "warning", "-i", made.film, "-f", "null", "-"]).stderr == ""
    return likeness(seen, made.frames)


def hold_against_straight(folder: Path, codec: str, rate: Fraction) -> None:
    """Check a film of all kinds of pieces against the uncompressed frames and against one encode of them all."""
    made = cut(folder, rate, PROFILES[codec])
    found = hold(made, rate)
    write_film(folder / "straight.mp4", made.frames, *SMALL, rate, PROFILES[codec])
    straight, joined = ([frame for _, frame in decoded(path)] for path in (folder / "straight.mp4", made.film))
    assert min(found) >= FLOOR
    assert np.mean(found) >= MEAN
    assert np.mean(found) >= np.mean(likeness(straight, made.frames)) - LOSS
    colours = [
        likeness([chroma(one) for one in film], [chroma(one) for one in made.frames]) for film in (joined, straight)
    ]
    assert np.mean(colours[0]) >= np.mean(colours[1]) - LOSS


@codecs
def test_as_good_as_one_straight_encode(tmp_path: Path, codec: str) -> None:
    """Joining costs nothing: luma and colour are as near to the uncompressed frames as in one encode of them all."""
    hold_against_straight(tmp_path, codec, Fraction(24))


@codecs
def test_no_seam_shows(tmp_path: Path, codec: str) -> None:
    """The last and first frames of pieces are not visibly worse than the frames around them."""
    made = cut(tmp_path, Fraction(24), PROFILES[codec], due=due_frames(*SMALL, (40, 40, 40), FADES))
    found = hold(made, Fraction(24))
    at = 0
    for piece in made.due[:-1]:
        at += len(piece)
        around = [*found[max(0, at - 8) : at - 2], *found[at + 2 : at + 8]]
        assert min(found[at - 2 : at + 2]) >= min(around) - FAULT[codec]


@pytest.mark.slow
@pytest.mark.parametrize("rate", RATES)
@codecs
def test_every_rate(tmp_path: Path, codec: str, rate: Fraction) -> None:
    """At every rate: exact times, the pieces' own frames, near to the uncompressed ones and to one encode of them."""
    hold_against_straight(tmp_path, codec, rate)


@pytest.mark.parametrize("codec", list(PROFILES))
def test_pieces_of_one_and_two_frames_in_a_row(tmp_path: Path, codec: str) -> None:
    """Consecutive pieces of one or two frames lose nothing."""
    due = [list(natural(count, *SMALL, seed)) for seed, count in enumerate((1, 1, 2, 1, 2, 2, 1))]
    assert min(hold(cut(tmp_path, Fraction(24), PROFILES[codec], due=due), Fraction(24))) >= FLOOR


@pytest.mark.parametrize("codec", list(PROFILES))
def test_one_piece_is_a_film(tmp_path: Path, codec: str) -> None:
    """A film of one scene, of one frame too, is joined like any other."""
    for count in (1, 25):
        due = [list(natural(count, *SMALL))]
        assert len(hold(cut(tmp_path, Fraction(24), PROFILES[codec], due=due), Fraction(24))) == count


@pytest.mark.slow
def test_a_thousand_pieces(tmp_path: Path) -> None:
    """A thousand pieces give a film with all their frames in place."""
    due = [list(natural(2 + number % 3, 64, 36, number)) for number in range(8)]
    due = [due[number % 8] for number in range(1000)]
    made = cut(tmp_path, Fraction(25), PROFILES["draft"], (64, 36), due)
    assert len(hold(made, Fraction(25))) == sum(map(len, due))


@pytest.mark.whole
@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (720, 1280), (1920, 1080), (3840, 2160)])
@codecs
def test_every_size(tmp_path: Path, codec: str, size: tuple[int, int]) -> None:
    """From 360p to 4K, a few frames each: exact, and near to the uncompressed ones."""
    short = max(size) > 1900
    due = due_frames(*size, (5, 1, 6) if short else (24, 1, 17), (2, 3) if short else FADES)
    found = hold(cut(tmp_path, Fraction(24), PROFILES[codec], size, due), Fraction(24))
    assert min(found) >= FLOOR
    assert np.mean(found) >= MEAN
