"""Advanced SubStation Alpha: captions with their style, their place and each word lit as it is spoken.

The style block follows the burned look as nearly as the format can. Words of a storyboard never become markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from render.captions.clock import milliseconds_of_frame, milliseconds_of_sample
from render.captions.lines import break_lines
from render.captions.measure import Measure
from render.captions.spans import Caption, Dress, Span
from scenes.lettering.captions import LIT, caption_size, margins

_EM = 1.362
"""Height of a line of Noto Sans in its own size: the format counts sizes by lines, type is counted by its own size."""

_HEAD = """\
[Script Info]
; {title}
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: TV.709

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: {style}

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an ASS file is set for: the picture's size in pixels, how captions are dressed, whether words are lit."""

    width: int
    height: int
    dress: Dress
    by_word: bool = False
    title: str = ""


def ass(shown: Sequence[Span], rate: Fraction, sheet: Sheet, measure: Measure | None = None) -> str:
    """The captions as an ASS file, UTF-8, times to the hundredth of a second."""
    measure = measure or Measure()
    head = _HEAD.format(
        title=" ".join(sheet.title.split()) or "captions", width=sheet.width, height=sheet.height, style=_style(sheet)
    )
    return head + "".join(f"{_event(span, rate, sheet, measure)}\n" for span in shown)


def _style(sheet: Sheet) -> str:
    """The one style of a file, in the order of its `Format` line."""
    look, size = sheet.dress.look, caption_size(sheet.width, sheet.height) * sheet.dress.look.scale
    left, right, upright = margins(sheet.width, sheet.height, look, sheet.dress.safe)
    white, black, lit = "&H00FFFFFF", "&H1A000000", _colour(LIT)
    bold, border, outline, shadow, back = 0, 1, 0.03 * size, 0.05 * size, "&H40000000"
    if look.style == "boxed":
        # One box around all lines: a box around each would be darker where two of them meet.
        border, outline, shadow, back = 4, 0.0, 0.28 * size, "&H73000000"
    elif look.style in ("outline", "karaoke"):
        bold, outline = -1, 0.085 * size
    elif look.style == "bold pop":
        bold, outline, shadow = -1, 0.11 * size, 0.08 * size
    primary, secondary = (lit, white) if sheet.by_word else (white, white)
    fields = (
        "Caption",
        "Noto Sans",
        f"{size * _EM:.1f}",
        primary,
        secondary,
        black,
        back,
        bold,
        *(0, 0, 0, 100, 100, 0, 0),
        border,
        f"{outline:.1f}",
        f"{shadow:.1f}",
        8 if look.at == "top" else 2,
        left,
        right,
        upright,
        1,
    )
    return ",".join(str(field) for field in fields)


def _colour(rgb: str) -> str:
    """`#rrggbb` as the format writes it: alpha, blue, green, red."""
    return f"&H00{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}".upper()


def _event(span: Span, rate: Fraction, sheet: Sheet, measure: Measure) -> str:
    """One line of `[Events]`."""
    first, last = (_hundredths(milliseconds_of_frame(frame, rate)) for frame in (span.first, span.last))
    name = span.speaker if isinstance(span, Caption) else ""
    name = " ".join(name.replace(",", " ").replace(";", " ").split())
    span = replace(span, text=sheet.dress.worded(span.text))
    lines = break_lines(span.text, measure.language, measure.width)
    text = _sung(span, lines, first, last) if sheet.by_word else "\\N".join(escaped(line) for line in lines)
    return f"Dialogue: 0,{_stamp(first)},{_stamp(last)},Caption,{name},0,0,0,,{text}"


def _sung(span: Span, lines: Sequence[str], first: int, last: int) -> str:
    """The words with how long each is sung; as they are where nobody knows."""
    words = [(word, number) for number, line in enumerate(lines) for word in line.split()]
    if len(span.heard) != len(words) or [word for word, _ in words] != span.text.split():
        return "\\N".join(escaped(line) for line in lines)
    begins = [min(max(_hundredths(milliseconds_of_sample(sample)), first), last) for sample in span.heard]
    told = f"{{\\k{begins[0] - first}}}" if begins[0] > first else ""
    for place, (word, row) in enumerate(words):
        after = "" if place + 1 == len(words) else " " if words[place + 1][1] == row else "\\N"
        told += f"{{\\kf{_sung_for(place, words, begins, last)}}}{escaped(word)}{after}"
    return told


def _sung_for(place: int, words: Sequence[tuple[str, int]], begins: Sequence[int], last: int) -> int:
    """Hundredths of a second that a word is sung; of those that begin together the last spoken one takes the time."""
    begin = begins[place]
    same = [number for number in range(len(words)) if begins[number] == begin]
    spoken = [number for number in same if any(sign.isalnum() for sign in words[number][0])] or same
    end = next((other for other in begins[place + 1 :] if other > begin), last)
    return end - begin if place == spoken[-1] else 0


def escaped(text: str) -> str:
    """A text in which nothing is markup: braces escaped, and a backslash kept from what follows it."""
    return text.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}").replace("\n", "\\N")


def _hundredths(milliseconds: int) -> int:
    return (milliseconds + 5) // 10


def _stamp(hundredths: int) -> str:
    """`h:mm:ss.cc`."""
    seconds, rest = divmod(hundredths, 100)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:02}"
