"""A worker's photo: for everybody while the profile can be seen, else for those concerned."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kernel.errors import NotFound
from marketplace.catalog.queries import worker_with_slug
from marketplace.catalog.rules.worker_states import VISIBLE
from tenants.tenancy.access import Request, file_response, roles
from tenants.tenancy.queries import stored_file


@require_safe
def photo(request: Request, slug: str) -> HttpResponse:
    """Hand out a worker's photo."""
    worker = worker_with_slug(slug)
    shown = worker.state in VISIBLE
    mine = {member.pk for member in roles(request).values()} if not shown else set()
    office = not shown and any(role in roles(request) for role in ("owner", "staff"))
    if worker.photo_id is None or not (shown or office or worker.member_id in mine):
        raise NotFound(what="photo")
    return file_response(stored_file(worker.photo_id), public=shown)
