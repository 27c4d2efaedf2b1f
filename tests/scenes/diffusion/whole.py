"""Whole sets of tiny weights: what each backend needs to make a clip, with the settings that name it."""

from __future__ import annotations

from pathlib import Path

from projects.weights import Setting
from tests.scenes.diffusion.tiny import MAKERS
from tests.scenes.diffusion.tiny_sd import MAKERS_SD
from tests.scenes.diffusion.tiny_video import MAKERS_VIDEO

EVERY = {**MAKERS, **MAKERS_VIDEO, **MAKERS_SD}
"""All makers of tiny weights by name."""

_SMALL: dict[str, Setting] = {"steps": 2, "width": 32, "height": 32}

NEEDS: dict[str, dict[str, str]] = {
    **{name: {"": name} for name in ("wan", "ltx", "ltx2", "cogvideox", "hunyuan", "svd", "zeroscope")},
    "stills": {"": "sd"},
    "deforum": {"": "sd"},
    "animatediff": {"": "sd", "adapter": "motion"},
    "controlnet": {"": "sd", "controlnet": "controlnet"},
}
"""By backend: the makers of its parts."""

RECIPES: dict[str, dict[str, str]] = {
    "make-a-video": {"picture": "stills", "animate": "svd"},
    "imagen-video": {"base": "zeroscope"},
}
"""By recipe: the backends of its courses."""

MORE: dict[str, dict[str, Setting]] = {"svd": {"width": 64, "height": 64}}


def model_of(name: str, project: Path) -> tuple[tuple[str, Setting], ...]:
    """The settings under `model:` for a backend or a recipe, whose weights lie in the project's folder `models`."""
    return tuple((_recipe(name, project) if name in RECIPES else _plain(name, project)).items())


def _plain(name: str, project: Path) -> dict[str, Setting]:
    settings = dict(_SMALL) | MORE.get(name, {})
    for part, maker in NEEDS[name].items():
        place = project / "models" / maker
        if not place.exists():
            EVERY[maker](place)
        settings[f"{part}_folder" if part else "folder"] = f"models/{maker}"
    return settings


def _recipe(name: str, project: Path) -> dict[str, Setting]:
    return {
        f"{course}_{key}": value
        for course, backend in RECIPES[name].items()
        for key, value in _plain(backend, project).items()
    }
