"""Deliveries of a small film: what is in the files, what is made again, and that words stay clear of the buttons."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from projects.progress import Note, Silent, StepStarted
from render.deliveries import hardware
from render.deliveries import presets as table
from render.deliveries.deliver import DeliveredFiles, Wish, deliver
from render.deliveries.hardware import Family
from render.deliveries.keeping import kept, unlisted
from render.orders import Order
from render.production import Production
from render.provenance import seal
from render.timeline import Body
from render.watching import luma_of
from scenes.takes import take_pictures
from storyboard.errors import MissingError
from tests.render.conftest import SMALL, Opener
from workprint.commands.cache import with_sources

pytestmark = pytest.mark.whole

DRAFT = Order(draft=True, jobs=1)


def pictures(path: Path) -> list[np.ndarray]:
    """Every frame of a film as RGB."""
    with av.open(str(path)) as media:
        return [frame.to_ndarray(format="rgb24") for frame in media.decode(video=0)]


def made(production: Production, *names: str, wish: Wish | None = None) -> dict[str, Path]:
    """The first file of each delivery."""
    return {
        one.preset: one.files[0] for one in deliver(production, names, DRAFT, Silent(), None, wish or Wish(short=360))
    }


def test_files_are_what_they_say(made_film: Opener) -> None:
    """AV1 and Opus in WebM, ProRes and PCM in QuickTime, moving previews, a poster: each as long as the film."""
    production = made_film(SMALL)
    files = made(production, "web", "master", "gif", "webp", "poster", "thumbnails")
    frames = production.lay_out(DRAFT).timeline.frames
    for name, codecs in (("web", ("av1", "opus")), ("master", ("prores", "pcm_s24le"))):
        with av.open(str(files[name])) as media:
            streams = (media.streams.video[0], media.streams.audio[0])
            assert tuple(one.codec_context.codec.canonical_name for one in streams) == codecs
        assert len(pictures(files[name])) == frames
    with av.open(str(files["master"])) as media:
        assert media.streams.video[0].codec_context.pix_fmt == "yuv422p10le"
    assert files["gif"].read_bytes()[:6] in (b"GIF89a", b"GIF87a")
    assert files["webp"].read_bytes()[8:12] == b"WEBP"
    assert files["poster"].suffix == ".jpg"


def test_words_stay_clear_of_the_buttons(film_of: Opener) -> None:
    """Burned captions change no pixel that TikTok lays something over, and many where it does not."""
    production = film_of(SMALL)
    spoken = pictures(made(production, "tiktok")["tiktok"])
    silent = film_of(SMALL.replace("captions: both", "captions: off"))
    bare = pictures(made(silent, "tiktok")["tiktok"])
    safe = table.preset("tiktok").safe
    clear = covered = 0.0
    for one, other in zip(spoken, bare, strict=True):
        changed = (np.abs(one.astype(int) - other).max(axis=2) > 60).astype(float)
        height, width = changed.shape
        inner = changed[
            int(height * safe.top) : int(height * (1 - safe.bottom)),
            int(width * safe.left) : int(width * (1 - safe.right)),
        ].sum()
        clear += inner
        covered += changed.sum() - inner
    assert clear > 2000
    assert covered < 0.002 * clear


class Ear(Silent):
    """Hears which steps are carried out, and what is noted."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.notes: list[str] = []

    def report(self, event: object) -> None:
        """Keep the names of steps that begin, and notes."""
        if isinstance(event, StepStarted):
            self.steps.append(event.name)
        if isinstance(event, Note):
            self.notes.append(event.text)

    def kinds(self) -> set[str]:
        """The kinds of the steps, as their names begin."""
        return {name.partition(":")[0].partition("@")[0] for name in self.steps}


def delivered(
    production: Production, name: str, order: Order = DRAFT, wish: Wish | None = None
) -> tuple[DeliveredFiles, Ear]:
    """One delivery, and what was heard of its making."""
    ear = Ear()
    (made,) = deliver(production, [name], order, ear, None, wish or Wish())
    return made, ear


def test_what_a_delivery_does_not_change_is_not_made_again(made_film: Opener) -> None:
    """After the film was rendered, its deliveries in the same size draw no scene and speak no line anew."""
    production = made_film(SMALL)
    for name in ("master", "web", "poster", "gif", "thumbnails"):
        _, ear = delivered(production, name)
        assert not ear.kinds() & {"take", "voice", "score", "music"}


@pytest.mark.parametrize(("name", "loudness"), [("web", -16.0), ("master", -23.0)])
def test_other_forms_are_measured(made_film: Opener, name: str, loudness: float) -> None:
    """Their report lies beside them: frames, loudness, true peak, sound against picture, limits; all as planned."""
    production = made_film(SMALL)
    made, _ = delivered(production, name)
    report = json.loads(made.files[0].with_suffix(".report.json").read_text(encoding="utf-8"))
    assert report == made.report
    assert report["faults"] == []
    assert report["frames"] == report["frames_planned"] == production.lay_out(DRAFT).timeline.frames
    assert report["lufs"] == pytest.approx(loudness, abs=0.3)
    assert report["true_peak_dbtp"] <= -1.0
    assert report["worst_av_offset_ms"] < 3
    assert [cut["scene"] for cut in report["cuts"]] == ["wood", "talk", "night"]
    assert report["platform"]["within"] is True
    assert report["platform"]["as_of"] == table.as_of()


def test_a_master_comes_straight_from_the_takes(made_film: Opener) -> None:
    """No film is joined and no piece coded for it, its own pieces do not stay, and its pictures are the takes'."""
    production = made_film(SMALL)
    made, ear = delivered(production, "master")
    assert "prores" in ear.kinds()
    assert not ear.kinds() & {"film", "body", "join", "sound", "check"}
    assert not any(one.order.name.startswith("prores:") for one in production.store.receipts())
    laid = production.lay_out(DRAFT)
    take = production.made(laid, "take")["take:talk@16x9-draft"]
    body = next(piece for piece in laid.timeline.pieces if isinstance(piece, Body) and piece.scene == "talk")
    due = luma_of(next(iter(take_pictures(take, body.first, body.first + 1)))).astype(float)
    with av.open(str(made.files[0])) as media:
        shown = next(frame for number, frame in enumerate(media.decode(video=0)) if number == body.start)
    luma = shown.to_ndarray()[0].astype(float) / 4
    assert abs(float((luma - due).mean())) < 0.1
    assert float(np.abs(luma - due).mean()) < 0.9


def test_a_poster_needs_no_film(film_of: Opener) -> None:
    """Without any take the pictures of the scenes are made, and nothing else; a made one is enough afterwards."""
    production = film_of(SMALL)
    made, ear = delivered(production, "poster")
    assert ear.kinds() <= {"take", "voice", "talk"}
    assert "the poster is of scene" in made.notes[0]
    again, ear = delivered(production, "poster")
    assert ear.steps == []
    assert again.files == made.files


def test_a_poster_is_chosen_among_what_is_made(film_of: Opener) -> None:
    """With one scene made the poster is of that scene, and it is told that the others were not looked at."""
    production = film_of(SMALL)
    production.render(dataclasses.replace(DRAFT, scenes=("wood",), cuts=(production.film.cuts[0],)), Silent())
    made, ear = delivered(production, "poster")
    assert ear.steps == []
    assert made.notes[0] == "the poster is of scene wood"
    assert "chosen among 1 of 3 scenes" in made.notes[1]


def test_drafts_say_which_scene_the_poster_is_of(film_of: Opener) -> None:
    """Where drafts are made, only the best scene is made in full for the poster."""
    production = film_of(SMALL)
    delivered(production, "poster")
    made, ear = delivered(production, "poster", Order(jobs=1))
    assert len([name for name in ear.steps if name.startswith("take:")]) == 1
    with Image.open(made.files[0]) as picture:
        assert picture.size == (640, 360)


def test_a_preview_makes_only_what_it_shows(film_of: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the first second only the first scene is drawn, at the preview's size, and nothing is mixed."""
    monkeypatch.setattr("render.deliveries.recode.PREVIEW", Fraction(1))
    production = film_of(SMALL.replace("resolution: 360p", "resolution: 720p"))
    made, ear = delivered(production, "gif", Order(jobs=1))
    assert {name for name in ear.steps if name.startswith("take:")} == {"take:wood@16x9"}
    assert ear.kinds() <= {"take", "body", "join", "voice", "talk"}
    assert (made.report["size"], made.report["seconds"]) == ("640x360", 1.0)
    take = production.store.receipts()
    assert any(one.order.kind == "take" and one.facts.get("height", 360) == 360 for one in take)


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ffmpeg's own encoder stand for a card's."""
    family = Family("nvenc", {"h264": "libx264"}, lambda codec, crf: ["-crf", str(crf)], filters="format=yuv420p")
    monkeypatch.setattr(hardware, "FAMILIES", {"nvenc": family})


def test_what_hardware_has_coded_is_measured_and_sealed(film_of: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the film of the house: its report is of the file that is handed over, which begins with its index."""
    stand_in(monkeypatch)
    production = film_of(SMALL)
    made, _ = delivered(production, "youtube", Order(jobs=1), Wish(short=360, encoder="nvenc"))
    film = made.files[0]
    assert made.report["encoder"] == "libx264"
    assert made.report["faults"] == []
    assert made.report["frames"] == production.lay_out(DRAFT).timeline.frames
    assert made.report["worst_av_offset_ms"] < 3
    data = film.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert b"x264" in data
    if seal.is_there():
        told = seal.read(film)
        assert told is not None
        assert told["validation_state"] in ("Valid", "Trusted")
    assert any("not the same from machine to machine" in note for note in made.notes)


def test_hardware_that_spoils_the_film_is_told(made_film: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoder that loses frames is found out: the delivery says what is not as planned."""
    stand_in(monkeypatch)
    lossy = hardware.FAMILIES["nvenc"]
    lossy = dataclasses.replace(lossy, filters="format=yuv420p,select=gt(n\\,2)")
    monkeypatch.setattr(hardware, "FAMILIES", {"nvenc": lossy})
    made, _ = delivered(made_film(SMALL), "youtube", DRAFT, Wish(short=360, encoder="nvenc"))
    assert made.report["passed"] is False
    assert any("YouTube is not as planned" in note for note in made.notes)


def test_a_film_that_is_too_long_is_told_before_anything_is_made(
    made_film: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit of the platform is told first, with its date, and again in the report; it is made all the same."""
    short = dataclasses.replace(table.preset("tiktok"), most=2.0)
    monkeypatch.setitem(table.presets(), "tiktok", short)
    made, ear = delivered(made_film(SMALL), "tiktok", DRAFT, Wish(short=360))
    assert ear.notes[0].startswith(f"TikTok takes films of 2s at most (as of {table.as_of()}); this one lasts")
    assert any("takes films of 2s at most" in note for note in made.notes)
    assert made.report["platform"] == {
        "as_of": table.as_of(),
        "most_seconds": 2.0,
        "title": "TikTok",
        "within": False,
    }


def test_nothing_is_delivered_unnamed(film_of: Opener) -> None:
    """Neither on the command line nor in the storyboard: it is told how to name one."""
    production = film_of(SMALL)
    with pytest.raises(MissingError, match="no delivery is named"):
        made(production)


def test_tidying_keeps_what_listed_deliveries_need(made_film: Opener) -> None:
    """What `deliver:` names is made of nothing new after pruning; what it does not name is told."""
    production = made_film(SMALL.replace("captions: both", "captions: both\ndeliver: [web, gif]"))
    made(production, "web", "gif", "poster", wish=Wish())
    keep = with_sources(production.store, production.keep() | kept(production))
    production.store.prune(keep)
    for name in ("web", "gif"):
        _, ear = delivered(production, name)
        assert ear.steps == []
    assert unlisted(production) == ("poster",)
