"""FCPXML 1.8, written here: the library's adapter knows neither transitions nor sound beside a single clip.

Every time is a whole number of frames as a fraction of a second. Stems hang below the first clip, markers in the clip
that they fall into. Opens in Final Cut Pro from 10.4.1 on and in DaVinci Resolve.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path

from render.exports.cut import Edit, EditClip, Marker, Passage
from storyboard.film import Film
from storyboard.time import SAMPLE_RATE

VERSION = "1.8"
_COLOUR = "1-1-1 (Rec. 709)"
_ROLES = {"dialogue": "dialogue", "music": "music", "effects": "effects"}


class Fcpxml:
    """Final Cut Pro X."""

    name = "fcpxml"
    title = "Final Cut Pro XML"
    suffix = ".fcpxml"
    needs_media = True

    def export(self, edit: Edit, film: Film, target: Path) -> tuple[str, ...]:
        """Write the project with its stems; media is named by whole addresses, as the form wants it."""
        del film
        tree = document(edit, target.parent.resolve())
        ET.indent(tree)
        text = ET.tostring(tree, encoding="unicode")
        target.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n{text}\n', encoding="utf-8")
        return ("media is named by its whole path in this format: export anew after the folder was moved",)


def document(edit: Edit, home: Path) -> ET.Element:
    """The whole document; `home` is the folder in which media lies."""
    root = ET.Element("fcpxml", version=VERSION)
    resources = ET.SubElement(root, "resources")
    step = Fraction(edit.rate.denominator, edit.rate.numerator)
    ET.SubElement(
        resources,
        "format",
        id="r1",
        name=f"FFVideoFormat{edit.height}p{_rate_name(edit.rate)}" if edit.width * 9 == edit.height * 16 else "",
        frameDuration=_seconds(step),
        width=str(edit.width),
        height=str(edit.height),
        colorSpace=_COLOUR,
    )
    format_ = resources[0]
    if not format_.get("name"):
        del format_.attrib["name"]
    for number, clip in enumerate(edit.clips, 2):
        _asset(resources, f"r{number}", clip, edit, home)
    first_stem = len(edit.clips) + 2
    for number, stem in enumerate(edit.stems, first_stem):
        ET.SubElement(
            resources,
            "asset",
            id=f"r{number}",
            name=stem.name,
            src=(home / stem.media).as_uri(),
            start="0s",
            duration=_seconds(Fraction(edit.samples, SAMPLE_RATE)),
            hasAudio="1",
            audioSources="1",
            audioChannels="2",
            audioRate=str(SAMPLE_RATE),
        )
    event = ET.SubElement(root, "event", name=edit.title)
    project = ET.SubElement(event, "project", name=edit.title)
    sequence = ET.SubElement(
        project,
        "sequence",
        format="r1",
        duration=_at(edit.frames, edit),
        tcStart="0s",
        tcFormat="NDF",
        audioLayout="stereo",
        audioRate="48k",
    )
    _spine(ET.SubElement(sequence, "spine"), edit, first_stem)
    return root


def _asset(resources: ET.Element, number: str, clip: EditClip, edit: Edit, home: Path) -> None:
    asset = ET.SubElement(
        resources,
        "asset",
        id=number,
        name=clip.scene,
        src=(home / clip.media).as_uri(),
        start="0s",
        duration=_at(clip.media_frames, edit),
        hasVideo="1",
        format="r1",
    )
    metadata = ET.SubElement(asset, "metadata")
    for key, value in sorted(clip.about.items()):
        ET.SubElement(metadata, "md", key=f"workprint.{key}", value=value, type="string")


def _spine(spine: ET.Element, edit: Edit, first_stem: int) -> None:
    """Clips one behind another, each transition between its two, as an editor lays them."""
    passages = {one.enters: one for one in edit.passages}
    for number, clip in enumerate(edit.clips):
        if clip.scene in passages:
            _transition(spine, passages[clip.scene], edit)
        element = ET.SubElement(
            spine,
            "asset-clip",
            ref=f"r{number + 2}",
            name=clip.scene,
            offset=_at(clip.start, edit),
            start=_at(clip.first, edit),
            duration=_at(clip.frames, edit),
            format="r1",
            tcFormat="NDF",
            videoRole="video",
        )
        if not number:
            for place, stem in enumerate(edit.stems):
                ET.SubElement(
                    element,
                    "asset-clip",
                    ref=f"r{first_stem + place}",
                    name=stem.name,
                    lane=str(-1 - place),
                    # An anchored clip counts from the start of what it hangs on.
                    offset=_at(clip.first, edit),
                    start="0s",
                    duration=_at(edit.frames, edit),
                    audioRole=_ROLES.get(stem.name, "effects"),
                )
        for marker in edit.markers:
            if clip.start <= marker.at < clip.end:
                _marker(element, marker, clip, edit)
    if "" in passages:
        _transition(spine, passages[""], edit)


def _transition(spine: ET.Element, passage: Passage, edit: Edit) -> None:
    element = ET.SubElement(
        spine,
        "transition",
        name=passage.told,
        offset=_at(passage.at - passage.before, edit),
        duration=_at(passage.frames, edit),
    )
    if not passage.plain:
        metadata = ET.SubElement(element, "metadata")
        ET.SubElement(metadata, "md", key="workprint.transition", value=passage.told, type="string")


def _marker(element: ET.Element, marker: Marker, clip: EditClip, edit: Edit) -> None:
    """A marker in its clip's own time; scenes are chapters, lines notes."""
    own = _at(marker.at - clip.start + clip.first, edit)
    attributes = {"start": own, "duration": _at(1, edit), "value": marker.name}
    if marker.kind == "scene":
        ET.SubElement(element, "chapter-marker", {**attributes, "posterOffset": "0s"})
    else:
        ET.SubElement(element, "marker", {**attributes, "note": marker.comment})


def _at(frame: int, edit: Edit) -> str:
    return _seconds(Fraction(frame) / edit.rate)


def _seconds(time: Fraction) -> str:
    return f"{time.numerator}s" if time.denominator == 1 else f"{time.numerator}/{time.denominator}s"


def _rate_name(rate: Fraction) -> str:
    """`24` or `2398`, as the names of formats have it."""
    if rate.denominator == 1:
        return str(rate.numerator)
    return f"{float(rate):.2f}".replace(".", "")
