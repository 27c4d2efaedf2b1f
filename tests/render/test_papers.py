"""What comes with finished films: seals, credits and receipts, made once and again only where something changed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from projects.progress import Silent
from projects.steps import Artifact
from render.breakdown import Target
from render.delivery import hand_over_targets
from render.orders import Delivery, Order
from render.papers import Papers, check_papers
from render.picture import Canvas
from render.production import open_production
from render.provenance import seal, signing
from render.provenance.signing import credential
from render.provenance.source_types import SourceType
from render.provenance.subject import Subject
from render.provenance.used import Used
from storyboard.errors import MissingError
from storyboard.film import Aspect
from storyboard.load import read
from tests.render.provenance.test_seal import FILM, LEARNED, active, movie, packets, told

SMALL = """\
workprint: 1
title: Papers
author: Ida Brook
credits: ["After A. Writer, CC BY 4.0"]
resolution: 360p
cuts: ["16:9", "9:16", "1:1"]
sounds: none
{more}scenes:
  - {{id: sea, clip: footage/sea.mp4, length: 1s}}
  - {{id: face, keyframes: [pictures/face.png], length: 1s, text: The end}}
"""
WHOLE = Order(jobs=1)


def project(folder: Path, more: str = "") -> Path:
    """A film of the author's own clip, which brings a manifest, and of a picture without."""
    (folder / "footage").mkdir(parents=True)
    (folder / "pictures").mkdir()
    seal.seal(movie(folder / "plain.mp4", frames=48), folder / "footage" / "sea.mp4", LEARNED, credential({}))
    (folder / "plain.mp4").unlink()
    Image.fromarray(np.full((90, 160, 3), 90, np.uint8)).save(folder / "pictures" / "face.png")
    (folder / "storyboard.yaml").write_text(SMALL.format(more=more), "utf-8")
    return folder


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Delivery]:
    """The film, rendered once."""
    folder = project(tmp_path_factory.mktemp("papers") / "film")
    return folder, open_production(folder).render(WHOLE, Silent())


def actions(path: Path) -> list[dict[str, Any]]:
    """What was done, by a film's manifest."""
    found = next(one for one in active(path)["assertions"] if one["label"].startswith("c2pa.actions"))
    kept: list[dict[str, Any]] = found["data"]["actions"]
    return kept


@pytest.mark.slow
def test_every_cut_is_sealed_and_says_what_it_is_made_of(finished: tuple[Path, Delivery]) -> None:
    """Each of the three cuts has a valid manifest of its own, with its shape, the footage's manifest and its source."""
    _, delivery = finished
    labels = set()
    for film in delivery.films:
        found = told(film.path)
        assert found["validation_state"] == "Valid"
        labels.add(found["active_manifest"])
        assert [one["title"] for one in active(film.path)["ingredients"]] == ["footage/sea.mp4"]
        did = actions(film.path)
        assert did[0]["description"].endswith(f"cut {film.cut}")
        assert did[0]["digitalSourceType"] == SourceType.PARTLY_TRAINED.address
        assert film.report["passed"], film.report["faults"]
    assert len(labels) == 3
    assert any("on no trust list" in note for note in delivery.notes)


@pytest.mark.slow
def test_a_delivered_film_plays_like_what_was_made(finished: tuple[Path, Delivery]) -> None:
    """Every packet, time and tag of the store's film is in the delivered one, the index still before the media."""
    folder, delivery = finished
    production = open_production(folder)
    made = production.made(production.lay_out(WHOLE), "film")
    for film in delivery.films:
        stored = made[f"film@{film.cut.slug}"].path
        assert packets(film.path) == packets(stored)
        with av.open(str(film.path)) as one, av.open(str(stored)) as other:
            assert one.metadata == other.metadata
        data = film.path.read_bytes()
        assert data.index(b"moov") < data.index(b"mdat")
        assert data != stored.read_bytes()


@pytest.mark.slow
def test_credits_and_receipts_lie_beside_the_films(finished: tuple[Path, Delivery]) -> None:
    """The bundle of each cut is the one that its manifest names, and holds the receipts of that cut alone."""
    folder, delivery = finished
    assert [path.name for path in delivery.papers] == [
        "papers-credits.txt", "papers-16x9-receipts.zip", "papers-9x16-receipts.zip", "papers-1x1-receipts.zip"
    ]  # fmt: skip
    text = (folder / "out" / "papers-credits.txt").read_text("utf-8")
    assert "After A. Writer, CC BY 4.0" in text
    assert "Footage: sea.mp4" in text
    for film, path in zip(delivery.films, delivery.papers[1:], strict=True):
        named = next(one for one in active(film.path)["assertions"] if one["label"] == "org.workprint.receipts")
        assert named["data"]["hash"] == hashlib.sha256(path.read_bytes()).hexdigest()
        with zipfile.ZipFile(path) as files:
            words = files.read("receipts.json").decode()
        names = [one["order"]["name"] for one in json.loads(words)["receipts"]]
        assert f"film@{film.cut.slug}" in names
        assert sum(name.startswith("film@") for name in names) == 1
        assert str(folder) not in words


@pytest.mark.slow
def test_a_film_is_sealed_once(finished: tuple[Path, Delivery], tmp_path: Path) -> None:
    """Rendered again, the delivered files are not touched; other attributions alone seal them anew."""
    folder, delivery = finished
    before = [film.path.stat().st_mtime_ns for film in delivery.films]
    again = open_production(folder).render(WHOLE, Silent())
    assert [film.path.stat().st_mtime_ns for film in again.films] == before
    assert not any("trust list" in note for note in again.notes)
    one = open_production(folder).render(Order(cuts=(Aspect(9, 16),), jobs=1), Silent())
    assert [film.path.stat().st_mtime_ns for film in one.films] == before[1:2]
    alone = open_production(folder).render(Order(scenes=("face",), jobs=1, out=tmp_path), Silent())
    assert told(alone.films[0].path)["validation_state"] == "Valid"
    assert "ingredients" not in active(alone.films[0].path)
    assert alone.papers == ()


@pytest.mark.slow
def test_drafts_and_films_that_want_none_get_no_seal(tmp_path: Path) -> None:
    """A draft has no papers at all; with `provenance: off` the credits still come along."""
    folder = project(tmp_path / "film", "provenance: off\n")
    draft = open_production(folder).render(Order(cuts=(Aspect(1, 1),), draft=True, jobs=1), Silent())
    assert draft.papers == ()
    assert seal.read(draft.films[0].path) is None
    plain = open_production(folder).render(Order(cuts=(Aspect(1, 1),), jobs=1), Silent())
    assert [path.name for path in plain.papers] == ["papers-credits.txt"]
    assert seal.read(plain.films[0].path) is None
    assert not any("C2PA" in note or "trust list" in note for note in plain.notes)


def film_at(tmp_path: Path, papers: Papers, fingerprint: str = "a") -> Path:
    """Hand over a small film with its papers."""
    source = tmp_path / "made.mp4"
    if not source.exists():
        movie(source)
    target = Target("film@16x9", "", Canvas(Aspect(16, 9), 96, 64, draft=False))
    artifacts = {"film@16x9": Artifact(fingerprint, source, {})}
    return hand_over_targets(tmp_path / "out" / "t", [target], artifacts, tmp_path / "ledger.json", papers)[0].path


def test_what_changes_a_seal_makes_it_anew(tmp_path: Path) -> None:
    """Another subject, another bundle of receipts and another signer do; nothing else does."""
    signer = credential({})
    first = film_at(tmp_path, Papers({"": FILM}, signer=signer)).stat().st_ino

    def again(papers: Papers) -> bool:
        nonlocal first
        before, first = first, film_at(tmp_path, papers).stat().st_ino
        return first != before

    assert not again(Papers({"": FILM}, signer=signer))
    assert again(Papers({"": LEARNED}, signer=signer))
    assert again(Papers({"": LEARNED}, {"film@16x9": "ab" * 32}, signer=signer))
    assert not again(Papers({"": LEARNED}, {"film@16x9": "ab" * 32}, signer=signer))
    assert again(Papers())
    assert seal.read(film_at(tmp_path, Papers())) is None


def test_a_film_that_cannot_be_sealed_is_handed_over_and_it_is_said(tmp_path: Path) -> None:
    """A damaged film's seal fails: the file comes as it is, with a note."""
    (tmp_path / "made.mp4").write_bytes(b"not a film")
    papers = Papers({"": FILM}, signer=credential({}))
    path = film_at(tmp_path, papers)
    assert path.read_bytes() == b"not a film"
    assert papers.notes[0].startswith("not sealed: t-16x9.mp4 could not be sealed")


def test_a_certificate_that_cannot_sign_stops_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hours of rendering do not end in a certificate that was mistyped; drafts need none."""
    film = open_production(project(tmp_path / "film")).film
    monkeypatch.setenv(signing.CERTIFICATES, str(tmp_path / "nowhere.pem"))
    check_papers(film, Order(draft=True))
    with pytest.raises(MissingError, match=signing.KEY):
        check_papers(film, WHOLE)
    with pytest.raises(MissingError, match=signing.KEY):
        open_production(tmp_path / "film").render(WHOLE, Silent())
    assert not (tmp_path / "film" / "out").exists()


def test_without_the_library_it_is_said_that_nothing_is_sealed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A missing library stops no film; each render says what is missing and how to get it."""
    monkeypatch.setattr(seal, "find_spec", lambda name: None)
    assert not seal.is_there()
    monkeypatch.setenv(signing.CERTIFICATES, str(tmp_path / "nowhere.pem"))
    check_papers(open_production(project_without_seal(tmp_path)).film, WHOLE)
    assert "pip install" in seal.MISSING


def project_without_seal(folder: Path) -> Path:
    """A film of one painted scene."""
    (folder / "storyboard.yaml").write_text("workprint: 1\ntitle: t\nscenes: [{id: a, place: forest}]\n", "utf-8")
    return folder


def test_a_subject_without_parts_says_only_that_it_is_a_composite(tmp_path: Path) -> None:
    """Where nothing is known of a film, nothing is claimed."""
    film = movie(tmp_path / "a.mp4")
    known = Subject("t", "", "", (Used("own", "", "footage", file="a.mp4"),), ())
    assert seal.seal(film, film, known, credential({})) is SourceType.COMPOSITE


def test_what_is_made_out_of_a_film_can_be_sealed_too(tmp_path: Path) -> None:
    """A poster is sealed in place; what has no place for a manifest, and what belongs to no sealed film, is let be."""
    poster, text = tmp_path / "poster.jpg", tmp_path / "film.srt"
    Image.new("RGB", (32, 18)).save(poster)
    text.write_text("1\n", "utf-8")
    papers = Papers({"": FILM}, signer=credential({}))
    assert papers.seal(poster, cut="16:9")
    assert told(poster)["validation_state"] == "Valid"
    assert not papers.seal(text)
    assert not Papers({"": FILM}).seal(poster)
    poster.write_bytes(b"torn")
    assert not papers.seal(poster)
    assert "could not be sealed" in papers.notes[-1]


@pytest.mark.parametrize(("word", "kept"), [("on", "on"), ("выкл", "off"), ("не для обучения", "no training")])
def test_the_key_is_read_in_both_languages(word: str, kept: str) -> None:
    """`provenance` is a small closed choice like others."""
    film = read(f"workprint: 1\ntitle: t\nprovenance: {word}\nscenes: [{{id: a, place: forest}}]\n".encode(), "s").film
    assert film is not None
    assert film.provenance == kept


@pytest.mark.whole
def test_the_sample_is_sealed_in_every_cut(tmp_path: Path) -> None:
    """`hello` in three shapes with rolling credits: valid manifests, a self-test that passes, credits of all."""
    from click.testing import CliRunner

    from workprint.commandline import workprint

    folder = tmp_path / "hello"
    assert CliRunner().invoke(workprint, ["new", str(folder), "--from", "hello"]).exit_code == 0
    text = (folder / "storyboard.yaml").read_text("utf-8").replace("cuts: [16:9]", 'cuts: ["16:9", "9:16", "1:1"]')
    ending = "  - {id: ending, place: forest, time: night, text: {credits: auto}}\n"
    (folder / "storyboard.yaml").write_text(text.replace("720p", "360p") + ending, "utf-8")
    delivery = open_production(folder).render(Order(), Silent())
    assert [str(film.cut) for film in delivery.films] == ["16:9", "9:16", "1:1"]
    for film in delivery.films:
        assert film.report["passed"], film.report["faults"]
        assert told(film.path)["validation_state"] == "Valid"
        sources = {one["digitalSourceType"].rpartition("/")[2] for one in actions(film.path)}
        assert sources == {"compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia", "algorithmicMedia"}
    text = delivery.papers[0].read_text("utf-8")
    assert "Painted by workprint — title, walk, say-hello, ending" in text
    assert "Kokoro-82M" in text
