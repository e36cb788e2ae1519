"""The owner decides which taxes apply, from which day on."""

from datetime import date
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.errors import NotAllowed, NotFound
from payments.models import TaxRule
from payments.queries.taxes import today
from payments.rules.tax_profiles import draft_of
from payments.rules.taxes import TaxLine, check_line
from tenants.tenancy.queries import here


class OwnersDecideTaxes(NotAllowed):
    code = "tax.owners_only"
    title = "Only owners decide on taxes."


@transaction.atomic
def set_tax(*, by: Actor, line: TaxLine) -> TaxRule:
    """Store a version of a tax; the one before ends on the day this one begins.

    Quotes keep what they were made with.
    """
    _check_owner(by)
    check_line(line)
    begins = line.starts_on or today()
    known = TaxRule.objects.select_for_update().filter(code=line.code).order_by("-version")
    last = known.first()
    for row in known.filter(ends_on__isnull=True):
        row.ends_on = max(begins, row.starts_on)
        row.save(update_fields=["ends_on"])
    return TaxRule.objects.create(
        code=line.code,
        version=last.version + 1 if last else 1,
        country=here().country,
        on=line.on,
        method=line.method,
        rate_bp=line.rate_bp,
        threshold_minor=line.threshold_minor,
        account=line.account or line.code,
        wording=dict(line.wording),
        starts_on=begins,
    )


@transaction.atomic
def adopt_profile(*, by: Actor) -> list[TaxRule]:
    """Take over the draft of the tenant's country, from today; what is there already stays."""
    _check_owner(by)
    known = set(TaxRule.objects.filter(ends_on__isnull=True).values_list("code", flat=True))
    return [
        set_tax(by=by, line=line) for line in draft_of(here().country) if line.code not in known
    ]


@transaction.atomic
def end_tax(*, by: Actor, tax_id: UUID, on: date | None = None) -> TaxRule:
    """End a tax: from that day (today, unless told) it is no more."""
    _check_owner(by)
    row = TaxRule.objects.select_for_update().filter(pk=tax_id, ends_on__isnull=True).first()
    if row is None:
        raise NotFound(what="tax")
    row.ends_on = max(on or today(), row.starts_on)
    row.save(update_fields=["ends_on"])
    return row


def _check_owner(by: Actor) -> None:
    if by.role != Role.OWNER:
        raise OwnersDecideTaxes
