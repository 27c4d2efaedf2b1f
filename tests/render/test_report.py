"""The report: what its drawings and its page say, and that nothing of a film can speak for itself on it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from render.report.drawing import clock, timeline, waveform
from render.report.facts import (
    CaptionFacts,
    CutFacts,
    FileFacts,
    Lane,
    ReceiptFacts,
    ReportFacts,
    SceneFacts,
    SoundFacts,
    Stretch,
    TakeFacts,
)
from render.report.page import page
from render.report.pictures import short_term
from render.report.words import WORDS

RATE = Fraction(24)
HOSTILE = '"><script>alert(1)</script><img src=https://evil.test/x onerror=alert(2)>'
MEASURED = {
    "frames": 240,
    "frames_planned": 240,
    "size": "640x360",
    "lufs": -14.1,
    "lufs_planned": -14.0,
    "true_peak_dbtp": None,
    "colour": "bt709 limited",
    "black": [[0.0, 1.5]],
    "silent": [],
    "flashing": {"most_changes_a_second": 9, "spans": [[2.0, 3.5]]},
    "passed": True,
    "faults": [],
    "cuts": [
        {"scene": "one", "planned_frame": 0, "error_frames": 0, "av_offset_ms": 0.5, "sound_likeness": 0.9},
        {"scene": "two", "planned_frame": 120, "error_frames": 2, "av_offset_ms": None, "sound_likeness": None},
    ],
}


_MAIN = CutFacts("16:9", "a%20film.mp4", 640, 360, MEASURED, source="algorithmicMedia", seal="valid")


def facts(words: str = "Words") -> ReportFacts:
    """A small report in which every text is `words`."""
    lanes = (
        Lane("picture", (Stretch(words, 0, 100, "scene"), Stretch(words, 100, 110, "join"))),
        Lane("sounds", (Stretch(words, 20, 60, "effects"),)),
        Lane("sounds", (Stretch(words, 30, 90, "effects"),)),
    )
    scenes = (
        SceneFacts("one", 0, 120, words, words, 2, words, "current", (b"1", b"2", b"3"), (TakeFacts(1, 5, False, ()),)),
        SceneFacts("two", 120, 120, words, words, 1, words, "missing", ()),
    )
    sound = SoundFacts(-np.ones(4, np.float32), np.ones(4, np.float32), np.full(20, -20.0), -14.0, -14.1, None)
    return ReportFacts(
        title=words,
        author=words,
        language="en",
        rate=RATE,
        frames=240,
        exact=False,
        cuts=(_MAIN, CutFacts("9:16", "", 360, 640, {}, (b"4",))),
        scenes=scenes,
        lanes=lanes,
        captions=(CaptionFacts(words, words, 0, 10, 25.0, True),),
        sound=sound,
        warnings=(words,),
        receipts=(ReceiptFacts(words, (("prompt", words),), words),),
        credits=(words,),
        files=(FileFacts(words, "a%20film.srt"),),
    )


class Tags(HTMLParser):
    """The tags of a page with their attributes, and whether each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag."""
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of that name."""
        return [attributes for name, attributes in self.found if name == tag]


def test_what_a_film_says_is_never_markup() -> None:
    """Titles, prompts, captions and receipts that hold tags and scripts are shown as letters, wherever they stand."""
    tags = Tags(page(facts(HOSTILE)))
    assert len(tags.of("script")) == 1
    assert not [one for one in tags.of("img") if not str(one["src"]).startswith("data:image/webp;base64,")]
    assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on")]
    assert page(facts(HOSTILE)).count("&lt;script&gt;") >= 10


def test_the_page_may_load_nothing() -> None:
    """Its security policy allows only what lies in it and the film beside it; it names no address of the network."""
    text = page(facts())
    policy = next(str(one["content"]) for one in Tags(text).of("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not re.search(r"https?://", text)


def test_style_and_script_are_those_that_the_policy_knows() -> None:
    """The policy's digests are of the very texts between the tags; else a browser would show a bare page."""
    import base64
    import hashlib

    text = page(facts())
    for tag in ("style", "script"):
        inner = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert inner is not None
        digest = base64.b64encode(hashlib.sha256(inner[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in text


def test_every_section_is_there() -> None:
    """From the film itself to its receipts and credits, in this order."""
    tags = Tags(page(facts()))
    ids = [one.get("id") for one in tags.of("section")]
    wanted = "film warnings timeline sound sheet takes others measured captions provenance files receipts credits"
    assert ids == wanted.split()
    assert [one["src"] for one in tags.of("video")] == ["a%20film.mp4"]


def test_empty_sections_are_left_out() -> None:
    """A film that is not made has no player, no sound and no verdict but that it is not made."""
    bare = replace(facts(), sound=None, captions=(), receipts=(), credits=(), warnings=(), lanes=(), files=())
    bare = replace(bare, cuts=(CutFacts("16:9", "", 640, 360, {}),), scenes=bare.scenes[1:])
    text = page(bare)
    ids = [one.get("id") for one in Tags(text).of("section")]
    assert ids == ["warnings", "timeline", "sheet", "measured"]
    assert WORDS["en"]["unmade"] in text
    assert WORDS["en"]["missing"] in text


@pytest.mark.parametrize("language", ["en", "ru"])
def test_provenance_flashes_and_files_are_told(language: str) -> None:
    """How each cut came about and whether its seal holds, where it flashes, and what lies beside it."""
    text = page(facts(), language)
    words = WORDS[language]
    assert words["algorithmicMedia"] in text
    assert words["valid"] in text
    assert "5 · 2.0–3.5 s" in text
    assert '<a href="a%20film.srt">' in text
    broken = replace(facts(), cuts=(replace(_MAIN, seal="invalid"), replace(_MAIN, source="", seal="")))
    text = page(broken, language)
    assert f'class="bad">{words["invalid"]}' in text
    assert words["unsealed"] in text


def test_faults_are_told() -> None:
    """A film that is not as planned says so at its head, and what is wrong in the table."""
    report = {**MEASURED, "passed": False, "faults": ["a cut is 2 frames off"]}
    text = page(replace(facts(), cuts=(CutFacts("16:9", "f.mp4", 640, 360, report),)))
    assert 'class="verdict failed"' in text
    assert "a cut is 2 frames off" in text


def test_the_reader_may_have_another_language() -> None:
    """The page's own words come in Russian where they are asked for, or where the film is Russian."""
    assert WORDS["en"].keys() == WORDS["ru"].keys()
    for text in (page(facts(), "ru"), page(replace(facts(), language="ru-RU"))):
        assert WORDS["ru"]["sheet"] in text
        assert WORDS["en"]["sheet"] not in text


def test_blocks_of_the_timeline_stand_where_their_frames_are() -> None:
    """A block begins and ends at its share of the film, in per cent, and knows the second to go to."""
    drawn = ET.fromstring(timeline(facts().lanes, 240, RATE))  # noqa: S314  # our own drawing
    blocks = [one for one in drawn.findall("svg") if one.get("class") == "join"]
    assert (blocks[0].get("x"), blocks[0].get("width")) == ("41.667%", "4.167%")
    assert float(blocks[0].get("data-seek", "")) == pytest.approx(100 / 24, abs=1e-4)


def test_loudness_is_broken_where_it_is_silent() -> None:
    """Silence draws no line along the floor: there are as many runs as loud stretches."""
    levels = np.array([-20.0] * 5 + [-np.inf] * 5 + [-30.0] * 5)
    sound = SoundFacts(np.zeros(4, np.float32), np.zeros(4, np.float32), levels, -14.0, None, None)
    drawn = ET.fromstring(waveform(sound, 240, RATE))  # noqa: S314  # our own drawing
    runs = [str(one.get("points")).split() for one in drawn.iter("polyline")]
    assert [len(run) for run in runs] == [5, 5]
    heights = [float(run[0].split(",")[1]) for run in runs]
    assert heights == pytest.approx([120 * 20 / 50, 120 * 30 / 50])


def test_short_term_loudness_of_a_steady_sound_is_its_level() -> None:
    """Cells of one energy give one level, -0.691 dB off it as BS.1770 has it; silence has none."""
    levels = short_term([{"energies": [0.01] * 40}, {"energies": [0.01] * 20}])
    assert levels[30] == pytest.approx(-20.691, abs=0.01)
    assert np.isneginf(short_term([{"energies": [0.0] * 40}])).all()
    assert short_term([]).size == 0


@pytest.mark.parametrize(("frame", "told"), [(0, "0:00.0"), (36, "0:01.5"), (24 * 61, "1:01.0")])
def test_times_are_told_in_minutes(frame: int, told: str) -> None:
    """A frame is told as minutes, seconds and tenths."""
    assert clock(frame, RATE) == told


def test_nothing_of_the_machine_stands_on_the_page(tmp_path: Path) -> None:
    """The page links to the film by its place beside it, percent-encoded."""
    from render.report.gather import _beside

    assert _beside(tmp_path / "out" / "мой film #1.mp4", tmp_path / "out") == ("%D0%BC%D0%BE%D0%B9%20film%20%231.mp4")
    assert _beside(tmp_path / "out" / "a.mp4", tmp_path / "pages") == "../out/a.mp4"
