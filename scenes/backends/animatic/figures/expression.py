"""What an emotion does to a face: brows, lids, eyes and mouth. A table of data in head units."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

from scenes.backends.animatic.figure import FigureState


@dataclass(frozen=True, slots=True)
class Expression:
    """A face at one moment.

    `inner` and `outer` raise the ends of the brows (head heights, up is positive). `lid` closes the eye from above and
    `cheek` from below, 0..1. `wide` scales the eyes, `pupil` the pupils. `curve` bends the mouth (1 smiles, -1 weeps),
    `breadth` scales its width, `opening` (0..1) parts the lips, `teeth` bares them. `sweat` stands on the
    temple, `tear` under the eye.
    """

    inner: float = 0.0
    outer: float = 0.0
    lid: float = 0.14
    cheek: float = 0.0
    wide: float = 1.0
    pupil: float = 1.0
    curve: float = 0.15
    breadth: float = 1.0
    opening: float = 0.0
    teeth: bool = False
    blush: float = 0.35
    bags: float = 0.0
    tear: bool = False
    sweat: bool = field(default=False, kw_only=True)
    gaze_x: float = 0.0
    gaze_y: float = 0.0


_EXPRESSIONS = {
    "neutral": Expression(),
    "happy": Expression(0.03, 0.035, 0.05, 0.36, 1.0, 1.05, 1.0, 1.22, 0.34, True, 0.7),
    "sad": Expression(0.075, -0.045, 0.36, 0.0, 1.0, 1.0, -0.85, 0.82, 0.0, False, 0.2, 0.3, True, -0.1, 0.55),
    "angry": Expression(-0.085, 0.05, 0.26, 0.2, 1.0, 0.8, -0.75, 1.0, 0.2, True, 0.75),
    "afraid": Expression(0.115, -0.04, 0.0, 0.0, 1.28, 0.5, -0.95, 1.28, 0.3, True, 0.0, sweat=True),
    "surprised": Expression(0.12, 0.12, 0.0, 0.0, 1.32, 0.8, -0.05, 0.5, 0.72, False, 0.35),
    "determined": Expression(-0.038, 0.02, 0.3, 0.3, 1.0, 1.0, 0.1, 0.92, 0.0, False, 0.3),
    "tired": Expression(0.03, -0.05, 0.66, 0.0, 1.0, 1.0, -0.35, 0.85, 0.0, False, 0.1, 1.0, False, 0.0, 0.35),
    "wonder": Expression(0.085, 0.07, 0.0, 0.0, 1.2, 1.3, 0.5, 0.7, 0.22, False, 0.6, 0.0, False, 0.15, -0.55),
    "tender": Expression(0.05, 0.0, 0.32, 0.26, 1.0, 1.12, 0.8, 1.0, 0.0, False, 0.85, 0.0, False, 0.0, 0.1),
}


def expression(
    emotion: str, mouth: float = 0.0, blink: bool = False, gaze: tuple[float, float] = (0.0, 0.0)
) -> Expression:
    """The face of an emotion while speaking (`mouth` 0..1) or blinking; an unknown emotion is neutral.

    Speech adds to what the emotion already opens, so that a loud word always shows.
    """
    face = _EXPRESSIONS.get(emotion, _EXPRESSIONS["neutral"])
    opening = face.opening if mouth <= 0.02 else min(1.0, 0.12 + 0.55 * face.opening * (1 - mouth) + 0.88 * mouth)
    if mouth > 0.02 and face.opening > 0.3:
        opening = max(opening, 0.16)
    return replace(
        face,
        opening=opening,
        breadth=face.breadth * (1 - 0.16 * mouth),
        lid=1.0 if blink else face.lid,
        cheek=0.0 if blink else face.cheek,
        gaze_x=max(-1.0, min(1.0, face.gaze_x + gaze[0])),
        gaze_y=max(-1.0, min(1.0, face.gaze_y + gaze[1])),
    )


_STEPS = 5
"""In how many steps a face passes from one emotion to another: few, since every face is kept."""


def face_of(state: FigureState, mouth: float, gaze: tuple[float, float] = (0.0, 0.0)) -> Expression:
    """The face of a state, passing over from the emotion before it; `mouth` may be the state's in steps."""
    now, before = expression(state.emotion, mouth, state.blink, gaze), state.before
    if before is None or before.emotion == state.emotion:
        return now
    then = expression(before.emotion, mouth, state.blink, gaze)
    return between(then, now, round(_STEPS * state.passed) / _STEPS)


def between(first: Expression, second: Expression, part: float) -> Expression:
    """The face `part` (0..1) of the way from one to the other; what is there or not changes half-way."""
    values = {}
    for one in fields(Expression):
        a, b = getattr(first, one.name), getattr(second, one.name)
        values[one.name] = (b if part >= 0.5 else a) if isinstance(a, bool) else a + (b - a) * part
    return Expression(**values)
