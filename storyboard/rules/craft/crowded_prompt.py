"""W222: prompts with more people or doings than a model of video keeps apart in one clip."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.film import Scene
from storyboard.rules.ground import Ground
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

MOST_PEOPLE = 3
"""People whose faces and clothes a model keeps apart."""
MOST_DOINGS = 5
"""Things that happen one after the other in a clip of some seconds."""


def _looks(case: Case) -> Iterator[Finding]:
    for scene, ground in case.generated():
        people = len(scene.cast) + len(scene.extras)
        place = case.places.of_scene(scene.id, "prompt")
        if people > MOST_PEOPLE:
            yield Finding(place, {"scene": scene.id, "count": people, "model": ground.called}, "people")
        elif (doings := _doings(scene)) > MOST_DOINGS:
            yield Finding(place, {"scene": scene.id, "count": doings, "model": ground.called}, "doings")


def _doings(scene: Scene) -> int:
    """How many different things people do, one after the other."""
    done = {(part.character.id, part.action) for part in scene.cast if part.action not in ("stand", "sit", "listen")}
    return len(done | {said for beat in scene.beats for said in beat.actions})


RULE = Rule(
    code="W222",
    title=Wording(
        "A prompt with more in it than a model can hold apart.", "В описании больше, чем модель может различить."
    ),
    reason=Wording(
        "A model gives each of three people a face; from the fourth on it mixes coats, hair and faces. And in a few "
        "seconds it makes one doing well, two passably, and of six it makes a blur.",
        "Троим модель даёт каждому своё лицо; с четвёртого она путает пальто, волосы и лица. За несколько секунд она "
        "хорошо показывает одно действие, сносно - два, а шесть смазывает.",
    ),
    says={
        "people": Said(
            Wording(
                "{count} people in scene '{scene}': {model} will mix up who looks how",
                "людей в сцене «{scene}»: {count}; {model} перепутает, кто как выглядит",
            ),
            Wording(
                "show at most three, and the others in a scene of their own",
                "покажите не больше троих, остальных - в отдельной сцене",
            ),
        ),
        "doings": Said(
            Wording(
                "{count} things are done in scene '{scene}': {model} will blur them into one",
                "действий в сцене «{scene}»: {count}; {model} смешает их",
            ),
            Wording("tell it in two scenes, joined by a cut", "расскажите это двумя сценами со склейкой"),
        ),
    },
    bad=(
        "characters: {a: {role: hero}, b: {role: heroine}, c: {role: old man}, d: {role: boy}}\n"
        "scenes:\n  - {id: table, prompt: They walk up to a table., cast: [a, b, c, d]}\n"
    ),
    good=(
        "characters: {a: {role: hero}, b: {role: heroine}, c: {role: old man}, d: {role: boy}}\n"
        "scenes:\n  - {id: table, prompt: They walk up to a table., cast: [a, b]}\n"
        "  - {id: others, prompt: They walk up to a table., cast: [c, d]}\n"
    ),
    looks=_looks,
    ground=Ground("any"),
)
