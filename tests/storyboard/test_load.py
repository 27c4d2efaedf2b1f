"""From text to film, or to every mistake at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction

import pytest

from storyboard.errors import Severity, StoryboardError
from storyboard.film import Aspect, Beats, Film, FitVoice, Fixed
from storyboard.load import MOST_SHOWN, Reading, read, wants

Maker = Callable[[str], Film]
Reader = Callable[[str], Reading]


def test_the_least_storyboard_becomes_a_film(film: Maker) -> None:
    """Version, title and one scene are enough; everything else has its default."""
    made = film("scenes: [{id: a, place: forest}]\n")
    assert (made.rate, made.short_side, made.cuts, made.language) == (Fraction(24), 720, (Aspect(16, 9),), "en")
    assert (made.captions.value, made.loudness, made.score.kind) == ("file", -14.0, "none")
    scene = made.scenes[0]
    assert (scene.length, scene.time, scene.weather, scene.shot) == (Fixed(Fraction(5)), "noon", "clear", "wide")
    assert (scene.camera, scene.style, scene.backend, scene.transition.kind) == (
        "static",
        "papercut",
        "auto",
        "cut",
    )


def test_every_mistake_is_reported_in_one_run(reading: Reader) -> None:
    """Mistakes of YAML, of keys, of values and of references come together, in the order of the file."""
    found = reading(
        "fps: fast\nfps: 24\nstyl: noir\ncharacters: {ann: {role: wizzard}}\nscenes:\n"
        "  - {id: a, camera: pann left, cast: [bob], length: 5}\n  - {id: A, prompt: x}\n"
    )
    assert found.film is None
    codes = [one.code for one in found.diagnostics]
    assert codes == ["E134", "E105", "E130", "W202", "E135", "E150", "E134", "E151"]
    assert [one.line for one in found.diagnostics] == [3, 4, 5, 6, 8, 8, 8, 9]


def test_a_diagnostic_reads_as_file_line_column(reading: Reader) -> None:
    """The printed form names place, code, fault and remedy."""
    found = reading("scenes: [{id: a, place: forest, camra: static}]\n").diagnostics
    assert str(found[0]) == "storyboard.yaml:3:33: error E130: unknown key 'camra'; did you mean 'camera'?"


def test_a_broken_storyboard_raises_only_when_the_film_is_asked_for(reading: Reader) -> None:
    """`checked` raises one error that carries all diagnostics."""
    with pytest.raises(StoryboardError) as caught:
        reading("scenes: []\n").checked()
    assert caught.value.diagnostics[0].code == "E138"


def test_warnings_do_not_stop_a_film(reading: Reader) -> None:
    """A place that is not known is kept as text, with a warning that offers the nearest known one."""
    found = reading("scenes: [{id: a, place: forrest}]\n")
    assert found.film is not None
    assert [(one.code, one.severity) for one in found.diagnostics] == [("W201", Severity.WARNING)]
    assert "forest" in found.diagnostics[0].hint
    scene = found.film.scenes[0]
    assert (scene.place, scene.prompt, scene.unread) == ("", "forrest", ("forrest",))


@pytest.mark.parametrize("text", [b"", b"\xff", b"- a\n- b\n", b"just text", b"5", b"a: [", b"null", b"{}", b"[]"])
def test_what_is_no_storyboard_is_diagnosed(text: bytes) -> None:
    """Whatever is read, there is a film or at least one error."""
    found = read(text, "storyboard.yaml")
    assert found.film is None
    assert found.errors


@pytest.mark.parametrize(("version", "line"), [("0", 1), ("2", 1), ("one", 1), ("true", 1), ("1.0", 1), ("[1]", 1)])
def test_unknown_versions_are_refused(version: str, line: int) -> None:
    """Only known format versions are read."""
    found = read(f"workprint: {version}\ntitle: A\nscenes: [{{id: a, prompt: x}}]\n", "s.yaml")
    assert ("E120", line) in [(one.code, one.line) for one in found.errors]


def test_numbers_where_text_is_wanted_are_taken_as_typed(film: Maker) -> None:
    """A title, name or line may be a number."""
    made = film("author: 007\nscenes: [{id: 1, lines: [1984, {say: 3.50}]}]\n")
    assert (made.author, made.scenes[0].id) == ("007", "1")
    assert [line.text for line in made.scenes[0].lines] == ["1984", "3.50"]


def test_scene_files_are_read_in_order() -> None:
    """`scenes` may name files, ordered by their numbers or by `order`."""
    head = "workprint: 1\ntitle: A\nscenes: scenes/*.yaml\n"
    files = {
        "scenes/10.yaml": b"id: ten\nprompt: x\n",
        "scenes/2.yaml": b"id: two\nprompt: x\n",
        "scenes/.2.yaml": b"broken: [",
        "other/1.yaml": b"broken: [",
    }
    assert wants(head) == "scenes/*.yaml"
    assert [scene.id for scene in read(head, "s.yaml", files).checked().scenes] == ["two", "ten"]
    ordered = read(head + "order: [ten, two]\n", "s.yaml", files).checked()
    assert [scene.id for scene in ordered.scenes] == ["ten", "two"]


def test_mistakes_in_scene_files_name_those_files() -> None:
    """A finding in a scene file is placed in that file; the rest of the film is still checked."""
    head = "workprint: 1\ntitle: A\nstyle: nope\nscenes: scenes/*.yaml\norder: [a, c]\n"
    files = {
        "scenes/a.yaml": b"id: a\nprompt: x\nfoo: 1\n",
        "scenes/b.yaml": b"id: b\nprompt: x\n",
        "scenes/d.yaml": b"- 1\n",
    }
    found = read(head, "s.yaml", files).diagnostics
    assert [(one.path, one.line, one.code) for one in found] == [
        ("s.yaml", 3, "E135"),
        ("s.yaml", 5, "E156"),
        ("scenes/a.yaml", 3, "E130"),
        ("scenes/b.yaml", 1, "E156"),
        ("scenes/d.yaml", 1, "E157"),
    ]


@pytest.mark.parametrize(
    "pattern", ["../*.yaml", "/etc/*.yaml", "scenes/*", "x.yaml", "~/*.yaml", "a\\\\*.yaml", "C:/*.yaml"]
)
def test_patterns_outside_the_project_are_refused(pattern: str) -> None:
    """Scene files lie inside the project."""
    text = f"workprint: 1\ntitle: A\nscenes: '{pattern}'\n"
    assert wants(text) == ""
    assert [one.code for one in read(text, "s.yaml", {}).errors] == ["E137"]


def test_a_pattern_without_files_is_an_error() -> None:
    """No scene file is worth one clear error."""
    found = read("workprint: 1\ntitle: A\nscenes: scenes/*.yaml\n", "s.yaml", {}).errors
    assert [one.code for one in found] == ["E157"]


def test_the_number_of_findings_is_bounded() -> None:
    """A file full of mistakes shows the first ones and counts the rest."""
    scenes = "".join(f"  - {{id: s{n}, prompt: x, camera: nope}}\n" for n in range(500))
    found = read(f"workprint: 1\ntitle: A\nscenes:\n{scenes}", "s.yaml").diagnostics
    assert len(found) == MOST_SHOWN + 1
    assert "300 more" in found[-1].message


def test_reading_is_deterministic(reading: Reader) -> None:
    """The same text gives the same film and the same findings."""
    scene = "{id: a, prompt: x, length: 8 beats, model: {b: 1, a: 2}}"
    body = f"score: {{prompt: sad}}\nscenes: [{scene}, {{id: b, place: qqq}}]\n"
    first, second = reading(body), reading(body)
    assert first.film == second.film
    assert first.diagnostics == second.diagnostics
    assert first.film is not None
    assert first.film.scenes[0].model == (("a", 2), ("b", 1))
    assert first.film.scenes[0].length == Beats(8)


def test_lines_set_the_length(film: Maker) -> None:
    """A scene with lines and no length lasts as long as they do."""
    assert film("scenes: [{id: a, lines: [Hello]}]\n").scenes[0].length == FitVoice()


def test_importing_storyboard_loads_no_pydantic() -> None:
    """`import storyboard` is cheap; pydantic and YAML come with the first reading."""
    script = "import sys, storyboard; sys.exit('pydantic' in sys.modules or 'yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    "written", ["scenes/*.yaml", "'scenes/*.yml'", r'"scenes/\x2a.y\x61ml"', r'"scenes/*.ya\u006dl"']
)
def test_scene_files_are_wanted_however_they_are_written(written: str) -> None:
    """The quick look that spares most storyboards a parse overlooks no pattern, not even an escaped one."""
    assert wants(f"workprint: 1\nscenes: {written}\n").startswith("scenes/*.y")


def test_the_same_text_is_read_once() -> None:
    """One command asks for the reading of its storyboard more than once; another text, name or file is read anew."""
    text = "workprint: 1\ntitle: T\nscenes: scenes/*.yaml\n"
    others = {"scenes/a.yaml": b"id: a\nplace: forest\n"}
    first = read(text, "s.yaml", others)
    assert read(text, "s.yaml", dict(others)) is first
    assert read(text, "t.yaml", others) is not first
    changed = read(text, "s.yaml", {"scenes/a.yaml": b"id: b\nplace: forest\n"})
    assert changed.film is not None
    assert [scene.id for scene in changed.film.scenes] == ["b"]
