"""Portraits small enough for the door, and evidence that says who looked at it."""

import io
import unicodedata

from django.http import HttpResponse
from PIL import Image, ImageDraw, ImageFont, ImageOps

from kernel.errors import NotFound
from tenants.identity.models import Holder
from tenants.tenancy.access import file_response
from tenants.tenancy.models import StoredFile
from tenants.tenancy.queries import content_of, stored_file

SIDE = 320
LARGEST_BYTES = 40_000
MARKS = 6
WHITE, BLACK = (255, 255, 255, 120), (0, 0, 0, 120)
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


def watermarked_response(stored: StoredFile, *, mark: str) -> HttpResponse:
    """Answer with a piece of evidence that carries, across it, who opened it and when."""
    response = file_response(stored)
    if not stored.content_type.startswith("image/"):
        return response
    mark = unicodedata.normalize("NFKD", mark).encode("ascii", "ignore").decode()  # For the font.
    with Image.open(io.BytesIO(response.content)) as image:
        marked = image.convert("RGB")
    layer = Image.new("RGBA", marked.size)
    font = ImageFont.load_default(size=max(12, marked.width // 28))
    pen = ImageDraw.Draw(layer)
    for row in range(1, MARKS, 2):
        place = (marked.width * 0.04, marked.height * row / MARKS)
        pen.text(place, mark, font=font, fill=WHITE, stroke_width=1, stroke_fill=BLACK)
    marked.paste(layer, mask=layer)
    out = io.BytesIO()
    marked.save(out, "JPEG", quality=QUALITIES[0])
    response.content = out.getvalue()
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
