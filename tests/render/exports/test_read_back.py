"""Every export is read back by the library's own readers: each clip and transition at the film's very frame."""

from __future__ import annotations

import os
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from render.exports.cut import Edit
from render.exports.edl import Edl
from render.exports.fcp7 import Fcp7
from render.exports.fcpxml import Fcpxml
from render.exports.otio import Otio, Otioz
from storyboard.film import Film
from tests.render.exports.edits import Seen, film_of, films, found, laid_out, passages, wanted

otio = pytest.importorskip("opentimelineio")

QUIET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
DTD = Path(__file__).with_name("fcpxml-subset.dtd")
"""The elements that are written, as FCPXML 1.8 has them: Apple's own DTD may not be carried along."""
FINAL_CUT = Path("/Applications/Final Cut Pro.app/Contents/Frameworks")


def picture_of(timeline: Any) -> Any:
    """The track of scenes."""
    return next(track for track in timeline.tracks if track.kind == "Video")


@given(films())
@QUIET
def test_otio_says_the_same_cut(tmp_path: Path, film: Film) -> None:
    """Clips, handles and transitions of the .otio are those of the film, and its media lies within reach."""
    edit = laid_out(film)
    target = tmp_path / "a.otio"
    Otio().export(edit, film, target)
    timeline = otio.adapters.read_from_file(str(target))
    track = picture_of(timeline)
    assert found(track, edit.rate) == wanted(edit)
    assert passages(track, edit.rate) == [(one.before, one.after) for one in edit.passages]
    for clip in timeline.find_clips():
        media = clip.media_reference
        assert not media.target_url.startswith(("file:", "/"))
        assert clip.source_range.start_time >= media.available_range.start_time
        assert clip.source_range.end_time_exclusive() <= media.available_range.end_time_exclusive()
    assert [one.name for one in timeline.tracks if one.kind == "Audio"] == ["dialogue", "music", "effects"]
    assert timeline.metadata["workprint"]["frames"] == edit.frames
    assert next(iter(timeline.find_clips())).metadata["workprint"]["sha256"] == "0" * 64
    marked = [one for one in timeline.tracks.markers if one.metadata["workprint"]["kind"] == "scene"]
    assert len(marked) == len(edit.clips)


@given(films())
@QUIET
def test_handles_reach_as_far_as_transitions(film: Film) -> None:
    """Every transition finds its frames in both takes: that is what makes it a transition elsewhere, too."""
    edit = laid_out(film)
    clips = {one.scene: one for one in edit.clips}
    for one in edit.passages:
        if one.leaves and one.enters:
            leaves, enters = clips[one.leaves], clips[one.enters]
            assert leaves.end == enters.start == one.at
            assert leaves.media_frames - leaves.first - leaves.frames == one.after
            assert enters.first == one.before
    ends = [one.end for one in edit.clips]
    assert [one.start for one in edit.clips] == [0, *ends[:-1]]
    assert ends[-1] == edit.frames


@given(films())
@QUIET
def test_fcp7_says_the_same_cut(tmp_path: Path, film: Film) -> None:
    """Final Cut Pro 7 XML holds clips, transitions and stems at their frames."""
    edit = laid_out(film)
    target = tmp_path / "a.xml"
    Fcp7().export(edit, film, target)
    timeline = otio.adapters.read_from_file(str(target), adapter_name="fcp_xml")
    timeline = timeline if isinstance(timeline, otio.schema.Timeline) else timeline[0]
    track = picture_of(timeline)
    assert found(track, edit.rate) == wanted(edit)
    assert passages(track, edit.rate) == [(one.before, one.after) for one in edit.passages]
    assert len([one for one in timeline.tracks if one.kind == "Audio"]) == 3
    marked = sorted((round(one.marked_range.start_time.value), one.name) for one in timeline.tracks.markers)
    assert marked == sorted((one.at, one.name) for one in edit.markers)


@given(films())
@QUIET
def test_edl_says_the_same_cut(tmp_path: Path, film: Film) -> None:
    """The EDL holds each dissolve at its first frame and each scene to the frame, whatever the rate counts."""
    edit = laid_out(film)
    target = tmp_path / "a.edl"
    Edl().export(edit, film, target)
    text = target.read_text(encoding="utf-8")
    dropped = "FCM: DROP FRAME" in text
    assert dropped == (";" in "".join(line[29:] for line in text.splitlines() if line[:3].isdigit()))
    timeline = otio.adapters.read_from_file(str(target), rate=float(edit.rate))
    inner = {one.enters: one for one in edit.passages if one.leaves and one.enters}
    shifted = []
    for number, clip in enumerate(edit.clips):
        # This reader lays a scene from the dissolve's first frame on.
        before = inner[clip.scene].before if clip.scene in inner else 0
        after = edit.clips[number + 1].scene if number + 1 < len(edit.clips) else ""
        cut = inner[after].before if after in inner else 0
        shifted.append(Seen(clip.scene, clip.start - before, clip.first - before, clip.frames + before - cut))
    assert found(picture_of(timeline), edit.rate) == shifted
    assert sum(after for _, after in passages(picture_of(timeline), edit.rate)) == sum(p.frames for p in inner.values())


@given(films())
@QUIET
def test_edl_begins_at_one_hour_and_has_a_locator_for_every_marker(tmp_path: Path, film: Film) -> None:
    """Record timecode begins at 01:00:00:00 and runs on without a gap; locators lie at the film's frames in order."""
    edit = laid_out(film)
    target = tmp_path / "a.edl"
    Edl().export(edit, film, target)
    rate = float(edit.rate)
    lines = target.read_text(encoding="utf-8").splitlines()

    def frame(timecode: str) -> int:
        hour = otio.opentime.from_timecode("01:00:00;00" if ";" in timecode else "01:00:00:00", rate)
        return int((otio.opentime.from_timecode(timecode, rate) - hour).to_frames())

    events = [line.split()[-2:] for line in lines if line[:3].isdigit()]
    assert frame(events[0][0]) == 0
    assert [frame(first) for first, _ in events[1:]] == [frame(last) for _, last in events[:-1]]
    assert frame(events[-1][1]) == edit.frames
    located = [(frame(line[7:18]), line[27:].strip()) for line in lines if line.startswith("* LOC:")]
    marked = sorted((one.at, " ".join(one.name.split())[:60].strip()) for one in edit.markers)
    assert sorted(located) == marked
    assert [at for at, _ in located] == [at for at, _ in marked]
    if not any(";" in line for line in lines):
        read = otio.adapters.read_from_file(str(target), rate=rate)
        assert sum(len(clip.markers) for clip in read.find_clips()) == len(edit.markers)


@given(films())
@QUIET
def test_fcpxml_says_the_same_cut(tmp_path: Path, film: Film) -> None:
    """FCPXML is valid, every time is a whole number of frames, and the adapter finds every scene at its frame."""
    edit = laid_out(film)
    target = tmp_path / "a.fcpxml"
    Fcpxml().export(edit, film, target)
    root = etree.parse(str(target), etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)).getroot()
    for path in (DTD, *_apples()):
        with path.open("rb") as rules:
            dtd = etree.DTD(rules)
        assert dtd.validate(root), str(dtd.error_log)
    spine = root.find(".//spine")
    assert spine is not None
    seen = []
    for one in spine.findall("asset-clip"):
        times = [_frames(one.get(key), edit) for key in ("offset", "start", "duration")]
        seen.append(Seen(str(one.get("name")), *times))
    assert seen == wanted(edit)
    ways = [
        (_frames(one.get("offset"), edit), _frames(one.get("duration"), edit)) for one in spine.findall("transition")
    ]
    assert ways == [(one.at - one.before, one.frames) for one in edit.passages]
    inside = {str(one.get("id")) for one in root.iter("asset", "format")}
    assert all(one.get("ref") in inside for one in root.iter("asset-clip"))
    for clip in spine.findall("asset-clip"):
        for marker in clip.findall("chapter-marker"):
            at = _frames(marker.get("start"), edit) - _frames(clip.get("start"), edit)
            assert 0 <= at < _frames(clip.get("duration"), edit)
    read = otio.adapters.read_from_file(str(target))
    names = [clip.name for clip in read.find_clips() if clip.name.startswith("сцена")]
    assert names == [one.scene for one in edit.clips]


@cache
def _apples() -> tuple[Path, ...]:
    """Apple's DTD, where WORKPRINT_FCPXML_DTD names it or Final Cut Pro is installed."""
    named = os.environ.get("WORKPRINT_FCPXML_DTD")
    return (Path(named),) if named else tuple(FINAL_CUT.rglob("FCPXMLv1_8.dtd"))[:1]


def _frames(time: Any, edit: Edit) -> int:
    from fractions import Fraction

    frames = Fraction(str(time).removesuffix("s")) * edit.rate
    assert frames.denominator == 1, time
    return int(frames)


def test_otioz_brings_its_media(tmp_path: Path) -> None:
    """All takes and stems lie in the one file, and the cut read from it is the film's."""
    film = film_of("workprint: 1\ntitle: T\nscenes:\n  - {id: a b, prompt: x}\n".replace("a b", "ab"))
    edit = laid_out(film)
    (tmp_path / "media").mkdir()
    for name in ("ab.mp4", "dialogue.wav", "music.wav", "effects.wav"):
        (tmp_path / "media" / name).write_bytes(name.encode())
    target = tmp_path / "a.otioz"
    for _ in range(2):
        Otioz().export(edit, film, target)
    with zipfile.ZipFile(target) as packed:
        assert packed.read("media/ab.mp4") == b"ab.mp4"
        assert len([name for name in packed.namelist() if name.startswith("media/")]) == 4
    assert found(picture_of(otio.adapters.read_from_file(str(target))), edit.rate) == wanted(edit)
