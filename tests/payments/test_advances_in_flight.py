"""While the float's part of a cash-out is on its way, the books know on whose account it is."""

import pytest

from kernel.actor import SYSTEM
from payments.actions.cash_out import cash_out
from payments.actions.fund_float import fund_float
from payments.models import Advance, Payout
from payments.queries import cash_out_quote
from tests.support.equations import as_the_provider_says
from tests.support.worlds_money import done, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def ana_may_borrow(stripe_sandbox, ana, clara):
    """Ana's new job has not settled; the operator has lent 30,000, which lie at Stripe."""
    stripe_sandbox.onboards(ana)
    fund_float(by=SYSTEM, amount=mxn(30_000), key="f")
    state, platform = stripe_sandbox.engine.state, stripe_sandbox.engine.world.platform
    state.balances.setdefault(platform, {}).setdefault("mxn", [0, 0])[0] += 30_000
    with stripe_sandbox.later(days=4):
        done(stripe_sandbox.pays(clara, owes(clara)), ana)
        stripe_sandbox.deliver()
        assert cash_out_quote(ana).allowed_minor == 30_000
        yield ana


def test_an_advance_under_way_is_on_the_payees_account(stripe_sandbox, ana_may_borrow):
    payout = cash_out(by=ana_may_borrow, amount=mxn(30_000), option="free", key="k")
    stripe_sandbox.deliver()

    payout.refresh_from_db()
    assert (payout.state, Advance.objects.get().state) == ("submitted", Advance.SENT)
    as_the_provider_says(stripe_sandbox.engine)

    with stripe_sandbox.later(days=9):
        assert Payout.objects.get(pk=payout.pk).state == "paid"
        as_the_provider_says(stripe_sandbox.engine)


def test_an_advance_that_came_back_to_the_payees_account_is_there_until_it_is_fetched(
    stripe_sandbox, ana_may_borrow
):
    stripe_sandbox.control("/faults", kind="payout_failed", times=1)
    stripe_sandbox.control("/faults", kind="timeout_before", match="reversals", times=2)
    payout = cash_out(by=ana_may_borrow, amount=mxn(30_000), option="free", key="k")
    stripe_sandbox.deliver()

    with stripe_sandbox.later(days=9):
        assert Payout.objects.get(pk=payout.pk).state == "failed"
        assert Advance.objects.get().state == Advance.UNUSED
        as_the_provider_says(stripe_sandbox.engine)
