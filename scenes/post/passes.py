"""What a scene's `post` comes to: passes over the frames in one order, each with its name and its price.

Grain goes first, so that nothing after it takes it for detail; colour goes last, so that nothing before it works on
colours that were pushed apart. What cannot be done is refused before anything is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TypeAlias

from scenes import rife
from scenes.backend import Frame, Refusal
from scenes.post.cubes import Cube, read_cube
from scenes.post.grain import DENOISE, SHARPEN
from scenes.post.looks import LOOKS
from scenes.retiming import invented_rate
from scenes.upscaling import MILLISECONDS, REMEDY, upscaler_is_there
from storyboard.errors import MissingError
from storyboard.film import Post

Pass: TypeAlias = Callable[[Iterable[Frame]], Iterator[Frame]]
"""One way over all frames of a clip: as many RGB frames out as in."""

_NOTHING = ("", "none")
_RATE = Fraction(24)

UPSCALE = 2
"""How many times larger small frames can be made."""

_INTERPOLATE = 54.0
"""Milliseconds a megapixel of a frame that is invented."""

_DENOISE = {"light": 16.0, "medium": 60.0, "strong": 120.0}
"""Milliseconds a megapixel of each strength."""


@dataclass(frozen=True, slots=True)
class Work:
    """One pass: its name, the milliseconds it takes for a megapixel on one core, and what opens it."""

    name: str
    milliseconds: float
    run: Callable[[], Pass]


def works(post: Post, rate: Fraction = _RATE, files: Mapping[str, Path] | None = None) -> tuple[Work, ...]:
    """The passes of a `post`, in the order in which they are made; none is opened yet.

    `rate` is the film's, `files` leads from project-relative names to paths.
    """
    found: list[Work] = []
    if post.denoise not in _NOTHING:
        found.append(Work(f"denoise {post.denoise}", _DENOISE.get(post.denoise, 0.0), partial(_denoised, post.denoise)))
    if post.stabilise:
        found.append(Work("stabilise", 35.0, partial(_steadied, rate)))
    if post.deband:
        found.append(Work("deband", 55.0, lambda: _debanded))
    if post.sharpen not in _NOTHING:
        found.append(Work(f"sharpen {post.sharpen}", 8.0, partial(_sharpened, post.sharpen)))
    if post.grade not in _NOTHING:
        found.append(Work(f"grade {post.grade}", 11.0, partial(_looked, post.grade)))
    if post.lut:
        found.append(Work(f"lut {post.lut}", 11.0, partial(_tabled, post.lut, files or {})))
    return tuple(found)


def costs(
    post: Post,
    width: int,
    height: int,
    frames: int,
    rate: Fraction = _RATE,
    own_rate: Fraction = Fraction(0),
) -> tuple[tuple[str, float], ...]:
    """Name and seconds on one core of all that is done to so many frames of that size, in order.

    Frames are enlarged, and invented where the backend makes them at another rate (`own_rate`, 0 for the film's),
    before the passes.
    """
    megapixels = width * height * frames / 1e6
    first: list[tuple[str, float]] = []
    aim = invented_rate(own_rate or rate, rate, post.interpolate)
    if aim:
        # Frames that are due as they came cost nothing, and those shown twice are made once.
        share = float(aim / rate) * max(0.5, 1 - float((own_rate or rate) / aim))
        price = rife.MILLISECONDS if post.interpolator else _INTERPOLATE
        first.append((f"interpolate {post.interpolator or post.interpolate}", price * megapixels * share))
    if post.upscale == UPSCALE:
        first.append((f"upscale {UPSCALE}x", MILLISECONDS * megapixels))
    passes = [(work.name, work.milliseconds * megapixels) for work in works(post, rate)]
    return tuple((name, spent / 1e3) for name, spent in [*first, *passes])


def leaves_alone(post: Post) -> bool:
    """Whether `finish` would hand every frame on as it is."""
    return not works(post)


def finish(
    frames: Iterable[Frame], post: Post, rate: Fraction = _RATE, files: Mapping[str, Path] | None = None
) -> Iterator[Frame]:
    """Yield the RGB frames with everything that `post` asks for done to them, one pass behind the other."""
    for work in works(post, rate, files):
        frames = work.run()(frames)
    yield from frames


def check_post(post: Post, files: Mapping[str, Path] | None = None) -> None:
    """Raise Refusal for every wish of `post` that cannot be fulfilled, all named at once.

    Where `files` is given, the author's table of colours is read too; MissingError where it is not among them.
    """
    faults: list[tuple[str, str]] = []
    for key, written, known in (
        ("grade", post.grade, LOOKS),
        ("denoise", post.denoise, DENOISE),
        ("sharpen", post.sharpen, SHARPEN),
    ):
        if written not in _NOTHING and written not in known:
            faults.append((f"`{key}: {written}`", f"{key} is none, {', '.join(sorted(known))}"))
    if post.upscale not in (1, UPSCALE):
        faults.append((f"`upscale: {post.upscale}x`", f"write `upscale: {UPSCALE}x`, or leave it out"))
    elif post.upscale != 1 and not upscaler_is_there():
        faults.append((f"`upscale: {post.upscale}x`", f"{REMEDY}, or leave `upscale` out"))
    if post.interpolator not in ("", rife.NAME):
        faults.append((f"`interpolate: {post.interpolator}`", f"write `interpolate: {rife.NAME}`, or a number"))
    elif post.interpolator and not rife.rife_is_there():
        faults.append((f"`interpolate: {post.interpolator}`", f"{rife.REMEDY}, or write a number: the house's own way"))
    if faults:
        raise Refusal(
            f"not available: {', '.join(what for what, _ in faults)} of the scene's `post`",
            "; ".join(remedy for _, remedy in faults),
        )
    if post.lut and files is not None:
        _table(post.lut, files)


def _table(name: str, files: Mapping[str, Path]) -> Cube:
    """The author's table of colours."""
    if name not in files:
        raise MissingError(f"the table {name} is not there", "put the file in its place or correct `lut`")
    return read_cube(files[name], name)


def _denoised(strength: str) -> Pass:
    from scenes.post.grain import denoise

    return partial(map, lambda picture: denoise(picture, strength))


def _steadied(rate: Fraction) -> Pass:
    from scenes.post.steadying import steadied

    return lambda frames: steadied(frames, rate)


def _debanded(frames: Iterable[Frame]) -> Iterator[Frame]:
    from scenes.post.grain import deband

    return (deband(picture, place) for place, picture in enumerate(frames))


def _sharpened(strength: str) -> Pass:
    from scenes.post.grain import sharpen

    return partial(map, lambda picture: sharpen(picture, strength))


def _looked(name: str) -> Pass:
    from scenes.post.cubes import grader
    from scenes.post.looks import cube_of

    return partial(map, grader(cube_of(name)))


def _tabled(name: str, files: Mapping[str, Path]) -> Pass:
    from scenes.post.cubes import grader

    return partial(map, grader(_table(name, files)))
