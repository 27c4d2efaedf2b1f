"""MusicGen through transformers: music from words, carried on window by window with words that follow the scenes.

Every window hears the end of the one before it. Knows neither scenes nor the film.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio.music.laying import HEADROOM
from audio.music.modelled_score import TAIL, ModelledScore, Player, Tick, ticking
from audio.music.models import device_of, number, plain, precision_of
from audio.music.splices import Piece, gains
from audio.music.words import Stretch, seed_of, stretches
from audio.score import ComposeRequest
from audio.signal import wavefile
from audio.voice import RATE, Samples
from projects.steps import Work
from projects.weights import LocalModel, Setting, Weights, loaded

WINDOW = 30.0
"""Seconds that the model was taught to play; beyond them its music falls apart."""

STRIDE = 18.0
"""Seconds by which a window goes on; the rest of it is what was played before."""

FIRST = 25.0
"""Seconds of the first window: with what is played beyond the film's end it still is a window."""

_BLEND = 0.03
"""Seconds over which a window gives way to the next, which plays its last seconds once more."""


@dataclass
class MusicGenPlayer(Player):
    """The model and its processor. `prompt` is what the next window carries on, (n, channels) at the model's rate."""

    model: Any
    processor: Any
    device: str
    guidance: float
    temperature: float
    top_k: int
    prompt: Samples | None = None
    longest: int = round(WINDOW * RATE)

    @property
    def rate(self) -> int:
        """The model's samples per second."""
        return int(self.model.config.audio_encoder.sampling_rate)

    @property
    def frame(self) -> int:
        """Samples that one step of the model makes."""
        return round(self.rate / float(self.model.config.audio_encoder.frame_rate))

    def play(self, words: str, seconds: float, seed: int, tick: Tick) -> tuple[Samples, int]:
        """The prompt and so many seconds more: what comes back begins with what was played before."""
        import torch

        given: dict[str, Any] = {"text": [words], "padding": True, "return_tensors": "pt"}
        if self.prompt is not None:
            given |= {"audio": self.prompt.T.squeeze(), "sampling_rate": self.rate}
        inputs = self.processor(**given).to(self.device)
        if "input_values" in inputs:
            inputs["input_values"] = inputs["input_values"].to(self.model.dtype)
        # The codebooks of a frame come one step after another: the last frame needs a few steps more.
        steps = -(-round(seconds * self.rate) // self.frame) + int(self.model.config.decoder.num_codebooks)
        done = 0

        def count(*_: Any, **__: Any) -> Any:
            nonlocal done
            done += 1
            tick(min(1.0, done / steps))
            return torch.zeros(1, dtype=torch.bool, device=self.device)

        torch.manual_seed(seed)  # `generate` takes no generator of its own
        with torch.inference_mode():
            wave = self.model.generate(
                **inputs,
                do_sample=True,
                guidance_scale=self.guidance,
                temperature=self.temperature,
                top_k=self.top_k,
                max_new_tokens=steps,
                stopping_criteria=[count],
            )
        return plain(wave), self.rate


class MusicGen(ModelledScore):
    """Scores by MusicGen; its published weights are for non-commercial use."""

    name = "musicgen"
    packages = ("torch", "transformers", "safetensors")
    settings: Mapping[str, type] = {"guidance": float, "temperature": float, "top_k": int}
    weights = Weights(
        "facebook/musicgen-small", size="2.4 GB", licence="CC-BY-NC-4.0", files=("*.json", "*.safetensors", "README.md")
    )

    def load(self, place: LocalModel, asked: Mapping[str, Setting], request: ComposeRequest) -> MusicGenPlayer:
        """The model of a folder, with its processor."""
        del request
        import transformers

        device = device_of(asked)
        made: Any = transformers.MusicgenForConditionalGeneration
        reading: Any = transformers.AutoProcessor
        local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
        weights = {**local, "use_safetensors": True, "dtype": precision_of(asked)}
        processor = loaded("", place, lambda: reading.from_pretrained(str(place.path), **local))
        model = loaded("", place, lambda: made.from_pretrained(str(place.path), **weights))
        return MusicGenPlayer(
            model.to(device).eval(),
            processor,
            device,
            number(asked, "guidance", 3.0, 1.0, 10.0),
            number(asked, "temperature", 1.0, 0.05, 2.0),
            round(number(asked, "top_k", 250, 1, 2048)),
        )

    def played(
        self, place: LocalModel, asked: Mapping[str, Setting], request: ComposeRequest, work: Work, draft: Path
    ) -> tuple[Sequence[Stretch], Sequence[Piece]]:
        """One unbroken piece, window by window."""
        player = self.load(place, asked, request)
        plan = stretches(request, round(STRIDE * RATE), round(FIRST * RATE))
        with wavefile.writing(draft, 2) as sink:
            samples = _carried_on(player, plan, request, work, sink)
        return plan, (Piece(0, 0, samples),)


def _carried_on(
    player: MusicGenPlayer, plan: Sequence[Stretch], request: ComposeRequest, work: Work, sink: wavefile.WaveSink
) -> int:
    """Plays every stretch as the continuation of those before it; how many samples at 48 kHz came of it."""
    import numpy as np
    import soxr

    rate, blend = player.rate, round(_BLEND * player.rate)
    changing = soxr.ResampleStream(rate, RATE, 2, dtype="float32", quality="HQ")
    waiting, played, written = np.zeros((0, 1), np.float32), 0, 0
    for place, stretch in enumerate(plan):
        tick = ticking(work, 0.8 * place / len(plan), 0.8 / len(plan))
        tick(0.0)
        last = place == len(plan) - 1
        due = (stretch.last + (TAIL if last else 0)) / RATE
        before = _prompt(player, waiting, due - played / rate)
        player.prompt = before if len(before) else None
        sound, _ = player.play(stretch.words, due - played / rate, seed_of(request, place), tick)
        fresh = sound[len(before) :]
        played += len(fresh)
        if len(before) >= blend:
            fall, rise = gains(blend, 1.0)
            waiting[-blend:] = (
                waiting[-blend:] * fall[:, None] + sound[len(before) - blend : len(before)] * rise[:, None]
            )
        joined = np.concatenate([waiting, fresh]) if len(waiting) else fresh
        kept = 0 if last else min(len(joined), round(WINDOW * rate))
        ready, waiting = joined[: len(joined) - kept], joined[len(joined) - kept :]
        stereo = np.ascontiguousarray(np.broadcast_to(ready[:, :2], (len(ready), 2)) * np.float32(HEADROOM))
        block = changing.resample_chunk(stereo, last=last)
        sink.write(block)
        written += len(block)
    return written


def _prompt(player: MusicGenPlayer, waiting: Samples, seconds: float) -> Samples:
    """The end of what was played, in whole frames, as long as the window leaves room beside what is to come."""
    room = round((WINDOW - seconds) * player.rate) // player.frame
    frames = max(0, min(room, len(waiting) // player.frame))
    return waiting[len(waiting) - frames * player.frame :]
