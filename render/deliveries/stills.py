"""Pictures out of takes: the poster, a thumbnail of every scene, and a sheet of pictures for players that seek.

The poster is the picture that is bright, sharp and clear of transitions, with a face in it where there is one.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from projects.disk import replace_bytes
from projects.steps import Artifact
from render.delivery import write_text
from render.timeline import Timeline
from scenes.frames import i420_to_rgb
from scenes.takes import take_pictures

Picture = NDArray[np.uint8]

LOOKED_AT = 5
"""Pictures of a scene among which the best is chosen."""
SPRITE_WIDTH, SPRITE_COLUMNS = 160, 10


@dataclass(frozen=True, slots=True)
class Still:
    """A picture (RGB uint8) of a scene, at frame `at` of its take, and how good a poster it is."""

    scene: str
    at: int
    picture: Picture
    worth: float


def worth_of(picture: Picture) -> float:
    """How good a poster a picture is: neither dark nor empty, sharp, colourful, and somebody looks out of it."""
    import cv2

    from scenes.faces import faces

    small = cv2.resize(picture, (320, max(2, round(320 * picture.shape[0] / picture.shape[1]))))
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    light = 1 - abs(float(grey.mean()) / 255 - 0.5) * 2
    sharp = math.log1p(float(cv2.Laplacian(grey, cv2.CV_32F).var())) / 8
    spread = float(grey.std()) / 80
    colour = float(small.astype(np.float32).std(axis=2).mean()) / 60
    if float(grey.std()) < 4:
        return 0.0
    seen = min(1.0, 0.6 * len(faces(picture)))
    return light + min(1.0, sharp) + min(1.0, spread) + min(1.0, colour) + seen


def stills(timeline: Timeline, takes: Mapping[str, Artifact]) -> Iterator[Still]:
    """The best picture of every scene that has a take, away from its transitions."""
    for slot in timeline.slots:
        if slot.scene_id not in takes:
            continue
        first, last = slot.body
        places = [first + (last - first) * number // (LOOKED_AT + 1) for number in range(1, LOOKED_AT + 1)]
        found = [(place, _picture(takes[slot.scene_id], place)) for place in dict.fromkeys(places)]
        rated = [(worth_of(picture), -place, picture) for place, picture in found]
        best = max(rated, key=lambda one: one[:2])
        yield Still(slot.scene_id, -best[1], best[2], best[0])


def _picture(take: Artifact, frame: int) -> Picture:
    return i420_to_rgb(next(iter(take_pictures(take, frame, frame + 1))))


def save_picture(picture: Picture, path: Path) -> Path:
    """Write a picture as JPEG, whole or not at all."""
    coded = io.BytesIO()
    Image.fromarray(picture).save(coded, "JPEG", quality=92, subsampling=0)
    replace_bytes(path, coded.getvalue(), str(path))
    return path


def sprite(timeline: Timeline, found: Sequence[Still], path: Path) -> tuple[Path, Path]:
    """A sheet of small pictures, and the WebVTT that tells a player which part of it belongs to which time."""
    height = round(SPRITE_WIDTH * found[0].picture.shape[0] / found[0].picture.shape[1])
    columns = min(SPRITE_COLUMNS, len(found))
    sheet = np.zeros((-(-len(found) // columns) * height, columns * SPRITE_WIDTH, 3), np.uint8)
    cues = ["WEBVTT\n"]
    slots = {slot.scene_id: slot for slot in timeline.slots}
    starts = [slots[one.scene].start for one in found] + [timeline.frames]
    for number, one in enumerate(found):
        left, top = number % columns * SPRITE_WIDTH, number // columns * height
        small = Image.fromarray(one.picture).resize((SPRITE_WIDTH, height), Image.Resampling.LANCZOS)
        sheet[top : top + height, left : left + SPRITE_WIDTH] = np.asarray(small)
        begin, end = (float(frame / timeline.rate) for frame in starts[number : number + 2])
        place = f"{path.name}#xywh={left},{top},{SPRITE_WIDTH},{height}"
        cues.append(f"{_clock(begin)} --> {_clock(end)}\n{place}\n")
    save_picture(sheet, path)
    words = path.with_suffix(".vtt")
    write_text(words, "\n".join(cues))
    return path, words


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{rest:03}"
