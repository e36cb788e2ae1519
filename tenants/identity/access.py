"""Portraits, small enough for a page that loads at the door."""

import io

from django.http import HttpResponse
from PIL import Image, ImageOps

from kernel.errors import NotFound
from tenants.identity.models import Holder
from tenants.tenancy.queries import content_of, stored_file

SIDE = 320
LARGEST_BYTES = 40_000
QUALITIES = (80, 65, 50, 35, 20)


def portrait_response(holder: Holder) -> HttpResponse:
    """Answer with a holder's portrait: square, at most 40 kB, never kept by a browser."""
    if holder.photo_id is None:
        raise NotFound(what="photo")
    response = HttpResponse(
        _small(content_of(stored_file(holder.photo_id))), content_type="image/jpeg"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _small(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (SIDE, SIDE))
        square = ImageOps.fit(image.convert("RGB"), (SIDE, SIDE))
    for quality in QUALITIES:
        out = io.BytesIO()
        square.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= LARGEST_BYTES:
            break
    return out.getvalue()
