"""The JSON Schema for editors."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from storyboard import schema
from storyboard.node import plain
from storyboard.source import parse

EXAMPLE = """\
workprint: 1
title: Ascent to Guru Peak
language: en
fps: 23.976
resolution: 720p
cuts: [16:9, 9:16]
style: papercut
backend: animatic
seed: 7
captions: file
loudness: -14 LUFS
encoding: {codec: h.265, crf: 22, preset: medium, audio: 192k}
opening: fade black 1s
credits: [Somebody]
characters:
  yorblef:
    name: Yorblef
    role: hero
    looks: short and round
    wears: travelling coat
    voice: {backend: kokoro, name: bm_george, speed: 0.95, pitch: -2}
    references: [pictures/yorblef.png]
  гуру: {role: old woman, voice: en/emma}
narrator: {voice: en/heart}
score: {prompt: hopeful strings, mood: wonder, tempo: 84, key: D minor}
scenes:
  - id: fork-in-the-trail
    length: 6s
    place: mountains
    time: morning
    weather: clear
    shot: wide
    camera: панорама слева направо
    prompt: A foothill path
    negative: text
    cast: [{who: yorblef, action: walk, emotion: happy, at: left}, гуру]
    moments: {start: he comes, middle: he looks, end: he goes}
    lines: [It was a day., {by: yorblef, say: "Huh", emotion: surprised, pause: 0.5s}]
    sounds: [{effect: wind, level: -22 dB}, {file: sounds/birds.wav, at: 2s}, rain]
    transition: crossfade 0.8s
  - {id: chasm, keyframes: [{picture: p/e.png, at: start}, p/d.png], camera: tilt down, length: voice, lines: [x],
     transition: {kind: matte, picture: p/b.png, softness: 0.2, linear: true, sound: wind}}
  - {id: title-card, clip: footage/logo.mov, length: clip, text: The end,
     transition: {moviepy: SlideIn, side: left, length: 1s, sounds: [{file: s/swoosh.wav}]}}
  - id: summit
    backend: ltx
    model: {repo: Lightricks/LTX-Video, steps: 30, guidance: 3.0}
    focus: [0.6, 0.4]
    reframe: track
    post: {grade: warm, denoise: light, stabilise: true, interpolate: 48, upscale: 2x}
    prompt: x
    take: 2
    effects: [MirrorX, {moviepy: Painting, saturation: 1.4}, {python: e/grain.py:grain, tint: [1, 2]}]
"""


def validate(text: str) -> list[str]:
    node = parse(text, "s.yaml").node
    assert node is not None
    document: dict[str, Any] = schema.document()
    jsonschema.Draft202012Validator.check_schema(document)
    return [error.message for error in jsonschema.Draft202012Validator(document).iter_errors(plain(node))]


def test_a_whole_storyboard_is_valid() -> None:
    """Everything the format knows passes the schema."""
    assert validate(EXAMPLE) == []


def test_scenes_may_be_a_pattern() -> None:
    """The other form of `scenes` passes too."""
    assert validate("workprint: 1\ntitle: A\nscenes: scenes/*.yaml\norder: [a, b]\n") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("style: papercut", "style: papercutt"),
        ("title: Ascent", "titel: Ascent"),
        ("camera: tilt down", "camera: tilt sideways"),
        ("seed: 7", "seed: -7"),
        ("length: 6s", "length: [6]"),
        ("workprint: 1", "workprint: 2"),
        ("id: chasm", "id: ../chasm"),
        ("focus: [0.6, 0.4]", "focus: [0.6]"),
        ("loudness: -14 LUFS", "loudness: loud"),
        ("codec: h.265", "codec: vp9"),
        ("crf: 22", "crf: 99"),
        ("kind: matte", "knd: matte"),
        ("softness: 0.2", "softnes: 0.2"),
        ("softness: 0.2", "softness: 2"),
        ("side: left", "side: {a: b}"),
        ("effects: [MirrorX", "effects: [mirror x"),
        ("python: e/grain.py:grain", "python: e/grain.py"),
    ],
)
def test_mistakes_fail_the_schema(old: str, new: str) -> None:
    """An editor marks typing mistakes."""
    assert validate(EXAMPLE.replace(old, new))


def test_every_key_is_described() -> None:
    """An editor can explain each key."""
    document = schema.document()
    models = [document, *document["$defs"].values()]
    for model in models:
        mapping = next((choice for choice in model.get("anyOf", ()) if "properties" in choice), model)
        for key, value in mapping.get("properties", {}).items():
            assert value.get("description"), key


def test_the_text_is_the_same_each_time() -> None:
    """The schema can be kept under version control."""
    assert schema.text() == schema.text()
    assert schema.text().endswith("}\n")
