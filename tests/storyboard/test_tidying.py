"""Storyboards written tidily anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import projects
from storyboard.errors import StoryboardError
from storyboard.load import read
from storyboard.source import parse
from storyboard.tidying import same, tidied

HEAD = "workprint: 1\ntitle: A film\n"
SAMPLES = sorted((Path(projects.__file__).parent / "samples").glob("*/storyboard.yaml"))


def tidy(body: str) -> str:
    text = tidied(HEAD + body, "storyboard.yaml")
    assert text.startswith(HEAD)
    assert tidied(text, "storyboard.yaml") == text
    return text.removeprefix(HEAD)


def test_keys_stand_in_the_order_of_the_format_and_comments_go_with_them() -> None:
    """A comment above or beside a key moves with it."""
    before = """\
scenes:
- prompt: a wood   # what is seen
  # how it is called
  id: a
style: noir
"""
    assert (
        tidy(before)
        == """\
style: noir

scenes:
  # how it is called
  - id: a
    prompt: a wood  # what is seen
"""
    )


def test_scenes_stand_apart_and_other_empty_lines_are_single() -> None:
    """One empty line goes before each scene but the first, and never two in a row."""
    scenes = "scenes:\n  - {id: a, prompt: x}\n  - id: b\n    prompt: y\n\n\n  - {id: c, prompt: z}\n"
    before = f"fps: 24\n\n\n\nseed: 1\n{scenes}"
    assert tidy(before) == (
        "fps: 24\n\nseed: 1\n\nscenes:\n  - {id: a, prompt: x}\n\n  - id: b\n    prompt: y\n\n  - {id: c, prompt: z}\n"
    )


@pytest.mark.parametrize(
    ("written", "tidily"),
    [
        ('"plain words"', "plain words"),
        ("'no'", "no"),
        ('"9:16"', "9:16"),
        ('"1:30"', "1:30"),
        ('"10"', '"10"'),
        ('"true"', '"true"'),
        ("'~'", '"~"'),
        ('"a: b"', '"a: b"'),
        ('"a #b"', '"a #b"'),
        ('"# b"', '"# b"'),
        ("'- a'", '"- a"'),
        ('"[a]"', '"[a]"'),
        ("'it''s'", "it's"),
        ("'say \"yes\"'", 'say "yes"'),
        ("'\"yes\" he says'", "'\"yes\" he says'"),
        ('"a\\tb"', '"a\\tb"'),
        ("'&a'", '"&a"'),
        ("'*a'", '"*a"'),
        ("'%a'", '"%a"'),
        ("'@a'", '"@a"'),
        ("'a, b'", "a, b"),
        ("'нет'", "нет"),
        ("  two   spaces", "two   spaces"),
    ],
)
def test_quotes_stand_only_where_they_are_needed(written: str, tidily: str) -> None:
    """Words that YAML 1.1 would have taken for something else need none; what YAML 1.2 would take does."""
    assert tidy(f"scenes:\n  - id: a\n    prompt: {written}\n") == f"\nscenes:\n  - id: a\n    prompt: {tidily}\n"


def test_quotes_in_short_forms_follow_their_own_rules() -> None:
    """A comma or a bracket needs quotes inside brackets, and a shape of a cut does not."""
    text = tidy('cuts: ["16:9", \'9:16\']\nscenes:\n  - id: a\n    lines: ["a, b", "c"]\n')
    assert text == 'cuts: [16:9, 9:16]\n\nscenes:\n  - id: a\n    lines: ["a, b", c]\n'


def test_other_readers_of_yaml_read_it_too() -> None:
    """A question inside brackets keeps its quotes, as readers of YAML 1.1 want it; signs of all planes survive."""
    text = tidy('scenes:\n  - id: a\n    lines: [{by: b, say: "Wait. What? Me"}]\n    prompt: "x \U0008b64f }.="\n')
    assert 'say: "Wait. What? Me"' in text
    read_elsewhere = yaml.load(text, Loader=yaml.SafeLoader)["scenes"][0]
    assert read_elsewhere["prompt"] == "x \U0008b64f }.="


def test_short_forms_stay_and_become_long_where_they_are_too_wide() -> None:
    """Brackets and braces are kept as long as they fit on a line."""
    wide = f"{{who: yorblef, action: walk, wears: {'a very long coat ' * 7}}}"
    before = (
        f"scenes:\n  - id: a\n    cast: [{{who: guru,   at: left}}, yorblef]\n  - id: b\n    cast:\n      - {wide}\n"
    )
    text = tidy(before)
    assert "    cast: [{who: guru, at: left}, yorblef]\n" in text
    assert "      - who: yorblef\n        action: walk\n        wears: a very long" in text


def test_long_text_is_folded_and_folded_text_filled() -> None:
    """Prose fills lines of 120 columns however it was broken, and says the same."""
    words = "word " * 60
    text = tidy(f"scenes:\n  - id: a\n    prompt: one\n      two\n      three\n  - id: b\n    prompt: {words}\n")
    assert "    prompt: one two three\n" in text
    assert max(map(len, text.splitlines())) <= 120


def test_block_text_keeps_its_lines() -> None:
    """Text after `|` or `>` is moved with its key, line by line, its comment kept."""
    before = "scenes:\n- id: a\n  text: |   # big\n      One\n\n        two\n  prompt: >-\n    three\n    four\n"
    assert tidy(before) == (
        "\nscenes:\n  - id: a\n    prompt: >-\n      three\n      four\n    text: |  # big\n      One\n\n        two\n"
    )


def test_comments_at_the_foot_of_a_scene_stay_in_it() -> None:
    """A line that was commented out stays where its column says that it belongs."""
    before = """\
scenes:
  - id: a
    prompt: x
    # camera: pan left

  # - id: gone
  - id: b
    prompt: y
    # at the foot of b
  # at the foot of the scenes
# at the end
"""
    assert tidy(before) == f"\n{before}"


def test_comments_in_brackets_make_them_long() -> None:
    """A list with comments inside stands on lines of its own."""
    assert tidy("cuts: [\n  16:9,  # wide\n  # tall:\n  9:16\n]\nscenes: [{id: a, prompt: x}]\n") == (
        "cuts:\n  - 16:9  # wide\n  # tall:\n  - 9:16\n\nscenes: [{id: a, prompt: x}]\n"
    )


def test_the_heading_stays_at_the_top() -> None:
    """Comments before the first key do not move with it."""
    text = "# yaml-language-server: $schema=x\n\n# My film\ntitle: A\nworkprint: 1\nscenes: [{id: a, prompt: x}]\n"
    assert tidied(text, "s").startswith("# yaml-language-server: $schema=x\n\n# My film\nworkprint: 1\ntitle: A\n")


def test_names_of_the_author_keep_their_order() -> None:
    """Characters, pronunciations and settings stand as they were written: their order may matter."""
    text = tidy("characters:\n  zoe: {looks: tall, name: Zoe}\n  adam: {}\nscenes: [{id: a, cast: [zoe]}]\n")
    assert text.index("zoe:") < text.index("adam:")
    assert "{name: Zoe, looks: tall}" in text


def test_a_file_with_anchors_keeps_its_order() -> None:
    """An anchor must stand before what names it."""
    body = "scenes:\n  - prompt: &p x\n    id: a\n  - {id: b, prompt: *p }\n"
    assert tidy(body) == "\nscenes:\n  - prompt: &p x\n    id: a\n\n  - {id: b, prompt: *p}\n"


def test_what_is_no_yaml_is_refused_with_its_place() -> None:
    """A file in the middle of being typed is left alone."""
    with pytest.raises(StoryboardError) as refused:
        tidied(HEAD + "scenes: [\n", "s.yaml")
    assert refused.value.diagnostics[0].path == "s.yaml"


def test_mistakes_of_meaning_do_not_matter() -> None:
    """A misspelt key is kept, behind the known ones."""
    assert tidy("stile: noir\nseed: 1\nscenes: []\n") == "seed: 1\n\nscenes: []\nstile: noir\n"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_the_samples_mean_the_same_afterwards(path: Path) -> None:
    """Tidying a whole film changes nothing that is seen or heard, loses no comment, and needs no second time."""
    text = path.read_text(encoding="utf-8")
    made = tidied(text, path.name)
    assert tidied(made, path.name) == made
    assert read(made, path.name).film == read(text, path.name).film
    assert sorted(re.findall(r"(?<!\S)#.*", text)) == sorted(re.findall(r"(?<!\S)#.*", made))


WORD = st.text("abcёЖ:#-'\"\\{}[],&*!|>%@`? \t", min_size=1, max_size=12).map(str.strip).filter(bool)
COMMENT = st.from_regex(r"\A#[ a-z:\[\]{}'\"-]{0,12}\Z")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@st.composite
def storyboards(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A storyboard with comments at random places, and these comments."""
    comments: list[str] = []
    lines: list[str] = []

    def line(text: str, *, beside: bool = True) -> None:
        if draw(st.booleans()):
            indent = draw(st.sampled_from([0, 2, 4, 6, len(text) - len(text.lstrip(" -"))]))
            comments.append(draw(COMMENT).rstrip())
            lines.append(" " * indent + comments[-1])
        if draw(st.integers(0, 4)) == 0:
            lines.extend([""] * draw(st.integers(1, 3)))
        if beside and draw(st.integers(0, 2)) == 0:
            comments.append(draw(COMMENT).rstrip())
            text = f"{text} {comments[-1]}"
        lines.append(text)

    keys = draw(st.permutations(["style: noir", "seed: 7", "cuts: ['16:9', 9:16]"]))
    for text in ("workprint: 1", "title: A film", *keys):
        line(text)
    line("scenes:")
    dent = draw(st.sampled_from(["", "  ", "    "]))
    for number in range(draw(st.integers(1, 4))):
        inner = [f"id: s{number}", f"prompt: {quoted(draw(WORD))}", "camera: pan left"]
        inner = draw(st.permutations(inner))
        for place, text in enumerate(inner):
            line(f"{dent}{'- ' if place == 0 else '  '}{text}")
        if draw(st.booleans()):
            line(f"{dent}  lines:")
            for _ in range(draw(st.integers(1, 3))):
                line(f"{dent}    - {{say: {quoted(draw(WORD))}, pause: 1s}}")
    return "\n".join(lines) + "\n", comments


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(storyboards())
def test_every_comment_is_kept_and_the_film_is_the_same(made: tuple[str, list[str]]) -> None:
    """Whatever is written where, tidying keeps each comment once, says the same, and is done after one time."""
    text, comments = made
    tidily = tidied(text, "s.yaml")
    assert tidied(tidily, "s.yaml") == tidily
    before, after = parse(text, "s.yaml").node, parse(tidily, "s.yaml").node
    assert before is not None
    assert after is not None
    assert same(before, after)
    assert read(text, "s.yaml").film == read(tidily, "s.yaml").film
    for comment in set(comments):
        assert sum(one.endswith(comment) for one in tidily.splitlines()) >= comments.count(comment)
    assert "\n\n\n" not in tidily
