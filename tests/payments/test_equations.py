"""The equations that measure random lives: each sees one unit that is in the wrong place."""

import pytest

from kernel.money import Money
from payments.actions.accrue import accrue
from payments.actions.cash_out import cash_out
from payments.actions.credits import grant_credit
from payments.actions.hold import open_hold
from payments.actions.refund import refund
from payments.models import Credit, Earning, Hold, Payment, Payout, Refund, Tip
from tests.support.equations import our_own_books
from tests.support.worlds_money import WORKED, can_be_paid, done, earns, member_id, mxn, paid


@pytest.fixture
def full_books(patitas, ana, clara, olga):
    """Something stands on every account that has a row to explain it."""
    can_be_paid(ana)
    earns(ana, 90_000, payer=clara)
    done(paid(clara), ana)
    job = paid(clara)
    accrue(
        reference=job.reference,
        worker_member_id=member_id(ana),
        payment_id=job.pk,
        blocks=WORKED,
        key="delivered",
    )
    ahead = paid(clara)
    about = {"customer_id": member_id(clara), "cause": "gesture", "about": "a", "reason": "r" * 20}
    grant_credit(by=olga, amount=Money("MXN", 700), **about)
    open_hold(member_id=member_id(ana), amount=mxn(9_000), reason="review", until=None, about="x")
    refund(by=olga, payment_id=ahead.pk, amount=mxn(500), tip=mxn(0), reason="q", key="r")
    cash_out(by=ana, amount=mxn(10_000), option="free", key="k")


def test_books_in_order_balance(full_books):
    our_own_books()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Earning, {"pending_minor": 0}),
        (Earning, {"tenant_minor": 5_249}),
        (Hold, {"remaining_minor": 8_999}),
        (Credit, {"left_minor": 699}),
        (Payout, {"state": "cancelled"}),
        (Payout, {"amount_minor": 10_001}),
        (Refund, {"state": "succeeded"}),
        (Refund, {"deposit_minor": 0}),
        (Tip, {"state": "returned"}),
        (Payment, {"state": "expired"}),
    ],
    ids=lambda each: each.__name__ if isinstance(each, type) else next(iter(each)),
)
def test_a_row_that_says_something_else_than_the_ledger_is_seen(full_books, model, change):
    model.objects.update(**change)

    with pytest.raises(AssertionError):
        our_own_books()
