"""Customers pay with their credits: kept at checkout, used when it is paid, given back in part."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kernel import clock, outbox
from kernel.actor import SYSTEM
from kernel.timers import run_due_of
from payments.actions.accrue import accrue
from payments.actions.capture import capture
from payments.actions.collect import collect
from payments.actions.credits import grant_credit
from payments.actions.open_page import open_page
from payments.actions.refund import refund
from payments.actions.release import release
from payments.actions.void import expire, void
from payments.models import Allocation, Credit, CreditUse, Payment, ProviderCall, Receipt, Refund
from payments.queries.credit import credit_at_checkout
from payments.queries.papers import receipt_paper
from payments.rules.blocks import PriceBlocks
from payments.rules.credit import paid_with_credit, ways_back
from payments.rules.refusals import NotRefundable
from tests.support.equations import our_own_books
from tests.support.ledgers import booked, entries, standing
from tests.support.worlds_money import can_be_paid, done, member_id, mxn, reported

pytestmark = pytest.mark.usefixtures("patitas")

WORK = PriceBlocks.of("MXN", worker=8_000, tenant=1_500, processor=500)


def given(customer, minor, about="x", **changed) -> Credit:
    credit = grant_credit(
        by=SYSTEM, customer_id=member_id(customer), amount=mxn(minor), cause="late", about=about
    )
    Credit.objects.filter(pk=credit.pk).update(**changed)
    return Credit.objects.get(pk=credit.pk)


def checkout(customer, *, amount=10_000, tip=0, capture="automatic", about="b") -> Payment:
    return collect(
        by=customer,
        payer_id=member_id(customer),
        reference=f"booking:{about}",
        amount=mxn(amount),
        tip=mxn(tip),
        title="Paseo",
        capture=capture,
        return_path="/bookings/",
        expires_at=clock.now() + timedelta(minutes=15),
        key=f"booking:{about}:create",
        with_credit=True,
    )


def back(payment, minor, *, key, tip=0) -> Refund:
    return refund(
        by=SYSTEM, payment_id=payment.pk, amount=mxn(minor), tip=mxn(tip), reason="test", key=key
    )


def left() -> dict[str, int]:
    return dict(Credit.objects.values_list("about", "left_minor"))


class TestHowMuch:
    """The arithmetic of it."""

    @pytest.mark.parametrize(
        ("amount", "tip", "credit", "smallest", "part"),
        [
            (10_000, 0, 4_000, 1_000, 4_000),
            (10_000, 0, 12_000, 1_000, 10_000),
            (10_000, 2_000, 12_000, 1_000, 10_000),  # The tip stays money.
            (10_000, 0, 9_500, 1_000, 9_000),  # Nobody can charge 5.00.
            (10_000, 500, 10_000, 1_000, 9_500),
            (400, 500, 400, 1_000, 0),
            (10_000, 0, 0, 1_000, 0),
        ],
    )
    def test_a_credit_pays_the_work_and_leaves_the_card_nothing_or_enough(
        self, amount, tip, credit, smallest, part
    ):
        assert part == paid_with_credit(amount=amount, tip=tip, credit=credit, smallest=smallest)

    def test_money_goes_back_before_credit(self):
        assert ways_back(amount=5_000, card_left=6_000) == (5_000, 0)
        assert ways_back(amount=8_000, card_left=6_000) == (6_000, 2_000)
        assert ways_back(amount=2_000, card_left=0) == (0, 2_000)


class TestCheckout:
    """What is kept, used, and let go."""

    def test_what_ends_first_is_used_first_and_the_card_pays_the_rest(self, clara):
        given(clara, 3_000, "later")
        given(clara, 3_000, "soon", expires_at=clock.now() + timedelta(days=3))
        shown = credit_at_checkout(member_id(clara), amount=mxn(4_000), tip=mxn(0))
        payment = checkout(clara, amount=4_000, tip=1_000)

        assert (shown, payment.credit, payment.charged) == (mxn(4_000), mxn(4_000), mxn(1_000))
        assert left() == {"later": 2_000, "soon": 0}
        assert entries("booking:b") == []

        reported(payment)
        assert booked("booking:b") == [
            ("credit.used", {"customer_credit": 4_000, "customer_deposit": -4_000})
        ]
        assert booked(f"tip:{payment.pk}") == [
            ("tip.captured", {"psp_pending": 1_000, "tip_held": -1_000})
        ]
        assert Payment.objects.get().captured_minor == 1_000
        assert Credit.objects.get(about="soon").state == Credit.USED
        our_own_books()

    def test_a_credit_that_pays_all_of_it_asks_no_company(self, clara):
        given(clara, 12_000)
        payment = checkout(clara)

        assert payment.state == "captured"
        assert left() == {"x": 2_000}
        outbox.drain()
        assert not ProviderCall.objects.exists()
        assert booked("booking:b") == [
            ("credit.used", {"customer_credit": 10_000, "customer_deposit": -10_000})
        ]
        our_own_books()

    def test_a_request_paid_with_credit_waits_for_its_answer(self, clara):
        given(clara, 10_000)
        payment = checkout(clara, capture="manual")
        assert (payment.state, entries("booking:b")) == ("authorised", [])

        capture(by=clara, payment_id=payment.pk)
        outbox.drain()
        payment.refresh_from_db()
        assert payment.state == "captured"
        assert entries("booking:b") == ["credit.used"]
        assert not ProviderCall.objects.exists()

    @pytest.mark.parametrize("end", ["void", "expire", "provider"])
    def test_a_checkout_that_comes_to_nothing_gives_it_back(self, clara, end):
        given(clara, 4_000)
        payment = checkout(clara)
        assert left() == {"x": 0}
        if end == "void":
            void(by=clara, payment_id=payment.pk)
        elif end == "expire":
            expire(payment_id=payment.pk)
        else:
            reported(payment, state="expired")
            assert left() == {"x": 0}  # Another page may be opened until its time is over.
            with clock.travelling_to(payment.expires_at):
                reported(payment, state="expired")

        assert left() == {"x": 4_000}
        assert CreditUse.objects.get().state == CreditUse.RETURNED
        assert entries("booking:b") == []
        assert checkout(clara, about="again").credit == mxn(4_000)
        our_own_books()

    def test_a_request_paid_with_credit_that_is_declined_gives_it_back(self, clara):
        given(clara, 10_000)
        payment = checkout(clara, capture="manual")
        void(by=clara, payment_id=payment.pk)

        assert left() == {"x": 10_000}
        assert Payment.objects.get().state == "cancelled"

    def test_the_same_checkout_again_keeps_it_once(self, clara):
        given(clara, 4_000)
        for _ in range(2):
            assert checkout(clara).credit == mxn(4_000)

        assert CreditUse.objects.count() == 1

    def test_the_second_checkout_gets_only_the_rest(self, clara):
        given(clara, 12_000)
        assert checkout(clara, about="one").credit == mxn(10_000)
        assert checkout(clara, about="two").credit == mxn(2_000)
        assert checkout(clara, about="three").credit == mxn(0)

    def test_without_asking_no_credit_is_touched(self, clara):
        given(clara, 4_000)
        payment = collect(
            by=clara,
            payer_id=member_id(clara),
            reference="tip:x",
            amount=mxn(0),
            tip=mxn(500),
            title="",
            capture="automatic",
            return_path="/",
            expires_at=clock.now() + timedelta(minutes=15),
            key="tip",
        )
        assert (payment.credit, left()) == (mxn(0), {"x": 4_000})

    def test_the_database_keeps_it_within_bounds(self, clara):
        credit = given(clara, 4_000)
        payment = checkout(clara)
        for rows, wrong in (
            (Credit.objects.filter(pk=credit.pk), {"left_minor": -1}),
            (Credit.objects.filter(pk=credit.pk), {"left_minor": 4_001}),
            (Payment.objects.filter(pk=payment.pk), {"credit_minor": 10_001}),
            (Payment.objects.filter(pk=payment.pk), {"credit_back_minor": 4_001}),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**wrong)


class TestTwelveMonths:
    """A credit ends after a year."""

    def test_what_nobody_spent_ends_after_twelve_months(self, clara):
        credit = given(clara, 5_000)
        reported(checkout(clara, amount=3_000))
        assert credit.expires_at.year == credit.granted_at.year + 1

        with clock.travelling_to(credit.expires_at - timedelta(seconds=1)):
            run_due_of(credit.pk)
            assert credit_at_checkout(member_id(clara), amount=mxn(9_000), tip=mxn(0)) == mxn(2_000)
        with clock.travelling_to(credit.expires_at):
            run_due_of(credit.pk)
            assert not credit_at_checkout(member_id(clara), amount=mxn(9_000), tip=mxn(0))
        credit.refresh_from_db()
        assert (credit.state, credit.left_minor) == (Credit.EXPIRED, 0)
        assert booked(f"credit:{credit.pk}")[-1] == (
            "credit.expired",
            {"customer_credit": 2_000, "goodwill": -2_000},
        )
        our_own_books()

    @pytest.mark.parametrize("pays", [True, False])
    def test_one_that_ends_during_a_checkout_waits_for_it(self, clara, pays):
        ends = clock.now() + timedelta(minutes=5)
        credit = given(clara, 5_000, expires_at=ends)
        payment = checkout(clara, amount=3_000, tip=1_000)
        with clock.travelling_to(ends):
            run_due_of(credit.pk)
            credit.refresh_from_db()
            assert (credit.state, credit.left_minor) == (Credit.OPEN, 2_000)
            if pays:
                reported(payment)
            else:
                expire(payment_id=payment.pk)
            credit.refresh_from_db()

        assert (credit.state, credit.left_minor) == (Credit.EXPIRED, 0)
        ended = 2_000 if pays else 5_000
        assert booked(f"credit:{credit.pk}")[-1][1] == {
            "customer_credit": ended,
            "goodwill": -ended,
        }
        our_own_books()


class TestGoingBack:
    """Money first, then credit, never more than was paid."""

    @pytest.fixture
    def paid(self, clara) -> Payment:
        """Clara paid 100.00 and a tip of 10.00: 40.00 of it with credit."""
        given(clara, 4_000)
        return reported(checkout(clara, tip=1_000))

    def test_the_card_gets_its_part_first_and_the_rest_is_a_credit_again(self, clara, paid):
        back(paid, 5_000, key="one")
        back(paid, 5_000, key="two", tip=1_000)
        outbox.drain()

        assert [
            (each.key, each.amount_minor, each.tip_minor, each.state)
            for each in Refund.objects.order_by("pk")
        ] == [
            ("one", 5_000, 0, "succeeded"),
            ("two", 1_000, 1_000, "succeeded"),
            ("two:credit", 4_000, 0, "credited"),
        ]
        paid.refresh_from_db()
        assert (paid.refunded_minor, paid.credit_back_minor) == (7_000, 4_000)
        part = Refund.objects.get(key="two:credit")
        assert booked(f"refund:{part.pk}") == [
            ("refund.due", {"customer_deposit": 4_000, "refund_payable": -4_000}),
            ("refund.to_credit", {"refund_payable": 4_000, "customer_credit": -4_000}),
        ]
        assert standing("customer_deposit", "refund_payable", "customer_credit") == {
            "customer_deposit": 0,
            "refund_payable": 0,
            "customer_credit": -4_000,
        }
        our_own_books()

    def test_never_more_than_was_paid(self, paid):
        back(paid, 9_000, key="one")
        with pytest.raises(NotRefundable):
            back(paid, 1_001, key="two")

        assert [each.amount_minor for each in Refund.objects.order_by("pk")] == [6_000, 3_000]

    def test_the_credit_that_comes_back_lasts_as_long_as_it_would_have(self, clara, paid):
        was = Credit.objects.get(about="x")
        part = back(paid, 10_000, key="all")
        again = Credit.objects.exclude(pk=was.pk).get()

        assert part.key == "all"
        assert again.expires_at == was.expires_at
        assert again.left == mxn(4_000)

    def test_one_that_would_have_ended_lasts_thirty_days(self, clara):
        given(clara, 10_000, expires_at=clock.now() + timedelta(days=1))
        payment = checkout(clara)
        at = clock.now() + timedelta(days=2)
        with clock.travelling_to(at):
            made = back(payment, 10_000, key="all")

        assert made.state == Refund.CREDITED
        again = Credit.objects.get(cause="refund")
        assert again.expires_at == at + timedelta(days=30)

    def test_receipts_say_how_it_was_paid_and_went_back(self, paid):
        back(paid, 10_000, key="all")
        outbox.drain()

        bill = receipt_paper(Receipt.objects.get(kind="payment"))
        assert bill.headline == "$110.00\xa0MXN"
        assert list(bill.tables[1].rows) == [
            ("Con créditos", "$40.00\xa0MXN"),
            ("En dinero", "$70.00\xa0MXN"),
        ]
        backs = Receipt.objects.filter(kind="refund").order_by("pk")
        assert sorted(each.total.minor for each in backs) == [4_000, 6_000]


class TestWorkerIsPaid:
    """Whoever did the work gets all of it, whatever it was paid with."""

    def test_what_no_card_paid_is_moved_from_our_own_balance(self, ana, clara):
        can_be_paid(ana)
        given(clara, 4_000)
        payment = reported(checkout(clara))
        done(payment, ana, blocks=WORK)

        rows = Allocation.objects.order_by("part").values_list("amount_minor", "from_charge")
        assert list(rows) == [(6_000, True), (2_000, False)]
        outbox.drain()
        moved = [legs for kind, legs in booked("booking:b") if kind == "payee.allocated"]
        assert moved == [
            {"psp_connected": 6_000, "psp_pending": -6_000},
            {"psp_connected": 2_000, "psp_available": -2_000},
        ]
        our_own_books()

    def test_a_job_paid_with_credit_alone_earns_as_any(self, ana, clara):
        can_be_paid(ana)
        given(clara, 10_000)
        payment = checkout(clara)
        accrue(
            reference=payment.reference,
            worker_member_id=member_id(ana),
            payment_id=payment.pk,
            blocks=WORK,
            key="d",
        )
        release(reference=payment.reference, key="c")
        outbox.drain()

        assert standing("worker_available", "customer_deposit", "psp_connected") == {
            "worker_available": -8_000,
            "customer_deposit": 0,
            "psp_connected": 8_000,
        }
        assert booked("booking:b")[-2:] != []
        assert standing("psp_fee_recovered", "tenant_pending") == {
            "psp_fee_recovered": 0,
            "tenant_pending": -2_000,
        }
        our_own_books()


def test_stripe_takes_only_what_credits_leave(clara, stripe_sandbox):
    given(clara, 4_000)
    payment = checkout(clara, tip=1_000)
    paid = stripe_sandbox.pays(clara, payment)

    assert paid.state == "captured"
    assert [each["amount"] for each in stripe_sandbox.rows("charges")] == [7_000]
    back(paid, 10_000, key="all", tip=1_000)
    stripe_sandbox.deliver()
    assert [each["amount"] for each in stripe_sandbox.rows("refunds")] == [7_000]
    assert left() == {"x": 0, f"refund:{Refund.objects.get(key='all:credit').pk}": 4_000}
    our_own_books()


def test_stripe_pays_a_worker_of_a_job_that_credits_paid(ana, clara, stripe_sandbox):
    stripe_sandbox.onboards(ana)
    given(clara, 4_000)
    paid = stripe_sandbox.pays(clara, checkout(clara))
    done(paid, ana, blocks=WORK)
    with stripe_sandbox.later(days=3):
        outbox.drain()
        sources = [
            (each["amount"], each["source_transaction"])
            for each in stripe_sandbox.rows("transfers")
        ]
        assert sources == [(6_000, paid.charge_ref)]
        assert Allocation.objects.get(from_charge=False).failure == "balance_insufficient"


def test_the_page_of_a_checkout_names_the_credit(clara):
    given(clara, 4_000)
    payment = checkout(clara)
    open_page(by=clara, payment_id=payment.pk)

    assert ProviderCall.objects.get().purpose == "page"
