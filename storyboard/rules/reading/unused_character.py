"""W205: characters whom no scene uses."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.rule import Case, Finding, Rule, Said, Wording


def _looks(case: Case) -> Iterator[Finding]:
    film = case.film
    seen = {part.character.id for scene in film.scenes for part in scene.cast}
    seen |= {line.by.id for scene in film.scenes for line in scene.lines}
    for person in film.characters:
        if person.id not in seen:
            yield Finding(case.places.of("characters", person.id), {"who": person.id})


RULE = Rule(
    code="W205",
    title=Wording("A character whom no scene uses.", "Персонаж, которого нет ни в одной сцене."),
    reason=Wording(
        "Somebody who is described and never met is either forgotten in a scene or left over from an earlier draft; "
        "a reader will wait for him.",
        "Кто описан, но не появляется, либо забыт в какой-то сцене, либо остался от прежнего черновика.",
    ),
    says={
        "": Said(
            Wording("no scene shows or hears '{who}'", "персонажа «{who}» нет ни в одной сцене: ни в кадре, ни в речи"),
            Wording("put them in a `cast`, or delete them", "впишите его в `cast` или удалите"),
        )
    },
    bad="characters:\n  ann: {role: heroine}\nscenes:\n  - {id: pier, prompt: Waves break on an empty pier.}\n",
    good=(
        "characters:\n  ann: {role: heroine}\nscenes:\n"
        "  - {id: pier, prompt: Waves break on an empty pier., cast: [{who: ann, action: walk}]}\n"
    ),
    looks=_looks,
)
