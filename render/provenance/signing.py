"""The signature under a manifest: the author's own certificate, or one that the house makes for its user.

A certificate that is made here proves that a file was not changed since; who signed it, it proves to nobody. Knows no
film.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from projects.digests import signature
from projects.disk import disk_errors
from storyboard.errors import MissingError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

CERTIFICATES, KEY = "WORKPRINT_C2PA_CERT", "WORKPRINT_C2PA_KEY"
"""Variables with the paths of the author's own chain of certificates and private key, both PEM."""

OWN = Path("provenance") / "signature.pem"
"""The file, in the folder of the user's settings, of the key and certificates that are made here."""

_YEARS = 10
_SOON = dt.timedelta(days=30)
"""What is left of an own certificate when another is made."""

_NAME = "workprint, unverified"
_CURVES = MappingProxyType({"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"})
_REMEDY = f"{CERTIFICATES} names a PEM file of certificates, the signer's first, and {KEY} one with its private key."


@dataclass(frozen=True, slots=True)
class Credential:
    """What signs: a chain of certificates and its private key as PEM, and the algorithm in C2PA's own name."""

    certificates: bytes
    key: bytes = field(repr=False)
    algorithm: str
    verified: bool
    """Whether somebody else vouches for the signer; a certificate that was made here is on nobody's list."""


def is_named(variables: Mapping[str, str] | None = None) -> bool:
    """Whether the environment names a certificate of the author's own, good or not."""
    known = os.environ if variables is None else variables
    return any(known.get(name, "").strip() for name in (CERTIFICATES, KEY))


def marks() -> str:
    """What shows that another certificate is to be used than before: the files that the environment names."""
    named = [Path(path) for name in (CERTIFICATES, KEY) if (path := os.environ.get(name, "").strip())]
    return " ".join(signature(path) if path.is_file() else f"no {path}" for path in named)


def credential(variables: Mapping[str, str] | None = None) -> Credential:
    """The author's own certificate where the environment names one, else the one that is made for this user once.

    Raises MissingError for files that are not there or do not fit together, DiskError where none can be kept.
    """
    known = os.environ if variables is None else variables
    if is_named(known):
        return _authors(*(known.get(name, "").strip() for name in (CERTIFICATES, KEY)))
    from projects.hosted.catalogue import settings_folder

    return _own(settings_folder() / OWN)


def _authors(chain: str, key: str) -> Credential:
    """The author's own certificate and key."""
    if not (chain and key):
        given, other = (CERTIFICATES, KEY) if chain else (KEY, CERTIFICATES)
        raise MissingError(f"{given} is set, but {other} is not", _REMEDY)
    return _credential(_read(chain, CERTIFICATES), _read(key, KEY), verified=True)


def _read(path: str, variable: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise MissingError(f"the file that {variable} names cannot be read", _REMEDY) from problem


def _credential(chain: bytes, key: bytes, *, verified: bool) -> Credential:
    """A chain and a key that were looked at: they belong together, and are of use today."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    def told(what: str) -> MissingError:
        return MissingError(f"films cannot be signed: {what}", _REMEDY)

    try:
        first = x509.load_pem_x509_certificates(chain)[0]
    except (ValueError, IndexError) as problem:
        raise told(f"{CERTIFICATES} names no PEM file of certificates") from problem
    try:
        private: Any = load_pem_private_key(key, password=None)
    except TypeError as problem:
        raise told("the private key is locked by a password, which nobody can be asked for") from problem
    except ValueError as problem:
        raise told(f"{KEY} names no PEM file of a private key") from problem
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if private.public_key().public_bytes(*form) != first.public_key().public_bytes(*form):
        raise told("the private key is not that of the first certificate")
    if not first.not_valid_before_utc <= dt.datetime.now(dt.UTC) < first.not_valid_after_utc:
        raise told(f"the certificate is valid from {first.not_valid_before_utc:%Y-%m-%d} to {_end(first)}")
    if not (algorithm := _algorithm(private)):
        raise told("C2PA knows no signature with keys of this kind")
    return Credential(chain, key, algorithm, verified)


def _end(certificate: Certificate) -> str:
    return f"{certificate.not_valid_after_utc:%Y-%m-%d}"


def _algorithm(private: Any) -> str:
    """C2PA's name of the signature that a key makes, or ""."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(private, ec.EllipticCurvePrivateKey):
        return _CURVES.get(private.curve.name, "")
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return "ed25519"
    return "ps256" if isinstance(private, rsa.RSAPrivateKey) else ""


def _own(path: Path) -> Credential:
    """The key and certificates of this user, made when first asked for, and again before they end."""
    from cryptography import x509

    with suppress(OSError, ValueError, IndexError, MissingError):
        kept = path.read_bytes()
        begin = kept.index(b"-----BEGIN CERTIFICATE-----")
        key, chain = kept[:begin], kept[begin:]
        if x509.load_pem_x509_certificates(chain)[0].not_valid_after_utc > dt.datetime.now(dt.UTC) + _SOON:
            return _credential(chain, key, verified=False)
    key, chain = _made()
    with disk_errors(f"'{path}'"):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
        fresh.unlink(missing_ok=True)
        # Nobody else may read the key, not even for the moment in which it is written.
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key + chain)
        fresh.replace(path)
    return _credential(chain, key, verified=False)


def _made() -> tuple[bytes, bytes]:
    """A private key, and its certificate with that of an issuer whose own key is thrown away: C2PA wants two."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    issuer, signer = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    chain = [_certificate(signer, issuer, issues=False), _certificate(issuer, issuer, issues=True)]
    key = signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key, b"".join(one.public_bytes(Encoding.PEM) for one in chain)


def _certificate(holder: Any, issuer: Any, *, issues: bool) -> Certificate:
    """A certificate as C2PA's profile asks for it: of an issuer of certificates, or of a signer."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def name(own: str) -> x509.Name:
        parts = ((NameOID.ORGANIZATION_NAME, _NAME), (NameOID.COMMON_NAME, own))
        return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])

    uses = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
         "decipher_only"), False
    )  # fmt: skip
    begin = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name("a workshop of its own" if issues else "whoever made this film"))
        .issuer_name(name("a workshop of its own"))
        .public_key(holder.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=issues, path_length=0 if issues else None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=not issues, key_cert_sign=issues, crl_sign=issues, **uses), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(holder.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
    )
    if not issues:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = made.add_extension(purpose, critical=False)
    return made.sign(issuer, SHA256())
