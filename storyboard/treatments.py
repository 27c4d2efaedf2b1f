"""Effects that the author chose: which file of the project holds their code.

Knows no pictures, and never looks into the code.
"""

from __future__ import annotations

from collections.abc import Iterable

from storyboard.film import Treatment


def code_of(treatment: Treatment) -> tuple[str, str]:
    """The project-relative file and the function of a treatment in Python; two empty texts for MoviePy's."""
    if treatment.source != "python":
        return "", ""
    file, _, function = treatment.name.rpartition(":")
    return file, function


def code_files(treatments: Iterable[Treatment]) -> tuple[str, ...]:
    """The project-relative files of the author's code that treatments need, each once."""
    return tuple(dict.fromkeys(file for file in (code_of(one)[0] for one in treatments) if file))
