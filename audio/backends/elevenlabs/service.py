"""ElevenLabs' interface, through its own library: one post that is paid for, and the history that remembers speech.

Every answer comes at once. Repeated requests of the library are switched off, and nothing is redirected: either would
be paid for twice.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audio.backends.elevenlabs.answers import told
from audio.backends.elevenlabs.cast import SERVICE
from audio.backends.elevenlabs.take import accept_speech
from audio.hosted.files import accept_sound
from projects.disk import disk_errors
from projects.hosted.catalogue import service as entry_of
from projects.hosted.discretion import hush
from projects.hosted.downloads import LARGEST, secure
from projects.hosted.errors import OutcomeUnknown, VendorFailed
from projects.hosted.job import Pending, Purchase, Ready, Surely, Taken
from projects.hosted.keys import key_of
from projects.steps import Json
from storyboard.errors import DiskError

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEECH, MUSIC, EFFECTS = "speech", "music", "effects"
"""What a purchase's `way` may be."""

_ONCE: Mapping[str, Any] = {"max_retries": 0}
_PATIENCE = 900.0
"""Seconds without a word before an answer counts as lost; ten minutes of music take their time."""
_PAGE = 1000
_CLOCKS = dt.timedelta(seconds=3)
"""How far the service's clock may be read wrongly: it is told in whole seconds."""


class ElevenLabsService:
    """The service."""

    def ask(self, purchase: Purchase, files: Mapping[str, Path], folder: Path, token: str) -> Taken:
        """One post; what was made is its answer."""
        del files
        out = folder / f"answer{purchase.suffix}"
        body = dict(purchase.body)
        way = body.pop("way")
        asked = {**body, "model_id": purchase.model, "request_options": _ONCE}
        with told(asked=True), _client() as client:
            if way == SPEECH:
                made = client.text_to_speech.with_raw_response.convert_with_timestamps(**asked)
                with _kept_or_unknown():
                    _write(out, _plain(made.data))
                return _taken(made.headers, token, out)
            maker = client.music if way == MUSIC else client.text_to_sound_effects
            post = maker.with_raw_response.compose if way == MUSIC else maker.with_raw_response.convert
            with post(**asked) as answer:
                with _kept_or_unknown():
                    _save(answer.data, out)
                return _taken(answer.headers, token, out)

    def look(self, purchase: Purchase, job: str) -> Pending | Ready:
        """What was said stays in the account's history; music and effects are handed over once."""
        if purchase.body["way"] != SPEECH:
            return Ready(job)
        with told(asked=False), _client() as client:
            item = _item(client, purchase, job)
        return Ready(str(item.history_item_id), _cost_of(item))

    def fetch(self, purchase: Purchase, job: str, ready: Ready, out: Path) -> None:
        """The sound of an item of the history, in the form in which it would have come at once."""
        if purchase.body["way"] != SPEECH:
            # Not by `look`: that would close a job that is paid for, and open the way to another.
            raise VendorFailed(
                f"ElevenLabs hands {purchase.body['way']} over once and keeps none of it, and the file is not here",
                retryable=False,
            )
        del purchase, job
        with told(asked=False), _client() as client:
            item = client.history.get(ready.url, request_options=_ONCE)
            times = getattr(item, "alignments", None)
            with client.history.with_raw_response.get_audio(ready.url) as answer:
                sound = b"".join(_bounded(answer.data))
        kept = {
            "audio_base64": base64.b64encode(sound).decode(),
            "alignment": _times(getattr(times, "alignment", None)),
            "normalized_alignment": _times(getattr(times, "normalized_alignment", None)),
        }
        _write(out, kept)

    def find(self, purchase: Purchase, token: str, asked: str) -> Surely | None:
        """The one item of the history with this text, voice, model and settings since it was asked for."""
        del token
        if purchase.body["way"] != SPEECH:
            return None
        with told(asked=False), _client() as client:
            since = _at_the_service(client, dt.datetime.fromisoformat(asked))
            page = _listed(client, purchase, since)
            fitting = [item for item in page.history if _is(item, purchase, since)]
        if page.has_more or len(fitting) != 1:
            return None
        return Surely(str(fitting[0].request_id or fitting[0].history_item_id))

    def accept(self, purchase: Purchase, file: Path) -> dict[str, Json]:
        """A sound, or an answer that holds one."""
        return accept_speech(purchase, file) if purchase.body["way"] == SPEECH else accept_sound(purchase, file)


@contextmanager
def _client() -> Iterator[Any]:
    import httpx
    from elevenlabs.client import ElevenLabs

    hush()
    own = entry_of(SERVICE)
    where = secure(own.url, "ElevenLabs' address in `services.yaml`") if own.url else None
    key = key_of(SERVICE)
    patience = httpx.Timeout(_PATIENCE, connect=30.0)
    with httpx.Client(timeout=patience, follow_redirects=False) as line:
        yield ElevenLabs(api_key=key, base_url=where, httpx_client=line, timeout=_PATIENCE)


@contextmanager
def _kept_or_unknown() -> Iterator[None]:
    """What came is paid for: a disk that cannot take it must not count as if nothing had been asked."""
    try:
        yield
    except DiskError as problem:
        raise OutcomeUnknown(
            f"ElevenLabs' answer came and could not be kept: {problem.message}", problem.hint
        ) from None


def _taken(headers: Mapping[str, str], token: str, file: Path) -> Taken:
    """The service's name of what it has made, and what it cost in credits, as dollars."""
    name = next((headers[one] for one in ("request-id", "history-item-id", "song-id") if headers.get(one)), token)
    return Taken(name, _dollars(headers.get("character-cost")), file)


def _dollars(told_credits: object) -> Decimal | None:
    try:
        count = Decimal(str(told_credits))
    except InvalidOperation:
        return None
    worth = entry_of(SERVICE).credit
    return count * worth if worth and count.is_finite() and count >= 0 else None


def _cost_of(item: Any) -> Decimal | None:
    before, after = item.character_count_change_from, item.character_count_change_to
    return _dollars(after - before) if after > before else None


def _item(client: Any, purchase: Purchase, job: str) -> Any:
    """The item of the history that a job is: by that of the request that made it, or by its own id."""
    for item in _listed(client, purchase, None).history:
        if job in (item.history_item_id, item.request_id):
            return item
    return client.history.get(job, request_options=_ONCE)


def _listed(client: Any, purchase: Purchase, since: dt.datetime | None) -> Any:
    """The last spoken items of a voice and a model."""
    return client.history.list(
        page_size=_PAGE,
        voice_id=purchase.body["voice_id"],
        model_id=purchase.model,
        source="TTS",
        date_after_unix=None if since is None else int(since.timestamp()),
        request_options=_ONCE,
    )


def _is(item: Any, purchase: Purchase, since: dt.datetime) -> bool:
    """Whether an item is what a purchase asked for; of settings only those count that both name."""
    wanted, had = purchase.body.get("voice_settings") or {}, item.settings or {}
    return (
        " ".join((item.text or "").split()) == " ".join(str(purchase.body["text"]).split())
        and item.voice_id == purchase.body["voice_id"]
        and item.model_id in (None, purchase.model)
        and item.date_unix >= int(since.timestamp())
        and all(had.get(key, value) == value for key, value in wanted.items())
    )


def _at_the_service(client: Any, moment: dt.datetime) -> dt.datetime:
    """A moment of this machine's clock as the service's clock had it, with a little to spare."""
    answer = client.history.with_raw_response.list(page_size=1, request_options=_ONCE)
    there = answer.headers.get("date", "")
    now = dt.datetime.now(dt.UTC)
    ahead = parsedate_to_datetime(there) - now if there else dt.timedelta()
    return moment + ahead - _CLOCKS


def _plain(data: Any) -> dict[str, Json]:
    """An answer as it came: the sound in letters, and the times of the characters; LookupError for no sound."""
    sound = getattr(data, "audio_base_64", None)
    if not isinstance(sound, str) or not sound:
        raise LookupError("no sound")
    return {
        "audio_base64": sound,
        "alignment": _times(data.alignment),
        "normalized_alignment": _times(data.normalized_alignment),
    }


def _times(found: Any) -> Json:
    if found is None:
        return None
    return {
        "characters": list(found.characters),
        "character_start_times_seconds": list(found.character_start_times_seconds),
        "character_end_times_seconds": list(found.character_end_times_seconds),
    }


def _write(out: Path, answer: Mapping[str, Json]) -> None:
    with disk_errors(out.name):
        out.write_text(json.dumps(answer), "utf-8")


def _save(chunks: Iterable[bytes], out: Path) -> None:
    with disk_errors(out.name), out.open("wb") as file:
        for chunk in _bounded(chunks):
            file.write(chunk)


def _bounded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise VendorFailed(f"the file is larger than {LARGEST >> 20} MiB", retryable=False)
        yield chunk
