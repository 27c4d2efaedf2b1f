"""Certificates: one of the user's own that is made once, and those of authors, which must fit."""

from __future__ import annotations

import datetime as dt
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from render.provenance import signing
from render.provenance.seal import read, seal
from render.provenance.signing import CERTIFICATES, KEY, OWN, Credential, credential, is_named
from render.provenance.subject import Subject
from storyboard.errors import DiskError, MissingError


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of settings; the environment names no certificate."""
    monkeypatch.setenv("APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME", str(tmp_path / "settings"))
    for name in (CERTIFICATES, KEY):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "settings" / "workprint"


def files_of(made: Credential, folder: Path) -> dict[str, str]:
    """A credential as files, and the variables that name them."""
    (folder / "chain.pem").write_bytes(made.certificates)
    (folder / "key.pem").write_bytes(made.key)
    return {CERTIFICATES: str(folder / "chain.pem"), KEY: str(folder / "key.pem")}


def test_a_certificate_is_made_once_and_kept_to_its_user(settings: Path) -> None:
    """The first film makes it, the next one finds it; nobody else may read the key, and nobody vouches for it."""
    first = credential({})
    assert credential({}) == first
    assert (first.verified, first.algorithm) == (False, "es256")
    kept = settings / OWN
    assert kept.is_file()
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [one.name for one in kept.parent.iterdir()] == [kept.name]
    assert first.key.decode() not in repr(first)


def test_a_damaged_or_ending_certificate_is_made_anew(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is no certificate any more, and one that ends soon, give way to another."""
    first = credential({})
    (settings / OWN).write_bytes(b"torn")
    second = credential({})
    assert second != first
    monkeypatch.setattr(signing, "_SOON", dt.timedelta(days=365 * 11))
    assert credential({}) != second


def test_settings_that_cannot_be_written_are_told(settings: Path) -> None:
    """Where no certificate can be kept, the disk is named as the cause."""
    settings.mkdir(parents=True)
    (settings / OWN.parent).write_text("in the way")
    with pytest.raises(DiskError):
        credential({})


def test_an_authors_certificate_goes_before_the_own(settings: Path, tmp_path: Path) -> None:
    """The files that the environment names are used, and none is made here."""
    named = files_of(credential({}), tmp_path)
    (settings / OWN).unlink()
    assert is_named(named)
    assert not is_named({})
    assert credential(named).verified
    assert not (settings / OWN).exists()


def test_what_is_wrong_with_an_authors_certificate_is_said(settings: Path, tmp_path: Path) -> None:
    """Half a pair, files that are not there, no PEM, and a key that belongs to another certificate."""
    named = files_of(credential({}), tmp_path)
    with pytest.raises(MissingError, match=f"{CERTIFICATES} is set, but {KEY} is not"):
        credential({CERTIFICATES: named[CERTIFICATES]})
    with pytest.raises(MissingError, match=f"the file that {KEY} names cannot be read"):
        credential({**named, KEY: str(tmp_path / "nowhere.pem")})
    with pytest.raises(MissingError, match="no PEM file of certificates"):
        credential({**named, CERTIFICATES: named[KEY]})
    with pytest.raises(MissingError, match="no PEM file of a private key"):
        credential({**named, KEY: named[CERTIFICATES]})
    (settings / OWN).unlink()
    (tmp_path / "key.pem").write_bytes(credential({}).key)
    with pytest.raises(MissingError, match="not that of the first certificate"):
        credential(named)


def test_a_locked_key_is_told(settings: Path, tmp_path: Path) -> None:
    """A password cannot be asked for in the middle of a render: a locked key is refused at once."""
    from cryptography.hazmat.primitives import serialization as forms

    made = credential({})
    named = files_of(made, tmp_path)
    locked = forms.load_pem_private_key(made.key, None).private_bytes(
        forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.BestAvailableEncryption(b"secret")
    )
    (tmp_path / "key.pem").write_bytes(locked)
    with pytest.raises(MissingError, match="locked by a password"):
        credential(named)
    assert settings


@pytest.mark.parametrize("algorithm", ["es256", "es384", "es512", "ps256", "ed25519"])
def test_every_kind_of_key_that_c2pa_knows_signs(settings: Path, tmp_path: Path, algorithm: str) -> None:
    """A chain and a key of each kind are read, named rightly, and make a valid manifest."""
    from cryptography.hazmat.primitives import serialization as forms
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from PIL import Image

    makers: dict[str, Callable[[], Any]] = {
        "es256": lambda: ec.generate_private_key(ec.SECP256R1()),
        "es384": lambda: ec.generate_private_key(ec.SECP384R1()),
        "es512": lambda: ec.generate_private_key(ec.SECP521R1()),
        "ps256": lambda: rsa.generate_private_key(65537, 2048),
        "ed25519": ed25519.Ed25519PrivateKey.generate,
    }
    issuer, own = ec.generate_private_key(ec.SECP256R1()), makers[algorithm]()
    chain = [signing._certificate(own, issuer, issues=False), signing._certificate(issuer, issuer, issues=True)]
    pem = b"".join(one.public_bytes(forms.Encoding.PEM) for one in chain)
    key = own.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption())
    made = credential(files_of(Credential(pem, key, "", verified=True), tmp_path))
    assert made.algorithm == algorithm
    poster = tmp_path / "poster.png"
    Image.new("RGB", (16, 16)).save(poster)
    seal(poster, poster, Subject("t", "", "", (), ()), made)
    found = read(poster)
    assert found is not None
    assert found["validation_state"] == "Valid"
    assert not settings.exists()


def test_doctor_tells_whose_signature_films_get(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The own certificate is told without being made; an author's is looked at, and what is wrong with it is said."""
    from workprint.checkup import examine

    def told() -> tuple[str, str]:
        found = next(one for one in examine(tmp_path) if one.what == "C2PA")
        return found.state, found.told

    assert told() == ("ok", "films are sealed with a certificate of this computer's own, on no trust list")
    assert not settings.exists()
    for name, path in files_of(credential({}), tmp_path).items():
        monkeypatch.setenv(name, path)
    assert told() == ("ok", "films are sealed with your own certificate (es256)")
    monkeypatch.delenv(KEY)
    assert told() == ("needed", f"{CERTIFICATES} is set, but {KEY} is not")
