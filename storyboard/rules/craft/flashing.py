"""W234: what will probably flash: prompts that ask for it, runs of very short shots, runs of flashing transitions.

Says what the words promise; what finished pictures really do is measured when they are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyboard.ambience import DARK
from storyboard.film import Scene
from storyboard.rules.rule import Case, Finding, Rule, Said, Wording
from storyboard.rules.words import STROBES

SHORT = 0.35
"""Seconds of a shot that is over before an eye has settled on it."""
MOST = 3
"""Flashes in a second, above which pictures can harm."""
_KINDS = frozenset({"glitch", "whip"})


def _looks(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        for key, text in (
            ("prompt", scene.prompt),
            ("moments", " ".join((scene.moments.start, scene.moments.middle, scene.moments.end))),
        ):
            hit = STROBES.search(text)
            if hit and not _denied(text, hit.start()):
                yield Finding(case.places.of_scene(scene.id, key), {"word": hit[0]}, "words")
                break
    yield from _short_shots(case)
    yield from _bursts(case)


def _denied(text: str, at: int) -> bool:
    return text[:at].rstrip().lower().endswith((" no", "without", "без", " нет", " не")) or text[
        :at
    ].strip().lower() in (
        "no",
        "без",
        "нет",
        "не",
    )


def _short_shots(case: Case) -> Iterator[Finding]:
    """Runs of shots shorter than SHORT that may be light and dark by turns."""
    run: list[Scene] = []
    for scene in (*case.film.scenes, None):
        if scene is not None and case.seconds(scene) < SHORT and (not run or _may_flash(run[-1], scene)):
            run.append(scene)
            continue
        if len(run) > MOST:
            seconds = sum(case.seconds(one) for one in run)
            values = {"count": len(run), "seconds": f"{seconds:.1f}", "scene": run[0].id}
            yield Finding(case.places.of_scene(run[0].id, "length"), values, "shots")
        run = [scene] if scene is not None and case.seconds(scene) < SHORT else []


def _may_flash(one: Scene, other: Scene) -> bool:
    """Whether one shot may be much lighter than the other; painted ones follow the hour, others may be anything."""
    lights = [None if scene.clip or scene.keyframes or scene.text else scene.time in DARK for scene in (one, other)]
    return None in lights or lights[0] != lights[1]


def _bursts(case: Case) -> Iterator[Finding]:
    """More than MOST glitches, whips and white flashes that begin within one second."""
    begun: list[tuple[float, Scene]] = []
    rate = case.times.rate
    for scene in case.film.scenes:
        way = scene.transition
        white = way.kind == "fade" and way.option.lower() in ("#ffffff", "#fff") and way.length < SHORT
        if way.kind in _KINDS or white:
            begun.append((float(case.times.slot(scene.id).end / rate), scene))
    for number, (at, scene) in enumerate(begun):
        close = _within(begun[number:], at + 1.0)
        if close > MOST:
            yield Finding(case.places.of_scene(scene.id, "transition"), {"count": close}, "transitions")
            return


def _within(begun: Sequence[tuple[float, Scene]], until: float) -> int:
    return sum(at < until for at, _ in begun)


_HINT = Wording(
    "three flashes a second are the limit of WCAG 2.3.1 and ITU-R BT.1702; slow it down, or let only a small part of "
    "the picture flash, and warn the audience if it has to stay",
    "предел по WCAG 2.3.1 и ITU-R BT.1702 - три вспышки в секунду; замедлите их или пусть мигает лишь малая часть "
    "кадра, а если это нужно, предупредите зрителей",
)

RULE = Rule(
    code="W234",
    title=Wording(
        "Pictures that flash, which can harm people with photosensitive epilepsy.",
        "Мигающее изображение: опасно для людей со светочувствительной эпилепсией.",
    ),
    reason=Wording(
        "More than three flashes a second over a quarter of the picture can set off a seizure in people who do not "
        "know that they are prone to it. Broadcasters refuse such films.",
        "Больше трёх вспышек в секунду на четверти кадра могут вызвать приступ у людей, которые о своей склонности не "
        "знают. Вещатели такие фильмы не берут.",
    ),
    says={
        "words": Said(Wording("'{word}' asks for flashing pictures", "«{word}» просит мигающего изображения"), _HINT),
        "shots": Said(
            Wording(
                "{count} shots in {seconds} seconds, from scene '{scene}' on, may be light and dark by turns",
                "планов за {seconds} с, начиная со сцены «{scene}»: {count}; они могут чередовать свет и тьму",
            ),
            _HINT,
        ),
        "transitions": Said(
            Wording(
                "{count} flashing transitions begin within one second",
                "мигающих переходов, начинающихся за одну секунду: {count}",
            ),
            _HINT,
        ),
    },
    bad="scenes:\n  - {id: club, prompt: Strobe lights over a dancing crowd.}\n",
    good="scenes:\n  - {id: club, prompt: Slow coloured lights over a dancing crowd.}\n",
    looks=_looks,
)
