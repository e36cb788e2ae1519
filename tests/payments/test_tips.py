"""Tips after the visit: with the card that was kept, weeks later, and when the bank objects."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Sum

from kernel import clock, outbox
from kernel.timers import run_due_of
from payments.actions.keep_card import forget_cards, keep_card
from payments.actions.tip import tip_afterwards
from payments.models import Earning, MoneyQuestion, Payment, Posting, Receipt, Tip
from payments.queries import wallet_of
from payments.queries.saved_cards import saved_card_of
from payments.rules.receipts import TIP
from payments.rules.tips import NoSavedCard, TipInvalid, TipTooLate, TipTooMany
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import can_be_paid, done, member_id, mxn, owes, paid, reported

pytestmark = pytest.mark.usefixtures("patitas")


def tips(payer, job, worker, minor=3_000, **how):
    return tip_afterwards(
        by=payer,
        payer_id=member_id(payer),
        reference=job.reference,
        worker_member_id=member_id(worker),
        amount=mxn(minor),
        return_path="/bookings/",
        key=f"tip:{uuid4()}",
        **how,
    )


def left_on(kind: str) -> int:
    return Posting.objects.filter(account__kind=kind).aggregate(sum=Sum("amount"))["sum"] or 0


def pays_and_keeps(sandbox, clara, ana, card="visa"):
    """Clara pays the worked job on Stripe's page and lets us keep the card; Ana does the job."""
    job = owes(clara)
    keep_card(by=clara, payment_id=job.pk)
    job = sandbox.pays(clara, job, card=card)
    done(job, ana)
    sandbox.deliver()
    return job


def test_a_tip_weeks_later_is_taken_from_the_card_that_was_kept(stripe_sandbox, ana, clara):
    job = pays_and_keeps(stripe_sandbox, clara, ana)
    assert saved_card_of(member_id(clara)).method.startswith("Visa")

    with stripe_sandbox.later(days=21):
        tip = tips(clara, job, ana, with_saved_card=True)
        outbox.drain()
        stripe_sandbox.deliver()

    tip.refresh_from_db()
    assert (tip.state, tip.page_ref) == ("captured", "")
    assert wallet_of(ana).available == mxn(56_040 + 3_000)
    assert left_on("tip_held") == 0
    assert Receipt.objects.filter(kind=TIP).count() == 2
    made = [row for row in stripe_sandbox.rows("payment_intents") if row["amount"] == 3_000]
    assert len(made) == 1


def test_a_bank_that_wants_the_owner_gets_the_owner(stripe_sandbox, ana, clara):
    job = pays_and_keeps(stripe_sandbox, clara, ana, card="3ds_ok")
    tip = tips(clara, job, ana, with_saved_card=True)
    outbox.drain()
    stripe_sandbox.deliver()

    tip.refresh_from_db()
    assert (tip.state, tip.failure) == ("requires_action", "authentication_required")
    assert not Tip.objects.filter(payment=tip).exists()
    assert wallet_of(ana).available == mxn(56_040)

    page = signed_in_client("clara").get(f"/pay/{tip.pk}/return/").content.decode()
    assert "Tu banco quiere que lo confirmes tú" in page
    assert "Puedes pagar hasta" in page

    stripe_sandbox.pays(clara, tip, card="3ds_ok")
    tip.refresh_from_db()
    assert tip.state == "captured"
    assert wallet_of(ana).available == mxn(59_040)


def test_a_forgotten_card_is_not_charged(stripe_sandbox, ana, clara):
    job = pays_and_keeps(stripe_sandbox, clara, ana)
    assert forget_cards(by=clara) == 1

    assert saved_card_of(member_id(clara)) is None
    with pytest.raises(NoSavedCard):
        tips(clara, job, ana, with_saved_card=True)
    assert Payment.objects.filter(kind=Payment.TIP).count() == 0


@pytest.mark.parametrize("lost", ["timeout_before", "timeout_after"])
def test_a_tip_under_way_is_taken_as_it_was_asked_for_and_then_its_card_is_forgotten(
    stripe_sandbox, ana, clara, lost
):
    job = pays_and_keeps(stripe_sandbox, clara, ana)
    stripe_sandbox.control("/faults", kind=lost, match="POST /v1/payment_intents")
    tip = tips(clara, job, ana, with_saved_card=True)
    outbox.drain()
    stripe_sandbox.drop()

    assert forget_cards(by=clara) == 2
    with stripe_sandbox.later(seconds=2):
        run_due_of(tip.pk)
        outbox.drain()

    tip.refresh_from_db()
    assert (tip.state, tip.customer_ref, tip.method_ref) == ("captured", "", "")
    assert not MoneyQuestion.objects.exists()
    made = [row for row in stripe_sandbox.rows("payment_intents") if row["amount"] == 3_000]
    assert len(made) == 1
    assert not Payment.objects.exclude(method_ref="").exists()


def test_a_card_is_kept_only_when_its_owner_said_so(stripe_sandbox, ana, clara):
    stripe_sandbox.pays(clara, owes(clara))

    assert saved_card_of(member_id(clara)) is None
    assert not any(row["customer"] for row in stripe_sandbox.rows("payment_intents"))


def test_five_tips_within_thirty_days_up_to_the_price_of_the_work(ana, clara):
    job = paid(clara)
    done(job, ana)
    with pytest.raises(TipInvalid):
        tips(clara, job, ana, 58_001, at_most=mxn(58_000))
    for _ in range(5):
        reported(tips(clara, job, ana, 1_000, at_most=mxn(58_000)))
    with pytest.raises(TipTooMany):
        tips(clara, job, ana)
    with clock.travelling_to(clock.now() + timedelta(days=31)), pytest.raises(TipTooLate):
        tips(clara, job, ana)

    assert wallet_of(ana).available == mxn(56_040 + 5_000)


def test_a_tip_goes_to_whoever_did_the_job(ana, clara):
    job = paid(clara)
    done(job, ana)
    reported(tips(clara, job, clara))

    assert wallet_of(ana).available == mxn(59_040)


def test_a_tip_that_lies_for_two_days_makes_an_alarm(ana, clara):
    can_be_paid(ana)
    job = paid(clara)
    done(job, ana)
    outbox.drain()
    Tip.objects.update(state=Tip.HELD)  # As if it had been left lying.
    earning = Earning.objects.get()
    with clock.travelling_to(clock.now() + timedelta(hours=47)):
        run_due_of(earning.pk)
    assert not MoneyQuestion.objects.exists()
    with clock.travelling_to(clock.now() + timedelta(hours=49)):
        run_due_of(earning.pk)

    question = MoneyQuestion.objects.get()
    assert (question.kind, question.about) == ("tip_held", f"tip:{job.pk}")
