"""The resolved film: every default, style, role and inheritance applied once.

Frozen data that the rest of the house reads. Nothing here is `None` to mean "default"; an absent thing is an
empty tuple, an empty text or a named value. Knows neither YAML nor disk, frames nor backends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Literal

from storyboard.captioning import UNSAID
from storyboard.captioning import Captioning as Captioning
from storyboard.checking import USUAL, Checking
from storyboard.heard import SceneMusic as SceneMusic
from storyboard.heard import Score as Score
from storyboard.heard import Sound as Sound
from storyboard.heard import VoiceChoice as VoiceChoice
from storyboard.looks import NO_LOOK
from storyboard.looks import Look as Look
from storyboard.safe_area import WHOLE
from storyboard.safe_area import SafeArea as SafeArea

NO_WISHES = SceneMusic()
"""A scene that asks nothing of the score."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """The shape of one cut, for example 16:9."""

    width: int
    height: int

    def __str__(self) -> str:
        """`16:9`, as written."""
        return f"{self.width}:{self.height}"

    @property
    def slug(self) -> str:
        """`16x9`, fit for file names."""
        return f"{self.width}x{self.height}"

    def canvas(self, short_side: int) -> tuple[int, int]:
        """Width and height in pixels, both even, whose shorter one is `short_side`."""
        long_side = short_side * max(self.width, self.height) / min(self.width, self.height)
        wide = 2 * round(long_side / 2)
        return (wide, short_side) if self.width >= self.height else (short_side, wide)


class Captions(Enum):
    """Where the spoken words are shown."""

    OFF = "off"
    FILE = "file"
    BURNED = "burned"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Lora:
    """Small weights trained on one character. `file` is project-relative."""

    file: str
    weight: float = 1.0
    trigger: str = ""
    backend: str = ""
    """The backend whose model they fit, or "" for every one."""


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody of the film, with the traits that never change and those that a scene may change."""

    id: str
    name: str
    role: str
    """Canonical role of the vocabulary, or "" where the text was not understood."""
    role_text: str
    looks: str
    wears: str
    voice: VoiceChoice
    references: tuple[str, ...] = ()
    """Project-relative paths of pictures."""
    loras: tuple[Lora, ...] = ()
    seed: int = 0
    """The noise that models begin the character's scenes from; 0 leaves it to the scene."""


@dataclass(frozen=True, slots=True)
class Part:
    """One character in one scene: what he does, feels and where he stands."""

    character: Character
    action: str
    emotion: str
    at: Literal["far left", "left", "center", "right", "far right"]
    facing: Literal["left", "right", "auto"] = "auto"
    placed: bool = False
    """Whether the author wrote where he stands; else a composer may move him."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A prop that the prose names: what it is, and what is said of it."""

    kind: str
    """Canonical prop of the vocabulary."""
    written: str
    """The word as it stands in the prose, in lower case."""
    colour: str = ""
    """Canonical colour word said of it, or ""."""
    count: int = 1
    held_by: str = ""
    """Id of the character who holds it, or "" for what stands about."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What one third of a scene says anew: who does and feels what, and how hour and weather turn."""

    actions: tuple[tuple[str, str], ...] = ()
    """Character id and canonical action, in the order of the words."""
    emotions: tuple[tuple[str, str], ...] = ()
    """Character id and canonical emotion."""
    time: str = ""
    weather: str = ""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words on the picture: a title card, a lower third (name and what he is), or rolling credits."""

    kind: Literal["title", "lower third", "credits"]
    lines: tuple[str, ...]
    first: Fraction = Fraction(0)
    """Seconds from the scene's start."""
    length: Fraction = Fraction(0)
    """Seconds; 0 means to the scene's end."""
    automatic: bool = False
    """Credits whose lines are written by the house, from what the film uses."""
    sets_length: bool = False
    """Automatic credits whose scene lasts as long as it takes to read them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One spoken line. `id` is stable within the scene (`yorblef-1`); `pause` is silence after it, in seconds."""

    id: str
    by: Character
    text: str
    emotion: str = "neutral"
    pause: Fraction = Fraction(0)
    file: str = ""
    """Project-relative path of the author's own recording, or ""."""


Setting = str | int | float | bool | tuple[str | int | float | bool, ...]
"""A value that an author gives to an effect."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """An effect on finished pictures that the author chose: one of MoviePy's, or a function of his own."""

    source: Literal["moviepy", "python"]
    name: str
    """The name of MoviePy's effect (`MirrorX`), or `file.py:function` with a project-relative file."""
    settings: tuple[tuple[str, Setting], ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """How one scene gives way to the next. A cut has length 0."""

    kind: str
    length: Fraction
    """Seconds."""
    option: str = ""
    """Direction (`left`, `right`, `up`, `down`), colour (`#rrggbb`) or another word that the kind knows."""
    linear: bool = False
    """Whether pictures are mixed in linear light, as lenses do, and not in coded values, as editors do."""
    picture: str = ""
    """Project-relative path of the grey picture that a `matte` follows, or ""."""
    softness: float = 0.1
    """How soft the edge of a matte is, 0..1."""
    treatments: tuple[Treatment, ...] = ()
    """What makes a transition of the kind `moviepy` or `python`: exactly one there, none elsewhere."""
    sounds: tuple[Sound, ...] = ()
    """What is heard with it; their times count from the transition's first frame."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the delivered film is coded. Every piece of a cut is coded alike."""

    codec: Literal["h264", "hevc", "av1"] = "h264"
    crf: int = 20
    """Constant quality in the codec's own scale, smaller is better."""
    preset: str = "veryfast"
    """The encoder's own name of how much work it takes: veryfast, medium ... for H.264 and HEVC, 0..13 for AV1."""
    audio_bits: int = 192_000
    """Bits of sound per second."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The scene lasts so many seconds."""

    seconds: Fraction


@dataclass(frozen=True, slots=True)
class FitVoice:
    """The scene lasts as long as its lines need."""


@dataclass(frozen=True, slots=True)
class FitClip:
    """The scene lasts as long as the author's clip."""


@dataclass(frozen=True, slots=True)
class Beats:
    """The scene lasts so many beats of the score."""

    count: int


Length = Fixed | FitVoice | FitClip | Beats


@dataclass(frozen=True, slots=True)
class Moments:
    """What happens at the beginning, in the middle and at the end; "" where nothing was written."""

    start: str = ""
    middle: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Keyframe:
    """One of the author's pictures. `at` is a fraction of the scene in 0..1; all files are project-relative."""

    picture: str
    at: Fraction
    layers: tuple[str, ...] = ()
    """Pictures with transparency that lie over it, from back to front; each is nearer than the one before."""
    depth: str = ""
    """A grey picture of its depth, white is near, or ""."""
    mask: str = ""
    """A grey picture whose white part stands before the rest, or ""."""


@dataclass(frozen=True, slots=True)
class Post:
    """What is done to a clip after it was made; empty text or 0 means nothing."""

    grade: str = ""
    denoise: str = ""
    stabilise: bool = False
    interpolate: int = 0
    upscale: int = 1
    deband: bool = False
    sharpen: str = ""
    """`light`, `medium` or `strong`."""
    lut: str = ""
    """Project-relative path of the author's own .cube table."""
    interpolator: str = ""
    """`rife` where a network invents the frames that `interpolate` asks for; "" for the house's own way."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene, whole: nothing of the film needs to be asked again to make its clip."""

    id: str
    length: Length
    place: str
    time: str
    weather: str
    shot: str
    camera: str
    style: str
    prompt: str
    negative: str
    cast: tuple[Part, ...]
    moments: Moments
    lines: tuple[Line, ...]
    sounds: tuple[Sound, ...]
    transition: Transition
    backend: str
    """Name of the clip backend as written; "auto" lets the house choose and say why."""
    text: str = ""
    """Words shown on screen as a title card, "" for none."""
    clip: str = ""
    clip_from: Fraction = Fraction(0)
    """Seconds into the footage where the scene starts."""
    keyframes: tuple[Keyframe, ...] = ()
    model: tuple[tuple[str, str | int | float | bool], ...] = ()
    focus: tuple[float, float] = (0.5, 0.5)
    reframe: Literal["crop", "track", "native", "pad"] = "crop"
    post: Post = Post()
    effects: tuple[Treatment, ...] = ()
    """What is done to the finished take, in order."""
    seed: int = 0
    """Seed of the scene's first take; other takes derive from it."""
    take: int = 0
    """The take that the storyboard pins, or 0."""
    language: str = "en"
    unread: tuple[str, ...] = ()
    """Words of place, prompt and moments that the vocabulary did not know."""
    things: tuple[Thing, ...] = ()
    """Props that the prose names."""
    extras: tuple[Part, ...] = ()
    """Roles and animals that the prose names and that nobody of the cast is; their ids begin with `extra-`."""
    beats: tuple[Beat, Beat, Beat] = (Beat(), Beat(), Beat())
    """What the moments say, read: start, middle, end."""
    lettering: tuple[Lettering, ...] = ()
    music: SceneMusic = NO_WISHES
    snap: bool = False
    """Whether the scene's end is moved to the nearest beat of the score."""
    clip_sound: bool = True
    """Whether what the clip's own sound track holds is heard."""
    clip_level: float = 0.0
    """Gain of that sound in dB."""
    heading: str = ""
    """The heading that the scene has in a script."""
    look: Look = NO_LOOK
    """What a preset adds to the style."""


@dataclass(frozen=True)
class Film:
    """The whole film as the house makes it."""

    title: str
    language: str
    rate: Fraction
    """Frames per second, exact."""
    short_side: int
    cuts: tuple[Aspect, ...]
    seed: int
    captions: Captions
    loudness: float
    """Integrated loudness of the finished film, LUFS."""
    narrator: Character
    characters: tuple[Character, ...]
    score: Score
    opening: Transition
    """How the film begins: a cut, or a fade from a colour."""
    scenes: tuple[Scene, ...]
    credits: tuple[str, ...] = ()
    """Attributions that travel with every copy."""
    author: str = ""
    encoding: Encoding = Encoding()
    ai_label: str = field(default="AI-generated")
    pronounce: tuple[tuple[str, str], ...] = ()
    """Words and how they are said: a respelling, or a phonetic transcription between slashes."""
    captions_by_word: bool = False
    """Whether burned captions light each word while it is spoken."""
    captioning: Captioning = UNSAID
    """How captions look, and which languages and sounds they tell."""
    safe: SafeArea = WHOLE
    """Where the buttons of the platform that shows the film leave room for words."""
    deliver: tuple[str, ...] = ()
    """Names of the deliveries that the author wants."""
    check: Checking = USUAL
    """Which doubts are not told, and the language of the others."""
    provenance: str = "on"
    """Whether delivered films say, signed, how they were made: `on`, `off`, or `no training`, which forbids that."""

    def scene(self, scene_id: str) -> Scene:
        """The scene of that id; KeyError where there is none."""
        return self._by_id[scene_id]

    @cached_property
    def _by_id(self) -> dict[str, Scene]:
        return {scene.id: scene for scene in self.scenes}
