"""How optional parts get into this very installation: the command that a person types, wherever workprint came from.

Reads the installation's own metadata and runs nothing.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname


def pip_install(extra: str) -> str:
    """The command that installs an extra into the environment that runs now.

    `pip install 'workprint[kokoro]'` where that works as it stands; else it names this environment's pip, pipx, or
    the folder that workprint was installed from.
    """
    source, editable = _source()
    wanted = _quoted(f"{source or 'workprint'}[{extra}]")
    if "pipx" in Path(sys.prefix).parts:
        return f"pipx install --force {wanted}"
    return f"{_pip()} install {'-e ' if editable else ''}{wanted}"


def _pip() -> str:
    """`pip` where a shell finds this environment's; else its own Python with the module."""
    activated = os.environ.get("VIRTUAL_ENV")
    if activated and Path(activated).resolve() == Path(sys.prefix).resolve():
        return "pip"
    return "pip" if sys.prefix == sys.base_prefix else f"{_quoted(sys.executable)} -m pip"


@cache
def _source() -> tuple[str, bool]:
    """The folder that workprint was installed from, and whether it is worked on there; "" for a package index."""
    try:
        written = distribution("workprint").read_text("direct_url.json")
        told = json.loads(written) if written else {}
    except (PackageNotFoundError, ValueError, OSError):
        return "", False
    url = urlsplit(str(told.get("url", "")))
    if url.scheme != "file":
        return "", False
    return url2pathname(url.path), bool(told.get("dir_info", {}).get("editable"))


def _quoted(text: str) -> str:
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)
