"""Visits paid ahead: bought, used, given back, ended; every unit of it in the books."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import Role
from kernel.errors import NotFound
from kernel.money import Money
from kernel.timers import run_due_of
from marketplace.bookings.actions.buy_package import buy_package
from marketplace.bookings.actions.end_package import refund_package
from marketplace.bookings.actions.set_rule import RuleFields, set_rule
from marketplace.bookings.models import CreditMove, Package, PackageCredit
from marketplace.bookings.queries.packages import free_credits, held
from marketplace.bookings.rules.commission import Kind
from marketplace.bookings.rules.packages import DoesNotFit, NothingLeft, PackageNotOpen
from payments.actions.decide_refund import decide_refund
from payments.models import Payment, Refund
from payments.rules.refusals import PaidAhead
from tenants.identity.queries import codes_of
from tenants.messaging.models import Notification
from tests.support.equations import our_own_books
from tests.support.ledgers import booked as legs_of
from tests.support.ledgers import ledger
from tests.support.worlds import joins
from tests.support.worlds_bookings import MONDAY_NINE, WEDNESDAY_TEN, by_request, fresh, steps
from tests.support.worlds_money import member_id
from tests.support.worlds_packages import books_with, bought, days_pass, sold

EACH = {
    "customer_deposit": 48_000,
    "worker_pending": -42_240,
    "tenant_pending": -2_698,
    "platform_fee": -480,
    "psp_fee_recovered": -1_788,
    "tax_payable": -794,
}


def left(package):
    return [each.number for each in free_credits(package)]


def told(to):
    rows = Notification.objects.filter(to_id=member_id(to), notice__startswith="bookings.package")
    return [row.notice for row in rows.order_by("at", "pk")]


def comes(booking, ana, clara):
    """Let Ana come on time, work an hour, and Clara confirm."""
    with clock.travelling_to(booking.starts_at):
        steps(ana, booking, "check_in", pin=codes_of(booking.pk).start_pin)
    with clock.travelling_to(booking.starts_at + timedelta(minutes=60)):
        steps(ana, booking, "check_out")
        return steps(clara, booking, "confirm")


def test_a_package_that_is_bought_is_all_the_customers(package, clara):
    payment = Payment.objects.get(pk=package.payment_id)

    assert (payment.kind, payment.captured_minor) == ("package", 240_001)
    assert legs_of(package.reference)[0] == (
        "charge.captured",
        {"psp_pending": 240_001, "customer_deposit": -240_001},
    )
    assert [each.value_minor for each in package.credits.order_by("number")] == [48_000] * 4 + [
        48_001
    ]
    assert (package.commission_minor, package.fee_minor) == (28_800, 0)
    assert (package.expires_at - MONDAY_NINE).days == 180
    assert told(clara) == ["bookings.package_bought"]
    our_own_books()


def test_a_visit_that_took_place_divides_exactly_its_credit(package, offer, ana, clara):
    booking = books_with(clara, package.pk, offer)

    assert (booking.state, booking.money, booking.total.minor) == ("confirmed", "captured", 48_000)
    assert (booking.to_pay.minor, left(package)) == (0, [2, 3, 4, 5])
    assert ledger()["customer_deposit"] == -240_001

    done = comes(booking, ana, clara)

    assert done.state == "completed"
    assert legs_of(booking.reference) == [
        ("job.accrued", EACH),
        ("job.released", {"worker_pending": 42_240, "worker_available": -42_240}),
    ]
    assert ledger()["customer_deposit"] == -(240_001 - 48_000)
    our_own_books()


def test_the_commission_is_the_one_of_the_day_it_was_bought(package, offer, olga, ana, clara):
    set_rule(by=olga, fields=RuleFields(kind=Kind.WORKER_COMMISSION, rate_bp=100))

    booking = books_with(clara, package.pk, offer)

    assert (booking.commission_minor, booking.worker_minor) == (5_760, 42_240)


def test_a_cancellation_that_keeps_nothing_brings_the_visit_back(package, offer, clara):
    booking = books_with(clara, package.pk, offer)

    cancelled = steps(clara, booking, "cancel")

    assert (cancelled.state, cancelled.money, cancelled.refund_minor) == (
        "cancelled", "refunded", 0,
    )  # fmt: skip
    assert left(package) == [1, 2, 3, 4, 5]
    assert legs_of(booking.reference) == []
    assert told(clara) == ["bookings.package_bought", "bookings.package_credit_back"]
    our_own_books()


def test_below_a_half_the_visit_comes_back_and_the_business_pays_the_worker(package, offer, clara):
    booking = books_with(clara, package.pk, offer)

    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=10)):
        cancelled = steps(clara, booking, "cancel")

    assert (cancelled.kept_bp, left(package)) == (3_000, [1, 2, 3, 4, 5])
    assert legs_of(booking.reference) == [
        ("job.accrued", {"tenant_pending": 14_400, "worker_pending": -14_400}),
        ("job.released", {"worker_pending": 14_400, "worker_available": -14_400}),
    ]
    our_own_books()


def test_from_a_half_on_the_visit_is_used_up_and_its_rest_is_the_business_s(package, offer, clara):
    booking = books_with(clara, package.pk, offer)

    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=3)):
        cancelled = steps(clara, booking, "cancel")

    assert (cancelled.kept_bp, cancelled.money, left(package)) == (5_000, "captured", [2, 3, 4, 5])
    assert legs_of(booking.reference)[0] == (
        "job.accrued",
        {
            "customer_deposit": 48_000,
            "worker_pending": -24_000,
            "tenant_pending": -18_902,
            "psp_fee_recovered": -1_788,
            "tax_payable": -3_310,
        },
    )
    our_own_books()


def test_what_is_not_used_goes_back_until_the_end(package, offer, ana, clara):
    comes(books_with(clara, package.pk, offer), ana, clara)

    over = refund_package(by=clara, package_id=package.pk)

    refund = Refund.objects.get()
    assert (refund.amount_minor, over.state, left(package)) == (192_001, "over", [])
    assert legs_of(f"refund:{refund.pk}")[0] == (
        "refund.due",
        {"customer_deposit": 192_001, "refund_payable": -192_001},
    )
    assert "customer_deposit" not in ledger()
    with pytest.raises(PackageNotOpen):
        refund_package(by=clara, package_id=package.pk)
    our_own_books()


def test_what_is_not_used_in_time_is_the_business_s_less_the_tax_inside(package, offer, clara):
    booking = books_with(clara, package.pk, offer, starts_at=WEDNESDAY_TEN)
    days_pass(package, package.expires_at - timedelta(days=14))
    assert told(clara)[-1] == "bookings.package_ending"

    over = days_pass(package, package.expires_at)

    assert (over.state, fresh(booking).state) == ("over", "confirmed")
    assert legs_of(package.reference)[-1] == (
        "deposit.forfeited",
        {"customer_deposit": 192_001, "tenant_pending": -165_517, "tax_payable": -26_484},
    )
    assert ledger()["customer_deposit"] == -48_000  # The visit that is booked.
    assert told(clara)[-1] == "bookings.package_expired"
    our_own_books()


def test_when_all_of_it_is_spent_the_fee_that_was_expected_is_compared_with_the_real_one(
    package, offer, ana, clara
):
    comes(books_with(clara, package.pk, offer), ana, clara)
    assert "fee.trued_up" not in [kind for kind, _ in legs_of(package.reference)]

    days_pass(package, package.expires_at)

    real = Payment.objects.get(pk=package.payment_id).fee_minor
    trued = dict(legs_of(package.reference))["fee.trued_up"]
    assert trued == {"tenant_pending": real - 1_788, "psp_fee_recovered": 1_788 - real}
    our_own_books()


def test_a_visit_cancelled_after_the_end_goes_back_as_money(package, offer, olga, clara):
    booking = books_with(clara, package.pk, offer)
    refund_package(by=clara, package_id=package.pk)

    steps(clara, booking, "cancel")

    assert [each.amount_minor for each in Refund.objects.order_by("pk")] == [192_001, 48_000]
    assert [
        each.kind for each in CreditMove.objects.filter(credit__number=1).order_by("place")
    ] == [
        "used",
        "returned",
        "refunded",
    ]
    our_own_books()


def test_a_request_that_is_declined_brings_the_visit_back(package, offer, ana, clara):
    booking = books_with(clara, package.pk, by_request(offer))
    assert booking.state == "requested"

    declined = steps(ana, booking, "decline", reason="Ese día no puedo, lo siento.")

    assert (declined.state, declined.money) == ("declined", "refunded")
    assert left(package) == [1, 2, 3, 4, 5]
    our_own_books()


def test_a_dispute_about_one_visit_takes_nothing_of_the_others(package, offer, olga, ana, clara):
    booking = comes(books_with(clara, package.pk, offer), ana, clara)
    with clock.travelling_to(booking.starts_at + timedelta(hours=2)):
        steps(clara, booking, "dispute", about="quality", words="No paseó ni media hora.",
              amount_minor=20_000)  # fmt: skip
        steps(olga, booking, "resolve", outcome="partial", fault="worker", amount_minor=20_000,
              words="El recorrido muestra 25 minutos.",
              reason="El recorrido muestra 25 minutos.")  # fmt: skip

    refund = Refund.objects.get()
    assert (refund.deposit_minor, refund.worker_minor) == (0, 17_600)
    assert ledger()["customer_deposit"] == -(240_001 - 48_000)
    assert left(package) == [2, 3, 4, 5]
    our_own_books()


def test_nobody_refunds_a_package_but_visit_by_visit(package, olga):
    with pytest.raises(PaidAhead):
        decide_refund(
            by=olga,
            payment_id=package.payment_id,
            amount=Money("MXN", 100),
            tip=Money("MXN", 0),
            fault="none",
            reason="Así lo pidió la clienta.",
            key="k",
        )
    assert not Refund.objects.exists()


def test_it_pays_the_visit_as_it_was_sold_and_nobody_else_s(package, offer, clara, ana):
    with pytest.raises(DoesNotFit):
        books_with(clara, package.pk, offer, tip_minor=100)
    with pytest.raises(NotFound):
        books_with(joins("dora", Role.CUSTOMER), package.pk, offer)
    assert left(package) == [1, 2, 3, 4, 5]


def test_nothing_is_booked_with_an_empty_package(offer, olga, clara):
    package = bought(clara, sold(olga, offer, visits=2, price_minor=90_000))
    for day in range(2):
        books_with(clara, package.pk, offer, starts_at=WEDNESDAY_TEN + timedelta(days=day))

    with pytest.raises(NothingLeft):
        books_with(clara, package.pk, offer, starts_at=WEDNESDAY_TEN + timedelta(days=2))
    assert CreditMove.objects.count() == 2
    assert held(package).left == 0


def test_a_package_that_nobody_pays_gives_no_visits(offer, olga, clara):
    package = buy_package(by=clara, offer_id=sold(olga, offer).pk, key="k")
    again = buy_package(by=clara, offer_id=package.offer_id, key="k")

    with clock.travelling_to(MONDAY_NINE + timedelta(hours=1)):
        run_due_of(package.payment_id)
        outbox.drain()

    assert again.pk == package.pk
    assert Package.objects.get().state == "dropped"
    assert not PackageCredit.objects.exists()
