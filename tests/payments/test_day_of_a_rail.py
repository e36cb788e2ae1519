"""What leaves in a day for all workers together, and money that nobody takes for too long."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from kernel import clock
from kernel.actor import Role
from kernel.context import current_tenant
from kernel.edge import working_for
from payments.actions.cash_out import cash_out
from payments.actions.change_payout import cancel_payout
from payments.actions.sweep import sweep_wallet
from payments.models import Payout, RailDay
from payments.queries import cash_out_quote, wallet_of
from payments.rules.cash_out import CashOutPolicy, CashOutRefused, Reason, WalletFacts, quote
from tenants.support.models import Case
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import ledger
from tests.support.worlds import joins
from tests.support.worlds_money import can_be_paid, earns, member_id, mxn


@pytest.fixture
def capped(patitas, olga):
    """The bank of Patitas sends 100.00 a day."""
    change_setting(by=olga, group="payments.cash_out", values={"rail_day_minor": 10_000})
    return olga


@pytest.fixture
def bea(patitas):
    """Bea works at Patitas too."""
    return joins("bea", Role.WORKER)


@pytest.mark.parametrize(
    ("today", "allowed", "reasons"),
    [
        (0, 5_000, ()),
        (6_000, 4_000, (Reason("rail_day", minor=4_000),)),
        (10_000, 0, (Reason("rail_day", minor=0),)),
    ],
)
def test_what_all_were_promised_today_is_taken_off_the_limit(today, allowed, reasons):
    facts = WalletFacts(at=clock.now(), available_minor=5_000, rail_today_minor=today)

    answer = quote(facts, CashOutPolicy(rail_day_minor=10_000))

    assert (answer.allowed_minor, answer.reasons) == (allowed, reasons)


def test_the_next_worker_gets_what_is_left_of_the_day_with_the_reason(capped, ana, bea, clara):
    for worker in (ana, bea):
        earns(worker, 8_000, payer=clara)
        can_be_paid(worker)
    cash_out(by=ana, amount=mxn(7_000), option="free", key="a")

    with pytest.raises(CashOutRefused):
        cash_out(by=bea, amount=mxn(3_001), option="free", key="b")
    assert wallet_of(bea).available == mxn(8_000)
    assert cash_out_quote(bea).reasons == (Reason("rail_day", minor=3_000),)
    cash_out(by=bea, amount=mxn(3_000), option="free", key="b")

    row = RailDay.objects.get()
    assert (row.used_minor, row.most_minor) == (10_000, 10_000)


def test_what_is_called_off_counts_no_more_and_tomorrow_is_another_day(capped, ana, bea, clara):
    for worker in (ana, bea):
        earns(worker, 30_000, payer=clara)
        can_be_paid(worker)
    first = cash_out(by=ana, amount=mxn(10_000), option="free", key="a")
    assert cash_out_quote(bea).allowed_minor == 0
    cancel_payout(by=ana, payout_id=first.pk)
    assert cash_out_quote(bea).allowed_minor == 10_000
    cash_out(by=bea, amount=mxn(10_000), option="free", key="b")
    with clock.travelling_to(clock.now() + timedelta(days=1)):
        assert cash_out_quote(ana).allowed_minor == 10_000


def test_what_is_sent_unasked_keeps_to_the_banks_day_too(capped, ana, clara):
    earns(ana, 30_000, payer=clara)
    can_be_paid(ana)

    payout = sweep_wallet(member_id=member_id(ana))

    assert payout is not None
    assert payout.amount == mxn(10_000)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_cannot_both_have_the_last_of_the_day(capped, ana, bea, clara):
    for worker in (ana, bea):
        earns(worker, 10_000, payer=clara)
        can_be_paid(worker)
    called_off = cash_out(by=ana, amount=mxn(100), option="free", key="first")  # Makes the row.
    cancel_payout(by=ana, payout_id=called_off.pk)
    tenant_id, refused, start = current_tenant(), [], threading.Barrier(2)

    def ask(worker):
        with working_for(tenant_id):
            start.wait()
            try:
                cash_out(by=worker, amount=mxn(8_000), option="free", key="k")
            except CashOutRefused as refusal:
                refused.append(refusal.details["reasons"])
            finally:
                connection.close()

    threads = [threading.Thread(target=ask, args=(worker,)) for worker in (ana, bea)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert Payout.objects.exclude(pk=called_off.pk).count() == 1
    assert refused == [["rail_day"]]
    held = ledger()
    assert (held["worker_in_transit"], held["worker_available"]) == (-8_000, -12_000)


def test_money_that_nobody_can_send_for_sixty_days_becomes_a_case(patitas, olga, ana, clara):
    earns(ana, 5_000, payer=clara)
    sweep_wallet(member_id=member_id(ana))
    with clock.travelling_to(clock.now() + timedelta(days=59)):
        earns(ana, 700, payer=clara)
        sweep_wallet(member_id=member_id(ana))
        assert not Case.objects.exists()
    with clock.travelling_to(clock.now() + timedelta(days=61)):
        sweep_wallet(member_id=member_id(ana))
        sweep_wallet(member_id=member_id(ana))

    case = Case.objects.get()
    assert (case.kind, case.person_id) == ("money_unclaimed", member_id(ana))
    assert case.title == "A worker's money has been here for more than 60 days"
