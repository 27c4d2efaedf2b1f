"""The benchmark's film by MoviePy: clips laid over each other, each faded in; run by MoviePy's own environment."""
# mypy: ignore-errors

from __future__ import annotations

import json
import sys
from typing import Any


def assemble(job: dict[str, Any]) -> None:
    """Write the film."""
    from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, VideoFileClip, vfx

    clips, sounds = [], []
    for scene in job["scenes"]:
        clip = VideoFileClip(scene["clip"]).with_start(scene["start"])
        clips.append(clip.with_effects([vfx.CrossFadeIn(scene["fade_in"])]) if scene["fade_in"] else clip)
        sounds.append(AudioFileClip(scene["voice"]).with_start(scene["voice_at"]))
    sounds.append(AudioFileClip(job["music"]).subclipped(0, job["seconds"]).with_volume_scaled(0.4))
    film = CompositeVideoClip(clips).with_duration(job["seconds"]).with_audio(CompositeAudioClip(sounds))
    film.write_videofile(
        job["out"],
        fps=job["rate"],
        codec="libx264",
        preset="veryfast",
        audio_codec="aac",
        audio_bitrate="192k",
        audio_fps=48000,
        ffmpeg_params=["-crf", "20", "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
        logger=None,
    )


if __name__ == "__main__":
    assemble(json.loads(sys.argv[1]))
