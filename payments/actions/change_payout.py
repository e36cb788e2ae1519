"""What a worker can still do with a cash-out: call it off, or try again after it came back."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from payments.actions.apply_payout import take_out_of_transit
from payments.actions.cash_out import request_payout
from payments.actions.keep_quote import as_json
from payments.actions.locks import lock_payee_of, locked_payout
from payments.events.payouts import PayoutCancelled
from payments.models import Payout
from payments.queries import payout_policy, wallet_facts
from payments.rules.cash_out import check_request, quote
from payments.rules.payout_states import StepImpossible, after


@transaction.atomic
def cancel_payout(*, by: Actor, payout_id: UUID) -> Payout:
    """Call a cash-out off, for free, before it was handed to the provider. Safe to repeat."""
    payout = _own(by, payout_id)
    if payout.state == "cancelled":
        return payout
    if payout.handed_at:
        raise StepImpossible(state=payout.state, step="cancel")
    payout.state = after(payout.state, "cancel")
    payout.waits_for = ""
    take_out_of_transit(payout, "cancelled")
    payout.save()
    publish(
        PayoutCancelled(payout_id=str(payout.pk), payee_member_id=str(payout.payee.member_id)),
        by=by,
    )
    return payout


@transaction.atomic
def retry_payout(*, by: Actor, payout_id: UUID, option: str) -> Payout:
    """Send a cash-out that came back once more, the same way or the free one, as a new attempt.

    It is checked like a new one: today's answer, today's fee, today's account.
    """
    assert by.member_id is not None
    payout = _own(by, payout_id)
    lock_payee_of(by.member_id)
    payout.state = after(payout.state, "retry")
    policy = payout_policy(by.member_id)
    answer = quote(wallet_facts(by.member_id), policy)
    chosen = answer.option(option)
    check_request(
        answer=answer,
        option=chosen,
        amount_minor=payout.amount_minor,
        at_least=policy.minimum_minor,
    )
    payout.attempt += 1
    payout.option, payout.rail = chosen.name, chosen.rail
    payout.fee_minor = policy.fast_fee_minor if option == Payout.FAST else 0
    payout.fee_from, payout.quote = policy.fee_from, as_json(answer)
    payout.destination, payout.requested_at = payout.payee.destination, clock.now()
    _forget_the_last_attempt(payout)
    request_payout(payout, answer, by=by)
    return payout


def _own(by: Actor, payout_id: UUID) -> Payout:
    payout = locked_payout(payout_id)
    if payout.payee.member_id != by.member_id:
        raise NotFound(what="payout")
    return payout


def _forget_the_last_attempt(payout: Payout) -> None:
    payout.provider_ref = payout.failure = payout.waits_for = ""
    payout.sends, payout.paid_entry_id = 0, None
    payout.handed_at = payout.submitted_at = payout.arrives_at = None
    payout.paid_at = payout.failed_at = None
