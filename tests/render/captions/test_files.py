"""Caption files: well-formed, read back by others' readers, and free of markup from a storyboard."""

from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import programs
from render.captions import Caption, Dress, Measure, Span, spans, srt, vtt
from render.captions.ass import Sheet, ass, escaped
from render.timeline import Uttered, Words
from storyboard.captioning import CaptionLook, CaptionStyle
from storyboard.safe_area import SafeArea

RATE = Fraction(24)


def uttered(*words: tuple[str, float, float]) -> tuple[Uttered, ...]:
    """Words at seconds of the film."""
    return tuple(Uttered(text, round(first * 48_000), round(last * 48_000)) for text, first, last in words)


SAID = Words(
    "a", "Max, the {old} one", "Да, — <это> тропа.", 24, 60,
    uttered(("Да,", 1.0, 1.2), ("<это>", 1.5, 1.8), ("тропа.", 2.0, 2.4)), "max-1",
)  # fmt: skip
SHEET = Sheet(1280, 720, Dress(language="ru"), by_word=True, title="Film")


def test_srt() -> None:
    """SubRip numbers its captions and writes milliseconds after a comma."""
    assert srt([Span("Да & нет", 12, 36)], RATE) == "1\n00:00:00,500 --> 00:00:01,500\nДа & нет\n"


def test_srt_has_two_lines_and_may_stand_at_the_top() -> None:
    """Long captions have two lines; at the top they say so as players understand it."""
    text = srt([Span("I did not hike eleven miles and nearly die to hear that.", 0, 48)], RATE, top=True)
    assert text.split("\n")[2:4] == ["{\\an8}I did not hike eleven miles", "and nearly die to hear that."]


def test_vtt_escapes_markup() -> None:
    """WebVTT gets no markup from a storyboard."""
    text = vtt([Span("a <b> & c", 0, 24)], RATE, "en")
    assert text.startswith("WEBVTT\n")
    assert "a &lt;b&gt; &amp; c" in text
    assert "00:00:00.000 --> 00:00:01.000" in text


def test_clock_of_ntsc_has_no_drift() -> None:
    """After an hour of 30000/1001 the clock is still exact to the millisecond."""
    assert "01:00:03,600" in srt([Span("x", 108_000, 108_030)], Fraction(30000, 1001))


def test_vtt_tells_who_speaks_each_word_and_when() -> None:
    """Each word after the first follows its time; signs that are not spoken come with the word before them."""
    text = vtt(spans([SAID], RATE), RATE, "ru", top=True)
    assert "00:00:01.000 --> 00:00:02.500 line:8%,start\n" in text
    assert "<v Max, the {old} one>Да, — <00:00:01.500>&lt;это&gt; <00:00:02.000>тропа.\n" in text


def test_vtt_tells_no_time_outside_of_its_cue() -> None:
    """A word that begins after its caption has gone, because of a cut, has no time of its own."""
    span = Span("one two", 0, 24, (0, 30), (0, 60_000))
    assert "one two\n" in vtt([span], RATE, "en")


def test_ass_sings_each_word() -> None:
    """Words carry how long each is sung, together as long as the caption; a dash by itself takes no time."""
    (event,) = [line for line in ass(spans([SAID], RATE), RATE, SHEET).split("\n") if line.startswith("Dialogue")]
    assert event == (
        "Dialogue: 0,0:00:01.00,0:00:02.50,Caption,Max  the {old} one,0,0,0,,"
        "{\\kf50}Да, {\\kf0}— {\\kf50}<это> {\\kf50}тропа."
    ).replace("Max  the", "Max the")


def test_ass_is_read_back() -> None:
    """Another reader finds the same times, the style, and the words of the captions."""
    shown = spans([SAID, Words("a", "Tom", "Look: 15 km of {grass}!", 96, 144)], RATE)
    read = pysubs2.SSAFile.from_string(ass(shown, RATE, SHEET))
    assert [(one.start, one.end) for one in read] == [(1000, 2500), (4000, 6000)]
    assert read[0].plaintext == "Да, — <это> тропа."
    style = read.styles["Caption"]
    assert (read.info["PlayResX"], read.info["PlayResY"]) == ("1280", "720")
    assert (style.fontname, style.borderstyle, style.alignment) == ("Noto Sans", 4, pysubs2.Alignment.BOTTOM_CENTER)
    assert style.primarycolor == pysubs2.Color(0xFF, 0xD8, 0x4A)


def test_ass_keeps_to_the_safe_area() -> None:
    """Margins of the file are those of the burned captions."""
    dress = Dress(CaptionLook("outline", at="top"), "en", SafeArea(top=0.2, right=0.3))
    read = pysubs2.SSAFile.from_string(ass([Span("x", 0, 24)], RATE, Sheet(720, 1280, dress)))
    style = read.styles["Caption"]
    assert style.marginr >= 0.3 * 720
    assert style.marginv >= 0.2 * 1280
    assert style.alignment == pysubs2.Alignment.TOP_CENTER


def test_ass_gets_no_markup_from_a_storyboard() -> None:
    """Braces and backslashes of a text are shown, not obeyed."""
    assert escaped("{\\an8}\\N x") == "\\{\\\u2060an8\\}\\\u2060N x"


@given(
    st.lists(st.tuples(st.text("ab c<&>-{}\\\n—ж1", min_size=1, max_size=90), st.integers(1, 90)), max_size=8),
)
def test_every_reader_finds_as_many_captions(said: list[tuple[str, int]]) -> None:
    """SubRip, WebVTT and ASS are read back with the same number of captions at the same times."""
    shown, place = [], 0
    for text, length in said:
        words = " ".join(text.split())
        if words:
            shown.append(Caption(words, place, place + length, scene="a", line="b", speaker="A -> B"))
        place += length + 2
    texts = {
        "srt": srt(shown, RATE),
        "vtt": vtt(shown, RATE, "en"),
        "ass": ass(shown, RATE, Sheet(1280, 720, Dress())),
    }
    for kind, text in texts.items():
        read = pysubs2.SSAFile.from_string(text, format_=kind)
        assert len(read) == len(shown), kind
        assert all(abs(one.start - 1000 * span.first / 24) <= 10 for one, span in zip(read, shown, strict=True))


@pytest.mark.parametrize("style", ["boxed", "outline", "plain", "karaoke", "bold pop"])
def test_players_draw_the_ass_file(style: CaptionStyle, tmp_path: Path) -> None:
    """The library of most players draws every style within its margins, at its time only, whatever braces it holds."""
    safe = SafeArea(bottom=0.3, left=0.1, right=0.1)
    dress = Dress(CaptionLook(style), "en", safe)
    words = "Oh {\\an8} heck no" if style != "bold pop" else "Oh {heck} no"
    count = len(words.split())
    span = Span(words, 24, 48, tuple(range(24, 24 + count)), tuple(48_000 + 4_800 * n for n in range(count)))
    (tmp_path / "film.ass").write_text(ass([span], RATE, Sheet(320, 180, dress, by_word=True)), encoding="utf-8")
    command = [str(programs.ffmpeg()), "-v", "error", "-f", "lavfi", "-i", "color=c=0x8090a0:s=320x180:r=24:d=3"]
    command += ["-vf", "ass=film.ass,format=gray", "-f", "rawvideo", "-"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    pictures = np.frombuffer(done.stdout, np.uint8).reshape(72, 180, 320).astype(int)
    shown = np.abs(pictures - pictures[0]) > 12
    assert [bool(picture.any()) for picture in shown] == [24 <= n < 48 for n in range(72)]
    rows, columns = np.flatnonzero(shown[30].any(axis=1)), np.flatnonzero(shown[30].any(axis=0))
    assert rows[0] > 90
    assert rows[-1] < 0.72 * 180
    assert columns[0] >= 30
    assert columns[-1] <= 290


def test_lines_of_digits_are_no_numbers_of_captions() -> None:
    """A caption of digits and an arrow does not break the file."""
    read = pysubs2.SSAFile.from_string(srt([Span("1 --> 2", 0, 24), Span("3", 30, 60)], RATE), format_="srt")
    assert [one.plaintext for one in read] == ["1 → 2", "3"]


def test_files_follow_the_measure() -> None:
    """Lines of a narrow measure are short in every format."""
    span = Span("I did not hike eleven miles and nearly die.", 0, 48)
    narrow = Measure(width=24)
    for text in (srt([span], RATE, narrow), vtt([span], RATE, "en", narrow)):
        assert all(len(line) <= 36 for line in text.split("\n"))
    assert "eleven\\Nmiles" in ass([span], RATE, Sheet(360, 640, Dress()), narrow)
