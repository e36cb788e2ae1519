"""Taxes that were kept back of a worker's share go back with it, in proportion, to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.actor import SYSTEM
from payments.actions.accrue import accrue
from payments.actions.refund import refund
from payments.actions.release import release
from payments.actions.send_evidence import find_fault
from payments.models import Debt, Dispute, Hold, Payment, Posting, Refund
from payments.queries import wallet_of
from payments.queries.going_back import preview_refund
from payments.rules.claw_back import Split, split_lost, split_refund
from payments.rules.taxes import Withholding
from tests.support.equations import our_own_books
from tests.support.worlds_money import WORKED, member_id, mxn, owes, paid

FOUND = "The walk took ten minutes instead of sixty."
ISR, IVA = 1_072, 4_083  # 2.1 % and 8 % of 51 040.
NET = 51_040 - ISR - IVA


def kept(code: str, minor: int) -> Withholding:
    return Withholding(
        code=code,
        account=code,
        version=1,
        rate_bp=100,
        threshold_minor=0,
        wording={},
        minor=minor,
    )


def done(payment: Payment, worker) -> None:
    accrue(
        reference=payment.reference,
        worker_member_id=member_id(worker),
        payment_id=payment.pk,
        blocks=WORKED,
        key="d",
        withheld=[kept("isr", ISR), kept("iva", IVA)],
    )
    release(reference=payment.reference, key="c")


def back(payment, minor, *, fault="worker", key="k") -> Refund:
    return refund(
        by=SYSTEM,
        payment_id=payment.pk,
        amount=mxn(minor),
        tip=mxn(0),
        reason="quality",
        key=key,
        fault=fault,
        finding=FOUND,
    )


def legs(ref: str, kind: str) -> dict[str, int]:
    """Return what an entry wrote, taxes by their own account."""
    rows = Posting.objects.filter(entry__ref=ref, entry__kind=kind)
    named = rows.values_list("account__kind", "account__sub", "amount")
    return {f"{account}:{sub}" if sub else account: minor for account, sub, minor in named}


def owed_to_the_tax_office() -> dict[str, int]:
    sums: dict[str, int] = {}
    for sub, minor in Posting.objects.filter(account__kind="tax_payable").values_list(
        "account__sub", "amount"
    ):
        sums[sub or "vat"] = sums.get(sub or "vat", 0) - minor
    return {name: minor for name, minor in sums.items() if minor}


class TestArithmetic:
    """Dividing it."""

    @given(
        first=st.integers(1, 60_900),
        second=st.integers(0, 60_900),
        taxes=st.lists(st.integers(0, 10_000), max_size=4),
    )
    def test_step_by_step_no_tax_gives_back_more_than_was_kept(self, first, second, taxes):
        second = min(second, 60_900 - first)
        asked = {"blocks": WORKED, "fault": "worker", "withheld": taxes}
        one = split_refund(amount=first, before=0, **asked)
        two = split_refund(amount=second, before=first, **asked)

        assert one.total == first
        assert two.total == second
        given_back = [sum(parts) for parts in zip(one.withheld, two.withheld, strict=True)]
        assert all(back <= was for back, was in zip(given_back, taxes, strict=True))
        assert 0 <= one.worker + two.worker <= 51_040
        if first + second == 60_900:  # A unit of a tax may stay where a step was tiny.
            assert 0 <= sum(taxes) - sum(given_back) <= len(taxes)

    @pytest.mark.parametrize("fault", ["none", "customer", "platform"])
    def test_a_worker_who_keeps_the_pay_keeps_the_tax(self, fault):
        split = split_refund(
            amount=21_000, before=0, blocks=WORKED, fault=fault, withheld=[ISR, IVA]
        )
        assert split == Split(loss=17_600, tenant=2_731, platform=200, tax=469)

    def test_a_lost_dispute_divides_alike(self):
        lost = split_lost(
            amount=21_000, before=0, blocks=WORKED, fault="worker", withheld=[ISR, IVA]
        )
        assert lost == Split(
            worker=15_822, loss=2_731, platform=200, tax=469, withheld=(370, 1_408)
        )


@pytest.mark.usefixtures("patitas")
class TestRefund:
    """In the books."""

    def test_a_part_gives_back_its_part_of_each_tax(self, ana, clara):
        payment = paid(clara)
        done(payment, ana)
        shown = preview_refund(payment, amount=mxn(21_000), tip=mxn(0), fault="worker")
        made = back(payment, 21_000)

        assert legs(f"refund:{made.pk}", "refund.due") == {
            "worker_available": 15_822,
            "tax_payable:isr": 370,
            "tax_payable:iva": 1_408,
            "tenant_pending": 2_731,
            "platform_fee": 200,
            "tax_payable": 469,
            "refund_payable": -21_000,
        }
        assert ("withheld", mxn(1_778)) in shown.borne
        assert made.borne["withheld"] == mxn(1_778)
        assert wallet_of(ana).available == mxn(NET + 5_000 - 15_822)
        our_own_books()

    def test_all_of_it_in_two_steps_leaves_nothing_owed_by_anybody(self, ana, clara):
        payment = paid(clara)
        done(payment, ana)
        assert owed_to_the_tax_office() == {"vat": 1_360, "isr": ISR, "iva": IVA}
        back(payment, 21_000, key="one")
        back(payment, 39_900, key="two")

        assert owed_to_the_tax_office() == {}
        assert wallet_of(ana).available == mxn(5_000)
        assert not Debt.objects.exists()
        our_own_books()

    def test_where_nobody_was_at_fault_the_tax_stays_with_the_pay(self, ana, clara):
        payment = paid(clara)
        done(payment, ana)
        back(payment, 60_900, fault="none")

        assert owed_to_the_tax_office() == {"isr": ISR, "iva": IVA}
        assert wallet_of(ana).available == mxn(NET + 5_000)
        our_own_books()


@pytest.mark.usefixtures("patitas")
def test_a_lost_dispute_gives_the_taxes_back_and_an_appeal_takes_them_again(
    stripe_sandbox, ana, clara, olga
):
    stripe_sandbox.onboards(ana)
    payment = stripe_sandbox.pays(clara, owes(clara))
    done(payment, ana)
    stripe_sandbox.deliver()
    stripe_sandbox.control("/disputes", charge=payment.charge_ref)
    stripe_sandbox.deliver()
    dispute = Dispute.objects.get()
    assert Hold.objects.get().amount_minor == NET
    find_fault(by=olga, dispute_id=dispute.pk, fault="worker", finding=FOUND)
    stripe_sandbox.control(f"/disputes/{dispute.provider_ref}", verdict="lost")
    stripe_sandbox.deliver()

    assert legs(payment.reference, "dispute.lost") == {
        "worker_reserve": NET,
        "tax_payable:isr": ISR,
        "tax_payable:iva": IVA,
        "platform_fee": 580,
        "tax_payable": 1_360,
        "chargeback_loss": 7_920,
        "dispute_withheld": -60_900,
    }
    assert owed_to_the_tax_office() == {}
    assert wallet_of(ana).available == mxn(5_000)

    stripe_sandbox.control(f"/disputes/{dispute.provider_ref}", verdict="won")
    stripe_sandbox.deliver()
    assert owed_to_the_tax_office() == {"vat": 1_360, "isr": ISR, "iva": IVA}
    assert wallet_of(ana).available == mxn(NET + 5_000)
    our_own_books()
