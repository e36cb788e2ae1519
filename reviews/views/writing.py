"""The pages on which both sides of a visit say how it was."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kernel.actor import Actor, Role
from kernel.errors import Refusal
from marketplace.bookings.models import Booking
from marketplace.bookings.queries import booking_named
from reviews.access import device_of
from reviews.actions.answer import reply
from reviews.actions.edit_review import edit_review, withdraw_review
from reviews.actions.see_device import key_of
from reviews.actions.submit_review import submit_private, submit_review
from reviews.forms import PrivateForm, ReplyForm, ReviewForm
from reviews.models import Review
from reviews.queries import Standing, review_of_me, standing_of
from reviews.rules.review_states import State
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import show_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def review(request: Request, code: str) -> HttpResponse:
    """Let a customer review a visit, change it while it is sealed, or read it afterwards."""
    by = actor_of(request, role=Role.CUSTOMER)
    booking = booking_named(by=by, code=code)
    standing = standing_of(booking, by=by)
    if request.method != "POST":
        form = ReviewForm(initial=_already_said(standing.mine))
        return _page(request, booking, standing, form)
    form = ReviewForm(request.POST, request.FILES)
    if not (form.is_valid() and _written(request, by, booking, standing, form)):
        return _page(request, booking, standing, form, status=422)
    messages.success(request, gettext("Thank you! It is sealed until both have spoken."))
    return redirect(request.path)


def _written(
    request: Request, by: Actor, booking: Booking, standing: Standing, form: ReviewForm
) -> bool:
    try:
        with transaction.atomic():
            _write(request, by, booking, standing, form)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _write(
    request: Request, by: Actor, booking: Booking, standing: Standing, form: ReviewForm
) -> None:
    if standing.mine is not None:
        edit_review(by=by, review_id=standing.mine.pk, **form.said())
        return
    device = device_of(request)
    submit_review(
        by=by,
        booking_id=booking.pk,
        photos=form.cleaned_data["photos"],
        consent=form.cleaned_data["consent"],
        device=key_of(device) if device else "",
        **form.said(),
    )


def _already_said(mine: Review | None) -> dict[str, Any]:
    if mine is None:
        return {}
    return {"stars": mine.stars, "text": mine.text, **mine.criteria}


def _page(
    request: Request, booking: Booking, standing: Standing, form: Any, *, status: int = 200
) -> HttpResponse:
    mine = standing.mine
    context = {
        "booking": booking,
        "standing": standing,
        "mine": mine,
        "can_edit": mine is not None and mine.at == State.SEALED,
        "form": form,
        "zone": booking.zone,
        "side": "worker" if isinstance(form, PrivateForm) else "customer",
    }
    template = "reviews/private.html" if context["side"] == "worker" else "reviews/review.html"
    return render(request, template, context, status=status)


@require_POST
@signed_in
def withdraw(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Take one's review back."""
    gone = withdraw_review(by=actor_of(request, role=Role.CUSTOMER), review_id=review_id)
    messages.success(request, gettext("Your review is withdrawn. What it said is gone."))
    return redirect(f"/bookings/{gone.booking.code}/")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def private(request: Request, code: str) -> HttpResponse:
    """Let a worker tell the team how a visit was."""
    by = actor_of(request, role=Role.WORKER)
    booking = booking_named(by=by, code=code)
    standing = standing_of(booking, by=by)
    if request.method != "POST":
        return _page(request, booking, standing, PrivateForm())
    form = PrivateForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                submit_private(by=by, booking_id=booking.pk, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Thank you. Only you and the moderators see it."))
            return redirect(request.path)
    return _page(request, booking, standing, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Let a worker answer a review."""
    by = actor_of(request, role=Role.WORKER)
    found = review_of_me(by=by, review_id=review_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                reply(by=by, review_id=review_id, text=form.cleaned_data["text"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Your answer is published."))
            return redirect(f"/work/jobs/{found.booking.code}/")
    status = 422 if form.errors else 200
    context = {"review": found, "form": form, "zone": found.booking.zone}
    return render(request, "reviews/answer.html", context, status=status)
