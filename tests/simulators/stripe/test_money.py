"""Money cannot be made: captures, refunds, transfers, reversals and payouts stay inside."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from simulators.stripe.engine import Engine
from tests.simulators.stripe.conftest import DAY, Remote

MINUTE = 60


def transfer(remote: Remote, to: str, amount: int, **more: Any) -> Any:
    """Send pesos to a worker."""
    return remote.client.v1.transfers.create(
        {"amount": amount, "currency": "mxn", "destination": to, **more}
    )


def available(remote: Remote, account: str | None = None) -> int:
    """What an account can spend in its first currency."""
    options: Any = {"stripe_account": account} if account else {}
    return int(remote.client.v1.balance.retrieve({}, options).available[0].amount)


def held(remote: Remote) -> Any:
    """An intent that is authorised and not captured."""
    session = remote.session(payment_method_options={"card": {"capture_method": "manual"}})
    remote.control(f"/sessions/{session.id}/pay")
    key = remote.client.v1.checkout.sessions.retrieve(session.id).payment_intent
    return remote.client.v1.payment_intents.retrieve(key)


def total(engine: Engine) -> int:
    """All that is in all balances, which is what went in less what went out."""
    return sum(sum(buckets) for held in engine.state.balances.values() for buckets in held.values())


@pytest.mark.parametrize("amount", [65_901, 0])
def test_no_more_is_captured_than_was_authorised(remote: Remote, amount: int) -> None:
    intent = held(remote)
    with pytest.raises(stripe.InvalidRequestError):
        remote.client.v1.payment_intents.capture(intent.id, {"amount_to_capture": amount})
    assert remote.client.v1.payment_intents.retrieve(intent.id).status == "requires_capture"
    assert available(remote) == 0


def test_a_part_can_be_captured_once(remote: Remote) -> None:
    intent = held(remote)
    captured = remote.client.v1.payment_intents.capture(intent.id, {"amount_to_capture": 20_000})
    assert (captured.status, captured.amount_received) == ("succeeded", 20_000)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        remote.client.v1.payment_intents.capture(intent.id)
    assert refused.value.code == "payment_intent_unexpected_state"


def test_an_authorisation_is_void_after_seven_days(remote: Remote) -> None:
    intent = held(remote)
    remote.later(7 * DAY)
    after = remote.client.v1.payment_intents.retrieve(intent.id)
    assert (after.status, after.cancellation_reason) == ("canceled", "automatic")


def test_a_cancelled_authorisation_takes_no_money(remote: Remote, engine: Engine) -> None:
    intent = held(remote)
    assert remote.client.v1.payment_intents.cancel(intent.id).status == "canceled"
    assert total(engine) == 0


def test_refunds_stay_within_the_charge(remote: Remote, engine: Engine) -> None:
    charge = remote.charge(card="visa")
    refunds = remote.client.v1.refunds
    assert refunds.create({"charge": charge.id, "amount": 60_000}).status == "succeeded"
    with pytest.raises(stripe.InvalidRequestError):
        refunds.create({"charge": charge.id, "amount": 5_901})
    assert refunds.create({"charge": charge.id}).amount == 5_900
    with pytest.raises(stripe.InvalidRequestError) as refused:
        refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_already_refunded"
    after = remote.client.v1.charges.retrieve(charge.id, {"expand": ["refunds"]})
    assert (after.amount_refunded, after.refunded, len(after.refunds.data)) == (65_900, True, 2)
    assert total(engine) == -2_672


def test_a_refund_can_fail_after_it_succeeded(remote: Remote, engine: Engine) -> None:
    charge = remote.charge()
    remote.control("/faults", {"kind": "refund_failed"})
    refund = remote.client.v1.refunds.create({"charge": charge.id, "amount": 1_000})
    assert refund.status == "succeeded"
    remote.later(1)
    after = remote.client.v1.refunds.retrieve(refund.id)
    assert (after.status, after.failure_reason) == ("failed", "lost_or_stolen_card")
    assert total(engine) == 65_900 - 2_672


def test_transfers_from_a_charge_stay_within_it(remote: Remote) -> None:
    worker = remote.worker()
    charge = remote.charge()
    transfer(remote, worker, 65_000, source_transaction=charge.id)
    with pytest.raises(stripe.InvalidRequestError, match="must not exceed the source amount"):
        transfer(remote, worker, 901, source_transaction=charge.id)
    with pytest.raises(stripe.InvalidRequestError, match="must be the same as the transfer"):
        remote.client.v1.transfers.create(
            {
                "amount": 1,
                "currency": "brl",
                "destination": worker,
                "source_transaction": charge.id,
            }
        )
    assert transfer(remote, worker, 900, source_transaction=charge.id).amount == 900


def test_without_a_source_only_available_money_moves(remote: Remote) -> None:
    worker = remote.worker()
    remote.charge()
    with pytest.raises(stripe.InvalidRequestError) as refused:
        transfer(remote, worker, 100)
    assert refused.value.code == "balance_insufficient"
    remote.later(2 * DAY)
    transfer(remote, worker, 65_900 - 2_672)
    assert (available(remote), available(remote, worker)) == (0, 63_228)


def test_an_account_must_be_able_to_receive(remote: Remote) -> None:
    charge = remote.charge()
    account = remote.client.v1.accounts.create({"country": "MX"})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        transfer(remote, account.id, 100, source_transaction=charge.id)
    assert refused.value.code == "insufficient_capabilities_for_transfer"


def test_a_reversal_takes_back_what_is_there(remote: Remote, engine: Engine) -> None:
    worker = remote.worker()
    charge = remote.charge()
    sent = transfer(remote, worker, 50_000, source_transaction=charge.id)
    remote.later(2 * DAY)
    reversals = remote.client.v1.transfers.reversals
    reversals.create(sent.id, {"amount": 20_000})
    with pytest.raises(stripe.InvalidRequestError):
        reversals.create(sent.id, {"amount": 30_001})
    remote.client.v1.payouts.create(
        {"amount": 30_000, "currency": "mxn"}, {"stripe_account": worker}
    )
    with pytest.raises(stripe.InvalidRequestError) as refused:
        reversals.create(sent.id, {"amount": 30_000})
    assert refused.value.code == "balance_insufficient"
    after = remote.client.v1.transfers.retrieve(sent.id)
    assert (after.amount_reversed, len(after.reversals.data)) == (20_000, 1)
    engine.settings.uncovered_reversal = "negative"
    reversals.create(sent.id, {"amount": 30_000})
    assert available(remote, worker) == -30_000


def paid_worker(remote: Remote, amount: int = 50_000, **bank: str) -> str:
    """A worker with settled pesos."""
    worker = remote.worker(**bank)
    transfer(remote, worker, amount, source_transaction=remote.charge().id)
    remote.later(2 * DAY)
    return worker


def cash_out(remote: Remote, worker: str, amount: int, **more: Any) -> Any:
    """Send a worker's money to the bank."""
    params: Any = {"amount": amount, "currency": "mxn", **more}
    return remote.client.v1.payouts.create(params, {"stripe_account": worker})


def test_no_more_is_paid_out_than_is_available(remote: Remote) -> None:
    worker = paid_worker(remote)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        cash_out(remote, worker, 50_001)
    assert refused.value.code == "balance_insufficient"
    assert available(remote, worker) == 50_000


@pytest.mark.parametrize("fault", [{}, {"account_number": "000000111111113"}])
def test_a_failed_payout_gives_the_money_back(remote: Remote, fault: dict[str, str]) -> None:
    worker = paid_worker(remote, **fault)
    if not fault:
        remote.control("/faults", {"kind": "payout_failed", "match": {"account": worker}})
    payout = cash_out(remote, worker, 30_000)
    remote.later(3 * DAY)
    after = remote.client.v1.payouts.retrieve(
        payout.id, {"expand": ["failure_balance_transaction"]}, {"stripe_account": worker}
    )
    assert (after.status, after.failure_code) == ("failed", "account_closed")
    assert after.failure_balance_transaction.amount == 30_000
    assert available(remote, worker) == 50_000


def test_a_paid_payout_can_come_back(remote: Remote) -> None:
    worker = paid_worker(remote)
    remote.control("/faults", {"kind": "payout_paid_then_failed", "seconds": 3 * DAY})
    payout = cash_out(remote, worker, 30_000)
    states = []
    for _ in range(2):
        remote.later(3 * DAY)
        got = remote.client.v1.payouts.retrieve(payout.id, {}, {"stripe_account": worker})
        states.append(got.status)
    assert states == ["paid", "failed"]
    assert available(remote, worker) == 50_000


def test_a_pending_payout_can_be_called_back_once(remote: Remote) -> None:
    worker = paid_worker(remote)
    payout = cash_out(remote, worker, 30_000)
    options: Any = {"stripe_account": worker}
    assert remote.client.v1.payouts.cancel(payout.id, {}, options).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError):
        remote.client.v1.payouts.cancel(payout.id, {}, options)
    remote.later(3 * DAY)
    assert available(remote, worker) == 50_000


def test_mexico_and_brazil_have_no_instant_payouts_and_the_united_states_have(
    remote: Remote, engine: Engine
) -> None:
    worker = paid_worker(remote)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        cash_out(remote, worker, 100, method="instant")
    assert refused.value.param == "method"
    american = remote.worker("US")
    engine.state.balances[american] = {"usd": [10_000, 0]}
    options: Any = {"stripe_account": american}
    wish: Any = {"amount": 4_000, "currency": "usd", "method": "instant"}
    payout = remote.client.v1.payouts.create(wish, options)
    remote.later(MINUTE)
    assert remote.client.v1.payouts.retrieve(payout.id, {}, options).status == "paid"
    for kind in ("instant_ineligible", "instant_capped"):
        remote.control("/faults", {"kind": kind})
        with pytest.raises(stripe.InvalidRequestError):
            remote.client.v1.payouts.create(wish, options)


def test_brazil_refuses_manual_payouts_and_pays_out_by_itself(
    remote: Remote, engine: Engine
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        remote.worker("BR", "manual")
    assert refused.value.param == "settings[payouts][schedule][interval]"
    worker = remote.worker("BR", "daily")
    engine.state.balances[worker] = {"brl": [7_000, 0]}
    remote.later(4 * DAY)
    payouts = remote.client.v1.payouts.list({}, {"stripe_account": worker}).data
    assert [(p.amount, p.automatic, p.status) for p in payouts] == [(7_000, True, "paid")]


@pytest.mark.parametrize(
    ("kind", "status"), [("account_restricted", 400), ("account_deauthorized", 403)]
)
def test_an_account_can_be_lost_between_two_calls(
    remote: Remote, engine: Engine, kind: str, status: int
) -> None:
    worker = paid_worker(remote)
    remote.control("/faults", {"kind": kind, "match": "POST /v1/payouts"})
    for _ in range(2):
        with pytest.raises(stripe.StripeError) as refused:
            cash_out(remote, worker, 100)
        assert refused.value.http_status == status
    assert engine.state.balances[worker]["mxn"] == [50_000, 0]


@pytest.mark.parametrize(
    ("amount", "code"),
    [(999, "amount_too_small"), (0, "parameter_invalid_integer"), (10**8, "amount_too_large")],
)
def test_amounts_have_bounds(remote: Remote, amount: int, code: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        remote.session(amount)
    assert refused.value.code == code


def test_pesos_without_cents_are_not_multiplied(remote: Remote) -> None:
    assert remote.charge(1_990, currency="clp").amount == 1_990


def test_a_dispute_takes_the_money_and_the_fee_until_it_is_won(remote: Remote) -> None:
    charge = remote.charge()
    remote.later(2 * DAY)
    opened = remote.control("/disputes", {"charge": charge.id})
    assert available(remote) == 63_228 - 65_900 - 30_000
    with pytest.raises(stripe.InvalidRequestError) as refused:
        remote.client.v1.refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_disputed"
    disputes = remote.client.v1.disputes
    disputes.update(
        opened["id"], {"evidence": {"uncategorized_text": "losing_evidence"}, "submit": True}
    )
    assert disputes.retrieve(opened["id"]).status == "under_review"
    remote.later(DAY)
    assert disputes.retrieve(opened["id"]).status == "lost"
    remote.control(f"/disputes/{opened['id']}", {"verdict": "won"})
    assert disputes.retrieve(opened["id"]).status == "won"
    assert available(remote) == 63_228 - 30_000
    with pytest.raises(OSError, match="400"):
        remote.control(f"/disputes/{opened['id']}", {"verdict": "lost"})


def test_a_dispute_nobody_answers_is_lost(remote: Remote) -> None:
    charge = remote.charge(card="dispute")
    (dispute,) = remote.client.v1.disputes.list({"charge": charge.id}).data
    assert dispute.status == "needs_response"
    remote.later(10 * DAY)
    assert remote.client.v1.disputes.retrieve(dispute.id).status == "lost"


def test_an_accepted_dispute_is_lost(remote: Remote) -> None:
    charge = remote.charge(card="dispute")
    (dispute,) = remote.client.v1.disputes.list({"charge": charge.id}).data
    assert remote.client.v1.disputes.close(dispute.id).status == "lost"


def test_movements_sum_to_the_balance(remote: Remote, engine: Engine) -> None:
    worker = paid_worker(remote)
    remote.client.v1.refunds.create({"charge": remote.charge().id, "amount": 7})
    remote.charge(card="dispute")
    cash_out(remote, worker, 30_000)
    for account, buckets in engine.state.balances.items():
        options: Any = {} if account == engine.world.platform else {"stripe_account": account}
        lines = remote.client.v1.balance_transactions.list({"limit": 100}, options).data
        assert sum(line.net for line in lines) == sum(buckets["mxn"])
        pending = sum(line.net for line in lines if line.status == "pending")
        assert pending == buckets["mxn"][1]
