"""W225: films in which people speak and nothing else is heard."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.rule import Case, Finding, Rule, Said, Wording


def _looks(case: Case) -> Iterator[Finding]:
    film = case.film
    speaking = [scene for scene in film.scenes if scene.lines]
    if not speaking or film.score.kind != "none":
        return
    if any(scene.sounds or (scene.clip and scene.clip_sound) for scene in film.scenes):
        return
    if case.places.of("sounds") != case.places.of() and case.places.of("score") != case.places.of():
        # Both were written, and therefore meant.
        return
    yield Finding(case.places.of_scene(speaking[0].id, "lines"))


RULE = Rule(
    code="W225",
    title=Wording("Speech in a film without music and without a sound.", "Речь в фильме без музыки и без звуков."),
    reason=Wording(
        "Between the lines the film is not quiet but dead, as if the sound had failed; every breath of a voice is "
        "heard to begin and to end. A room tone, far down, is enough.",
        "Между репликами не тихо, а мертво, будто звук пропал; слышно, как каждый раз включается и выключается голос. "
        "Хватит и тихого фона комнаты.",
    ),
    says={
        "": Said(
            Wording(
                "the film speaks, but it has neither music nor a single sound",
                "в фильме говорят, но в нём нет ни музыки, ни единого звука",
            ),
            Wording(
                "write a `place` that has sounds, `sounds: [{{effect: room, level: -30 dB}}]`, or a `score`",
                "назовите `place`, у которого есть звуки, впишите `sounds: [{{effect: room, level: -30 dB}}]` "
                "или `score`",
            ),
        )
    },
    bad="scenes:\n  - {id: card, text: The End, lines: [And so they lived on.]}\n",
    good="score: {mood: calm}\nscenes:\n  - {id: card, text: The End, lines: [And so they lived on.]}\n",
    looks=_looks,
)
