"""Opening the author's pictures: any mode that Pillow reads becomes upright 8-bit sRGB, within safe limits.

Depth, palette, grey, CMYK, embedded colour profiles, camera orientation and transparency are resolved here once.
Knows nothing of motion.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

from scenes.backend import Frame
from scenes.media import MAX_PIXELS
from storyboard.errors import MissingError, RenderError

_FORMATS = ("PNG", "JPEG", "MPO", "WEBP", "TIFF", "BMP", "GIF", "PPM", "TGA", "ICO", "JPEG2000", "AVIF")
"""What is opened: no format that runs a program or a script to be read (EPS, PDF)."""

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, RuntimeError, IndexError, KeyError, TypeError, struct.error)
"""What Pillow's readers raise over damaged files; AVIF's, for one, a bare RuntimeError."""

_DARK, _LIGHT = (24, 24, 26), (242, 240, 234)
"""What stands behind transparent pictures: dark behind light ones, light behind dark ones."""


@dataclass(frozen=True, slots=True)
class Still:
    """One picture, upright, sRGB; `notes` says what was decided on the way."""

    picture: Frame
    notes: tuple[str, ...] = ()


def open_still(path: Path, name: str) -> Still:
    """Read a picture; `name` is what messages call it (its project-relative path).

    Raises MissingError where there is no file, RenderError where it is no readable picture or larger than
    8192 x 8192 pixels.
    """
    notes: list[str] = []
    pixels = _opened(path, name, notes)
    if pixels.shape[2] == 4:
        pixels = _over_paper(pixels, name, notes)
    return Still(pixels, tuple(notes))


def open_layer(path: Path, name: str) -> Still:
    """Read a picture with transparency: (h, w, 4) uint8, RGB not multiplied with the alpha behind it.

    Raises what `open_still` raises, and RenderError where nothing of it is transparent: it would hide all behind it.
    """
    notes: list[str] = []
    pixels = _opened(path, name, notes)
    if pixels.shape[2] == 3 or int(pixels[..., 3].min()) == 255:
        raise RenderError(
            f"the layer {name} has no transparent part and would hide the picture behind it",
            "save it as PNG with a transparent ground, or write it as the keyframe's `picture:`",
        )
    if not pixels[..., 3].any():
        notes.append(f"the layer {name} is wholly transparent")
    return Still(pixels, tuple(notes))


def open_grey(path: Path, name: str) -> Still:
    """Read a depth picture or a mask: (h, w) uint8, its lightness; what is transparent is black."""
    notes: list[str] = []
    pixels = _opened(path, name, notes)
    luma = pixels[..., :3] @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
    if pixels.shape[2] == 4:
        luma = np.multiply(luma, pixels[..., 3] / 255)
    grey = np.round(luma).astype(np.uint8)
    if int(grey.max()) - int(grey.min()) < 8:
        notes.append(f"{name} is nearly one grey throughout, so that nothing stands before anything")
    return Still(grey, tuple(notes))


def _opened(path: Path, name: str, notes: list[str]) -> Frame:
    """The pixels of a picture, upright sRGB: three channels, or four where it has transparency."""
    if not path.is_file():
        raise MissingError(f"the picture {name} is not there", "put the file in its place or correct the name")
    known = [kind for kind in _FORMATS if kind in _installed_formats()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is judged below
            with Image.open(path, formats=known) as image:
                _limit(image.size, name)
                return _convert(image, name, notes)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except _BROKEN as error:
        raise RenderError(
            f"the picture {name} cannot be read: {_reason(error, path)}",
            "it may be damaged or another kind of file under this name; save it again as PNG or JPEG",
        ) from error


def _installed_formats() -> frozenset[str]:
    """What this build of Pillow reads."""
    Image.init()
    return frozenset(Image.OPEN)


def _limit(size: tuple[int, int], name: str) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise _too_large(name, size)


def _too_large(name: str, size: tuple[int, int] = (0, 0)) -> RenderError:
    measure = f"{size[0]}x{size[1]}, " if size[0] else ""
    return RenderError(
        f"the picture {name} is {measure}too large to be opened safely", "scale it to at most 8192x8192 pixels"
    )


def _reason(error: Exception, path: Path) -> str:
    """What Pillow says, without the machine's own paths."""
    return str(error).replace(str(path), path.name).replace(repr(str(path)), path.name) or type(error).__name__


def _convert(image: Image.Image, name: str, notes: list[str]) -> Frame:
    """Bring an opened picture to upright 8-bit sRGB, with its alpha where it has one."""
    if getattr(image, "n_frames", 1) > 1 and image.format in ("GIF", "WEBP", "PNG", "AVIF"):
        notes.append(f"{name} is animated; its first picture is used")
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    flat = _eight_bit(upright, name)
    if profile and flat.mode in ("RGB", "RGBA", "CMYK", "L"):
        flat = _to_srgb(flat, profile, name, notes)
    if flat.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in flat.info:
        flat = flat.convert("RGBA")
    return np.array(flat if flat.mode == "RGBA" else flat.convert("RGB"), dtype=np.uint8)


def _eight_bit(image: Image.Image, name: str) -> Image.Image:
    """Bring deep grey pictures to 8 bits; Pillow reduces deep colour itself."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I;16N", "I"):
        deep = np.asarray(image).astype(np.int64)
        return Image.fromarray(np.clip((deep + 128) // 257, 0, 255).astype(np.uint8))
    if image.mode == "F":
        raise RenderError(
            f"the picture {name} holds floating-point light", "develop it and save it as 8-bit or 16-bit PNG"
        )
    return image


def _to_srgb(image: Image.Image, profile: bytes, name: str, notes: list[str]) -> Image.Image:
    """Apply an embedded colour profile; a broken one is said and left out."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if image.mode == "RGBA" else image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError) as error:
        notes.append(f"the colour profile of {name} cannot be applied ({error}); its numbers are taken as sRGB")
        return image
    if made is None:
        return image
    if alpha is not None:
        made.putalpha(alpha)
    return made


def _over_paper(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], name: str, notes: list[str]) -> Frame:
    """Lay an RGBA picture over an even ground that it stands out from."""
    alpha = pixels[..., 3:].astype(np.float32) / 255
    if float(alpha.min()) == 1.0:
        return np.ascontiguousarray(pixels[..., :3])
    weight = float(alpha.sum())
    luma = pixels[..., :3] @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
    light = weight > 0 and float((luma * alpha[..., 0]).sum()) / weight > 128
    ground = np.array(_DARK if light else _LIGHT, dtype=np.float32)
    notes.append(f"{name} is transparent in places; it is laid over {'a dark' if light else 'a light'} ground")
    return np.round(pixels[..., :3] * alpha + ground * (1 - alpha)).astype(np.uint8)
