"""The sound that clips bring: of the author's footage, from where its scene begins, and of what a model makes.

It lies on a bus of its own. Plans only.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from audio.mixing.grid import MixCue
from audio.signal.files import SoundFileRequest, has_sound
from projects.steps import Step
from projects.workspace import Workspace
from render.identity import sound_identity
from render.lengths import author_files
from render.makers import FOOTAGE, Maker
from render.picture import canvas_of
from render.purchases import KIND
from render.timeline import Timeline
from scenes.frames import coder_identity
from storyboard.film import Film, Scene
from storyboard.schedule import Slot
from storyboard.time import SAMPLE_RATE, sample_of_frame

EDGE = SAMPLE_RATE // 64
"""Fade at a cut, in samples: soft enough not to click, too short to be heard as a fade."""


def clip_sounds(
    film: Film, timeline: Timeline, makers: Mapping[str, Maker], workspace: Workspace, tag: str
) -> tuple[list[Step], list[MixCue]]:
    """The steps that bring in the sound of all clips that have some, and where each lies.

    `tag` names the cut whose takes are asked for the sound of what a model made.
    """
    steps, cues = [], []
    for slot in timeline.slots:
        scene = film.scene(slot.scene_id)
        step = _step(film, scene, slot, makers[scene.id], workspace, tag)
        if step is not None:
            steps.append(step)
            cues.append(_cue(film, scene, slot, step.name))
    return steps, cues


def _step(film: Film, scene: Scene, slot: Slot, maker: Maker, workspace: Workspace, tag: str) -> Step | None:
    if not scene.clip_sound:
        return None
    files: dict[str, Path] = {}
    inputs: dict[str, str] = {}
    start, name = 0, scene.clip
    if scene.clip and maker.backend == FOOTAGE:
        files, _ = author_files(workspace, {"sound": scene.clip})
        if not files or not _sounds(files["sound"], _stamp(files["sound"])):
            return None  # a missing file is told by the take, which needs it too
        start = round(scene.clip_from * SAMPLE_RATE)
    elif maker.sounds:
        # Where one clip serves all cuts, it is the main one's that brings the sound.
        own = tag if maker.composes else canvas_of(film, film.cuts[0], tag.endswith("-draft")).tag
        # A bought clip has its sound in the file that came, which is the same for all cuts.
        inputs, name = {"sound": f"{KIND}:{scene.id}" if maker.shop else f"take:{scene.id}@{own}"}, scene.id
    else:
        return None
    samples = sample_of_frame(slot.frames, film.rate)
    return Step(
        name=f"clip:{scene.id}",
        kind="effect",
        call="audio.signal.files:bring_in",
        request=SoundFileRequest(name, start=start, samples=samples),
        inputs=inputs,
        files=files,
        suffix=".wav",
        scene=scene.id,
        label=f"{scene.id}: the clip's own sound",
        cost=samples / SAMPLE_RATE / 60,
        identity=f"{sound_identity()}; {coder_identity()}",
    )


def _cue(film: Film, scene: Scene, slot: Slot, name: str) -> MixCue:
    """A clip is heard for as long as it is seen, and gives way as its picture does."""
    samples = sample_of_frame(slot.frames, film.rate)
    before, after = (sample_of_frame(frames, film.rate) for frames in (slot.overlap_in, slot.overlap_out))
    return MixCue(
        name,
        "clip",
        sample_of_frame(slot.start, film.rate),
        scene.clip_level,
        samples=samples,
        fade_in=max(EDGE, before),
        fade_out=max(EDGE, after),
    )


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when a file is written anew."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_size, stat.st_mtime_ns


@lru_cache(maxsize=4096)
def _sounds(path: Path, stamp: tuple[int, int]) -> bool:
    """Whether a file holds sound; looked at once for each time it was written."""
    return stamp != (0, 0) and has_sound(path)
