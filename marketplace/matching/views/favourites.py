"""Whom a customer keeps: one tap to keep somebody, one page to book them again."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from marketplace.catalog.queries import worker_with_slug
from marketplace.matching.access import customer_of
from marketplace.matching.actions.keep_favourite import drop_favourite, keep_favourite
from marketplace.matching.queries.favourites import again, own_favourites
from tenants.tenancy.access import Request, signed_in

PAGE = 20


@require_safe
@signed_in
def favourites(request: Request) -> HttpResponse:
    """Show whom a customer keeps, the latest first, each with the next times to book them again."""
    kept = own_favourites(customer_of(request)).order_by("-kept_at", "-pk")
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": again(list(page))}
    return render(request, "matching/favourites.html", context)


@require_POST
@signed_in
def favourite(request: Request, slug: str) -> HttpResponse:
    """Keep somebody or keep them no longer, and go back to where that was tapped."""
    by, keep = customer_of(request), "keep" in request.POST
    if keep:
        keep_favourite(by=by, slug=slug, offer_id=_offer(request))
    else:
        drop_favourite(by=by, slug=slug)
    if request.htmx:
        shown = {"worker": worker_with_slug(slug), "offer_id": _offer(request), "kept": keep}
        return render(request, "matching/_heart.html", shown)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else "matching:favourites")


def _offer(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("offer", ""))
    except ValueError:
        return None
