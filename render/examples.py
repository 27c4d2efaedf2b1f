"""Example pictures of styles: which scenes have some that their maker does not look at.

Knows makers by what they take, and opens no picture.
"""

from __future__ import annotations

from collections.abc import Mapping

from render.makers import Maker
from storyboard.film import Film


def unseen_examples(film: Film, makers: Mapping[str, Maker]) -> tuple[str, ...]:
    """One sentence for each backend that does not look at the example pictures of its scenes' styles."""
    blind: dict[str, list[str]] = {}
    for scene in film.scenes:
        maker = makers[scene.id]
        if scene.look.examples and "references" not in maker.takes:
            blind.setdefault(maker.backend, []).append(scene.id)
    return tuple(
        f"{', '.join(scenes)}: {backend} looks at no example pictures of a style; only its words, negative words and "
        f"grade are used"
        for backend, scenes in blind.items()
    )
