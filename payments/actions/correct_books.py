"""The books are corrected by hand: one person asks, another one confirms.

What is wrong may have been seen by somebody, or be the difference that a question is about.
"""

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
from payments.models import Adjustment, BankLine, BankMatch, MoneyQuestion
from payments.queries.permissions import demand
from payments.rules.adjustments import AdjustmentDecided, check_accounts, sides_of
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
    sides = {"debit": debit, "credit": credit}
    return _asked(amount, sides, reason=reason, asked_by=by.member_id, key=key)


@transaction.atomic
def confirm_adjustment(*, by: Actor, adjustment_id: UUID) -> Adjustment:
    """Book a correction that somebody else has asked for. Safe to repeat."""
    row = _locked(by, adjustment_id)
    if row.state == Adjustment.BOOKED:
        return row
    if row.state != Adjustment.ASKED:
        raise AdjustmentDecided(state=row.state)
    _book(row, by)
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


@transaction.atomic
def correct_by_question(*, by: Actor, question: MoneyQuestion) -> Adjustment:
    """Book what our books lack by a question: who proposed it asked, `by` confirms. Only once.

    The difference is at the bank for one of its lines, at the provider for one of theirs.
    """
    line_id = question.facts.get("bank_line_id")
    if question.proposed_by_id is None:
        raise SecondPersonNeeded
    row = _asked(
        Money(question.currency, abs(question.lacks_minor)),
        sides_of("bank" if line_id else "psp_available", lacks_minor=question.lacks_minor),
        reason=question.note,
        asked_by=question.proposed_by_id,
        key=f"question:{question.pk}",
    )
    if row.state == Adjustment.ASKED:
        entry_id = _book(row, by)
        if line_id:
            line = BankLine.objects.get(pk=line_id)
            BankMatch.objects.create(line=line, entry_id=entry_id, amount_minor=line.amount_minor)
    return row


def _asked(
    amount: Money, sides: dict[str, str], *, reason: str, asked_by: UUID, key: str
) -> Adjustment:
    return Adjustment.objects.get_or_create(
        key=key[:80],
        defaults={
            "id": uuid7(),
            "currency": amount.currency,
            "amount_minor": amount.minor,
            **sides,
            "reason": reason.strip()[:1000],
            "asked_by_id": asked_by,
        },
    )[0]


def _book(row: Adjustment, by: Actor) -> UUID:
    """Book what one person has asked for and another one confirms; return the entry."""
    if by.member_id is None or row.asked_by_id == by.member_id:
        raise SecondPersonNeeded
    entry_id = post(
        books_corrected(adjustment_id=row.pk, debit=row.debit, credit=row.credit, amount=row.amount)
    )
    row.entry_id = entry_id
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
    return entry_id


def _locked(by: Actor, adjustment_id: UUID) -> Adjustment:
    demand(by, "adjust")
    row = Adjustment.objects.select_for_update(no_key=True).filter(pk=adjustment_id).first()
    if row is None:
        raise NotFound(what="adjustment")
    return row


def _decide(row: Adjustment, by: Actor, state: str) -> None:
    row.state, row.decided_by_id, row.decided_at = state, by.member_id, clock.now()
    row.save()
