"""The owner decides what the business takes of a price, and on top of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Invalid, NotAllowed, NotFound
from marketplace.bookings.actions.plant_rules import plant_rules
from marketplace.bookings.models import CommissionRule
from marketplace.bookings.queries.prices import commission_rules
from marketplace.bookings.rules.commission import EXACT, Facts, Kind, Rule, check_notice, choose
from marketplace.catalog.models import Worker


class OwnersOnly(NotAllowed):
    code = "commission.owners_only"
    title = "Only owners decide on commissions."


class RuleInvalid(Invalid):
    code = "commission.invalid"
    title = "A rate is between 0 and 100 %."


class LimitsCrossed(Invalid):
    code = "commission.limits"
    title = "The least is more than the most."


class EndsBeforeItBegins(Invalid):
    code = "commission.dates"
    title = "A rule cannot end before it begins."


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
    worker_tier: str = ""
    customer_segment: str = ""
    source: str = ""

    @property
    def for_everything(self) -> bool:
        """Tell whether it names no dimension."""
        return not any(getattr(self, name) for name in (*EXACT, "category_id"))

    @property
    def everywhere(self) -> bool:
        """Tell whether this is for everything and for ever: the default."""
        return self.for_everything and not (self.valid_from or self.valid_to or self.priority)


@transaction.atomic
def set_rule(*, by: Actor, fields: RuleFields) -> CommissionRule:
    """Change the default rule of a kind, or add one for some cases; quotes keep what they had.

    As soon as somebody works here, a worse share for workers has to be announced 15 days ahead: by
    a rule that begins then. One for everything that begins or ends goes before the default.
    """
    _check(by, fields)
    values = {name: getattr(fields, name) for name in RuleFields.__dataclass_fields__}
    values["kind"] = fields.kind.value
    check_announced(after=CommissionRule(**values).rule, starts_at=fields.valid_from)
    if not fields.everywhere:
        values["priority"] = fields.priority or _next_priority(fields)
        return CommissionRule.objects.create(**values)
    plant_rules()
    rule = CommissionRule.objects.select_for_update().get(kind=fields.kind.value, default=True)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.version += 1
    rule.save()
    return rule


def _check(by: Actor, fields: RuleFields) -> None:
    if by.role != Role.OWNER:
        raise OwnersOnly
    if not 0 <= fields.rate_bp <= 10_000 or fields.fixed_minor < 0:
        raise RuleInvalid(fields=["rate_bp"])
    if fields.max_minor is not None and (fields.min_minor or 0) > fields.max_minor:
        raise LimitsCrossed(fields=["max_minor"])
    if fields.valid_from and fields.valid_to and fields.valid_from >= fields.valid_to:
        raise EndsBeforeItBegins(fields=["valid_to"])


def _next_priority(fields: RuleFields) -> int:
    """Let a rule for everything that begins or ends go before those that are there already."""
    if not fields.for_everything:
        return 0
    mine = CommissionRule.objects.filter(kind=fields.kind.value)
    return (mine.aggregate(top=Max("priority"))["top"] or 0) + 1


def check_announced(*, after: Rule, starts_at: datetime | None) -> None:
    """Refuse a worse share for workers that starts too soon; before anybody works here, none is."""
    if not Worker.objects.filter(approved_at__isnull=False).exists():
        return
    at = clock.now()
    facts = Facts(
        at=starts_at or at,
        category_ids=(after.category_id,) if after.category_id else (),
        **{name: getattr(after, name) for name in EXACT},
    )
    before = choose(commission_rules(), kind=after.kind, facts=facts)
    check_notice(before=before, after=after, at=at, starts_at=starts_at)


@transaction.atomic
def end_rule(*, by: Actor, rule_id: UUID, ends_at: datetime | None = None) -> CommissionRule:
    """End a rule, now or later; a default never ends.

    Where workers would then get less, that has to be announced like a worse rule.
    """
    if by.role != Role.OWNER:
        raise OwnersOnly
    rule = CommissionRule.objects.select_for_update().filter(pk=rule_id, default=False).first()
    if rule is None:
        raise NotFound(what="rule")
    at = clock.now()
    _check_what_comes_after(rule, ends_at=ends_at or at, at=at)
    rule.valid_to = ends_at or at
    rule.version += 1
    rule.save(update_fields=["valid_to", "version"])
    return rule


def _check_what_comes_after(row: CommissionRule, *, ends_at: datetime, at: datetime) -> None:
    """Refuse an end after which another rule takes more, if it comes too soon."""
    rule = row.rule
    if rule.valid_from and rule.valid_from > at:
        return
    if not Worker.objects.filter(approved_at__isnull=False).exists():
        return
    facts = Facts(
        at=ends_at,
        category_ids=(rule.category_id,) if rule.category_id else (),
        **{name: getattr(rule, name) for name in EXACT},
    )
    others = [each for each in commission_rules() if each.rule_id != rule.rule_id]
    after = choose(others, kind=rule.kind, facts=facts)
    check_notice(before=rule, after=after, at=at, starts_at=ends_at)
