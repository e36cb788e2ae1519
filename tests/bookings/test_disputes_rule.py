"""What may be contested, how it may end, and who pays what of it: to the cent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.bookings.rules import disputes
from marketplace.bookings.rules.disputes import BETWEEN_PARTIES, Outcome, divide
from marketplace.bookings.rules.process import Party

END = datetime(2026, 3, 4, 17, 30, tzinfo=UTC)
EXAMPLE = {"work": 58_000, "commission": 6_960, "fee": 2_900, "share": 51_040}


def test_the_worked_example():
    found = divide(amount=20_000, fault="worker", **EXAMPLE)
    assert (found.debit, found.reversal, found.fee_back) == (17_600, 2_400, 1_000)
    assert found.refund == 21_000


@pytest.mark.parametrize("fault", ["customer", "platform", "none"])
def test_only_a_worker_at_fault_pays(fault):
    found = divide(amount=20_000, fault=fault, **EXAMPLE)
    assert (found.debit, found.reversal, found.refund) == (0, 20_000, 21_000)


def test_a_worker_never_pays_more_than_the_share():
    assert divide(amount=58_000, fault="worker", **{**EXAMPLE, "share": 40_000}).debit == 40_000


@given(
    work=st.integers(1, 10**8),
    amount_bp=st.integers(1, 10_000),
    commission_bp=st.integers(0, 10_000),
    fee=st.integers(0, 10**7),
)
def test_the_parts_sum_and_nobody_pays_more_than_there_is(work, amount_bp, commission_bp, fee):
    amount = max(1, work * amount_bp // 10_000)
    commission = work * commission_bp // 10_000
    found = divide(
        amount=amount,
        work=work,
        commission=commission,
        fee=fee,
        share=work - commission,
        fault="worker",
    )
    assert found.debit + found.reversal == amount
    assert 0 <= found.debit <= min(amount, work - commission)
    assert 0 <= found.fee_back <= fee


def test_seven_days_and_not_a_second_longer():
    disputes.check_open(ends_at=END, at=END + timedelta(days=7), days=7)
    with pytest.raises(disputes.TooLate):
        disputes.check_open(ends_at=END, at=END + timedelta(days=7, seconds=1), days=7)


@pytest.mark.parametrize(
    ("outcome", "asked", "amount"),
    [("dismissed", None, 0), ("redo", 5, 0), ("full", None, 20_000), ("partial", 7_000, 7_000)],
)
def test_what_goes_back_with_an_outcome(outcome, asked, amount):
    found = disputes.amount_of(outcome, asked=asked, contested=20_000, allowed=BETWEEN_PARTIES)
    assert found == amount


@pytest.mark.parametrize(
    ("outcome", "asked", "refused"),
    [
        ("partial", None, disputes.AmountOutside),
        ("partial", 20_001, disputes.AmountOutside),
        ("goodwill", 1_000, disputes.OutcomeUnknown),
        ("forgotten", 1_000, disputes.OutcomeUnknown),
    ],
)
def test_what_parties_cannot_agree_on(outcome, asked, refused):
    with pytest.raises(refused):
        disputes.amount_of(outcome, asked=asked, contested=20_000, allowed=BETWEEN_PARTIES)


@pytest.mark.parametrize(
    ("outcome", "fault", "finding", "refused"),
    [
        (Outcome.PARTIAL, "", "El baño quedó a medias.", disputes.FaultMissing),
        (Outcome.GOODWILL, "worker", "El baño quedó a medias.", disputes.FaultMissing),
        (Outcome.PARTIAL, "worker", "Corto.", disputes.FindingMissing),
    ],
)
def test_a_decision_says_whose_fault_and_why(outcome, fault, finding, refused):
    with pytest.raises(refused):
        disputes.check_finding(outcome=outcome, fault=fault, finding=finding)


@pytest.mark.parametrize(
    ("reason", "words", "contested", "refused"),
    [
        ("weather", "No vino nadie.", None, disputes.ReasonUnknown),
        ("quality", "Mal.", None, disputes.WordsMissing),
        ("quality", "Quedó a medias.", 0, disputes.AmountOutside),
        ("quality", "Quedó a medias.", 58_001, disputes.AmountOutside),
    ],
)
def test_a_claim_says_what_and_how_much(reason, words, contested, refused):
    with pytest.raises(refused):
        disputes.check_claim(reason=reason, words=words, contested=contested, work=58_000)


def test_without_an_amount_all_of_the_work_is_contested():
    found = disputes.check_claim(
        reason="quality", words="Quedó a medias.", contested=None, work=58_000
    )
    assert found == (disputes.Reason.QUALITY, 58_000)


def test_staff_are_no_side():
    assert disputes.other(Party.CUSTOMER) == Party.WORKER
    with pytest.raises(disputes.NotASide):
        disputes.other(Party.STAFF)
