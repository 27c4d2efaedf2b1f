"""ACE-Step 1.5 through diffusers: music of a given length, tempo and key from words, played without voices.

Knows neither scenes nor the film.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audio.music.modelled_score import ModelledScore, Player, Tick
from audio.music.models import dice, number, pipeline, plain
from audio.music.words import key_name
from audio.score import ComposeRequest
from audio.voice import RATE, Samples
from projects.weights import LocalModel, Setting, Weights

SHORTEST = 10.0
"""Seconds that the model plays at least."""

LONGEST = 240
"""Seconds that are asked of it at once; it can play ten minutes, and needs the more memory for it."""


@dataclass
class AceStepPlayer(Player):
    """The pipeline and what it is told with every piece."""

    pipe: Any
    bpm: int
    key: str
    steps: int
    guidance: float
    shift: float
    lyrics: str
    longest: int = LONGEST * RATE

    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """The piece at the model's own rate, (n, 2)."""

        def after(_: Any, step: int, __: Any, kept: dict[str, Any]) -> dict[str, Any]:
            tick((step + 1) / self.steps)
            return kept

        made = self.pipe(
            prompt=words,
            lyrics=self.lyrics,
            audio_duration=max(SHORTEST, seconds),
            num_inference_steps=self.steps,
            guidance_scale=self.guidance,
            shift=self.shift,
            bpm=self.bpm,
            keyscale=self.key,
            timesignature="4",
            generator=dice(seed),
            callback_on_step_end=after,
        )
        return plain(made.audios[0]), int(self.pipe.sample_rate)


class AceStep(ModelledScore):
    """Scores by ACE-Step 1.5, which is told length, tempo and key as numbers."""

    name = "ace-step"
    settings: Mapping[str, type] = {"steps": int, "guidance": float, "shift": float, "lyrics": str}
    weights = Weights("ACE-Step/acestep-v15-xl-turbo-diffusers")
    keeps_time = True

    def load(self, place: LocalModel, asked: Mapping[str, Setting], request: ComposeRequest) -> AceStepPlayer:
        """The pipeline of a folder."""
        from diffusers import AceStepPipeline

        return AceStepPlayer(
            pipeline(AceStepPipeline, place, asked, "bfloat16"),
            round(request.tempo),
            key_name(request.key),
            round(number(asked, "steps", 8, 1, 200)),
            number(asked, "guidance", 7.0, 0.0, 20.0),
            number(asked, "shift", 3.0, 0.1, 10.0),
            str(asked.get("lyrics", "[inst]")),
        )
