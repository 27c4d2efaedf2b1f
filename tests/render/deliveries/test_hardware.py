"""Hardware encoders: their words, each in its own scale, and that only what works at the film's size is taken.

No such machine is needed: what is asked of ffmpeg is looked at, and the house's own encoder stands in for a card.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from render.deliveries import hardware
from render.deliveries.hardware import FAMILIES, Encoder, Family
from storyboard.errors import MissingError

HD, RATE = (1920, 1080), Fraction(25)


def told(family: str, codec: str, crf: int = 21) -> dict[str, str]:
    """The options of an encoder as pairs."""
    words = Encoder(FAMILIES[family], codec).options(crf)
    return dict(zip(words[::2], words[1::2], strict=True))


def test_each_family_is_told_the_quality_in_its_own_words() -> None:
    """Constant quality everywhere, and none is left to its usual bit rate."""
    nvenc = told("nvenc", "h264")
    assert (nvenc["-rc"], nvenc["-cq"], nvenc["-b:v"]) == ("vbr", "18", "0")
    assert told("qsv", "hevc")["-global_quality"] == "18"
    vaapi = told("vaapi", "h264")
    assert (vaapi["-qp"], vaapi["-rc_mode"], vaapi["-vf"]) == ("18", "CQP", "format=nv12,hwupload")
    assert "-vaapi_device" in FAMILIES["vaapi"].opening
    amf = told("amf", "h264")
    assert (amf["-rc"], amf["-qp_i"], amf["-qp_p"], amf["-qp_b"]) == ("cqp", "18", "18", "18")
    assert "-qp_b" not in told("amf", "hevc")


def test_av1_has_scales_of_its_own() -> None:
    """The quality of AV1 is told in the encoder's scale: 63 (NVENC), 51 (Quick Sync), 255 (VA-API, AMF)."""
    assert told("nvenc", "av1", 35)["-cq"] == "32"
    assert told("qsv", "av1", 35)["-global_quality"] == "26"
    assert told("vaapi", "av1", 35)["-global_quality"] == "130"
    assert "-qp" not in told("vaapi", "av1", 35)
    assert told("amf", "av1", 35)["-qp_i"] == "130"


def test_more_is_better_for_videotoolbox() -> None:
    """A better film (a smaller crf) gets a larger figure there, within 1 to 100."""
    figures = [int(told("videotoolbox", "h264", crf)["-q:v"]) for crf in (1, 18, 28, 51)]
    assert figures == sorted(figures, reverse=True)
    assert 1 <= figures[-1] < 50 < figures[1] < figures[0] <= 100


def test_every_quality_stays_on_its_scale() -> None:
    """No quality that a preset can ask for falls off the end of an encoder's scale, or to its 'automatic' zero."""
    for family in FAMILIES.values():
        for codec in family.encoders:
            for crf in (1, 4, 20, 51, 63):
                figures = [int(word) for word in family.quality(codec, crf) if word.isdecimal() and word != "0"]
                assert figures
                assert all(1 <= figure <= 255 for figure in figures)


def test_hevc_is_tagged_as_players_know_it() -> None:
    """HEVC in MP4 is called hvc1."""
    assert told("nvenc", "hevc")["-tag:v"] == "hvc1"
    assert "-tag:v" not in told("nvenc", "av1")


def test_hardware_is_tried_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first encoder that really works is taken; none is an empty answer, or an error for one asked for by name."""
    tried: list[tuple[str, tuple[int, int]]] = []

    def works(encoder: Encoder, size: tuple[int, int], rate: Fraction, crf: int) -> bool:
        tried.append((encoder.name, size))
        return encoder.name == "hevc_qsv"

    monkeypatch.setattr(hardware, "works", works)
    found = hardware.encoder_for("hevc", "auto", HD, RATE, 20)
    assert found is not None
    assert found.name == "hevc_qsv"
    assert tried[0] == ("hevc_nvenc", HD)
    assert hardware.encoder_for("h264", "auto", HD, RATE, 20) is None
    with pytest.raises(MissingError, match="nvenc for h264 at 1920x1080"):
        hardware.encoder_for("h264", "nvenc", HD, RATE, 20)


def test_an_encoder_is_tried_at_the_size_of_the_film(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried is the film's own size and rate, with the very options that the film gets."""
    asked: list[list[str]] = []
    monkeypatch.setattr(
        "render.deliveries.hardware.programs.run", lambda words, **more: asked.append([str(word) for word in words])
    )
    encoder = Encoder(FAMILIES["vaapi"], "h264")
    assert hardware.works(encoder, (3840, 2160), Fraction(30000, 1001), 20)
    (words,) = asked
    assert any("s=3840x2160:r=30000/1001" in word for word in words)
    assert words.index("-vaapi_device") < words.index("-i")
    options = encoder.options(20)
    at = words.index("-vf")
    assert words[at : at + len(options)] == options


def stand_in(name: str) -> Family:
    """A family whose encoder is one of ffmpeg's own."""
    return Family("stand-in", {"h264": name}, lambda codec, crf: ["-crf", str(crf)], filters="format=yuv420p")


@pytest.mark.parametrize(("name", "works"), [("libx264", True), ("h264_of_nowhere", False)])
def test_what_is_not_there_does_not_work(name: str, works: Any) -> None:
    """A name that ffmpeg does not know is no encoder, and its own software encoder is one."""
    assert hardware.works(Encoder(stand_in(name), "h264"), (320, 180), RATE, 20) is works


def test_a_size_that_an_encoder_refuses_does_not_work() -> None:
    """An encoder that is there but cannot code such pictures is not taken: H.263 knows a few sizes only."""
    old = Family("old", {"h264": "h263"}, lambda codec, crf: ["-q:v", str(crf)], filters="format=yuv420p")
    assert hardware.works(Encoder(old, "h264"), (352, 288), RATE, 20)
    assert not hardware.works(Encoder(old, "h264"), (640, 360), RATE, 20)
