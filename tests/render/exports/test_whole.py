"""A rendered film exported: frames at its cuts are those that the export names, in the takes that lie beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from projects.progress import Silent
from render.exports.export import export
from render.production import open_production
from scenes.frames import decoded_frames, planar
from storyboard.errors import MissingError
from tests.render.conftest import DRAFT, SMALL, Opener
from tests.render.exports.edits import found

otio = pytest.importorskip("opentimelineio")


def luma(path: Path, frame: int) -> np.ndarray:
    """The luma of one frame of a film, as float32."""
    picture = planar(next(iter(decoded_frames(path, frame, frame + 1))))
    return picture[: picture.shape[0] * 2 // 3].astype(np.float32)


def test_what_is_not_made_is_told(film_of: Opener) -> None:
    """Before a render there is nothing to export but the script; the command that makes it is named."""
    production = film_of(SMALL)
    with pytest.raises(MissingError, match="not rendered yet") as told:
        export(production, DRAFT, ["otio"], Silent())
    assert "render --draft" in told.value.hint
    assert export(production, DRAFT, ["fountain"], Silent())[0].path.read_text(encoding="utf-8").startswith("Title:")


@pytest.mark.whole
def test_the_export_is_frame_exact(film_of: Opener) -> None:
    """Re-imported, the .otio gives the film's cut: every scene's frames stand in the take where it says."""
    production = film_of(SMALL)
    film = production.render(DRAFT, Silent()).films[0].path
    written = export(open_production(production.workspace.folder), DRAFT, ["otio", "fcpxml", "edl"], Silent())
    target = written[0].path
    timeline = otio.adapters.read_from_file(str(target))
    track = next(one for one in timeline.tracks if one.kind == "Video")
    seen = found(track, production.film.rate)
    assert [one.name for one in seen] == ["wood", "talk", "night"]
    ways = [one for one in track if isinstance(one, otio.schema.Transition)]
    reach = max(int(max(one.in_offset.value, one.out_offset.value)) for one in ways)
    for one in seen:
        media = target.parent / f"media/{one.name}-16x9-draft.mp4"
        # Clear of transitions, the film shows the take's very frames; burned captions lie below.
        for inner in (reach + 1, one.frames // 2, one.frames - reach - 2):
            shown, taken = luma(film, one.start + inner), luma(media, one.first + inner)
            rows = shown.shape[0] // 2
            off = np.abs(shown[:rows] - taken[:rows]).mean()
            next_off = np.abs(shown[:rows] - luma(media, one.first + inner + 3)[:rows]).mean()
            assert off < 3.0, (one, inner, off)
            assert off <= next_off + 0.2, (one, inner)
    for stem in ("dialogue", "music", "effects"):
        assert (target.parent / "media" / f"{stem}.wav").stat().st_size > 44 + timeline.metadata["workprint"]["samples"]
    beside = [one.path for one in written if one.path.suffix == ".srt"]
    assert [one.parent for one in beside] == [target.parent]
    assert " --> " in beside[0].read_text(encoding="utf-8")
    assert any("wipe left is a dissolve" in note for note in written[0].notes)
