"""Requests for clips as the house puts them to a hosted model, one detail changed at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from projects.weights import Setting
from scenes.backend import ClipRequest
from storyboard.film import Character, Fixed, Keyframe, Moments, Part, Scene, Transition, VoiceChoice


def asked(
    model: Mapping[str, Setting] | None = None,
    *,
    seconds: float = 5,
    size: tuple[int, int] = (1280, 720),
    at: Iterable[float] = (),
    references: int = 0,
    prompt: str = "a wood at dawn",
    negative: str = "",
    seed: int = 7,
    take: int = 1,
    **changes: Any,
) -> ClipRequest:
    """A request of so many seconds at 24 frames a second; `at` are the places of its pictures."""
    frames = tuple(Keyframe(f"{place:g}.png", Fraction(str(place))) for place in at)
    pictures = tuple(f"hero-{number}.png" for number in range(references))
    who = Character("hero", "Hero", "hero", "", "", "", VoiceChoice(""), references=pictures)
    scene = Scene(
        id="wood",
        length=Fixed(Fraction(str(seconds))),
        place="forest",
        time="dawn",
        weather="clear",
        shot="wide",
        camera="static",
        style="cinematic",
        prompt=prompt,
        negative=negative,
        cast=(Part(who, "stand", "neutral", "left"),) if references else (),
        moments=Moments(),
        lines=(),
        sounds=(),
        transition=Transition("cut", Fraction(0)),
        backend="runway",
        keyframes=changes.pop("keyframes", frames),
        model=tuple((model or {}).items()),
        **changes,
    )
    files = {name: Path(name) for name in (*(frame.picture for frame in scene.keyframes), *pictures)}
    count = round(Fraction(str(seconds)) * 24)
    return ClipRequest(scene, prompt, negative, count, Fraction(24), *size, seed, take, files=files)
