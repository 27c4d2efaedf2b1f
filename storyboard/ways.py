"""The way from one scene to the next: a written transition to data, and which of its keys cannot stand together.

Works on nodes where it checks, so that these mistakes are found in the same run as all others. Knows no scene.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from storyboard.errors import Diagnostic, UnreadableError
from storyboard.film import Transition
from storyboard.finishing import check_settings, treatment
from storyboard.model.passage import WrittenAuthoredTransition, WrittenTransition
from storyboard.node import Node, items, mapping, text_of
from storyboard.phrases import AUTHORED, TransitionPhrase, option_of, refuse_length, refuse_linear
from storyboard.phrases import transition as read_phrase
from storyboard.sounds import sounds
from storyboard.time import duration
from storyboard.vocabulary.table import find
from storyboard.vocabulary.transitions import ANY_COLOUR, DIRECTIONS, MANNERS, Manner

CUT = Transition("cut", Fraction(0))
_AUTHORED_SECONDS = Fraction(1)
_OWN_KEYS = frozenset(WrittenAuthoredTransition.model_fields)
"""Keys of a transition by an effect that are not settings of the effect."""


def transition(written: WrittenTransition | WrittenAuthoredTransition | None, owner: str = "transition-") -> Transition:
    """Return the transition with its kind's defaults; the ids of its sounds begin with `owner`."""
    if written is None:
        return CUT
    heard = sounds([*([written.sound] if written.sound else []), *(written.sounds or ())], owner)
    if isinstance(written, WrittenAuthoredTransition):
        made = treatment(written)
        return Transition(made.source, written.length or _AUTHORED_SECONDS, treatments=(made,), sounds=heard)
    phrase = written.kind
    manner = MANNERS.get(phrase.kind, Manner())
    length = written.length if phrase.length is None else phrase.length
    return Transition(
        kind=phrase.kind,
        length=manner.seconds if length is None else length,
        option=phrase.option or written.colour or written.direction or manner.usual,
        linear=phrase.linear or bool(written.linear),
        picture=written.picture or "",
        softness=0.1 if written.softness is None else float(written.softness),
        sounds=heard,
    )


def kind_of(node: Node) -> str:
    """The kind of a transition as written, "" where it cannot be read."""
    keys = {key: entry.value for key, entry in mapping(node).items()}
    for name in AUTHORED:
        if name in keys:
            return name
    phrase = _phrase(keys.get("kind", node))
    return phrase.kind if phrase else ""


def check(node: Node) -> Iterator[Diagnostic]:
    """Report keys of a transition that exclude each other or that its kind does not take."""
    keys = {key: entry.value for key, entry in mapping(node).items()}
    if "sound" in keys and "sounds" in keys:
        yield _at(keys["sounds"], "E155", "a transition has either `sound` or `sounds`", "put them all into `sounds`")
    heard = [*([keys["sound"]] if "sound" in keys else []), *(items(keys["sounds"]) if "sounds" in keys else [])]
    for sound in heard:
        yield from check_sound(sound)
    if any(name in keys for name in AUTHORED):
        yield from _check_authored(node, keys)
        return
    phrase = _phrase(keys.get("kind", node))
    if phrase is None:
        return
    if phrase.kind == "matte" and "picture" not in keys:
        hint = "write {kind: matte, picture: pictures/brush.png}"
        yield _at(keys.get("kind", node), "E131", "a matte follows a picture, and none is named", hint)
    yield from _check_plain(keys, phrase)


def check_sound(sound: Node) -> Iterator[Diagnostic]:
    """Report a sound that is both an effect and a file, or neither, and one in words that nobody makes."""
    written = mapping(sound)
    if written and sum(key in written for key in ("effect", "file", "prompt", "suggested")) != 1:
        yield _at(
            sound, "E155", "a sound is either an `effect`, a `file` or a `prompt`", "write exactly one of the three"
        )
    if "prompt" in written and "backend" not in written:
        hint = "write `backend: elevenlabs`, or an `effect` that is made here"
        yield _at(written["prompt"].value, "E155", "a sound in words needs a `backend` that makes it", hint)
    for key in ("backend", "model"):
        if key in written and "prompt" not in written:
            yield _at(written[key].value, "E155", f"only a `prompt` has a `{key}`", "delete it, or write a `prompt`")
    for key in ("from", "trim"):
        if key in written and "file" not in written:
            yield _at(written[key].value, "E155", f"only a file has a `{key}`", "delete it, or name a `file`")


def _check_plain(keys: Mapping[str, Node], phrase: TransitionPhrase) -> Iterator[Diagnostic]:
    """What a kind does not take, and what is said both in its phrase and by a key."""
    kind = phrase.kind
    manner = MANNERS.get(kind)
    for key, said in (("length", phrase.length is not None), ("linear", phrase.linear)):
        if key in keys and said:
            yield _twice(keys[key], key)
    if "length" in keys and phrase.length is None:
        yield from _refused(keys["length"], lambda text: refuse_length(kind, duration(text)))
    if "linear" in keys and keys["linear"].value is True:
        yield from _refused(keys["linear"], lambda _: refuse_linear(kind))
    for key in ("direction", "colour"):
        if key not in keys:
            continue
        if manner is not None and not _takes(manner, key):
            yield _not_taken(keys[key], kind, key)
        elif phrase.option or ("direction" in keys and key == "colour"):
            yield _twice(keys[key], key)
        elif key == "direction":
            yield from _refused(keys[key], lambda text: _known_direction(kind, text))
    for key in ("picture", "softness"):
        if key in keys and manner is not None and not manner.picture:
            yield _not_taken(keys[key], kind, key)


def _check_authored(node: Node, keys: Mapping[str, Node]) -> Iterator[Diagnostic]:
    if "kind" in keys:
        hint = "delete `kind`; the effect makes the transition"
        yield _at(keys["kind"], "E155", "a transition is either a `kind` or an effect", hint)
    yield from check_settings(node, _OWN_KEYS | {"kind"})
    if "length" in keys:
        yield from _refused(keys["length"], lambda text: refuse_length("transition", duration(text)))


def _phrase(node: Node) -> TransitionPhrase | None:
    try:
        return read_phrase(text_of(node))
    except UnreadableError:
        return None


def _known_direction(kind: str, text: str) -> None:
    """Raise UnreadableError for a direction that only other kinds take; words that mean none are found elsewhere."""
    if find(DIRECTIONS, text) is not None:
        option_of(kind, text)


def _refused(node: Node, read: Callable[[str], None]) -> Iterator[Diagnostic]:
    """What a reader refuses of a value; quantities that cannot be read at all are reported by the model."""
    try:
        read(text_of(node))
    except UnreadableError as error:
        if error.code != "E134":
            yield _at(node, error.code, error.message, error.hint)


def _twice(node: Node, key: str) -> Diagnostic:
    return _at(node, "E155", f"the {key} is said twice", "keep it in `kind`, or as a key of its own")


def _not_taken(node: Node, kind: str, key: str) -> Diagnostic:
    able = ", ".join(name for name, manner in MANNERS.items() if _takes(manner, key))
    return _at(node, "E161", f"a {kind} takes no `{key}`", f"delete it; it belongs to {able}")


def _takes(manner: Manner, key: str) -> bool:
    if key in ("picture", "softness"):
        return manner.picture
    return bool(manner.options) and (ANY_COLOUR in manner.options) is (key == "colour")


def _at(node: Node, code: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(node.path, node.line, node.column, code, message, hint)
