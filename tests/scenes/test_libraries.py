"""Versions of FFmpeg's libraries, told without loading them."""

from __future__ import annotations

from pathlib import Path

import av

from scenes.frames import coder_identity
from scenes.libraries import carried_versions, library_versions, pyav_version


def test_versions_are_those_that_pyav_tells() -> None:
    """Whether names of files told them or PyAV itself, the versions are the ones that are used."""
    names = ("libavcodec", "libavformat", "libswscale")
    assert library_versions(names) == {name: ".".join(map(str, av.library_versions[name])) for name in names}
    assert pyav_version() == av.__version__
    assert all(f"{name} {library_versions(names)[name]}" in coder_identity() for name in names)


def test_versions_are_read_from_the_names_of_carried_libraries(tmp_path: Path) -> None:
    """Only names with a digest and a full version count."""
    for name in ("libavcodec-5e6b81c2.so.62.28.102", "libavformat.so.62", "libx264-8a7b6c5d.so.165", "notes.txt"):
        (tmp_path / name).touch()
    assert carried_versions(tmp_path) == {"libavcodec": "62.28.102"}


def test_nothing_is_believed_where_it_is_not_certain(tmp_path: Path) -> None:
    """Leftovers of another version, or no folder at all, tell nothing: then PyAV is asked."""
    for name in ("libavcodec-5e6b81c2.so.62.28.102", "libavcodec-11112222.so.61.19.100"):
        (tmp_path / name).touch()
    assert carried_versions(tmp_path) == {}
    assert carried_versions(tmp_path / "absent") == carried_versions(None) == {}
