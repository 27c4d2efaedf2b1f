"""Stable Audio through diffusers: Stable Audio Open and Stable Audio 3, whichever the model's folder holds.

Knows neither scenes nor the film.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audio.music.modelled_score import ModelledScore, Player, Tick
from audio.music.models import dice, number, pipeline, plain
from audio.score import ComposeRequest
from audio.voice import RATE, Samples
from projects.weights import LocalModel, ModelMissing, Setting, Weights
from storyboard.errors import RenderError

THIRD = "StableAudio3Pipeline"
LONGEST = 120.0
"""Seconds that the small models of Stable Audio 3 play at once; larger ones play more where `longest` says so."""

_AVOID = "low quality, distorted, vocals, speech"


@dataclass
class OpenPlayer(Player):
    """Stable Audio Open: always plays its whole window and is cut to what was asked."""

    pipe: Any
    steps: int
    guidance: float
    negative: str

    def __post_init__(self) -> None:
        """Reads from the model how much it plays at once."""
        vae = self.pipe.vae
        frames = int(self.pipe.transformer.config.sample_size)
        self.longest = int(frames * vae.hop_length / vae.config.sampling_rate * RATE)

    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """The piece at the model's own rate, (n, 2)."""
        made = self.pipe(
            words,
            negative_prompt=self.negative,
            audio_end_in_s=seconds,
            num_inference_steps=self.steps,
            guidance_scale=self.guidance,
            generator=dice(seed),
            callback=lambda step, *_: tick((step + 1) / self.steps),
        )
        return plain(made.audios[0]), int(self.pipe.vae.config.sampling_rate)


@dataclass
class ThirdPlayer(Player):
    """Stable Audio 3: plays as long as it is asked to; distilled models need no guidance."""

    pipe: Any
    steps: int
    guidance: float
    negative: str
    longest: int = round(LONGEST * RATE)

    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """The piece at the model's own rate, (n, 2)."""

        def after(_: Any, step: int, __: Any, kept: dict[str, Any]) -> dict[str, Any]:
            tick((step + 1) / self.steps)
            return kept

        made = self.pipe(
            words,
            duration=seconds,
            negative_prompt=self.negative if self.guidance > 1.0 else None,
            num_inference_steps=self.steps,
            guidance_scale=self.guidance,
            generator=dice(seed),
            callback_on_step_end=after,
        )
        return plain(made.audios[0]), int(self.pipe.vae.config.sampling_rate)


class StableAudio(ModelledScore):
    """Scores by Stable Audio, in pieces that are joined at bars."""

    name = "stable-audio"
    settings: Mapping[str, type] = {"steps": int, "guidance": float, "negative": str, "longest": float}
    weights = Weights("stabilityai/stable-audio-open-1.0", size="5 GB", licence="Stability AI Community License")

    def load(self, place: LocalModel, asked: Mapping[str, Setting], request: ComposeRequest) -> Player:
        """The pipeline of a folder, of the kind that it says it is."""
        del request
        import diffusers

        kind = _kind(place)
        if not hasattr(diffusers, kind):
            raise RenderError(
                f"{place.repo} needs {kind}, which the installed diffusers has not", "pip install -U diffusers"
            )
        third = kind == THIRD
        pipe = pipeline(getattr(diffusers, kind), place, asked)
        steps = round(number(asked, "steps", 8 if third else 100, 1, 500))
        guidance = number(asked, "guidance", 1.0 if third else 7.0, 1.0, 20.0)
        negative = str(asked.get("negative", _AVOID))
        if third:
            longest = number(asked, "longest", LONGEST, 15.0, 380.0)
            return ThirdPlayer(pipe, steps, guidance, negative, round(longest * RATE))
        return OpenPlayer(pipe, steps, guidance, negative)


def _kind(place: LocalModel) -> str:
    """The pipeline that a folder's index names; ModelMissing where it is none of these."""
    try:
        named = json.loads((place.path / "model_index.json").read_text("utf-8"))["_class_name"]
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise ModelMissing(
            f"{place.repo} has no model_index.json", "fetch a model in the form of diffusers, with all its folders"
        ) from reason
    if named not in ("StableAudioPipeline", THIRD):
        raise ModelMissing(f"{place.repo} is a {named}, not a Stable Audio model", "name another folder or backend")
    return str(named)
