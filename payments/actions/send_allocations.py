"""Moving earned money to payees' accounts at the provider. Talks to it: no transactions."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from kernel.ids import uuid7
from kernel.money import Money
from payments.actions.allocate import next_part
from payments.actions.ask_to_move import ask_to_allocate
from payments.actions.know_object import know_object
from payments.actions.locks import locked_payment
from payments.actions.post import post
from payments.models import Allocation, Payee, Payout
from payments.providers.base import AllocationOrder, SaidNo
from payments.queries import money_at_provider, rails_of, unsent_allocations, where_it_lies
from payments.rules.entries import payee_allocated


def send_allocations(*, payee: Payee) -> int:
    """Move all that waits to an active payee's account; return how many were moved.

    One that the provider refuses stays, and gets a new key for the next time.
    """
    if payee.state != "active" or rails_of(payee).allocates_at == "never":
        return 0
    return sum(_send(each) for each in unsent_allocations(payee))


def send_for(*, payout: Payout) -> int:
    """Move what a payout still lacks on the payee's account, oldest first, splitting the last."""
    payee = payout.payee
    own = payout.amount_minor - payout.advance_minor
    rest, moved = own - money_at_provider(payee, besides=payout), 0
    for allocation in unsent_allocations(payee):
        if rest <= 0:
            break
        if allocation.amount_minor > rest:
            _split(allocation, rest)
        moved += _send(allocation)
        rest -= allocation.amount_minor
    return moved


@transaction.atomic
def _split(allocation: Allocation, first_minor: int) -> None:
    """Keep a first part in this row, and let the rest wait in another."""
    rest = allocation.amount_minor - first_minor
    allocation.amount_minor = first_minor
    allocation.save(update_fields=["amount_minor"])
    Allocation.objects.create(
        id=uuid7(),
        payee_id=allocation.payee_id,
        payment_id=allocation.payment_id,
        reference=allocation.reference,
        from_charge=allocation.from_charge,
        earning_id=allocation.earning_id,
        purpose=allocation.purpose,
        part=next_part(allocation.payment_id, allocation.purpose),
        currency=allocation.currency,
        amount_minor=rest,
        made_at=allocation.made_at,
    )


def _send(allocation: Allocation) -> int:
    payment, payee = allocation.payment, allocation.payee
    key = f"allocation:{allocation.pk}:{allocation.attempt}"
    order = AllocationOrder(
        allocation_id=allocation.pk,
        account_ref=payee.account_ref,
        charge_ref=payment.charge_ref if payment and allocation.from_charge else "",
        amount=Money(allocation.currency, allocation.amount_minor),
        group=allocation.about.replace(":", "_"),
        purpose=allocation.purpose,
    )
    try:
        ref = ask_to_allocate(order, provider=payee.provider, purpose="allocate", key=key)
    except SaidNo as error:
        Allocation.objects.filter(pk=allocation.pk).update(
            attempt=F("attempt") + 1, failure=error.code[:80]
        )
        return 0
    _book(allocation.pk, order, ref)
    return 1


@transaction.atomic
def _book(allocation_id: UUID, order: AllocationOrder, ref: str) -> None:
    payment_id = Allocation.objects.values_list("payment_id", flat=True).get(pk=allocation_id)
    payment = locked_payment(payment_id) if payment_id else None
    row = Allocation.objects.select_for_update(of=("self",)).get(pk=allocation_id)
    if row.state == Allocation.SENT:
        return
    row.state, row.provider_ref, row.failure = Allocation.SENT, ref, ""
    row.save(update_fields=["state", "provider_ref", "failure"])
    draft = payee_allocated(
        key=f"allocation:{row.pk}",
        reference=row.about,
        payee=row.payee.member_id,
        amount=order.amount,
        source=where_it_lies(payment) if payment and row.from_charge else "psp_available",
    )
    post(draft)
    know_object(object_id=ref, kind="allocation", subject_id=row.pk)
