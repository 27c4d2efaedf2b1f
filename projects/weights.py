"""Where the weights of a model lie on this machine, and what a person must fetch when they do not.

A model is a folder of safetensors with its configuration: inside the project, under a folder of `WORKPRINT_MODELS`, or
in the local cache of the model hub at a pinned revision. Nothing is downloaded, no code of a model is run, and weights
in any other form are refused. Knows no architecture.
"""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from storyboard.errors import MissingError, RenderError

_T = TypeVar("_T")

Setting = str | int | float | bool
Settings = Sequence[tuple[str, Setting]]

MODELS_VARIABLE = "WORKPRINT_MODELS"
"""Folders in which models are looked for besides the project's own, separated as in `PATH`."""

PLACE_KEYS: Mapping[str, type] = {"folder": str, "repo": str, "revision": str}
"""The settings by which an author says which weights are meant."""

SAFETENSORS = ".safetensors"

UNKNOWN_LICENCE = "licence unknown"

_HANDED = "model/"
"""Files of a step whose names begin so are weights."""
_COMMIT = re.compile(r"[0-9a-f]{40}")
_REPO = re.compile(r"[\w.-]+/[\w.-]+")
_CARD = 1 << 16
"""Bytes of a model card that are looked at."""

_handed: ContextVar[Path | None] = ContextVar("weights handed to the step", default=None)


class ModelMissing(MissingError):
    """The weights are not on this machine; the hint holds the line that fetches them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What an engine would like to load: for the message when it is not there.

    `files` are patterns of what is needed of the repository, `size` is in words (`145 MB`).
    """

    repo: str
    revision: str = ""
    size: str = ""
    licence: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalModel:
    """Weights that are here. `path` is their folder; `repo` is the repository, or the folder as the author named it.

    `revision` is the commit, or "" where nobody knows it.
    """

    path: Path
    repo: str
    revision: str
    licence: str

    @property
    def label(self) -> str:
        """What a receipt calls it: repository or folder, and commit."""
        return f"{self.repo}@{self.revision}" if self.revision else self.repo

    @property
    def non_commercial(self) -> bool:
        """Whether the licence says that what is made with it may not be sold."""
        return non_commercial(self.licence)


def find_model(
    settings: Settings, default: Weights | None = None, project: Path | None = None, weights: str = SAFETENSORS
) -> LocalModel:
    """The weights that `settings` name (`folder`, or `repo` and `revision`), else those of `default`.

    A `folder` is relative to `project` or to a folder of `WORKPRINT_MODELS`; inside a step the files handed to it win.
    `weights` is what the names of its files end in.
    Raises ModelMissing with the line that fetches them, RenderError for a folder that leads elsewhere.
    """
    asked = dict(settings)
    folder, repo, revision = (str(asked.get(key, "")) for key in PLACE_KEYS)
    wanted = _wanted(repo, revision, default)
    place = _handed.get()
    if folder:
        place = place or _in_folder(folder, wanted, project, weights)
        # A folder that the author filled may hold anything: only what is written beside it says what that is.
        return _described(place, wanted if repo else Weights("", revision), folder)
    if not wanted.repo:
        raise ModelMissing("no model is named", "add `model: {folder: models/NAME}` or `model: {repo: OWNER/NAME}`")
    return _described(place or _in_cache(wanted, weights), wanted, wanted.repo)


def model_files(
    settings: Settings, default: Weights | None = None, project: Path | None = None, weights: str = SAFETENSORS
) -> dict[str, Path]:
    """The files of those weights by name, for the step that uses them: their content then decides what is remade."""
    found = find_model(settings, default, project, weights)
    files: dict[str, Path] = {}
    for path in sorted(found.path.rglob("*")):
        parts = path.relative_to(found.path).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            files[_HANDED + "/".join(parts)] = path
    return files


def files_of_engine(engine: object, settings: Settings, project: Path | None = None) -> dict[str, Path]:
    """As `model_files`, for an engine that says by itself what it loads; none for one that loads no weights.

    Its attribute `weights` is what it would like to load, `weights_end` what the names of its files end in.
    """
    default = getattr(engine, "weights", None)
    asked = dict(settings)
    if default is None and not asked.get("folder") and not asked.get("repo"):
        return {}
    return model_files(settings, default, project, getattr(engine, "weights_end", SAFETENSORS))


def model_roots() -> list[Path]:
    """The folders of `WORKPRINT_MODELS`, absolute."""
    named = os.environ.get(MODELS_VARIABLE, "").split(os.pathsep)
    return [Path(part).expanduser().absolute() for part in named if part]


@contextmanager
def handed(files: Mapping[str, Path]) -> Iterator[None]:
    """While it lasts, `find_model` gives the weights among a step's files, where there are any."""
    found = next(((name, path) for name, path in files.items() if name.startswith(_HANDED)), None)
    folder = None
    if found:
        depth = len(PurePosixPath(found[0].removeprefix(_HANDED)).parts)
        folder = found[1].parents[depth - 1]
    token = _handed.set(folder)
    try:
        yield
    finally:
        _handed.reset(token)


def read_settings(settings: Settings, known: Mapping[str, type], where: str) -> dict[str, Setting]:
    """The settings by name after a look at each: RenderError for one that `where` does not know or of another type."""
    import difflib

    read: dict[str, Setting] = {}
    every = {**PLACE_KEYS, **known}
    for key, value in settings:
        if key not in every:
            near = difflib.get_close_matches(key, every, n=1)
            guess = f"did you mean {near[0]!r}? " if near else ""
            raise RenderError(f"{where} has no setting {key!r}", f"{guess}there are: {', '.join(every)}")
        kind = every[key]
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not (type(value) is kind or (kind is float and whole)):
            raise RenderError(f"the setting {key!r} of {where} is {value!r}", f"write {_CALLED[kind]}")
        read[key] = float(value) if kind is float else value
    return read


_CALLED: Mapping[type, str] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def stay_offline() -> None:
    """Keeps the libraries of the model hub from any look at the network, whether they are imported already or not."""
    for name in (
        "HF_HUB_OFFLINE",
        "TRANSFORMERS_OFFLINE",
        "HF_HUB_DISABLE_TELEMETRY",
        "DISABLE_SAFETENSORS_CONVERSION",
    ):
        os.environ[name] = "1"
    constants = sys.modules.get("huggingface_hub.constants")
    if constants is not None:
        vars(constants)["HF_HUB_OFFLINE"] = True


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps the libraries' advice to programmers and their progress bars from the person who makes a film."""
    for library in ("transformers", "diffusers"):
        if util.find_spec(library):
            logging: Any = import_module(f"{library}.utils.logging")
            logging.set_verbosity_error()
            logging.disable_progress_bar()
    with warnings.catch_warnings():
        for library in ("torch", "transformers", "diffusers", "huggingface_hub", "safetensors", "peft"):
            warnings.filterwarnings("ignore", module=library)
        yield


def loaded(what: str, place: LocalModel, load: Callable[[], _T]) -> _T:
    """What `load` gives of a model, or of its part `what` ("" is the whole); its complaints as ModelMissing.

    Libraries report a missing file, a file in another format and a broken one by many kinds of exception.
    """
    try:
        with quiet():
            return load()
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, AttributeError, ImportError) as reason:
        first = str(reason).strip().split("\n", 1)[0][:300]
        part = f"the {what} of {place.repo}" if what else place.repo
        raise ModelMissing(
            f"{part} cannot be loaded: {type(reason).__name__}: {first}",
            "fetch the whole model again, with its *.safetensors; or install what the message asks for",
        ) from reason


def non_commercial(licence: str) -> bool:
    """Whether a licence's short name says that what is made with it may not be sold."""
    return bool(re.search(r"(?i)\bnc\b|non-?commercial", licence))


def licence_of(folder: Path) -> str:
    """The licence that the model card in a folder states, as its short name; `licence unknown` where it says none."""
    card = folder / "README.md"
    if not card.is_file():
        return UNKNOWN_LICENCE
    with card.open("rb") as file:
        text = file.read(_CARD).decode("utf-8", "replace")
    front = re.match(r"\s*---\s*\n(.*?)\n---", text, re.DOTALL)
    stated = dict(
        re.findall(r"(?m)^(license(?:_name)?):[ \t]*[\"']?([^\"'#\n]+?)[\"']?[ \t]*$", front[1] if front else "")
    )
    name = stated.get("license", "")
    if name in ("", "other"):
        name = stated.get("license_name", "")
    if not name or not name.isprintable():
        return UNKNOWN_LICENCE
    return re.sub(r"(?i)\b(cc|by|nc|nd|sa|mit|bsd|gpl|lgpl|agpl)\b", lambda part: part[0].upper(), name.strip()[:80])


def _wanted(repo: str, revision: str, default: Weights | None) -> Weights:
    """What the author named, with what the engine knows of it where both mean the same repository."""
    if repo and not _REPO.fullmatch(repo):
        raise RenderError(f"{repo!r} is not the name of a model", "write it as OWNER/NAME")
    if default is None or (repo and repo != default.repo):
        return Weights(repo, revision)
    if not revision or revision == default.revision:
        return default
    return Weights(default.repo, revision, default.size, default.licence, default.files)


def _in_folder(folder: str, wanted: Weights, project: Path | None, weights: str) -> Path:
    """The folder that an author named: relative, or absolute under a folder that the environment allows."""
    if "\0" in folder:
        raise RenderError("the name of a model's folder has a zero byte in it", "write a plain folder name")
    roots = [*([project.absolute()] if project else []), *model_roots()]
    places = [(Path(os.path.realpath(root / folder)), Path(os.path.realpath(root))) for root in roots]
    allowed = [place for place, root in places if place.is_relative_to(root)]
    if places and not allowed:
        raise RenderError(
            f"the model's folder {folder!r} leads out of the project",
            f"copy it into the project, or set {MODELS_VARIABLE} to the folder that holds your models",
        )
    for place in allowed:
        if place.is_dir():
            return _with_weights(place, folder, weights)
    raise ModelMissing(f"the model's folder {folder!r} is not there", fetching(wanted, folder))


def _with_weights(place: Path, called: str, weights: str) -> Path:
    """The folder, if it holds such weights; those that are pickled code are not loaded."""
    if any(place.rglob(f"*{weights}")):
        return place
    other = sorted(path.name for pattern in ("*.bin", "*.pt", "*.pth", "*.ckpt") for path in place.rglob(pattern))
    if other:
        raise ModelMissing(
            f"the model in {called} has its weights only as {other[0]}, which could run code",
            "fetch a revision with *.safetensors, or convert them and put the result there",
        )
    raise ModelMissing(f"there are no weights (*{weights}) in {called}", "fetch the whole model into that folder")


def _cache() -> Path:
    """The local cache of the model hub, where its own rules put it."""
    if named := os.environ.get("HF_HUB_CACHE"):
        return Path(named).expanduser()
    home = os.environ.get("HF_HOME")
    base = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    return (Path(home) if home else Path(base) / "huggingface").expanduser() / "hub"


def _in_cache(wanted: Weights, weights: str) -> Path:
    """The snapshot of a repository at its revision; without one, the only snapshot that there is."""
    snapshots = _cache() / f"models--{wanted.repo.replace('/', '--')}" / "snapshots"
    kept = sorted(path.name for path in snapshots.iterdir() if path.is_dir()) if snapshots.is_dir() else []
    if wanted.revision:
        if wanted.revision in kept:
            return _with_weights(snapshots / wanted.revision, wanted.repo, weights)
        others = f"; other revisions are here: {', '.join(kept)}" if kept else ""
        raise ModelMissing(f"the model {wanted.repo} is not here at {wanted.revision}{others}", fetching(wanted, ""))
    if len(kept) > 1:
        raise ModelMissing(
            f"several revisions of {wanted.repo} are here", f"name one as `revision:`: {', '.join(kept)}"
        )
    if not kept:
        raise ModelMissing(f"the model {wanted.repo} is not on this machine", fetching(wanted, ""))
    return _with_weights(snapshots / kept[0], wanted.repo, weights)


def fetching(wanted: Weights, folder: str) -> str:
    """The exact line that fetches a model, what it brings, and what it may be used for."""
    if not wanted.repo:
        return "put the model there (its config.json and *.safetensors), or name its repository as `repo:`"
    words = ["hf download", wanted.repo]
    words += [f"--revision {wanted.revision}"] if wanted.revision else []
    words += [f"--include '{pattern}'" for pattern in wanted.files]
    words += [f"--local-dir {folder}"] if folder and re.fullmatch(r"[\w./-]+", folder) else []
    told = [part for part in (wanted.size, f"licence {wanted.licence or 'see the model card'}") if part]
    return f"fetch it once ({', '.join(told)}): {' '.join(words)}"


def _described(place: Path, wanted: Weights, called: str) -> LocalModel:
    """What is known of weights that are here: from their place in the cache, the hub's own notes, and the card."""
    commit, repo = "", wanted.repo
    if place.parent.name == "snapshots" and _COMMIT.fullmatch(place.name):
        commit = place.name
        repo = repo or place.parent.parent.name.removeprefix("models--").replace("--", "/")
    note = place / ".cache" / "huggingface" / "download" / "config.json.metadata"
    if not commit and note.is_file():
        noted = note.read_text("utf-8", "replace").split("\n", 1)[0].strip()
        commit = noted if _COMMIT.fullmatch(noted) else ""
    if commit and _COMMIT.fullmatch(wanted.revision) and commit != wanted.revision:
        raise ModelMissing(f"the model {called} is revision {commit}, not {wanted.revision}", fetching(wanted, called))
    licence = licence_of(place)
    if licence == UNKNOWN_LICENCE and wanted.licence:
        licence = wanted.licence
    return LocalModel(place, repo or called, commit or wanted.revision, licence)
