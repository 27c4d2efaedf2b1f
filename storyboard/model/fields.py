"""The kinds of values that keys take, as pydantic types with their JSON Schema.

A number where text is wanted is taken as it was typed (`title: 2001`). Knows no key of a storyboard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import Field, PlainValidator, WithJsonSchema

from storyboard import measures, time
from storyboard.errors import UnreadableError
from storyboard.film import Aspect, Length, Setting
from storyboard.model.checks import (
    bounded,
    code_reference,
    cube_file,
    effect_name,
    identifier,
    language_tag,
    media_path,
    plain_name,
    preset_name,
    refuse,
    word,
)
from storyboard.node import WrittenFloat, WrittenInt
from storyboard.phrases import TransitionPhrase, scene_length, transition
from storyboard.vocabulary import settings
from storyboard.vocabulary.actions import ACTIONS
from storyboard.vocabulary.cameras import CAMERAS
from storyboard.vocabulary.effects import EFFECTS
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.instruments import INSTRUMENTS
from storyboard.vocabulary.moods import MOODS
from storyboard.vocabulary.shots import SHOTS
from storyboard.vocabulary.styles import STYLES
from storyboard.vocabulary.table import Table, find
from storyboard.vocabulary.times import TIMES
from storyboard.vocabulary.transitions import DIRECTIONS
from storyboard.vocabulary.weathers import WEATHERS

T = TypeVar("T")

OTHER_FORMS = "[A-Z\u0400-\u04ff]"
"""What words hold that may be right though no list of spellings has them."""
MOST_LISTED = 64
"""Items of a list that an effect is given."""
MOST_LINES = 200
"""Lines of words on the picture."""
MOST_INVENTED = 240
"""Frames a second; no film has more."""


def _written(value: Any) -> str:
    """Return a scalar as typed; raise for lists, mappings and truth values."""
    if isinstance(value, (WrittenInt, WrittenFloat)):
        return value.written
    if isinstance(value, bool):
        raise refuse("text is wanted here, not true or false", "put the text in quotes", "E132")
    if isinstance(value, (int, float)):
        return str(value)
    if not isinstance(value, str):
        raise refuse(f"text is wanted here, not {_kind(value)}", code="E132")
    return value


def _kind(value: Any) -> str:
    return {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "this")


def _take(*steps: Callable[[str], str]) -> PlainValidator:
    """Return a validator that passes the written text through checks."""

    def validate(value: Any) -> str:
        text = _written(value)
        for step in steps:
            text = step(text)
        return text

    return PlainValidator(validate)


def _read(read: Callable[[str], T]) -> PlainValidator:
    """Return a validator from a function that reads text and raises UnreadableError."""

    def validate(value: Any) -> T:
        text = _written(value)
        try:
            return read(text)
        except UnreadableError as error:
            raise refuse(error.message, error.hint, error.code) from error

    return PlainValidator(validate)


def _setting(value: Any) -> bool | int | float | str:
    """Return one setting of a model: text, a number, true or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    return bounded(400)(_written(value))


def _form(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


def _choice(*tables: Table) -> WithJsonSchema:
    spellings = [word for table in tables for word in (*table.canonical, *table.aliases)]
    # Russian words are known in all their forms, and words in capitals too; no list can hold them.
    choices = [{"enum": list(dict.fromkeys(spellings))}, {"pattern": OTHER_FORMS}]
    return WithJsonSchema({"type": "string", "anyOf": choices})


def _mood_or_rest(text: str) -> str:
    return find(settings.REST, text) or word(MOODS)(text)


def _factor(text: str) -> int:
    digits = text.strip().lower().removesuffix("x").removesuffix("\u0445").strip()
    if digits not in ("1", "2", "3", "4"):
        raise UnreadableError(f"'{text[:40]}' is not an enlargement", "write 2x, 3x or 4x")
    return int(digits)


def _colour(text: str) -> str:
    shade = measures.colour(text)
    if not shade:
        raise UnreadableError(
            f"'{text[:40]}' is not a colour", "write black, white or a colour such as #20304a", "E135"
        )
    return shade


def _listed(value: Any) -> Any:
    """Return one setting of an effect: plain, or a list of plain ones as a tuple."""
    if isinstance(value, list):
        if len(value) > MOST_LISTED:
            raise refuse(f"the list has {len(value)} items; at most {MOST_LISTED} are allowed", code="E138")
        return tuple(_plain(item) for item in value)
    return _plain(value)


def _plain(value: Any) -> bool | int | float | str:
    if isinstance(value, (list, dict)) or value is None:
        message = f"text, a number, true or false is wanted here, not {_kind(value)}"
        raise refuse(message, "an effect takes plain values and lists of them", "E132")
    return _setting(value)


def _lines(value: Any) -> tuple[str, ...]:
    """Return a text, or each text of a list, as lines."""
    if not isinstance(value, list):
        return tuple(bounded(400)(_written(value)).splitlines())
    if not value:
        raise refuse("the list is empty", "write a line, or delete the key", "E138")
    if len(value) > MOST_LINES:
        raise refuse(f"the list has {len(value)} lines; at most {MOST_LINES} are allowed", code="E138")
    return tuple(bounded(200)(_written(item)) for item in value)


_TEXT = WithJsonSchema({"type": ["string", "number"]})
_PLAIN = WithJsonSchema({"type": "string"})
_ID = WithJsonSchema({
    "anyOf": [
        {"type": "string", "maxLength": 64, "pattern": r"^[^\s!-,./:-@\[-^`{-~-][^\s!-,./:-@\[-^`{-~]*$"},
        {"type": "integer"},
    ]
})  # fmt: skip
_TIME = r"^([0-9]+:)?[0-9]+:[0-9]{2}([.][0-9]+)?$|^[0-9.,]+ *[^0-9 ].*$"

Text = Annotated[str, _take(bounded(5_000)), _TEXT]
"""Prose of at most 5,000 characters."""
ShortText = Annotated[str, _take(bounded(200)), _TEXT]
"""A name or a phrase of at most 200 characters."""
Lines = Annotated[
    tuple[str, ...],
    PlainValidator(_lines),
    WithJsonSchema({
        "anyOf": [
            {"type": ["string", "number"]},
            {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1, "maxItems": MOST_LINES},
        ]
    }),
]  # fmt: skip
"""One line or several."""
Prompt = Annotated[
    str,
    _take(bounded(5_000)),
    WithJsonSchema({
        "anyOf": [
            {"type": ["string", "number"]},
            {
                "type": "object",
                "required": ["template"],
                "properties": {"template": {"type": "string", "description": "Name of a template of prompts."}},
                "additionalProperties": {"type": ["string", "number"]},
            },
        ]
    }),
]  # fmt: skip
"""Prose; a template with its slots was filled before."""
PresetName = Annotated[str, _take(bounded(200), preset_name), _form("^.+$", "watercolour-tales", "presets/noir.yaml")]
Id = Annotated[str, _take(identifier), _ID]
Reference = Annotated[str, _take(bounded(200)), _ID]
"""The id of a character, looked up among the characters."""
MediaPath = Annotated[str, _take(bounded(400), media_path), _PLAIN]
CubePath = Annotated[
    str, _take(bounded(400), media_path, cube_file), _form(r"^.+\.[cC][uU][bB][eE]$", "looks/dusk.cube")
]
Name = Annotated[str, _take(bounded(100), plain_name), _PLAIN]
Language = Annotated[str, _take(language_tag), _form("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$", "en", "ru")]

Seconds = Annotated[Fraction, _read(time.duration), _form(_TIME, "6s", "0.5s", "500ms", "1:30")]
Rate = Annotated[Fraction, _read(time.frame_rate), WithJsonSchema({"type": ["number", "string"]})]
ShortSide = Annotated[int, _read(measures.short_side), _form("^([0-9]{2,4}p|4k)$", "720p", "1080p", "4k")]


def _interpolation(value: Any) -> int | str:
    """Return frames a second, or the word for what invents them."""
    text = _written(value).strip()
    if not re.fullmatch("[+-]?[0-9]{1,9}", text):
        return word(settings.INTERPOLATORS)(text)
    if not 1 <= int(text) <= MOST_INVENTED:
        raise refuse(f"{text} frames per second cannot be invented", f"write 1 to {MOST_INVENTED}", "E133")
    return int(text)


Shape = Annotated[Aspect, _read(measures.aspect), _form("^[0-9]+ *[:/x] *[0-9]+$", "16:9", "9:16", "1:1")]
Level = Annotated[float, _read(measures.level), _form("^[-+]?[0-9.,]+ *[dDдД][bBбБ]", "-22 dB")]
Loudness = Annotated[float, _read(measures.loudness), _form("^-[0-9.]+ *(LUFS|lufs)$", "-14 LUFS")]
MusicalKey = Annotated[str, _read(measures.musical_key), _form("^.{3,20}$", "D minor", "F# major")]
Position = Annotated[Fraction, _read(measures.position), _form("^.+$", "start", "middle", "end", "40%")]
SceneLength = Annotated[Length, _read(scene_length), _form("^.+$", "6s", "1:30", "voice", "clip", "8 beats")]
TransitionKind = Annotated[
    TransitionPhrase,
    _read(transition),
    _form(
        "^.+$", "cut", "crossfade 0.8s", "crossfade linear", "fade black 1s", "wipe left 0.5s", "push up", "circle in"
    ),
]
Colour = Annotated[str, _read(_colour), _form("^.+$", "black", "white", "#20304a")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
AudioBits = Annotated[
    int, _read(measures.audio_bits), _form("^[0-9]+ *(k|kbps|kbit/s|\u043a\u0431\u0438\u0442/\u0441)$", "192k")
]
CodeReference = Annotated[str, _take(bounded(400), code_reference), _form(r"^.+\.py:\w+$", "effects/grain.py:grain")]
MoviePyEffect = Annotated[str, _take(effect_name), _form("^[A-Z][A-Za-z0-9]*$", "MirrorX", "Painting", "SlideIn")]
Enlargement = Annotated[int, _read(_factor), WithJsonSchema({"enum": [1, 2, 3, 4, "2x", "3x", "4x"]})]
Interpolation = Annotated[
    int | str,
    PlainValidator(_interpolation),
    WithJsonSchema({
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": MOST_INVENTED},
            {"type": "string", "enum": [*settings.INTERPOLATORS.canonical, *settings.INTERPOLATORS.aliases]},
        ]
    }),
]  # fmt: skip
"""How many frames a second are invented, or what invents them up to the film's rate."""
ModelSetting = Annotated[
    bool | int | float | str, PlainValidator(_setting), WithJsonSchema({"type": ["string", "number", "boolean"]})
]
EffectSetting = Annotated[
    Setting,
    PlainValidator(_listed),
    WithJsonSchema({
        "anyOf": [
            {"type": ["string", "number", "boolean"]},
            {"type": "array", "items": {"type": ["string", "number", "boolean"]}, "maxItems": MOST_LISTED},
        ]
    }),
]  # fmt: skip
"""A plain value or a list of plain values, for an effect that the author chose."""

Time = Annotated[str, _take(word(TIMES)), _choice(TIMES)]
Weather = Annotated[str, _take(word(WEATHERS)), _choice(WEATHERS)]
Shot = Annotated[str, _take(word(SHOTS)), _choice(SHOTS)]
Camera = Annotated[str, _take(word(CAMERAS)), _choice(CAMERAS)]
Style = Annotated[str, _take(word(STYLES)), _choice(STYLES)]
SceneStyle = Annotated[
    str,
    _take(word(STYLES)),
    WithJsonSchema({
        "anyOf": [
            {"type": "string", "enum": [*STYLES.canonical, *STYLES.aliases]},
            {"type": "string", "pattern": r"^\w[\w-]*$"},
        ]
    }),
]  # fmt: skip
"""A style that everybody has, or one of a preset, whose name was replaced before."""
Action = Annotated[str, _take(word(ACTIONS)), _choice(ACTIONS)]
Emotion = Annotated[str, _take(word(EMOTIONS)), _choice(EMOTIONS)]
Effect = Annotated[str, _take(word(EFFECTS)), _choice(EFFECTS)]
Mood = Annotated[str, _take(word(MOODS)), _choice(MOODS)]
SceneMood = Annotated[str, _take(_mood_or_rest), _choice(MOODS, settings.REST)]
"""A mood, or `none`."""
Instrument = Annotated[str, _take(word(INSTRUMENTS)), _choice(INSTRUMENTS)]
Snap = Annotated[str, _take(word(settings.SNAP)), _choice(settings.SNAP)]
SoundsOfFilm = Annotated[str, _take(word(settings.SOUNDS)), _choice(settings.SOUNDS)]
Provenance = Annotated[str, _take(word(settings.PROVENANCE)), _choice(settings.PROVENANCE)]
CaptionPlace = Annotated[str, _take(word(settings.CAPTIONS)), _choice(settings.CAPTIONS)]
CaptionStyleWord = Annotated[str, _take(word(settings.CAPTION_STYLES)), _choice(settings.CAPTION_STYLES)]
CaptionStep = Annotated[str, _take(word(settings.CAPTION_STEPS)), _choice(settings.CAPTION_STEPS)]
CaptionSize = Annotated[str, _take(word(settings.CAPTION_SIZES)), _choice(settings.CAPTION_SIZES)]
CaptionRow = Annotated[str, _take(word(settings.CAPTION_ROWS)), _choice(settings.CAPTION_ROWS)]
CaptionFormat = Annotated[str, _take(word(settings.CAPTION_FORMATS)), _choice(settings.CAPTION_FORMATS)]
Standing = Annotated[str, _take(word(settings.STANDING)), _choice(settings.STANDING)]
Facing = Annotated[str, _take(word(settings.FACING)), _choice(settings.FACING)]
Reframe = Annotated[str, _take(word(settings.REFRAME)), _choice(settings.REFRAME)]
Grade = Annotated[str, _take(word(settings.GRADES)), _choice(settings.GRADES)]
Denoise = Annotated[str, _take(word(settings.DENOISE)), _choice(settings.DENOISE)]
Sharpen = Annotated[str, _take(word(settings.SHARPEN)), _choice(settings.SHARPEN)]
Codec = Annotated[str, _take(word(settings.CODECS)), _choice(settings.CODECS)]
DeliveryName = Annotated[str, _take(word(settings.DELIVERIES)), _choice(settings.DELIVERIES)]
Direction = Annotated[str, _take(word(DIRECTIONS)), _choice(DIRECTIONS)]
