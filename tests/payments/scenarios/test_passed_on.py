"""What random lives found: a message that one process had no time to pass on, the next one does."""

import pytest

from kernel import clock
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.models import OutboxEvent
from payments.models import Dispute, ProviderEvent
from payments.tasks.talk import hear, route_event
from tests.support.deaths import Killed
from tests.support.ledgers import ledger
from tests.support.worlds_money import owes

pytestmark = pytest.mark.usefixtures("patitas")

CHARGED = {"psp_pending": 63_228, "psp_fee": 2_672, "customer_deposit": -60_900, "tip_held": -5_000}


@pytest.fixture
def appealed(stripe_sandbox, clara):
    """The bank has kept Clara's payment, and gives it back on appeal: we have the message."""
    payment = stripe_sandbox.pays(clara, owes(clara))
    row = stripe_sandbox.control("/disputes", charge=payment.charge_ref)
    stripe_sandbox.control(f"/disputes/{row['id']}", verdict="lost")
    stripe_sandbox.deliver()
    stripe_sandbox.control(f"/disputes/{row['id']}", verdict="won")
    for delivery in stripe_sandbox.engine.state.deliveries:
        assert stripe_sandbox.bring(delivery) == 200
    OutboxEvent.objects.filter(delivered_at__isnull=True).update(delivered_at=clock.system_now())
    with working_for(HOUSE):
        return ProviderEvent.objects.get(kind="charge.dispute.updated")


def routes(message: ProviderEvent) -> str:
    """Let a worker process find out whom a message concerns; return how far it is then."""
    with working_for(HOUSE):
        try:
            route_event.run(provider_event_id=str(message.pk))
        finally:
            message.refresh_from_db()
    return message.state


def test_a_message_whose_process_died_before_passing_it_on_is_passed_on_by_the_next(
    appealed, monkeypatch
):
    def dies(**_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(hear, "apply_async", dies)
        with pytest.raises(Killed):
            routes(appealed)
    assert appealed.state == "new"
    assert Dispute.objects.get().state == "lost"

    assert routes(appealed) == "done"

    assert Dispute.objects.get().state == "won"
    assert ledger() == {**CHARGED, "dispute_fee": 30_000, "psp_available": -30_000}


def test_a_message_that_was_passed_on_twice_is_booked_once(appealed, monkeypatch):
    passed = []

    def passes_on_and_dies(**given: object) -> None:
        passed.append(given)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(hear, "apply_async", passes_on_and_dies)
        with pytest.raises(Killed):
            routes(appealed)
    for given in passed:
        hear.apply_async(**given)
    assert Dispute.objects.get().state == "won"

    assert routes(appealed) == "done"

    assert ledger() == {**CHARGED, "dispute_fee": 30_000, "psp_available": -30_000}
