"""Who pays after the work: the worked example, and what holds for every amount."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.rules.blocks import PriceBlocks
from payments.rules.claw_back import (
    ClawBack,
    FaultUnknown,
    FindingMissing,
    Split,
    check_fault,
    claw_back,
    contested,
    set_off,
    split_lost,
    split_refund,
)
from tests.support.worlds_money import WORKED

AMOUNTS = st.integers(min_value=0, max_value=10**9)


def split(amount: int, *, before: int = 0, fault: str = "worker", blocks: PriceBlocks = WORKED):
    return split_refund(amount=amount, before=before, blocks=blocks, fault=fault)


def test_the_worked_example_takes_each_part_in_proportion():
    back = contested(amount=20_000, work=58_000, fee=2_900)

    assert back == 21_000
    assert split(back) == Split(worker=17_600, tenant=2_731, platform=200, tax=469)


@pytest.mark.parametrize("fault", ["customer", "platform", "none"])
def test_without_the_workers_fault_the_business_pays_the_workers_part(fault):
    assert split(21_000, fault=fault) == Split(loss=17_600, tenant=2_731, platform=200, tax=469)


def test_a_lost_dispute_leaves_the_business_its_own_part_as_a_loss():
    lost = split_lost(amount=21_000, before=0, blocks=WORKED, fault="worker")

    assert lost == Split(worker=17_600, loss=2_731, platform=200, tax=469)


def test_a_refund_of_everything_takes_exactly_the_parts():
    assert split(60_900) == Split(worker=51_040, tenant=5_248 + 2_672, platform=580, tax=1_360)


def test_a_discount_of_the_business_never_makes_the_worker_pay_more_than_goes_back():
    cheap = PriceBlocks.of("MXN", worker=51_040, tenant=-20_000, processor=1_000, tax=100)
    half = split(16_070, blocks=cheap)

    assert half == Split(worker=16_070 - 50, tax=50)
    assert half.total == 16_070


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=8))
def test_many_refunds_never_take_more_of_a_part_than_there_is(amounts):
    before, taken = 0, Split()
    for amount in amounts:
        if before + amount > WORKED.service.minor:
            break
        piece = split(amount, before=before)
        assert piece.total == amount
        taken = Split(
            worker=taken.worker + piece.worker,
            tenant=taken.tenant + piece.tenant,
            platform=taken.platform + piece.platform,
            tax=taken.tax + piece.tax,
        )
        before += amount

    assert taken.worker <= 51_040
    assert taken.platform <= 580
    assert taken.tax <= 1_360


@given(due=AMOUNTS, pending=AMOUNTS, held=AMOUNTS, available=AMOUNTS)
def test_a_claw_back_takes_what_is_there_in_order_and_owes_the_rest(due, pending, held, available):
    taken = claw_back(due=due, pending=pending, held=held, available=available)

    assert taken.total == due
    assert taken.pending <= pending
    assert taken.held <= held
    assert taken.available <= available
    assert taken.held == 0 or taken.pending == pending
    assert taken.available == 0 or taken.held == held
    assert taken.receivable == 0 or taken.available == available


def test_an_empty_wallet_owes_everything():
    assert claw_back(due=9, pending=0, held=0, available=0) == ClawBack(receivable=9)


@pytest.mark.parametrize(
    ("released", "owed", "rate", "kept"),
    [(20_000, 10_000, 2_500, 5_000), (20_000, 3_000, 2_500, 3_000), (7, 9, 2_500, 1), (9, 9, 0, 0)],
)
def test_set_off_is_at_most_a_rate_of_a_release(released, owed, rate, kept):
    assert set_off(released=released, owed=owed, rate_bp=rate) == kept


def test_a_workers_fault_needs_a_finding():
    check_fault("none", "")
    check_fault("worker", "The dog was never walked.")
    with pytest.raises(FindingMissing):
        check_fault("worker", "  because ")
    with pytest.raises(FaultUnknown):
        check_fault("somebody", "")
