"""Days of pay, money lent and paid back, wallets frozen and free again: what follows."""

from typing import Any
from uuid import UUID

from kernel.actor import SYSTEM
from kernel.events import on
from kernel.timers import timer
from payments.actions.advances import REPAY, RETURN
from payments.actions.apply_payout import FINISH
from payments.actions.freeze import THAW, thaw
from payments.actions.sweep import SWEEP, plan_sweep, sweep_wallet
from payments.events import MoneyReleased, PayeeActivated, PayoutFailed, TipEarned
from payments.events.holds import HoldReleased
from payments.events.payouts import (
    DestinationDoubted,
    PayoutCancelled,
    PayoutFinished,
    WalletLocked,
    WalletUnlocked,
)
from payments.events.talk import BalanceChanged
from payments.events.wages import FloatAsked
from payments.notices import DESTINATION_DOUBTED, WALLET_FROZEN, WALLET_THAWED
from payments.queries import waiting_payouts
from payments.tasks.payouts import finish_payout, send_payout
from payments.tasks.wages import fund_float, repay_advances, return_unused
from tenants.messaging.actions.notify import notify


@on(FloatAsked)
def lend_it(fact: FloatAsked) -> None:
    """Book it at the marketplace that it is lent to."""
    lent: dict[str, Any] = {"amount_minor": fact.amount_minor, "key": fact.key}
    fund_float.apply_async(kwargs=lent, headers={"tenant": fact.tenant_id})


@on(MoneyReleased)
def plan_the_day_of_pay(fact: MoneyReleased) -> None:
    """Have the worker's wallet emptied on the next day of pay, unless the worker does."""
    plan_sweep(member_id=UUID(fact.worker_member_id))


@on(TipEarned)
def plan_it_for_a_tip(fact: TipEarned) -> None:
    """Have a tip sent on the next day of pay."""
    plan_sweep(member_id=UUID(fact.worker_member_id))


@on(HoldReleased)
def plan_it_for_what_rested(fact: HoldReleased) -> None:
    """Have what rested sent on the next day of pay."""
    plan_sweep(member_id=UUID(fact.member_id))


@on(PayeeActivated)
def plan_it_for_what_waited(fact: PayeeActivated) -> None:
    """Have what waited for an account sent on the next day of pay."""
    plan_sweep(member_id=UUID(fact.member_id))


@on(PayoutFailed)
def plan_it_for_what_came_back(fact: PayoutFailed) -> None:
    """Have what came back looked at on the next day of pay; the float gets its part at once."""
    plan_sweep(member_id=UUID(fact.payee_member_id))
    return_unused.delay(payout_id=fact.payout_id)


@on(PayoutCancelled)
def return_what_was_lent(fact: PayoutCancelled) -> None:
    """Give the float its part back."""
    return_unused.delay(payout_id=fact.payout_id)


@on(PayoutFinished)
def repay_what_has_settled(fact: PayoutFinished) -> None:
    """Let customers' money fill the float again."""
    repay_advances.delay(member_id=fact.payee_member_id)


@timer(REPAY)
def more_has_settled(subject_id: UUID) -> None:
    """Let customers' money fill the float again."""
    repay_advances.delay(member_id=str(subject_id))


@timer(RETURN)
def return_it_again(subject_id: UUID) -> None:
    """Give the float its part back, again."""
    return_unused.delay(payout_id=str(subject_id))


@on(BalanceChanged)
def send_what_waited_for_it(fact: BalanceChanged) -> None:
    """Send the cash-outs that waited for money to settle."""
    for payout_id in waiting_payouts(fact.account_ref):
        send_payout.delay(payout_id=str(payout_id))


@timer(SWEEP)
def day_of_pay(subject_id: UUID) -> None:
    """Send a worker's money home."""
    sweep_wallet(member_id=subject_id)


@timer(FINISH)
def nothing_can_come_back(subject_id: UUID) -> None:
    """Note that a payout has arrived for good, if its provider knows of nothing else."""
    finish_payout.delay(payout_id=str(subject_id))


@timer(THAW)
def nobody_confirmed_it(subject_id: UUID) -> None:
    """Free a wallet that nobody wanted to keep frozen."""
    thaw(by=SYSTEM, freeze_id=subject_id)


@on(WalletLocked)
def tell_that_it_is_frozen(fact: WalletLocked) -> None:
    """Tell the worker, with the reason and how to appeal."""
    notify(to_id=UUID(fact.member_id), notice=WALLET_FROZEN, about=fact.freeze_id)


@on(WalletUnlocked)
def tell_that_it_is_free(fact: WalletUnlocked) -> None:
    """Tell the worker."""
    notify(to_id=UUID(fact.member_id), notice=WALLET_THAWED, about=fact.freeze_id)


@on(DestinationDoubted)
def tell_that_the_account_needs_a_look(fact: DestinationDoubted) -> None:
    """Tell the worker that the bank account has to be looked at."""
    notify(to_id=UUID(fact.member_id), notice=DESTINATION_DOUBTED, about=fact.payee_id)
