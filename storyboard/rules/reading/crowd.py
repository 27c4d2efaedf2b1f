"""W207: more people than places to stand."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.rules.rule import Case, Finding, Rule, Said, Wording

MOST_PEOPLE = 5
"""People whom a viewer can keep apart in one picture."""


def _looks(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        if len(scene.cast) > MOST_PEOPLE:
            values = {"count": len(scene.cast), "scene": scene.id, "most": MOST_PEOPLE}
            yield Finding(case.places.of_scene(scene.id, "cast"), values)


_PEOPLE = (
    "characters: {a: {role: king}, b: {role: queen}, c: {role: knight},\n"
    "  d: {role: boy}, e: {role: girl}, f: {role: old man}}\n"
)

RULE = Rule(
    code="W207",
    title=Wording(
        "More people stand in a scene than a viewer can keep apart.",
        "В сцене больше людей, чем зритель может различить.",
    ),
    reason=Wording(
        "There are five places to stand. Whoever comes sixth covers somebody, and nobody is remembered.",
        "Мест пять. Шестой кого-нибудь закроет, и никто не запомнится.",
    ),
    says={
        "": Said(
            Wording(
                "{count} people stand in scene '{scene}'; they will cover one another",
                "в сцене «{scene}» людей: {count}; они закроют друг друга",
            ),
            Wording(
                "show at most {most}, or make one of them a crowd",
                "покажите не больше {most} или сделайте одного из них толпой",
            ),
        )
    },
    bad=f"{_PEOPLE}scenes:\n  - {{id: feast, place: castle, cast: [a, b, c, d, e, f]}}\n",
    good=(
        f"{_PEOPLE}scenes:\n  - {{id: feast, place: castle, cast: [a, b, c]}}\n"
        "  - {id: others, place: castle, cast: [d, e, f]}\n"
    ),
    looks=_looks,
)
