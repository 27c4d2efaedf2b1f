"""Each command with a production that makes nothing: what it asks for, what it says, how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from projects.receipt import Order
from projects.workspace import open_workspace
from storyboard.errors import BusyError, ExitCode, InterruptedRender, RenderError
from storyboard.load import read
from workprint.commands.render import measured

Run = Callable[..., Any]

pytestmark = pytest.mark.usefixtures("studio")


def test_check_praises_a_good_storyboard(run: Run, project: Path) -> None:
    """A storyboard without mistakes is said to be so, and the exit code is 0."""
    answer = run("check", project)
    assert answer.code == 0
    assert "no mistakes" in answer.out.lower()


def test_check_lists_every_mistake_at_its_place(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All mistakes come in one run, with the path from the current folder, and the exit code is 3."""
    text = "workprint: 1\ntitel: Small\nscenes:\n  - {id: one, prompt: a, shot: wiide}\n"
    (project / "storyboard.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(project.parent)
    answer = run("check", "film")
    assert answer.code == ExitCode.STORYBOARD
    assert re.search(r"^film/storyboard\.yaml:2:1: error E130", answer.out, re.MULTILINE)
    assert re.search(r"^film/storyboard\.yaml:4:\d+: error E135", answer.out, re.MULTILINE)
    assert re.search(r"^\d+ errors", answer.out, re.MULTILINE)


def test_check_as_json(run: Run, project: Path) -> None:
    """`--json` gives counts and diagnostics as data; the exit code stays."""
    (project / "storyboard.yaml").write_text("workprint: 1\ntitle: A\n", encoding="utf-8")
    answer = run("check", project, "--json")
    told = json.loads(answer.out)
    assert answer.code == ExitCode.STORYBOARD
    assert told["errors"] == len(told["diagnostics"]) >= 1


def test_strict_check_minds_warnings(run: Run, project: Path) -> None:
    """A storyboard with only warnings passes, but not with `--strict`."""
    text = "workprint: 1\ntitle: A\nscenes:\n  - {id: one, prompt: a, place: the moon's far antechamber}\n"
    (project / "storyboard.yaml").write_text(text, encoding="utf-8")
    assert run("check", project).code == 0
    assert run("check", project, "--strict").code == ExitCode.STORYBOARD


@pytest.mark.parametrize("command", ["plan", "render", "status", "check", "sheet"])
def test_missing_storyboard(run: Run, tmp_path: Path, command: str) -> None:
    """A folder without a storyboard is a missing thing with a remedy."""
    answer = run(command, tmp_path)
    assert answer.code == ExitCode.MISSING
    assert "storyboard" in answer.err


@pytest.mark.parametrize("command", ["plan", "render", "status", "sheet"])
def test_wrong_storyboard(run: Run, project: Path, command: str) -> None:
    """Every command that needs the film shows all mistakes of a wrong one and ends with 3."""
    (project / "storyboard.yaml").write_text("workprint: 1\ntitle: [\n", encoding="utf-8")
    answer = run(command, project)
    assert answer.code == ExitCode.STORYBOARD
    assert "storyboard.yaml:" in answer.err
    assert answer.out == ""


def test_plan_shows_scenes_with_state_and_reason(run: Run, project: Path) -> None:
    """The plan has a row per scene, marks estimated lengths, and sums up the work."""
    out = run("plan", project).out
    assert re.search(r"^one +current +2\.00s .*it is drawn$", out, re.MULTILINE)
    assert re.search(r"^two +stale +~3\.00s .*prompt changed$", out, re.MULTILINE)
    assert "To do: 1 step of 2 (1 take), about 1:05 of work on one processor." in out


def test_plan_shows_post_under_its_scene(run: Run, project: Path) -> None:
    """Under a scene stands what is done to its takes, in order, with the time of each; as data it is a list."""
    lines = run("plan", project).out.splitlines()
    (below,) = (number for number, line in enumerate(lines) if line.startswith("two "))
    assert lines[below + 1].strip() == "then post: denoise light 3.1 s, grade warm 1:15"
    assert sum("then post" in line for line in lines) == 1
    one, two = json.loads(run("plan", project, "--json").out)["scenes"]
    assert one["works"] == []
    assert two["works"] == [{"name": "denoise light", "seconds": 3.1}, {"name": "grade warm", "seconds": 75.0}]


def test_plan_lists_steps_on_demand(run: Run, project: Path) -> None:
    """`--steps` adds every step and whether it runs."""
    assert "take:two" not in run("plan", project).out
    assert re.search(r"^take:two +stale +yes +prompt changed$", run("plan", project, "--steps").out, re.MULTILINE)


@pytest.mark.parametrize("command", ["plan", "render", "status"])
@pytest.mark.parametrize(
    ("options", "said", "allowed"),
    [((), "", False), (("--allow-code",), "", True), ((), "1", True), ((), "0", False)],
)
def test_code_runs_only_when_allowed(
    run: Run,
    project: Path,
    studio: Any,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    options: tuple[str, ...],
    said: str,
    allowed: bool,
) -> None:
    """Consent to run a project's own Python comes from the option or the environment, and is not given otherwise."""
    monkeypatch.delenv("WORKPRINT_ALLOW_CODE", raising=False)
    if said:
        monkeypatch.setenv("WORKPRINT_ALLOW_CODE", said)
    run(command, project, *options)
    assert {order.allow_code for order in studio.orders} == {allowed}


def test_plan_passes_the_wish_on(run: Run, project: Path, studio: Any) -> None:
    """Cuts, scenes and draft reach the production."""
    run("plan", project, "--cut", "9:16", "--cut", "1:1", "--scene", "two", "--draft")
    order = studio.orders[-1]
    assert [str(cut) for cut in order.cuts] == ["9:16", "1:1"]
    assert (order.scenes, order.draft) == (("two",), True)


def test_plan_as_json(run: Run, project: Path) -> None:
    """`--json` gives scenes and steps with their states as text."""
    told = json.loads(run("plan", project, "--json").out)
    assert [scene["state"] for scene in told["scenes"]] == ["current", "stale"]
    assert told["steps"][1]["state"] == "stale"
    assert told["diagnostics"] == []


def test_render_names_the_film_on_standard_output_only(run: Run, project: Path) -> None:
    """Standard output holds the answer, standard error the progress without control codes."""
    answer = run("render", project)
    assert answer.code == 0
    assert answer.out.splitlines()[0].endswith("small-16x9.mp4")
    assert answer.err == "[1/1] two: draw (1.5s)\n"


def test_render_passes_the_order_on(run: Run, project: Path, studio: Any, tmp_path: Path) -> None:
    """Options reach the production as one order."""
    run("render", project, "--scene", "two", "--draft", "--jobs", "3", "-o", tmp_path / "films", "--wait")
    order = studio.orders[-1]
    assert (order.scenes, order.draft, order.jobs, order.wait) == (("two",), True, 3, True)
    assert order.out == tmp_path / "films"


def test_render_tells_each_note_once(run: Run, project: Path, studio: Any) -> None:
    """A note that comes both as an event and with the delivery is shown once."""
    studio.notes = ("scene two: 'unicorn' was not drawn",)
    assert run("render", project).out.count("unicorn") == 1


def test_render_tells_what_was_measured() -> None:
    """The self-test's verdict stands in one line, and a film that is not as planned stands out."""
    report = {
        "passed": True,
        "seconds": 12.0,
        "size": "640x360",
        "lufs": -14.08,
        "worst_cut_error_frames": 0,
        "worst_av_offset_ms": 0.4,
    }
    line = "12.00 s, 640x360, -14.1 LUFS, cuts within 0 frames, sound within 0 ms: as planned"
    assert measured(report) == line
    assert "NOT AS PLANNED: a cut is 2 frames off" in measured(
        {**report, "passed": False, "faults": ["a cut is 2 frames off"]}
    )
    assert "640x360, silent, cuts" in measured({**report, "lufs": None, "worst_av_offset_ms": None})


def test_render_as_json(run: Run, project: Path) -> None:
    """`--json` gives films, made and reused steps."""
    told = json.loads(run("render", project, "--json").out)
    assert told["made"] == ["take:two"]
    assert told["films"][0]["cut"] == "16:9"


@pytest.mark.parametrize(
    "error", [BusyError("held by process 7", "Wait."), RenderError("step failed"), InterruptedRender("stopped")]
)
def test_failed_render_ends_with_its_code(run: Run, project: Path, studio: Any, error: Any) -> None:
    """A render that fails says so on standard error and names no film."""
    studio.error, studio.failing = error, "the painter fell ill"
    studio.notes = ("a voice was missing",)
    answer = run("render", project)
    assert answer.code == error.exit_code
    assert "failed: two: draw: the painter fell ill\n  Try a draft." in answer.err
    assert "note: a voice was missing" in answer.err
    assert answer.out == ""


def test_failed_render_as_json(run: Run, project: Path, studio: Any) -> None:
    """With `--json` standard output holds the error and nothing else."""
    studio.error = BusyError("held by process 7", "Wait.")
    told = json.loads(run("render", project, "--json").out)
    assert told["error"]["exit_code"] == ExitCode.BUSY


def test_status_is_short(run: Run, project: Path) -> None:
    """The status counts scenes by state, and says that there is no film yet or which there are."""
    out = run("status", project).out
    assert "1 scene stale: two" in out
    assert "1 scene current\n" in out
    assert "two shows take 2" in out
    assert "No film" in out
    (project / "out").mkdir()
    (project / "out" / "small.mp4").write_bytes(b"x" * 1500)
    assert "small.mp4 (1.5 kB)" in run("status", project).out


def test_status_as_json(run: Run, project: Path) -> None:
    """`--json` gives ids by state."""
    told = json.loads(run("status", project, "--json").out)
    assert told["scenes"] == {"stale": ["two"], "current": ["one"]}


def test_retake_and_use(run: Run, project: Path, studio: Any) -> None:
    """A retake says its number and the way back; `use` chooses."""
    told = run("retake", "two", "--project", project, "--seed", "42").out
    assert "now shows take 3" in told
    assert "`workprint use two 2` goes back" in told
    assert studio.uses == {"two": 42}
    assert run("use", "two", "1", "-p", project).code == 0
    assert studio.uses == {"two": 1}


def test_pinned_takes_win_and_that_is_said(run: Run, project: Path, studio: Any) -> None:
    """Where the storyboard pins a take, a choice changes nothing to see, and the answer says so."""
    studio.pinned = 2
    assert "the storyboard pins take 2: delete `take: 2`" in run("use", "two", "1", "-p", project).out
    assert "the storyboard pins take 2" in run("retake", "two", "-p", project).out
    assert json.loads(run("use", "two", "1", "-p", project, "--json").out)["shown"] == 2


def test_takes_are_chosen_and_made_as_json(run: Run, project: Path) -> None:
    """`--json` gives the numbers of `retake` and `use`, and the path of `sheet`."""
    assert json.loads(run("retake", "two", "-p", project, "--json").out) == {
        "scene": "two",
        "take": 3,
        "before": 2,
        "shown": 3,
    }
    assert json.loads(run("use", "two", "1", "-p", project, "--json").out)["take"] == 1
    assert json.loads(run("sheet", project, "--json").out)["path"].endswith("small-16x9-sheet.png")


def test_render_refuses_an_output_folder_that_cannot_be_made(run: Run, project: Path, studio: Any) -> None:
    """A file in the place of the output folder is told before anything is made."""
    (project / "out").write_bytes(b"")
    studio.error = RuntimeError("rendered all the same")
    answer = run("render", project)
    assert answer.code == ExitCode.DISK
    assert "something else has this name" in answer.err


def test_failed_render_tells_each_doubt_once(run: Run, project: Path, studio: Any) -> None:
    """A doubt that stood above the render is not repeated as a note when the render fails."""
    storyboard = project / "storyboard.yaml"
    text = storyboard.read_text(encoding="utf-8").replace("prompt: a wood", f"lines: [{'blah ' * 40}]")
    storyboard.write_text(text, encoding="utf-8")
    (doubt,) = read(text, storyboard.name).diagnostics
    studio.notes, studio.error = (str(doubt), "no good voice is here"), RenderError("a step failed")
    told = run("render", project).err
    assert told.count(doubt.message) == 1
    assert "note: no good voice is here" in told


def test_lost_files_are_told_before_the_rest_is_made(run: Run, project: Path) -> None:
    """A file that is not there has its place in the storyboard; what does not need it is made all the same."""
    storyboard = project / "storyboard.yaml"
    text = storyboard.read_text(encoding="utf-8").replace("prompt: a wood", "clip: footage/gone.mp4")
    storyboard.write_text(text, encoding="utf-8")
    told = run("render", project).err
    assert "storyboard.yaml:4:" in told
    assert "E180: the file 'footage/gone.mp4' is not there" in told
    assert told.index("E180") < told.index("[1/1] two: draw")


def test_counts_of_a_render_follow_the_plan(run: Run, project: Path) -> None:
    """What the plan expects of all passes is what the lines count to."""
    assert "[1/1] two: draw" in run("render", project).err


@pytest.mark.parametrize("arguments", [("retake", "tow"), ("use", "tow", "1"), ("takes", "tow"), ("why", "tow")])
def test_unknown_scene(run: Run, project: Path, arguments: tuple[str, ...]) -> None:
    """A scene that is not there is told with those that are."""
    answer = run(*arguments, "-p", project)
    assert answer.code == ExitCode.MISSING
    assert "There are: one, two." in answer.err


def test_project_around_the_current_folder(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a path, the project is the one in or above the current folder."""
    monkeypatch.chdir(project / "pictures")
    assert "take" in run("why", "two").out


def test_takes_are_listed(run: Run, project: Path) -> None:
    """The list marks the take that the film shows."""
    assert re.search(r"^ +2 +chosen +6 +none$", run("takes", "two", "-p", project).out, re.MULTILINE)
    assert json.loads(run("takes", "two", "-p", project, "--json").out)[0]["seed"] == 5


def test_why_as_json(run: Run, project: Path) -> None:
    """`--json` gives the lines as a list."""
    assert json.loads(run("why", "two", "-p", project, "--json").out)["why"] == ["take: stale - prompt changed"]


def test_why_of_a_draft(run: Run, project: Path) -> None:
    """`--draft` asks after the steps of the draft."""
    assert "draft" in run("why", "two", "--draft", "-p", project).out


def test_sheet_names_its_file(run: Run, project: Path, studio: Any, tmp_path: Path) -> None:
    """The answer is the path of the picture, the given one or the usual one."""
    assert run("sheet", project, "--cut", "9:16", "-o", tmp_path / "a.png").out == f"{tmp_path / 'a.png'}\n"
    assert str(studio.orders[-1].cuts[0]) == "9:16"
    assert run("sheet", project).out.endswith("-sheet.png\n")


def test_cache_size(run: Run, project: Path) -> None:
    """The size counts artifacts and bytes."""
    _put(project, "a" * 64, b"kept")
    assert run("cache", "size", project).out.startswith("1 artifact, ")
    assert json.loads(run("cache", "size", project, "--json").out)["artifacts"] == 1


def test_prune_keeps_what_is_referred_to(run: Run, project: Path) -> None:
    """Prune throws away what nothing refers to, and keeps the rest with all that it was made from."""
    _put(project, "a" * 64, b"kept", {"voice": "c" * 64})
    _put(project, "c" * 64, b"source of the kept one")
    _put(project, "b" * 64, b"loose")
    assert "Freed" in run("cache", "prune", project, "--yes").out
    store = open_workspace(project).store
    assert [store.has(letter * 64) for letter in "abc"] == [True, False, True]
    assert "nothing to throw away" in run("cache", "prune", project).out


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_prune_asks_first(run: Run, project: Path, options: tuple[str, ...]) -> None:
    """Where nobody can be asked, nothing is thrown away without `--yes`."""
    _put(project, "b" * 64, b"loose")
    answer = run("cache", "prune", project, *options)
    assert answer.code == ExitCode.USAGE
    assert "--yes" in answer.err
    assert open_workspace(project).store.has("b" * 64)


def _put(project: Path, fingerprint: str, data: bytes, inputs: dict[str, str] | None = None) -> None:
    """Put an artifact into a project's store."""
    store = open_workspace(project).store
    with store.workbench("test") as bench:
        made = bench / "made"
        made.write_bytes(data)
        order = Order(fingerprint, "take:x", "take", "x:y", None, inputs=inputs or {})
        store.put(order, made, {}, 0.1)
