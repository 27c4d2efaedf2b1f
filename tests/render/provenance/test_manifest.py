"""The manifest as data: golden text of a film of everything, and what each part makes of the whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from render.provenance.manifest import PARTS, Placed, definition, source_of
from render.provenance.source_types import SourceType
from render.provenance.subject import Ingredient, Subject
from render.provenance.used import Used

GOLDEN = Path(__file__).with_name("manifest.json")

PAINTED = Used("picture", "animatic", "workprint", ("wood", "end"), source=SourceType.ALGORITHMIC)
EVERYTHING = Subject(
    title="The Lantern",
    author="Ida Brook",
    scene="",
    used=(
        PAINTED,
        Used(
            "picture", "runway", "Runway", ("ship",), model="gen4.5", licence="the service's own terms", hosted=True,
            source=SourceType.TRAINED,
        ),
        Used("finish", "rife", "RIFE HDv3", ("ship",), licence="MIT", source=SourceType.ENHANCED),
        Used(
            "voice", "kokoro", "Kokoro-82M", ("Mira",), voice="en/emma", licence="Apache-2.0",
            notice="Kokoro-82M by hexgrad", source=SourceType.TRAINED,
        ),
        Used("music", "composer", "workprint", licence="tones: MIT", source=SourceType.ALGORITHMIC),
        Used("sound", "workprint", "workprint", ("wind",), source=SourceType.ALGORITHMIC),
        Used("own", "", "footage", ("sea",), file="footage/sea.mp4"),
    ),
    ingredients=(Ingredient(Path("sea.mp4"), "footage/sea.mp4", of=("sea",)),),
    credits=("Story after A. Writer, CC BY 4.0",),
    training=False,
    receipts="ab" * 32,
    cut="9:16",
)  # fmt: skip
PLACED = Placed("ingredient-1", "footage/sea.mp4", ("sea",), source=SourceType.CAPTURED)


def test_the_manifest_of_a_film_of_everything() -> None:
    """Every part, its model and licence, the author, the files that went in and the receipts are told."""
    made = json.dumps(definition(EVERYTHING, "1.2.3", "video/mp4", [PLACED]), indent=1, ensure_ascii=False) + "\n"
    assert made == GOLDEN.read_text("utf-8")


def test_only_what_is_known_is_told() -> None:
    """A film without an author, receipts and wishes has no assertions about them."""
    plain = Subject("A film", "", "", (PAINTED,), ())
    labels = [one["label"] for one in definition(plain, "1", "video/mp4")["assertions"]]
    assert labels == ["c2pa.actions.v2", "cawg.metadata", PARTS]


def test_a_file_counts_by_its_own_manifest() -> None:
    """Unknown footage leaves a painted film a composite; what a model made, by its own word, makes it learned."""
    own = Used("own", "", "footage", ("sea",), file="footage/sea.mp4")
    film = Subject("A film", "", "", (PAINTED, own), ())
    assert source_of(film) is SourceType.COMPOSITE
    assert source_of(film, [PLACED]) is SourceType.COMPOSITE
    assert source_of(film, [replace(PLACED, source=SourceType.TRAINED)]) is SourceType.PARTLY_TRAINED


def test_many_scenes_are_counted() -> None:
    """A sentence names the first scenes; the list of parts names all."""
    long = replace(PAINTED, of=tuple(f"s{number}" for number in range(40)))
    told = definition(Subject("A film", "", "", (long,), ()), "1", "video/mp4")["assertions"]
    assert told[0]["data"]["actions"][1]["description"].endswith("s11 and 28 more: workprint")
    assert len(told[2]["data"]["parts"][0]["of"]) == 40
