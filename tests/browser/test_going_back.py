"""Credits, disputes, refunds and corrections at 360 and 1280 px, in two languages."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import SYSTEM, Role
from kernel.edge import working_for
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import Wish, make_quote
from marketplace.bookings.models import Booking
from marketplace.catalog.models import Service
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.local_time import Hours
from payments.actions.correct_books import ask_to_adjust
from payments.actions.credits import compensate_worker, grant_credit
from payments.actions.grant import grant
from payments.actions.let_rest import let_rest
from payments.actions.refund import refund
from payments.models import Dispute, Payee, Payment
from tests.browser.eyes import look, shoot
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_bookings import HOME
from tests.support.worlds_market import asks_for_no_documents, plant_niche, works
from tests.support.worlds_money import done, member_id, mxn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL_DAY = [Hours(weekday, time(0), time(23, 30)) for weekday in range(7)]
WHY = "The walk took ten minutes instead of sixty."
OFFICE = ("refunds", "disputes", "debts", "goodwill/credit", "goodwill/compensation", "resting")


@pytest.fixture(params=["es", "pt-br"])
def patitas(request):
    tenant = open_tenant(opening=replace(PATITAS, locale=request.param), owner=person("olga"))
    with working_for(tenant.pk):
        plant_niche(niche=tenant.niche)
        asks_for_no_documents()
        yield tenant


def quote_for(clara, offer, **changed):
    soon = clock.now() + timedelta(hours=30)
    slots = free_slots(worker_service=offer, from_=soon, to=soon + timedelta(hours=8))
    asked = {"worker_service_id": offer.pk, "starts_at": slots[0].starts_at, **HOME, **changed}
    return make_quote(by=clara, wish=Wish(**asked))


def pays(clara, offer, stripe_sandbox, **changed) -> Payment:
    booking = book(by=clara, quote_id=quote_for(clara, offer, **changed).pk)
    outbox.drain()
    return stripe_sandbox.pays(clara, Payment.objects.get(pk=booking.payment_id))


@pytest.fixture
def offer(patitas):
    """Ana can be booked at once, for 500.00."""
    (offer,) = works("ana", plan=ALL_DAY)
    Service.objects.filter(pk=offer.service_id).update(booking_mode="instant", price_minor=50_000)
    offer.refresh_from_db()
    return offer


@pytest.fixture
def ana(offer, stripe_sandbox):
    """Ana works, and can be paid."""
    worker = joins("ana", Role.WORKER)
    Payee.objects.update(account_ref="", state="none", provider="stripe")
    stripe_sandbox.onboards(worker)
    return worker


@pytest.fixture
def clara(patitas):
    """Clara has a credit of 200.00."""
    customer = joins("clara", Role.CUSTOMER)
    grant_credit(
        by=SYSTEM, customer_id=member_id(customer), amount=mxn(20_000), cause="late", about="x"
    )
    return customer


def both(phone_of, name, locale, **more):
    """Give somebody a phone and a desk, by the names of their pictures."""
    return [
        (f"{locale}-{place}", phone_of(name, width=width, **more))
        for place, width in (("phone", 360), ("desk", 1280))
    ]


def test_a_customer_sees_credit_where_it_pays_and_where_it_comes_back(
    patitas, phone_of, stripe_sandbox, offer, ana, clara
):
    quote = quote_for(clara, offer, tip_minor=5_000)
    hers = both(phone_of, "clara", patitas.locale)
    for name, page in hers:
        page.goto(f"/book/quote/{quote.pk}/")
        look(page, f"{name}-quote")
        page.goto("/credits/")
        look(page, f"{name}-credits")

    payment = pays(clara, offer, stripe_sandbox, tip_minor=5_000)
    goes_back(payment)
    code = Booking.objects.get(payment_id=payment.pk).code
    for name, page in hers:
        for path in (f"bookings/{code}", f"bookings/{code}/money", "receipts"):
            page.goto(f"/{path}/")
            look(page, f"{name}-{path.split('/')[-1].replace(code, 'visit')}")


def goes_back(payment) -> None:
    refund(by=SYSTEM, payment_id=payment.pk, amount=payment.amount, tip=mxn(0), reason="q", key="r")
    outbox.drain()


def test_the_office_and_the_worker_see_what_rests_is_disputed_and_corrected(
    patitas, phone_of, stripe_sandbox, offer, ana, clara
):
    first, second = (pays(clara, offer, stripe_sandbox) for _ in range(2))
    goes_back(first)
    stripe_sandbox.control("/disputes", charge=second.charge_ref)
    third = pays(clara, offer, stripe_sandbox)
    done(third, ana, blocks=Booking.objects.get(payment_id=third.pk).blocks)
    stripe_sandbox.deliver()
    happens_at_the_office(ana)
    for name, page in both(phone_of, "ana", patitas.locale):
        page.goto("/wallet/owed/")
        look(page, f"{name}-owed")
    more = (
        f"disputes/{Dispute.objects.get().pk}",
        f"payments/{third.pk}/refund",
        "adjustments",
        "money-permissions",
        "payments",
    )
    for name, page in both(phone_of, "olga", patitas.locale, strong=True):
        for number, path in enumerate((*OFFICE, *more)):
            page.goto(f"/office/{path}/")
            shoot(page, f"{name}-office-{number}-{path.split('/')[0]}")
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{path} scrolls sideways by {wide}"


def happens_at_the_office(ana) -> None:
    """Some money rests, some is given for good, and Mora asks for a correction."""
    olga, mora = joins("olga", Role.OWNER), joins("mora", Role.STAFF)
    whom, about = {"by": olga, "member_id": member_id(ana)}, {"reference": "x", "reason": WHY}
    let_rest(**whom, **about, amount=mxn(10_000), days=3, key="h")
    compensate_worker(**whom, **about, amount=mxn(2_500), key="c")
    grant(by=olga, member_id=member_id(mora), permissions=["adjust"])
    accounts = {"debit": "recon_difference", "credit": "bank"}
    ask_to_adjust(by=mora, amount=mxn(1_500), reason=WHY, key="a", **accounts)
    outbox.drain()
