"""A film's folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from projects import samples as samples_module
from projects.samples import samples
from projects.workspace import FolderTakenError, Workspace, new_from_sample, new_workspace, open_workspace
from storyboard.errors import MissingError

TEXT = "workprint: 1\ntitle: Лес\n"


@pytest.fixture
def film(tmp_path: Path) -> Workspace:
    """A new film with one picture."""
    film = new_workspace(tmp_path / "film", TEXT)
    (film.folder / "pictures" / "edge.png").write_text("picture")
    return film


def test_new_film_is_complete(film: Workspace) -> None:
    """A new folder holds the storyboard, places for media, and tells git what to leave out."""
    assert film.read_storyboard().decode() == TEXT
    assert {path.name for path in film.folder.iterdir()} == {
        "storyboard.yaml",
        ".gitignore",
        "pictures",
        "footage",
        "sounds",
    }
    assert "/.workprint/" in (film.folder / ".gitignore").read_text().splitlines()


def test_new_film_takes_no_folder_away(film: Workspace) -> None:
    """A folder that holds something is never written into."""
    with pytest.raises(FolderTakenError):
        new_workspace(film.folder, TEXT)
    with pytest.raises(FolderTakenError):
        new_workspace(film.storyboard, TEXT)


def test_film_is_found_from_anywhere_inside(film: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """By folder, by file, and from a folder below, it is the same film."""
    monkeypatch.chdir(film.folder / "pictures")
    assert open_workspace() == open_workspace(film.folder) == open_workspace(film.storyboard) == film


def test_no_film_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, the error says how to make one."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MissingError) as caught:
        open_workspace()
    assert "workprint new" in caught.value.hint
    with pytest.raises(MissingError):
        open_workspace(tmp_path / "gone")


def test_two_storyboards_in_one_folder_keep_apart(film: Workspace) -> None:
    """A second storyboard has takes and a history of its own."""
    (film.folder / "trailer.yaml").write_text(TEXT)
    trailer = open_workspace(film.folder / "trailer.yaml")
    assert trailer.takes.name == "trailer.takes.json"
    assert film.takes.name == "takes.json"
    assert trailer.store == film.store


def test_media_is_found(film: Workspace) -> None:
    """A relative name gives the absolute path."""
    assert film.resolve_media("pictures/edge.png") == film.folder / "pictures" / "edge.png"
    assert film.resolve_media("./pictures/edge.png") == film.folder / "pictures" / "edge.png"


@pytest.mark.parametrize(
    "reference",
    [
        "",
        ".",
        "/etc/hostname",
        "../film/pictures/edge.png",
        "pictures/../../outside.png",
        "~/x.png",
        "C:/x.png",
        "pictures\\edge.png",
        "pictures/edge.png\0",
        "pictures/\x1b[31m.png",
        "pictures",
        "pictures/gone.png",
        "link-out.png",
        "folder-out/outside.png",
        "round.png",
        "pipe.png",
        ".workprint/secret",
        "x" * 5000,
    ],
)
def test_hostile_and_missing_media_is_refused(film: Workspace, reference: str) -> None:
    """Nothing outside the folder, nothing of the house's own and nothing but a regular file is ever given."""
    (film.folder.parent / "outside.png").write_text("secret")
    (film.folder / "link-out.png").symlink_to(film.folder.parent / "outside.png")
    (film.folder / "folder-out").symlink_to(film.folder.parent)
    (film.folder / "round.png").symlink_to("round.png")
    os.mkfifo(film.folder / "pipe.png")
    film.private.mkdir()
    (film.private / "secret").write_text("x")
    with pytest.raises(MissingError):
        film.resolve_media(reference)


def test_link_within_the_film_is_followed(film: Workspace) -> None:
    """A link from one place in the folder to another is the author's business."""
    (film.folder / "alias.png").symlink_to("pictures/edge.png")
    assert film.resolve_media("alias.png").name == "edge.png"


def test_a_slip_of_the_pen_gets_a_suggestion(film: Workspace) -> None:
    """A name that is nearly right is answered with the right one."""
    with pytest.raises(MissingError) as caught:
        film.resolve_media("pictures/egde.png")
    assert "pictures/edge.png" in caught.value.hint


def test_scene_files_by_pattern(film: Workspace) -> None:
    """Matching files come in the order of their names, hidden ones left out; hostile patterns match nothing."""
    (film.folder / "scenes").mkdir()
    for name in ("b.yaml", "a.yaml", ".hidden.yaml", "c.txt"):
        (film.folder / "scenes" / name).write_text(name)
    assert film.scene_files("scenes/*.yaml") == (("scenes/a.yaml", b"a.yaml"), ("scenes/b.yaml", b"b.yaml"))
    for pattern in ("../*.yaml", "/etc/*", "nowhere/*.yaml", "**/../*"):
        with pytest.raises(MissingError):
            film.scene_files(pattern)


def test_samples_are_read_and_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample is listed with title and summary, and copied with its pictures; an unknown one gets a suggestion."""
    folder = tmp_path / "samples"
    (folder / "guru-peak" / "pictures").mkdir(parents=True)
    (folder / "guru-peak" / "storyboard.yaml").write_text(
        "# yaml-language-server: $schema=x\n# A walk up\n# a mountain.\nworkprint: 1\ntitle: Ascent\n"
    )
    (folder / "guru-peak" / "pictures" / "a.png").write_bytes(b"\x89PNG")
    (folder / "not-a-sample").mkdir()
    monkeypatch.setattr(samples_module, "_folders", lambda: folder)
    (sample,) = samples()
    assert (sample.name, sample.title, sample.summary) == ("guru-peak", "Ascent", "A walk up a mountain.")
    film = new_from_sample(tmp_path / "mine", "guru-peak")
    assert film.resolve_media("pictures/a.png").read_bytes() == b"\x89PNG"
    assert (film.folder / ".gitignore").is_file()
    with pytest.raises(MissingError) as caught:
        new_from_sample(tmp_path / "other", "guru-peek")
    assert "guru-peak" in caught.value.hint
    assert not (tmp_path / "other").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a current folder from being deleted")
@pytest.mark.parametrize("path", [None, Path("../film")])
def test_current_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path | None
) -> None:
    """Whoever stands in a deleted folder is told so."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(MissingError, match="current folder is gone"):
        open_workspace(path)


def test_storyboard_that_cannot_be_read_has_a_remedy(film: Workspace) -> None:
    """A storyboard that became a folder is told by name, with what to look for."""
    film.storyboard.unlink()
    film.storyboard.mkdir()
    with pytest.raises(MissingError, match=r"storyboard\.yaml") as caught:
        film.read_storyboard()
    assert caught.value.hint
