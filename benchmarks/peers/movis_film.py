"""The benchmark's film by movis: layers over each other with opacity in motion; run by movis' own environment."""
# mypy: ignore-errors

from __future__ import annotations

import json
import sys

import movis as mv

job = json.loads(sys.argv[1])
film = mv.layer.Composition(size=(1280, 720), duration=job["seconds"])
for scene in job["scenes"]:
    item = film.add_layer(mv.layer.Video(scene["clip"], audio=False), offset=scene["start"])
    if scene["fade_in"]:
        item.opacity.enable_motion().extend([0.0, scene["fade_in"]], [0.0, 1.0])
    film.add_layer(mv.layer.Audio(scene["voice"]), offset=scene["voice_at"])
film.add_layer(mv.layer.Audio(job["music"]), end_time=job["seconds"], audio_level=-8.0)
film.write_video(
    job["out"],
    fps=job["rate"],
    output_params=["-preset", "veryfast", "-crf", "20", "-b:a", "192k", "-movflags", "+faststart"],
)
