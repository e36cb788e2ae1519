"""Visits paid in cash: booked at once, taken by the worker, divided, owed, and within limits."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.errors import NotFound
from kernel.money import Money
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.note_cash import contest_booked_cash, note_cash
from marketplace.bookings.actions.preview_step import preview_step
from marketplace.bookings.actions.set_rule import RuleFields, set_rule
from marketplace.bookings.models import Booking, Quote
from marketplace.bookings.rules.commission import Kind
from marketplace.bookings.rules.guards import QuoteInvalid
from marketplace.bookings.rules.process import WrongState
from marketplace.catalog.models import Service
from payments.actions.set_tax import adopt_profile
from payments.models import Debt, Payment, Receipt
from payments.queries import money_story, wallet_of
from payments.queries.cash import cash_standing
from payments.rules.cash import CashDiffers, CashLimitReached, CashWithoutTip, NothingContested
from payments.rules.story import Side
from tenants.identity.queries import codes_of
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import entries, ledger
from tests.support.worlds_bookings import (
    WEDNESDAY_TEN,
    booked,
    by_request,
    fresh,
    quoted,
    steps,
    time_passes,
)
from tests.support.worlds_money import earns, member_id, mxn

PLAIN = {"pay_in": "cash", "tip_minor": 0, "add_ons": {}}
DIVIDED = {
    "worker_receivable": 1_200,
    "tenant_pending": -934,
    "platform_fee": -100,
    "tax_payable": -166,
}


@pytest.fixture
def cash_offer(offer, olga):
    """Ana's walk costs 100.00 and may be paid in cash; of it she keeps 88.00."""
    Service.objects.filter(pk=offer.service_id).update(cash=True, price_minor=10_000)
    set_rule(by=olga, fields=RuleFields(kind=Kind.CUSTOMER_FEE, rate_bp=0))
    offer.refresh_from_db()
    return offer


@pytest.fixture
def in_cash(cash_offer, clara):
    """Clara booked Ana for Wednesday at ten, and will pay 100.00 in cash."""
    booking = booked(clara, cash_offer, **PLAIN)
    outbox.drain()
    return fresh(booking)


def finish(booking: Booking, ana) -> Booking:
    """Let Ana come and work an hour."""
    with clock.travelling_to(WEDNESDAY_TEN):
        steps(ana, booking, "check_in", pin=codes_of(booking.pk).start_pin)
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=60)):
        return steps(ana, booking, "check_out")


def take(booking: Booking, by) -> Booking:
    note_cash(by=by, booking_id=booking.pk, amount=booking.total)
    outbox.drain()
    return fresh(booking)


def told(to) -> list[str]:
    rows = Notification.objects.filter(to_id=member_id(to), notice__startswith="bookings.")
    rows = rows.order_by("at", "pk")
    return [row.notice.removeprefix("bookings.") for row in rows]


def test_it_is_confirmed_at_once_and_nothing_is_on_the_books(cash_offer, clara, ana):
    booking = booked(clara, cash_offer, **PLAIN)

    assert (booking.state, booking.money) == ("confirmed", "authorised")
    outbox.drain()
    booking = fresh(booking)
    assert (booking.state, booking.money, booking.processor_minor) == ("confirmed", "authorised", 0)
    assert ledger() == {}
    assert told(clara) == ["confirmed_customer_cash"]
    assert told(ana)[-1] == "confirmed_worker_cash"


def test_cash_of_100_with_a_share_of_88_leaves_12_owed_and_the_wallet_as_it_was(in_cash, ana):
    done = take(finish(in_cash, ana), ana)

    assert (done.state, done.money) == ("delivered", "captured")
    assert ledger() == DIVIDED
    kinds = ["cash.collected", "job.accrued", "cash.settled"]
    assert entries(done.reference) == kinds
    wallet = wallet_of(ana)
    assert (wallet.available, wallet.pending, wallet.owed) == (mxn(0), mxn(0), mxn(1_200))
    assert Debt.objects.get().left_minor == 1_200
    assert done.cash_to_owe == mxn(1_200)


def test_the_debt_is_set_off_from_a_quarter_of_the_next_release(in_cash, ana, clara):
    take(finish(in_cash, ana), ana)
    earns(ana, 4_000, payer=clara)

    assert (wallet_of(ana).available, wallet_of(ana).owed) == (mxn(3_000), mxn(200))


def test_cash_confirmed_after_the_visit_was_completed_is_divided_too(in_cash, ana, clara):
    steps(clara, finish(in_cash, ana), "confirm")
    assert (ledger(), fresh(in_cash).money) == ({}, "authorised")
    case = Case.objects.get(kind="cash_unconfirmed")
    assert (case.about_id, case.person_id) == (in_cash.pk, member_id(ana))

    take(in_cash, ana)
    assert ledger() == DIVIDED
    assert "completed_worker_cash" in told(ana)


def test_confirmed_cash_leaves_no_question(in_cash, ana, clara):
    take(finish(in_cash, ana), ana)
    steps(clara, in_cash, "confirm")
    assert not Case.objects.filter(kind="cash_unconfirmed").exists()


def test_only_the_worker_or_the_office_confirms_and_only_the_whole_amount(
    in_cash, ana, clara, olga
):
    with pytest.raises(WrongState):
        note_cash(by=ana, booking_id=in_cash.pk, amount=in_cash.total)
    done = finish(in_cash, ana)
    with pytest.raises(NotFound):
        note_cash(by=clara, booking_id=done.pk, amount=done.total)
    with pytest.raises(CashDiffers):
        note_cash(by=ana, booking_id=done.pk, amount=done.total - Money("MXN", 1))
    outbox.drain()
    assert (ledger(), fresh(done).money) == ({}, "authorised")

    take(done, olga)
    take(done, ana)
    assert ledger() == DIVIDED


def test_a_card_booking_takes_no_cash(clara_booked_ana, ana, clara):
    with pytest.raises(NotFound):
        note_cash(by=ana, booking_id=clara_booked_ana.pk, amount=clara_booked_ana.total)
    with pytest.raises(NotFound):
        contest_booked_cash(by=clara, booking_id=clara_booked_ana.pk, words="no")


def test_the_customer_may_contest_what_was_noted(in_cash, ana, clara):
    done = finish(in_cash, ana)
    with pytest.raises(NothingContested):
        contest_booked_cash(by=clara, booking_id=done.pk, words="I paid less")
    take(done, ana)
    with pytest.raises(NotFound):
        contest_booked_cash(by=ana, booking_id=done.pk, words="I got less")
    contest_booked_cash(by=clara, booking_id=done.pk, words="I paid 80")

    case = Case.objects.get(kind="cash_contested")
    assert (case.title, case.about_id) == ("I paid 80", done.payment_id)
    assert ledger() == DIVIDED


def test_above_the_limit_no_cash_is_offered_and_a_card_still_is(cash_offer, in_cash, clara, olga):
    change_setting(by=olga, group="payments.cash", values={"limit_minor": 2_399})
    later = {"starts_at": WEDNESDAY_TEN + timedelta(hours=3)}
    with pytest.raises(CashLimitReached):
        quoted(clara, cash_offer, **PLAIN, **later)
    assert Quote.objects.count() == 1
    assert quoted(clara, cash_offer, **PLAIN | {"pay_in": "card"}, **later).pay_in == "card"

    change_setting(by=olga, group="payments.cash", values={"limit_minor": 2_400})
    assert quoted(clara, cash_offer, **PLAIN, **later).in_cash


def test_a_limit_reached_after_the_price_was_shown_refuses_the_booking(
    cash_offer, clara, ana, olga
):
    quote = quoted(clara, cash_offer, **PLAIN)
    change_setting(by=olga, group="payments.cash", values={"limit_minor": 1_199})
    with pytest.raises(CashLimitReached):
        book(by=clara, quote_id=quote.pk)
    assert not Booking.objects.exists()
    assert not Payment.objects.exists()


def test_a_tax_that_is_kept_back_counts_as_owed(cash_offer, clara, ana, olga):
    adopt_profile(by=olga)
    booking = booked(clara, cash_offer, **PLAIN)
    kept_back = booking.withheld_minor
    assert kept_back == 88 + 704
    assert cash_standing(member_id(ana)).promised_minor == 1_200 + kept_back
    outbox.drain()

    take(finish(booking, ana), ana)
    assert ledger() == {
        **DIVIDED,
        "worker_receivable": 1_200 + kept_back,
        "tax_payable": -166 - kept_back,
    }
    standing = cash_standing(member_id(ana))
    assert (standing.owed_minor, standing.promised_minor) == (1_200 + kept_back, 0)


def test_tips_and_services_without_cash_are_refused(cash_offer, clara):
    with pytest.raises(CashWithoutTip):
        quoted(clara, cash_offer, **PLAIN | {"tip_minor": 500})
    with pytest.raises(QuoteInvalid):
        quoted(clara, cash_offer, **PLAIN | {"pay_in": "gold"})
    Service.objects.update(cash=False)
    cash_offer.service.refresh_from_db()
    with pytest.raises(QuoteInvalid):
        quoted(clara, cash_offer, **PLAIN)
    assert not Quote.objects.exists()


@pytest.mark.parametrize("before", [timedelta(hours=30), timedelta(hours=1)])
def test_a_cancelled_visit_in_cash_costs_nobody_anything(in_cash, clara, ana, before):
    with clock.travelling_to(WEDNESDAY_TEN - before):
        shown = preview_step(by=clara, booking_id=in_cash.pk, step="cancel").booking
        assert (shown.refund_minor, shown.kept_bp) == (0, 0)
        ended = steps(clara, in_cash, "cancel")

    assert (ended.state, ended.money, ended.kept_bp) == ("cancelled", "none", 0)
    assert Payment.objects.get().state == "cancelled"
    assert ledger() == {}
    assert cash_standing(member_id(ana)).promised_minor == 0
    assert told(clara)[-1] == "cancelled_customer_cash"
    assert told(ana)[-1] == "cancelled_worker_cash"


def test_the_office_cancels_for_an_absent_customer_and_nothing_is_kept(in_cash, olga):
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=30)):
        steps(olga, in_cash, "cancel", reason="Nadie abrió la puerta.", rate_bp=10_000)

    ended = fresh(in_cash)
    assert (ended.state, ended.money, ended.kept_bp, ended.refund_minor) == (
        "cancelled",
        "none",
        0,
        0,
    )
    assert ledger() == {}


def test_a_worker_who_cannot_come_is_no_reason_to_give_anything_back(in_cash, ana, clara):
    waiting = steps(ana, in_cash, "cancel", reason="Estoy enferma hoy.")
    assert told(clara)[-1] == "worker_cannot_come_cash"
    ended = steps(clara, waiting, "refund")
    assert (ended.state, ended.money, ended.refund_minor) == ("cancelled", "none", 0)


def test_a_request_in_cash_waits_for_the_answer(cash_offer, clara, ana):
    booking = booked(clara, by_request(cash_offer), **PLAIN)
    assert booking.state == "requested"
    outbox.drain()
    accepted = steps(ana, booking, "accept")
    assert (accepted.state, accepted.money, ledger()) == ("confirmed", "authorised", {})


def test_an_unanswered_request_in_cash_ends_with_nothing(cash_offer, clara):
    booking = booked(clara, by_request(cash_offer), **PLAIN)
    outbox.drain()
    ended = time_passes(booking, clock.now() + timedelta(hours=25))
    assert (ended.state, ended.money) == ("expired", "none")
    assert told(clara)[-1] == "expired_customer_cash"


def test_the_money_page_and_the_receipt_tell_it(in_cash, ana, clara):
    done = take(finish(in_cash, ana), ana)
    lines = [(line.kind, line.amount.minor) for line in _story(done, Side.WORKER)]
    assert lines == [("cash.collected", 10_000), ("job.accrued", 10_000), ("cash.settled", 10_000)]
    assert [line.kind for line in _story(done, Side.CUSTOMER)] == ["cash.collected", "job.accrued"]
    assert Notification.objects.filter(notice="payments.cash_noted").count() == 1
    assert not Notification.objects.filter(notice="payments.receipt").exists()
    receipt = Receipt.objects.get()
    assert (receipt.payer_id, receipt.content["in_cash"]) == (member_id(clara), True)


def _story(booking: Booking, side: Side):
    return money_story(booking.reference, side=side)[0]
