"""The written scene and everything in it. Knows neither the film around it nor any default."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StrictBool

from storyboard.model.base import Written
from storyboard.model.fields import (
    Action,
    Camera,
    CubePath,
    Denoise,
    Emotion,
    Enlargement,
    Facing,
    Grade,
    Id,
    Interpolation,
    Level,
    MediaPath,
    ModelSetting,
    Name,
    Position,
    Prompt,
    Reference,
    Reframe,
    SceneLength,
    SceneStyle,
    Seconds,
    Share,
    Sharpen,
    ShortText,
    Shot,
    Snap,
    Standing,
    Text,
    Time,
    Weather,
)
from storyboard.model.lettering import SceneText
from storyboard.model.passage import SceneTransition, WrittenTreatment
from storyboard.model.score import WrittenSceneScore
from storyboard.model.sound import SceneSounds


class WrittenPart(Written):
    """One character in one scene."""

    shorthand: ClassVar[str] = "who"

    who: Reference = Field(description="Id of a character.")
    action: Action | None = Field(None, description="What they do.")
    emotion: Emotion | None = Field(None, description="What they feel.")
    at: Standing | None = Field(None, description="Where they stand; left out, people are spread over the frame.")
    facing: Facing | None = Field(None, description="Which way they look.")
    wears: Text | None = Field(None, description="Clothes in this scene, in place of the character's own.")


class WrittenLine(Written):
    """One spoken line; a bare text is the narrator's."""

    shorthand: ClassVar[str] = "say"

    by: Reference | None = Field(None, description="Id of the character who speaks; left out, the narrator.")
    say: Text = Field(description="The words.")
    emotion: Emotion | None = Field(None, description="How it is spoken; left out, as the character feels.")
    pause: Seconds | None = Field(None, description="Silence after the line.")
    file: MediaPath | None = Field(None, description="The author's own recording of the line.")


class WrittenMoments(Written):
    """What happens at the beginning, in the middle and at the end."""

    start: Text | None = Field(None, description="The beginning.")
    middle: Text | None = Field(None, description="The middle.")
    end: Text | None = Field(None, description="The end.")


class WrittenKeyframe(Written):
    """One of the author's pictures, and when it is shown."""

    shorthand: ClassVar[str] = "picture"

    picture: MediaPath = Field(description="A picture inside the project.")
    at: Position | None = Field(None, description="start, middle, end or a percentage; left out, spread evenly.")
    layers: list[MediaPath] | None = Field(
        None, max_length=12, description="Pictures with transparency over it, from back to front, for parallax."
    )
    depth: MediaPath | None = Field(None, description="A grey picture of its depth: white is near.")
    mask: MediaPath | None = Field(None, description="A grey picture whose white part stands before the rest.")


class WrittenClip(Written):
    """The author's own footage."""

    shorthand: ClassVar[str] = "file"

    file: MediaPath = Field(description="A video inside the project.")
    from_: Seconds | None = Field(None, alias="from", description="Where in the video the scene starts.")
    sound: StrictBool | None = Field(None, description="Whether its own sound is heard; left out, true.")
    level: Level | None = Field(None, description="Gain of its own sound.")


class WrittenPost(Written):
    """What is done to a clip after it was made."""

    grade: Grade | None = Field(None, description="A colour treatment.")
    lut: CubePath | None = Field(
        None, description="The author's own colour treatment: a .cube file inside the project."
    )
    denoise: Denoise | None = Field(None, description="Noise reduction.")
    stabilise: StrictBool | None = Field(None, description="Take the shake out.")
    interpolate: Interpolation | None = Field(
        None, description="Frames per second to invent (1 to 240), or rife: up to the film's, by a network."
    )
    upscale: Enlargement | None = Field(None, description="Enlargement: 2x ...")
    deband: StrictBool | None = Field(None, description="Smooth the steps in skies and other soft gradients.")
    sharpen: Sharpen | None = Field(None, description="Sharpening.")


class WrittenScene(Written):
    """One scene: an id, and something to show or say."""

    id: Id = Field(description="A stable name; takes and renders are kept under it.")
    length: SceneLength | None = Field(
        None,
        description="6s, 1:30, voice, clip or 8 beats; left out: clip with own footage, voice with lines, else 5s.",
    )
    heading: ShortText | None = Field(None, description="The heading in the script, kept for those who read that.")
    place: ShortText | None = Field(None, description="Where it is: forest, room, city street ... or free text.")
    time: Time | None = Field(None, description="When it is; left out, as the prompt says, else noon.")
    weather: Weather | None = Field(None, description="The weather; left out, as the prompt says, else clear.")
    shot: Shot | None = Field(None, description="How much is seen; left out, wide.")
    camera: Camera | None = Field(None, description="How the camera moves; left out, static.")
    style: SceneStyle | None = Field(None, description="The look of this scene, in place of the film's.")
    prompt: Prompt | None = Field(None, description="What is seen, in prose, or a template with its slots.")
    negative: Text | None = Field(None, description="What a model must leave out.")
    text: SceneText | None = Field(
        None, description="Words on screen: a title card, or lower thirds and credits with their times."
    )
    cast: list[WrittenPart] | None = Field(None, max_length=40, description="Who is in the scene.")
    moments: WrittenMoments | None = Field(None, description="What happens at the beginning, middle and end.")
    lines: list[WrittenLine] | None = Field(None, max_length=400, description="What is spoken.")
    sounds: SceneSounds | None = Field(
        None, description="Effects and sound files, or none; left out, what place, weather and action suggest."
    )
    score: WrittenSceneScore | None = Field(None, description="What the music does here: a mood, none, a hit.")
    snap: Snap | None = Field(None, description="beat: the scene ends on a beat of the score; left out, as the film.")
    transition: SceneTransition | None = Field(None, description="How it gives way to the next scene; left out, a cut.")
    keyframes: list[WrittenKeyframe] | None = Field(
        None, min_length=1, max_length=100, description="The author's own pictures, animated."
    )
    clip: WrittenClip | None = Field(None, description="The author's own footage.")
    backend: Name | None = Field(None, description="What makes this scene's clip, in place of the film's backend.")
    model: dict[Name, ModelSetting] | None = Field(
        None, max_length=40, description="Settings of the backend's model: repo, revision, steps, guidance ..."
    )
    focus: Annotated[list[Share], Field(min_length=2, max_length=2)] | None = Field(
        None, description="What a narrower cut keeps in frame: [x, y] in 0..1 from the upper left."
    )
    reframe: Reframe | None = Field(None, description="How other cuts get their picture: crop, track, native or pad.")
    post: WrittenPost | None = Field(None, description="What is done to the clip after it was made.")
    effects: list[WrittenTreatment] | None = Field(
        None, max_length=20, description="What is done to the finished take, in order: MoviePy's effects, or own code."
    )
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(None, description="Fixes chance in this scene.")
    take: Annotated[int, Field(ge=1, le=9999)] | None = Field(None, description="Pins a take of this scene.")
