"""Every exporter, whoever brings it: it writes one whole file, tells what it leaves out, and stands any film."""

from __future__ import annotations

from pathlib import Path

import pytest

from render.exports.export import exporter, names
from tests.render.exports.edits import film_of, laid_out

FILMS = {
    "one scene": "workprint: 1\ntitle: T\nscenes:\n  - {id: a, length: 1s, prompt: x}\n",
    "odd names": (
        "workprint: 1\ntitle: '<&\"> ../ ё 日本'\nfps: 29.97\nopening: fade black 0.3s\nscenes:\n"
        "  - {id: сцена_1, length: 2s, prompt: '<b>&amp;</b> ]]>', transition: glitch 0.3s}\n"
        "  - {id: b-2, length: 2s, prompt: '{braces}', lines: ['\"Quoted\" & <odd> --> line'], "
        "transition: fade black 0.5s}\n"
    ),
    "many scenes": "workprint: 1\ntitle: T\nscenes:\n"
    + "".join(f"  - {{id: s{n}, length: 1.3s, prompt: x, transition: crossfade 0.2s}}\n" for n in range(120))
    + "  - {id: last, length: 1s, prompt: x}\n",
}


@pytest.mark.parametrize("film", FILMS, ids=list(FILMS))
@pytest.mark.parametrize("name", names())
def test_a_film_is_written(tmp_path: Path, name: str, film: str) -> None:
    """The file is there and nothing else, twice the same, and notes are words."""
    writer = exporter(name)
    made = film_of(FILMS[film])
    edit = laid_out(made)
    (tmp_path / "media").mkdir()
    for one in (*(clip.media for clip in edit.clips), *(stem.media for stem in edit.stems)):
        (tmp_path / one).write_bytes(b"media")
    target = tmp_path / f"film{writer.suffix}"
    notes = writer.export(edit, made, target)
    first = target.read_bytes()
    assert first
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["media", target.name])
    assert all(note.strip() for note in notes)
    if name != "otioz":
        writer.export(edit, made, target)
        assert target.read_bytes() == first, "a zip holds the time of day"
