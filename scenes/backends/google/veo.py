"""Veo on Vertex AI: a long-running operation that anybody of the project may look at again by its name.

Puts requests together and reads answers; sends nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from projects.hosted.catalogue import service as entry_of
from projects.hosted.errors import BadRequest, Moderated, VendorFailed
from projects.hosted.job import Pending, Ready
from projects.hosted.replies import shortened
from projects.steps import Json
from scenes.backends.google.access import NAME, place, project
from scenes.backends.google.answers import failure
from scenes.hosted.pictures import encoded

_KINDS = ("JPEG", "PNG")
_PICTURES = 14 << 20
"""Bytes of all pictures of a request together."""
_STORAGE = "https://storage.googleapis.com"
_HIS_OWN = frozenset({3, 5, 7, 9, 11, 12})
"""Codes of errors that the same request would meet again."""
_NAME = re.compile(
    r"projects/(?P<project>[\w:.-]+)/locations/(?P<place>[\w-]+)"
    r"/publishers/google/models/(?P<model>[\w.-]+)/operations/(?P<id>[\w-]+)"
)
_ID = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Operation:
    """The name of a job at Vertex AI. Where it runs is in it, wherever the next one will."""

    project: str
    place: str
    model: str
    id: str

    @property
    def name(self) -> str:
        """As the interface says it."""
        return (
            f"projects/{self.project}/locations/{self.place}/publishers/google/models/{self.model}/operations/{self.id}"
        )


def operation(job: str, model: str) -> Operation:
    """A job's name, whole or only its last part as a console shows it; raises BadRequest for what is none."""
    if found := _NAME.fullmatch(job):
        return Operation(found["project"], found["place"], found["model"], found["id"])
    if not _ID.fullmatch(job):
        raise BadRequest(f"'{shortened(job)}' is not the name of an operation of Vertex AI", "Copy it whole.")
    return Operation(project(), place(), model, job)


def begun(name: Operation) -> Any:
    """An operation that another process may have begun."""
    from google.genai import types

    return types.GenerateVideosOperation.model_validate({"name": name.name})


def request(model: str, body: Mapping[str, Json], files: Mapping[str, Path], token: str) -> dict[str, Any]:
    """What is asked of the library."""
    from google.genai import types

    settings = dict(body)
    pictures: dict[str, Any] = {}
    for name, path in files.items():
        data, kind = encoded(path, _PICTURES // len(files), _KINDS)
        pictures[name] = types.Image(image_bytes=data, mime_type=kind)
    source = types.GenerateVideosSource(prompt=str(settings.pop("prompt")), image=pictures.get("first"))
    assets = [
        types.VideoGenerationReferenceImage(image=one, reference_type=types.VideoGenerationReferenceType.ASSET)
        for name, one in pictures.items()
        if name.startswith("reference")
    ]
    config = types.GenerateVideosConfig.model_validate(
        {
            **settings,
            "number_of_videos": 1,
            "labels": {"workprint": token},
            "last_frame": pictures.get("last"),
            "reference_images": assets or None,
        }
    )
    return {"model": model, "source": source, "config": config}


def standing(told: Any, opened: Callable[[], Mapping[str, str]]) -> Pending | Ready:
    """What an operation says: a filter's verdict looks like success without a clip.

    `opened` gives the header that opens the account's storage.
    """
    if not told.done:
        return Pending()
    if told.error:
        code, said = told.error.get("code"), str(told.error.get("message", "no reason given"))
        raise failure(said, retryable=code not in _HIS_OWN)
    answer = told.response
    videos = (answer.generated_videos if answer else None) or []
    video = videos[0].video if videos else None
    if video is not None and video.video_bytes:
        return Ready("data:video/mp4;base64," + base64.b64encode(video.video_bytes).decode())
    if video is not None and video.uri:
        return _stored(str(video.uri), opened)
    if answer is not None and (answer.rai_media_filtered_count or answer.rai_media_filtered_reasons):
        reasons = "; ".join(answer.rai_media_filtered_reasons or []) or "no reason given"
        raise Moderated(f"Google's filter kept the clip back: {shortened(reasons)}", made=True)
    raise VendorFailed("Google calls the clip done and hands none over")


def _stored(uri: str, opened: Callable[[], Mapping[str, str]]) -> Ready:
    """A clip in the account's own storage."""
    bucket, _, path = uri.removeprefix("gs://").partition("/")
    if not uri.startswith("gs://") or not bucket or not path:
        raise VendorFailed("Google names a file that does not lie in its storage")
    own = (entry_of(NAME).url or _STORAGE).rstrip("/")
    where = f"{own}/download/storage/v1/b/{quote(bucket, safe='')}/o/{quote(path, safe='')}?alt=media"
    return Ready(where, headers=opened())
