"""The written words on the picture: a title, a lower third or credits, with their times. Knows no scene."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Field, Tag

from storyboard.model.base import Written
from storyboard.model.fields import Lines, Seconds, Text

CARD, ELEMENT, ELEMENTS = "(card)", "(element)", "(elements)"
"""Tags of the three forms of `text`; they stand in the locations of findings and are no keys."""
MOST_ELEMENTS = 40


class WrittenLettering(Written):
    """Words on the picture: one of `title`, `lower third` and `credits`; a bare text is a title."""

    shorthand: ClassVar[str] = "title"

    title: Lines | None = Field(None, description="A title card.")
    lower_third: Lines | None = Field(
        None, alias="lower third", description="Who is seen: a name, and on the next line what he is."
    )
    credits: Lines | None = Field(
        None, description="Rolling credits: `auto` for all that the film uses, `film` for its own list, or lines."
    )
    at: Seconds | None = Field(None, description="When they come, from the scene's start; left out, at once.")
    for_: Seconds | None = Field(None, alias="for", description="How long they stay; left out, to the scene's end.")


def _form(value: Any) -> str:
    if isinstance(value, list):
        return ELEMENTS
    return ELEMENT if isinstance(value, dict) else CARD


SceneText = Annotated[
    Annotated[Text, Tag(CARD)]
    | Annotated[WrittenLettering, Tag(ELEMENT)]
    | Annotated[list[WrittenLettering], Field(min_length=1, max_length=MOST_ELEMENTS), Tag(ELEMENTS)],
    Discriminator(_form),
]
