"""The benchmark's film by movielite: its own crossfades, two processes; run by movielite's own environment.

Its quality `MIDDLE` is x264 veryfast at crf 21, the nearest that it offers.
"""
# mypy: ignore-errors

from __future__ import annotations

import json
import sys

from movielite import AudioClip, VideoClip, VideoQuality, VideoWriter, vtx

if __name__ == "__main__":
    job = json.loads(sys.argv[1])
    clips, sounds = [], []
    for scene in job["scenes"]:
        clip = VideoClip(scene["clip"], start=scene["start"])
        if scene["fade_in"]:
            clips[-1].add_transition(clip, vtx.CrossFade(duration=scene["fade_in"]))
        clips.append(clip)
        sounds.append(AudioClip(scene["voice"], start=scene["voice_at"]))
    sounds.append(AudioClip(job["music"], start=0, duration=job["seconds"], volume=0.4))
    writer = VideoWriter(job["out"], fps=job["rate"], size=(1280, 720), duration=job["seconds"])
    writer.add_clips(clips)
    writer.add_clips(sounds)
    writer.write(processes=2, video_quality=VideoQuality.MIDDLE)
