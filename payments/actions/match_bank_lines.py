"""The bank's lines find our entries; those that do not, a person."""

from uuid import UUID

from django.db import transaction

from payments.actions.ask_person import ask_person, close_question
from payments.models import BankLine, BankMatch
from payments.queries.bank_book import postings_of
from payments.rules.bank_statements import MATCHED, PUT_ASIDE, UNMATCHED
from payments.rules.questions import DONE, RETRY


@transaction.atomic
def match_bank_lines() -> int:
    """Look for our entries of all lines that have none yet; return how many still have none."""
    lines = BankLine.objects.select_for_update(no_key=True).filter(result=UNMATCHED)
    return sum(not _match(line) for line in lines.order_by("booked_on", "pk"))


def _match(line: BankLine) -> bool:
    found = postings_of(line)
    for posting in found:
        BankMatch.objects.create(line=line, entry_id=posting.entry_id, amount_minor=posting.amount)
    if not found:
        _ask(line)
        return False
    _settle(line, MATCHED)
    close_question(key=_question(line), note="matched")
    return True


@transaction.atomic
def decide_line(*, line_id: UUID, answer: str) -> None:
    """Let a person's word end the search: it is none of ours, it was booked, or look again."""
    line = BankLine.objects.select_for_update(no_key=True).get(pk=line_id)
    if answer == RETRY:
        _match(line)
        return
    _settle(line, PUT_ASIDE if answer == DONE else MATCHED)


def _settle(line: BankLine, result: str) -> None:
    line.result = result
    line.save(update_fields=["result"])


def _ask(line: BankLine) -> None:
    ask_person(
        kind="bank_line",
        key=_question(line),
        about=" ".join(each for each in (line.reference, line.text) if each) or f"#{line.row}",
        amount=line.amount,
        bank_line_id=str(line.pk),
        day=line.booked_on.isoformat(),
        lacks_minor=line.amount_minor,
    )


def _question(line: BankLine) -> str:
    return f"bank_line:{line.pk}"
