"""What of the resolved film is heard: voices, sounds, music and what a scene asks of it.

Frozen data, as in `film`, which brings all of it to the rest of the house. Knows no files on disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Setting = str | int | float | bool


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """Which voice speaks: an engine-neutral name (`en/george`) or one engine's own.

    `backend` is "" when the name is engine-neutral. `speed` is a factor, `pitch` is in semitones.
    """

    name: str
    backend: str = ""
    speed: float = 1.0
    pitch: float = 0.0
    model: tuple[tuple[str, Setting], ...] = ()
    """Settings of an engine that loads a model."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One effect or ambience of a scene. Exactly one of `effect`, `file` and `prompt` is not empty."""

    id: str
    effect: str = ""
    file: str = ""
    at: Fraction = Fraction(0)
    """Seconds from the scene's start."""
    length: Fraction = Fraction(0)
    """Seconds; 0 means to the scene's end (an effect) or its own length (a file, a sound in words)."""
    level: float = -18.0
    """Gain in dB: at 0 an effect is as loud as a voice, and a file as it is."""
    start: Fraction = Fraction(0)
    """Seconds into the file where it begins."""
    trim: bool = False
    """Whether the silence at both ends of the file is cut off."""
    suggested: bool = False
    """Whether place, weather or action brought it, and not the author."""
    by: str = ""
    """Whose footsteps they are: id of a member of the cast, or ""."""
    prompt: str = ""
    """The sound in words, for what makes it."""
    backend: str = ""
    """What makes it out of the words: a name of the door `workprint.effects`."""
    model: tuple[tuple[str, Setting], ...] = ()
    """Settings of its model."""


@dataclass(frozen=True, slots=True)
class SceneMusic:
    """What one scene asks of the score. `mood` is "" where it follows from the scene itself."""

    mood: str = ""
    hit: bool = False
    """Whether the music accents the scene's beginning."""
    rest: bool = False
    """Whether the music is silent here."""


@dataclass(frozen=True, slots=True)
class Score:
    """The film's music. `kind` says whether there is any, and whether it is made or a file."""

    kind: Literal["none", "composed", "file"]
    prompt: str = ""
    mood: str = "wonder"
    tempo: int = 84
    key: str = ""
    """Such as `D minor`; "" is the mood's own."""
    file: str = ""
    level: float = 0.0
    """Gain in dB on top of the mix's own balance."""
    backend: str = "composer"
    """What makes it where it is not a file: a name of the door `workprint.scores`."""
    instruments: tuple[str, ...] = ()
    """Canonical instruments that play it; empty leaves them to the mood."""
    model: tuple[tuple[str, Setting], ...] = ()
    """Settings of a model that makes it: folder, revision, steps, guidance ..."""
    first: Fraction = Fraction(0)
    """Seconds into a file where the chosen window begins."""
    last: Fraction = Fraction(0)
    """Seconds into a file where it ends; 0 is the file's end."""
    loop: bool = True
    """Whether a file too short for the film begins again, at a bar; else it ends where it ends."""
    fade: Fraction = Fraction(0)
    """Seconds over which the music fades at the film's end; 0 lets it end at a bar."""
