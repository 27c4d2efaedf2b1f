"""What an author asks of a hosted model of sounds, settled by the table: which model, and which settings it has.

Refuses what a service would take money for and then get wrong. Speaks to no service.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from audio.voice import Trouble, VoiceRefusal
from projects.extras import pip_install
from projects.hosted.catalogue import Found, model_of, service
from projects.hosted.keys import find_key, no_key
from projects.weights import Setting, Settings
from storyboard.errors import MissingError

_TYPES: Mapping[str, tuple[type, ...]] = {"text": (str,), "number": (int, float), "switch": (bool,)}


def found_model(service_name: str, media: str, name: str = "") -> Found:
    """The model of a name, or for "" the first of the table that makes this: `speech`, `music` or `effects`.

    Raises VoiceRefusal for a model that makes something else, MissingError for one that nobody knows.
    """
    entry = service(service_name)
    fitting = [key for key, model in entry.models.items() if model.media == media and model.retired_on is None]
    if not name and entry.default not in fitting:
        if not fitting:
            raise MissingError(f"{entry.title} has no model for {media}", "Add one to your `services.yaml`.")
        name = fitting[0]
    found = model_of(service_name, name)
    if found.model.media != media:
        raise VoiceRefusal(
            f"{found.name} of {entry.title} makes {found.model.media}", f"for {media} there are: {', '.join(fitting)}"
        )
    return found


def read_asked(found: Found, settings: Settings, common: Mapping[str, str]) -> dict[str, Setting]:
    """An author's settings by name: `common` to the service's models (key -> kind), or of this one by the table.

    Raises VoiceRefusal for a setting that it does not have or of another type.
    """
    known = {"name": "text", **common, **found.model.settings}
    read: dict[str, Setting] = {}
    for key, value in settings:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise VoiceRefusal(f"{found.name} has no setting {key!r}", f"{hint}there are: {', '.join(known)}")
        allowed = _TYPES[known[key]]
        if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
            raise VoiceRefusal(f"the setting {key!r} of {found.name} is {value!r}", f"write a {known[key]}")
        read[key] = value
    return read


def within(asked: Mapping[str, Setting], bounds: Mapping[str, tuple[float, float]]) -> None:
    """Raise VoiceRefusal for a number that lies outside its bounds."""
    for key, (low, high) in bounds.items():
        if key in asked and not low <= float(asked[key]) <= high:
            raise VoiceRefusal(
                f"the setting {key!r} is {float(asked[key]):g}", f"write a number from {low:g} to {high:g}"
            )


def obstacles(service_name: str, library: str) -> Sequence[Trouble]:
    """What stands in the way of buying here: a library, a key. What is bought already needs neither."""
    troubles = []
    entry = service(service_name)
    if find_spec(library) is None:
        troubles.append(Trouble(f"the library of {entry.title} is not installed", pip_install(entry.extra)))
    if entry.keys and not entry.key_optional and not find_key(service_name)[0]:
        troubles.append(Trouble(*no_key(service_name)))
    return tuple(troubles)
