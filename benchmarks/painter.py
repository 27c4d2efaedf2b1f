"""How fast the painter is: frames a second on one core per kind of scene, and what a final costs beside a draft.

Run `python benchmarks/painter.py [FRAMES]`. Draft and final are measured by turns in one run, in processor time, so
that their ratio holds on a busy machine too. Stages are painted before the clock starts.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from fractions import Fraction

from scenes.backend import ClipRequest, Speech
from scenes.backends.animatic.projection import Projector
from scenes.backends.animatic.stage import stage_of
from storyboard.film import Character, Fixed, Moments, Part, Scene, Transition, VoiceChoice

HERO = Part(
    Character("hero", "Hero", "hero", "hero", "green felt hat", "", VoiceChoice("en/george")), "walk", "happy", "left"
)
MAID = Part(Character("maid", "Maid", "maid", "maid", "", "", VoiceChoice("en/emma")), "listen", "neutral", "right")
PLAIN = Scene(
    id="scene",
    length=Fixed(Fraction(4)),
    place="meadow",
    time="golden hour",
    weather="clear",
    shot="wide",
    camera="static",
    style="papercut",
    prompt="",
    negative="",
    cast=(),
    moments=Moments(),
    lines=(),
    sounds=(),
    transition=Transition("cut", Fraction(0)),
    backend="animatic",
)
KINDS = {
    "landscape, pan": replace(PLAIN, place="mountains", camera="pan right", shot="extreme wide"),
    "walk, tracking": replace(PLAIN, place="forest", camera="tracking", cast=(HERO,)),
    "dialogue in a room": replace(PLAIN, place="room", style="watercolour", shot="medium", cast=(HERO, MAID)),
    "close-up, talking": replace(PLAIN, shot="close-up", camera="zoom in", cast=(replace(HERO, action="talk"),)),
    "lake in the rain": replace(PLAIN, place="lake", weather="rain", cast=(HERO,)),
}
FULL, DRAFT = (1280, 720), (854, 480)
"""The canvases of a final and of a draft."""


def projector(scene: Scene, size: tuple[int, int], draft: bool) -> Projector:
    """A painted stage, ready to run."""
    mouth = tuple(0.5 + 0.5 * ((k * 7) % 10) / 10 for k in range(96))
    speech = (Speech("hero", 0, 96, mouth),) if scene.cast else ()
    ids = tuple(part.character.id for part in scene.cast)
    request = ClipRequest(scene, "", "", 96, Fraction(24), *size, 7, 1, draft, speech, characters=ids)
    return Projector(stage_of(request), request)


def seconds(run: Projector, index: int) -> float:
    """Processor time of one frame."""
    begun = time.process_time()
    run.picture(index)
    return time.process_time() - begun


def main() -> int:
    """Measure every kind and print one line for each."""
    count = min(96, int(sys.argv[1])) if len(sys.argv) > 1 else 48
    print(f"{'scene':<22}{'final frames/s':>16}{'draft frames/s':>16}{'final/draft':>13}")
    for name, scene in KINDS.items():
        final, draft = projector(scene, FULL, False), projector(scene, DRAFT, True)
        seconds(final, 0), seconds(draft, 0)
        pairs = [(seconds(final, index), seconds(draft, index)) for index in range(count)]
        slow, quick = (statistics.mean(pair[side] for pair in pairs) for side in (0, 1))
        print(f"{name:<22}{1 / slow:>16.1f}{1 / quick:>16.1f}{slow / quick:>13.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
