"""W226: music that is silent in every scene, or that nothing else is heard with."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

LONG = 20.0
"""Seconds of a film that may have music alone."""


def _looks(case: Case) -> Iterator[Finding]:
    film = case.film
    if film.score.kind == "none":
        return
    place = case.places.of("score")
    if all(scene.music.rest for scene in film.scenes):
        yield Finding(place, said="rests")
        return
    heard = any(scene.lines or scene.sounds or (scene.clip and scene.clip_sound) for scene in film.scenes)
    if not heard and case.times.seconds > LONG:
        yield Finding(place, {"seconds": f"{float(case.times.seconds):.0f}"}, "alone")


RULE = Rule(
    code="W226",
    title=Wording(
        "Music that nobody hears, or that nothing is heard with.",
        "Музыка, которой не слышно или под которой ничего нет.",
    ),
    reason=Wording(
        "A score that rests in every scene is paid for in time and never played. And music under nothing, no voice, "
        "no step, no wind, makes pictures look like a slide show.",
        "Музыка, которая молчит в каждой сцене, сочиняется зря. А музыка, под которой нет ни голоса, ни шага, ни "
        "ветра, превращает фильм в показ слайдов.",
    ),
    says={
        "rests": Said(
            Wording("the score is silent in every scene", "музыка молчит во всех сценах"),
            Wording(
                "take `score` out of some scenes, or write `score: none` at the top",
                "уберите `score` из части сцен или напишите вверху `score: none`",
            ),
        ),
        "alone": Said(
            Wording(
                "for {seconds} seconds nothing is heard but music",
                "{seconds} с не слышно ничего, кроме музыки",
            ),
            Wording(
                "add `sounds` to scenes, or leave `sounds: none` out at the top",
                "добавьте сценам `sounds` или уберите вверху `sounds: none`",
            ),
        ),
    },
    bad=("score: {mood: calm}\nscenes:\n  - {id: field, prompt: Grass bends in the wind., score: none}\n"),
    good="score: {mood: calm}\nscenes:\n  - {id: field, place: meadow, prompt: Grass bends in the wind.}\n",
    looks=_looks,
)
