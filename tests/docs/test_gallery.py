"""The gallery of transitions in the documentation."""

from __future__ import annotations

import subprocess
import sys

import cv2

from tests.docs.fences import HOUSE

GENERATOR = HOUSE / "docs" / "gallery.py"
STRIPS = HOUSE / "docs" / "pictures" / "transitions"


def test_the_gallery_is_up_to_date() -> None:
    """`docs/gallery.py --check` finds the page as it would be written and every strip in its place."""
    done = subprocess.run([sys.executable, str(GENERATOR), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_strips_are_small_and_of_one_size() -> None:
    """All strips together are lighter than one photograph, each holds five pictures, and none is left over."""
    page = (HOUSE / "docs" / "reference" / "transitions.md").read_text(encoding="utf-8")
    files = sorted(STRIPS.glob("*"))
    assert sum(file.stat().st_size for file in files) < 600_000
    for file in files:
        assert f"transitions/{file.name})" in page, f"{file.name} is on no page"
        picture = cv2.imread(str(file))
        assert picture is not None
        assert picture.shape in ((99, 5 * 176, 3), (99, 176, 3))
