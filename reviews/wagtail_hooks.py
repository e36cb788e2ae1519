"""The office's pages about reviews: what waits, what counted, what a moderator decides."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel.actor import Actor
from kernel.errors import Refusal
from reviews.actions.moderate import moderate
from reviews.forms import DecisionForm
from reviews.kinds import EXCLUDED
from reviews.models import Review
from reviews.queries import last_screening, queue, review_for_office
from reviews.queries.statements import evidence_of, reasons_with_points
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import EXPERIENCE, OfficeItem
from tenants.tenancy.forms import show_refusal
from tenants.tenancy.queries import member


@require_safe
def queue_page(request: Request) -> HttpResponse:
    """List the reviews that wait, each with why."""
    rows = queue(by=office_actor_of(request))
    context = {
        "items": [(each, _reasons(each)) for each in rows],
        "zone": request.tenant.timezone,
    }
    return render(request, "reviews/office/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: Request, review_id: UUID) -> HttpResponse:
    """Show one review with what counted, and take a moderator's decision."""
    by = office_actor_of(request)
    review = review_for_office(by=by, review_id=review_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                moderate(by=by, review_id=review_id, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("reviews_queue")
    context = _shown(request, by, review) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "reviews/office/review.html", context, status=status)


def _shown(request: Request, by: Actor, review: Review) -> dict[str, object]:
    screening = last_screening(review)
    return {
        "review": review,
        "reasons": _reasons(review),
        "screening": screening,
        "evidence": evidence_of(screening) if screening else None,
        "steps": review.steps.order_by("at", "id"),
        "decisions": review.decisions.select_related("moderator__user").order_by("at"),
        "excluded": EXCLUDED.get(review.reason, ""),
        "moderates": bool(by.member_id and member(by.member_id).moderates),
        "zone": request.tenant.timezone,
    }


def _reasons(review: Review) -> list[object]:
    screening = last_screening(review)
    return list(reasons_with_points(screening)) if screening else []


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """Say where these pages are."""
    return [
        path("reviews/", queue_page, name="reviews_queue"),
        path("reviews/<uuid:review_id>/", review_page, name="reviews_review"),
    ]


@hooks.register("register_admin_menu_item")
def reviews_item() -> MenuItem:
    """Put reviews into the menu."""
    return OfficeItem(
        gettext_lazy("Reviews"),
        reverse("reviews_queue"),
        icon_name="comment",
        order=306,
        group=EXPERIENCE,
    )
