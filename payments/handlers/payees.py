"""Those who are paid: told what their account needs."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.events import PayeeActivated, PayeeRestricted
from payments.notices import PAYEE_LOST, PAYEE_READY, PAYEE_RESTRICTED
from payments.queries import may_change_rail, payee_for
from payments.tasks.payees import refresh_payee
from tenants.messaging.actions.notify import notify


@on(PayeeActivated)
def tell_that_money_can_come(fact: PayeeActivated) -> None:
    """Tell the worker that cash-outs are possible."""
    notify(to_id=UUID(fact.member_id), notice=PAYEE_READY, about=fact.payee_id)


@on(PayeeRestricted)
def tell_that_something_is_missing(fact: PayeeRestricted) -> None:
    """Tell the worker that the provider wants something, or that another way is open."""
    lost = may_change_rail(payee_for(UUID(fact.member_id)))
    notice = PAYEE_LOST if lost else PAYEE_RESTRICTED
    notify(to_id=UUID(fact.member_id), notice=notice, about=fact.payee_id)


@timer("payments.refresh_payee")
def look_at_payee_again(subject_id: UUID) -> None:
    """Look at a payee, again."""
    refresh_payee.delay(payee_id=str(subject_id))
