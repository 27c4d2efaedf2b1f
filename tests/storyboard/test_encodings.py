"""How a film is to be coded: codecs under all their names, and what each of them takes."""

from __future__ import annotations

import pytest

from storyboard.film import Encoding
from tests.storyboard.conftest import Maker, Reader

SCENES = "scenes: [{id: a, prompt: x}]\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("h264", Encoding()),
        ("x265", Encoding("hevc", 22, "veryfast")),
        ("h.265", Encoding("hevc", 22, "veryfast")),
        ("AV1", Encoding("av1", 32, "10")),
        ("{crf: 18}", Encoding(crf=18)),
        ("{codec: hevc, preset: Medium}", Encoding("hevc", 22, "medium")),
        ("{codec: av1, preset: 6, crf: 60}", Encoding("av1", 60, "6")),
        ("{audio: 256k}", Encoding(audio_bits=256_000)),
        ("{audio: 128 кбит/с}", Encoding(audio_bits=128_000)),
    ],
)
def test_encodings_resolve(film: Maker, written: str, expected: Encoding) -> None:
    """What is not written is the codec's own default."""
    assert film(f"encoding: {written}\n{SCENES}").encoding == expected


def test_nothing_written_is_h264(film: Maker) -> None:
    """The codec that plays everywhere."""
    assert film(SCENES).encoding == Encoding("h264", 20, "veryfast", 192_000)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{codec: vp9}", "3:19: error E135: 'vp9' is not a codec"),
        ("{crf: 52}", "3:17: error E133: 'crf' of h264 must be at most 51"),
        ("{codec: av1, crf: 64}", "3:29: error E133: 'crf' must be at most 63"),
        ("{crf: 0}", "3:17: error E133: 'crf' must be at least 1"),
        ("{preset: verifast}", "3:20: error E135: 'verifast' is not a preset of h264; did you mean 'veryfast'?"),
        ("{codec: av1, preset: fast}", "3:32: error E135: 'fast' is not a preset of av1; choose 0 to 13"),
        ("{audio: 192}", "3:19: error E134: '192' is a number without a unit; write 192k"),
        ("{audio: 999k}", "3:19: error E133: sound at 999k is out of range"),
        ("{quality: 3}", "3:12: error E130: unknown key 'quality'"),
    ],
)
def test_what_a_codec_does_not_take_is_refused(reading: Reader, written: str, expected: str) -> None:
    """Ranges and presets are the codec's own."""
    found = [str(one).removeprefix("storyboard.yaml:") for one in reading(f"encoding: {written}\n{SCENES}").errors]
    assert len(found) == 1
    assert found[0].startswith(expected)
