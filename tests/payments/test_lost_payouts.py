"""A cash-out was on its way when its account was lost: two people say what became of it."""

import pytest
from django.db import IntegrityError, transaction

from kernel import outbox
from kernel.actor import Role
from payments.actions.answer_question import answer_question
from payments.actions.cash_out import cash_out
from payments.actions.give_account import give_account
from payments.models import MoneyQuestion, Payee, Payout
from payments.queries import wallet_of
from payments.rules.debts import ReasonTooShort
from payments.rules.entries import cashout_ref
from payments.rules.permissions import PermissionMissing, SecondPersonNeeded
from payments.rules.questions import (
    ARRIVED,
    CAME_BACK,
    AnswerUnknown,
    ProofMissing,
    check_settling,
)
from simulators.stripe.resources import accounts
from tenants.messaging.models import Notification
from tests.support.equations import as_the_provider_says
from tests.support.ledgers import booked
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bank import CLABE
from tests.support.worlds_money import done, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")

SEEN = "Her bank statement of Tuesday shows it."
NOT_SEEN = "Her bank statement of this week does not show it."


@pytest.fixture
def berta():
    """Berta owns Patitas too."""
    return joins("berta", Role.OWNER)


@pytest.fixture
def lost(stripe_sandbox, ana, clara):
    """200 of Ana's 560.40 were on their way when she disconnected the account."""
    stripe_sandbox.onboards(ana)
    done(stripe_sandbox.pays(clara, owes(clara)), ana)
    with stripe_sandbox.later(days=4):
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        stripe_sandbox.deliver()
        accounts.deauthorize(stripe_sandbox.engine.world, stripe_sandbox.rows("accounts")[-1])
        with stripe_sandbox.later(days=3):
            payout.refresh_from_db()
            assert payout.state == "submitted"
            yield payout


def says(by, answer: str, *, note: str = SEEN, name: str = "") -> MoneyQuestion:
    question = MoneyQuestion.objects.get(kind="lost_payout")
    said = answer_question(by=by, question_id=question.pk, answer=answer, note=note, name=name)
    outbox.drain()
    return said


def test_what_two_people_have_seen_arrive_is_paid(olga, ana, berta, lost):
    proposed = says(olga, ARRIVED, name="MBX0042")
    assert (proposed.state, proposed.proposed_by_id) == ("open", olga.member_id)
    assert Payout.objects.get().state == "submitted"

    agreed = says(berta, ARRIVED, name="MBX0042")

    assert (agreed.state, agreed.facts["proof"]) == ("answered", "MBX0042")
    assert Payout.objects.get().state == "paid"
    assert booked(cashout_ref(lost.pk)) == [
        ("cashout.requested", {"worker_available": 20_000, "worker_in_transit": -20_000}),
        ("cashout.paid", {"worker_in_transit": 20_000, "psp_connected": -20_000}),
    ]
    assert wallet_of(ana).available == mxn(36_040)


def test_what_two_people_say_did_not_arrive_is_in_the_wallet_again(olga, ana, berta, lost):
    says(berta, CAME_BACK, note=NOT_SEEN)
    says(olga, CAME_BACK, note=NOT_SEEN)

    lost.refresh_from_db()
    assert (lost.state, lost.failure) == ("failed", "account_lost")
    assert (wallet_of(ana).available, wallet_of(ana).in_transit) == (mxn(56_040), mxn(0))
    assert Payee.objects.get().doubt == ""
    assert Notification.objects.filter(notice="payments.payout_failed").count() == 1


@pytest.mark.parametrize(("bank", "answer"), [("paid", ARRIVED), ("failed", CAME_BACK)])
def test_what_two_people_say_is_compared_with_what_lies_on_the_lost_account(
    stripe_sandbox, olga, ana, berta, lost, bank, answer
):
    there = stripe_sandbox.engine.world.family("payouts")[lost.provider_ref]
    assert there["status"] == "paid"
    if bank == "failed":
        there["status"] = bank
        stripe_sandbox.engine.state.balances[there["_owner"]]["mxn"][0] += there["amount"]
    as_the_provider_says(stripe_sandbox.engine)
    for by in (olga, berta):
        says(by, answer, name="MBX0042")
    as_the_provider_says(stripe_sandbox.engine)


def test_a_wrong_word_about_a_lost_account_is_seen_in_the_books(
    stripe_sandbox, olga, ana, berta, lost
):
    for by in (olga, berta):
        says(by, CAME_BACK, note=NOT_SEEN)  # It had arrived.

    with pytest.raises(AssertionError):
        as_the_provider_says(stripe_sandbox.engine)


def test_what_a_lost_account_keeps_is_compared_after_its_owner_is_paid_by_bank(
    stripe_sandbox, olga, ana, berta, lost
):
    for by in (olga, berta):
        says(by, ARRIVED, name="MBX0042")
    give_account(by=ana, number=CLABE, holder="Ana Prueba")
    (payee,) = Payee.objects.all()
    assert (payee.left, payee.provider) == ("stripe", "manual_bank")

    as_the_provider_says(stripe_sandbox.engine)
    account = stripe_sandbox.engine.world.family("payouts")[lost.provider_ref]["_owner"]
    stripe_sandbox.engine.state.balances[account]["mxn"][0] -= 1
    with pytest.raises(AssertionError):
        as_the_provider_says(stripe_sandbox.engine)


def test_one_person_alone_settles_nothing_and_who_says_otherwise_proposes_that(
    olga, ana, berta, lost
):
    says(olga, ARRIVED, name="MBX0042")
    with pytest.raises(SecondPersonNeeded):
        says(olga, ARRIVED, name="MBX0042")
    question = says(berta, CAME_BACK, note=NOT_SEEN)

    assert (question.state, question.proposed) == ("open", CAME_BACK)
    assert question.proposed_by_id == berta.member_id
    assert Payout.objects.get().state == "submitted"
    assert wallet_of(ana).in_transit == mxn(20_000)


def test_who_proves_nothing_or_may_not_is_refused(olga, mora, lost):
    with pytest.raises(ProofMissing):
        says(olga, ARRIVED)
    with pytest.raises(ReasonTooShort):
        says(olga, CAME_BACK, note="No.")
    with pytest.raises(AnswerUnknown):
        says(olga, "done")
    with pytest.raises(PermissionMissing):
        says(mora, CAME_BACK, note=NOT_SEEN)
    question = MoneyQuestion.objects.get(kind="lost_payout")
    assert (question.state, question.proposed) == ("open", "")
    assert Payout.objects.get().state == "submitted"


def test_the_database_wants_two_people_as_well(olga, lost):
    question = MoneyQuestion.objects.filter(kind="lost_payout")
    with pytest.raises(IntegrityError, match="lost_payout_settled_by_two"), transaction.atomic():
        question.update(
            state="answered",
            answer=CAME_BACK,
            answered_at=lost.requested_at,
            answered_by_id=olga.member_id,
            proposed_by_id=olga.member_id,
        )
    assert question.get().state == "open"


def test_the_second_person_reads_what_the_first_one_said(olga, berta, lost):
    page = f"/office/money/questions/{MoneyQuestion.objects.get(kind='lost_payout').pk}/"
    sent = {"answer": ARRIVED, "note": SEEN, "name": "MBX0042"}
    assert signed_in_client("olga", strong=True).post(page, sent).status_code == 302

    hers = signed_in_client("berta", strong=True)
    shown = hers.get(page, headers={"accept-language": "es"}).content.decode()
    assert f"dice que el dinero llegó: {SEEN}" in shown
    assert "MBX0042" in shown
    assert hers.post(page, sent).status_code == 302
    assert Payout.objects.get().state == "paid"


@pytest.mark.parametrize(
    ("answer", "proposed", "by", "agreed"),
    [
        (ARRIVED, "", 2, False),
        (ARRIVED, ARRIVED, 2, True),
        (CAME_BACK, ARRIVED, 2, False),
        (CAME_BACK, ARRIVED, 1, False),
    ],
)
def test_two_people_have_to_say_the_same(answer, proposed, by, agreed):
    first = 1 if proposed else None
    found = check_settling(answer=answer, proposed=proposed, proposed_by=first, by=by)
    assert found is agreed
