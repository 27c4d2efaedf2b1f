"""The prompt that a model gets for a scene: the author's prose, everybody's fixed traits, and the craft words.

A budget bounds its length; what does not fit is dropped in a fixed order and named. Knows no model.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from storyboard.film import Film, Moments, Part, Scene

STYLE_WORDS: Mapping[str, str] = {
    "papercut": "layered paper-cut illustration, soft shadows between sheets of paper",
    "silhouette": "black silhouettes against a luminous background, shadow theatre",
    "flat": "flat vector illustration, clean shapes",
    "watercolour": "watercolour painting on rough paper, soft washes",
    "noir": "black-and-white film noir, hard light, deep shadows",
    "cyberpunk": "cyberpunk, neon light, wet reflections",
    "storybook": "picture-book illustration, warm and hand-painted",
    "cinematic": "cinematic film still, natural light, shallow depth of field",
}
"""What each style is called in a prompt."""

CAMERA_WORDS: Mapping[str, str] = {
    "static": "static camera",
    "fly over": "aerial shot flying over",
    "handheld": "handheld camera",
    "orbit": "camera orbiting the subject",
    "reveal": "slow camera reveal",
    "tracking": "camera tracking the subject",
    "rack focus": "rack focus",
}
"""Camera moves whose prompt words are not simply `slow <move>`."""

ACTION_WORDS: Mapping[str, str] = {
    "stand": "standing",
    "walk": "walking",
    "run": "running",
    "sit": "sitting",
    "kneel": "kneeling",
    "talk": "talking",
    "listen": "listening",
    "wave": "waving",
    "point": "pointing",
    "raise": "raising the arms",
    "carry": "carrying something",
    "hold light": "holding up a light",
    "look up": "looking up",
    "turn": "turning around",
    "enter": "entering",
    "exit": "leaving",
    "fall": "falling",
    "hug": "embracing",
}
"""What each action is called in a prompt."""

EMOTION_WORDS: Mapping[str, str] = {"wonder": "full of wonder"}
"""Emotions whose prompt words are not the canonical ones."""

DROP_ORDER = ("moment: middle", "moment: start", "moment: end", "camera", "weather", "time", "wears", "shot", "place")
"""What is left out first, second ... when a prompt is too long; the prose, the looks and the style stay."""

BUDGET = 220
"""Estimated tokens of a prompt where no model says what it reads."""

_NONE: Mapping[str, str] = MappingProxyType({})

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it is sent, what a model must leave out, and the names of what the budget left no room for."""

    text: str
    negative: str
    dropped: tuple[str, ...] = ()


def tokens(text: str) -> int:
    """Estimate how many tokens a text encoder makes of a text: 4 letters each, 2 in other alphabets than Latin."""
    return sum(
        math.ceil(len(piece) / (6 if piece.isascii() else 2.5)) if piece[0].isalnum() else 1
        for piece in _WORD.findall(text)
    )


def compose(scene: Scene, film: Film, budget: int = BUDGET, triggers: Mapping[str, str] = _NONE) -> Prompt:
    """Return the prompt of a scene within `budget` estimated tokens.

    `triggers` are words that a model was taught for somebody, by character id; they stand before the looks.

    Parts are dropped in `DROP_ORDER`; should the rest still be too long, words are taken from the end of the prose,
    and `dropped` says how many.
    """
    parts = _parts(scene, film, triggers)
    dropped: list[str] = []
    for name in DROP_ORDER:
        if tokens(_join(parts)) <= budget:
            break
        for key in [key for key in parts if key == name or key.startswith(f"{name} of ")]:
            dropped.append(key)
            del parts[key]
    prose = parts.get("prompt", "").split()
    cut = 0
    while prose and tokens(_join(parts)) > budget:
        prose.pop()
        cut += 1
        parts["prompt"] = " ".join(prose)
    if cut:
        dropped.append(f"the last {cut} words of the prompt")
    return Prompt(_join(parts), scene.negative, tuple(dropped))


def schedule(
    scene: Scene, film: Film, budget: int = BUDGET, triggers: Mapping[str, str] = _NONE
) -> tuple[tuple[Fraction, str], ...]:
    """The prompt of each written moment at its place in 0..1: all of the scene's but the other moments.

    Empty where fewer than two moments are written: one prompt then says all.
    """
    moments = scene.moments
    each = (
        (Fraction(0), Moments(start=moments.start)),
        (Fraction(1, 2), Moments(middle=moments.middle)),
        (Fraction(1), Moments(end=moments.end)),
    )
    written = [(place, one) for place, one in each if one != Moments()]
    if len(written) < 2:
        return ()
    return tuple((place, compose(replace(scene, moments=one), film, budget, triggers).text) for place, one in written)


def _join(parts: Mapping[str, str]) -> str:
    return " ".join(f"{text.strip().rstrip('.;,')}." for text in parts.values() if text.strip(" .;,"))


def _parts(scene: Scene, film: Film, triggers: Mapping[str, str]) -> dict[str, str]:
    """The parts of a prompt by name, in the order in which they are written."""
    parts = {"shot": _shot(scene), "prompt": scene.prompt}
    for part in scene.cast:
        parts[f"looks of {part.character.id}"] = _person(part, triggers.get(part.character.id, ""))
        if part.character.wears:
            parts[f"wears of {part.character.id}"] = f"{part.character.name} wears {part.character.wears}"
    if scene.place:
        parts["place"] = f"Place: {scene.place}"
    parts["time"] = f"Time of day: {scene.time}"
    if scene.weather != "clear":
        parts["weather"] = f"Weather: {scene.weather}"
    moments = scene.moments
    for name, words, text in (
        ("moment: start", "At first", moments.start),
        ("moment: middle", "Then", moments.middle),
        ("moment: end", "Finally", moments.end),
    ):
        if text:
            parts[name] = f"{words} {text}"
    parts["camera"] = CAMERA_WORDS.get(scene.camera, f"slow {scene.camera}").capitalize()
    drawn = "" if scene.look.alone else STYLE_WORDS.get(scene.style, scene.style)
    parts["style"] = f"Style: {', '.join(words for words in (drawn, scene.look.words) if words)}"
    if film.language.split("-")[0] not in ("en", "ru"):
        parts["language"] = f"Any visible writing is in the language {film.language}"
    return parts


def _shot(scene: Scene) -> str:
    shot = scene.shot if scene.shot.endswith(("-shot", "-up")) else f"{scene.shot} shot"
    return shot.capitalize()


def _person(part: Part, trigger: str) -> str:
    """Name, role and looks, which never change, then what the person does and feels here."""
    person = part.character
    role = person.role_text or person.role
    who = f"{person.name} ({role})" if role and role.lower() != person.name.lower() else person.name
    said = ", ".join(text.rstrip(". ") for text in (trigger, person.looks) if text)
    looks = f": {said};" if said else ""
    feels = "" if part.emotion == "neutral" else f", {EMOTION_WORDS.get(part.emotion, part.emotion)}"
    where = "in the middle" if part.at == "center" else f"on the {part.at}"
    return f"{who}{looks} {where}, {ACTION_WORDS.get(part.action, part.action)}{feels}"
