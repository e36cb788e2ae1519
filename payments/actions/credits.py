"""Customers get credits, which end when nobody spends them; workers are made good to."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.errors import Invalid
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money
from kernel.timers import set_timer
from payments.actions.allocate import allocate_goodwill
from payments.actions.post import post
from payments.events.credits import CreditGranted, WorkerCompensated
from payments.models import Credit, CreditUse
from payments.queries.permissions import demand
from payments.rules.debts import check_reason
from payments.rules.entries import credit_expired, credit_granted, worker_compensated
from payments.rules.refusals import AmountInvalid
from tenants.tenancy.queries import member

EXPIRE_CREDIT = "payments.expire_credit"


@transaction.atomic
def grant_credit(
    *, by: Actor, customer_id: UUID, amount: Money, cause: str, about: str, reason: str = ""
) -> Credit:
    """Give a customer a credit out of the business's pocket, once per cause and `about`.

    Floors above may give one for the system; people of the office need the permission to refund.
    """
    demand(by, "refund")
    if by != SYSTEM:
        check_reason(reason)
    if member(customer_id).role != "customer":
        raise Invalid(fields=["customer"])
    credit, made = add_credit(
        by=by, customer_id=customer_id, amount=amount, cause=cause, about=about, reason=reason
    )
    if made:
        post(credit_granted(credit_id=credit.pk, customer=customer_id, amount=amount))
    return credit


def add_credit(
    *,
    by: Actor,
    customer_id: UUID,
    amount: Money,
    cause: str,
    about: str,
    reason: str = "",
    expires_at: datetime | None = None,
) -> tuple[Credit, bool]:
    """Write down a credit, whose entry the caller posts; tell whether it is new.

    Unless told otherwise it lasts twelve months.
    """
    if amount.minor <= 0:
        raise AmountInvalid(fields=["amount"])
    known = Credit.objects.filter(customer_id=customer_id, cause=cause, about=about).first()
    if known:
        return known, False
    credit = Credit.objects.create(
        id=uuid7(),
        customer_id=customer_id,
        cause=cause,
        about=about,
        reason=reason.strip()[:1000],
        given_by_id=by.member_id if by.works_in_office else None,
        currency=amount.currency,
        amount_minor=amount.minor,
        left_minor=amount.minor,
        granted_at=clock.now(),
        expires_at=expires_at or a_year_after(clock.now()),
    )
    set_timer(EXPIRE_CREDIT, subject_id=credit.pk, at=credit.expires_at)
    publish(
        CreditGranted(
            credit_id=str(credit.pk),
            customer_id=str(customer_id),
            amount_minor=amount.minor,
            currency=amount.currency,
        ),
        by=by,
    )
    return credit, True


def a_year_after(at: datetime) -> datetime:
    """Return the same day twelve months later; the 29th of February becomes the 28th."""
    day = min(at.day, 28) if at.month == 2 else at.day
    return at.replace(year=at.year + 1, day=day)


@transaction.atomic
def expire_credit(*, credit_id: UUID) -> Credit:
    """Close a credit whose time is over; a part that is kept for a checkout is waited for."""
    credit = Credit.objects.select_for_update(no_key=True).get(pk=credit_id)
    over = credit.state == Credit.OPEN and credit.expires_at <= clock.now()
    if over and not credit.uses.filter(state=CreditUse.RESERVED).exists():
        if credit.left:
            post(
                credit_expired(credit_id=credit.pk, customer=credit.customer_id, amount=credit.left)
            )
        credit.left_minor, credit.state = 0, Credit.EXPIRED
        credit.save(update_fields=["left_minor", "state"])
    return credit


@transaction.atomic
def compensate_worker(
    *, by: Actor, member_id: UUID, amount: Money, reference: str, reason: str, key: str
) -> UUID:
    """Give a worker money out of the business's pocket, no commission taken; return the entry.

    The same key gives it once.
    """
    demand(by, "refund")
    check_reason(reason)
    if amount.minor <= 0:
        raise AmountInvalid(fields=["amount"])
    if member(member_id).role != "worker":
        raise Invalid(fields=["worker"])
    if not reference:
        raise Invalid(fields=["reference"])
    draft = worker_compensated(
        key=f"compensation:{key}", reference=reference, worker=member_id, amount=amount
    )
    posted = post(draft)
    allocate_goodwill(entry_id=posted, member_id=member_id, reference=reference, amount=amount)
    publish(
        WorkerCompensated(
            entry_id=str(posted),
            worker_member_id=str(member_id),
            reference=reference,
            amount_minor=amount.minor,
            currency=amount.currency,
        ),
        by=by,
    )
    return posted
