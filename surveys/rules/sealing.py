"""Answers that only the counting job can read: sealed to a public key, opened with the private one.

X25519 with a fresh key per answer, HKDF-SHA256, AES-256-GCM (the ECIES scheme of SEC 1 §5.1 on
Curve25519). The web process holds only the public key.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"oficio/wave/v1"
_NONCE = bytes(12)  # The key is used once, so the nonce may be fixed.
KEY_BYTES = 32


def public_key_of(private: bytes) -> bytes:
    """Return the key to seal with."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_to(public: bytes, plain: bytes, *, fresh: bytes) -> bytes:
    """Seal bytes to a public key; `fresh` are 32 random bytes, used once."""
    once = X25519PrivateKey.from_private_bytes(fresh)
    mine = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return mine + AESGCM(_key(shared, mine + public)).encrypt(_NONCE, plain, mine)


def unseal_with(private: bytes, sealed: bytes) -> bytes:
    """Open what was sealed to the public key of this private one."""
    mine, body = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    key = X25519PrivateKey.from_private_bytes(private)
    shared = key.exchange(X25519PublicKey.from_public_bytes(mine))
    public = key.public_key().public_bytes_raw()
    return AESGCM(_key(shared, mine + public)).decrypt(_NONCE, body, mine)


def _key(shared: bytes, bound_to: bytes) -> bytes:
    return HKDF(SHA256(), length=KEY_BYTES, salt=None, info=_PURPOSE + bound_to).derive(shared)
