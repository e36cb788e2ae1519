"""A bank's answer or statement is read: every line finds its transfer, or a person."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.crypto import seal
from kernel.errors import Refusal
from kernel.ids import uuid7
from kernel.money import Money, zero
from payments.actions.answer_transfer import mark_paid, mark_rejected
from payments.actions.ask_person import ask_person
from payments.actions.see_transfer import see_transfer
from payments.models import BankAnswer, BatchLine, Payment
from payments.queries.permissions import demand
from payments.rules.bank_files import PAID, RECEIVED, REJECTED, AnswerLine, read_answer, sha256
from payments.rules.refusals import AnswerUnmatched
from tenants.tenancy.queries import here


@transaction.atomic
def import_answer(*, by: Actor, content: bytes) -> BankAnswer:
    """Apply each line of a bank's file once; what fits nothing waits for a person to look at.

    The same file again changes nothing.
    """
    demand(by, "batch_check")
    assert by.member_id is not None
    print_ = sha256(content)
    known = BankAnswer.objects.filter(sha256=print_).first()
    if known:
        return known
    currency = here().currency
    lines = read_answer(content, exponent=zero(currency).exponent)
    answer_id = uuid7()
    misfits = [each for each in lines if not _fits(each, currency)]
    answer = BankAnswer.objects.create(
        id=answer_id,
        sha256=print_,
        sealed=seal(content, about=f"bank-answer|{answer_id}"),
        lines=len(lines),
        unmatched=len(misfits),
        imported_by_id=by.member_id,
    )
    for line in lines:
        refusal = AnswerUnmatched() if line in misfits else _apply(line, by, currency, answer)
        if refusal:
            _ask(line, print_, currency, refusal)
    return answer


def _fits(line: AnswerLine, currency: str) -> bool:
    """Tell whether a line speaks of something of ours, of the right amount."""
    if line.minor is None or not line.status:
        return False
    found = _payment(line) if line.status == RECEIVED else _transfer(line)
    return found is not None and found[1] == Money(currency, line.minor)


def _transfer(line: AnswerLine) -> tuple[UUID, Money] | None:
    row = BatchLine.objects.filter(reference=line.reference).first()
    return (row.pk, row.amount) if row else None


def _payment(line: AnswerLine) -> tuple[UUID, Money] | None:
    row = Payment.objects.filter(provider="manual_transfer", page_ref=line.reference).first()
    return (row.pk, row.total) if row else None


def _apply(line: AnswerLine, by: Actor, currency: str, answer: BankAnswer) -> Refusal | None:
    """Apply a line that fits; return why it could not be."""
    try:
        with transaction.atomic():
            _APPLY[line.status](line, by, answer, currency)
    except Refusal as refusal:
        return refusal
    return None


def _paid(line: AnswerLine, by: Actor, answer: BankAnswer, _: str) -> None:
    found = _transfer(line)
    assert found is not None
    mark_paid(by=by, line_id=found[0], tracking_key=line.tracking_key, answer=answer)


def _rejected(line: AnswerLine, by: Actor, answer: BankAnswer, _: str) -> None:
    found = _transfer(line)
    assert found is not None
    mark_rejected(by=by, line_id=found[0], reason=line.reason, answer=answer)


def _received(line: AnswerLine, by: Actor, answer: BankAnswer, currency: str) -> None:
    found = _payment(line)
    assert found is not None
    assert line.minor is not None
    see_transfer(
        by=by,
        payment_id=found[0],
        amount=Money(currency, line.minor),
        tracking_key=line.tracking_key,
        answer=answer,
    )


_APPLY = {PAID: _paid, REJECTED: _rejected, RECEIVED: _received}


def _ask(line: AnswerLine, print_: str, currency: str, refusal: Refusal) -> None:
    ask_person(
        kind="unmatched_bank_line",
        key=f"bank:{print_[:32]}:{line.row}",
        about=line.reference or line.tracking_key or f"line {line.row}",
        amount=None if line.minor is None else Money(currency, line.minor),
        why=refusal.code,
        line=asdict(line),
    )
