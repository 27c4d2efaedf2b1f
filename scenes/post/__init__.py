"""What is done to a clip after it was made: grain, shake, bands, sharpness and colour, each one pass over the frames.

`works` names the passes in their order with what they cost, `finish` runs them. Knows neither backends nor the film.
"""

from __future__ import annotations

from scenes.post.cubes import cube_text, read_cube
from scenes.post.looks import LOOKS, cube_of
from scenes.post.passes import Pass, Work, check_post, costs, finish, leaves_alone, works

__all__ = [
    "LOOKS",
    "Pass",
    "Work",
    "check_post",
    "costs",
    "cube_of",
    "cube_text",
    "finish",
    "leaves_alone",
    "read_cube",
    "works",
]
