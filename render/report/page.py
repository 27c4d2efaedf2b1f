"""The report as one HTML file: everything it shows lies inside, nothing is fetched, and nothing of a film is trusted.

Whatever a storyboard says is escaped, and the page forbids itself (by its content security policy) to load anything
but the film that lies beside it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files
from typing import Any

from render.report.drawing import clock, timeline, waveform
from render.report.facts import ReportFacts, Stretch
from render.report.words import words_of
from storyboard.vocabulary.cameras import CAMERAS
from storyboard.vocabulary.effects import EFFECTS
from storyboard.vocabulary.table import spelled
from storyboard.vocabulary.transitions import TRANSITIONS


def _named(stretch: Stretch, language: str) -> Stretch:
    """A transition or a sound of the house as it is called in the reader's language."""
    if stretch.kind == "join":
        return replace(stretch, title=spelled(TRANSITIONS, stretch.title, language))
    if stretch.kind == "effects":
        effect = re.sub(r"^suggested-|-\d+$", "", stretch.title)
        return replace(stretch, title=spelled(EFFECTS, effect, language))
    return stretch


def page(facts: ReportFacts, language: str = "") -> str:
    """The page in the given language of the reader, else in the film's."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    home = files("render.report")
    style, script = (home.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    sheets = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(lambda name: home.joinpath(name).read_text(encoding="utf-8")),
    )
    sheets.filters["image"] = _image
    read_in = language or facts.language
    told = words_of(read_in)
    lanes = [replace(lane, stretches=tuple(_named(one, read_in) for one in lane.stretches)) for lane in facts.lanes]
    drawn: dict[str, Any] = {
        "timeline": timeline(lanes, facts.frames, facts.rate, told["timeline"]),
        "wave": waveform(facts.sound, facts.frames, facts.rate, told["sound"]) if facts.sound else "",
    }
    return sheets.get_template("page.html").render(
        facts=facts,
        words=told,
        lang=read_in,
        camera=lambda word: spelled(CAMERAS, word, read_in),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        clock=lambda frame: clock(frame, facts.rate),
        verdict=_verdict(facts),
        **drawn,
    )


def _verdict(facts: ReportFacts) -> str:
    """`passed`, `failed` or `unmade`."""
    measured = [cut.report for cut in facts.cuts]
    if not all(measured):
        return "unmade"
    return "passed" if all(report["passed"] for report in measured) else "failed"


def _hash(text: str) -> str:
    """What the content security policy knows a style or a script by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _image(data: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(data).decode()}"
