"""OpenTimelineIO: the cut as `.otio`, and with its media in one file as `.otioz`; what other formats are made from.

Places are frames of the film's rate; media is named by addresses relative to the file. Facts of scenes lie under the
key `workprint` of the metadata.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from render.exports.cut import Edit, EditClip, Marker, Passage
from storyboard.errors import MissingError
from storyboard.film import Film

KEY = "workprint"
_COLOURS = {"scene": "GREEN", "line": "CYAN"}


class Otio:
    """OpenTimelineIO in JSON."""

    name = "otio"
    title = "OpenTimelineIO"
    suffix = ".otio"
    needs_media = True

    def export(self, edit: Edit, film: Film, target: Path) -> tuple[str, ...]:
        """Write the timeline; media stays beside it."""
        del film
        target.write_text(library().adapters.write_to_string(timeline_of(edit), "otio_json") + "\n", encoding="utf-8")
        return ()


class Otioz:
    """OpenTimelineIO with all media in one zip file."""

    name = "otioz"
    title = "OpenTimelineIO with media"
    suffix = ".otioz"
    needs_media = True

    def export(self, edit: Edit, film: Film, target: Path) -> tuple[str, ...]:
        """Write the timeline and copies of its media."""
        del film
        target.unlink(missing_ok=True)
        library().adapters.write_to_file(timeline_of(edit, target.parent.resolve()), str(target))
        return ()


def library() -> Any:
    """The library; raises MissingError where it is not installed."""
    try:
        import opentimelineio
    except ImportError as problem:
        hint = "Run `pip install opentimelineio otio-fcp-adapter otio-cmx3600-adapter`."
        raise MissingError("OpenTimelineIO is not installed", hint) from problem
    return opentimelineio


def timeline_of(edit: Edit, home: Path | None = None, *, sound: bool = True) -> Any:
    """The cut as a timeline of the library; media is named by whole addresses where its `home` is given."""
    otio = library()
    rate = float(edit.rate)
    timeline = otio.schema.Timeline(
        name=edit.title, global_start_time=otio.opentime.RationalTime(3600 * edit.nominal, rate)
    )
    timeline.metadata[KEY] = {
        "rate": f"{edit.rate.numerator}/{edit.rate.denominator}",
        "width": edit.width,
        "height": edit.height,
        "frames": edit.frames,
        "samples": edit.samples,
        "language": edit.language,
    }
    picture = otio.schema.Track(name="picture", kind=otio.schema.TrackKind.Video)
    passages = {one.enters: one for one in edit.passages}
    for clip in edit.clips:
        if clip.scene in passages:
            picture.append(_transition(passages[clip.scene], rate))
        picture.append(_clip(clip, edit, home))
    if "" in passages:
        picture.append(_transition(passages[""], rate))
    timeline.tracks.append(picture)
    for marker in edit.markers:
        timeline.tracks.markers.append(_marker(marker, rate))
    for stem in edit.stems if sound else ():
        track = otio.schema.Track(name=stem.name, kind=otio.schema.TrackKind.Audio)
        track.append(
            otio.schema.Clip(
                name=stem.name,
                media_reference=_media(stem.media, edit.frames, rate, home),
                source_range=_range(0, edit.frames, rate),
            )
        )
        timeline.tracks.append(track)
    return timeline


def _range(first: int, frames: int, rate: float) -> Any:
    time = library().opentime
    return time.TimeRange(time.RationalTime(first, rate), time.RationalTime(frames, rate))


def _media(path: Path, frames: int, rate: float, home: Path | None) -> Any:
    address = (home / path).as_uri() if home else quote(path.as_posix())
    return library().schema.ExternalReference(target_url=address, available_range=_range(0, frames, rate))


def _clip(clip: EditClip, edit: Edit, home: Path | None) -> Any:
    rate = float(edit.rate)
    made = library().schema.Clip(
        name=clip.scene,
        media_reference=_media(clip.media, clip.media_frames, rate, home),
        source_range=_range(clip.first, clip.frames, rate),
    )
    made.metadata[KEY] = dict(clip.about)
    return made


def _transition(passage: Passage, rate: float) -> Any:
    otio = library()
    made = otio.schema.Transition(
        name=passage.told,
        transition_type="SMPTE_Dissolve",
        in_offset=otio.opentime.RationalTime(passage.before, rate),
        out_offset=otio.opentime.RationalTime(passage.after, rate),
    )
    made.metadata[KEY] = {"kind": passage.kind, "option": passage.option, "plain": passage.plain}
    return made


def _marker(marker: Marker, rate: float) -> Any:
    made = library().schema.Marker(
        name=marker.name,
        marked_range=_range(marker.at, marker.frames, rate),
        color=_COLOURS[marker.kind],
    )
    made.metadata[KEY] = {"kind": marker.kind, "comment": marker.comment}
    return made
