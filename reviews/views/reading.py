"""What everybody may read about reviews, and what an author may read about a decision."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kernel.actor import Actor, Role
from kernel.errors import Refusal
from marketplace.catalog.queries import worker_by_slug
from reviews.actions.answer import APPEALABLE, appeal
from reviews.forms import AppealForm
from reviews.models import Review
from reviews.queries import figures_of, own_review, photo_for, shown_for
from reviews.queries.statements import statement_of
from reviews.rules.average import ENOUGH_FOR_OWN_MEAN, PRIOR_MEAN, PRIOR_REVIEWS
from reviews.tenant_settings import ReviewSettings
from tenants.tenancy.access import Request, actor_of, file_response, roles, signed_in
from tenants.tenancy.forms import show_refusal
from tenants.tenancy.queries import settings_of


@require_safe
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Show a photo to those who may see its review."""
    by = [Actor(role=Role(role), member_id=each.pk) for role, each in roles(request).items()]
    found = photo_for(by=by, photo_id=photo_id)
    return file_response(found.file, public=found.review.is_public)


@require_safe
def how(request: Request) -> HttpResponse:
    """Say how reviews are made here, from the rules and settings that are in force."""
    context = {
        "settings": settings_of(ReviewSettings),
        "prior_reviews": PRIOR_REVIEWS,
        "prior_mean": PRIOR_MEAN,
        "enough": ENOUGH_FOR_OWN_MEAN,
    }
    return render(request, "reviews/how.html", context)


@require_safe
def of_worker(request: Request, slug: str) -> HttpResponse:
    """Show every review of a worker."""
    worker = worker_by_slug(slug)
    context = {
        "worker": worker,
        "figures": figures_of(worker),
        "reviews": shown_for(worker.pk),
        "zone": request.tenant.timezone,
    }
    return render(request, "reviews/of_worker.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def statement(request: Request, review_id: UUID) -> HttpResponse:
    """Tell an author what was decided about a review and why, and take an appeal."""
    by = actor_of(request, role=Role.CUSTOMER)
    found = own_review(by=by, review_id=review_id)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                appeal(by=by, review_id=review_id, text=form.cleaned_data["text"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Thank you. Somebody else will look again."))
            return redirect(request.path)
    return render(request, "reviews/statement.html", _told(request, found, form))


def _told(request: Request, found: Review, form: AppealForm) -> dict[str, object]:
    return {
        "review": found,
        "statement": statement_of(found),
        "can_appeal": found.at in APPEALABLE and found.appealed_at is None,
        "form": form,
        "zone": request.tenant.timezone,
    }
