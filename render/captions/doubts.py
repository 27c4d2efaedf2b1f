"""What a person should know of a film's captions: too fast to be read, not translated, or changed since they were.

Reads what is planned; changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from projects.workspace import Workspace
from render.captions.lines import letters
from render.captions.measure import measure_of
from render.captions.planned import Order, captions_of, is_burned
from render.captions.timing import speed_of
from render.captions.translated import languages_wanted, untranslated
from render.timeline import Timeline
from storyboard.film import Captions, Film
from storyboard.reading_speed import HURRIED


def caption_notes(
    film: Film, timeline: Timeline, workspace: Workspace, languages: Sequence[str] = ()
) -> tuple[str, ...]:
    """Everything to tell of the captions of a film in some languages; left out, in those of the storyboard."""
    if (film.captions is Captions.OFF and not languages) or not timeline.words:
        return ()
    return (
        *too_fast(film, timeline),
        *crowded_out(film, timeline),
        *untranslated(film, workspace, languages or languages_wanted(film)),
    )


def crowded_out(film: Film, timeline: Timeline) -> tuple[str, ...]:
    """What to tell of lines that begin together with another one and therefore have no caption."""
    every = captions_of(film, timeline, Order(film.cuts[0]))
    shown = {(one.scene, one.line) for one in every}
    joined = {one.text for one in every if "\n" in one.text}
    lost = [
        f"{said.scene_id}/{said.line_id}"
        for said in timeline.words
        if (said.scene_id, said.line_id) not in shown and not any(said.text in text for text in joined)
    ]
    return (f"spoken together with another line and not captioned: {', '.join(lost)}",) if lost else ()


def too_fast(film: Film, timeline: Timeline) -> tuple[str, ...]:
    """What to tell of captions that have to be read faster than most people can, once for the whole film."""
    if not timeline.words or not timeline.exact:
        return ()
    measure = measure_of(film.language, film.cuts[0])
    shown = captions_of(film, timeline, Order(film.cuts[0]))
    fast = [one for one in shown if one.line and speed_of(one, timeline.rate) > HURRIED * measure.speed]
    if not fast:
        return ()
    worst = max(fast, key=lambda one: speed_of(one, timeline.rate))
    text = worst.text if letters(worst.text) <= 40 else f"{worst.text[:38]}..."
    many = "1 caption has" if len(fast) == 1 else f"{len(fast)} captions have"
    pace = f"{speed_of(worst, timeline.rate):.0f}"
    told = (
        f"{many} to be read faster than {measure.speed:g} characters a second; the fastest, in {worst.scene}, at {pace}"
    )
    return (f"{told}: “{' '.join(text.split())}” (shorten the line, or let a pause follow it)",)


def unprintable(film: Film) -> tuple[str, ...]:
    """What to tell of captions that are to be burned in and hold signs that no font of this machine has."""
    from scenes.lettering import unset_signs

    if not is_burned(film):
        return ()
    signs = unset_signs("".join(line.text for scene in film.scenes for line in scene.lines))
    return (f"burned captions: no font here has {signs}; they will show as boxes",) if signs else ()
