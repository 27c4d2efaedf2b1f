"""The program that speaks one line with chatterbox-tts; it is run by the Python in which that package is installed.

Reads a job as JSON from its input and leaves an array file. Imports nothing of this house: it may be elsewhere.
"""

from __future__ import annotations

import json
import random
import sys
from importlib import import_module, metadata
from typing import Any


def speak(job: dict[str, Any]) -> Any:
    """The line of a job as a float32 array, the sample rate before the samples."""
    np: Any = import_module("numpy")
    torch: Any = import_module("torch")
    torch.set_num_threads(1)
    torch.manual_seed(job["seed"])
    np.random.seed(job["seed"])  # the package draws from the old global generator
    random.seed(job["seed"])
    given = {
        "audio_prompt_path": job["prompt"] or None,
        "exaggeration": job["exaggeration"],
        "cfg_weight": job["guidance"],
        "temperature": job["temperature"],
    }
    if job["multilingual"]:
        model = import_module("chatterbox.mtl_tts").ChatterboxMultilingualTTS.from_local(job["folder"], job["device"])
        wave = model.generate(job["text"], language_id=job["language"], **given)
    else:
        model = import_module("chatterbox.tts").ChatterboxTTS.from_local(job["folder"], job["device"])
        wave = model.generate(job["text"], **given)
    samples = np.asarray(wave.detach().cpu().numpy(), np.float32).reshape(-1)
    return np.concatenate([np.float32([model.sr]), samples])


def main(arguments: list[str]) -> int:
    """`--version` tells the package's; otherwise the one argument is the array file to write."""
    if arguments == ["--version"]:
        sys.stdout.write(f"chatterbox-tts {metadata.version('chatterbox-tts')}, torch {metadata.version('torch')}\n")
        return 0
    job = json.load(sys.stdin)
    np: Any = import_module("numpy")
    np.save(arguments[0], speak(job))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
