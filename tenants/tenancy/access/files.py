"""Hands out a private file, so that a browser can do no more with it than show it."""

from django.http import HttpResponse

from tenants.tenancy.models import StoredFile
from tenants.tenancy.queries import content_of

NAMES = {"image/jpeg": "photo.jpg", "application/pdf": "document.pdf"}


def file_response(stored: StoredFile, *, inline: bool = True, public: bool = False) -> HttpResponse:
    """Answer with a stored file. Whoever calls has already decided that it may be seen.

    Documents are never shown inside the page. `public` is for what anybody may see and keep, such
    as a profile's photo.
    """
    response = HttpResponse(content_of(stored), content_type=stored.content_type)
    shown = inline and stored.content_type.startswith("image/")
    disposition = "inline" if shown else "attachment"
    name = NAMES.get(stored.content_type, "file")
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=86400" if public else "private, no-store"
    return response
