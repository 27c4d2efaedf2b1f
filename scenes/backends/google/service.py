"""Google's two interfaces, through one library that is told to ask only once.

The library would ask again after 429 and 5xx otherwise, and each of these may be paid for.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from projects.disk import replace_bytes
from projects.hosted.catalogue import service as entry_of
from projects.hosted.discretion import hush
from projects.hosted.downloads import download, secure
from projects.hosted.errors import OutcomeUnknown, VendorFailed
from projects.hosted.job import Pending, Purchase, Ready, Surely, Taken
from projects.hosted.keys import key_of
from projects.steps import Json
from scenes.backends.google import omni, veo
from scenes.backends.google.access import NAME, bearer, credentials, place, project
from scenes.backends.google.answers import put_together, told
from scenes.hosted.films import accept_film

VERTEX, INTERACTIONS = "vertex", "interactions"
"""The two ways to a model: the table says which is whose."""

_PATIENCE = 120_000
"""Milliseconds for an answer; clips that come inside one are large."""


class GoogleService:
    """Both interfaces."""

    def __init__(self) -> None:
        """Knows no credentials yet: they are asked for once, and then last an hour."""
        self._own: Any = None

    def ask(self, purchase: Purchase, files: Mapping[str, Path], folder: Path, token: str) -> Taken:
        """One post; at Vertex AI our token goes along as a label, which the bill repeats."""
        del folder
        body = dict(purchase.body)
        if body.pop("way") == INTERACTIONS:
            with put_together():
                wanted = omni.request(purchase.model, body, files)
            with told(asked=True), self._omni() as client:
                job = client.interactions.create(**wanted).id
        else:
            with put_together():
                wanted = veo.request(purchase.model, body, files, token)
            with told(asked=True), self._vertex(project(), place()) as client:
                job = client.models.generate_videos(**wanted).name
        if not job:
            raise OutcomeUnknown("Google's answer does not name the job")
        return Taken(str(job))

    def look(self, purchase: Purchase, job: str) -> Pending | Ready:
        """The job as it stands; a clip may come with the answer itself."""
        if purchase.body["way"] == INTERACTIONS:
            omni.check_name(job)
            with told(asked=False), self._omni() as client:
                return omni.standing(client, client.interactions.get(job))
        name = veo.operation(job, purchase.model)
        with told(asked=False), self._vertex(name.project, name.place) as client:
            return veo.standing(client.operations.get(veo.begun(name)), lambda: bearer(self._credentials()))

    def fetch(self, purchase: Purchase, job: str, ready: Ready, out: Path) -> None:
        """What came with the answer, or a plain download; key and token go only to Google itself."""
        del purchase, job
        if not ready.url.startswith("data:"):
            download(ready.url, out, headers=ready.headers)
            return
        try:
            data = base64.b64decode(ready.url.partition(",")[2], validate=True)
        except binascii.Error:
            raise VendorFailed("Google sent a clip that cannot be decoded") from None
        replace_bytes(out, data)

    def find(self, purchase: Purchase, token: str, asked: str) -> Surely | None:
        """Never for sure: neither interface lists the jobs of an account."""
        del purchase, token, asked
        return None

    def accept(self, purchase: Purchase, file: Path) -> dict[str, Json]:
        """A film."""
        return accept_film(purchase, file)

    def _omni(self) -> Any:
        from google import genai

        return genai.Client(api_key=key_of(NAME), vertexai=False, http_options=_options())

    def _vertex(self, whose: str, where: str) -> Any:
        from google import genai

        own = self._credentials()
        return genai.Client(vertexai=True, credentials=own, project=whose, location=where, http_options=_options())

    def _credentials(self) -> Any:
        if self._own is None:
            self._own = credentials()
        return self._own


def _options() -> Any:
    from google.genai import types

    # The library makes itself heard when it is imported.
    hush()
    own = entry_of(NAME).url
    where = secure(own, "Google's address in `services.yaml`") if own else None
    once = types.HttpRetryOptions(attempts=1)
    return types.HttpOptions(base_url=where, timeout=_PATIENCE, retry_options=once)
