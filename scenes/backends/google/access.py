"""What opens Google Cloud: a project that pays, a place where it runs, and application default credentials.

Whether they are there is seen without asking anybody. Knows no model.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from projects.hosted.errors import AuthError
from scenes.backend import Problem

NAME = "google"
"""What it is called in the table."""

PROJECT, PLACE = "GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"
"""Environment variables of Google's own: whose account pays for Veo, and where it runs."""

_CREDENTIALS = "GOOGLE_APPLICATION_CREDENTIALS"
_ON_GOOGLE = ("K_SERVICE", "GAE_RUNTIME", "GCE_METADATA_HOST", "CLOUD_SHELL")
"""Set on machines of Google's, which have credentials of their own."""
_PRODUCT = Path("/sys/class/dmi/id/product_name")
"""Says so on Google's virtual machines."""
_USUAL_PLACE = "us-central1"
_SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)


def missing() -> list[Problem]:
    """What is not there of what a clip of Vertex AI needs."""
    problems = []
    if not project():
        problems.append(Problem("no project of Google Cloud is named", f"set {PROJECT} to the one that pays"))
    named = os.environ.get(_CREDENTIALS, "")
    if named and not Path(named).is_file():
        problems.append(Problem(f"{_CREDENTIALS} names a file that is not there: {named}", "mend the name"))
    elif not (named or _of_gcloud().is_file() or _is_of_google()):
        told = f"run `gcloud auth application-default login`, or set {_CREDENTIALS} to the file of a service account"
        problems.append(Problem("there are no application default credentials of Google Cloud", told))
    return problems


def project() -> str:
    """The project that pays, "" where none is named."""
    return os.environ.get(PROJECT, "").strip()


def place() -> str:
    """Where clips are made."""
    return os.environ.get(PLACE, "").strip() or _USUAL_PLACE


def credentials() -> Any:
    """The application default credentials; raises AuthError where something is missing."""
    if problems := missing():
        what, fix = problems[0].what, problems[0].fix
        raise AuthError(what, f"{fix[:1].upper()}{fix[1:]}.")
    import google.auth

    return google.auth.default(scopes=_SCOPES)[0]


def bearer(own: Any) -> dict[str, str]:
    """The header that opens what lies in the account's storage."""
    import google.auth.transport.requests

    if not own.valid:
        own.refresh(google.auth.transport.requests.Request())
    return {"Authorization": f"Bearer {own.token}"}


def _of_gcloud() -> Path:
    """Where `gcloud` puts the credentials of a person."""
    if own := os.environ.get("CLOUDSDK_CONFIG"):
        folder = Path(own)
    elif os.name == "nt" and "APPDATA" in os.environ:
        folder = Path(os.environ["APPDATA"]) / "gcloud"
    else:
        folder = Path.home() / ".config" / "gcloud"
    return folder / "application_default_credentials.json"


def _is_of_google() -> bool:
    if any(os.environ.get(name) for name in _ON_GOOGLE):
        return True
    try:
        return _PRODUCT.read_text(encoding="ascii", errors="replace").startswith("Google")
    except OSError:
        return False
