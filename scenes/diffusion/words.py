"""Prompts as a model's own reader encodes them, once, into a file: the reader is gone when pictures are made.

Knows readers only by what their pipeline calls `encode_prompt`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from storyboard.errors import RenderError

Told = Mapping[str, Any]
"""What a pipeline is called with instead of a prompt and what to leave out: tensors by name."""


def kept(told: Sequence[tuple[str, Told]], out: Path) -> None:
    """Write what a reader made of each prompt to a safetensors file."""
    import json

    from safetensors.torch import save_file

    tensors = {
        f"{number}/{name}": value.detach().cpu().contiguous().clone()
        for number, (_, words) in enumerate(told)
        for name, value in words.items()
    }
    save_file(tensors, out, metadata={"prompts": json.dumps([prompt for prompt, _ in told])})


def opened(path: Path) -> dict[str, dict[str, Any]]:
    """What a reader made of each prompt, by prompt. Raises RenderError for a file that holds none."""
    import json

    from safetensors import SafetensorError, safe_open

    found: dict[str, dict[str, Any]] = {}
    try:
        with safe_open(path, "pt") as file:
            prompts = json.loads(file.metadata()["prompts"])
            for key in file.keys():  # noqa: SIM118 - it is no mapping
                number, _, name = key.partition("/")
                found.setdefault(prompts[int(number)], {})[name] = file.get_tensor(key)
    except (OSError, SafetensorError, KeyError, TypeError, ValueError, IndexError) as reason:
        raise RenderError(f"the encoded prompts cannot be read: {reason}", "render again") from reason
    return found
