"""Pictures of a tenant's own pages: shown at its own host, and nowhere else."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.images import get_image_model
from wagtail.images.models import Rendition


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a picture, if it is one of this tenant's."""
    ours = Rendition.objects.filter(file=name).exists()
    if not ours and not get_image_model().objects.filter(file=name).exists():
        raise Http404
    if not default_storage.exists(name):
        raise Http404
    kind, _ = mimetypes.guess_type(name)
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type=kind or "application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
