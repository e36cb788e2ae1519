"""The collecting account is paid out to its own bank: we hear of it from its statement."""

from django.db import transaction

from kernel.money import Money
from payments.actions.post import post, undo
from payments.models import Entry
from payments.providers.base import StatementLine
from payments.rules.entries import own_payout_fee, own_payout_key, psp_paid_out

PAID_OUT, SENT_BACK = "payout", "payout_reversal"


@transaction.atomic
def book_own_payout(*, line: StatementLine) -> bool:
    """Book such a line, once, in the house's books; tell whether it was one."""
    if line.category == PAID_OUT and line.amount_minor < 0:
        amount = Money(line.currency, -line.amount_minor)
        post(psp_paid_out(source=line.source, amount=amount))
        if line.fee_minor:
            post(own_payout_fee(source=line.source, fee=Money(line.currency, line.fee_minor)))
        return True
    return line.category == SENT_BACK and _came_back(line)


def _came_back(line: StatementLine) -> bool:
    """The bank did not take it: the money is on the collecting account again."""
    key = own_payout_key(line.source)
    entry = Entry.objects.filter(idem_key=key).first()
    if entry is None:
        return False
    undo(entry_id=entry.pk, kind="psp.payout_returned", key=f"{key}:returned")
    return True
