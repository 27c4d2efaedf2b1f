"""Presets: styles and templates of prompts that a film names, put in the place of their names before anything is read.

Pure: the caller hands the texts of presets in, as it does with scene files. Knows no folder of the user's.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from storyboard.errors import Diagnostic
from storyboard.explain import explain
from storyboard.film import Film, Scene
from storyboard.looks import Look
from storyboard.model.presets import WrittenPreset, WrittenStyle, WrittenTemplate
from storyboard.node import Entry, Node, items, mapping, plain, text_of
from storyboard.source import parse
from storyboard.templates import filled, lone_brace, slots
from storyboard.vocabulary.styles import STYLES
from storyboard.vocabulary.table import find, fold

FOLDER = "presets"
"""The folder of a project that holds its own presets, and the example pictures beside them."""
OUTSIDE = "preset:"
"""What the name of a preset that lies outside the project begins with, among the texts that are handed in."""

_NAME = re.compile(r"\w[\w-]{0,63}")
_DRAWN = "papercut"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style as a preset holds it. `folder` is where its files are named from; `outside` names a preset elsewhere."""

    written: WrittenStyle
    folder: str = ""
    outside: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """Project-relative names of its files."""
        named = [*(self.written.examples or ()), *([self.written.lut] if self.written.lut else [])]
        return tuple(posixpath.join(self.folder, name) for name in named)


@dataclass(slots=True)
class Unfolded:
    """What presets bring to a film: the style that each scene wears, by id, and what is wrong with them."""

    worn: dict[str, Sheet] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)


def named(root: Node) -> tuple[str, ...]:
    """The presets that a storyboard names: files of the project, or names."""
    entry = mapping(root).get("presets")
    return tuple(name for one in items(entry.value) if (name := text_of(one).strip())) if entry else ()


def is_file(name: str) -> bool:
    """Whether a preset is named by its file in the project."""
    return "/" in name or name.lower().endswith((".yaml", ".yml"))


def is_name(name: str) -> bool:
    """Whether a text may be the name of a preset."""
    return bool(_NAME.fullmatch(name))


def own_file(name: str) -> str:
    """The file of the project in which a preset of that name would lie."""
    return name if is_file(name) else f"{FOLDER}/{name}.yaml"


def unfold(root: Node, others: Mapping[str, bytes]) -> Unfolded:
    """Put plain prompts and styles in the place of templates and of styles that presets bring, in the nodes.

    What the film writes itself wins over presets, and later presets over earlier ones.
    """
    told = Unfolded()
    styles: dict[str, tuple[str, Sheet]] = {}
    templates: dict[str, tuple[str, WrittenTemplate]] = {}
    for preset, folder, outside in (*_presets(root, others, told.found), _own(root)):
        styles |= {fold(key): (key, Sheet(one, folder, outside)) for key, one in (preset.styles or {}).items()}
        templates |= {fold(key): (key, one) for key, one in (preset.templates or {}).items()}
    film = mapping(root)
    whole = _style(film, styles, told.found)
    for scene in items(film["scenes"].value) if "scenes" in film else ():
        entries = mapping(scene)
        own = _style(entries, styles, told.found)
        worn = own if "style" in entries else whole
        if worn is not None and "id" in entries:
            told.worn[text_of(entries["id"].value)] = worn
        if "prompt" in entries and isinstance(entries["prompt"].value.value, dict):
            asked = entries["prompt"]
            entries["prompt"] = Entry(asked.key, _prompt(asked.value, templates, told.found))
    return told


def wear(film: Film, worn: Mapping[str, Sheet]) -> Film:
    """The film whose scenes wear these styles."""
    if not worn:
        return film
    scenes = (_dressed(scene, worn[scene.id]) if scene.id in worn else scene for scene in film.scenes)
    return replace(film, scenes=tuple(scenes))


def _dressed(scene: Scene, sheet: Sheet) -> Scene:
    style = sheet.written
    negative = ", ".join(dict.fromkeys(part.strip(" ,") for part in (scene.negative, style.negative or "") if part))
    grade = "" if style.grade in (None, "none") else str(style.grade)
    post = replace(
        scene.post,
        grade=scene.post.grade or grade,
        lut=scene.post.lut or (posixpath.join(sheet.folder, style.lut) if style.lut else ""),
    )
    examples = tuple(posixpath.join(sheet.folder, name) for name in style.examples or ())
    look = Look(style.prompt or "", alone=bool(style.prompt) and style.base is None, examples=examples)
    return replace(scene, negative=negative, post=post, look=look)


def _presets(
    root: Node, others: Mapping[str, bytes], found: list[Diagnostic]
) -> Iterator[tuple[WrittenPreset, str, str]]:
    """Each preset that is there and whole, the folder of its files, and its name where it lies elsewhere."""
    entry = mapping(root).get("presets")
    for one in items(entry.value) if entry else ():
        name = text_of(one).strip()
        if not name:
            continue
        own, outside = own_file(name), f"{OUTSIDE}{name}"
        path = own if own in others else outside
        if path not in others:
            message = f"there is no preset '{name[:60]}'"
            hint = "look at its name" if is_file(name) else "`workprint presets` lists those that are here"
            found.append(_at(one, "E166", message, hint))
            continue
        preset, wrong = read_preset(others[path], path)
        if path == outside:
            # The file is no part of the project: its mistakes are told where the film names it.
            wrong = [
                replace(bad, path=one.path, line=one.line, column=one.column, message=_from_outside(name, bad))
                for bad in wrong
            ]
        found += wrong
        if preset is not None:
            yield preset, posixpath.dirname(own), name if path == outside else ""


def _from_outside(name: str, wrong: Diagnostic) -> str:
    return f"preset '{name}', line {wrong.line}: {wrong.message}"


def read_preset(text: bytes, path: str) -> tuple[WrittenPreset | None, list[Diagnostic]]:
    """A preset, None where it has mistakes, and the mistakes; `path` is what they call the file."""
    parsed = parse(text, path)
    found = list(parsed.diagnostics)
    if parsed.node is None or not isinstance(parsed.node.value, dict):
        if not found:
            hint = "begin with `workprint-preset: 1`"
            found = [Diagnostic(path, 1, 1, "E166", "a preset holds keys and values", hint)]
        return None, found
    root = parsed.node
    written = None
    try:
        written = WrittenPreset.model_validate(plain(root))
    except ValidationError as error:
        keys = ", ".join(one.alias or key for key, one in WrittenPreset.model_fields.items())
        for raised, bad in zip(error.errors(), explain(error, root), strict=False):
            of_preset = len(raised["loc"]) == 1 and bad.code in ("E130", "E131")
            message = bad.message.replace("the storyboard", "the preset")
            found.append(replace(bad, message=message, hint=f"keys of a preset: {keys}") if of_preset else bad)
    for key, entry in _entries(root, "templates").items():
        found += _braces(key, entry.value)
    return (None if found else written), found


def _own(root: Node) -> tuple[WrittenPreset, str, str]:
    """What the film writes itself; its mistakes are found with all others of the film."""
    sound: dict[str, dict[str, Any]] = {}
    for kind, model in (("styles", WrittenStyle), ("templates", WrittenTemplate)):
        sound[kind] = {}
        for key, entry in _entries(root, kind).items():
            try:
                model.model_validate(plain(entry.value))
            except ValidationError:
                continue
            sound[kind][key] = plain(entry.value)
    try:
        return WrittenPreset.model_validate({"workprint-preset": 1, **sound}), "", ""
    except ValidationError:
        return WrittenPreset.model_validate({"workprint-preset": 1}), "", ""


def _style(entries: dict[str, Entry], styles: Mapping[str, tuple[str, Sheet]], found: list[Diagnostic]) -> Sheet | None:
    """The sheet of the style that is written here, and in its place the name of the style that is drawn."""
    if "style" not in entries or not styles:
        return None
    key, node = entries["style"].key, entries["style"].value
    name = text_of(node)
    known = styles.get(fold(name))
    if known is None:
        if name and find(STYLES, name) is None:
            near = difflib.get_close_matches(fold(name), [*styles, *STYLES.aliases], n=1, cutoff=0.6)
            hint = f"did you mean '{near[0]}'?" if near else f"styles of this film: {_listed(styles)}"
            found.append(_at(node, "E135", f"'{name[:60]}' is not a style that is known here", hint))
            entries["style"] = Entry(key, replace(node, value=_DRAWN))
        return None
    sheet = known[1]
    if sheet.outside and sheet.files:
        message = f"the style '{known[0]}' brings files, and the preset '{sheet.outside}' lies outside the project"
        hint = f"copy it into the project with `workprint presets add {sheet.outside}`"
        found.append(_at(node, "E169", message, hint))
    entries["style"] = Entry(key, replace(node, value=sheet.written.base or _DRAWN))
    return sheet


def _prompt(node: Node, templates: Mapping[str, tuple[str, WrittenTemplate]], found: list[Diagnostic]) -> Node:
    """The prompt that a template makes of the words of a scene; a stand-in where it cannot."""
    words = mapping(node)
    stand_in = replace(node, value="prompt", size=1, depth=1)
    asked = words.get("template")
    if asked is None:
        hint = "write the prompt as text, or name a `template:`"
        found.append(_at(node, "E132", "'prompt' takes text, or a template with its slots", hint))
        return stand_in
    name = text_of(asked.value)
    known = templates.get(fold(name))
    if known is None:
        near = difflib.get_close_matches(fold(name), templates, n=1, cutoff=0.6)
        some = f"templates of this film: {_listed(templates)}" if templates else "write it under `templates:`"
        hint = f"did you mean '{templates[near[0]][0]}'?" if near else some
        found.append(_at(asked.value, "E167", f"'{name[:60]}' is not a template that is known here", hint))
        return stand_in
    template = known[1]
    there = slots(template.text)
    said = {str(key): str(value) for key, value in (template.defaults or {}).items()}
    before = len(found)
    for key, entry in words.items():
        if key == "template":
            continue
        if key not in there:
            near = difflib.get_close_matches(key, there, n=1, cutoff=0.6)
            hint = f"did you mean '{near[0]}'?" if near else f"its slots: {', '.join(there) or 'none'}"
            found.append(_at(entry.key, "E168", f"the template '{known[0]}' has no slot '{key[:60]}'", hint))
        elif isinstance(entry.value.value, (list, dict, bool)) or entry.value.value is None:
            found.append(_at(entry.value, "E132", f"the slot '{key[:60]}' takes text", "put it in quotes"))
        else:
            said[key] = text_of(entry.value)
    lacking = [slot for slot in there if slot not in said]
    # A misspelt slot is lacking under its right name too: one finding says both.
    if lacking and len(found) == before:
        message = f"the template '{known[0]}' has slots that nothing fills: {', '.join(lacking)}"
        found.append(_at(node, "E168", message, f"add `{lacking[0]}: ...`"))
    if len(found) > before or lone_brace(template.text) >= 0:
        return stand_in
    return replace(stand_in, value=" ".join(filled(template.text, said).split()))


def check_templates(root: Node) -> Iterator[Diagnostic]:
    """Report braces in the film's own templates that are no slots."""
    for key, entry in _entries(root, "templates").items():
        yield from _braces(key, entry.value)


def _braces(key: str, node: Node) -> Iterator[Diagnostic]:
    entry = mapping(node).get("text")
    text = entry.value if entry else node
    if lone_brace(text_of(text)) >= 0:
        message = f"the template '{key[:60]}' holds a brace that is no slot"
        yield _at(text, "E168", message, "write slots as {subject}, and braces as {{ and }}")


def _entries(root: Node, key: str) -> dict[str, Entry]:
    entry = mapping(root).get(key)
    return mapping(entry.value) if entry else {}


def _listed(known: Mapping[str, tuple[str, Any]]) -> str:
    return ", ".join(name for name, _ in known.values())


def _at(node: Node, code: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(node.path, node.line, node.column, code, message, hint)
