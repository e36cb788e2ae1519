"""Many at once: money is spent once, facts are written once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connections

from kernel import clock
from kernel.actor import SYSTEM
from kernel.context import current_tenant
from kernel.edge import working_for
from kernel.errors import Refusal
from payments.actions.apply_payment import apply_payment
from payments.actions.cash_out import cash_out
from payments.actions.collect import collect
from payments.actions.credits import grant_credit
from payments.actions.receive_event import receive_event
from payments.models import Balance, Credit, Entry, Payout, Posting, ProviderEvent, Tip
from payments.providers.base import PaymentFact, Signal
from payments.queries import wallet_of
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.books import Attacker, connect, enter
from tests.support.ledgers import ledger
from tests.support.worlds import PATITAS, open_tenant, person
from tests.support.worlds_money import can_be_paid, earns, member_id, mxn, owes, paid

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


def all_at_once(work, jobs: list[Any], *, workers: int = 8) -> list[object]:
    """Do work in some threads, each with a connection of its own; refusals are answers."""
    tenant_id = current_tenant()

    def one(job: Any) -> object:
        try:
            with working_for(tenant_id):
                return work(job)
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=workers) as pool:
        return list(pool.map(one, jobs))


def no_drift() -> bool:
    """Tell whether every balance equals its postings."""
    return all(
        row.balance
        == row.normal
        * sum(Posting.objects.filter(account_id=row.account_id).values_list("amount", flat=True))
        for row in Balance.objects.all()
    )


def test_22_two_hundred_cash_outs_over_sixteen_connections_of_money_for_twenty_are_exactly_twenty(
    patitas, olga, ana, clara
):
    change_setting(by=olga, group="payments.cash_out", values={"open_at_once": 100, "per_day": 100})
    can_be_paid(ana)
    earns(ana, 20_000, payer=clara)
    before = ledger()

    def take(number: int) -> str:
        return str(cash_out(by=ana, amount=mxn(1_000), option="free", key=f"k{number}").pk)

    answers = all_at_once(take, list(range(200)), workers=16)

    payouts = {str(each) for each in Payout.objects.values_list("pk", flat=True)}
    assert len(payouts) == 20
    refused = [each for each in answers if each not in payouts]
    assert len(refused) == 180
    assert set(refused) <= {"insufficient_funds", "cashout.not_allowed", "in_flight"}
    assert before["worker_available"] == -20_000
    moved = {name: minor for name, minor in before.items() if name != "worker_available"}
    assert ledger() == moved | {"worker_in_transit": -20_000}
    assert Entry.objects.filter(kind="cashout.requested").count() == 20
    assert no_drift()


def test_of_two_at_once_only_one_is_open(patitas, ana, clara):
    can_be_paid(ana)
    earns(ana, 10_000, payer=clara)

    def take(number: int) -> str:
        cash_out(by=ana, amount=mxn(1_000), option="free", key=f"k{number}")
        return "taken"

    answers = all_at_once(take, list(range(8)))

    assert sorted(set(answers)) == ["cashout.not_allowed", "taken"]
    assert answers.count("taken") == 1
    assert wallet_of(ana).available == mxn(9_000)


def test_one_key_many_times_is_one_entry(patitas, ana, clara):
    can_be_paid(ana)
    earns(ana, 10_000, payer=clara)

    def take(_: int) -> str:
        return str(cash_out(by=ana, amount=mxn(1_000), option="free", key="same").pk)

    answers = {each for each in all_at_once(take, list(range(24))) if each != "in_flight"}

    payout = Payout.objects.get()
    assert answers <= {str(payout.pk), "cashout.not_allowed"}
    assert str(payout.pk) in answers
    assert Entry.objects.filter(kind="cashout.requested").count() == 1
    assert wallet_of(ana).available == mxn(9_000)


def test_one_tip_under_many_keys_is_earned_once(patitas, ana, clara):
    payment = paid(clara)
    tenant_id, worker, ref = current_tenant(), member_id(ana), f"tip:{payment.pk}"

    def earn(number: int) -> str:
        with connect() as session:
            enter(session, tenant_id)
            books = Attacker(session, tenant_id, worker)
            try:
                books.post(
                    "tip.earned",
                    {"tip_held": 5_000, "worker_available": -5_000},
                    ref=ref,
                    key=f"tip:{number}",
                )
            except psycopg.errors.CheckViolation as error:
                return str(error.diag.constraint_name)
            return "earned"

    answers = all_at_once(earn, list(range(20)))

    assert sorted(answers) == ["earned"] + ["tip_taken"] * 19
    assert wallet_of(ana).available == mxn(5_000)


def test_a_payment_reported_many_times_is_booked_once(patitas, clara):
    payment = owes(clara)
    fact = PaymentFact(
        state="captured", intent_ref="pi_x", charge_ref="ch_x", settles_at=clock.now(), fee_minor=9
    )

    all_at_once(lambda _: apply_payment(payment_id=payment.pk, fact=fact).state, [0] * 16)

    assert Entry.objects.filter(kind="charge.captured").count() == 1
    assert Tip.objects.count() == 1


def test_an_event_received_five_times_at_once_is_kept_once(patitas):
    signal = Signal(
        event_id="evt_1",
        account="",
        kind="charge.succeeded",
        object_id="ch_nobody",
        created_at=clock.now(),
    )
    with working_for(1):
        all_at_once(lambda _: receive_event(provider="stripe", signal=signal).state, [0] * 5)
        assert ProviderEvent.objects.count() == 1


def test_the_application_may_not_insert_at_all(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connect() as session:
        enter(session, 1)
        attacker = Attacker(session, 1)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            attacker.entry()
        session.rollback()


def test_of_checkouts_at_once_no_two_use_the_same_credit(patitas, clara):
    grant_credit(
        by=SYSTEM, customer_id=member_id(clara), amount=mxn(10_000), cause="late", about="x"
    )

    def check_out(number: int) -> int:
        return collect(
            by=clara,
            payer_id=member_id(clara),
            reference=f"booking:{number}",
            amount=mxn(6_000),
            tip=mxn(0),
            title="Paseo",
            capture="automatic",
            return_path="/",
            expires_at=clock.now() + timedelta(minutes=15),
            key=f"b{number}",
            with_credit=True,
        ).credit_minor

    answers = all_at_once(check_out, list(range(8)))

    assert sorted(answers) == [0, 0, 0, 0, 0, 0, 4_000, 6_000]
    assert Credit.objects.get().left_minor == 0
    assert no_drift()
