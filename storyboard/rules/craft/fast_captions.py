"""W233: captions that come and go faster than people read; told once a film, for the fastest."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.film import Captions, Fixed, Line, Scene
from storyboard.reading_speed import HURRIED, reading_speed
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording, short

_STAYS = 0.5
"""Seconds that a caption may stay on into silence."""
_SHORT = 12
"""Characters that are taken in at one glance."""


def _looks(case: Case) -> Iterator[Finding]:
    film = case.film
    if film.captions is Captions.OFF:
        return
    ease = reading_speed(film.language)
    shown = [(scene, number, pace) for scene in film.scenes for number, pace in _paces(case, scene)]
    fast = [one for one in shown if one[2] > HURRIED * ease]
    if not fast:
        return
    scene, number, pace = max(fast, key=lambda one: one[2])
    values = {
        "text": short(scene.lines[number].text),
        "pace": f"{pace:.0f}",
        "ease": f"{ease:.0f}",
        "count": len(fast),
    }
    yield Finding(case.places.of_scene(scene.id, "lines", number), values, "several" if len(fast) > 1 else "")


def _paces(case: Case, scene: Scene) -> Iterator[tuple[int, float]]:
    """Characters a second of each line, by its number."""
    slot = case.times.slot(scene.id)
    cues = {cue.line_id: cue for cue in case.times.cues if cue.scene_id == scene.id}
    hurry = _hurry(case, scene)
    for number, line in enumerate(scene.lines):
        letters = len(" ".join(line.text.split()))
        if letters <= _SHORT or line.file:
            # How long an own recording lasts is not known before it is heard.
            continue
        seconds = cues[line.id].samples / 48_000 / hurry
        last = number + 1 == len(scene.lines)
        left = _after(scene, line) if not last else max(0.0, float(slot.frames / case.times.rate) - seconds)
        yield number, letters / (seconds + min(_STAYS, left))


def _after(scene: Scene, line: Line) -> float:
    """Silence after a line that is not the last, in seconds."""
    del scene
    return float(line.pause) + 0.12


def _hurry(case: Case, scene: Scene) -> float:
    """By how much speech has to be faster to fit into a scene of fixed length."""
    if not isinstance(scene.length, Fixed) or not scene.lines:
        return 1.0
    spoken = sum(cue.samples for cue in case.times.cues if cue.scene_id == scene.id) / 48_000
    room = float(scene.length.seconds) - 0.15 - 0.12 * (len(scene.lines) - 1)
    return min(1.25, max(1.0, spoken / room)) if room > 0 else 1.25


_LONG = "We went up the river as far as the boat would carry us, and then we walked on through the reeds."
_WHERE = Wording(
    "shorten the line, let a `pause` follow it, or choose a slower voice (`speed`)",
    "сократите реплику, дайте после неё `pause` или замедлите голос (`speed`)",
)

RULE = Rule(
    code="W233",
    title=Wording("Captions too fast to be read.", "Субтитры, которые не успеть прочитать."),
    reason=Wording(
        "An adult reads about seventeen characters a second in English and fifteen in Russian while watching a film. "
        "Beyond that people read and do not look, or look and do not read. The speed is estimated from how long the "
        "lines will be spoken.",
        "Взрослый, смотря фильм, читает около пятнадцати знаков в секунду по-русски и семнадцати по-английски. "
        "Быстрее - либо читают и не смотрят, либо смотрят и не читают. Скорость оценена по тому, сколько будут звучать "
        "реплики.",
    ),
    says={
        "": Said(
            Wording(
                "about {pace} characters a second have to be read, and {ease} are read with ease: '{text}'",
                "придётся читать около {pace} знаков в секунду, а легко читается {ease}: «{text}»",
            ),
            _WHERE,
        ),
        "several": Said(
            Wording(
                "{count} lines have to be read faster than {ease} characters a second; the fastest at about {pace}: "
                "'{text}'",
                "реплик, которые придётся читать быстрее {ease} знаков в секунду: {count}; самая быстрая - около "
                "{pace}: «{text}»",
            ),
            _WHERE,
        ),
    },
    bad="narrator: {voice: {name: en/heart, speed: 1.6}}\n"
    f"scenes:\n  - {{id: river, place: lake, lines: ['{_LONG}']}}\n",
    good=f"scenes:\n  - {{id: river, place: lake, lines: ['{_LONG}']}}\n",
    looks=_looks,
)
