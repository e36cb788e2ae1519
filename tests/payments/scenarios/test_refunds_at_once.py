"""Refunds that race: scenarios 14 and 23, on the fake provider because threads share no sandbox."""

import pytest

from kernel.edge import working_for
from payments.actions.cash_out import cash_out
from payments.actions.refund import refund
from payments.models import Debt, Payout, Refund
from tests.payments.test_at_once import all_at_once, no_drift
from tests.support.ledgers import standing
from tests.support.worlds import PATITAS, open_tenant, person
from tests.support.worlds_money import can_be_paid, done, mxn, paid

pytestmark = pytest.mark.django_db(transaction=True)

FOUND = "The walk took ten minutes instead of sixty."


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


def test_14_of_eight_refunds_at_once_only_what_was_paid_goes_back(patitas, olga, clara):
    payment = paid(clara)

    def give(number: int) -> str:
        asked = {"reason": "cancelled", "key": f"r{number}"}
        back = refund(by=olga, payment_id=payment.pk, amount=mxn(20_000), tip=mxn(0), **asked)
        return str(back.pk)

    answers = all_at_once(give, list(range(8)))
    payment.refresh_from_db()

    assert answers.count("refund.too_much") == 5
    assert Refund.objects.count() == 3
    assert payment.refunded_minor == 60_000
    assert standing("customer_deposit", "refund_payable") == {
        "customer_deposit": -900,
        "refund_payable": -60_000,
    }


def test_23_a_cash_out_and_a_refund_at_once_end_in_one_order_or_the_other(
    patitas, olga, ana, clara
):
    can_be_paid(ana)
    payment = paid(clara)
    done(payment, ana)

    def either(which: str) -> str:
        if which == "refund":
            more = {"reason": "quality", "key": "r", "fault": "worker", "finding": FOUND}
            refund(by=olga, payment_id=payment.pk, amount=mxn(60_900), tip=mxn(0), **more)
        else:
            cash_out(by=ana, amount=mxn(56_040), option="free", key="k")
        return which

    answers = set(all_at_once(either, ["refund", "cash_out"]))
    wallet = standing("worker_available", "worker_in_transit", "worker_receivable")

    if "cash_out" in answers:
        assert wallet == {
            "worker_available": 0,
            "worker_in_transit": -56_040,
            "worker_receivable": 51_040,
        }
        assert Debt.objects.get().left_minor == 51_040
    else:
        assert wallet == {
            "worker_available": -5_000,
            "worker_in_transit": 0,
            "worker_receivable": 0,
        }
        assert not Payout.objects.exists()
    assert "refund" in answers
    assert standing("refund_payable") == {"refund_payable": -60_900}
    assert no_drift()
