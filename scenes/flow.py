"""Motion between two pictures, and pictures in between: what dissolves, interpolation, steadying and following share.

Dense inverse search on greys, both ways; where the two ways disagree, the picture is believed that agrees with itself.
Knows two pictures at a time and no clips.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from scenes.backend import Frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Field: TypeAlias = "NDArray[np.float32]"
"""Motion (h, w, 2) in pixels: where each sample of one picture lies in the other, less where it lies."""

_NO_SECOND_MAP: Any = None
"""Places that are told as pairs need no map of their rows; OpenCV's types do not know it."""

_CUT_LIGHT = 0.35
"""Mean difference of small greys (0..1) over which no motion explains the change."""

_CUT_TONES = 0.5
"""Correlation of histograms under which two pictures are of different scenes, if their greys differ as well."""

_CUT_GREY = 0.12

_CUT_LEAST = 0.06
"""Mean difference of small greys under which no pattern is told from another."""

_SAME_PATTERN = 0.7
"""Correlation of the greys themselves from which on they show the same, in another light."""

_CUT_LIKENESS = 0.3
"""Correlation of the greys themselves under which their patterns are not the same."""

_CUT_LEFT = 0.45
"""Part of the difference over which, if it is left after all has been shifted to where it fits, no motion is seen."""

_CUT_ACROSS, _CUT_DOWN = 10, 6
"""Samples of the small greys (64x36) by which something may have moved and still be found."""


@cache
def _searcher() -> Any:
    import cv2

    return cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)


def both(first: Frame, second: Frame, share: float = 1.0) -> tuple[Field, Field]:
    """The motion from the first picture (h, w, 3) to the second, and back, in pixels of the full size.

    `share` is the part of the size at which it is looked for: a half costs a quarter.
    """
    import cv2
    import numpy as np

    height, width = first.shape[:2]
    small = (max(16, round(width * share)), max(16, round(height * share)))
    greys = [cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in (first, second)]
    if small != (width, height):
        greys = [cv2.resize(grey, small, interpolation=cv2.INTER_AREA) for grey in greys]
    fields = []
    for here, there in (greys, greys[::-1]):
        field = _searcher().calc(here, there, None)
        if small != (width, height):
            field = cv2.resize(field, (width, height), interpolation=cv2.INTER_LINEAR)
            field *= np.array([width / small[0], height / small[1]], np.float32)
        fields.append(field)
    return fields[0], fields[1]


def motion(first: Frame, second: Frame) -> Field:
    """The motion from the first picture (h, w, 3) to the second, in pixels: half the work of both ways."""
    import cv2
    import numpy as np

    greys = [cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in (first, second)]
    return np.asarray(_searcher().calc(greys[0], greys[1], _NO_SECOND_MAP), np.float32)


def between(first: Frame, second: Frame, flows: tuple[Field, Field], part: float) -> Frame:
    """The picture at `part` (0 first, 1 second) of the way, by the motion of `both`."""
    import cv2
    import numpy as np

    height, width = first.shape[:2]
    grid = np.stack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)), axis=-1)
    forward, back = flows
    # The motion at the place in between is taken from the place itself: exact where motion is smooth.
    near, far = grid - part * forward, grid - (1.0 - part) * back
    shown = [
        cv2.remap(picture, at, _NO_SECOND_MAP, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
        for picture, at in ((first, near), (second, far))
    ]
    faults = [
        np.linalg.norm(forward + _moved(back, forward), axis=2),
        np.linalg.norm(back + _moved(forward, back), axis=2),
    ]
    weights = [
        (1.0 - part) * np.exp(-_carried(faults[0], near) / 2.0) + 1e-4,
        part * np.exp(-_carried(faults[1], far) / 2.0) + 1e-4,
    ]
    share = (weights[0] / (weights[0] + weights[1]))[..., None]
    mixed: Frame = np.clip(np.rint(shown[1] + (shown[0] - shown[1]) * share), 0, 255).astype(np.uint8)
    return mixed


def is_cut(first: Frame, second: Frame) -> bool:
    """Whether a cut lies between two pictures, as far as small greys, their tones and their patterns tell."""
    import cv2
    import numpy as np

    greys = [
        cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (64, 36), interpolation=cv2.INTER_AREA)
        for picture in (first, second)
    ]
    apart = float(np.abs(greys[0].astype(np.int16) - greys[1]).mean()) / 255.0
    if apart > _CUT_LIGHT:
        return True
    like = _likeness(*greys)
    tones = [cv2.calcHist([grey], [0], None, [32], [0, 256]) for grey in greys]
    other = float(cv2.compareHist(tones[0], tones[1], cv2.HISTCMP_CORREL)) < _CUT_TONES
    if apart > _CUT_GREY and other and like < _SAME_PATTERN:
        return True
    return apart > _CUT_LEAST and like < _CUT_LIKENESS and _mismatch(*greys) > _CUT_LEFT * apart


def _likeness(first: Any, second: Any) -> float:
    """Correlation of two small greys, whatever their light: 1 for the same pattern."""
    import numpy as np

    one, other = first - first.mean(), second - second.mean()
    return float((one * other).sum() / (np.sqrt((one * one).sum() * (other * other).sum()) + 1e-9))


def _mismatch(first: Any, second: Any) -> float:
    """Mean difference (0..1) of small greys after every place was shifted to where it fits best."""
    import cv2
    import numpy as np

    height, width = first.shape
    wide = cv2.copyMakeBorder(second, _CUT_DOWN, _CUT_DOWN, _CUT_ACROSS, _CUT_ACROSS, cv2.BORDER_REPLICATE)
    least = np.full((height, width), np.inf, np.float32)
    for down in range(0, 2 * _CUT_DOWN + 1, 2):
        for across in range(0, 2 * _CUT_ACROSS + 1, 2):
            apart = cv2.absdiff(first, np.ascontiguousarray(wide[down : down + height, across : across + width]))
            least = np.minimum(least, cv2.blur(apart.astype(np.float32), (9, 9)))
    return float(least.mean()) / 255.0


def _moved(field: Field, by: Field) -> Field:
    """A field as it is found at the places to which `by` leads."""
    import numpy as np

    height, width = by.shape[:2]
    grid = np.stack(np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)), axis=-1)
    moved: Field = _carried(field, grid + by)
    return moved


def _carried(values: Any, places: Field) -> Any:
    """Values (h, w) or (h, w, 2) looked up at places."""
    import cv2

    return cv2.remap(values, places, _NO_SECOND_MAP, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
