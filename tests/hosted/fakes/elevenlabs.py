"""ElevenLabs' language: lines, music and effects that come at once, and a history that remembers what was said."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import soundfile as sf

from tests.hosted.fakes.server import FakeServer, Job, Reply, Request

RATE = 44_100
LETTER = 0.06
"""Seconds that each letter of a line sounds."""


class ElevenLabs:
    """The wire. With `times` off, the history keeps no times of characters; with `keeps` off it keeps nothing."""

    name = "elevenlabs"
    key = "sk_elevenlabs_0123456789abcdef"

    def __init__(self, server: FakeServer) -> None:
        self._server = server
        self.times = True
        self.keeps = True
        self.early = 0.0
        """Seconds by which jobs seem to have begun earlier."""

    def routes(self) -> Sequence[tuple[str, str, Callable[[Request, re.Match[str]], Reply]]]:
        """Its paths."""
        return [
            ("POST", r"/v1/text-to-speech/(?P<voice>[^/]+)/with-timestamps", self._open(self._speak)),
            ("POST", r"/v1/music", self._open(self._play)),
            ("POST", r"/v1/sound-generation", self._open(self._make)),
            ("GET", r"/v1/history", self._open(self._history)),
            ("GET", r"/v1/history/(?P<id>[^/]+)", self._open(self._item)),
            ("GET", r"/v1/history/(?P<id>[^/]+)/audio", self._open(self._audio)),
        ]

    def _open(self, answer: Callable[[Request, re.Match[str]], Reply]) -> Callable[[Request, re.Match[str]], Reply]:
        def guarded(request: Request, path: re.Match[str]) -> Reply:
            if request.headers.get("xi-api-key") != self.key:
                return refused(401, "invalid_api_key", "Invalid API key")
            return answer(request, path)

        return guarded

    def _speak(self, request: Request, path: re.Match[str]) -> Reply:
        asked = {**request.json, "voice": path["voice"], "format": request.query["output_format"][0]}
        job = self._server.take_on(self.name, asked)
        if job.outcome == "failed":
            return refused(500, "internal_error", "Something went wrong")
        sound = b"no sound at all" if job.outcome == "broken" else line(asked["text"])
        told = {"audio_base64": base64.b64encode(sound).decode(), **_alignments(asked["text"])}
        return Reply(told, headers=self._costs(job, len(asked["text"])))

    def _play(self, request: Request, _: re.Match[str]) -> Reply:
        job = self._server.take_on(self.name, request.json)
        if job.outcome == "moderated":
            data = {"prompt_suggestion": "A song like no other"}
            return refused(400, "bad_prompt", "The prompt names a famous band", data)
        plan = request.json.get("composition_plan") or {}
        parts = plan.get("sections") or plan.get("chunks") or [{"duration_ms": request.json.get("music_length_ms")}]
        seconds = sum(part["duration_ms"] for part in parts) / 1000
        return Reply(_made(job, seconds), headers=self._costs(job, round(50 * seconds)))

    def _make(self, request: Request, _: re.Match[str]) -> Reply:
        job = self._server.take_on(self.name, request.json)
        return Reply(_made(job, request.json.get("duration_seconds") or 2.0), headers=self._costs(job, 100))

    def _costs(self, job: Job, credits: int) -> dict[str, str]:  # noqa: A002  # the service's own word
        return {"request-id": f"request-{job.id}", "character-cost": str(credits)}

    def _history(self, request: Request, _: re.Match[str]) -> Reply:
        def matches(item: dict[str, Any]) -> bool:
            wanted = {key: request.query[key][0] for key in ("voice_id", "model_id") if key in request.query}
            after = int(request.query.get("date_after_unix", ["0"])[0])
            return item["date_unix"] >= after and all(item[key] == value for key, value in wanted.items())

        found = [item for job in self._said() if matches(item := self._told(job))]
        most = int(request.query.get("page_size", ["100"])[0])
        return Reply({"history": found[:most], "has_more": len(found) > most, "last_history_item_id": None})

    def _item(self, request: Request, path: re.Match[str]) -> Reply:
        job = next((one for one in self._said() if f"item-{one.id}" == path["id"]), None)
        return Reply(self._told(job)) if job else refused(404, "history_item_not_found", "There is no such item")

    def _audio(self, request: Request, path: re.Match[str]) -> Reply:
        job = next((one for one in self._said() if f"item-{one.id}" == path["id"]), None)
        return (
            Reply(line(job.asked["text"])) if job else refused(404, "history_item_not_found", "There is no such item")
        )

    def _said(self) -> list[Job]:
        """Lines that were made, the last one first."""
        kept = [job for job in self._server.jobs if "voice" in job.asked and job.outcome not in ("vanishes", "failed")]
        return kept[::-1] if self.keeps else []

    def _told(self, job: Job) -> dict[str, Any]:
        text = job.asked["text"]
        return {
            "history_item_id": f"item-{job.id}",
            "request_id": f"request-{job.id}",
            "voice_id": job.asked["voice"],
            "model_id": job.asked["model_id"],
            "voice_name": "Somebody",
            "text": text,
            "date_unix": int(job.begun - self.early),
            "character_count_change_from": 1000,
            "character_count_change_to": 1000 + len(text),
            "content_type": "audio/mpeg",
            "state": "created",
            "settings": {"stability": 0.5, "similarity_boost": 0.75, **(job.asked.get("voice_settings") or {})},
            "source": "TTS",
            "alignments": _alignments(text) if self.times else None,
        }


def refused(status: int, word: str, said: str, data: dict[str, Any] | None = None) -> Reply:
    """A refusal as the service words it."""
    return Reply({"detail": {"status": word, "message": said, **({"data": data} if data else {})}}, status)


def _alignments(text: str) -> dict[str, Any]:
    starts = [round(LETTER * number, 3) for number in range(len(text))]
    told = {
        "characters": list(text),
        "character_start_times_seconds": starts,
        "character_end_times_seconds": [round(start + LETTER, 3) for start in starts],
    }
    return {"alignment": told, "normalized_alignment": told}


@lru_cache(maxsize=16)
def line(text: str) -> bytes:
    """A line: a tone for each letter, silence for everything else."""
    wide = round(LETTER * RATE)
    tone = 0.4 * np.sin(np.arange(wide) * 2 * np.pi * 220 / RATE)
    return _coded(np.concatenate([tone * letter.isalnum() for letter in text] or [tone]))


def _made(job: Job, seconds: float) -> bytes:
    if job.outcome == "broken":
        return b"this is no sound at all" * 100
    return tune(0.5 * seconds if job.outcome == "short" else seconds)


@lru_cache(maxsize=16)
def tune(seconds: float) -> bytes:
    """Music at 120 beats a minute, the first of every four louder."""
    count = round(seconds * RATE)
    at = np.arange(count) / RATE
    beat = (at % 0.5) / 0.5
    bar = np.where((at % 2.0) < 0.5, 1.0, 0.5)
    drum = bar * np.exp(-20 * beat) * np.sin(2 * np.pi * 90 * at)
    chord = sum(np.sin(2 * np.pi * note * at) for note in (220.0, 277.2, 329.6))
    return _coded(0.3 * drum + 0.05 * chord * np.exp(-2 * beat))


def _coded(samples: np.ndarray[Any, Any]) -> bytes:
    target = io.BytesIO()
    sf.write(target, samples, RATE, format="MP3")
    return target.getvalue()
