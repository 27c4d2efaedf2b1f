"""How things came about, in the IPTC's terms, and what that makes of a film."""

from __future__ import annotations

import pytest

from render.provenance.source_types import SourceType, in_sum, named

TRAINED, ALGORITHMIC, ENHANCED = SourceType.TRAINED, SourceType.ALGORITHMIC, SourceType.ENHANCED
PARTLY, COMPOSITE, CAPTURED = SourceType.PARTLY_TRAINED, SourceType.COMPOSITE, SourceType.CAPTURED


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([TRAINED], TRAINED),
        ([TRAINED, TRAINED], TRAINED),
        ([TRAINED, ENHANCED], TRAINED),
        ([ALGORITHMIC], ALGORITHMIC),
        ([ALGORITHMIC, TRAINED], PARTLY),
        ([None, TRAINED], PARTLY),
        ([CAPTURED, PARTLY], PARTLY),
        ([PARTLY], PARTLY),
        ([None], COMPOSITE),
        ([None, ALGORITHMIC], COMPOSITE),
        ([CAPTURED, ALGORITHMIC], COMPOSITE),
        ([ENHANCED], COMPOSITE),
        ([], COMPOSITE),
    ],
)
def test_one_learned_part_shows_in_the_whole(parts: list[SourceType | None], whole: SourceType) -> None:
    """A film is called learned wherever a part is, made by rules only where all is, and else a composite."""
    assert in_sum(parts) is whole


def test_every_term_is_read_as_it_is_written() -> None:
    """An address leads back to its term; unknown ones lead nowhere, and two names of one thing to the same term."""
    assert all(named(one.address) is one for one in SourceType)
    assert TRAINED.address == "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert named("http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic") is PARTLY
    assert named("http://cv.iptc.org/newscodes/digitalsourcetype/print") is None
    assert named("") is None
