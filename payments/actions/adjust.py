"""A difference that two people have looked at is booked, so that the books are true again."""

from uuid import UUID

from kernel.money import Money
from payments.actions.post import post
from payments.models import BankLine, BankMatch, MoneyQuestion
from payments.rules.entries import recon_adjusted


def adjust(*, question: MoneyQuestion) -> UUID:
    """Book what our books lack, once per question, and return the entry.

    For the line of a provider on the account there, for a line of the bank at the bank.
    """
    line_id = question.facts.get("bank_line_id")
    entry_id = post(
        recon_adjusted(
            question_id=question.pk,
            account="bank" if line_id else "psp_available",
            lacks=Money(question.currency, question.lacks_minor),
        )
    )
    if line_id:
        line = BankLine.objects.get(pk=line_id)
        BankMatch.objects.create(line=line, entry_id=entry_id, amount_minor=line.amount_minor)
    return entry_id
