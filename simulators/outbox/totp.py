"""Time-based one-time passwords (RFC 6238), so that the page can show a staff login's code."""

from __future__ import annotations

import base64
import hmac

STEP_SECONDS = 30


def totp(secret: str, at: int) -> str:
    """The six digits that an authenticator with this base32 secret shows at a moment."""
    padded = secret.replace(" ", "").upper()
    key = base64.b32decode(padded + "=" * (-len(padded) % 8))
    digest = hmac.new(key, (at // STEP_SECONDS).to_bytes(8, "big"), "sha1").digest()
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFF_FFFF
    return f"{number % 1_000_000:06d}"


def seconds_left(at: int) -> int:
    """How long the code of a moment is still good for."""
    return STEP_SECONDS - at % STEP_SECONDS
