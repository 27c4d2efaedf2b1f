"""One screening for each module: what its scenes have in common is painted once."""

from __future__ import annotations

import pytest

from tests.quality.screening import Screening


@pytest.fixture(scope="module")
def screening() -> Screening:
    """Shows frames."""
    return Screening()
