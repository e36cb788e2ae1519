"""1: the same message at once, through five doors."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from kernel import outbox
from kernel.context import HOUSE
from kernel.edge import working_for
from payments.actions.open_page import open_page
from payments.models import ProviderEvent
from tests.support.ledgers import entries, ledger
from tests.support.worlds import PATITAS, open_tenant, person
from tests.support.worlds_money import owes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


def test_01_five_at_once_are_one_event_and_one_entry_and_all_are_thanked(stripe_sandbox, clara):
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    stripe_sandbox.control(f"/sessions/{payment.page_ref}/pay", card="visa")
    events = stripe_sandbox.engine.world.family("events")
    delivery = next(
        each
        for each in stripe_sandbox.engine.state.deliveries
        if events[each["event"]]["type"] == "checkout.session.completed"
    )

    def bring(_: int) -> int:
        try:
            return stripe_sandbox.bring(delivery)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=5) as pool:
        assert list(pool.map(bring, range(5))) == [200] * 5
    outbox.drain()

    with working_for(HOUSE):
        assert ProviderEvent.objects.count() == 1
    assert sorted(entries()) == ["charge.captured", "psp.fee", "tip.captured"]
    assert ledger() == {
        "psp_pending": 63_228,
        "psp_fee": 2_672,
        "customer_deposit": -60_900,
        "tip_held": -5_000,
    }
