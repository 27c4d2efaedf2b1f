"""What must agree across a storyboard: ids, speakers, length rules, keys that exclude each other.

Works on the nodes, not on the model, so that these mistakes are found in the same run as all others.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping

from storyboard import encodings, lettering, ways
from storyboard.errors import Diagnostic, UnreadableError
from storyboard.film import Beats, FitClip, FitVoice
from storyboard.finishing import check_settings
from storyboard.node import Node, items, mapping, text_of
from storyboard.phrases import scene_length
from storyboard.resolve import NO_MUSIC
from storyboard.translations import check_languages
from storyboard.vocabulary.settings import SNAP
from storyboard.vocabulary.table import find

NARRATOR = "narrator"
_NO_SCORE = "describe the music under `score:`, or write lengths in seconds"

_SHOWS = ("place", "prompt", "text", "cast", "moments", "lines", "keyframes", "clip")


def check(root: Node) -> list[Diagnostic]:
    """Return every disagreement of a storyboard whose single values may or may not be right."""
    film = {key: entry.value for key, entry in mapping(root).items()}
    people = mapping(film["characters"]) if "characters" in film else {}
    names = {key: _text(entry.value, "name") for key, entry in people.items()}
    found = list(_twins("E151", "character", [entry.key for entry in people.values()]))
    if NARRATOR in people:
        message = "a character cannot have the id 'narrator', which is the narrator's"
        found.append(_at(people[NARRATOR].key, "E158", message, "describe the narrator under `narrator:`"))
    scenes = items(film["scenes"]) if "scenes" in film else []
    ids = [mapping(scene)["id"].value for scene in scenes if "id" in mapping(scene)]
    found += _twins("E151", "scene", ids)
    found += _opening(film)
    found += encodings.check(film["encoding"]) if "encoding" in film else ()
    found += check_languages(film)
    has_music = "score" in film and not _is_silent(film["score"])
    found += _score(film["score"]) if "score" in film else ()
    if not has_music and "snap" in film and find(SNAP, text_of(film["snap"])) == "beat":
        found.append(_at(film["snap"], "E153", "cuts are to fall on beats, but the film has no score", _NO_SCORE))
    has_credits = "credits" in film and bool(items(film["credits"]))
    for scene in scenes:
        keys = {key: entry.value for key, entry in mapping(scene).items()}
        if not keys:
            continue
        found += _speakers(keys, names)
        found += _contents(scene, keys)
        found += _length(keys, has_music)
        found += ways.check(keys["transition"]) if "transition" in keys else ()
        found += lettering.check(keys["text"], has_credits) if "text" in keys else ()
        for effect in items(keys["effects"]) if "effects" in keys else ():
            found += check_settings(effect)
    return found


def _at(node: Node, code: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(node.path, node.line, node.column, code, message, hint)


def _text(node: Node, key: str) -> str:
    entry = mapping(node).get(key)
    return text_of(entry.value) if entry else ""


def _twins(code: str, kind: str, ids: list[Node]) -> Iterator[Diagnostic]:
    """Ids that are the same, or the same on a disk that does not tell capitals apart."""
    seen: dict[str, Node] = {}
    for node in ids:
        name = text_of(node)
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded and folded in seen:
            first = seen[folded]
            message = f"two of the {kind}s have the id '{name[:64]}'; the first is in line {first.line} of {first.path}"
            yield _at(node, code, message, "give one of them another id")
        seen.setdefault(folded, node)


def _opening(film: Mapping[str, Node]) -> Iterator[Diagnostic]:
    if "opening" not in film:
        return
    yield from ways.check(film["opening"])
    kind = ways.kind_of(film["opening"])
    if kind not in ("", "cut", "fade"):
        yield _at(film["opening"], "E159", f"a film cannot open with a {kind}", "write cut, or `fade black 1s`")


def _unknown_person(node: Node, name: str, names: Mapping[str, str]) -> Diagnostic:
    by_name = {written.casefold(): key for key, written in names.items() if written}
    near = difflib.get_close_matches(name.casefold(), [*names, *by_name], n=1, cutoff=0.6)
    if near:
        hint = f"did you mean '{by_name.get(near[0], near[0])}'?"
    elif names:
        hint = f"characters of this film: {', '.join(names)}"
    else:
        hint = "describe them under `characters:` first"
    return _at(node, "E150", f"'{name[:64]}' is not one of the characters", hint)


def _speakers(keys: Mapping[str, Node], names: Mapping[str, str]) -> Iterator[Diagnostic]:
    present: set[str] = set()
    for part in items(keys["cast"]) if "cast" in keys else ():
        node = mapping(part)["who"].value if "who" in mapping(part) else part
        name = text_of(node)
        if name == NARRATOR:
            yield _at(
                node, "E150", "the narrator is heard and not seen", "make a character of them to put them in a cast"
            )
        elif name and name not in names:
            yield _unknown_person(node, name, names)
        if name and name in present:
            yield _at(node, "E152", f"'{name[:64]}' stands twice in this scene", "keep one of the entries")
        present.add(name)
    for line in items(keys["lines"]) if "lines" in keys else ():
        entry = mapping(line).get("by")
        name = text_of(entry.value) if entry else ""
        if entry and name and name not in names and name != NARRATOR:
            yield _unknown_person(entry.value, name, names)


def _contents(scene: Node, keys: Mapping[str, Node]) -> Iterator[Diagnostic]:
    place = keys.get("id", scene)
    if not any(key in keys and keys[key].value not in ([], {}) for key in _SHOWS):
        yield _at(place, "E154", "this scene has nothing to show or say", "give it a `place`, a `prompt` or `lines`")
    if "clip" in keys and "keyframes" in keys:
        hint = "keep one, or make two scenes of it"
        yield _at(keys["keyframes"], "E155", "a scene shows either `clip` or `keyframes`", hint)
    for sound in items(keys["sounds"]) if "sounds" in keys else ():
        yield from ways.check_sound(sound)


def _is_silent(score: Node) -> bool:
    """Whether a written score is none, in short or as its file."""
    file = mapping(score)["file"].value if "file" in mapping(score) else score
    return text_of(file) in NO_MUSIC


_MADE = ("prompt", "mood", "tempo", "key", "instruments", "backend", "model")
_OF_FILE = ("from", "until", "loop")


def _score(score: Node) -> Iterator[Diagnostic]:
    """Report keys that a music file does not take, and those that only it takes."""
    keys = {key: entry.value for key, entry in mapping(score).items()}
    if not keys:
        return
    from_file = "file" in keys
    for key in _MADE if from_file else _OF_FILE:
        if key in keys:
            message = f"a score from a file takes no `{key}`" if from_file else f"only a score from a file has `{key}`"
            yield _at(keys[key], "E155", message, "delete it" if from_file else "delete it, or name a `file`")


def _length(keys: Mapping[str, Node], has_music: bool) -> Iterator[Diagnostic]:
    if "length" not in keys:
        return
    node = keys["length"]
    try:
        rule = scene_length(text_of(node))
    except UnreadableError:
        return
    if isinstance(rule, FitVoice) and not ("lines" in keys and items(keys["lines"])):
        yield _at(node, "E153", "the scene is to last as long as its lines, but has none", "add `lines`, or write 5s")
    if isinstance(rule, FitClip) and "clip" not in keys:
        yield _at(node, "E153", "the scene is to last as long as its clip, but has none", "add `clip`, or write 5s")
    if isinstance(rule, Beats) and not has_music:
        yield _at(node, "E153", "the scene lasts beats of the score, but the film has no score", _NO_SCORE)
