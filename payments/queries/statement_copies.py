"""An issued statement read in another language: the same lines and sums, in other words."""

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from payments.models import Statement
from payments.queries.statement_papers import statement_paper
from payments.queries.statements import stated_lines, year_before
from payments.rules.statements import year_so_far
from payments.rules.typeset import as_pdf


def languages_of(statement: Statement) -> list[tuple[str, str]]:
    """Return the languages that a statement was not issued in, with their names."""
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != statement.language]


def copy_of(statement: Statement, *, language: str) -> bytes:
    """Return a statement as a PDF in another language, which says that the issued one counts.

    Made of the lines that were stated then, whatever was booked since.
    """
    owner_id, currency, month = statement.owner_id, statement.currency, statement.month
    lines = stated_lines(statement)
    year = year_before(owner_id, currency, month=month)
    for each in lines:
        year[each.kind, each.account] = year.get((each.kind, each.account), 0) + each.minor
    with translation.override(language):
        issued = dict(settings.LANGUAGES)[statement.language]
        words = gettext(
            "A translation. The statement that was issued, and counts, is in {language}."
        )
        paper = statement_paper(
            owner_id=UUID(str(owner_id)),
            month=month,
            currency=currency,
            sums=statement.sums,
            movements=lines,
            year=year_so_far(year),
            note=words.format(language=issued),
        )
    return as_pdf(paper, stamped=statement.issued_at)
