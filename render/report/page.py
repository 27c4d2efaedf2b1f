"""The report as one HTML file: everything it shows lies inside, nothing is fetched, and nothing of a film is trusted.

Whatever a storyboard says is escaped, and the page forbids itself (by its content security policy) to load anything
but the film that lies beside it.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import Any

from render.report.drawing import clock, timeline, waveform
from render.report.facts import ReportFacts
from render.report.words import words_of


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
    told = words_of(language or facts.language)
    drawn: dict[str, Any] = {
        "timeline": timeline(facts.lanes, facts.frames, facts.rate),
        "wave": waveform(facts.sound, facts.frames, facts.rate) if facts.sound else "",
    }
    return sheets.get_template("page.html").render(
        facts=facts,
        words=told,
        lang=language or facts.language,
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
