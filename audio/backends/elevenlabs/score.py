"""Music of ElevenLabs: what is asked for a film, what it costs, and how it is laid over the film.

Asked in words for the whole film, or section by section with `plan: true`. Knows neither scenes nor pictures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from audio.backends.elevenlabs.cast import LICENCE, SERVICE
from audio.backends.elevenlabs.service import MUSIC, ElevenLabsService
from audio.bought import BOUGHT
from audio.composing.moods import mood_named
from audio.hosted.asking import found_model, obstacles, read_asked, within
from audio.hosted.music import lay_bought
from audio.music.words import Stretch, described, key_name, stretches
from audio.score import ComposeRequest, Section, check_request
from audio.voice import RATE, Trouble
from projects.hosted.catalogue import Estimate, Found, cost, lengths
from projects.hosted.job import Purchase
from projects.steps import Json, Work
from projects.weights import Setting
from storyboard.errors import RenderError

FORMAT = "mp3_44100_128"
_COMMON: Mapping[str, str] = {"format": "text"}
_FORMATS = re.compile(r"(mp3|opus)_\d+_\d+")
_BOUNDS = {"seed": (0, 2**32 - 1), "take": (1, 10_000)}
_SPARE = 0.3
"""Seconds by which music is asked shorter than the film, at least: a coder may add a little at its end."""
_SECTION = 120 * RATE
"""Samples of the longest section of a plan."""
_MOST_TURNS = 12
"""Changes of the music that words alone are told of; a plan holds more."""
_WITHOUT = ["vocals", "singing", "lyrics", "spoken words"]


class ElevenLabsScore:
    """Music that ElevenLabs has made."""

    name = SERVICE

    def check(self) -> Sequence[Trouble]:
        """What stands in the way of buying: the library, a key."""
        return obstacles(SERVICE, "elevenlabs")

    def identity(self) -> str:
        """What reads the sound; how it is laid is the house's own."""
        return f"{SERVICE} score 1; av {metadata.version('av')}"

    def quantise(self, request: ComposeRequest) -> None:
        """Raises RenderError or MissingError for what it cannot make; asks nobody."""
        self.purchase(request)

    def parts(self) -> Sequence[str]:
        """None: everything is played at once."""
        return ()

    def purchase(self, request: ComposeRequest) -> Purchase:
        """Words and a length in whole seconds, or a plan of sections."""
        found, asked = _settled(request)
        seconds = _seconds(found, request)
        body: dict[str, Json] = {"way": MUSIC, "output_format": str(asked.get("format", FORMAT))}
        if asked.get("plan"):
            body["composition_plan"] = _plan(found, request, seconds)
            if "seed" in asked:
                body["seed"] = int(asked["seed"])
        else:
            body |= {"prompt": _words(request, seconds), "music_length_ms": 1000 * seconds, "force_instrumental": True}
        suffix = ".opus" if str(body["output_format"]).startswith("opus") else ".mp3"
        return Purchase(SERVICE, found.id, body, int(asked.get("take", 1)), media="audio", suffix=suffix)

    def price(self, request: ComposeRequest) -> Estimate:
        """By the minutes that are asked for."""
        found, _ = _settled(request)
        price = found.model.price
        if price is None or price.per != "minute":
            return Estimate(None)
        return cost(price, _seconds(found, request) / 60)

    def remarks(self, request: ComposeRequest) -> tuple[str, ...]:
        """What became of a model's name, what is repeated, and what cannot be had."""
        found, asked = _settled(request)
        notes = [*found.notes]
        longest = lengths(found.model)[-1]
        if request.samples > (longest + 1) * RATE:
            notes.append(f"{found.name} makes at most {longest:g} s of music: it is repeated at bars")
        if any(section.hit for section in request.sections):
            notes.append(f"{found.name} cannot place an accent on a cut")
        if not asked.get("plan") and len(_course(request, _seconds(found, request))) > _MOST_TURNS:
            notes.append(f"{found.name} is told of the first {_MOST_TURNS} changes; `plan: true` tells it all of them")
        if re.search(r"[^\W\d_a-zA-Z]", request.prompt):
            notes.append(f"{found.name} understands English best")
        return tuple(notes)

    def service(self) -> ElevenLabsService:
        """The service."""
        return ElevenLabsService()

    def compose(self, request: ComposeRequest, work: Work, out: Path, part: str = "") -> Json:
        """Lays the step's input `bought` over the film at exactly its length.

        Facts besides those of every score: `model`, `licence`, `joins`, `ends`, `notes`.
        """
        if part:
            raise RenderError(f"{SERVICE} plays no part {part!r} apart", "leave the part out")
        check_request(request)
        if BOUGHT not in work.inputs:
            raise RenderError(f"a score of {SERVICE} is bought in a step of its own", "render the film")
        bought = work.inputs[BOUGHT]
        laid = lay_bought(bought.path, "the bought music", request, work, out)
        return {
            **laid,
            "key": request.key,
            "sections": [],
            "parts": {},
            "understood": [],
            "not_understood": [],
            "model": f"{SERVICE} {bought.facts['model']}",
            "licence": LICENCE,
        }


def _settled(request: ComposeRequest) -> tuple[Found, dict[str, Setting]]:
    """The model and the author's settings of it; RenderError for what cannot be had."""
    check_request(request)
    found = found_model(SERVICE, MUSIC, str(dict(request.model).get("name", "")))
    asked = read_asked(found, request.model, _COMMON)
    within(asked, _BOUNDS)
    if not _FORMATS.fullmatch(str(asked.get("format", FORMAT))):
        raise RenderError(
            f"music cannot be bought as {asked['format']!r}",
            f"leave `format:` out, or write {FORMAT} or opus_48000_192",
        )
    if "seed" in asked and not asked.get("plan"):
        raise RenderError(f"{found.name} takes a seed only with a plan", "write `plan: true` beside it, or `take: 2`")
    return found, asked


def _seconds(found: Found, request: ComposeRequest) -> int:
    """Whole seconds that are asked for: a film that becomes a little longer wants the same music."""
    offered = lengths(found.model)
    return int(min(max(offered[0], math.floor(request.samples / RATE - _SPARE)), offered[-1]))


def _turns(request: ComposeRequest, seconds: int) -> tuple[Stretch, ...]:
    """The stretches of the music that is asked for, with words of their own; each begins on a whole second."""
    return tuple(one for one in stretches(request, _SECTION) if round(one.first / RATE) + 3 <= seconds)


def _words(request: ComposeRequest, seconds: int) -> str:
    """The whole music in words: what it is throughout, and how it changes."""
    mood = mood_named(request.mood)
    told = [request.prompt.strip(), f"{mood.name if mood else request.mood} film music"]
    told.append(f"played by {', '.join(request.instruments)}" if request.instruments else "")
    told.append(f"{request.tempo:g} bpm, {key_name(request.key)}" if request.key else f"{request.tempo:g} bpm")
    told.append("instrumental underscore without vocals")
    whole = ", ".join(part.rstrip(".,; ") for part in told if part)
    course = _course(request, seconds)[:_MOST_TURNS]
    return ". ".join([whole, *(["; ".join(course)] if course else []), "It ends in a quiet final chord"])


def _course(request: ComposeRequest, seconds: int) -> list[str]:
    """How the music changes: each turn with its place, as long as it is not like the one before."""
    course: list[str] = []
    for section in sorted(request.sections, key=lambda one: one.start_sample):
        at, manner = round(section.start_sample / RATE), _manner(section)
        if manner and at + 3 <= seconds and (not course or not course[-1].endswith(f" {manner}")):
            course.append(f"from {at // 60}:{at % 60:02d} {manner}" if at else f"at first {manner}")
    return course


def _manner(section: Section) -> str:
    """How a scene's music is, in a few words; "" for nothing special."""
    mood = mood_named(section.mood) if section.mood else None
    told = [section.prompt.strip(), mood.name if mood else ""]
    if section.rest:
        told.append("hardly anything")
    elif section.has_speech:
        told.append("sparse and soft under dialogue")
    elif section.energy >= 0.7:
        told.append("energetic and full")
    elif section.energy <= 0.25:
        told.append("calm and spacious")
    return ", ".join(part for part in told if part)


def _plan(found: Found, request: ComposeRequest, seconds: int) -> Json:
    """The music section by section, in the form that the model wants."""
    turns = _turns(request, seconds)
    edges = [round(one.first / RATE) for one in turns] + [seconds]
    parts = [(stretch.words.split(", "), 1000 * (edges[n + 1] - edges[n])) for n, stretch in enumerate(turns)]
    if found.model.words.get("plan") == "chunks":
        chunks = [
            {"text": f"[Part {number}]", "duration_ms": wide, "positive_styles": words, "negative_styles": _WITHOUT}
            for number, (words, wide) in enumerate(parts, 1)
        ]
        return {"chunks": chunks}
    sections = [
        {
            "section_name": f"Part {number}",
            "positive_local_styles": words,
            "negative_local_styles": [],
            "duration_ms": wide,
            "lines": [],
        }
        for number, (words, wide) in enumerate(parts, 1)
    ]
    throughout = described(request, None).split(", ")
    return {"positive_global_styles": throughout, "negative_global_styles": _WITHOUT, "sections": sections}
