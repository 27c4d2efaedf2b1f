"""W230: people whom the film never introduces: not described, described and never seen, or acting and not in its list.

Whoever is only heard and has no looks is a voice from off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from storyboard.film import Film, Scene
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording
from storyboard.rules.words import moves
from storyboard.vocabulary.places import PLACES
from storyboard.vocabulary.stems import stem, tokens
from storyboard.vocabulary.table import spot

_NAME = re.compile(r"(?<![.!?:;…\"'«“”(\n])(?<!^)\s(?P<name>[A-ZА-ЯЁ][a-zа-яё]{2,})\s+(?P<does>[a-zа-яё]+)\b")
"""A word with a capital inside a sentence, and the word behind it."""
_OFTEN = 2
"""Scenes that have to name somebody before he is thought to be one of the film's people."""


def _looks(case: Case) -> Iterator[Finding]:
    film = case.film
    shown = {part.character.id for scene in film.scenes for part in scene.cast}
    speaking = {line.by.id: scene for scene in reversed(film.scenes) for line in scene.lines}
    for person in film.characters:
        place = case.places.of("characters", person.id)
        drawn = person.looks or person.references
        if person.id in shown and not (drawn or person.role_text or person.role):
            yield Finding(place, {"who": person.id}, "faceless")
        elif person.id in speaking and person.id not in shown and drawn:
            yield Finding(place, {"who": person.id}, "unseen")
    yield from _unknown(case)


def _unknown(case: Case) -> Iterator[Finding]:
    """Names that several scenes' prose uses and that nobody of the film has."""
    film = case.film
    known = _known(film)
    named: dict[str, list[tuple[Scene, str]]] = defaultdict(list)
    for scene in film.scenes:
        prose = "\n".join((scene.prompt, scene.moments.start, scene.moments.middle, scene.moments.end))
        # Towns and days have capitals too: only who does something is somebody. Each name once a scene.
        acting = (found["name"] for found in _NAME.finditer(prose) if moves(found["does"]))
        for name in dict.fromkeys(acting):
            root = stem(tokens(name)[0])
            if root not in known and not spot(PLACES, name):
                named[root].append((scene, name))
    for uses in named.values():
        if len(uses) >= _OFTEN:
            scene, name = uses[0]
            values = {"name": name, "count": len(uses)}
            yield Finding(case.places.of_scene(scene.id, "prompt"), values, "unknown")


def _known(film: Film) -> set[str]:
    """Stems of everything that has a name in the film."""
    texts = [film.title, film.author]
    for person in (*film.characters, film.narrator):
        texts += [person.id, person.name, person.role_text, person.looks, person.wears]
    texts += [scene.text for scene in film.scenes] + [scene.heading for scene in film.scenes]
    return {stem(token) for text in texts for token in tokens(text.replace("_", " "))}


RULE = Rule(
    code="W230",
    title=Wording("Somebody whom the film never introduces.", "Кто-то, с кем фильм не знакомит."),
    reason=Wording(
        "Who is not described gets another face in every scene; who is described and never shown is looked for by the "
        "viewer; and a name in a prompt means nothing to who draws it, unless it is one of `characters`.",
        "У кого нет описания, у того в каждой сцене новое лицо; если говорящего не показывают, зритель ищет, кто "
        "говорит; а имя в описании ничего не значит, если его нет в `characters`.",
    ),
    says={
        "faceless": Said(
            Wording("nothing says what '{who}' looks like", "нигде не сказано, как выглядит «{who}»"),
            Wording("write `role` or `looks`", "напишите `role` или `looks`"),
        ),
        "unseen": Said(
            Wording(
                "'{who}' is described and speaks, and no scene shows him or her",
                "у «{who}» есть внешность и реплики, но ни одна сцена его не показывает",
            ),
            Wording(
                "put '{who}' into the `cast` of a scene; a voice from off needs no looks",
                "впишите «{who}» в `cast` сцены; закадровому голосу внешность не нужна",
            ),
        ),
        "unknown": Said(
            Wording(
                "'{name}' is named in {count} scenes and is not among `characters`",
                "«{name}» упоминается в сценах ({count}), но его нет в `characters`",
            ),
            Wording(
                "write `{name}` into `characters`, with `looks` that stay the same",
                "впишите «{name}» в `characters` с постоянными `looks`",
            ),
        ),
    },
    bad="characters:\n  ann: {}\nscenes:\n"
    "  - {id: pier, prompt: Waves break on a pier., cast: [{who: ann, action: walk}]}\n",
    good=(
        "characters:\n  ann: {role: heroine, looks: 'red coat, short dark hair'}\n"
        "scenes:\n  - {id: pier, prompt: Waves break on a pier., cast: [{who: ann, action: walk}]}\n"
    ),
    looks=_looks,
)
