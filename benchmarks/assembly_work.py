"""The work that every assembler gets: clips, voices and music, made once by the bundled ffmpeg, and their places.

Natural-looking pictures (zooms, pans, texture, slow colour) with light grain, 1280x720 at 24 frames a second, tagged
BT.709. Knows no assembler.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe

FFMPEG = get_ffmpeg_exe()
WIDTH, HEIGHT, RATE = 1280, 720, 24
CLIP_FRAMES = 120
FADES = (12, 24)
"""Frames of the fades, in turn."""
CLIPS = 12
"""Different clips; longer films use them again, under names of their own."""
SPARE = CLIPS
"""Number of the clip that stands for a scene rendered anew."""
SAMPLE_RATE = 48_000
LEAD_IN = 0.35
"""Seconds of silence before the first voice of the film; later ones begin where their scene has arrived."""

BT709 = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
"""The end of every chain of pictures: output options alone leave primaries and transfer unsaid."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One scene in the film, in frames: where it begins, and how long it fades in and out."""

    number: int
    start: int
    fade_in: int
    fade_out: int

    @property
    def voice_at(self) -> float:
        """Seconds from the film's start to the scene's voice."""
        return (self.start + self.fade_in) / RATE if self.fade_in else LEAD_IN


@dataclass(frozen=True, slots=True)
class Work:
    """A film to assemble: the folder of its material, and its number of scenes."""

    folder: Path
    scenes: int

    def placed(self) -> Iterator[Placed]:
        """All scenes in time."""
        start = 0
        for number in range(self.scenes):
            fade_in = FADES[(number - 1) % 2] if number else 0
            fade_out = FADES[number % 2] if number + 1 < self.scenes else 0
            yield Placed(number, start, fade_in, fade_out)
            start += CLIP_FRAMES - fade_out

    @property
    def frames(self) -> int:
        """Length of the film."""
        last = list(self.placed())[-1]
        return last.start + CLIP_FRAMES

    @property
    def clips(self) -> list[Path]:
        """The clip of each scene."""
        return [clip_path(self.folder, number % CLIPS) for number in range(self.scenes)]

    @property
    def voices(self) -> list[Path]:
        """The voice of each scene."""
        return [self.folder / "voices" / f"v{number % CLIPS:02}.wav" for number in range(self.scenes)]

    @property
    def music(self) -> Path:
        """Music as long as the film."""
        return self.folder / f"music-{self.scenes}.m4a"


def clip_path(folder: Path, number: int) -> Path:
    """Where a clip lies."""
    return folder / "clips" / f"c{number:02}.mp4"


def make_work(folder: Path, scenes: int) -> Work:
    """Make whatever of the material is not there yet."""
    work = Work(folder, scenes)
    for name in ("clips", "voices"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in (*range(min(CLIPS, scenes)), SPARE):
        _make(clip_path(folder, number), _picture(number))
    for number in range(min(CLIPS, scenes)):
        _make(folder / "voices" / f"v{number:02}.wav", _voice(number))
    _make(work.music, _music(work.frames / RATE))
    return work


def ffmpeg(words: Sequence[str | Path]) -> None:
    """Run the bundled ffmpeg; raises CalledProcessError where it fails."""
    subprocess.run([FFMPEG, "-v", "error", "-y", *map(str, words)], check=True, stdin=subprocess.DEVNULL)


def _make(path: Path, words: Sequence[str]) -> None:
    """Make a file once; half of one never passes for a whole one."""
    if path.exists():
        return
    fresh = path.with_name(f".{os.getpid()}-{path.name}")
    ffmpeg([*words, fresh])
    fresh.replace(path)


def _picture(number: int) -> list[str]:
    """One of four kinds of picture, three times each with other figures, and a spare one."""
    kind, turn = number % 4, number // 4
    size = f"{WIDTH}x{HEIGHT}"
    grain = f"noise=alls=2:allf=t:all_seed={number + 1}"
    zoom = (
        f"mandelbrot=s={size}:r={RATE}:start_scale={2.2 - 0.5 * turn}:end_scale={0.25 - 0.06 * turn}:end_pts=240"
        f":start_x=-0.743643887037151:start_y=-0.13182590420533,hue=h={40 * turn}"
    )
    pan = (
        f"testsrc2=s=1920x1080:r={RATE},crop={WIDTH}:{HEIGHT}:x='320+{280 - 60 * turn}*sin(t*{0.5 + 0.2 * turn})'"
        f":y='180+120*cos(t*{0.4 + 0.1 * turn})',hue=s=0.6,gblur=sigma=0.7"
    )
    texture = (
        f"color=c=gray:s=1920x1080:r={RATE}:d=0.1,noise=alls=100:allf=u:all_seed={90 + turn},gblur=sigma={4 + 2 * turn}"
        f",eq=contrast=6,colorchannelmixer=rr=1:gg=0.{8 - turn}:bb=0.{5 + turn},scale=3840:2160"
        f",zoompan=z='1+0.0025*on':d={CLIP_FRAMES}:x='iw/4+on*2':y='ih/4':s={size}:fps={RATE}"
    )
    colours = (
        f"gradients=s={size}:r={RATE}:speed=0.02:n=5:seed={7 + turn}[soft];"
        f"life=s=320x180:r={RATE}:mold=10:ratio=0.1:seed={3 + turn}:life_color=white:death_color=gray:mold_color=black"
        f",scale={size}:flags=bicubic,gblur=sigma=3,format=gbrp[spots];[soft]format=gbrp[base];"
        "[base][spots]blend=all_mode=softlight"
    )
    source = (zoom, pan, texture, colours)[kind]
    graph = f"{source},{grain},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{BT709}"
    # A key frame a second, as cameras write them.
    coded = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-g", str(RATE), "-threads", "1"]
    return ["-filter_complex", graph, "-frames:v", str(CLIP_FRAMES), *coded]


def _voice(number: int) -> list[str]:
    """Three seconds that swell, hiss and pause like speech."""
    pitch = 110 + 9 * number
    tone = "+".join(f"{0.3 / k:.3f}*sin(2*PI*{pitch * k}*t)" for k in (1, 2, 3, 5, 7))
    syllables = "pow(abs(sin(PI*3.1*t)),0.7)*gt(sin(2*PI*0.45*t+1.2),-0.6)"
    source = f"aevalsrc='({tone}+0.1*(random({number})-0.5))*{syllables}':s={SAMPLE_RATE}:d=3"
    return ["-f", "lavfi", "-i", source, "-c:a", "pcm_s16le"]


def _music(seconds: float) -> list[str]:
    """A slow chord over a soft rush, a second longer than the film: bare tones are the hardest for an AAC encoder."""
    chord = [
        f"0.07*sin(2*PI*{tone}*t)*(0.7+0.3*sin(2*PI*{0.1 + n / 50}*t))" for n, tone in enumerate((220, 277, 330, 440))
    ]
    sides = ("+".join(order) for order in (chord, chord[::-1]))
    tones = f"aevalsrc='{'|'.join(sides)}':s={SAMPLE_RATE}:d={seconds + 1:.3f}[tones]"
    rush = f"anoisesrc=c=pink:r={SAMPLE_RATE}:a=0.12:d={seconds + 1:.3f}:seed=3,tremolo=f=2:d=0.6"
    stereo = "aformat=channel_layouts=stereo"
    graph = f"{tones};{rush},{stereo}[rush];[rush][tones]amix=inputs=2:normalize=0"
    return ["-filter_complex", graph, "-c:a", "aac", "-b:a", "192k"]
