"""Money that was moved to a payee's account comes back. Planning is a row; sending talks."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from kernel.actor import SYSTEM
from kernel.events import publish
from kernel.money import Money
from payments.actions.ask_to_move import ask_to_take_back
from payments.actions.know_object import know_object
from payments.actions.post import post
from payments.events.refunds import TakeBackPlanned
from payments.models import Allocation, Payment, ProviderCall, TakeBack
from payments.providers.base import SaidNo, TakeBackOrder
from payments.queries import where_it_lies
from payments.rules.entries import payee_taken_back


def plan_take_back(
    payment: Payment, *, member_id: UUID, purpose: str, minor: int, about: str
) -> None:
    """Plan to move back what a payment brought to a payee's account; unsent money just stays.

    If that payment brought less (a part of it paid a debt), others of the payee's make it up.
    """
    rest = minor
    rows = Allocation.objects.select_for_update(of=("self",), no_key=True).filter(
        payee__member_id=member_id, currency=payment.currency, purpose=purpose
    )
    own_first = sorted(rows, key=lambda row: (row.payment_id != payment.pk, row.state, row.pk))
    for allocation in own_first:
        if not rest:
            break
        rest -= _plan(allocation, rest, about)
    publish(TakeBackPlanned(member_id=str(member_id)), by=SYSTEM)


def _plan(allocation: Allocation, wanted: int, about: str) -> int:
    """Plan as much of what is wanted as an allocation has; return it."""
    if allocation.state == Allocation.DROPPED:
        return 0
    if allocation.state == Allocation.PENDING and not asked(allocation):
        return _keep(allocation, wanted)
    gone = allocation.take_backs.aggregate(total=Sum("amount_minor"))["total"] or 0
    part = min(wanted, allocation.amount_minor - gone)
    if part > 0:
        TakeBack.objects.create(
            allocation=allocation, about=about, currency=allocation.currency, amount_minor=part
        )
    return max(0, part)


def asked(allocation: Allocation) -> bool:
    """Tell whether the provider may already have been asked to move an allocation."""
    tries = ProviderCall.objects.filter(key__startswith=f"allocation:{allocation.pk}:")
    return tries.exclude(state="failed").exists()


def _keep(allocation: Allocation, wanted: int) -> int:
    """Let money that was never sent stay where it is."""
    part = min(wanted, allocation.amount_minor)
    if part == allocation.amount_minor:
        allocation.state = Allocation.DROPPED
    else:
        allocation.amount_minor -= part
    allocation.save(update_fields=["state", "amount_minor"])
    return part


def send_take_backs(*, member_id: UUID) -> int:
    """Ask the provider to move back what waits; return how much is still refused.

    What the payee's account does not cover is asked for again later, with another key.
    """
    waiting = TakeBack.objects.select_related("allocation__payment", "allocation__payee").filter(
        allocation__payee__member_id=member_id, state=TakeBack.PENDING
    )
    return sum(not _send(row) for row in waiting.order_by("pk"))


def _send(row: TakeBack) -> bool:
    allocation = row.allocation
    if allocation.state != Allocation.SENT:
        return False
    key = f"{row.about}:{row.attempt}:reverse:{allocation.provider_ref}"
    order = TakeBackOrder(
        transfer_ref=allocation.provider_ref, amount=Money(row.currency, row.amount_minor)
    )
    try:
        ref = ask_to_take_back(order, provider=allocation.payee.provider, key=key)
    except SaidNo as error:
        TakeBack.objects.filter(pk=row.pk).update(attempt=F("attempt") + 1, failure=error.code[:80])
        return False
    _book(row.pk, ref)
    return True


def _where_it_came_from(allocation: Allocation) -> str:
    if allocation.payment and allocation.from_charge:
        return where_it_lies(allocation.payment)
    return "psp_available"


@transaction.atomic
def _book(take_back_id: UUID, ref: str) -> None:
    row = TakeBack.objects.select_for_update(of=("self",)).get(pk=take_back_id)
    if row.state == TakeBack.SENT:
        return
    row.state, row.provider_ref, row.failure = TakeBack.SENT, ref, ""
    row.save(update_fields=["state", "provider_ref", "failure"])
    know_object(object_id=ref, kind="take_back", subject_id=row.pk)
    allocation = row.allocation
    post(
        payee_taken_back(
            key=f"take_back:{row.pk}",
            reference=allocation.about,
            payee=allocation.payee.member_id,
            amount=Money(row.currency, row.amount_minor),
            back_to=_where_it_came_from(allocation),
        )
    )
