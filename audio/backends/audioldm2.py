"""AudioLDM 2 through diffusers: short pieces of music from words at 16 kHz, joined.

Knows neither scenes nor the film.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audio.music.modelled_score import ModelledScore, Player, Tick
from audio.music.models import dice, number, pipeline, plain
from audio.score import ComposeRequest
from audio.voice import RATE, Samples
from projects.weights import LocalModel, Setting, Weights

LONGEST = 24.0
"""Seconds that are asked of it at once: it was taught ten, and wanders when asked for much more."""

_AVOID = "low quality, average quality, vocals"


@dataclass
class AudioLdm2Player(Player):
    """The pipeline and how it is asked."""

    pipe: Any
    steps: int
    guidance: float
    negative: str
    longest: int

    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """The piece at the model's own rate, (n, 1)."""
        made = self.pipe(
            words,
            negative_prompt=self.negative,
            audio_length_in_s=seconds,
            num_inference_steps=self.steps,
            guidance_scale=self.guidance,
            generator=dice(seed),
            callback=lambda step, *_: tick((step + 1) / self.steps),
            output_type="pt",
        )
        return plain(made.audios[0]), int(self.pipe.vocoder.config.sampling_rate)


class AudioLdm2(ModelledScore):
    """Scores by AudioLDM 2; its published weights are for non-commercial use."""

    name = "audioldm2"
    settings: Mapping[str, type] = {"steps": int, "guidance": float, "negative": str, "longest": float}
    weights = Weights("cvssp/audioldm2-music", size="4.5 GB", licence="CC-BY-NC-SA-4.0")

    def load(self, place: LocalModel, asked: Mapping[str, Setting], request: ComposeRequest) -> AudioLdm2Player:
        """The pipeline of a folder."""
        del request
        from diffusers import AudioLDM2Pipeline

        pipe = pipeline(AudioLDM2Pipeline, place, asked)
        _let_generate(pipe)
        return AudioLdm2Player(
            pipe,
            round(number(asked, "steps", 200, 1, 1000)),
            number(asked, "guidance", 3.5, 1.0, 20.0),
            str(asked.get("negative", _AVOID)),
            round(number(asked, "longest", LONGEST, 14.0, 60.0) * RATE),
        )


def _let_generate(pipe: Any) -> None:
    """Puts the language model of published weights under the head that newer libraries expect it to have.

    They were saved as a bare GPT-2, which has since lost what the pipeline calls; only its hidden states are used.
    """
    import transformers

    bare = pipe.language_model
    if isinstance(bare, transformers.GPT2Model):
        headed: Any = transformers.GPT2LMHeadModel(bare.config)
        headed.transformer = bare
        pipe.language_model = headed.to(device=bare.device, dtype=bare.dtype).eval()
