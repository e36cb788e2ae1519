"""Which taxes apply here."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum
from django.utils.translation import get_language

from kernel import clock
from payments.models import Earning, Payee, TaxRule
from payments.rules.statements import next_month, starts
from payments.rules.taxes import TaxLine, in_force
from tenants.tenancy.queries import here


def today() -> date:
    """Return the day on the calendar here."""
    return clock.now().astimezone(ZoneInfo(here().timezone)).date()


def tax_lines() -> list[TaxLine]:
    """Return the lines that hold today; none unless the owner has adopted some."""
    day = today()
    return in_force([row.line for row in tax_rules()], on=day)


def tax_rules() -> list[TaxRule]:
    """Return the versions that hold or are to come."""
    day = today()
    rows = TaxRule.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return list(rows.order_by("code", "version"))


def line_name(line: TaxLine) -> str:
    """Return what people call a tax, in the reader's language; its code where nobody has said."""
    short = (get_language() or here().locale)[:2]
    return line.wording.get(short) or line.code.upper()


def earned_in_month(member_id: UUID, month: date, *, currency: str) -> int:
    """Return what a worker earned in a calendar month here, before taxes and without tips."""
    zone = here().timezone
    begins, ends = starts(month, zone=zone), starts(next_month(month), zone=zone)
    rows = Earning.objects.filter(
        worker_id=member_id, currency=currency, accrued_at__gte=begins, accrued_at__lt=ends
    )
    return rows.aggregate(sum=Sum("worker_minor"))["sum"] or 0


def is_tax_registered(member_id: UUID) -> bool:
    """Tell whether a worker is registered for tax on services, so that their price holds it."""
    return Payee.objects.filter(member_id=member_id, tax_registered=True).exists()
