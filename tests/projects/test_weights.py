"""Finding weights on this machine, and saying what to fetch where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects.weights import (
    MODELS_VARIABLE,
    UNKNOWN_LICENCE,
    ModelMissing,
    Weights,
    files_of_engine,
    find_model,
    handed,
    licence_of,
    model_files,
    non_commercial,
    read_settings,
)
from storyboard.errors import RenderError

COMMIT = "0123456789abcdef0123456789abcdef01234567"
DEFAULT = Weights("acme/voice", COMMIT, "145 MB", "MIT", ("*.safetensors", "config.json"))


def weights(folder: Path, card: str = "") -> Path:
    """A folder that looks like a model."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(b"")
    if card:
        (folder / "README.md").write_text(card, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without models."""
    monkeypatch.delenv(MODELS_VARIABLE, raising=False)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


def test_a_folder_of_the_project(tmp_path: Path) -> None:
    """A folder is found inside the project, with the licence of its card."""
    place = weights(tmp_path / "models" / "mms", "---\nlicense: cc-by-nc-4.0\n---\n# MMS\n")
    found = find_model((("folder", "models/mms"),), project=tmp_path)
    assert found.path == place
    assert (found.label, found.licence, found.non_commercial) == ("models/mms", "CC-BY-NC-4.0", True)


def test_a_folder_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is found under WORKPRINT_MODELS, also by its absolute path."""
    place = weights(tmp_path / "all" / "mms")
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "all"))
    assert find_model((("folder", "mms"),)).path == place
    assert find_model((("folder", str(place)),)).path == place


@pytest.mark.parametrize("folder", ["../outside", "/etc", "models/link"])
def test_no_folder_outside(tmp_path: Path, folder: str) -> None:
    """Neither dots nor absolute paths nor links lead out of the project."""
    weights(tmp_path / "outside")
    project = tmp_path / "film"
    (project / "models").mkdir(parents=True)
    (project / "models" / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(RenderError, match="leads out of the project"):
        find_model((("folder", folder),), project=project)


def test_the_remedy_is_a_whole_line(tmp_path: Path) -> None:
    """Missing weights are told with their size, licence, revision and the line that fetches them."""
    with pytest.raises(ModelMissing) as missing:
        find_model((("folder", "models/mine"),), DEFAULT, tmp_path)
    assert missing.value.hint == (
        f"fetch it once (145 MB, licence MIT): hf download acme/voice --revision {COMMIT} --include '*.safetensors' "
        "--include 'config.json' --local-dir models/mine"
    )


def test_pickled_weights_are_not_loaded(tmp_path: Path) -> None:
    """A folder that holds only pickled weights is refused, and it is said why."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ModelMissing, match=r"only as pytorch_model\.bin, which could run code"):
        find_model((("folder", "old"),), project=tmp_path)


def test_the_cache_at_a_pinned_revision(tmp_path: Path) -> None:
    """A repository is found in the local cache at the engine's own revision, or at the author's."""
    place = weights(tmp_path / "hub" / "models--acme--voice" / "snapshots" / COMMIT)
    found = find_model((), DEFAULT)
    assert (found.path, found.label, found.licence) == (place, f"acme/voice@{COMMIT}", "MIT")
    with pytest.raises(ModelMissing, match="not here at beef"):
        find_model((("repo", "acme/voice"), ("revision", "beef")))


def test_the_cache_without_a_revision(tmp_path: Path) -> None:
    """The only snapshot of a repository is taken and named; of several, one must be named."""
    snapshots = tmp_path / "hub" / "models--acme--other" / "snapshots"
    weights(snapshots / COMMIT)
    assert find_model((("repo", "acme/other"),)).revision == COMMIT
    weights(snapshots / COMMIT[::-1])
    with pytest.raises(ModelMissing, match="several revisions"):
        find_model((("repo", "acme/other"),))


def test_a_folder_of_another_revision_is_not_taken(tmp_path: Path) -> None:
    """What the hub noted beside a fetched folder is compared with the revision that the author asks for."""
    note = weights(tmp_path / "mine") / ".cache" / "huggingface" / "download" / "config.json.metadata"
    note.parent.mkdir(parents=True)
    note.write_text(f"{COMMIT}\nabc\n1.0\n", encoding="utf-8")
    assert find_model((("folder", "mine"),), project=tmp_path).revision == COMMIT
    with pytest.raises(ModelMissing, match=f"is revision {COMMIT}, not"):
        find_model((("folder", "mine"), ("revision", "f" * 40)), project=tmp_path)


def test_files_for_the_step_and_back(tmp_path: Path) -> None:
    """A model's files, handed to a step by name, lead back to its folder; hidden files are not among them."""
    place = weights(tmp_path / "film" / "models" / "mms")
    weights(place / "vocoder")
    weights(place / ".cache" / "x")
    files = model_files((("folder", "models/mms"),), project=tmp_path / "film")
    assert set(files) == {
        "model/config.json", "model/model.safetensors", "model/vocoder/config.json", "model/vocoder/model.safetensors",
    }  # fmt: skip
    for some in (files, {name: path for name, path in files.items() if "vocoder" in name}):
        with handed(some):
            assert find_model((("folder", "models/mms"),)).path == place
    with handed({}), pytest.raises(ModelMissing):
        find_model((("folder", "models/mms"),))


def test_engines_say_what_they_load(tmp_path: Path) -> None:
    """An engine's own weights are taken where the author names none; one that needs none gets none."""
    place = weights(tmp_path / "hub" / "models--acme--voice" / "snapshots" / COMMIT)
    (tmp_path / "piper").mkdir()
    (tmp_path / "piper" / "a.onnx").write_bytes(b"")
    loading = type("Loading", (), {"weights": DEFAULT})()
    piping = type("Piping", (), {"weights_end": ".onnx"})()
    assert files_of_engine(loading, (("seed", 3),))["model/config.json"] == place / "config.json"
    assert list(files_of_engine(piping, (("folder", "piper"),), tmp_path)) == ["model/a.onnx"]
    assert files_of_engine(piping, (("speaker", 3),), tmp_path) == {}
    assert files_of_engine(object(), ()) == {}


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: mit\n---\n", "MIT"),
        ("---\nlanguage: ru\nlicense: 'cc-by-nc-4.0'\n---\n", "CC-BY-NC-4.0"),
        ("---\nlicense: other\nlicense_name: acme-community\n---\n", "acme-community"),
        ("# no front matter\nlicense: mit\n", UNKNOWN_LICENCE),
        ("", UNKNOWN_LICENCE),
    ],
)
def test_licences_are_read_from_the_card(tmp_path: Path, card: str, licence: str) -> None:
    """The licence is what the card's front matter says, else it is said to be unknown."""
    assert licence_of(weights(tmp_path / "m", card)) == licence


def test_which_licences_forbid_selling() -> None:
    """Non-commercial licences are known by their short names."""
    assert non_commercial("CC-BY-NC-4.0")
    assert non_commercial("acme non-commercial")
    assert not non_commercial("MIT")
    assert not non_commercial("licence of Ncsoft")


def test_settings_are_checked() -> None:
    """Unknown settings and wrong types are refused with a suggestion; whole numbers pass for numbers."""
    known = {"speaker": int, "noise": float, "loud": bool}
    read = read_settings((("speaker", 2), ("noise", 1), ("folder", "x")), known, "the model")
    assert read == {"speaker": 2, "noise": 1.0, "folder": "x"}
    with pytest.raises(RenderError) as refused:
        read_settings((("speeker", 2),), known, "the model")
    assert "did you mean 'speaker'?" in refused.value.hint
    for wrong in (("speaker", "two"), ("speaker", True), ("loud", 1), ("folder", 3)):
        with pytest.raises(RenderError, match=f"'{wrong[0]}' of the model is"):
            read_settings((wrong,), known, "the model")
