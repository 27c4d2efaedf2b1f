"""Runway: its own models and those of others that it sells, by name, or through a Model Router of the account's.

Spoken to through its own library, whose repeated requests are switched off: they would be paid for twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projects.hosted.catalogue import service as entry_of
from projects.hosted.discretion import hush
from projects.hosted.downloads import download, secure
from projects.hosted.errors import HostedError, Moderated, NotReachable, OutcomeUnknown, OutOfCredits, VendorFailed
from projects.hosted.job import Pending, Purchase, Ready, Surely, Taken
from projects.hosted.keys import key_of
from projects.hosted.replies import lost, refusal, shortened
from projects.steps import Json
from projects.weights import Setting
from scenes.backend import Refusal
from scenes.hosted.asking import Wish
from scenes.hosted.clips import HostedClips
from scenes.hosted.films import accept_film
from scenes.hosted.pictures import data_uri

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUTER = "router"
"""The model's name under which a Model Router of the account chooses the model."""

_LOOK_EVERY = 5.0
"""Seconds; the service asks not to look more often."""
_LARGEST_PICTURE = 5_000_000
"""Characters of a picture inside a request."""
_SEEDS = 1 << 32
_SECTIONS: Mapping[str, str] = {"public_figure_threshold": "contentModeration"}
"""Settings that stand in a section of the request."""
_NOTHING_LEFT = re.compile(r"(?i)(not|n't|no)\b.*\benough credits|insufficient credits|out of credits")
_WAITING = ("PENDING", "THROTTLED", "RUNNING")
_THEIRS = ("INTERNAL", "INPUT_PREPROCESSING.INTERNAL", "THIRD_PARTY")
"""How codes of failures begin that another job may not meet."""
_LATER = "Run again later; nothing is paid twice."


class Runway(HostedClips):
    """Clips of Runway."""

    name = "runway"
    summary = "Runway: Gen-4.5, and Veo, Kling, Hailuo and others through the same account"
    library = "runwayml"

    def body(self, asked: Wish) -> Mapping[str, Json]:
        """The request, in the words of its interface, but for pictures."""
        if asked.found.id == ROUTER:
            return _routed(asked)
        wanted: dict[str, Json] = {
            "model": asked.found.id,
            "promptText": asked.prompt,
            "duration": int(asked.seconds),
            **_size(asked),
        }
        if asked.found.model.audio == "toggle":
            wanted["audio"] = asked.sound
        return wanted | _common(asked) | _settings(asked.extra)

    def service(self) -> RunwayService:
        """The service."""
        return RunwayService()


class RunwayService:
    """Runway's interface, through its library."""

    def ask(self, purchase: Purchase, files: Mapping[str, Path], folder: Path, token: str) -> Taken:
        """One post; its answer names the task and what it may cost at most."""
        del folder, token
        if purchase.model == ROUTER:
            return self._routed(purchase, files)
        path, pictures = _with_pictures(files)
        body = {**purchase.body, **pictures}
        with _told(asked=True), self._client() as client:
            made = client.post(path, body=body, cast_to=_anything())
            return Taken(str(made["id"]), _dollars((made.get("estimatedCost") or {}).get("credits")))

    def _routed(self, purchase: Purchase, files: Mapping[str, Path]) -> Taken:
        wanted = {**purchase.body["input"], **_with_roles(files)}
        with _told(asked=True), self._client() as client:
            made = client.generate.video.create(config_id=purchase.body["configId"], input=wanted)
            return Taken(str(made.id), _dollars(made.routing.estimated_cost.credits))

    def look(self, purchase: Purchase, job: str) -> Pending | Ready:
        """The task as it stands."""
        del purchase
        with _told(asked=False), self._client() as client:
            task = client.tasks.retrieve(job)
        if task.status == "SUCCEEDED":
            if not task.output:
                raise VendorFailed("Runway calls the task done and names no file")
            return Ready(task.output[0], _dollars(task.cost.credits))
        if task.status == "FAILED":
            raise _failure(task.failure_code or "", task.failure, _dollars(task.cost.credits))
        if task.status == "CANCELLED":
            problem = VendorFailed("the task was cancelled at Runway")
            problem.cost = _dollars(task.cost.credits)
            raise problem
        if task.status not in _WAITING:
            raise NotReachable(f"Runway calls the task '{shortened(str(task.status))}', a word that is new", _LATER)
        return Pending(float(getattr(task, "progress", 0.0) or 0.0), _LOOK_EVERY)

    def fetch(self, purchase: Purchase, job: str, ready: Ready, out: Path) -> None:
        """A plain download, without the key."""
        del purchase, job
        download(ready.url, out)

    def find(self, purchase: Purchase, token: str, asked: str) -> Surely | None:
        """Never for sure: nothing lists what an account has asked for.

        A router records when it passed something on, and not what: that may be another scene's, or another machine's.
        """
        del purchase, token, asked
        return None

    def accept(self, purchase: Purchase, file: Path) -> dict[str, Json]:
        """A film."""
        return accept_film(purchase, file)

    def _client(self) -> Any:
        import runwayml

        # With RUNWAYML_LOG in the environment the library makes itself heard when it is imported.
        hush()
        own = entry_of("runway")
        where = secure(own.url, "Runway's address in `services.yaml`") if own.url else None
        return runwayml.RunwayML(api_key=key_of("runway"), max_retries=0, base_url=where)


def _routed(asked: Wish) -> dict[str, Json]:
    config = asked.extra.get("config")
    if not config:
        raise Refusal(
            "the router of Runway has no configuration", "write its name: `model: {name: router, config: ...}`"
        )
    wanted: dict[str, Json] = {
        "promptText": asked.prompt,
        "aspectRatio": asked.aspect,
        "duration": int(asked.seconds),
        "resolution": asked.resolution,
        "audio": asked.sound,
    }
    return {"configId": config, "input": wanted | _common(asked)}


def _size(asked: Wish) -> dict[str, Json]:
    """Shape and resolution, in whichever of the interface's ways the model has; see `words:` of the table."""
    ways: Mapping[str, dict[str, Json]] = {
        "pixels": {"ratio": f"{asked.width}:{asked.height}"},
        "shape": {"ratio": asked.aspect, "resolution": asked.resolution},
        "auto": {"ratio": f"auto_{asked.resolution}"},
        "tier": {"resolution": asked.resolution},
        "nothing": {},
    }
    words = asked.found.model.words
    way = words.get("size", "pixels")
    if asked.pictures:
        way = words.get("framed", way)
    if way not in ways:
        raise Refusal(f"the size of {asked.found.name} cannot be said as '{way}'", f"`words:` may be {', '.join(ways)}")
    return ways[way]


def _common(asked: Wish) -> dict[str, Json]:
    said: dict[str, Json] = {"negativePrompt": asked.negative} if asked.negative else {}
    return said if asked.seed is None else said | {"seed": asked.seed % _SEEDS}


def _settings(extra: Mapping[str, Setting]) -> dict[str, Json]:
    """An author's further settings in the interface's own spelling."""
    said: dict[str, Json] = {}
    for key, value in extra.items():
        head, *tail = key.split("_")
        word = head + "".join(part.capitalize() for part in tail)
        section = _SECTIONS.get(key)
        said |= {section: {word: value}} if section else {word: value}
    return said


def _with_pictures(files: Mapping[str, Path]) -> tuple[str, dict[str, Json]]:
    """Where a request goes, and its pictures as the service wants them: frames in the order of time."""
    places = sorted(files, key=_order)
    framed: list[Json] = [
        {"uri": _uri(files[place]), "position": place.partition("-")[0]} for place in places if not _refers(place)
    ]
    others: list[Json] = [{"uri": _uri(files[place])} for place in places if _refers(place)]
    where = "/v1/image_to_video" if framed else "/v1/text_to_video"
    return where, ({"promptImage": framed} if framed else {}) | ({"references": others} if others else {})


def _with_roles(files: Mapping[str, Path]) -> dict[str, Json]:
    """Pictures as a router wants them."""
    roles: list[Json] = [
        {"role": place.partition("-")[0], "uri": _uri(files[place])} for place in sorted(files, key=_order)
    ]
    return {"referenceImages": roles} if roles else {}


def _refers(place: str) -> bool:
    return place.startswith("reference")


def _order(place: str) -> tuple[int, int]:
    """`first`, `middle-1` ..., `last`, `reference-1` ..."""
    kind, _, number = place.partition("-")
    return ("first", "middle", "last", "reference").index(kind), int(number or 0)


def _uri(path: Path) -> str:
    return data_uri(path, _LARGEST_PICTURE)


def _anything() -> type[Any]:
    return dict[str, object]


def _failure(code: str, told: str, cost: Decimal | None) -> HostedError:
    """What a failed task means: its code begins with whose fault it was."""
    problem: HostedError
    if code.startswith("SAFETY"):
        problem = Moderated(f"Runway's filter stopped the clip ({code}): {told}", made=True)
    else:
        retryable = not code or code.startswith(_THEIRS)
        problem = VendorFailed(f"Runway could not make the clip ({code or 'no code'}): {told}", retryable=retryable)
    problem.cost = cost
    return problem


def _dollars(told: float | None) -> Decimal | None:
    return None if told is None else Decimal(str(told)) * entry_of("runway").credit


@contextmanager
def _told(*, asked: bool) -> Iterator[None]:
    """Errors of the library as those of the house, without its addresses and headers."""
    import runwayml

    try:
        yield
    except runwayml.APIStatusError as problem:
        said = shortened(_said(problem))
        if problem.status_code == 402 or (problem.status_code in (400, 403) and _NOTHING_LEFT.search(said)):
            raise OutOfCredits(
                f"Runway's account has not enough credits: {said}", f"Buy credits at {entry_of('runway').console}."
            ) from None
        after = _seconds(problem.response.headers.get("retry-after", ""))
        raise refusal("Runway", problem.status_code, said, asked=asked, after=after) from None
    except runwayml.APIConnectionError as problem:
        raise lost("Runway", problem, asked=asked) from None
    except (runwayml.APIError, ValueError, LookupError, TypeError, AttributeError) as problem:
        told = f"Runway's answer cannot be read ({type(problem).__name__})"
        raise (OutcomeUnknown(told) if asked else NotReachable(told, _LATER)) from None


def _said(problem: Any) -> str:
    body = problem.body
    return str(body.get("error", body)) if isinstance(body, dict) else str(body or problem.message)


def _seconds(text: str) -> float:
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0
