"""A customer's visits: the list, the page of one, its steps, its photos, a tip afterwards."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Conflict, Invalid, NotFound
from kernel.ids import uuid7
from marketplace.bookings.access import customer_of, part_in
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.actions.change_card import change_card as leave_another_card
from marketplace.bookings.actions.effects_hand_over import substitutes_for
from marketplace.bookings.actions.moves import due_times
from marketplace.bookings.actions.preview_step import preview_step
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.actions.tip_later import tip_later
from marketplace.bookings.forms import ContestForm, StepForm, TipForm
from marketplace.bookings.forms.sides import SideForm
from marketplace.bookings.models import Booking
from marketplace.bookings.queries import (
    alternatives_to,
    kept_times_of,
    open_visits_of,
    past_visits_of,
    photos_of,
    sheet_of,
    story_of,
)
from marketplace.bookings.queries.dispatch import asked_so_far
from marketplace.bookings.queries.prices import TIPPED, tip_after
from marketplace.bookings.queries.replacement import replacements_for
from marketplace.bookings.queries.series import is_repeatable, series_of_visit
from marketplace.bookings.rules.cancellation import Policy, tiers
from marketplace.bookings.rules.packages import USED_FROM_BP
from marketplace.bookings.rules.price import suggested_tips
from marketplace.bookings.rules.process import Party, State
from marketplace.bookings.views.sides import SIDES_DONE, side_context
from marketplace.matching.queries.favourites import favourites_of
from payments.actions.keep_card import forget_cards
from payments.queries import money_of
from payments.queries.saved_cards import saved_card_of
from payments.queries.tips import tips_so_far
from tenants.identity.queries import carries_badge
from tenants.tenancy.access import Request, file_response, signed_in
from tenants.tenancy.forms import refusal_words

PAGE = 20
UNMATCHED = (State.DECLINED, State.EXPIRED)
DONE = {
    "cancel": _("Your visit is cancelled."),
    "withdraw": _("Your request is withdrawn."),
    "abandon": _("Your booking is dropped; nothing was paid."),
    "refund": _("Your money is on its way back."),
    "confirm": _("Thank you! The visit is complete."),
    "check_in": _("The visit has begun."),
    **SIDES_DONE,
}


@require_safe
@signed_in
def visits(request: Request) -> HttpResponse:
    """List a customer's visits: what waits for them, what is to come, what is over."""
    by = customer_of(request)
    page = Paginator(past_visits_of(by), PAGE).get_page(request.GET.get("page"))
    waiting, coming = open_visits_of(by) if page.number == 1 else ([], [])
    found = {"waiting": waiting, "coming": coming, "past": page}
    shown = {
        name: [sheet_of(row, by=by, proofs=False) for row in rows] for name, rows in found.items()
    }
    kept = kept_times_of(by) if page.number == 1 else []
    return render(request, "bookings/visits.html", {**shown, "page": page, "kept": kept})


@require_safe
@signed_in
def visit(request: Request, code: str) -> HttpResponse:
    """Show a customer's visit: what to do now, codes, what happened, the price in six parts."""
    by = customer_of(request)
    return _visit_page(request, by, catch_up(by=by, code=code))


def _visit_page(
    request: Request, by: Actor, booking: Booking, *, status: int = 200, **more: Any
) -> HttpResponse:
    sheet, tipped = sheet_of(booking, by=by), tips_so_far(booking.reference)
    context = {
        "booking": booking,
        "sheet": sheet,
        "worker": booking.worker,
        "asked": asked_so_far(booking) if sheet.state == State.MATCHING else 0,
        "story": story_of(booking),
        "due": due_times(booking),
        "kept": booking.worker_id in favourites_of(by.member_id) if by.member_id else False,
        "photos": photos_of(booking),
        "money_lines": money_of(booking.reference),
        "tiers": tiers(Policy(booking.policy)),
        "alternatives": alternatives_to(booking) if sheet.state in UNMATCHED else [],
        "substitutes": substitutes_for(booking) if "substitute" in sheet.actions else [],
        "may_look": "substitute" in sheet.actions and not sheet.in_cash,
        "instead": replacements_for(booking) if booking.accused == Party.WORKER else [],
        "tips": suggested_tips(booking.work_minor, currency=booking.currency),
        "repeatable": is_repeatable(booking),
        "series_id": series_of_visit(booking),
        "may_tip": sheet.state in TIPPED and booking.work_minor > 0 and tipped.more,
        "tipped": tipped.total if sheet.state in TIPPED else None,
        "tip_later": tip_after(booking),
        "codes_from": sheet.codes_from,
        "badge_valid": carries_badge(booking.worker.member_id),
        "near": sheet.codes_from <= clock.now(),
        "saved_card": saved_card_of(booking.customer_id),
        "tip_form": TipForm(),
        "contest_form": ContestForm(),
        "tip_key": uuid7(),
        "failed": "",
        **side_context(booking, sheet, form=more.pop("side_form", None)),
    }
    return render(request, "bookings/visit.html", context | more, status=status)


@require_safe
@signed_in
def pay(request: Request, code: str, payment_id: UUID) -> HttpResponse:
    """Lead from a form of ours to the payment company's page.

    A page of its own, because browsers let no form's answer redirect to another site
    (`form-action` of our content security policy).
    """
    booking = catch_up(by=customer_of(request), code=code)
    context = {"booking": booking, "pay_path": f"/pay/{payment_id}/"}
    return render(request, "bookings/to_pay.html", context)


@signed_in
def cancel(request: Request, code: str) -> HttpResponse:
    """Show what a cancellation would cost now, and cancel when the customer says so."""
    by = customer_of(request)
    booking = catch_up(by=by, code=code)
    if request.method == "POST":
        form = StepForm(request.POST)
        form.is_valid()
        take_step(
            by=by,
            booking_id=booking.pk,
            step="cancel",
            expected_version=form.cleaned_data.get("version"),
        )
        messages.success(request, gettext("Your visit is cancelled."))
        return redirect("bookings:visit", code=code)
    after = preview_step(by=by, booking_id=booking.pk, step="cancel").booking
    context = {
        "booking": booking,
        "sheet": sheet_of(booking, by=by, proofs=False),
        "after": sheet_of(after, by=by, proofs=False),
        "uses_it_up": (after.kept_bp or 0) >= USED_FROM_BP,
        "tiers": tiers(Policy(booking.policy)),
    }
    return render(request, "bookings/cancel.html", context)


@require_POST
@signed_in
def step(request: Request, code: str, step: str) -> HttpResponse:
    """Take a step on one's own visit."""
    by = customer_of(request)
    booking = catch_up(by=by, code=code)
    if step not in DONE or step == "cancel":
        raise NotFound(what="step")
    form = SideForm(request.POST)
    if not form.is_valid():
        return _visit_page(request, by, booking, status=422, side_form=form, failed=step)
    try:
        facts = Facts(**form.facts(booking.currency))
        take_step(by=by, booking_id=booking.pk, step=step, facts=facts)
    except (Conflict, Invalid) as refusal:
        now = catch_up(by=by, code=code)
        told = {"sentence": refusal_words(refusal), "side_form": form, "failed": step}
        return _visit_page(request, by, now, status=refusal.status, **told)
    messages.success(request, gettext(DONE[step]))
    return redirect("bookings:visit", code=code)


@require_POST
@signed_in
def tip(request: Request, code: str) -> HttpResponse:
    """Tip the worker after the job; on to the payment page."""
    by = customer_of(request)
    booking = catch_up(by=by, code=code)
    form = TipForm(request.POST)
    try:
        minor = form.minor(booking.currency) if form.is_valid() else 0
        payment = tip_later(
            by=by,
            booking_id=booking.pk,
            amount_minor=minor,
            key=f"{booking.reference}:tip:{request.POST.get('key', '')[:40]}",
            with_saved_card="saved" in request.POST,
        )
    except (Conflict, Invalid) as refusal:
        sentence = refusal_words(refusal)
        return _visit_page(
            request, by, booking, status=refusal.status, tip_error=sentence, tip_form=form
        )
    if payment.off_session:
        return redirect("payments:pay_return", payment_id=payment.pk)
    return redirect("bookings:pay", code=code, payment_id=payment.pk)


@require_POST
@signed_in
def change_card(request: Request, code: str) -> HttpResponse:
    """Leave another card for a visit that is paid later."""
    by = customer_of(request)
    booking = catch_up(by=by, code=code)
    asked = leave_another_card(by=by, booking_id=booking.pk)
    return redirect("bookings:pay", code=code, payment_id=asked.pk)


@require_POST
@signed_in
def forget_card(request: Request, code: str) -> HttpResponse:
    """Forget the card that was kept for tips and later visits."""
    by = customer_of(request)
    forget_cards(by=by)
    messages.success(request, gettext("Your card is forgotten."))
    return redirect("bookings:visit", code=code)


@require_safe
@signed_in
def photo(request: Request, code: str, position: int) -> HttpResponse:
    """Hand out a photo of the finished job to either side, or to the office."""
    booking = part_in(request, code=code)[1]
    found = photos_of(booking).filter(position=position).first()
    if found is None:
        raise NotFound(what="photo")
    return file_response(found.file)
