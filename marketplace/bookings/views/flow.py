"""From a profile to a paid booking: where and what, then the price in six parts, then pay."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Conflict, Invalid
from kernel.money import Money
from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.let_quote_go import let_quote_go
from marketplace.bookings.actions.quote import (
    make_quote,
    price_wish,
    renew_quote,
    takes_cash,
    wish_of,
)
from marketplace.bookings.forms import BookForm
from marketplace.bookings.models import Quote
from marketplace.bookings.queries import credit_for, last_place, quote_of
from marketplace.bookings.queries.packages import Held, usable_for
from marketplace.bookings.rules.cancellation import Policy, tiers
from marketplace.bookings.rules.guards import QuoteInvalid
from marketplace.bookings.rules.lines import LinesRefused
from marketplace.bookings.rules.offers import NobodyFree
from marketplace.bookings.rules.packages import DoesNotFit
from marketplace.bookings.rules.price import suggested_tips
from marketplace.bookings.rules.scheduling import charge_at
from marketplace.catalog.models import WorkerService
from marketplace.catalog.queries import worker_service
from marketplace.matching.rules.occupancy import TooManyHolds
from payments.actions.keep_card import keep_card
from payments.queries.saved_cards import saved_card_of
from tenants.tenancy.access import Request, login_address, roles, signed_in
from tenants.tenancy.forms import refusal_words

FIELDS = {"place": "zone", "tip": "tip_other"}


def choose(request: Request, worker_service_id: UUID) -> HttpResponse:
    """Ask where, with which extras and how much of a tip; show what it costs so far."""
    return ask(request, worker_service(worker_service_id))


def ask(request: Request, offer: WorkerService) -> HttpResponse:
    """Ask for what is needed to book an offer; where we find somebody, of any of them."""
    starts_at, cash = _start(request), takes_cash(offer=offer)
    if request.method != "POST":
        form = BookForm(offer=offer, cash=cash, initial=_initial(request))
        return _page(request, form, offer, starts_at)
    form = BookForm(request.POST, request.FILES, offer=offer, cash=cash)
    valid = form.is_valid()
    if request.POST.get("action") == "price":
        if request.htmx:
            form.errors.clear()
        return _page(request, form, offer, starts_at)
    if not valid:
        return _page(request, form, offer, starts_at, status=422)
    try:
        by = customer_of(request) if request.user.is_authenticated else None
        quote = make_quote(by=by, wish=form.wish(starts_at, by=by))
    except (Conflict, Invalid) as refusal:
        return _page(request, form, offer, starts_at, status=refusal.status, refusal=refusal)
    return redirect("bookings:quote", quote_id=quote.pk)


def _start(request: Request) -> datetime:
    """Return when the visit is to start, as the profile's link says."""
    text = request.GET.get("start", "").replace(" ", "+")
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise QuoteInvalid(fields=["start"])
    return found


def _initial(request: Request) -> dict[str, Any]:
    """Fill in where the last visit was, or what the search already knows."""
    known: dict[str, Any] = {}
    if (member := roles(request).get(Role.CUSTOMER)) is not None:
        known = last_place(member.pk)
    given = {name: request.GET[name] for name in ("lat", "lng") if request.GET.get(name)}
    if len(given) == 2:
        known |= {"latitude": given["lat"], "longitude": given["lng"]}
    return known


def _page(
    request: Request,
    form: BookForm,
    offer: WorkerService,
    starts_at: datetime,
    *,
    status: int = 200,
    refusal: Conflict | Invalid | None = None,
) -> HttpResponse:
    if refusal is not None and form.show_answers_refused(refusal):
        refusal = None
    if refusal is not None:
        for name in refusal.details.get("fields", []):
            if FIELDS.get(name, name) in form.fields:
                form.add_error(FIELDS.get(name, name), _sentence(refusal))
                refusal = None
                break
    try:
        priced = price_wish(wish=form.wish(starts_at))
    except (LinesRefused, Invalid):
        priced = price_wish(wish=BookForm(offer=offer).wish(starts_at))
    currency = offer.service.currency
    context = {
        "form": form,
        "offer": offer,
        "worker": offer.worker,
        "photo_url": f"/w/{offer.worker.slug}/photo/",
        "starts_at": starts_at,
        "zone": offer.worker.zone,
        "variants": [
            (each, Money(currency, each.price_minor), each.id == priced.composed.variant)
            for each in form.variants
        ],
        "questions": form.questions(),
        "extras": [(extra, form[f"add_on_{extra.pk}"]) for extra in form.extras],
        "tips": suggested_tips(priced.price.work_minor, currency=currency),
        "chosen_tip": str(form.data.get("tip", "0")),
        "priced": priced,
        "sentence": _sentence(refusal) if refusal else "",
        "other_times": _times(refusal),
        "nobody": isinstance(refusal, NobodyFree),
        "too_many": isinstance(refusal, TooManyHolds),
    }
    part = "#price" if request.htmx and status == 200 else ""
    return render(request, f"bookings/choose.html{part}", context, status=status)


def _times(refusal: Conflict | Invalid | None) -> list[datetime]:
    """Return when else somebody could come, where a refusal says so."""
    found = refusal.details.get("times", []) if isinstance(refusal, NobodyFree) else []
    return [datetime.fromisoformat(each) for each in found]


def _sentence(refusal: Conflict | Invalid) -> str:
    return refusal_words(refusal)


def quote(request: Request, quote_id: UUID) -> HttpResponse:
    """Show the price in its six parts, for as long as it stands; the button books and goes to pay.

    A quote made before signing in, or too old, is asked for again when somebody pays; they pay at
    once if the price is the same.
    """
    by = customer_of(request) if Role.CUSTOMER in roles(request) else None
    shown = quote_of(by=by, quote_id=quote_id)
    if request.method != "POST":
        return _quote_page(request, shown)
    if not request.user.is_authenticated:
        return redirect(login_address(request))
    by = customer_of(request)
    expired = clock.now() >= shown.expires_at
    try:
        if package_id := request.POST.get("package"):
            return _with_package(by, shown, package_id)
        if shown.customer_id is None or request.POST.get("action") == "renew":
            fresh = renew_quote(by=by, quote_id=shown.pk)
            if expired or fresh.hash != shown.hash:
                return redirect("bookings:quote", quote_id=fresh.pk)
            shown = fresh
        declined = request.POST.get("credit") == "no"
        card_id = _saved_card(request, shown)
        booking = book(by=by, quote_id=shown.pk, with_credit=not declined, card_id=card_id)
        if "keep_card" in request.POST and booking.payment_id and not booking.paid_later:
            keep_card(by=by, payment_id=booking.payment_id)
    except Conflict as refusal:
        return _quote_page(request, shown, refusal=refusal)
    if booking.waits_for_nothing or not booking.to_pay:
        return redirect("bookings:visit", code=booking.code)
    return redirect("bookings:pay", code=booking.code, payment_id=booking.payment_id)


@require_POST
@signed_in
def let_go(request: Request, quote_id: UUID) -> HttpResponse:
    """Give back the time that is kept with a price."""
    let_quote_go(by=customer_of(request), quote_id=quote_id)
    messages.success(request, gettext("The time is free again."))
    return redirect("bookings:visits")


def _with_package(by: Actor, shown: Quote, package_id: str) -> HttpResponse:
    """Book the same visit with one that was paid ahead: nothing is charged."""
    known = {str(each.package.pk): each.package.pk for each in paying_packages(by, shown)}
    if package_id not in known:
        raise DoesNotFit
    wish = replace(wish_of(shown), package_id=known[package_id], starts_at=shown.starts_at)
    booking = book(by=by, quote_id=make_quote(by=by, wish=wish).pk)
    return redirect("bookings:visit", code=booking.code)


def paying_packages(by: Actor, shown: Quote) -> list[Held]:
    """Return the customer's packages that could pay this visit as it is."""
    if shown.add_ons or shown.tip_minor or shown.units or shown.in_cash:
        return []
    fitting = usable_for(by, shown.worker_service)
    return [each for each in fitting if each.package.variant_id == shown.variant_id]


def _saved_card(request: Request, shown: Quote) -> UUID | None:
    """Return the card that the customer keeps here, if this visit is to be charged to it."""
    if request.POST.get("card") != "saved" or not shown.paid_later or shown.customer_id is None:
        return None
    kept = saved_card_of(shown.customer_id)
    return kept.pk if kept else None


def _quote_page(request: Request, shown: Quote, *, refusal: Conflict | None = None) -> HttpResponse:
    credit = credit_for(shown)
    context = {
        "quote": shown,
        "credit": credit,
        "to_pay": shown.total - credit,
        "packages": _packages(request, shown),
        "worker": shown.worker,
        "charge_at": charge_at(starts_at=shown.starts_at),
        "saved_card": saved_card_of(shown.customer_id) if shown.customer_id else None,
        "expired": clock.now() >= shown.expires_at,
        "tiers": tiers(Policy(shown.policy)),
        "login": login_address(request),
        "sentence": _sentence(refusal) if refusal else "",
    }
    return render(
        request, "bookings/quote.html", context, status=refusal.status if refusal else 200
    )


def _packages(request: Request, shown: Quote) -> list[Held]:
    if Role.CUSTOMER not in roles(request) or shown.package_id is not None:
        return []
    return paying_packages(customer_of(request), shown)
