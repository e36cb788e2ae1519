"""The owner decides what the business takes of a price, and on top of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Invalid, NotAllowed
from marketplace.bookings.actions.plant_rules import plant_rules
from marketplace.bookings.models import CommissionRule
from marketplace.bookings.queries.prices import commission_rules
from marketplace.bookings.rules.commission import Facts, Kind, check_notice, choose
from marketplace.catalog.models import Worker


class OwnersOnly(NotAllowed):
    code = "commission.owners_only"
    title = "Only owners decide on commissions."


class RuleInvalid(Invalid):
    code = "commission.invalid"
    title = "A rate is between 0 and 100 %."


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFields:
    """A rule as an owner writes it. Without dimensions and dates it is the default of its kind."""

    kind: Kind
    rate_bp: int
    fixed_minor: int = 0
    min_minor: int | None = None
    max_minor: int | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    priority: int = 0
    category_id: UUID | None = None
    service_id: UUID | None = None
    worker_id: UUID | None = None

    @property
    def everywhere(self) -> bool:
        """Tell whether this is for everything and for ever: the default."""
        named = (self.category_id, self.service_id, self.worker_id, self.valid_from, self.valid_to)
        return not any(named) and not self.priority


@transaction.atomic
def set_rule(*, by: Actor, fields: RuleFields) -> CommissionRule:
    """Change the default rule of a kind, or add one for some cases; quotes keep what they had.

    As soon as somebody works here, a worse share for workers has to be announced 15 days ahead.
    """
    if by.role != Role.OWNER:
        raise OwnersOnly
    if not 0 <= fields.rate_bp <= 10_000 or fields.fixed_minor < 0:
        raise RuleInvalid(fields=["rate_bp"])
    values = {name: getattr(fields, name) for name in RuleFields.__dataclass_fields__}
    values["kind"] = fields.kind.value
    _check_notice(fields, CommissionRule(**values))
    if not fields.everywhere:
        return CommissionRule.objects.create(**values)
    plant_rules()
    rule = CommissionRule.objects.select_for_update().get(kind=fields.kind.value, default=True)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.version += 1
    rule.save()
    return rule


def _check_notice(fields: RuleFields, wanted: CommissionRule) -> None:
    if not Worker.objects.filter(approved_at__isnull=False).exists():
        return
    at = clock.now()
    categories = (fields.category_id,) if fields.category_id else ()
    facts = Facts(
        at=at,
        category_ids=categories,
        service_id=fields.service_id,
        worker_id=fields.worker_id,
    )
    before = choose(commission_rules(), kind=fields.kind, facts=facts)
    check_notice(before=before, after=wanted.rule, at=at)
