"""Sealing files: valid, unchanged in what is seen and heard, proof against a changed byte, and whole or not there."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from render.provenance.seal import read, seal, source_in
from render.provenance.signing import Credential, credential
from render.provenance.source_types import SourceType
from render.provenance.subject import TOLD, Ingredient, Subject
from render.provenance.used import Used
from render.provenance.xmp import place
from storyboard.errors import DiskError, RenderError
from tests.render.provenance.test_manifest import EVERYTHING

PAINTED = Used("picture", "animatic", "workprint", ("wood",), source=SourceType.ALGORITHMIC)
FILM = Subject("Wood & <sea>", "Ida Brook", "", (PAINTED,), (), credits=("After A. Writer",))
LEARNED = replace(FILM, title="bought", used=(replace(PAINTED, source=SourceType.TRAINED),))


@pytest.fixture(scope="session")
def signer() -> Credential:
    """The certificate of the tests' user."""
    return credential({})


def movie(path: Path, codec: str = "libx264", frames: int = 30) -> Path:
    """A small film with sound; the index comes first, as in delivered ones."""
    with av.open(str(path), "w", options={"movflags": "+faststart"} if path.suffix in (".mp4", ".mov") else {}) as film:
        picture: Any = film.add_stream(codec, rate=Fraction(24))
        picture.width, picture.height, picture.pix_fmt = 96, 64, "yuv420p"
        sound: Any = film.add_stream("aac" if path.suffix != ".webm" else "libopus", rate=48000)
        noise = np.random.default_rng(1)
        for number in range(frames):
            shown = av.VideoFrame.from_ndarray(noise.integers(0, 255, (64, 96, 3), np.uint8), format="rgb24")
            shown.pts = number
            film.mux(picture.encode(shown))
            heard = av.AudioFrame.from_ndarray(noise.normal(0, 0.1, (1, 2000)).astype(np.float32), "flt", "mono")
            heard.sample_rate, heard.pts = 48000, 2000 * number
            film.mux(sound.encode(heard))
        film.mux(picture.encode())
        film.mux(sound.encode())
    return path


def packets(path: Path) -> list[Any]:
    """Every packet with its times."""
    with av.open(str(path)) as film:
        return [(p.stream.index, p.pts, p.dts, p.duration, p.is_keyframe, bytes(p)) for p in film.demux() if p.size]


def pixels(path: Path) -> Any:
    """What is seen of a picture."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def told(path: Path) -> dict[str, Any]:
    """The manifests of a file that has some."""
    found = read(path)
    assert found is not None
    return found


def active(path: Path) -> dict[str, Any]:
    """The manifest that counts."""
    found = told(path)
    manifest: dict[str, Any] = found["manifests"][found["active_manifest"]]
    return manifest


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "libx264"), ("b.mp4", "libx265"), ("c.mov", "libx264"), ("d.mp4", "libsvtav1")]
)
def test_a_sealed_film_is_the_same_film(tmp_path: Path, signer: Credential, name: str, codec: str) -> None:
    """The manifest is valid, and every packet, its time and every tag is what it was."""
    film = movie(tmp_path / name, codec)
    sealed = tmp_path / "out" / name
    assert seal(film, sealed, FILM, signer) is SourceType.ALGORITHMIC
    assert told(sealed)["validation_state"] == "Valid"
    assert packets(sealed) == packets(film)
    with av.open(str(sealed)) as one, av.open(str(film)) as other:
        assert one.metadata == other.metadata
        one.seek(500_000)
        assert next(one.decode(video=0)).width == 96
    data = sealed.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert b"<Iptc4xmpExt:DigitalSourceType>" + SourceType.ALGORITHMIC.address.encode() in data
    assert b"Wood &amp; &lt;sea&gt;" in data
    assert [one.name for one in sealed.parent.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.gif", "a.wav"])
def test_posters_and_sounds_are_sealed_too(tmp_path: Path, signer: Credential, name: str) -> None:
    """Pictures and sounds carry the same manifest, in place; pictures look as before and say their source in XMP."""
    path = tmp_path / name
    if name.endswith(".wav"):
        import soundfile

        soundfile.write(path, np.zeros(4800), 48000)
    else:
        Image.fromarray(np.arange(3072, dtype=np.uint8).reshape(32, 32, 3)).save(path)
    plain = path.read_bytes()
    before = pixels(path) if not name.endswith(".wav") else None
    seal(path, path, FILM, signer)
    assert told(path)["validation_state"] == "Valid"
    assert path.read_bytes() != plain
    if before is not None:
        assert np.array_equal(pixels(path), before)
        with Image.open(path) as after:
            if name.endswith(("png", "jpg")):
                words = after.info.get("XML:com.adobe.xmp") or after.info["xmp"].decode()
                assert SourceType.ALGORITHMIC.address in words


def test_a_changed_byte_is_seen(tmp_path: Path, signer: Credential) -> None:
    """One other byte in the middle of the pictures, and the manifest is not valid any more."""
    film = movie(tmp_path / "a.mp4")
    seal(film, film, FILM, signer)
    data = bytearray(film.read_bytes())
    middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2
    data[middle] ^= 1
    film.write_bytes(data)
    found = told(film)
    assert found["validation_state"] == "Invalid"
    assert "assertion.bmffHash.mismatch" in {one["code"] for one in found["validation_status"]}


def test_what_a_file_says_of_itself_is_kept(tmp_path: Path, signer: Credential) -> None:
    """A bought clip's own manifest, its signature included, goes on inside the film's, which counts it as learned."""
    bought = movie(tmp_path / "bought.mp4")
    seal(bought, bought, LEARNED, signer)
    assert source_in(told(bought)) is SourceType.TRAINED
    plain = movie(tmp_path / "plain.mp4")
    shown = tmp_path / "shown.png"
    Image.new("RGB", (32, 32)).save(shown)
    seal(shown, shown, replace(FILM, title="a face"), signer)
    files = (
        Ingredient(bought, "bought from Runway", of=("wood",)),
        Ingredient(plain, "footage/plain.mp4", of=("sea",)),
        Ingredient(shown, "pictures/face.png", TOLD, ("wood",)),
    )
    film = tmp_path / "film.mp4"
    assert seal(plain, film, replace(FILM, ingredients=files), signer) is SourceType.PARTLY_TRAINED
    found, manifest = told(film), active(film)
    assert found["validation_state"] == "Valid"
    assert [(one["title"], one["relationship"]) for one in manifest["ingredients"]] == [
        ("bought from Runway", "componentOf"),
        ("pictures/face.png", "inputTo"),
    ]
    kept = found["manifests"][manifest["ingredients"][0]["active_manifest"]]
    assert kept["title"] == "bought"
    assert kept["signature_info"]["issuer"] == manifest["signature_info"]["issuer"]
    actions = next(one for one in manifest["assertions"] if one["label"].startswith("c2pa.actions"))["data"]["actions"]
    assert [one["action"] for one in actions] == ["c2pa.created", "c2pa.edited", "c2pa.placed", "c2pa.edited"]
    assert "ingredients" in actions[2]["parameters"]
    assert actions[0]["digitalSourceType"] == SourceType.PARTLY_TRAINED.address


def test_a_clip_that_was_changed_after_it_was_signed_is_kept_as_such(tmp_path: Path, signer: Credential) -> None:
    """A broken manifest of footage does not stop the film; the film's own says that it is broken."""
    clip = movie(tmp_path / "clip.mp4")
    seal(clip, clip, LEARNED, signer)
    data = bytearray(clip.read_bytes())
    data[data.index(b"mdat") + 400] ^= 1
    clip.write_bytes(data)
    film = tmp_path / "film.mp4"
    seal(movie(tmp_path / "a.mp4"), film, replace(FILM, ingredients=(Ingredient(clip, "clip.mp4"),)), signer)
    assert told(film)["validation_state"] in ("Valid", "Invalid")
    assert "bmffHash.mismatch" in json.dumps(active(film)["ingredients"][0])


def test_a_manifest_of_everything_is_one_that_c2pa_accepts(tmp_path: Path, signer: Credential) -> None:
    """The golden manifest, with a wish about training, receipts, author and all parts, is valid when read back."""
    film = movie(tmp_path / "film.mp4")
    seal(film, film, replace(EVERYTHING, ingredients=()), signer)
    assert told(film)["validation_state"] == "Valid"
    assert [one["code"] for one in told(film)["validation_status"]] == ["signingCredential.untrusted"]
    labels = {one["label"] for one in active(film)["assertions"]}
    assert {"cawg.metadata", "cawg.training-mining", "org.workprint.parts", "org.workprint.receipts"} <= labels


def test_every_cut_has_its_own(tmp_path: Path, signer: Credential) -> None:
    """Two cuts of one film have manifests of their own; one in the other's place is found out."""
    for cut in ("16:9", "9:16"):
        film = movie(tmp_path / f"{cut[:2]}.mp4", frames=20 + len(cut))
        seal(film, film, replace(FILM, cut=cut), signer)
    one, other = tmp_path / "16.mp4", tmp_path / "9:.mp4"
    assert told(one)["active_manifest"] != told(other)["active_manifest"]
    assert "cut 9:16" in json.dumps(active(other))


def test_a_kind_of_file_without_a_place_for_it_is_refused(tmp_path: Path, signer: Credential) -> None:
    """WebM cannot carry a manifest: that is said, and nothing is written."""
    film = movie(tmp_path / "a.webm", "libvpx-vp9")
    with pytest.raises(RenderError, match="can carry no C2PA manifest"):
        seal(film, tmp_path / "b.webm", FILM, signer)
    assert not (tmp_path / "b.webm").exists()
    assert read(film) is None


def test_nothing_half_made_is_left(tmp_path: Path, signer: Credential) -> None:
    """No film, a certificate that C2PA refuses, a folder in the way: the old file stays, and no part of a new one."""
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a film")
    target = tmp_path / "out" / "film.mp4"
    target.parent.mkdir()
    target.write_bytes(b"the old one")
    with pytest.raises(RenderError, match="could not be sealed"):
        seal(broken, target, FILM, signer)
    bare = replace(signer, certificates=signer.certificates.partition(b"-----END CERTIFICATE-----\n")[0] + b"x")
    with pytest.raises(RenderError, match="could not be sealed"):
        seal(movie(tmp_path / "a.mp4"), target, FILM, bare)
    assert target.read_bytes() == b"the old one"
    target.unlink()
    target.mkdir()
    with pytest.raises(DiskError):
        seal(tmp_path / "a.mp4", target, FILM, signer)
    assert [one.name for one in target.parent.iterdir()] == ["film.mp4"]


def test_a_file_that_is_open_at_its_end_gets_no_xmp(tmp_path: Path) -> None:
    """Behind a last box without a length nothing can follow; everything else is taken as it is."""
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0\0\0\x08ftyp" + b"\0\0\0\0mdat" + bytes(20))
    assert place(path, b"words") == (0, b"")
    path.write_bytes(b"\0\0\0\x08ftyp" + b"\0\0\0\x01mdat" + (36).to_bytes(8) + bytes(20))
    assert place(path, b"words")[0] == 44
    shutil.copy(path, tmp_path / "a.webp")
    assert place(tmp_path / "a.webp", b"words") == (0, b"")


def test_no_address_that_a_file_names_is_asked(tmp_path: Path, signer: Credential) -> None:
    """Foreign footage may say that its manifest lies on some server: nobody goes there, read or sealed into a film."""
    import c2pa

    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *told: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        plain, foreign = tmp_path / "plain.png", tmp_path / "foreign.png"
        Image.new("RGB", (32, 32)).save(plain)
        info = c2pa.C2paSignerInfo(c2pa.C2paSigningAlg.ES256, signer.certificates, signer.key, None)
        with c2pa.Builder({"title": "foreign", "assertions": []}) as builder, c2pa.Signer.from_info(info) as own:
            builder.set_intent(c2pa.C2paBuilderIntent.CREATE, c2pa.C2paDigitalSourceType.DIGITAL_CAPTURE)
            builder.set_no_embed()
            builder.set_remote_url(f"http://127.0.0.1:{server.server_port}/manifest.c2pa")
            builder.sign_file(plain, foreign, own)
        assert b"manifest.c2pa" in foreign.read_bytes()
        assert read(foreign) is None
        film = movie(tmp_path / "film.mp4")
        seal(film, film, replace(FILM, ingredients=(Ingredient(foreign, "foreign.png"),)), signer)
        server.shutdown()
    assert asked == []
    assert told(film)["validation_state"] == "Valid"
