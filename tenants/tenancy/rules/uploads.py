"""Which files people may give us."""

from kernel.errors import Invalid

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
LONGEST_SIDE = 2048
QUALITY = 82


class UploadUnsupported(Invalid):
    code = "upload.unsupported"
    title = "We cannot use this file. Send a photo (JPEG, PNG, WebP) or, for documents, a PDF."


class UploadTooLarge(Invalid):
    code = "upload.too_large"
    title = "This file is too large. At most 10 MB and 40 megapixels."


def looks_like_pdf(content: bytes) -> bool:
    """Tell a PDF by how it begins and ends, not by its name."""
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
