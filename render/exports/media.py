"""Media for editors: takes and stems put beside an export, under names that people can read.

A take that is kept in its footage's own size is coded anew as the film shows it; every other one is copied.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from projects.disk import disk_errors
from projects.steps import Artifact
from render.picture import Canvas
from scenes.coders import EncoderProfile
from scenes.frames import write_film
from scenes.takes import take_pictures
from storyboard.errors import RenderError
from storyboard.film import Film

FOLDER = "media"
EDITING = EncoderProfile(crf=12, preset="veryfast", keyint=12)
"""For takes that have to be coded anew: near to the source, and quick to scrub."""


def lay_takes(
    film: Film, canvas: Canvas, takes: Mapping[str, Artifact], home: Path, *, link: bool = False
) -> dict[str, Path]:
    """Put each scene's take beside the export and give its path relative to `home`; raises DiskError."""
    laid = {}
    for scene, take in takes.items():
        name = Path(FOLDER) / f"{scene}-{canvas.tag}.mp4"
        with disk_errors(str(home / name)):
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            fresh = (home / name).with_name(f".part-{name.name}")
            fresh.unlink(missing_ok=True)
            if "window" in take.facts:
                write_film(fresh, take_pictures(take), canvas.width, canvas.height, film.rate, EDITING)
            else:
                put(take.path, fresh, link=link)
            fresh.replace(home / name)
        laid[scene] = name
    return laid


def put(source: Path, target: Path, *, link: bool) -> None:
    """A copy of a file, or with `link` the file itself under a second name.

    Raises RenderError where the disk cannot do that: whoever asks for links has no room for copies.
    """
    if not link:
        shutil.copyfile(source, target)
        return
    try:
        os.link(source, target)
    except OSError as problem:
        raise RenderError(f"{target.name} cannot be linked: {problem.strerror}", "Leave `--link` out.") from problem
