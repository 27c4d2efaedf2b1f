"""A family of video models as data: what its architecture allows, as measured, and what it is loaded from.

Read without any heavy import. Knows no scene.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from projects.weights import Setting, Weights

Takes = Literal["prompt", "negative", "start", "end", "keyframes", "references", "lora"]
"""What of a scene a family can honour: words, what to leave out, pictures at the start, at the end and between, the
pictures of its characters, and small weights trained on them."""

_SAME_SHAPE = 0.06
"""Difference of two shapes (natural logarithm of width over height) that a slight crop makes up for."""

Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How the text encoders of a family are run by themselves, so that they are gone before pictures are made."""

    gives: tuple[str, ...]
    """What the pipeline's `encode_prompt` returns, in order, by the names under which the pipeline takes it again."""
    parts: tuple[str, ...] = ("text_encoder", "tokenizer")
    """The components that read words."""


@dataclass(frozen=True, slots=True)
class Count:
    """The numbers of frames that a model makes in one go: `step` times any whole number, plus `offset`."""

    step: int = 1
    offset: int = 0
    least: int = 1
    most: int = 0
    """0 is no limit."""

    def smallest(self, wanted: int) -> int:
        """The smallest allowed count that holds `wanted` frames; it may lie beyond `most`."""
        count = max(wanted, self.least)
        return math.ceil((count - self.offset) / self.step) * self.step + self.offset

    @property
    def longest(self) -> int:
        """The largest allowed count; 0 where there is no limit."""
        return (self.most - self.offset) // self.step * self.step + self.offset if self.most else 0


@dataclass(frozen=True, slots=True)
class Family:
    """One architecture and the weights that it is usually loaded from."""

    title: str
    """What people call it."""
    weights: Mapping[str, Weights]
    """By part: "" is the pipeline; others (`adapter`, `controlnet`) lie in folders of their own."""
    frames: Count
    multiple: int
    """Width and height are multiples of it."""
    sizes: tuple[Size, ...]
    """Sizes that it was trained at."""
    rate: Fraction
    """Frames a second that its motion is meant for."""
    steps: int
    guidance: float
    tokens: int = 0
    """What its text encoder reads of a prompt; 0 where it reads none."""
    takes: frozenset[Takes] = frozenset({"prompt", "negative"})
    packages: tuple[str, ...] = ("torch", "accelerate", "diffusers", "transformers", "safetensors")
    note: str = ""
    """What a person should know before choosing it."""
    settings: Mapping[str, type] = field(default_factory=dict)
    """What may stand under `model:` besides what every family has."""
    reader: Reader | None = None
    """None where the text encoder is small and stays with the rest."""
    optional: frozenset[str] = frozenset()
    """Parts of `weights` that are looked for only where `model:` names them, or the family asks for them."""
    presets: Mapping[str, Mapping[str, Setting]] = field(default_factory=dict)
    """What `preset:` stands for, by name: settings that count where the author wrote none of his own."""
    sounds: bool = False
    """Whether its clips bring sound."""
    distilled: frozenset[str] = frozenset()
    """Presets whose few steps want the small weights that were made for that (the part `lora`)."""
    denoiser: str = "transformer"
    """The component that makes the steps."""
    parted: bool = False
    """Whether words and pictures are separate weights: a scene without a picture cannot go on from its last frame."""
    decodes: int = 0
    """Frames that it has decoded in one go, where it says so."""
    runs_as: str = ""
    """The class that it becomes when it runs, if another than its folder says."""

    def size_for(self, width: int, height: int) -> Size:
        """The trained size nearest in shape to a canvas; among those of much the same shape the one nearest in area."""
        shape, area = math.log(width / height), math.log(width * height)

        def far(size: Size) -> tuple[int, float]:
            return (
                int(abs(math.log(size[0] / size[1]) - shape) / _SAME_SHAPE),
                abs(math.log(size[0] * size[1]) - area),
            )

        return min(self.sizes, key=far)
