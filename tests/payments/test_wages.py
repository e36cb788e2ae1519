"""Wages: lent before they settle, swept home, rested, called off, frozen; each to the unit."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import SYSTEM, Role
from kernel.errors import NotAllowed, NotFound
from kernel.timers import run_due_of
from payments.actions.apply_payee import apply_payee
from payments.actions.apply_payout import apply_payout, finish_payout
from payments.actions.cash_out import cash_out
from payments.actions.change_payout import cancel_payout, retry_payout
from payments.actions.doubt import clear_destination
from payments.actions.freeze import appeal_freeze, confirm_freeze, freeze, thaw
from payments.actions.fund_float import fund_float
from payments.actions.keep_quote import keep_quote
from payments.actions.stop_rail import lift_stop, stop_rail
from payments.actions.sweep import sweep_wallet
from payments.models import Advance, Hold, Payee, Payout, PayoutStop
from payments.providers.base import PayeeFact, PayoutFact
from payments.providers.fake import fake
from payments.queries import balance_of, cash_out_quote, float_left, wallet_facts, wallet_of
from payments.rules.blocks import PriceBlocks
from payments.rules.cash_out import CashOutRefused, QuoteChanged, QuoteExpired
from payments.rules.entries import cashout_ref
from payments.rules.freezing import AlreadyLifted, AppealedAlready, ReasonNeeded
from payments.rules.payout_states import StepImpossible
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import booked
from tests.support.worlds import joins
from tests.support.worlds_money import (
    can_be_paid,
    done,
    earns,
    member_id,
    mxn,
    owes,
    reported,
)

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def ana_has_1000(ana, clara):
    """Ana has 1 000 pesos, settled, and can be paid."""
    can_be_paid(ana)
    earns(ana, 100_000, payer=clara)
    outbox.drain()
    return ana


def earns_unsettled(worker, minor, payer, *, days=2):
    """Let a worker earn an amount that the customer's bank sends in some days."""
    blocks = PriceBlocks.of("MXN", worker=minor)
    payment = reported(owes(payer, blocks=blocks), settles_at=clock.now() + timedelta(days=days))
    done(payment, worker, blocks=blocks)
    return payment


def paid_at_the_bank(payout) -> None:
    apply_payout(payout_id=payout.pk, fact=PayoutFact(ref=payout.provider_ref, state="paid"))


def test_an_advance_is_lent_by_the_float_and_fills_it_again_when_the_money_settles(
    ana_has_1000, clara
):
    ana = ana_has_1000
    earns_unsettled(ana, 40_000, clara)
    fund_float(by=SYSTEM, amount=mxn(20_000), key="first")
    assert cash_out_quote(ana).allowed_minor == 120_000

    payout = cash_out(by=ana, amount=mxn(115_000), option="free", key="k")
    assert booked(cashout_ref(payout.pk)) == [
        (
            "cashout.requested",
            {
                "worker_available": 115_000,
                "worker_in_transit": -115_000,
                "float_committed": 15_000,
                "operator_float": -15_000,
            },
        )
    ]
    assert float_left() == mxn(5_000)
    outbox.drain()
    payout.refresh_from_db()
    paid_at_the_bank(payout)
    assert booked(cashout_ref(payout.pk))[1] == (
        "cashout.paid",
        {"worker_in_transit": 115_000, "psp_connected": -100_000, "float_committed": -15_000},
    )

    with clock.travelling_to(clock.now() + timedelta(days=8)):
        finish_payout(payout_id=payout.pk)
        outbox.drain()
        assert Advance.objects.get().state == Advance.REPAID
        assert float_left() == mxn(20_000)
        assert booked(cashout_ref(payout.pk))[2:] == [
            ("payee.taken_back", {"psp_available": 15_000, "psp_connected": -15_000}),
            ("advance.repaid", {"operator_float": 15_000, "psp_available": -15_000}),
        ]
        assert cash_out_quote(ana).allowed_minor == 25_000


def test_an_advance_that_did_not_arrive_is_the_floats_again(ana_has_1000, clara):
    earns_unsettled(ana_has_1000, 40_000, clara)
    fund_float(by=SYSTEM, amount=mxn(20_000), key="first")
    fake().refuses = "payout"
    payout = cash_out(by=ana_has_1000, amount=mxn(110_000), option="free", key="k")
    outbox.drain()
    payout.refresh_from_db()

    assert payout.state == "failed"
    assert float_left() == mxn(20_000)
    assert Advance.objects.get().state == Advance.DROPPED
    assert wallet_of(ana_has_1000).available == mxn(140_000)


def test_only_the_operator_fills_the_float(olga):
    with pytest.raises(NotAllowed):
        fund_float(by=olga, amount=mxn(1), key="k")
    assert float_left() == mxn(0)


def test_a_cash_out_is_called_off_for_free_until_the_provider_may_have_it(ana_has_1000):
    payout = cash_out(by=ana_has_1000, amount=mxn(50_000), option="free", key="k")
    cancel_payout(by=ana_has_1000, payout_id=payout.pk)

    outbox.drain()
    payout.refresh_from_db()
    assert payout.state == "cancelled"
    assert wallet_of(ana_has_1000).available == mxn(100_000)
    assert [kind for kind, _ in booked(cashout_ref(payout.pk))] == [
        "cashout.requested",
        "cashout.cancelled",
    ]
    assert fake().payouts == {}


def test_what_was_sent_is_not_called_off(ana_has_1000):
    payout = cash_out(by=ana_has_1000, amount=mxn(50_000), option="free", key="k")
    outbox.drain()
    with pytest.raises(StepImpossible):
        cancel_payout(by=ana_has_1000, payout_id=payout.pk)

    assert wallet_of(ana_has_1000).in_transit == mxn(50_000)


def test_nobody_calls_off_or_repeats_anothers_cash_out(ana_has_1000):
    payout = cash_out(by=ana_has_1000, amount=mxn(50_000), option="free", key="k")
    other = joins("beto", Role.WORKER)
    with pytest.raises(NotFound):
        cancel_payout(by=other, payout_id=payout.pk)
    with pytest.raises(NotFound):
        retry_payout(by=other, payout_id=payout.pk, option="free")
    assert wallet_of(ana_has_1000).in_transit == mxn(50_000)


def test_an_answer_that_still_holds_is_kept_with_the_request(ana_has_1000):
    kept, _ = keep_quote(by=ana_has_1000, amount=mxn(50_000), language="es")
    payout = cash_out(by=ana_has_1000, amount=mxn(50_000), option="free", key="k", quote_id=kept.pk)

    assert payout.kept_quote_id == kept.pk
    assert payout.disclosure == kept.disclosure
    assert kept.facts["available_minor"] == 100_000


def test_an_answer_that_has_changed_or_is_old_moves_nothing(ana_has_1000, olga):
    kept, _ = keep_quote(by=ana_has_1000, amount=mxn(50_000))
    ask = {"by": ana_has_1000, "amount": mxn(50_000), "option": "free", "quote_id": kept.pk}
    change_setting(by=olga, group="payments.cash_out", values={"day_sum_minor": 40_000})
    with pytest.raises(QuoteChanged):
        cash_out(**ask, key="k")
    change_setting(by=olga, group="payments.cash_out", values={})
    with clock.travelling_to(clock.now() + timedelta(minutes=11)), pytest.raises(QuoteExpired):
        cash_out(**ask, key="k")

    assert not Payout.objects.exists()
    assert wallet_of(ana_has_1000).available == mxn(100_000)


def test_the_sum_of_a_day_is_counted(ana_has_1000, olga):
    values = {"day_sum_minor": 40_000, "open_at_once": 5}
    change_setting(by=olga, group="payments.cash_out", values=values)
    cash_out(by=ana_has_1000, amount=mxn(30_000), option="free", key="k")
    with pytest.raises(CashOutRefused) as error:
        cash_out(by=ana_has_1000, amount=mxn(10_001), option="free", key="l")

    assert error.value.details["reasons"] == ["day_sum"]
    assert error.value.details["allowed_minor"] == 10_000
    assert wallet_of(ana_has_1000).available == mxn(70_000)


def test_a_sweep_sends_settled_money_home_and_never_what_rests_or_has_not_settled(
    ana_has_1000, clara, olga
):
    change_setting(by=olga, group="payments.cash_out", values={"reserve_bp": 2_000})
    earns_unsettled(ana_has_1000, 40_000, clara)
    fund_float(by=SYSTEM, amount=mxn(50_000), key="f")

    payout = sweep_wallet(member_id=member_id(ana_has_1000))

    assert payout is not None
    assert (payout.amount_minor, payout.fee_minor, payout.advance_minor) == (100_000, 0, 0)
    assert payout.swept
    assert wallet_of(ana_has_1000).available == mxn(32_000)
    assert balance_of(member_id(ana_has_1000), "worker_reserve", "MXN") == mxn(8_000)
    assert sweep_wallet(member_id=member_id(ana_has_1000)) is None


def test_what_nobody_took_out_leaves_on_the_next_day_of_pay_by_itself(ana_has_1000):
    with clock.travelling_to(clock.now() + timedelta(days=1)):
        run_due_of(member_id(ana_has_1000))

    payout = Payout.objects.get()
    assert (payout.amount_minor, payout.swept) == (100_000, True)


def test_a_new_workers_reserve_rests_two_weeks_and_comes_by_itself(ana, clara, olga):
    can_be_paid(ana)
    change_setting(by=olga, group="payments.cash_out", values={"reserve_bp": 1_000})
    earns(ana, 100_000, payer=clara)

    held = wallet_facts(member_id(ana)).resting
    assert [(each.reason, each.minor) for each in held] == [("reserve", 10_000)]
    assert cash_out_quote(ana).allowed_minor == 90_000
    until = held[0].until
    assert until is not None
    with clock.travelling_to(until):
        run_due_of(Hold.objects.get().pk)
        assert wallet_of(ana).available == mxn(100_000)


def test_a_frozen_wallet_gives_nothing_but_still_earns_and_thaws_by_itself(
    ana_has_1000, clara, olga
):
    row = freeze(by=olga, member_id=member_id(ana_has_1000), reason="takeover", note="Two phones")
    with pytest.raises(CashOutRefused) as error:
        cash_out(by=ana_has_1000, amount=mxn(1_000), option="free", key="k")
    assert error.value.details["reasons"] == ["frozen"]
    earns(ana_has_1000, 5_000, payer=clara)
    assert wallet_of(ana_has_1000).available == mxn(105_000)

    with clock.travelling_to(clock.now() + timedelta(hours=72, seconds=1)):
        run_due_of(row.pk)
        assert cash_out_quote(ana_has_1000).allowed_minor == 105_000


def test_a_confirmed_freeze_lasts_until_it_is_lifted_and_can_be_appealed_once(ana_has_1000, olga):
    row = freeze(by=olga, member_id=member_id(ana_has_1000), reason="fraud", note="Why")
    confirm_freeze(by=olga, freeze_id=row.pk, note="Seen the chat")
    appeal_freeze(by=ana_has_1000, freeze_id=row.pk, text="It was my sister")
    with pytest.raises(AppealedAlready):
        appeal_freeze(by=ana_has_1000, freeze_id=row.pk, text="Really")
    with clock.travelling_to(clock.now() + timedelta(days=30)):
        run_due_of(row.pk)
        assert cash_out_quote(ana_has_1000).allowed_minor == 0
    thaw(by=olga, freeze_id=row.pk, note="She was right")

    assert cash_out_quote(ana_has_1000).allowed_minor == 100_000
    with pytest.raises(AlreadyLifted):
        thaw(by=olga, freeze_id=row.pk, note="Again")


def test_nobody_freezes_without_a_reason_or_the_permission(ana_has_1000, olga, mora):
    asked = {"member_id": member_id(ana_has_1000), "reason": "fraud"}
    with pytest.raises(ReasonNeeded):
        freeze(by=olga, note=" ", **asked)
    with pytest.raises(NotAllowed):
        freeze(by=mora, note="x", **asked)
    assert cash_out_quote(ana_has_1000).allowed_minor == 100_000


def test_one_bank_account_in_two_wallets_waits_for_the_office(ana_has_1000, mora):
    beto = joins("beto", Role.WORKER)
    payee = can_be_paid(beto)
    shared = Payee.objects.get(member_id=member_id(ana_has_1000)).account_ref
    fact = PayeeFact(state="active", destination="Banco", instrument=f"bank:{shared}")
    apply_payee(payee_id=payee.pk, fact=fact)
    payee.refresh_from_db()
    assert payee.doubt == "shared"

    clear_destination(by=mora, payee_id=payee.pk)
    apply_payee(payee_id=payee.pk, fact=fact)
    payee.refresh_from_db()
    assert payee.doubt == ""


def test_a_way_that_fails_too_often_is_closed_for_an_hour(ana_has_1000, olga):
    values = {"open_at_once": 100, "per_day": 100}
    change_setting(by=olga, group="payments.cash_out", values=values)
    for number in range(20):
        cash_out(by=ana_has_1000, amount=mxn(1_000), option="free", key=f"k{number}")
    outbox.drain()
    for payout in Payout.objects.order_by("pk")[:2]:
        apply_payout(
            payout_id=payout.pk, fact=PayoutFact(ref="", state="failed", failure="declined")
        )
    assert not PayoutStop.objects.exists()
    third = Payout.objects.filter(state="submitted").first()
    apply_payout(payout_id=third.pk, fact=PayoutFact(ref="", state="failed", failure="declined"))

    stop = PayoutStop.objects.get()
    assert (stop.reason, stop.rail) == ("breaker", "fake_standard")
    assert "paused" in [each.code for each in cash_out_quote(ana_has_1000).reasons]
    with clock.travelling_to(clock.now() + timedelta(hours=1, seconds=1)):
        assert "paused" not in [each.code for each in cash_out_quote(ana_has_1000).reasons]


def test_what_was_asked_for_waits_while_all_is_stopped_and_goes_on_when_it_is_lifted(
    ana_has_1000, olga
):
    payout = cash_out(by=ana_has_1000, amount=mxn(1_000), option="free", key="k")
    stop = stop_rail(reason="operator")
    outbox.drain()
    payout.refresh_from_db()
    assert (payout.state, payout.waits_for) == ("requested", "stop")

    lift_stop(by=olga, stop_id=stop.pk)
    with clock.travelling_to(clock.now() + timedelta(hours=1, seconds=1)):
        run_due_of(payout.pk)
        payout.refresh_from_db()
        assert payout.state == "submitted"
