"""What a plan says of a changed scene: the keys that its author wrote, old and new, and nothing that only follows."""

from __future__ import annotations

from projects.history import Change
from render.changes import told
from storyboard.load import read

SCENE = (
    read(
        "workprint: 1\ntitle: T\ncharacters: {ada: {name: Ada}}\nscenes: [{id: a, prompt: x, cast: [{who: ada}]}]\n",
        "storyboard.yaml",
    )
    .checked()
    .scenes[0]
)
PROMPT = Change("clip.prompt", '"A wood at dawn, wide, with …', '"A wood at night, wide, with …')


def test_what_only_follows_is_left_out() -> None:
    """A prompt that changed with the hour is not named; one that changed alone is."""
    assert told((PROMPT, Change("clip.scene.time", '"dawn"', '"night"')), SCENE) == "time changed from dawn to night"
    assert told((PROMPT,), SCENE) == "prompt changed"
    assert told((), SCENE) == ""


def test_people_are_named() -> None:
    """What changed of somebody is told with his id."""
    changes = (
        Change("clip.scene.cast[0].character.looks", '"a grey coat"', '"a very long description of a coat …'),
        Change("clip.scene.cast[0].action", '"walk"', '"run"'),
    )
    assert told(changes, SCENE) == "looks of ada changed, action of ada changed from walk to run"


def test_lines_and_inputs() -> None:
    """Words of a line are called so; inputs and files are named without their fingerprints; many are counted."""
    changes = (
        Change("voice.text", '"Hi."', '"Ho."'),
        Change("input voice:a/ada-1", "6406ba9921f0", "7080c5ce3827"),
        Change("file pictures/a.png", "6406ba9921f0", "7080c5ce3827"),
        Change("gain", "1", "2"),
        Change("pan", "1", "2"),
    )
    assert told(changes, SCENE) == (
        "words of a line changed from Hi. to Ho., input voice:a/ada-1 changed, file pictures/a.png changed, 2 more"
    )
