"""Gemini Omni by its Interactions: made in the background, looked at by name, handed over as a file of Google's.

Puts requests together and reads answers. Which picture is what is said inside the prompt; nothing else tells it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from projects.hosted.catalogue import service as entry_of
from projects.hosted.errors import BadRequest, Moderated, NotReachable, VendorFailed
from projects.hosted.job import Pending, Ready
from projects.hosted.keys import key_of
from projects.hosted.replies import shortened
from projects.steps import Json
from scenes.backends.google.access import NAME
from scenes.backends.google.answers import failure, status_of
from scenes.hosted.asking import Wish
from scenes.hosted.pictures import encoded

_PICTURES = 14 << 20
"""Bytes of all pictures of a request together."""
_WAITING = ("in_progress", "queued")
_ENDED = ("failed", "cancelled", "incomplete", "budget_exceeded")
_HOME = "https://generativelanguage.googleapis.com"
_FILE = re.compile(r"files/([\w-]+)")
_NAME = re.compile(r"[\w.-]+")
_TAGS = re.compile(r"<(FIRST_FRAME|LAST_FRAME|IMAGE_REF_\d+)>")
_GONE = (403, 404)
_LATER = "Run again later; nothing is paid twice."


def with_roles(asked: Wish) -> str:
    """The prompt, with what each picture is to the clip, unless the author has said so in Google's own tags."""
    sent = [*asked.pictures, *(f"reference-{number}" for number, _ in enumerate(asked.references, 1))]
    if not sent or _TAGS.search(asked.prompt):
        return asked.prompt
    image = {name: f"Image{number}" for number, name in enumerate(sorted(sent, key=_order), 1)}
    head, tail = [], []
    frames = [f"<{name.upper()}_FRAME>@{image[name]}" for name in ("first", "last") if name in image]
    if frames:
        head.append(f"[# Sources {' '.join(frames)}]")
        tail += [f"{image[name]} is the {name} frame." for name in ("first", "last") if name in image]
    others = [image[name] for name in sorted(sent, key=_order) if name.startswith("reference")]
    if others:
        head.append(f"[# References {' '.join(f'<IMAGE_REF_{n}>@{one}' for n, one in enumerate(others))}]")
        tail.append(f"{_listed(others)} only as a reference for who is seen, and never as a frame.")
    return " ".join([*head, asked.prompt, *tail])


def request(model: str, body: Mapping[str, Json], files: Mapping[str, Path]) -> dict[str, Any]:
    """What is asked of the library: pictures in the order in which the prompt counts them, words last."""
    parts: list[dict[str, Any]] = []
    for name in sorted(files, key=_order):
        data, kind = encoded(files[name], _PICTURES // len(files))
        parts.append({"type": "image", "data": base64.b64encode(data).decode(), "mime_type": kind})
    form = {key: body[key] for key in ("aspect_ratio", "resolution", "duration")}
    return {
        "model": model,
        "input": [*parts, {"type": "text", "text": body["prompt"]}],
        "background": True,
        "store": True,
        "generation_config": {"video_config": {"task": _task(files)}},
        "response_format": {"type": "video", "delivery": "uri", **form},
    }


def check_name(job: str) -> None:
    """Raises BadRequest for what cannot be an interaction's name."""
    if not _NAME.fullmatch(job):
        raise BadRequest(f"'{shortened(job)}' is not the name of an interaction", "Copy it whole.")


def standing(client: Any, told: Any) -> Pending | Ready:
    """What an interaction says, and then what its file says: that may still be worked at."""
    status = str(told.status)
    if status in _WAITING:
        return Pending()
    if status in _ENDED or status.startswith("requires_"):
        said = "; ".join(" ".join(filter(None, (one.code, one.message))) for one in told.errors or ())
        raise failure(said or status, retryable=status in ("failed", "cancelled"))
    if status != "completed":
        raise NotReachable(f"Google calls the interaction '{shortened(status)}', a word that is new", _LATER)
    video = told.output_video
    if video is not None and video.data:
        return Ready(f"data:video/mp4;base64,{video.data}")
    if video is not None and video.uri:
        return _file(client, str(video.uri))
    if _made_something(told):
        raise VendorFailed("Google made a clip and does not say where it is", retryable=False)
    said = shortened(told.output_text or "no reason given")
    raise Moderated(f"Google made no clip: {said}", made=True)


def _file(client: Any, uri: str) -> Ready | Pending:
    """Where a clip lies; the key goes along only to Google's own address."""
    own = entry_of(NAME).url.rstrip("/") or _HOME
    parts = urlsplit(uri)
    if parts.netloc and parts.netloc != urlsplit(own).netloc:
        return Ready(uri)
    headers = {"x-goog-api-key": key_of(NAME)}
    found = _FILE.search(parts.path)
    if found is None:
        return Ready(uri, headers=headers)
    try:
        file = client.files.get(name=f"files/{found[1]}")
    except Exception as problem:
        if status_of(problem) in _GONE:
            raise NotReachable(f"Google does not show the clip's file ({status_of(problem)})", _LATER) from None
        raise
    state = str(getattr(file.state, "value", file.state))
    if state == "FAILED":
        raise failure(str(file.error.message if file.error else "its file could not be written"))
    if state == "PROCESSING":
        return Pending()
    if parts.netloc and parts.path.endswith(":download") and "alt" in parse_qs(parts.query):
        return Ready(uri, headers=headers)
    return Ready(f"{own}/v1beta/files/{found[1]}:download?alt=media", headers=headers)


def _made_something(told: Any) -> bool:
    counted = told.usage.output_tokens_by_modality if told.usage else None
    return any(str(one.modality).lower() == "video" and one.tokens for one in counted or ())


def _task(files: Iterable[str]) -> str:
    names = list(files)
    if any(name.startswith("reference") for name in names):
        return "reference_to_video"
    return "image_to_video" if names else "text_to_video"


def _order(name: str) -> tuple[int, int]:
    """`first`, `last`, `reference-1` ..."""
    kind, _, number = name.partition("-")
    return ("first", "last", "reference").index(kind), int(number or 0)


def _listed(images: list[str]) -> str:
    return f"{images[0]} serves" if len(images) == 1 else f"{', '.join(images[:-1])} and {images[-1]} serve"
