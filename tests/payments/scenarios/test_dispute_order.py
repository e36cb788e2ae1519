"""3: the end of a dispute is told before its beginning."""

import pytest

from kernel import outbox
from payments.models import Hold
from payments.models.dispute import Dispute
from tests.support.ledgers import ledger
from tests.support.worlds_money import done, owes

pytestmark = pytest.mark.usefixtures("patitas")


def test_03_closed_before_created_is_won_with_nothing_lost_and_nothing_held(
    stripe_sandbox, ana, clara
):
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    stripe_sandbox.deliver()
    before = ledger()
    row = stripe_sandbox.control("/disputes", charge=payment.charge_ref)
    stripe_sandbox.control(f"/disputes/{row['id']}", verdict="won")

    events = stripe_sandbox.engine.world.family("events")
    waiting = list(stripe_sandbox.engine.state.deliveries)
    waiting.sort(key=lambda each: events[each["event"]]["type"] != "charge.dispute.closed")
    for delivery in waiting:
        assert stripe_sandbox.bring(delivery) == 200
        outbox.drain()

    assert Dispute.objects.get().state == "won"
    assert not Hold.objects.filter(remaining_minor__gt=0).exists()
    after = ledger()
    assert after.pop("dispute_withheld", 0) == 0
    for kind in ("worker_available", "worker_pending", "tip_held"):
        assert after.get(kind, 0) == before.get(kind, 0)
    fee = after.pop("dispute_fee", 0)
    lost = sum(
        after.get(kind, 0) - before.get(kind, 0) for kind in ("psp_pending", "psp_available")
    )
    assert lost == -fee
