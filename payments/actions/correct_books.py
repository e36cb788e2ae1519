"""The books are corrected by hand: one person asks, another one confirms."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotAllowed, NotFound
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money
from payments.actions.post import post
from payments.events.adjustments import BooksAdjusted
from payments.models import Adjustment
from payments.queries.permissions import demand
from payments.rules.adjustments import AdjustmentDecided, check_accounts
from payments.rules.debts import check_reason
from payments.rules.entries import books_corrected
from payments.rules.permissions import SecondPersonNeeded
from payments.rules.refusals import AmountInvalid


@transaction.atomic
def ask_to_adjust(
    *, by: Actor, amount: Money, debit: str, credit: str, reason: str, key: str
) -> Adjustment:
    """Ask for a correction: `debit` gets the amount, `credit` gives it. Nothing is booked yet.

    The same key again returns the first one.
    """
    demand(by, "adjust")
    check_reason(reason)
    check_accounts(debit, credit)
    if amount.minor <= 0:
        raise AmountInvalid(fields=["amount"])
    if by.member_id is None:
        raise NotAllowed
    return Adjustment.objects.get_or_create(
        key=key[:80],
        defaults={
            "id": uuid7(),
            "currency": amount.currency,
            "amount_minor": amount.minor,
            "debit": debit,
            "credit": credit,
            "reason": reason.strip()[:1000],
            "asked_by_id": by.member_id,
        },
    )[0]


@transaction.atomic
def confirm_adjustment(*, by: Actor, adjustment_id: UUID) -> Adjustment:
    """Book a correction that somebody else has asked for. Safe to repeat."""
    row = _locked(by, adjustment_id)
    if row.state == Adjustment.BOOKED:
        return row
    if row.state != Adjustment.ASKED:
        raise AdjustmentDecided(state=row.state)
    if by.member_id is None or row.asked_by_id == by.member_id:
        raise SecondPersonNeeded
    row.entry_id = post(
        books_corrected(adjustment_id=row.pk, debit=row.debit, credit=row.credit, amount=row.amount)
    )
    _decide(row, by, Adjustment.BOOKED)
    publish(
        BooksAdjusted(
            adjustment_id=str(row.pk),
            debit=row.debit,
            credit=row.credit,
            amount_minor=row.amount_minor,
            currency=row.currency,
        ),
        by=by,
    )
    return row


@transaction.atomic
def refuse_adjustment(*, by: Actor, adjustment_id: UUID) -> Adjustment:
    """Leave the books as they are; whoever asked may take it back as well. Safe to repeat."""
    row = _locked(by, adjustment_id)
    if row.state == Adjustment.BOOKED:
        raise AdjustmentDecided(state=row.state)
    if row.state == Adjustment.ASKED:
        _decide(row, by, Adjustment.REFUSED)
    return row


def _locked(by: Actor, adjustment_id: UUID) -> Adjustment:
    demand(by, "adjust")
    row = Adjustment.objects.select_for_update(no_key=True).filter(pk=adjustment_id).first()
    if row is None:
        raise NotFound(what="adjustment")
    return row


def _decide(row: Adjustment, by: Actor, state: str) -> None:
    row.state, row.decided_by_id, row.decided_at = state, by.member_id, clock.now()
    row.save()
