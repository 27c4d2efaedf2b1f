"""Puts busts on the frame of a close-up: one fills it, two face one another.

Where the head is comes from the cast's places; how it looks from the figures. Knows no scenery.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from scenes.backend import ClipRequest
from scenes.backends.animatic.blocking import Track, state_at
from scenes.backends.animatic.camera import View
from scenes.backends.animatic.figure import FigureLight
from scenes.backends.animatic.players import lay_sprite
from scenes.backends.animatic.stage import Stage

Pixels = NDArray[np.uint8]


class Busts:
    """The faces of one close-up."""

    def __init__(self, stage: Stage, request: ClipRequest, light: FigureLight) -> None:
        """Find everybody's look and how large a bust may be."""
        from scenes.backends.animatic.figures import look_of

        self.stage, self.request, self.light = stage, request, light
        self.looks = [look_of(part.character, request.characters, part.character.wears) for part in request.scene.cast]
        count = max(1, len(stage.tracks))
        layout = stage.layout
        self.size = min(0.84 * layout.height, 1.05 * layout.width / (0.55 + 0.5 * count))
        if layout.tall:
            self.size = min(0.62 * layout.height, 1.18 * layout.width / (0.6 + 0.4 * count))

    def lay(self, frame: Pixels, view: View, index: int, t: float) -> None:
        """All faces; the one who speaks comes a little forward and is drawn last."""
        speaking = {line.who for line in self.request.speech if line.first <= index < line.last}
        for track in sorted(self.stage.tracks, key=lambda one: one.who in speaking):
            self._one(frame, view, track, index, t)

    def _one(self, frame: Pixels, view: View, track: Track, index: int, t: float) -> None:
        from scenes.backends.animatic.figures import render_bust

        stage, layout = self.stage, self.stage.layout
        beat = index / max(1, stage.frames - 1)
        _, state = state_at(
            track,
            beat,
            stage.seconds,
            index,
            t,
            self.request.speech,
            0.4 * stage.weather.wind * (0 if stage.indoors else 1),
        )
        sprite = render_bust(self.looks[track.part], state, self.size, self.light, stage.style)
        x = track.spot
        if len(stage.tracks) > 1:
            x = layout.width * (0.5 + (track.spot / layout.width - 0.5) * (0.95 if not layout.tall else 0.8))
        elif layout.tall:
            x = layout.width * (0.5 + (track.spot / layout.width - 0.5) * 0.35)
        breath = 0.003 * self.size * math.sin(1.6 * t + track.part)
        s = view.zoom * (1 + 0.9 * view.dolly)
        cx = layout.width / 2
        px = cx + s * (x - cx) - 0.8 * (view.pan + view.truck)
        lift = 0.06 * layout.height if layout.tall else 0.0
        py = (
            layout.height
            - lift
            + 0.02 * self.size
            + breath
            - 0.8 * (view.tilt + view.crane)
            + (s - 1) * 0.4 * self.size
        )
        lay_sprite(frame, sprite, px, max(py, float(layout.height)), s)
