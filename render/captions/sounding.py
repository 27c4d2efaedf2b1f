"""Sounds in words, in brackets, for those who do not hear them: `[wind]`, `[thunder]`, `[music]`.

They stand where nobody speaks. Names of sounds are those of the vocabulary. Knows no files and no fonts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from render.captions.measure import SHORTEST, Measure
from render.captions.spans import Caption
from render.timeline import Timeline
from storyboard.film import Film, Sound
from storyboard.vocabulary.effects import EFFECTS, ONCE
from storyboard.vocabulary.table import spellings

_SHOWN = 2.0
"""Seconds that a sound is told."""

_LONGEST = 40
"""Characters of a sound that is written in words."""

_MUSIC = {"en": "music", "ru": "музыка", "de": "Musik", "fr": "musique", "es": "música"}


def with_sounds(shown: Sequence[Caption], film: Film, timeline: Timeline, measure: Measure) -> tuple[Caption, ...]:
    """The captions, and between them what is heard beside them; a sound that goes on over a cut is told once."""
    found = list(shown)
    for first, scene, text, event in sorted(_heard(film, timeline, measure.language), key=lambda one: one[0]):
        placed = _placed(found, first, film, timeline, scene, text, event, measure)
        if placed is not None:
            found.append(placed)
            found.sort(key=lambda one: one.first)
    return tuple(found)


def _heard(film: Film, timeline: Timeline, language: str) -> Iterator[tuple[int, str, str, bool]]:
    """First frame, scene and text of everything that is heard and can be named, and whether it is over soon."""
    if film.score.kind != "none" and timeline.slots:
        yield 0, timeline.slots[0].scene_id, f"[{_MUSIC.get(language, 'music')}]", False
    before: frozenset[str] = frozenset()
    for slot in timeline.slots:
        scene = film.scene(slot.scene_id)
        # One ambience and whatever happens: more would hide the picture.
        every = [sound for sound in scene.sounds if sound_name(sound, language)]
        lasting = [sound for sound in every if not sound.at and not sound.suggested][:1]
        events = [sound for sound in every if sound.at]
        for sound in dict.fromkeys((*(lasting or every[:1]), *events)):
            first, name = slot.start + round(sound.at * film.rate), sound_name(sound, language)
            event = bool(sound.at) or sound.effect in ONCE
            if event or name not in before:
                yield first, scene.id, f"[{name}]", event
        before = frozenset(sound_name(sound, language) for sound in every)


def sound_name(sound: Sound, language: str) -> str:
    """A sound in words of a language: English or Russian ones of the vocabulary; "" for a file, which has no name."""
    if sound.effect:
        known = spellings(EFFECTS, sound.effect, "ru") if language == "ru" else ()
        return known[0] if known else sound.effect
    return sound.prompt if 0 < len(sound.prompt) <= _LONGEST and "\n" not in sound.prompt else ""


def _placed(
    shown: Sequence[Caption],
    first: int,
    film: Film,
    timeline: Timeline,
    scene: str,
    text: str,
    event: bool,
    measure: Measure,
) -> Caption | None:
    """A sound in the first free time from its beginning on within its scene; None where there is none."""
    slot = timeline.slot(scene)
    least, most = math.ceil(SHORTEST * film.rate), math.floor(_SHOWN * film.rate)
    place = max(first, slot.start)
    for one in sorted((one for one in shown if one.last > first), key=lambda one: one.first):
        if one.first - measure.gap - place >= least:
            break
        place = max(place, one.last + measure.gap)
    later = min((one.first - measure.gap for one in shown if one.first >= place), default=timeline.frames)
    last = min(place + most, later, slot.end)
    if last - place < least or (event and place - first > film.rate):
        return None
    return Caption(text, place, last, (), (), scene)
