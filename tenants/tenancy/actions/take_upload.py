"""A person gives us a file: looked at, rewritten without what it may hide, and sealed."""

import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import File
from PIL import Image, ImageOps, UnidentifiedImageError

from kernel.actor import Actor
from kernel.crypto import seal
from kernel.ids import uuid7
from tenants.tenancy.models import StoredFile
from tenants.tenancy.queries import file_path
from tenants.tenancy.rules.uploads import (
    LARGEST_BYTES,
    LARGEST_PIXELS,
    LONGEST_SIDE,
    QUALITY,
    UploadTooLarge,
    UploadUnsupported,
    looks_like_pdf,
)

NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of an upload, and safe to keep."""

    content: bytes
    content_type: str
    width: int | None = None
    height: int | None = None


def take_upload(
    *, by: Actor, upload: File[bytes], purpose: str, kinds: tuple[str, ...] = ("image",)
) -> StoredFile:
    """Keep a photo or, where `kinds` says so, a PDF; refuse anything else.

    What counts is the content, never the name or the type that came with it. Photos are turned
    upright, made smaller and written anew, so that neither place nor trailing bytes survive.
    """
    if (upload.size or 0) > LARGEST_BYTES:
        raise UploadTooLarge(fields=["upload"])
    upload.seek(0)
    cleaned = _clean(upload.read(), kinds)
    stored = StoredFile(
        id=uuid7(),
        purpose=purpose,
        content_type=cleaned.content_type,
        size=len(cleaned.content),
        sha256=hashlib.sha256(cleaned.content).hexdigest(),
        width=cleaned.width,
        height=cleaned.height,
        uploaded_by_id=by.member_id,
    )
    key = AESGCM.generate_key(256)
    stored.sealed_key = seal(key, about=f"file-key|{stored.pk}")
    _write(file_path(stored.pk), key, cleaned.content, about=str(stored.pk))
    stored.save(force_insert=True)
    return stored


def _clean(content: bytes, kinds: tuple[str, ...]) -> Cleaned:
    if len(content) > LARGEST_BYTES:
        raise UploadTooLarge(fields=["upload"])
    if "pdf" in kinds and looks_like_pdf(content):
        return Cleaned(content, "application/pdf")
    if "image" not in kinds:
        raise UploadUnsupported(fields=["upload"])
    return _rewritten(content)


def _rewritten(content: bytes) -> Cleaned:
    """Return a photo as we would have taken it: upright, not too large, only pixels."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > LARGEST_PIXELS:
                raise UploadTooLarge(fields=["upload"])
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            flat = _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UploadTooLarge(fields=["upload"]) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):  # What Pillow says of junk.
        raise UploadUnsupported(fields=["upload"]) from None
    out = io.BytesIO()
    flat.save(out, format="JPEG", quality=QUALITY, optimize=True)
    return Cleaned(out.getvalue(), "image/jpeg", flat.width, flat.height)


def _on_white(image: Image.Image) -> Image.Image:
    """Return an image without transparency."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        white = Image.new("RGBA", with_alpha.size, "white")
        return Image.alpha_composite(white, with_alpha).convert("RGB")
    return image.convert("RGB")


def _write(path: Path, key: bytes, content: bytes, *, about: str) -> None:
    nonce = os.urandom(NONCE_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(nonce + AESGCM(key).encrypt(nonce, content, about.encode()))
