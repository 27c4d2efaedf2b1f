"""Malformed and hostile storyboards: each is answered with diagnostics, never with an exception, a hang or a film."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.codes import CODES
from storyboard.errors import Severity
from storyboard.load import Reading, read, wants

SOUND = """\
workprint: 1
title: A film
author: Somebody
credits: [Music by nobody]
language: en
fps: 24
resolution: 720p
cuts: [16:9, 9:16]
style: papercut
backend: animatic
seed: 7
captions: file
loudness: -14 LUFS
opening: fade black 1s
characters:
  ann: {name: Ann, role: heroine, looks: tall, wears: coat, voice: {name: en/emma, speed: 1.0}, references: [p/a.png]}
  bob: {role: knight, voice: en/george}
narrator: {voice: en/heart}
score: {prompt: hopeful, mood: wonder, tempo: 84, key: D minor, level: -3 dB}
scenes:
  - id: first
    length: 9s
    place: forest
    time: dawn
    weather: fog
    shot: wide
    camera: dolly in
    style: noir
    prompt: A path
    negative: text
    text: Chapter one
    cast: [{who: ann, action: walk, emotion: happy, at: left, facing: right, wears: hat}, bob]
    moments: {start: one, middle: two, end: three}
    lines: [Hello there, {by: ann, say: Hm, emotion: sad, pause: 1s, file: s/hm.wav}]
    sounds: [{effect: wind, level: -22 dB}, {file: s/b.wav, at: 2s, length: 3s}]
    transition: crossfade 0.8s
    focus: [0.5, 0.5]
    reframe: crop
    post: {grade: warm, denoise: light, stabilise: true, interpolate: 48, upscale: 2x}
    model: {steps: 30}
    take: 2
  - id: second
    keyframes: [{picture: p/a.png, at: start}, {picture: p/b.png, at: 50%}]
    length: 8 beats
  - id: third
    clip: {file: f/x.mov, from: 1s}
    length: clip
"""

MUTATIONS: list[tuple[str, str]] = [
    # the top
    ("workprint: 1", "workprint: 2"),
    ("workprint: 1", "workprint: one"),
    ("workprint: 1", "workprint: 1.0"),
    ("workprint: 1", "workprint: -1"),
    ("workprint: 1", "workprint: true"),
    ("workprint: 1", "workprint: {a: 1}"),
    ("workprint: 1\n", ""),
    ("workprint: 1", "Workprint: 1"),
    ("workprint: 1", "workprint: 99999999999999999999999"),
    ("title: A film\n", ""),
    ("title: A film", "title:"),
    ("title: A film", "title: ~"),
    ("title: A film", "title: ''"),
    ("title: A film", "title: '   '"),
    ("title: A film", "title: [A, film]"),
    ("title: A film", "title: {A: film}"),
    ("title: A film", "title: true"),
    ("title: A film", "title: A film: the sequel"),
    ("title: A film", "title: 'A film"),
    ("title: A film", "title: A film\ntitle: Another"),
    ("title: A film", "title: " + "x" * 300),
    ("title: A film", "title: !!binary abcd"),
    ("title: A film", "title: &t *t"),
    ("title: A film", "title: *t"),
    ("title: A film", "titel: A film"),
    ("title: A film", "\ttitle: A film"),
    ("title: A film", "title: A film\n  subtitle: x"),
    ("title: A film", "title: `A film`"),
    ("title: A film", "title: @A film"),
    ("title: A film", "title: %A film"),
    ("title: A film", 'title: "\\u202eA film"'),
    ("title: A film", 'title: "\\x07"'),
    ("title: A film", 'title: "\\q"'),
    ("title: A film", "title: A\u2067film"),
    ("title: A film", "title: A\x1bfilm"),
    ("title: A film", "title: A film\n---\ntitle: B"),
    ("title: A film", "title: A film\n..."),
    ("title: A film", "title: A film\n? [a, b]\n: c"),
    ("title: A film", "title: A film\n<<: 5"),
    ("title: A film", "title: A film\n<<: *nothing"),
    ("author: Somebody", "author: [a]"),
    ("author: Somebody", "auther: Somebody"),
    ("credits: [Music by nobody]", "credits: Music by nobody"),
    ("credits: [Music by nobody]", "credits: [[a]]"),
    ("credits: [Music by nobody]", "credits: [~]"),
    ("language: en", "language: english please"),
    ("language: en", "language: [en]"),
    ("language: en", "language: ../en"),
    ("fps: 24", "fps: 0"),
    ("fps: 24", "fps: -24"),
    ("fps: 24", "fps: 1000"),
    ("fps: 24", "fps: .nan"),
    ("fps: 24", "fps: .inf"),
    ("fps: 24", "fps: 24/0"),
    ("fps: 24", "fps: film"),
    ("fps: 24", "fps: [24]"),
    ("fps: 24", "fps: true"),
    ("fps: 24", "fps: 1e3"),
    ("resolution: 720p", "resolution: 720"),
    ("resolution: 720p", "resolution: 1280x720"),
    ("resolution: 720p", "resolution: 721p"),
    ("resolution: 720p", "resolution: 99999p"),
    ("resolution: 720p", "resolution: HD"),
    ("cuts: [16:9, 9:16]", "cuts: 16:9"),
    ("cuts: [16:9, 9:16]", "cuts: []"),
    ("cuts: [16:9, 9:16]", "cuts: [16:0]"),
    ("cuts: [16:9, 9:16]", "cuts: [wide]"),
    ("cuts: [16:9, 9:16]", "cuts: [100:1]"),
    ("cuts: [16:9, 9:16]", "cuts: [[16, 9]]"),
    ("style: papercut", "style: papercutt"),
    ("style: papercut", "style: the matrix"),
    ("style: papercut", "style: [papercut]"),
    ("style: papercut", "style: аквариль"),
    ("backend: animatic", "backend: [animatic]"),
    ("backend: animatic", "backend: ../../evil"),
    ("backend: animatic", "backend: $(touch x)"),
    ("backend: animatic", "backend: 'a; rm -rf /'"),
    ("seed: 7", "seed: -7"),
    ("seed: 7", "seed: 7.5"),
    ("seed: 7", "seed: lucky"),
    ("seed: 7", "seed: 99999999999"),
    ("seed: 7", "seed: 9999999999999999999999999"),
    ("seed: 7", "seed: true"),
    ("captions: file", "captions: sometimes"),
    ("captions: file", "captions: true"),
    ("captions: file", "captions: {file: x}"),
    ("loudness: -14 LUFS", "loudness: -14"),
    ("loudness: -14 LUFS", "loudness: -14 dB"),
    ("loudness: -14 LUFS", "loudness: 14 LUFS"),
    ("loudness: -14 LUFS", "loudness: very"),
    ("opening: fade black 1s", "opening: wipe left"),
    ("opening: fade black 1s", "opening: fade mauve"),
    ("opening: fade black 1s", "opening: fade black 1"),
    ("opening: fade black 1s", "opening: fade black 9s"),
    # people
    ("  ann: {name: Ann,", "  ann: {nome: Ann,"),
    ("  ann: {name: Ann,", "  ann: {name: [Ann],"),
    ("  ann: {name: Ann,", "  'a nn': {name: Ann,"),
    ("  ann: {name: Ann,", "  ../ann: {name: Ann,"),
    ("  ann: {name: Ann,", "  'ann\\b': {name: Ann,"),
    ("  ann: {name: Ann,", "  con: {name: Ann,"),
    ("  ann: {name: Ann,", "  LPT1: {name: Ann,"),
    ("  ann: {name: Ann,", "  ANN: {name: Ann,"),
    ("  ann: {name: Ann,", "  BOB: {name: Ann,"),
    ("  ann: {name: Ann,", "  narrator: {name: Ann,"),
    ("  ann: {name: Ann,", "  -ann: {name: Ann,"),
    ("  ann: {name: Ann,", f"  {'a' * 65}: {{name: Ann,"),
    ("  ann: {name: Ann,", '  "an\\u202en": {name: Ann,'),
    ("  ann: {name: Ann,", "  [ann]: {name: Ann,"),
    ("voice: {name: en/emma, speed: 1.0}", "voice: {name: en/emma, speed: 9}"),
    ("voice: {name: en/emma, speed: 1.0}", "voice: {name: en/emma, speed: .nan}"),
    ("voice: {name: en/emma, speed: 1.0}", "voice: {name: en/emma, speed: fast}"),
    ("voice: {name: en/emma, speed: 1.0}", "voice: {name: en/emma, pitch: 99}"),
    ("voice: {name: en/emma, speed: 1.0}", "voice: {nam: en/emma}"),
    ("voice: {name: en/emma, speed: 1.0}", "voice: [en/emma]"),
    ("voice: {name: en/emma, speed: 1.0}", "voice: ../../emma"),
    ("voice: {name: en/emma, speed: 1.0}", "voice: '(system \"x\")'"),
    ("references: [p/a.png]", "references: [../a.png]"),
    ("references: [p/a.png]", "references: p/a.png"),
    ("references: [p/a.png]", "references: [https://example.com/a.png]"),
    ("  bob: {role: knight, voice: en/george}", "  bob: knight"),
    ("  bob: {role: knight, voice: en/george}", "  bob: [knight]"),
    ("  bob: {role: knight, voice: en/george}", "  bob:"),
    ("  bob: {role: knight, voice: en/george}", "  bob: {role: {a: b}}"),
    ("narrator: {voice: en/heart}", "narrator: {voice: [x]}"),
    ("narrator: {voice: en/heart}", "narrator: {age: 5}"),
    ("score: {prompt: hopeful, mood: wonder,", "score: {prompt: hopeful, mood: wonderr,"),
    ("tempo: 84", "tempo: 8400"),
    ("tempo: 84", "tempo: fast"),
    ("tempo: 84", "tempo: 84.5"),
    ("key: D minor", "key: H minor"),
    ("key: D minor", "key: 5"),
    ("level: -3 dB}\nscenes", "level: -3}\nscenes"),
    ("score: {prompt", "score: {promt"),
    ("score: {prompt: hopeful, mood: wonder, tempo: 84, key: D minor, level: -3 dB}", "score: ../m.mp3"),
    ("score: {prompt: hopeful, mood: wonder, tempo: 84, key: D minor, level: -3 dB}", "score: [m.mp3]"),
    ("score: {prompt: hopeful, mood: wonder, tempo: 84, key: D minor, level: -3 dB}", "score: none"),
    # scenes
    ("scenes:\n", "scene:\n"),
    ("  - id: first\n", "  - "),
    ("id: first", "id:"),
    ("id: first", "id: second"),
    ("id: first", "id: Second"),
    ("id: first", "id: a b"),
    ("id: first", "id: a/b"),
    ("id: first", "id: .."),
    ("id: first", "id: ''"),
    ("id: first", "id: [first]"),
    ("id: first", "id: true"),
    ("id: first", "id: nul"),
    ("id: first", "id: a\u200bb"),
    ("id: first", 'id: "a\\0b"'),
    ("id: first", "id: " + "я" * 65),
    ("length: 9s", "length: 9"),
    ("length: 9s", "length: 0s"),
    ("length: 9s", "length: -9s"),
    ("length: 9s", "length: 1ms"),
    ("length: 9s", "length: 30h"),
    ("length: 9s", "length: long"),
    ("length: 9s", "length: clip"),
    ("length: 9s", "length: [9s]"),
    ("length: 9s", "length: {seconds: 9}"),
    ("length: 9s", "length: 1:75"),
    ("length: 9s", "length: 0 beats"),
    ("length: 9s", "length: 0.5s"),
    ("length: 8 beats", "length: voice"),
    ("place: forest", "place: [forest]"),
    ("place: forest", "place: {name: forest}"),
    ("place: forest", "palce: forest"),
    ("time: dawn", "time: 12:00"),
    ("time: dawn", "time: dwan"),
    ("time: dawn", "time: 5"),
    ("weather: fog", "weather: frogs"),
    ("shot: wide", "shot: wid"),
    ("shot: wide", "shot: [wide, medium]"),
    ("camera: dolly in", "camera: doly in"),
    ("camera: dolly in", "camera: панарама влево"),
    ("camera: dolly in", "camera: {move: in}"),
    ("style: noir", "style: noirr"),
    ("prompt: A path", "prompt: [A path]"),
    ("prompt: A path", "prompt: A path: to nowhere"),
    ("prompt: A path", "prompt: " + "x" * 6000),
    ("prompt: A path", "prompt: |\n    A path\n   outside"),
    ("text: Chapter one", "text: {one: two}"),
    ("who: ann,", "who: anne,"),
    ("who: ann,", "who: bob,"),
    ("who: ann,", "who: narrator,"),
    ("who: ann,", "who: [ann],"),
    ("who: ann, ", ""),
    ("who: ann,", "name: ann,"),
    ("action: walk", "action: moonwalkk"),
    ("emotion: happy", "emotion: hapy"),
    ("at: left", "at: lefft"),
    ("facing: right", "facing: north"),
    ("wears: hat", "wears: [hat]"),
    (", bob]", ", bob, bob]"),
    (", bob]", ", zed]"),
    (", bob]", ", 5]"),
    (", bob]", ", [bob]]"),
    (", bob]", ", ~]"),
    ("moments: {start: one", "moments: {begin: one"),
    ("moments: {start: one, middle: two, end: three}", "moments: [one, two, three]"),
    ("moments: {start: one, middle: two, end: three}", "moments: one"),
    ("lines: [Hello there, ", "lines: [[Hello there], "),
    ("lines: [Hello there, ", "lines: ['', "),
    ("lines: [Hello there, ", "lines: [true, "),
    ("lines: [Hello there, ", "lines: [{by: ann}, "),
    ("by: ann", "by: Ann"),
    ("say: Hm", "sai: Hm"),
    ("say: Hm", "say: {a: b}"),
    ("emotion: sad", "emotion: sadd"),
    ("pause: 1s", "pause: 1"),
    ("pause: 1s", "pause: -1s"),
    ("file: s/hm.wav", "file: /etc/passwd"),
    ("file: s/hm.wav", "file: s\\hm.wav"),
    ("file: s/hm.wav", "file: file:///s/hm.wav"),
    ("effect: wind,", "effect: wint,"),
    ("effect: wind,", "effect: wind, file: a.wav,"),
    ("effect: wind, ", ""),
    ("level: -22 dB", "level: -22"),
    ("level: -22 dB", "level: 99 dB"),
    ("file: s/b.wav", "file: C:\\b.wav"),
    ("file: s/b.wav", "file: 's/b?.wav'"),
    ("file: s/b.wav", "file: s//b.wav"),
    ("file: s/b.wav", "file: ./b.wav"),
    ("file: s/b.wav", "file: ~/b.wav"),
    ("file: s/b.wav", "file: s/../../b.wav"),
    ("file: s/b.wav", "file: aux.wav"),
    ("at: 2s", "at: 2"),
    ("at: 2s", "at: later"),
    ("transition: crossfade 0.8s", "transition: crosfade 0.8s"),
    ("transition: crossfade 0.8s", "transition: crossfade 0.8"),
    ("transition: crossfade 0.8s", "transition: crossfade 30s"),
    ("transition: crossfade 0.8s", "transition: crossfade 0s"),
    ("transition: crossfade 0.8s", "transition: cut 1s"),
    ("transition: crossfade 0.8s", "transition: wipe diagonal"),
    ("transition: crossfade 0.8s", "transition: {kind: crossfade}"),
    ("transition: crossfade 0.8s", "transition: наплыф 1с"),
    ("focus: [0.5, 0.5]", "focus: [0.5]"),
    ("focus: [0.5, 0.5]", "focus: [0.5, 1.5]"),
    ("focus: [0.5, 0.5]", "focus: [left, top]"),
    ("focus: [0.5, 0.5]", "focus: center"),
    ("focus: [0.5, 0.5]", "focus: [.nan, 0.5]"),
    ("reframe: crop", "reframe: stretch"),
    ("grade: warm", "grade: hot"),
    ("denoise: light", "denoise: 5"),
    ("stabilise: true", "stabilise: yes"),
    ("interpolate: 48", "interpolate: 4800"),
    ("upscale: 2x", "upscale: 16x"),
    ("upscale: 2x", "upscale: big"),
    ("model: {steps: 30}", "model: {steps: [30]}"),
    ("model: {steps: 30}", "model: {steps: {a: 1}}"),
    ("model: {steps: 30}", "model: fast"),
    ("model: {steps: 30}", "model: {'a b;c': 1}"),
    ("take: 2", "take: 0"),
    ("take: 2", "take: best"),
    ("picture: p/a.png", "picture: ../a.png"),
    ("picture: p/a.png, ", ""),
    ("at: start}", "at: 150%}"),
    ("at: start}", "at: beginning}"),
    ("keyframes: [{picture: p/a.png, at: start}, {picture: p/b.png, at: 50%}]", "keyframes: []"),
    ("keyframes: [{picture: p/a.png, at: start}, {picture: p/b.png, at: 50%}]", "keyframes: p/a.png"),
    ("clip: {file: f/x.mov, from: 1s}", "clip: {file: f/x.mov, form: 1s}"),
    ("clip: {file: f/x.mov, from: 1s}", "clip: {from: 1s}"),
    ("clip: {file: f/x.mov, from: 1s}", "clip: [f/x.mov]"),
    ("clip: {file: f/x.mov, from: 1s}", "clip: http://example.com/x.mov"),
    ("clip: {file: f/x.mov, from: 1s}", "clip: x.mov\n    keyframes: [a.png]"),
    ("clip: {file: f/x.mov, from: 1s}\n", ""),
    ("    length: clip\n", "    length: clip\n  - just text\n"),
    ("    length: clip\n", "    length: clip\n  - {id: fourth}\n"),
    ("    length: clip\n", "    length: clip\norder: [first, second, third]\n"),
    ("    length: clip\n", "    length: clip\n  bad indentation\n"),
]

STANDALONE: dict[str, str | bytes] = {
    "nothing": b"",
    "spaces": "   \n\n",
    "a number": "5",
    "a text": "Once upon a time",
    "a list": "- workprint: 1",
    "an empty mapping": "{}",
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "nested keys": "{a: " * 50_000,
    "nested items": "- " * 50_000,
    "deep indentation": "\n".join(" " * n + "a:" for n in range(2_000)),
    "five megabytes": b"x: " + b"y" * 5_000_000,
    "many anchors": "\n".join(f"a{n}: &a{n} 1" for n in range(60_000)),
    "many keys": "\n".join(f"k{n}: 1" for n in range(30_000)),
    "quoted forever": '"' + "\\" * 1001,
    "only tags": "!!a !!b !!c",
    "a directive": "%TAG ! tag:evil,2000:\n---\n!x y",
    "lone surrogate": "a: \ud800",
    "nul bytes": b"\0" * 1000,
    "a wrong byte": b"workprint: 1\ntitle: \xc3\x28\n",
    "utf-32": "workprint: 1".encode("utf-32"),
    "html": "<html><body>404</body></html>",
    "scene pattern outside": "workprint: 1\ntitle: A\nscenes: ../../*.yaml",
    "scene pattern absolute": "workprint: 1\ntitle: A\nscenes: /etc/*.yaml",
    "scene pattern nothing": "workprint: 1\ntitle: A\nscenes: scenes/*.yaml",
    "scenes are a mapping": "workprint: 1\ntitle: A\nscenes: {a: 1}",
    "scenes are empty": "workprint: 1\ntitle: A\nscenes: []",
    "scenes are numbers": "workprint: 1\ntitle: A\nscenes: [1, 2]",
    "scenes in scenes": "workprint: 1\ntitle: A\nscenes: [[{id: a, prompt: x}]]",
}


def judge(found: Reading) -> None:
    """Check what must hold of any refusal: no film, known codes, sane places, words."""
    assert found.film is None
    assert found.errors
    for one in found.diagnostics:
        assert one.code in CODES
        assert one.message
        assert "Input should" not in one.message
        assert (one.line > 0 and one.column > 0) or (one.line == 0 and one.column == 0)
        assert one.code.startswith("W") is (one.severity is Severity.WARNING)
        assert len(str(one)) < 2_500


def test_the_sound_storyboard_is_sound() -> None:
    """What the mutations start from is read without a word."""
    assert read(SOUND, "storyboard.yaml").diagnostics == ()
    assert len(MUTATIONS) >= 200


@pytest.mark.parametrize(("old", "new"), MUTATIONS, ids=range(len(MUTATIONS)))
def test_each_mutation_is_refused(old: str, new: str) -> None:
    """One mistake in a sound storyboard is answered with at least one error at the right lines."""
    assert old in SOUND
    judge(read(SOUND.replace(old, new, 1), "storyboard.yaml"))


@pytest.mark.parametrize("name", STANDALONE)
def test_what_was_never_a_storyboard_is_refused(name: str) -> None:
    """Files of other kinds and hostile files are answered alike."""
    judge(read(STANDALONE[name], "storyboard.yaml"))


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "malformed").iterdir()), ids=lambda path: path.name)
def test_malformed_files_are_refused(path: Path) -> None:
    """Files as they lie on a disk are answered alike."""
    judge(read(path.read_bytes(), path.name))


ALPHABET = "abkщ:-[]{}&*!|>'\"%@`#?,. \n\t0159~<\\\u202e\x00\ud800\ufeffé"
LINES = "workprint: 1\n|title: x\n|scenes:\n|  - id: a\n|    prompt: x\n|characters: {a: {}}\n|order: [a]\n|\n"
FRAGMENTS = "    cast: |[a]|&a |*a|<<: |!!str |- |? |{|}|[|]|    lines: [|x: "
PIECES = st.sampled_from([*LINES.split("|"), *FRAGMENTS.split("|")])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(ALPHABET, max_size=200), st.binary(max_size=200), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_is_a_film_or_is_refused(text: str | bytes) -> None:
    """Whatever is typed, reading ends with a film or with errors, and never with an exception."""
    found = read(text, "storyboard.yaml", {"scenes/a.yaml": text if isinstance(text, bytes) else b"id: a\nprompt: x\n"})
    assert wants(text) == "" or "*" in wants(text)
    if found.film is None:
        judge(found)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_sound_storyboard_with_damage_is_a_film_or_is_refused(data: st.DataObject) -> None:
    """Cutting, doubling and overwriting parts of a sound storyboard never makes reading fail."""
    first = data.draw(st.integers(0, len(SOUND)))
    last = data.draw(st.integers(first, min(len(SOUND), first + 60)))
    damage = data.draw(st.text(ALPHABET, max_size=10))
    found = read(SOUND[:first] + damage + SOUND[last:], "storyboard.yaml")
    if found.film is None:
        judge(found)
