"""A job that was paid in cash: the worker has the money, and owes what of it is others'."""

from kernel.money import Money
from payments.actions.debts import owe
from payments.actions.locks import lock_payee_of
from payments.actions.open_payee import payee_of
from payments.actions.post import post
from payments.models import Earning
from payments.rules.cash import divide_cash
from payments.rules.entries import cash_settled


def settle_cash(*, earning: Earning) -> None:
    """Count the worker's share as paid, and the rest as owed; the wallet does not change.

    A tax that was withheld of the share is owed as well: the worker has that cash, too.

    Call it in the transaction that accrues the job.
    """
    share, rest = divide_cash(
        collected_minor=earning.blocks.service.minor, share_minor=earning.pending_minor
    )
    payee_of(earning.worker_id)
    lock_payee_of(earning.worker_id)
    owed = Money(earning.currency, rest)
    post(
        cash_settled(
            key=earning.key,
            reference=earning.reference,
            worker=earning.worker_id,
            share=Money(earning.currency, share),
            rest=owed,
        )
    )
    earning.pending_minor -= share
    earning.save(update_fields=["pending_minor"])
    if owed:
        owe(
            member_id=earning.worker_id,
            amount=owed,
            cause="cash",
            about=earning.reference,
            reference=earning.reference,
        )
