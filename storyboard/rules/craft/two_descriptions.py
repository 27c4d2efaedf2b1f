"""W231: one place in different words, and weather that changes between two shots of one place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from storyboard.film import Scene
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording, short
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.stems import stem, tokens
from storyboard.vocabulary.table import find, fold

_LINKING = frozenset({"a", "an", "the", "at", "in", "on", "of", "by", "в", "во", "на", "у", "с", "со", "около"})


def _looks(case: Case) -> Iterator[Finding]:
    first: dict[str, Scene] = {}
    for scene in case.film.scenes:
        text = fold(case.places.text_of_scene(scene.id, "place"))
        if text and find(PLACES, text) is None:
            first.setdefault(text, scene)
    told: set[str] = set()
    for one, other in combinations(first, 2):
        if other not in told and _same(one, other):
            told.add(other)
            values = {"one": short(one), "other": short(other), "scene": first[one].id}
            yield Finding(case.places.of_scene(first[other].id, "place"), values, "words")
    yield from _jumps(case)


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same place: the same words in other forms or order, or one with a word more."""
    a, b = _core(one), _core(other)
    small, large = sorted((a, b), key=len)
    return bool(small) and small <= large and len(large) - len(small) <= 1 and (len(small) > 1 or a == b)


def _core(text: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokens(text) if token not in _LINKING)


def _jumps(case: Case) -> Iterator[Finding]:
    """Weather that is another one after a straight cut at one place."""
    scenes = case.film.scenes
    for before, after in pairwise(scenes):
        if before.transition.kind != "cut" or not after.place or before.place != after.place:
            continue
        if before.time != after.time or any(one.clip or one.keyframes for one in (before, after)):
            continue
        was = next((beat.weather for beat in reversed(before.beats) if beat.weather), "") or before.weather
        if was != after.weather:
            values = {"before": before.id, "after": after.id, "was": was, "is": after.weather, "place": after.place}
            yield Finding(case.places.of_scene(after.id, "weather"), values, "weather")


RULE = Rule(
    code="W231",
    title=Wording("One place that is described in two ways.", "Одно место описано по-разному."),
    reason=Wording(
        "A model and the painter build a place anew from its words: other words, another place. And weather that "
        "changes at a straight cut tells the viewer that days have passed.",
        "И модель, и художник каждый раз строят место по словам: другие слова - другое место. А погода, сменившаяся "
        "на прямой склейке, говорит зрителю, что прошёл не один день.",
    ),
    says={
        "words": Said(
            Wording(
                "'{other}' seems to be '{one}' of scene '{scene}', in other words",
                "«{other}» - это, похоже, «{one}» из сцены «{scene}», но другими словами",
            ),
            Wording("write it in the same words in all scenes", "пишите его одинаково во всех сценах"),
        ),
        "weather": Said(
            Wording(
                "'{before}' and '{after}' show the same {place} at the same hour, and a cut turns {was} into {is}",
                "«{before}» и «{after}» показывают одно место ({place}) в один час, а склейка меняет погоду: "
                "{was} - {is}",
            ),
            Wording(
                "write `weather: {was}` here too, or join them by a crossfade",
                "напишите и здесь `weather: {was}` или соедините их наплывом",
            ),
        ),
    },
    bad=(
        "scenes:\n  - {id: one, place: forest, weather: rain, prompt: Water runs over the path.}\n"
        "  - {id: two, place: forest, prompt: A hare runs for cover.}\n"
    ),
    good=(
        "scenes:\n  - {id: one, place: forest, weather: rain, prompt: Water runs over the path.}\n"
        "  - {id: two, place: forest, weather: rain, prompt: A hare runs for cover.}\n"
    ),
    looks=_looks,
)
