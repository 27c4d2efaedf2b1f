"""A storyboard that uses everything, and who makes it, without any engine or service of this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from audio.casting.choice import Cast, Casting
from audio.voice import VoiceInfo
from render.makers import Maker
from render.provenance.used import Told
from scenes.hosted.clips import HostedClips
from storyboard.film import Film
from storyboard.load import read

EVERYTHING = """\
workprint: 1
title: {title}
author: Ida Brook
language: {language}
credits: ["Story after A. Writer, CC BY 4.0"]
captions: burned
provenance: no training
characters:
  mira: {{name: Mira, role: heroine}}
  guru: {{name: Guru, role: old man}}
score: {{mood: calm}}
scenes:
  - id: wood
    place: forest
    prompt: A path.
    reframe: track
    text: The wood
    lines: [{{by: mira, say: Here we are.}}, {{say: Once upon a time.}}]
    sounds: [{{effect: wind}}, {{file: sounds/knock.wav}}]
  - id: ship
    backend: runway
    prompt: A ship.
    lines: [{{by: guru, say: Look., file: sounds/guru.wav}}]
  - id: dream
    backend: wan
    prompt: A dream.
    post: {{interpolate: rife, upscale: 2}}
    model: {{repo: Wan-AI/Wan2.2-TI2V-5B-Diffusers}}
  - id: sea
    clip: footage/sea.mp4
  - id: faces
    keyframes: [pictures/a.png, pictures/b.png]
  - id: ending
    place: forest
    text: {{credits: auto}}
"""


@dataclass(frozen=True)
class Whole:
    """A film, its casting and what makes its scenes."""

    film: Film
    casting: Casting
    makers: dict[str, Maker]


def everything(language: str = "en", title: str = "The Lantern") -> Whole:
    """The film that uses everything, in a language."""
    text = EVERYTHING.format(language=language, title=title)
    film = read(text.encode(), "storyboard.yaml").film
    assert film is not None
    voices = {
        "mira": _cast("kokoro", "en/emma", "Apache-2.0"),
        "narrator": _cast("piper", "en/amy", ""),
        "guru": _cast("kokoro", "en/adam", "Apache-2.0"),
    }
    makers = {scene.id: Maker("animatic", "") for scene in film.scenes}
    makers["ship"] = Maker("runway", "", generated=True, shop=cast(HostedClips, object()))
    makers["dream"] = Maker("wan", "", generated=True)
    makers["sea"], makers["faces"] = Maker("footage", ""), Maker("pictures", "")
    return Whole(film, Casting(voices, (), ()), makers)


def _cast(engine: str, name: str, licence: str) -> Cast:
    info = VoiceInfo(name, name, engine, "en", "female", licence=licence)
    return Cast(engine, name, "en", 1.0, 0.0, info)


RECEIPTS = Told(
    takes={
        "dream": {"model": "Wan-AI/Wan2.2-TI2V-5B-Diffusers@abc1234", "licence": "Apache-2.0 (commercial use allowed)"},
        "ship": {"model": "runway gen4.5", "licence": "the service's own terms"},
    },
    voices={"wood/narrator-1": {"model": "voices/amy.onnx", "licence": "CC-BY-4.0"}},
    score={"licence": "composed here, free to use; sounds: tono-py: MIT, tones of the house: free to use"},
)
"""What receipts say of it."""
