"""The generated page of model families: what each takes, makes and needs, from the families' own data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from projects.plugins import find, load
from projects.weights import Setting, Weights
from scenes.diffusion.family import Count, Family
from scenes.diffusion.licences import licence_for, licences
from scenes.diffusion.settings import PLACES, SHARED, known_of

_KINDS: Mapping[type, str] = {str: "text", int: "whole number", float: "number", bool: "true or false"}

_TAKES: Mapping[str, str] = {
    "prompt": "words",
    "negative": "`negative:`",
    "start": "a picture at the start",
    "end": "a picture at the end",
    "keyframes": "pictures at any place",
    "references": "pictures of characters",
    "lora": "`lora:` of characters",
}

_PLACES = tuple(f"_{key}" for key in PLACES)

_WHERE = """\
`folder`, `repo` and `revision` say where the weights lie, and for a part `adapter_folder` and so on."""

_HEAD = """\
Families of models that scenes can be made by, and what stands under `model:` for each. [How to use
them](../how-to/diffusion-models.md) comes first. Models of services that are paid for have [a page of their
own](hosted.md).

"""


def models_page(head: str) -> str:
    """All families, what is common to them, and their licences."""
    parts = [head, "# Models\n", _HEAD, "## What all of them have\n"]
    parts.append(f"Under `model:`: {_settings(SHARED)}. {_WHERE}\n")
    for name in sorted(find("workprint.clips")):
        backend = load("workprint.clips", name)()
        family = getattr(backend, "family", None)
        if isinstance(family, Family):
            parts += _family(name, backend.summary, family)
        elif getattr(backend, "recipe", False):
            parts += [f"## `{name}`\n", f"{_sentence(backend.capabilities().summary)}\n"]
    parts += ["## Licences\n", "What nobody has read counts as unknown. Look at the model's own card in any case.\n"]
    parts.append("| weights | licence |\n|---|---|")
    parts += [f"| {begin} | {licence.told()} |" for begin, licence in licences().items()]
    return "\n".join(parts) + "\n"


def _family(name: str, summary: str, family: Family) -> Iterator[str]:
    yield f"## `{name}`\n"
    yield f"{_sentence(summary)}{f' {_sentence(family.note)}' if family.note else ''}\n"
    yield f"- Takes {', '.join(said for key, said in _TAKES.items() if key in family.takes)}."
    sizes = ", ".join(f"{width}x{height}" for width, height in family.sizes)
    rate = f"{float(family.rate):g} a second"
    yield f"- Makes {_frames(family.frames)}, {rate}; {sizes} (multiples of {family.multiple})."
    reads = f"reads {family.tokens} tokens of a prompt, " if family.tokens else ""
    yield f"- Usually {reads}{family.steps} steps at guidance {family.guidance:g}."
    if family.sounds:
        yield "- Brings sound of its own."
    for preset, settings in family.presets.items():
        yield f"- `preset: {preset}`: {', '.join(f'{key} {_said(value)}' for key, value in settings.items())}."
    own = {key: kind for key, kind in known_of(family).items() if key not in SHARED and not key.endswith(_PLACES)}
    if own:
        yield f"- Under `model:` also {_settings(own)}."
    for part, weights in family.weights.items():
        yield f"- {_weights(part, weights, optional=part in family.optional)}"
    yield ""


def _frames(count: Count) -> str:
    rule = f"{count.step}k+{count.offset}" if count.offset else "any number of"
    return f"{rule} frames{f', at most {count.longest} at once' if count.most else ''}"


def _weights(part: str, weights: Weights, *, optional: bool) -> str:
    named = f"`{part}_folder:`" if part else "`folder:`"
    named += " (only where it is named)" if optional else ""
    if not weights.repo:
        return f"{named}: no usual ones."
    licence = licence_for(weights.repo)
    sold = "commercial use not known" if licence.commercial == "unknown" else f"commercial use: {licence.commercial}"
    return f"{named}: usually {weights.repo}{f', {weights.size}' if weights.size else ''}; {licence.name}, {sold}."


def _settings(settings: Mapping[str, type]) -> str:
    return ", ".join(f"`{key}` ({_KINDS[kind]})" for key, kind in settings.items())


def _said(value: Setting) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
