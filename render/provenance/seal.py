"""Sealing: a finished file and its manifest become one signed file, whole or not at all.

The only module that knows the library of C2PA. What is sealed plays as before: no picture and no sound is coded anew.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, cast

from projects.disk import disk_errors
from render.provenance.manifest import Placed, definition, source_of
from render.provenance.signing import Credential
from render.provenance.source_types import SourceType, named
from render.provenance.subject import SEEN, Ingredient, Subject
from render.provenance.xmp import packet, place
from storyboard.errors import RenderError

MISSING = "the films carry no C2PA manifest: the library c2pa is not installed (pip install c2pa-python)"
"""What is told where nothing can be sealed."""

_MEDIA = {
    ".mp4": "video/mp4", ".m4v": "video/x-m4v", ".mov": "video/quicktime", ".avi": "video/x-msvideo",
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif",
    ".tif": "image/tiff", ".tiff": "image/tiff", ".avif": "image/avif", ".heic": "image/heic", ".heif": "image/heif",
    ".wav": "audio/wav", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".flac": "audio/flac",
}  # fmt: skip
"""Files that can carry a manifest. WebM, Matroska and Ogg have no place for one."""

_SETTINGS = {
    "core": {"backing_store_memory_threshold_in_mb": 16},
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
}
"""A long film is not kept in memory, nobody needs a picture of each of its ingredients, and no address that a foreign
file names is asked for anything."""


def is_there() -> bool:
    """Whether the library of C2PA is installed."""
    return find_spec("c2pa") is not None


def _library() -> Any:
    """The library of C2PA; raises RenderError where its binary does not run on this system."""
    try:
        import c2pa
    except (ImportError, OSError) as problem:
        raise RenderError("the library c2pa does not run here", f"{_said(problem)}; see `provenance: off`") from problem
    return c2pa


def _context(c2pa: Any) -> Any:
    """The settings of the library, to be closed after use."""
    return c2pa.Context(c2pa.Settings.from_dict(_SETTINGS))


def media_of(path: Path) -> str:
    """The MIME type of a file that can carry a manifest, or ""."""
    return _MEDIA.get(path.suffix.lower(), "")


def seal(source: Path, target: Path, subject: Subject, signer: Credential) -> SourceType:
    """Write `source` with a signed manifest to `target`, which may be the same; gives how it came about, as is said.

    `target` is replaced whole or stays as it was. Raises RenderError for a kind of file that can carry none and for a
    certificate that C2PA refuses, DiskError.
    """
    c2pa = _library()
    if not (media := media_of(target)):
        raise RenderError(f"{target.name} can carry no C2PA manifest", "MP4, MOV, PNG, JPEG, WebP, GIF and WAV can.")
    algorithm = getattr(c2pa.C2paSigningAlg, signer.algorithm.upper())
    info = c2pa.C2paSignerInfo(algorithm, signer.certificates, signer.key, None)
    fresh = target.with_name(f".{target.name}.part")
    with disk_errors(str(target)), ExitStack() as stack:
        target.parent.mkdir(parents=True, exist_ok=True)
        found = list(_with_manifests(subject))
        placed = [one for _, one in found]
        kind = source_of(subject, placed)
        context = stack.enter_context(_context(c2pa))
        told = definition(subject, metadata.version("workprint"), media, placed)
        try:
            builder = stack.enter_context(c2pa.Builder(told, context=context))
            for one, label in found:
                with one.path.open("rb") as file:
                    builder.add_ingredient(_ingredient(one, label), media_of(one.path), file)
            words = packet(subject.title, subject.author, "; ".join(subject.credits), kind)
            stack.callback(fresh.unlink, missing_ok=True)
            with _Spliced(source, *place(source, words)) as film, fresh.open("w+b") as out:
                builder.sign(stack.enter_context(c2pa.Signer.from_info(info)), media, film, out)
        except c2pa.C2paError as problem:
            raise RenderError(
                f"{target.name} could not be sealed: {_said(problem)}",
                "If the certificate is your own, it has to fit C2PA's profile; `provenance: off` does without.",
            ) from problem
        fresh.replace(target)
    return kind


def _said(problem: Exception) -> str:
    """What the library says, on one line."""
    return " ".join(str(problem).split())[:300]


def _ingredient(one: Ingredient, placed: Placed) -> dict[str, Any]:
    return {"title": one.title, "relationship": one.relation, "label": placed.label, "instance_id": placed.label}


def _with_manifests(subject: Subject) -> Iterator[tuple[Ingredient, Placed]]:
    """The files of a subject that bring a manifest of their own, as far as it can be read."""
    for number, one in enumerate(subject.ingredients, 1):
        if (told := read(one.path)) is not None:
            source = source_in(told) if one.relation == SEEN else None
            yield one, Placed(f"ingredient-{number}", one.title, one.of, one.relation, source)


def read(path: Path) -> dict[str, Any] | None:
    """The manifests in a file as the library reads them, with `validation_state`; None for a file without any."""
    if not (media := media_of(path)):
        return None
    c2pa = _library()
    with suppress(c2pa.C2paError, OSError), path.open("rb") as file, _context(c2pa) as context:
        reader = c2pa.Reader.try_create(media, file, context=context)
        if reader is None:
            return None
        with reader:
            return cast(dict[str, Any], json.loads(reader.json()))
    return None


def source_in(told: dict[str, Any]) -> SourceType | None:
    """How a file came about by its own manifest; None where that does not say."""
    active = told.get("manifests", {}).get(told.get("active_manifest", ""), {})
    for assertion in active.get("assertions", ()):
        if assertion.get("label", "").startswith("c2pa.actions"):
            for action in assertion.get("data", {}).get("actions", ()):
                if found := named(str(action.get("digitalSourceType", ""))):
                    return found
    return None


class _Spliced(io.RawIOBase):
    """A file with some bytes put in at a place, read as if it were one; nothing is copied for it."""

    def __init__(self, path: Path, at: int, inserted: bytes) -> None:
        self._file: BinaryIO = path.open("rb")
        self._first, self._inserted = at, inserted
        self._size = path.stat().st_size + len(inserted)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill a part of the buffer: up to its end, or to where something else begins."""
        into = self._at - self._first
        if 0 <= into < len(self._inserted):
            part = self._inserted[into : into + len(buffer)]
        else:
            self._file.seek(self._at if into < 0 else self._at - len(self._inserted))
            part = self._file.read(min(len(buffer), -into) if into < 0 else len(buffer))
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def write(self, data: Any) -> int:
        del data
        raise io.UnsupportedOperation("this is only read")

    def close(self) -> None:
        self._file.close()
        super().close()
