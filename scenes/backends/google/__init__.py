"""Google: Veo on Vertex AI, and Gemini Omni by its Interactions, through Google's own library.

The table says which of the two ways leads to a model; each needs its own credentials. Speaks to nobody itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from projects.hosted.keys import find_key, no_key
from projects.steps import Json
from scenes.backend import ClipRequest, Problem, Refusal
from scenes.backends.google.access import NAME, missing
from scenes.backends.google.omni import with_roles
from scenes.backends.google.service import INTERACTIONS, VERTEX, GoogleService
from scenes.hosted.asking import Wish
from scenes.hosted.clips import HostedClips

_SEEDS = 1 << 32


class Google(HostedClips):
    """Clips of Google."""

    name = NAME
    summary = "Google: Veo 3.1 on Vertex AI, and Gemini Omni"
    library = "google.genai"

    def check(self) -> Sequence[Problem]:
        """Nothing, as soon as one of the two ways is open."""
        ways = [_closed(way) for way in (VERTEX, INTERACTIONS)]
        return (*super().check(), *(ways[0] + ways[1] if all(ways) else ()))

    def obstacles(self, asked: Wish) -> Sequence[Problem]:
        """What stands in the way of the model's own way."""
        return (*super().check(), *_closed(_way(asked)))

    def wish(self, request: ClipRequest) -> Wish:
        """What a request asks of Google, where some pictures settle the length."""
        asked = super().wish(request)
        name, words = asked.found.name, asked.found.model.words
        only, most = float(words.get("references_seconds", 0)), float(words.get("last_most", 0))
        if most and "last" in asked.pictures and asked.seconds > most:
            raise Refusal(
                f"{name} goes from a first picture to a last one in {most:g} s at most, not in {asked.seconds:g}",
                "make the scene shorter, or take the picture `at: end` out",
            )
        if not only or not asked.references or asked.seconds == only:
            return asked
        if "seconds" in dict(request.scene.model):
            raise Refusal(
                f"{name} makes clips of {only:g} s where it looks at reference pictures, not of {asked.seconds:g}",
                f"write `seconds: {only:g}`, or take `references:` out of the characters",
            )
        told = f"{name} makes {only:g} s where it looks at reference pictures"
        return replace(asked, seconds=only, notes=(*asked.notes, told))

    def body(self, asked: Wish) -> Mapping[str, Json]:
        """The request in the words of its way, but for pictures."""
        if _way(asked) == VERTEX:
            return _of_vertex(asked)
        form = {"aspect_ratio": asked.aspect, "resolution": asked.resolution, "duration": f"{asked.seconds:g}s"}
        return {"way": INTERACTIONS, "prompt": with_roles(asked), **form}

    def service(self) -> GoogleService:
        """The service."""
        return GoogleService()


def _of_vertex(asked: Wish) -> dict[str, Json]:
    store = str(asked.extra.get("output_gcs_uri", ""))
    if store and not store.startswith("gs://"):
        raise Refusal(
            f"`output_gcs_uri` is {store!r}, which is no place in Cloud Storage", "write `gs://bucket/folder`"
        )
    wanted: dict[str, Json] = {
        "way": VERTEX,
        "prompt": asked.prompt,
        "aspect_ratio": asked.aspect,
        "resolution": asked.resolution,
        "duration_seconds": int(asked.seconds),
    }
    if asked.found.model.audio == "toggle":
        wanted["generate_audio"] = asked.sound
    if asked.negative:
        wanted["negative_prompt"] = asked.negative
    if asked.seed is not None:
        wanted["seed"] = asked.seed % _SEEDS
    return wanted | dict(asked.extra)


def _way(asked: Wish) -> str:
    way = asked.found.model.words.get("way", VERTEX)
    if way not in (VERTEX, INTERACTIONS):
        raise Refusal(f"no way to {asked.found.name} is called '{way}'", f"`way:` may be {VERTEX} or {INTERACTIONS}")
    return way


def _closed(way: str) -> list[Problem]:
    if way == VERTEX:
        return missing()
    return [] if find_key(NAME)[0] else [Problem(*no_key(NAME))]
