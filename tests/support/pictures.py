"""Pictures to upload."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(name: str = "photo.jpg", colour: str = "sienna") -> SimpleUploadedFile:
    """Return a small photo, as a phone would send it."""
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, format="JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")
