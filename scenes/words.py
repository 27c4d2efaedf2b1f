"""The step that encodes the prompts of one scene with the reader of its model, before any picture is made.

Takes of the same words share what it makes. Knows one scene only.
"""

from __future__ import annotations

from pathlib import Path

from projects.steps import Json, Work
from scenes.backend import ReadsWords, WordsRequest
from scenes.clip import open_backend
from storyboard.errors import RenderError


def make_words(request: WordsRequest, work: Work, out: Path) -> Json:
    """Write what the reader of `request.backend` makes of the prompts to `out` (safetensors); facts: notes.

    Raises MissingError when the backend or its weights are not here, RenderError when it reads nothing beforehand.
    """
    backend = open_backend(request.backend)
    if not isinstance(backend, ReadsWords):
        raise RenderError(f"the backend '{request.backend}' reads no prompts beforehand", "report it to its makers")
    facts = backend.encode(request, work.files, out)
    work.progress(1.0)
    return dict(facts)
