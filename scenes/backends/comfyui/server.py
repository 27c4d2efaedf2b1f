"""Jobs of a ComfyUI server: put into its queue under a name of ours, looked at in queue and history, and fetched.

Free, so that a job that a restarted server has forgotten may simply be asked for again. Knows no scene.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from projects.hosted.downloads import download
from projects.hosted.errors import VendorFailed
from projects.hosted.job import Pending, Purchase, Ready, Surely, Taken
from projects.steps import Json
from scenes.backends.comfyui.slots import Slots, check_slots, read_slots
from scenes.backends.comfyui.telling import AGAIN, made, refused
from scenes.backends.comfyui.wire import GOOD, Wire, connected, token_headers
from scenes.backends.comfyui.workflow import Place, read_workflow
from scenes.hosted.films import accept_film
from scenes.hosted.pictures import encoded

_LARGEST_PICTURE = 20 << 20
_PER_JOB = 3.0
"""Seconds between two looks for each job that is before ours, up to `_SELDOM`."""
_SELDOM = 30.0


def job_name(token: str) -> str:
    """Our own name for a job: the same token, the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"workprint:{token}"))


class ComfyUiService:
    """A server's interface. Its free posts may be repeated by a new asking, never by this."""

    def ask(self, purchase: Purchase, files: Mapping[str, Path], folder: Path, token: str) -> Taken:
        """Upload the pictures, then put the filled workflow into the queue under a name of ours."""
        del folder
        workflow, slots = read_workflow(files["workflow"]), read_slots(files["slots"])
        check_slots(slots, workflow, files["slots"].name)
        own = job_name(token)
        with connected() as wire:
            # A login page or another program answers here, before anything is asked for.
            wire.get("/queue")
            values = {**purchase.body, **_uploaded(wire, files, slots)}
            body = {
                "prompt": workflow.filled(_placed(values, slots)),
                "prompt_id": own,
                "client_id": own,
                "partial_execution_targets": [slots.output],
            }
            status, answer = wire.submit(body)
        if status != GOOD:
            raise refused(answer, slots)
        return Taken(str(answer.get("prompt_id") or own))

    def look(self, purchase: Purchase, job: str) -> Pending | Ready:
        """The job in the history or, before that, in the queue."""
        with connected() as wire:
            record = wire.record(job)
            if record is None and (place := wire.queued(job)) is not None:
                return Pending(after=min(_SELDOM, _PER_JOB * place[1]))
            # It may have ended between the two questions.
            record = record or wire.record(job)
            if record is None:
                raise VendorFailed(
                    "ComfyUI knows the job no more: the server was restarted, or somebody removed it",
                    AGAIN,
                )
            return Ready(wire.link(*made(record, str(purchase.body["output"]))), headers=token_headers())

    def fetch(self, purchase: Purchase, job: str, ready: Ready, out: Path) -> None:
        """A download from the server itself."""
        del purchase, job
        download(ready.url, out, headers=ready.headers)

    def find(self, purchase: Purchase, token: str, asked: str) -> Surely | None:
        """Exact: every job is in the queue or in the history, under our own name.

        A server that names jobs itself still writes down who asked, which is that name too.
        """
        del purchase, asked
        own = job_name(token)
        with connected() as wire:
            # In this order: a job goes from the queue into the history, and never back.
            if (place := wire.queued(own)) is not None:
                return Surely(place[0])
            return Surely(own if wire.record(own) is not None else wire.recent(own))

    def accept(self, purchase: Purchase, file: Path) -> dict[str, Json]:
        """A film."""
        return accept_film(purchase, file)


def _uploaded(wire: Wire, files: Mapping[str, Path], slots: Slots) -> dict[str, str]:
    """Every picture's name at the server, by slot. The same picture goes by the same name."""
    found = {}
    for place, path in files.items():
        if place in slots.targets:
            data, kind = encoded(path, _LARGEST_PICTURE)
            name = f"{hashlib.sha256(data).hexdigest()[:32]}.{kind.partition('/')[2]}"
            found[place] = wire.upload(name, data, kind)
    return found


def _placed(values: Mapping[str, Any], slots: Slots) -> dict[Place, Json]:
    return {place: values[slot] for slot, places in slots.targets.items() if slot in values for place in places}
