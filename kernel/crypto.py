"""Secrets: key rings from the environment, sealed values, fingerprints that only we can make.

A ring is `kid:hex,kid:hex`: the first key writes, all read. Every use derives a key of its own from
its purpose (HKDF, RFC 5869), so no two purposes share one.
"""

import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_VERSION = b"\x01"
_NONCE_BYTES = 12


class Unsealable(Exception):
    """Sealed bytes were changed, moved elsewhere, or sealed with a key we no longer have."""


def ring(name: str) -> dict[int, bytes]:
    """Return a key ring by name (`fields`, `index`, `badges`, `signing`): kid → key."""
    return parse_ring(settings.KEY_RINGS[name])


@cache
def parse_ring(text: str) -> dict[int, bytes]:
    """Read `kid:hex,kid:hex`; the first is the one to write with."""
    pairs = (part.split(":", 1) for part in text.split(","))
    return {int(kid): bytes.fromhex(key) for kid, key in pairs}


@cache
def derive(key: bytes, purpose: str, length: int = 32) -> bytes:
    """Derive a key for one purpose."""
    return HKDF(SHA256(), length=length, salt=None, info=purpose.encode()).derive(key)


def newest(name: str) -> tuple[int, bytes]:
    """Return the key that a ring writes with."""
    return next(iter(ring(name).items()))


def seal(plain: bytes, *, about: str) -> bytes:
    """Encrypt with AES-256-GCM, bound to what the value is about (tenant, field, row)."""
    kid, key = newest("fields")
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(derive(key, "oficio/field/v1")).encrypt(nonce, plain, about.encode())
    return _VERSION + kid.to_bytes(2, "big") + nonce + sealed


def unseal(sealed: bytes, *, about: str) -> bytes:
    """Decrypt what `seal` made for the same subject, or raise `Unsealable`."""
    key = ring("fields").get(int.from_bytes(sealed[1:3], "big"))
    if sealed[:1] != _VERSION or key is None:
        raise Unsealable("unknown version or key")
    nonce, body = sealed[3 : 3 + _NONCE_BYTES], sealed[3 + _NONCE_BYTES :]
    try:
        return AESGCM(derive(key, "oficio/field/v1")).decrypt(nonce, body, about.encode())
    except InvalidTag:
        raise Unsealable("changed, or sealed for something else") from None


def fingerprint(value: str, *, purpose: str) -> str:
    """Return 128 bits that recognise a value without telling it (HMAC-SHA256, hex)."""
    _, key = newest("index")
    return hmac.new(derive(key, purpose), value.encode(), hashlib.sha256).hexdigest()[:32]


def signature(value: str, *, purpose: str, ring_name: str = "signing") -> bytes:
    """Return an HMAC-SHA256 over a value, with the key of one purpose."""
    _, key = newest(ring_name)
    return hmac.new(derive(key, purpose), value.encode(), hashlib.sha256).digest()
