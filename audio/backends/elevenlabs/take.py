"""A bought line as it came: sound in letters with the times of its characters, read without any network.

What the service took from its history may lack the times. Knows what was sent, and no film.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from audio.hosted.files import accept_sound, mono
from audio.reading.lexicon import lexicon
from audio.reading.stress import marked, unstressed
from audio.reading.token import STRESS
from audio.voice import Samples, VoiceRequest, Word
from projects.hosted.errors import VendorFailed
from projects.hosted.job import Purchase
from projects.steps import Json
from storyboard.errors import RenderError

_AROUND = ".,;:!?…—()«»“”„\"'"


@dataclass(frozen=True, slots=True)
class Script:
    """A line as it is sent. `places` tells for each character of `text` where it stands in `shown`, -1 for nowhere.

    `shown` is the line as captions show it; `unheard` is what the author asked for and the service does not read.
    """

    text: str
    shown: str
    places: tuple[int, ...]
    unheard: tuple[str, ...] = ()


def script(request: VoiceRequest, tag: str = "") -> Script:
    """The line of a request with the author's respellings, behind a tag for its emotion."""
    shown = unstressed(request.text)
    text, places, unheard = tag, [-1] * len(tag), []
    at = 0
    for cell in lexicon(request.pronounce).cells(shown):
        if cell.ipa:
            unheard.append(f"this voice cannot read the transcription of {shown[cell.start : cell.end]!r}")
            continue
        text, places = text + shown[at : cell.start], places + list(range(at, cell.start))
        said = (cell.said or "").replace(STRESS, "")
        wide = cell.end - cell.start
        text, places = text + said, places + [cell.start + spot * wide // len(said) for spot in range(len(said))]
        at = cell.end
    text, places = text + shown[at:], places + list(range(at, len(shown)))
    stressed = (word.replace(STRESS, "").strip(_AROUND) for word in marked(request.text).split() if STRESS in word)
    unheard += [f"this voice cannot put the stress of {word!r} where it is marked" for word in stressed]
    return Script(text, shown, tuple(places), tuple(dict.fromkeys(unheard)))


def sound_of(file: Path) -> Samples:
    """The sound of a bought line at 48 kHz, (n,); RenderError for none."""
    with tempfile.TemporaryDirectory(prefix="workprint-bought-") as folder:
        return mono(_sound_file(file, Path(folder)), "a line of ElevenLabs")


def times_of(file: Path, sent: Script) -> tuple[Word, ...]:
    """The words of the line with their times in the sound; none where the service did not tell all of them."""
    answer = _read(file)
    for key in ("alignment", "normalized_alignment"):
        spoken = _characters(answer.get(key))
        if spoken and (words := _words(sent, spoken)):
            return words
    return ()


def accept_speech(purchase: Purchase, file: Path) -> dict[str, Json]:
    """Seconds of the line, and whether the times of its characters came too; raises VendorFailed for no sound."""
    try:
        answer = _read(file)
        with tempfile.TemporaryDirectory(prefix="workprint-bought-") as folder:
            facts = accept_sound(purchase, _sound_file(file, Path(folder)))
    except RenderError as problem:
        if isinstance(problem, VendorFailed):
            raise
        raise VendorFailed(f"{purchase.service} handed over no speech: {problem.message}") from None
    return {**facts, "timed": bool(_characters(answer.get("alignment")))}


def _read(file: Path) -> Mapping[str, Any]:
    try:
        answer = json.loads(file.read_bytes())
    except (OSError, ValueError) as problem:
        raise RenderError("what was bought cannot be read", "buy the line again") from problem
    if not isinstance(answer, dict):
        raise RenderError("what was bought holds no line", "buy the line again")
    return answer


def _sound_file(file: Path, folder: Path) -> Path:
    """The sound that an answer holds, as a file of its own."""
    try:
        sound = base64.b64decode(str(_read(file).get("audio_base64", "")), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise RenderError("what was bought holds no sound", "buy the line again") from problem
    if not sound:
        raise RenderError("what was bought holds no sound", "buy the line again")
    out = folder / "line"
    out.write_bytes(sound)
    return out


def _characters(told: Any) -> list[tuple[str, float, float]]:
    """Single characters with their times in seconds; none where the three lists do not go together."""
    if not isinstance(told, dict):
        return []
    keys = ("characters", "character_start_times_seconds", "character_end_times_seconds")
    lists = [told.get(key) for key in keys]
    texts, starts, ends = (one if isinstance(one, list) else [] for one in lists)
    if not len(texts) == len(starts) == len(ends):
        return []
    if not all(isinstance(time, int | float) and math.isfinite(time) for time in (*starts, *ends)):
        return []
    return [
        (letter, float(start), float(max(start, end)))
        for text, start, end in zip(texts, starts, ends, strict=True)
        for letter in str(text)
    ]


def _words(sent: Script, spoken: Sequence[tuple[str, float, float]]) -> tuple[Word, ...]:
    """The shown words by the times of their characters; none at all where one of them was never met."""
    heard = "".join(letter for letter, _, _ in spoken)
    if heard == sent.text:
        met = [(spot, spot) for spot in range(len(heard))]
    else:
        blocks = SequenceMatcher(None, sent.text, heard, autojunk=False).get_matching_blocks()
        met = [(one.a + step, one.b + step) for one in blocks for step in range(one.size)]
    spans: dict[int, tuple[float, float]] = {}
    for here, there in met:
        _, start, end = spoken[there]
        low, high = spans.get(sent.places[here], (start, end))
        spans[sent.places[here]] = min(low, start), max(high, end)
    words = []
    at = 0
    for text in sent.shown.split():
        at = sent.shown.index(text, at)
        letters = [spans[spot] for spot in range(at, at + len(text)) if spot in spans and sent.shown[spot].isalnum()]
        at += len(text)
        if not any(c.isalnum() for c in text):
            continue
        if not letters:
            return ()
        words.append(Word(text, min(start for start, _ in letters), max(end for _, end in letters)))
    return tuple(words)
