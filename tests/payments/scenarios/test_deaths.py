"""5: a sender dies at every point around commits and calls, and what it sends is sent once."""

import pytest

from kernel import clock, outbox
from kernel.edge import working_for
from kernel.models import OutboxEvent
from payments.actions.capture import capture
from payments.actions.cash_out import cash_out
from payments.actions.open_page import open_page
from payments.actions.refund import refund
from payments.actions.send_allocations import send_allocations
from payments.actions.send_payout import send_payout
from payments.actions.send_refund import send_refund
from payments.actions.settle_payment import send_capture
from payments.models import Allocation, Payment, ProviderCall
from payments.rules.blocks import PriceBlocks
from payments.rules.entries import cashout_ref
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.deaths import Killed, every_death, killed_at
from tests.support.ledgers import entries
from tests.support.worlds import PATITAS, open_tenant, person
from tests.support.worlds_money import done, mxn, owes

pytestmark = pytest.mark.django_db(transaction=True)

FEWEST = 8  # Commits before, between and after, and the call, each from both sides.


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


@pytest.fixture
def rich(stripe_sandbox, olga, ana, clara):
    """Ana has done many jobs' worth and may cash out as often as she likes."""
    many = {"open_at_once": 100, "per_day": 100}
    change_setting(by=olga, group="payments.cash_out", values=many)
    stripe_sandbox.onboards(ana)
    blocks = PriceBlocks.of("MXN", worker=1_000_000)
    done(stripe_sandbox.pays(clara, owes(clara, blocks=blocks)), ana, blocks=blocks)
    stripe_sandbox.deliver()
    with stripe_sandbox.later(days=4):
        yield


def made(sandbox, family: str, name: str) -> list[str]:
    """Return what the provider made, by what we wrote on it."""
    return sorted(row["metadata"][name] for row in sandbox.rows(family))


def nothing_waits() -> None:
    """Forget what the outbox would do by itself: here the sender is called by hand."""
    OutboxEvent.objects.filter(delivered_at__isnull=True).update(delivered_at=clock.system_now())


def test_05_a_payout(stripe_sandbox, rich, ana):
    def begin(number: int):
        payout = cash_out(by=ana, amount=mxn(1_000), option="free", key=f"k{number}")
        nothing_waits()
        return payout

    payouts = every_death(begin, lambda payout: send_payout(payout_id=payout.pk))

    assert len(payouts) > FEWEST
    assert made(stripe_sandbox, "payouts", "cashout") == sorted(str(each.pk) for each in payouts)
    for payout in payouts:
        payout.refresh_from_db()
        assert payout.state == "submitted"
        assert entries(cashout_ref(payout.pk)) == ["cashout.requested"]


def test_05_a_refund(stripe_sandbox, olga, clara):
    def begin(number: int):
        payment = stripe_sandbox.pays(clara, owes(clara))
        given = {"amount": mxn(1_000), "tip": mxn(0), "reason": "goodwill"}
        row = refund(by=olga, payment_id=payment.pk, key=f"k{number}", **given)
        nothing_waits()
        return row

    refunds = every_death(begin, lambda row: send_refund(refund_id=row.pk))

    assert len(refunds) > FEWEST
    assert made(stripe_sandbox, "refunds", "refund") == sorted(str(each.pk) for each in refunds)
    for row in refunds:
        assert entries(f"refund:{row.pk}") == ["refund.due", "refund.paid"]


def test_05_a_capture(stripe_sandbox, clara):
    def begin(number: int):
        payment = stripe_sandbox.pays(clara, owes(clara, capture="manual"))
        capture(by=clara, payment_id=payment.pk)
        nothing_waits()
        return payment

    payments = every_death(begin, lambda payment: send_capture(payment_id=payment.pk))

    assert len(payments) > FEWEST
    assert {row["amount_received"] for row in stripe_sandbox.rows("payment_intents")} == {65_900}
    assert set(Payment.objects.values_list("state", flat=True)) == {"captured"}
    assert sorted(entries()) == sorted(
        ["charge.captured", "tip.captured", "psp.fee"] * len(payments)
    )


def test_05_an_allocation(stripe_sandbox, ana, clara):
    payee = stripe_sandbox.onboards(ana)
    blocks = PriceBlocks.of("MXN", worker=1_000)

    def begin(number: int):
        payment = stripe_sandbox.pays(clara, owes(clara, blocks=blocks))
        done(payment, ana, blocks=blocks)
        nothing_waits()
        return payment

    payments = every_death(begin, lambda _: send_allocations(payee=payee))

    assert len(payments) > FEWEST
    assert len(stripe_sandbox.rows("transfers")) == len(payments)
    assert set(Allocation.objects.values_list("state", flat=True)) == {"sent"}
    assert entries().count("payee.allocated") == len(payments)


def test_05_a_page(stripe_sandbox, clara):
    payments = every_death(
        lambda _: owes(clara), lambda payment: open_page(by=clara, payment_id=payment.pk)
    )

    assert len(payments) > FEWEST
    assert made(stripe_sandbox, "sessions", "payment") == sorted(str(each.pk) for each in payments)
    assert set(ProviderCall.objects.values_list("state", flat=True)) == {"succeeded"}


def test_05_killed_between_commit_and_call_the_outbox_sends_once(stripe_sandbox, rich, ana):
    payout = cash_out(by=ana, amount=mxn(1_000), option="free", key="k")
    with killed_at(1), pytest.raises(Killed):
        send_payout(payout_id=payout.pk)
    assert stripe_sandbox.rows("payouts") == []

    outbox.drain()
    outbox.drain()

    payout.refresh_from_db()
    assert payout.state == "submitted"
    assert made(stripe_sandbox, "payouts", "cashout") == [str(payout.pk)]
