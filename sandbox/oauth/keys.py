"""The sandbox's signing key: one RSA key and self-signed certificate per process."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """A key that signs ID tokens. ``kid`` names it in their headers; ``private_pem`` is a secret of the sandbox."""

    kid: str
    private_pem: str
    certificate: str
    modulus: int
    exponent: int


@functools.cache
def signing_key() -> SigningKey:
    """The key whose certificate ``/oauth2/v1/certs`` publishes."""
    return new_key()


@functools.cache
def unknown_key() -> SigningKey:
    """A key that nothing publishes: what a forger would sign with."""
    return new_key()


def new_key() -> SigningKey:
    """A fresh key."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    numbers = private.public_key().public_numbers()
    certificate = _certificate(private)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SigningKey(
        kid=hashlib.sha1(certificate, usedforsecurity=False).hexdigest(),
        private_pem=pem.decode(),
        certificate=certificate.decode(),
        modulus=numbers.n,
        exponent=numbers.e,
    )


def _certificate(private: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "federated-signon.sandbox.example")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(private, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM)
