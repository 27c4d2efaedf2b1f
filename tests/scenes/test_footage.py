"""The footage backend: the author's clip at the right moment, the right way up and in the right colours."""

from __future__ import annotations

import gc
import struct
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace

from scenes.backend import ClipRequest, Frame, Refusal
from scenes.backends.footage import Footage
from scenes.conform import as_rgb
from scenes.frames import write_film
from scenes.media import probe
from storyboard.errors import MissingError, RenderError
from storyboard.film import Lettering, Scene

MakeScene = Callable[..., Scene]
MakeRequest = Callable[..., ClipRequest]
Ramp = Callable[..., list[Frame]]


def shoot(
    path: Path,
    colour: tuple[int, int, int],
    matrix: int,
    form: str = "yuv420p",
    size: tuple[int, int] = (64, 36),
    tag: bool = True,
) -> None:
    """Write half a second of one colour, coded by a matrix, with or without saying which."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=24, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = *size, form
        if tag:
            stream.codec_context.colorspace = matrix
            stream.codec_context.color_range = ColorRange.MPEG
        picture = np.full((size[1], size[0], 3), colour, np.uint8)
        for place in range(12):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
                format=form, dst_colorspace=matrix, dst_color_range=ColorRange.MPEG
            )
            frame.pts, frame.time_base = place, Fraction(1, 24)
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))


def timed(path: Path, stamps: Sequence[int]) -> None:
    """Write frames of a ramp at chosen time stamps (in 1/24 s): a variable rate."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=24, options={"crf": "5", "bf": "0"})
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for place, stamp in enumerate(stamps):
            frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), 40 + 20 * place, np.uint8), format="rgb24")
            frame.pts, frame.time_base = stamp, Fraction(1, 24)
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))


def make(request: ClipRequest) -> tuple[list[Frame], list[str]]:
    """The frames and notes of a clip."""
    backend = Footage()
    plan = backend.quantise(request)
    clip = backend.generate(request, plan, lambda part: None, lambda: False)
    return [as_rgb(frame) for frame in clip.frames], [*plan.notes, *clip.facts["notes"]]


def places(frames: Sequence[Frame]) -> list[int]:
    """Which frames of a ramp were shown."""
    return [round((float(frame.mean()) - 40) / 4) for frame in frames]


@pytest.fixture
def ramp_request(
    tmp_path: Path, ramp: Ramp, make_scene: MakeScene, make_request: MakeRequest
) -> Callable[..., ClipRequest]:
    """Builds a request of footage of 48 frames whose grey says their place, at 24 a second."""
    write_film(tmp_path / "clip.mp4", ramp(48), 64, 36, Fraction(24))

    def build(start: Fraction = Fraction(0), **changes: object) -> ClipRequest:
        return make_request(
            make_scene(clip="clip.mp4", clip_from=start), files={"clip.mp4": tmp_path / "clip.mp4"}, **changes
        )

    return build


@pytest.mark.parametrize("start", [0, 1, 7, 30, 36])
def test_the_trim_is_frame_exact(ramp_request: Callable[..., ClipRequest], start: int) -> None:
    """The clip begins at the very frame that `clip_from` names."""
    frames, _ = make(ramp_request(Fraction(start, 24)))
    assert places(frames) == list(range(start, start + 12))


def test_another_rate_is_conformed_by_time(ramp_request: Callable[..., ClipRequest]) -> None:
    """In a film of 12 a second every other frame is shown, and it is said."""
    frames, notes = make(ramp_request(frames=6, rate=Fraction(12)))
    assert places(frames) == [1, 3, 5, 7, 9, 11]
    assert any("24.000 frames a second" in note for note in notes)


def test_variable_rates_go_by_their_stamps(tmp_path: Path, make_scene: MakeScene, make_request: MakeRequest) -> None:
    """Each frame stands until the next one's time."""
    timed(tmp_path / "v.mp4", [0, 1, 5, 6, 11])
    request = make_request(make_scene(clip="v.mp4"), files={"v.mp4": tmp_path / "v.mp4"}, frames=11)
    shown = [round((float(frame.mean()) - 40) / 20) for frame in make(request)[0]]
    assert shown == [0, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3]


def test_footage_that_is_too_short_says_its_length(ramp_request: Callable[..., ClipRequest]) -> None:
    """What is there, from where, and what is needed."""
    with pytest.raises(Refusal, match=r"has 1\.00 s from 1\.00 s on, but the scene needs 1\.25 s") as caught:
        make(ramp_request(Fraction(1), frames=30))
    assert "length: clip" in caught.value.hint


def test_footage_fills_exactly_to_its_last_frame(ramp_request: Callable[..., ClipRequest]) -> None:
    """A scene as long as the clip needs no frame more than there is."""
    frames, _ = make(ramp_request(frames=48))
    assert places(frames) == list(range(48))


def test_decoded_frames_are_let_go(ramp_request: Callable[..., ClipRequest]) -> None:
    """A long clip does not gather its decoded frames until somebody collects garbage."""
    gc.collect()
    gc.disable()
    try:
        others = _frames_alive()
        make(ramp_request(frames=48))
        kept = _frames_alive() - others
    finally:
        gc.enable()
    assert kept < 8


def _frames_alive() -> int:
    """How many decoded frames this process holds, whoever made them."""
    return sum(issubclass(type(found), av.VideoFrame) for found in gc.get_objects())


@pytest.mark.parametrize(
    ("matrix", "size", "tag"),
    [
        (Colorspace.ITU709, (64, 36), True),
        (Colorspace.ITU601, (64, 36), True),
        (Colorspace.ITU601, (64, 36), False),
        (Colorspace.ITU709, (1280, 720), False),
    ],
)
@pytest.mark.parametrize("form", ["yuv420p", "yuv444p", "yuv420p10le"])
def test_colours_are_those_that_were_shot(
    tmp_path: Path,
    make_scene: MakeScene,
    make_request: MakeRequest,
    matrix: Colorspace,
    size: tuple[int, int],
    tag: bool,
    form: str,
) -> None:
    """Standard definition by BT.601, high definition by BT.709, any depth and sampling: the same colour comes out."""
    colour = (200, 60, 30)
    shoot(tmp_path / "c.mp4", colour, matrix, form, size, tag)
    frames, notes = make(make_request(make_scene(clip="c.mp4"), files={"c.mp4": tmp_path / "c.mp4"}, frames=2))
    assert np.abs(frames[0].astype(int) - colour).max() <= 4
    assert any("does not say how its colours are coded" in note for note in notes) is not tag


def test_footage_is_reframed_round_its_focus(tmp_path: Path, make_scene: MakeScene, make_request: MakeRequest) -> None:
    """A 9:16 cut shows the side that the focus names."""
    picture = np.zeros((36, 64, 3), np.uint8)
    picture[:, :24] = 240
    write_film(tmp_path / "c.mp4", [picture] * 12, 64, 36, Fraction(24))
    means = []
    for x in (0.1, 0.9):
        scene = make_scene(clip="c.mp4", focus=(x, 0.5))
        frames, _ = make(make_request(scene, files={"c.mp4": tmp_path / "c.mp4"}, width=36, height=64, frames=1))
        means.append(float(frames[0].mean()))
    assert means[0] > 200
    assert means[1] < 20


def test_a_telephone_held_upright_is_shown_upright(
    tmp_path: Path, make_scene: MakeScene, make_request: MakeRequest
) -> None:
    """The turn that the file's display matrix asks for is made, and the measured size is that of the turned picture."""
    picture = np.zeros((36, 64, 3), np.uint8)
    picture[:, :24] = 240
    film = tmp_path / "c.mp4"
    write_film(film, [picture] * 6, 64, 36, Fraction(24))
    one, straight = 1 << 16, (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    clockwise = (0, one, 0, -one, 0, 0, 0, 0, 1 << 30)
    data = film.read_bytes()
    track = data.rindex(struct.pack(">9i", *straight))  # the film's own matrix comes first, the track's last
    film.write_bytes(data[:track] + struct.pack(">9i", *clockwise) + data[track + 36 :])
    info = probe(film)
    assert (info.width, info.height, info.rotation) == (36, 64, 270)
    request = make_request(make_scene(clip="c.mp4"), files={"c.mp4": film}, width=36, height=64, frames=2)
    turned = make(request)[0][0]
    assert turned[:20].min() > 200
    assert turned[30:].max() < 40


def test_words_come_and_go_over_footage(tmp_path: Path, make_scene: MakeScene, make_request: MakeRequest) -> None:
    """A lower third lies over the footage in its time alone; before and after it the footage is as it was."""
    write_film(tmp_path / "even.mp4", [np.full((180, 320, 3), 90, np.uint8)] * 48, 320, 180, Fraction(24))
    bare = make_request(
        make_scene(clip="even.mp4"), files={"even.mp4": tmp_path / "even.mp4"}, frames=48, width=320, height=180
    )
    third = Lettering("lower third", ("Ida", "postwoman"), Fraction(1, 2), Fraction(1))
    plain, _ = make(bare)
    shown, notes = make(replace(bare, scene=replace(bare.scene, lettering=(third,))))
    changed = [int((abs(a.astype(int) - b) > 20).any(axis=2).sum()) for a, b in zip(plain, shown, strict=True)]
    assert changed[24] > 300
    assert max(changed[:12] + changed[37:]) == 0
    assert not notes


def test_what_cannot_be_honoured_is_refused(tmp_path: Path, make_scene: MakeScene, make_request: MakeRequest) -> None:
    """No clip is refused; a missing file is missing; a text is no video."""
    (tmp_path / "t.mov").write_text("once upon a time")
    files = {"t.mov": tmp_path / "t.mov"}
    with pytest.raises(Refusal) as caught:
        Footage().quantise(make_request(make_scene(), files=files))
    assert caught.value.hint
    with pytest.raises(MissingError, match=r"t\.mov"):
        Footage().quantise(make_request(make_scene(clip="t.mov")))
    with pytest.raises(RenderError, match=r"t\.mov cannot be read"):
        Footage().quantise(make_request(make_scene(clip="t.mov"), files=files))
