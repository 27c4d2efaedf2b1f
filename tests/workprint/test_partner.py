"""`check` as a writing partner, at the command line: mending, explaining, switching off, languages, rules of others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import plugins
from projects.workspace import Workspace, new_workspace
from storyboard.errors import ExitCode
from storyboard.rules.register import house_rules
from storyboard.rules.rule import HEAD, Case, Finding, Rule, Said, Wording
from workprint.mending import mend
from workprint.proofreading import prove, texts_of

Run = Callable[..., Any]

DOUBTFUL = """\
workprint: 1
title: Doubts
# my cast
characters:
  ann: {name: Ann, role: heroine}   # she waits
check: {off: [W233, W206]}
scenes:
  - id: one
    place: forest
    prompt: A hare runs through ferns.
    negative: "no text, no hands"  # keep clean
    cast: [ann]
    lines:
      - {by: ann, say: "Ann: Here I am."}   # first words
    transition: wipe left   # the end
"""
MENDED = """\
workprint: 1
title: Doubts
# my cast
characters:
  ann: {name: Ann, role: heroine}   # she waits
check: {off: []}
scenes:
  - id: one
    place: forest
    prompt: A hare runs through ferns.
    negative: "text, hands"  # keep clean
    cast: [ann]
    lines:
      - {by: ann, say: "Here I am."}   # first words
    transition: cut   # the end
"""


@pytest.fixture
def doubtful(tmp_path: Path) -> Workspace:
    """A film with five doubts, all of which are safe to mend."""
    return new_workspace(tmp_path / "film", DOUBTFUL)


def told(workspace: Workspace, language: str = "en") -> list[str]:
    """The codes that proofreading tells."""
    return [one.code for one in prove(workspace, texts_of(workspace), language=language).diagnostics]


def test_fix_mends_and_keeps_comments(run: Run, doubtful: Workspace) -> None:
    """What is safe is mended in place, shown as a difference, and nothing else moves; a second run finds nothing."""
    answer = run("check", doubtful.folder, "--fix")
    assert answer.code == ExitCode.OK
    assert '+    negative: "text, hands"  # keep clean' in answer.out
    assert "5 findings mended." in answer.out
    assert doubtful.storyboard.read_text() == MENDED
    again = run("check", doubtful.folder, "--fix")
    assert "nothing that is safe to mend" in again.out
    assert doubtful.storyboard.read_text() == MENDED


def test_a_dry_run_writes_nothing(run: Run, doubtful: Workspace) -> None:
    """`--dry-run` shows the same difference, and the doubts that stand as long as it is not made."""
    answer = run("check", doubtful.folder, "--fix", "--dry-run")
    assert "5 findings can be mended." in answer.out
    assert "warning W235" in answer.out
    assert doubtful.storyboard.read_text() == DOUBTFUL


def test_a_dry_run_of_nothing_is_misunderstood(run: Run, doubtful: Workspace) -> None:
    """`--dry-run` alone says nothing about what to run dry."""
    answer = run("check", doubtful.folder, "--dry-run")
    assert answer.code == ExitCode.USAGE
    assert "--dry-run goes with --fix" in answer.err


def test_fix_as_json(run: Run, doubtful: Workspace) -> None:
    """Machines are told what was mended, what was written, and what is left."""
    answer = run("check", doubtful.folder, "--fix", "--json")
    said = json.loads(answer.out)
    assert sorted(one["code"] for one in said["mended"]) == ["W204", "W220", "W220", "W235", "W236"]
    assert said["written"] == ["storyboard.yaml"]
    assert said["warnings"] == 0


def test_fix_keeps_line_ends_marks_and_links(run: Run, doubtful: Workspace, tmp_path: Path) -> None:
    """A file of Windows, with a mark at its beginning, behind a link, stays all that."""
    elsewhere = tmp_path / "real.yaml"
    elsewhere.write_bytes(b"\xef\xbb\xbf" + DOUBTFUL.replace("\n", "\r\n").encode())
    elsewhere.chmod(0o640)
    doubtful.storyboard.unlink()
    doubtful.storyboard.symlink_to(elsewhere)
    assert run("check", doubtful.folder, "--fix").code == ExitCode.OK
    assert doubtful.storyboard.is_symlink()
    assert elsewhere.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()
    assert elsewhere.stat().st_mode & 0o777 == 0o640


def test_fix_mends_scene_files(run: Run, tmp_path: Path) -> None:
    """A doubt in a file of its own is mended there."""
    workspace = new_workspace(tmp_path / "film", "workprint: 1\ntitle: x\nscenes: scenes/*.yaml\n")
    (workspace.folder / "scenes").mkdir(exist_ok=True)
    scene = workspace.folder / "scenes" / "1.yaml"
    scene.write_text("id: one\nprompt: A hare runs.\nnegative: no text\n")
    before = workspace.storyboard.read_text()
    assert run("check", workspace.folder, "--fix").code == ExitCode.OK
    assert scene.read_text() == "id: one\nprompt: A hare runs.\nnegative: text\n"
    assert workspace.storyboard.read_text() == before


def test_errors_stop_no_mending_and_are_left(run: Run, doubtful: Workspace) -> None:
    """A film with an error is not guessed at: its text stays, and the exit code says so."""
    broken = DOUBTFUL.replace("place: forest", "place: forest\n    colour: red")
    doubtful.storyboard.write_text(broken)
    assert run("check", doubtful.folder, "--fix").code == ExitCode.STORYBOARD
    assert doubtful.storyboard.read_text() == broken


_SAFE = [rule for rule in house_rules() if rule.is_safe_to_mend]


@pytest.mark.parametrize("rule", _SAFE, ids=lambda rule: rule.code)
def test_a_fixable_example_is_fixed(rule: Rule, tmp_path: Path) -> None:
    """The bad example of each rule that mends loses its doubt, and gets no other."""
    workspace = new_workspace(tmp_path / "film", HEAD + rule.bad)
    texts = texts_of(workspace)
    assert rule.code in told(workspace)
    done = mend(workspace, texts, "en")
    assert done.left == ()
    assert [one.code for one in done.mended] == [rule.code]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_mending_is_idempotent_and_touches_no_comment(data: st.DataObject, tmp_path_factory: Any) -> None:
    """However doubts and comments are mixed: mending again changes nothing, and every comment is still there."""
    lines = ["workprint: 1", "title: x", "scenes:"]
    comments = []
    for number in range(data.draw(st.integers(1, 4))):
        lines.append(f"  - id: s{number}")
        for key, values in (
            ("prompt", ["A hare runs.", "Beautiful video"]),
            ("negative", ["no text", '"no text, without hands"', "text", "'без людей, no sky'"]),
            ("place", ["forest", "lake"]),
            ("transition", ["cut", "wipe left", "crossfade 0.5s"]),
        ):
            remark = data.draw(st.sampled_from(["", "", f"  # {key} {number} no text"]))
            comments += [remark] if remark else []
            lines.append(f"    {key}: {data.draw(st.sampled_from(values))}{remark}")
    workspace = new_workspace(tmp_path_factory.mktemp("film") / "film", "\n".join(lines) + "\n")
    once = mend(workspace, texts_of(workspace), "en")
    text = once.after["storyboard.yaml"].decode()
    assert all(remark in text for remark in comments)
    twice = mend(workspace, once.after, "en")
    assert twice.mended == ()
    assert twice.after == once.after
    assert not {"W235", "W204"} & {one.code for one in once.left}


def test_strict_lets_doubts_count(run: Run, doubtful: Workspace) -> None:
    """Warnings alone end well; with `--strict` they do not."""
    assert run("check", doubtful.folder).code == ExitCode.OK
    assert run("check", doubtful.folder, "--strict").code == ExitCode.STORYBOARD


@pytest.mark.parametrize(
    ("film", "key", "option", "environment", "russian"),
    [
        ("", "", "", "", False),
        ("ru", "", "", "", True),
        ("", "", "", "ru_RU.UTF-8", True),
        ("en", "", "", "ru_RU.UTF-8", False),
        ("ru", "en", "", "", False),
        ("en", "ru", "", "", True),
        ("ru", "ru", "en", "", False),
        ("en", "en", "ru", "", True),
    ],
)
def test_the_language_of_doubts(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    film: str,
    key: str,
    option: str,
    environment: str,
    russian: bool,
) -> None:
    """As asked for, else as the film's key says, else the film's own language, else that of the person's terminal."""
    head = f"language: {film}\n" if film else ""
    head += f"check: {{language: {key}}}\n" if key else ""
    text = f"workprint: 1\ntitle: x\n{head}scenes: [{{id: s, prompt: Beautiful video}}]\n"
    folder = new_workspace(tmp_path / "film", text).folder
    if environment:
        monkeypatch.setenv("LANG", environment)
    answer = run("check", folder, *(["--language", option] if option else []))
    assert ("хвалит" in answer.out or "нравиться" in answer.out) == russian
    assert "W228" in answer.out


def test_explain_tells_why_with_examples(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code in any case gets its reason, both examples and the ways to switch it off, in either language."""
    monkeypatch.chdir(tmp_path)
    english = run("check", "--explain", "w235").out
    assert english.startswith("W235: Something denied in `negative`")
    assert "check --fix` mends it" in english
    assert "negative: 'no text, no people'" in english
    assert "check: {off: [W235]}" in english
    russian = run("check", "--explain", "W235", "--language", "ru").out
    assert "Почему" in russian
    assert json.loads(run("check", "--explain", "W235", "--json").out)["fix"] is True


def test_explain_knows_errors_and_strangers(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is explained as one; a code that is none ends with what codes look like."""
    monkeypatch.chdir(tmp_path)
    assert "cannot be switched off" in run("check", "--explain", "E130").out
    answer = run("check", "--explain", "zebra")
    assert answer.code == ExitCode.MISSING
    assert "no code 'zebra'" in answer.err


def test_what_is_switched_off_in_vain_is_told(tmp_path: Path) -> None:
    """A switch for a doubt that is not there is itself a doubt; one that hangs on the machine is not."""
    text = "workprint: 1\ntitle: x\ncheck: {off: [W235, W227]}\nscenes: [{id: s, prompt: A hare runs.}]\n"
    workspace = new_workspace(tmp_path / "film", text)
    (only,) = prove(workspace, texts_of(workspace), language="en").diagnostics
    assert (only.code, only.line) == ("W220", 3)
    assert only.message.startswith("W235")


def test_switches_in_a_list_are_taken_out_one_by_one(tmp_path: Path) -> None:
    """An item on a line of its own goes, its remark stays; the last one stays too, for nothing may stand there."""
    text = (
        "workprint: 1\ntitle: x\ncheck:\n  off:\n    - W235   # why\n    - W228\n    - W233\n"
        "scenes: [{id: s, prompt: Beautiful video}]\n"
    )
    workspace = new_workspace(tmp_path / "film", text)
    done = mend(workspace, texts_of(workspace), "en")
    after = done.after["storyboard.yaml"].decode()
    assert after == text.replace("- W235   # why", "   # why").replace("    - W233\n", "")
    alone = (
        text.replace("    - W235   # why\n", "").replace("    - W228\n", "").replace("Beautiful video", "A hare runs.")
    )
    workspace = new_workspace(tmp_path / "alone", alone)
    assert mend(workspace, texts_of(workspace), "en").changed == ()


def test_what_cannot_be_mended_safely_is_left(tmp_path: Path) -> None:
    """Texts over several lines and with escapes stay as they are, and are told as before."""
    text = (
        "workprint: 1\ntitle: x\ncharacters: {bob: {name: 'Bob \"B\"', role: hero}}\nscenes:\n"
        "  - id: s\n    place: forest\n    cast: [bob]\n    negative: >\n      no text,\n      no hands\n"
        '    lines: [{by: bob, say: "Bob \\"B\\": it\'s \\u0041 test"}]\n'
    )
    workspace = new_workspace(tmp_path / "film", text)
    done = mend(workspace, texts_of(workspace), "en")
    assert done.changed == ()
    assert [one.code for one in done.left] == ["W235", "W236"]


def test_lost_files_are_not_switched_off(tmp_path: Path) -> None:
    """An error that only proofreading sees stays, whatever a comment says."""
    text = "workprint: 1\ntitle: x\nscenes: [{id: s, clip: a.mov}]  # workprint: off W209\n"
    workspace = new_workspace(tmp_path / "film", text)
    assert "E180" in told(workspace)


def _shouting(case: Case) -> Iterator[Finding]:
    for scene in case.film.scenes:
        if scene.prompt.isupper():
            yield Finding(case.places.of_scene(scene.id, "prompt"), {"id": scene.id})


SHOUTING = Rule(
    code="ACME-7",
    title=Wording("A prompt that shouts.", "Описание криком."),
    reason=Wording("Nobody likes that.", "Никому это не нравится."),
    says={"": Said(Wording("'{id}' shouts", "«{id}» кричит"), Wording("write small letters", "пишите строчными"))},
    bad="",
    good="",
    looks=_shouting,
)


@pytest.fixture
def acme(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """Installs a distribution that brings a rule."""
    real_find, real_load = plugins.find, plugins.load

    def install(rule: object) -> None:
        entry = metadata.EntryPoint("shouting", "acme:RULE", "workprint.rules")

        def find(group: Any) -> dict[str, metadata.EntryPoint]:
            return {"shouting": entry} if group == "workprint.rules" else dict(real_find(group))

        def load(group: Any, name: str) -> Any:
            return rule if group == "workprint.rules" else real_load(group, name)

        monkeypatch.setattr(plugins, "find", find)
        monkeypatch.setattr(plugins, "load", load)
        monkeypatch.setattr(plugins, "distribution_of", lambda _: "acme 1.0")

    return install


SHOUT = "workprint: 1\ntitle: x\n%sscenes: [{id: s, prompt: A HARE RUNS.}]\n"


def test_rules_of_others_are_heard_and_switched_off(acme: Callable[[object], None], tmp_path: Path) -> None:
    """A rule that a distribution brings is asked like those of the house, and switched off like them."""
    acme(SHOUTING)
    assert told(new_workspace(tmp_path / "a", SHOUT % "")) == ["ACME-7"]
    assert told(new_workspace(tmp_path / "b", SHOUT % "check: {off: [acme-7]}\n")) == []


def test_a_switch_for_a_rule_that_is_not_installed(tmp_path: Path) -> None:
    """Whoever has not installed the rule is told so, as a doubt."""
    workspace = new_workspace(tmp_path / "a", SHOUT % "check: {off: [ACME-7]}\n")
    (only,) = prove(workspace, texts_of(workspace), language="en").diagnostics
    assert (only.code, "no rule here" in only.message) == ("W220", True)


def _broken(_: Case) -> Iterator[Finding]:
    raise KeyError("oh")


@pytest.mark.parametrize(
    "rule",
    [
        "no rule at all",
        Rule("W228", SHOUTING.title, SHOUTING.reason, "", ""),
        Rule("ACME-8", SHOUTING.title, SHOUTING.reason, "", "", _broken),
    ],
    ids=["none", "a code of the house", "broken"],
)
def test_a_rule_of_others_that_does_not_work(
    acme: Callable[[object], None], run: Run, tmp_path: Path, rule: object
) -> None:
    """It is named with its distribution or its code, without a traceback."""
    acme(rule)
    answer = run("check", new_workspace(tmp_path / "a", SHOUT % "").folder)
    assert answer.code == ExitCode.MISSING
    assert "acme 1.0" in answer.err or "ACME-8" in answer.err
    assert "Traceback" not in answer.err


def test_a_broken_rule_of_others_can_be_switched_off(acme: Callable[[object], None], tmp_path: Path) -> None:
    """The advice that is given helps."""
    acme(Rule("ACME-8", SHOUTING.title, SHOUTING.reason, "", "", _broken))
    assert told(new_workspace(tmp_path / "a", SHOUT % "check: {off: [ACME-8]}\n")) == []
