"""From an idea to a storyboard without mistakes: asked for, checked, sent back, and repaired at last.

Knows neither files nor networks; the model is a `Writer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from storyboard.drafting.form import form
from storyboard.drafting.instructions import again, going_on, opening
from storyboard.drafting.repair import NotJson, Repair, parsed, storyboard_of
from storyboard.errors import RenderError, Severity
from storyboard.load import read
from storyboard.tidying import tidied
from storyboard.writer import storyboard_text
from workprint.drafting.writer import Writer

SECOND_CHANCES = 2
"""How often a reply is sent back with what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted storyboard as text, what had to be repaired, and what the model's door had to say."""

    text: str
    repairs: tuple[str, ...]
    notes: tuple[str, ...]


def draft(
    writer: Writer,
    idea: str,
    scenes: int,
    *,
    language: str = "en",
    seed: int = 0,
    wishes: tuple[str, ...] = (),
    head: dict[str, Any] | None = None,
    today: date | None = None,
) -> Draft:
    """Have a storyboard of so many scenes written after an idea; `head` are keys that stand at its top.

    Raises what the writer raises, and RenderError where no reply can be used at all.
    """
    notes: dict[str, None] = {}
    replies: list[dict[str, Any]] = []
    left = scenes
    while left:
        portion = min(left, writer.window)
        shape = form(portion, people=not replies)
        messages = opening(idea, scenes, shape, language, wishes)
        if replies:
            told = "; ".join(
                str(one.get("prompt", ""))[:90] for reply in replies for one in reply.get("scenes", ())[-8:]
            )
            names = [str(one.get("name", "")) for one in replies[0].get("characters", ()) if isinstance(one, dict)]
            messages.append(going_on(told, names, portion, scenes, language))
        reply, said = _usable(writer, messages, shape, seed + len(replies), portion, language)
        notes |= dict.fromkeys(said)
        replies.append(reply)
        left -= portion
    repair = Repair(language=language)
    document = storyboard_of(replies, scenes, title=idea.split(".")[0][:80], repair=repair)
    marked = _marked(document, writer.label, idea, language, head or {}, today or date.today())
    return Draft(marked, tuple(dict.fromkeys(repair.told)), tuple(notes))


def _usable(
    writer: Writer, messages: list[dict[str, str]], shape: dict[str, Any], seed: int, scenes: int, language: str
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A reply that is a JSON object, without mistakes if the model can mend its own."""
    best: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    asked = list(messages)
    for chance in range(1 + SECOND_CHANCES):
        text, notes = writer.write(asked, shape, seed + 1000 * chance)
        try:
            reply = parsed(text)
        except NotJson as problem:
            asked = [*messages, *again(text[:2000], [str(problem)], language)]
            continue
        faults = faults_of(reply, scenes, language)
        best = reply
        if not faults:
            break
        asked = [*messages, *again(text, faults, language)]
    if best is None:
        raise RenderError(f"{writer.label} wrote nothing that is a storyboard", "Try another seed, or another model.")
    return best, notes


def faults_of(reply: dict[str, Any], scenes: int, language: str = "en") -> list[str]:
    """What a model should mend itself, before the house does: missing scenes, empty ones, unknown people."""
    repair = Repair(language=language)
    document = {**storyboard_of([reply], scenes, title="", repair=repair), "language": language}
    found = list(repair.told)
    reading = read(storyboard_text(document), "storyboard")
    found += [f"{one.message}; {one.hint}" for one in reading.diagnostics if one.severity is Severity.ERROR]
    return found


def _marked(document: dict[str, Any], label: str, idea: str, language: str, head: dict[str, Any], today: date) -> str:
    """The storyboard with the mark that it is a draft, which whoever opens it sees first."""
    quoted = " ".join(idea.split())
    heading = (
        f"A DRAFT, written by {label} on {today.isoformat()}, from the idea:\n"
        f"{quoted[:300]}{'...' if len(quoted) > 300 else ''}\n"
        "Nobody has looked at it yet: read every scene before it is rendered, and delete these lines then."
    )
    top = {"workprint": 1, "title": document["title"], "language": language, **head}
    order = ("score", "characters", "scenes")
    rest = {key: document[key] for key in order if key in document}
    credit = {"credits": [f"Storyboard drafted by {label}"[:200]]}
    return tidied(storyboard_text({**top, **credit, **rest}, heading=heading), "storyboard.yaml")
