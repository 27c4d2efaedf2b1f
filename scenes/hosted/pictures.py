"""The author's pictures as services take them: as they are where they may be, else smaller, inside the request."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection
from pathlib import Path

from storyboard.errors import RenderError

_KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_LARGEST_SIDE = 2048
_QUALITIES = (95, 90, 80, 70, 55)


def encoded(path: Path, most: int, kinds: Collection[str] = tuple(_KINDS)) -> tuple[bytes, str]:
    """A picture's bytes, no more than `most` of them, and their media type; `kinds` are those that are taken as is.

    Raises RenderError for what is no picture. The same file gives the same bytes.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            kind, turned = picture.format or "", picture.getexif().get(0x0112, 1) != 1
            if kind in kinds and not turned and path.stat().st_size <= most and max(picture.size) <= 2 * _LARGEST_SIDE:
                return path.read_bytes(), _KINDS[kind]
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, UnidentifiedImageError, ValueError) as problem:
        raise RenderError(f"{path.name} cannot be read as a picture: {problem}", "Use a PNG or a JPEG.") from problem
    upright.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    for quality in _QUALITIES:
        target = io.BytesIO()
        upright.save(target, "JPEG", quality=quality)
        if target.tell() <= most:
            return target.getvalue(), _KINDS["JPEG"]
    raise RenderError(f"{path.name} cannot be made small enough for the service", "Use a smaller picture.")


def data_uri(path: Path, most: int) -> str:
    """A picture as text that stands in a request, no longer than `most` characters."""
    data, kind = encoded(path, (most - 64) * 3 // 4)
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
