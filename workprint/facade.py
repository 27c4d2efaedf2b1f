"""Films from a script: the few functions behind `import workprint`.

Says in one call what the commands say in several options. Knows nothing that the production does not do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import threading

    from projects.hosted.job import Consent
    from projects.progress import Event
    from render.deliveries.deliver import DeliveredFiles
    from render.orders import Delivery, FilmPlan, Order
    from storyboard.errors import Diagnostic
    from storyboard.film import Aspect, Film


def load(path: str | Path | None = None) -> Film:
    """The film of a project: its folder, its storyboard, or None for the one around the current folder.

    Raises MissingError where there is none and StoryboardError with every mistake.
    """
    from render.production import open_production

    return open_production(_path(path)).film


def check(path: str | Path | None = None, *, language: str = "") -> tuple[Diagnostic, ...]:
    """Every mistake and doubt of a storyboard, and every named file that is not there.

    Doubts are told in `language` (en, ru), that of the film when empty. Raises MissingError only where there is no
    storyboard.
    """
    from workprint.proofreading import proofread

    return proofread(_path(path), language=language)[1]


def plan(
    path: str | Path | None = None,
    *,
    cuts: Sequence[str | Aspect] = (),
    scenes: Sequence[str] = (),
    draft: bool = False,
    allow_code: bool = False,
) -> FilmPlan:
    """What a render would do, and why; makes nothing. Raises what `load` raises.

    Without `allow_code`, scenes whose effects are the project's own Python are blocked.
    """
    from render.production import open_production

    return open_production(_path(path)).plan(_order(cuts, scenes, draft, allow_code))


def stage(
    path: str | Path | None, scene: str, *, cut: str | Aspect | None = None, draft: bool = False
) -> dict[str, Any]:
    """How the painter stages a scene, in plain JSON types: layers, actors, lights, weather, camera, palette, seed.

    `cut` is a shape of the storyboard's, its main one when left out. Paints nothing. Raises MissingError for a scene
    that is not there or is not painted, and what `load` raises.
    """
    from render.production import open_production
    from storyboard.measures import aspect
    from workprint.staging import staged

    shape = aspect(cut) if isinstance(cut, str) else cut
    return staged(open_production(_path(path)), scene, shape, draft=draft)[0]


def render(
    path: str | Path | None = None,
    *,
    cuts: Sequence[str | Aspect] = (),
    scenes: Sequence[str] = (),
    draft: bool = False,
    jobs: int = 0,
    out: str | Path | None = None,
    allow_code: bool = False,
    yes: bool = False,
    max_spend: float | None = None,
    buy_again: Sequence[str] = (),
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
) -> Delivery:
    """Make what is missing or stale and hand over the finished films.

    `cuts` are shapes such as `"9:16"`, all of the storyboard's when empty; `jobs` is the number of worker processes,
    0 for one per processor. `allow_code` lets effects run Python that the project brings: only for projects that you
    trust. Nothing is bought from a hosted service without `yes`, nor more than `max_spend` US dollars for this film in
    all its days; `buy_again` names changed scenes that are to be bought anew. `on_event` hears each progress event;
    setting `cancel` stops the render. Raises RenderError, MissingError, BusyError, DiskError or InterruptedRender;
    what was finished is kept.

    Workers are fresh processes, so a script calls this under `if __name__ == "__main__":`.
    """
    from render.production import open_production

    production = open_production(_path(path))
    order = replace(
        _order(cuts, scenes, draft, allow_code, jobs, _path(out)), consent=_consent(yes, max_spend, buy_again)
    )
    return production.render(order, _Listener(on_event), cancel)


def stems(
    path: str | Path | None = None,
    *,
    scenes: Sequence[str] = (),
    parts: bool = True,
    kind: str = "wav",
    jobs: int = 0,
    out: str | Path | None = None,
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
) -> tuple[Path, ...]:
    """Write the film's sound apart: dialogue, music and effects, each as long as the film and aligned with it.

    With `parts`, also what the composer plays apart, and its notes. `kind` is wav, flac, aiff, mp3, ogg, opus or m4a.
    Gives the files. Makes no pictures; otherwise as
    `render`.
    """
    from render.production import open_production

    production = open_production(_path(path))
    order = _order((), scenes, draft=False, allow_code=False, jobs=jobs, out=_path(out))
    return production.stems(order, _Listener(on_event), cancel, parts=parts, suffix=f".{kind}")


def export(
    path: str | Path | None,
    formats: Sequence[str],
    *,
    cut: str | Aspect | None = None,
    draft: bool = False,
    out: str | Path | None = None,
    link: bool = False,
) -> tuple[Path, ...]:
    """Write a rendered film's cut for editors, and give the files in the order of `formats`, captions behind them.

    Formats are otio, otioz, fcpxml, fcp7, edl, fountain, and what plug-ins bring; `cut` is the main one when left out.
    Takes and stems are copied beside, or linked with `link`. Raises MissingError for what is not rendered yet or not
    known, DiskError, and what `load` raises.
    """
    from render.exports.export import export as write
    from render.production import open_production

    order = _order((cut,) if cut else (), (), draft, allow_code=False, out=_path(out))
    return tuple(one.path for one in write(open_production(_path(path)), order, formats, _Listener(None), link=link))


def deliver(
    path: str | Path | None = None,
    names: Sequence[str] = (),
    *,
    draft: bool = False,
    codec: str = "",
    size: int = 0,
    jobs: int = 0,
    out: str | Path | None = None,
    allow_code: bool = False,
    yes: bool = False,
    max_spend: float | None = None,
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
) -> tuple[DeliveredFiles, ...]:
    """Make the film as places want it, and give each delivery's files, report and notes.

    `names` are deliveries such as `tiktok` or `master`, those of the storyboard when empty; `codec` (h264, hevc, av1)
    and `size` (the short side in pixels) take the place of their own. Raises MissingError for a name that is not known
    or where none is named; otherwise as `render`.
    """
    from render.deliveries.deliver import Wish
    from render.deliveries.deliver import deliver as make
    from render.production import open_production

    production = open_production(_path(path))
    order = replace(_order((), (), draft, allow_code, jobs, _path(out)), consent=_consent(yes, max_spend, ()))
    wanted = names or production.film.deliver
    return tuple(make(production, wanted, order, _Listener(on_event), cancel, Wish(codec, size & ~1)))


def report(
    path: str | Path | None = None,
    *,
    cuts: Sequence[str | Aspect] = (),
    draft: bool = False,
    out: str | Path | None = None,
    language: str = "",
) -> Path:
    """Write one HTML page that shows the film as it is made now, and give its path; makes nothing else.

    `out` is the file to write, one beside the film when left out; `language` (en, ru) is that of the page's own words,
    the film's when empty. Raises what `load` raises, and DiskError.
    """
    from render.production import open_production
    from render.report.write import write_report_page
    from workprint.proofreading import proofread

    order = _order(cuts, (), draft, allow_code=False)
    production = open_production(_path(path))
    doubts = proofread(_path(path), language=language)[1]
    return write_report_page(production, order, _path(out), language, doubts)


def _consent(yes: bool, max_spend: float | None, buy_again: Sequence[str]) -> Consent:
    import uuid
    from decimal import Decimal

    from projects.hosted.job import Consent

    most = None if max_spend is None else Decimal(str(max_spend))
    return Consent(uuid.uuid4().hex, yes, most=most, again=frozenset(buy_again))


class _Listener:
    """Hands events to a function, if there is one."""

    def __init__(self, hear: Callable[[Event], None] | None) -> None:
        self._hear = hear

    def report(self, event: Event) -> None:
        """Hand an event on."""
        if self._hear is not None:
            self._hear(event)


def _order(
    cuts: Sequence[str | Aspect],
    scenes: Sequence[str],
    draft: bool,
    allow_code: bool,
    jobs: int = 0,
    out: Path | None = None,
) -> Order:
    from render.orders import Order
    from storyboard.measures import aspect

    shapes = tuple(aspect(cut) if isinstance(cut, str) else cut for cut in cuts)
    return Order(cuts=shapes, scenes=tuple(scenes), draft=draft, jobs=jobs, out=out, allow_code=allow_code)


def _path(path: str | Path | None) -> Path | None:
    return None if path is None else Path(path)
