"""Step functions that make tiny files, slowly, wrongly or not at all: what the runner is tested with.

Workers import this module through PYTHONPATH; it knows nothing of films.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from projects.steps import Json, Work
from storyboard.errors import InterruptedRender, RenderError


def write(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Writes its text and the contents of its inputs and files, after so many seconds."""
    time.sleep(request.get("seconds", 0.0))
    parts = [request["text"]]
    parts += [f"{name}={work.inputs[name].path.read_text()}" for name in sorted(work.inputs)]
    parts += [f"{name}={work.files[name].read_text()}" for name in sorted(work.files)]
    out.write_text(f"({' '.join(parts)})")
    work.progress(0.5)
    work.progress(1.0)
    return {"length": len(parts), "pair": (1, 2)}


def environment(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Writes what the worker's surroundings look like."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONHASHSEED")
    lines = [f"{name}={os.environ.get(name)}" for name in names]
    lines += [
        f"cwd on path: {'' in sys.path or str(Path.cwd()) in sys.path}",
        f"main: {sys.modules['__main__'].__dict__.get('__file__')}",
    ]
    out.write_text("\n".join(lines))
    return None


def chatter(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Prints all over standard output, as some native libraries do, and then works."""
    sys.stdout.write('{"word": "done"}\n')
    sys.stdout.flush()
    os.write(1, b"noise\n\x00\xff")
    out.write_text("quiet")
    return None


def refuse(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Raises the house's own error."""
    raise RenderError("the wood is too dark", "Light a lamp.")


def stumble(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Raises an error that nobody foresaw."""
    return {"x": 1 // int(request.get("zero", 0))}


def leave(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Tries to end the whole process, as badly mannered libraries do."""
    sys.exit(3)


def nothing(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Ends well without having made its file."""
    return None


def empty(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Makes an empty file."""
    out.touch()
    return None


def odd_facts(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Gives facts that are not JSON."""
    out.write_text("x")
    return {"path": out}


def full_disk(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Meets a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device", str(out))


def die(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Is killed; with `once` in the request only the first time (the file named there remembers it)."""
    marker = Path(request["once"]) if "once" in request else None
    if marker is None or not marker.exists():
        if marker is not None:
            marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    out.write_text("alive")
    return None


def hang(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Never ends; says where it runs in the file named by the request, and stops only when asked, or not even then."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"]) if request.get("child") else None
    Path(request["tell"]).write_text(f"{os.getpid()} {child.pid if child else 0}")
    while True:
        time.sleep(0.02)
        if work.cancelled() and not request.get("stubborn"):
            if child:
                child.kill()
                child.wait()
            raise InterruptedRender("stopped")


def meddle(request: dict[str, Any], work: Work, out: Path) -> Json:
    """Uses a file of the author's while somebody changes it."""
    path = work.files["picture"]
    out.write_text(path.read_text())
    path.write_text("changed meanwhile, and longer")
    return None
