"""What random lives found about disputes: money that a bank keeps is gone once, and back once."""

import pytest

from kernel.context import HOUSE
from kernel.edge import working_for
from payments.actions.refund import refund
from payments.models import Dispute, Refund, Tip
from payments.queries.recon import control_figures
from payments.rules.refusals import NotRefundable
from tests.support.ledgers import ledger
from tests.support.worlds_money import done, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def paid_job(stripe_sandbox, ana, clara):
    """Clara has paid the worked job: 60,900 and a tip of 5,000."""
    stripe_sandbox.onboards(ana)
    return stripe_sandbox.pays(clara, owes(clara))


def decided(stripe_sandbox, payment, *verdicts) -> Dispute:
    """Let the payer's bank dispute a payment, and decide."""
    row = stripe_sandbox.control("/disputes", charge=payment.charge_ref)
    stripe_sandbox.deliver()
    for verdict in verdicts:
        stripe_sandbox.control(f"/disputes/{row['id']}", verdict=verdict)
        stripe_sandbox.deliver()
    return Dispute.objects.get(payment=payment)


def broken() -> list[str]:
    """Return the equations that the nightly comparison would find broken."""
    with working_for(HOUSE):
        return [each.equation for each in control_figures() if not each.holds]


def gives_back(olga, payment, minor: int, tip: int = 0, key: str = "r") -> Refund:
    return refund(
        by=olga, payment_id=payment.pk, amount=mxn(minor), tip=mxn(tip), reason="q", key=key
    )


def test_a_held_tip_that_an_appeal_wins_back_does_not_look_like_a_broken_equation(
    stripe_sandbox, paid_job
):
    decided(stripe_sandbox, paid_job, "lost", "won")

    assert Tip.objects.get().state == Tip.HELD
    assert ledger()["tip_held"] == -5_000
    assert broken() == []


@pytest.mark.parametrize("worked", [False, True])
@pytest.mark.parametrize(("minor", "tip"), [(0, 5_000), (1, 0), (60_900, 0)])
def test_what_a_bank_has_taken_back_is_not_given_back_again(
    stripe_sandbox, olga, ana, paid_job, worked, minor, tip
):
    if worked:
        done(paid_job, ana)
        stripe_sandbox.deliver()
    assert decided(stripe_sandbox, paid_job, "lost").state == "lost"
    before = ledger()

    with pytest.raises(NotRefundable):
        gives_back(olga, paid_job, minor, tip)

    assert ledger() == before
    assert not Refund.objects.exists()


def test_what_was_given_back_while_the_bank_decided_is_needless_and_not_lost_twice(
    stripe_sandbox, olga, paid_job
):
    stripe_sandbox.control("/disputes", charge=paid_job.charge_ref)
    stripe_sandbox.deliver()
    made = gives_back(olga, paid_job, 20_000)
    stripe_sandbox.control(f"/disputes/{Dispute.objects.get().provider_ref}", verdict="lost")
    stripe_sandbox.deliver()

    made.refresh_from_db()
    assert made.state == Refund.CHARGED_BACK
    assert ledger().get("customer_deposit", 0) == 0
    with pytest.raises(NotRefundable):
        gives_back(olga, paid_job, 40_900, key="another")
