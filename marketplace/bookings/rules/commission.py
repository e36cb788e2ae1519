"""Which commission rule applies, and how much it takes.

Every dimension that a rule names must match. Of those that match, the one naming most dimensions
wins, then the nearest category, the highest priority, the oldest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kernel.errors import Conflict
from kernel.money import portion_minor
from marketplace.bookings.rules.lines import Kind as LineKind
from marketplace.bookings.rules.lines import Line, work_lines

NOTICE_OF_A_WORSE_SHARE = timedelta(days=15)
FAR_OUT = 10**12
NEW_BELOW, SENIOR_FROM = 25, 100
TIERS = ("new", "regular", "senior")
SEGMENTS = ("first", "returning")
SOURCES = ("page", "api")


class Kind(StrEnum):
    """What the rule takes: a part of the worker's price, or a fee on top of it."""

    WORKER_COMMISSION = "worker_commission"
    CUSTOMER_FEE = "customer_fee"


class NoticeTooShort(Conflict):
    code = "commission.notice_too_short"
    title = "Workers must know of a worse share {days} days ahead."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as it stands; the dimensions it does not name are None or empty."""

    kind: Kind
    made_at: datetime
    rule_id: UUID | None = None
    version: int = 1
    rate_bp: int = 0
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

    def holds(self, at: datetime) -> bool:
        """Whether the rule has begun at a moment and has not ended."""
        return (self.valid_from is None or self.valid_from <= at) and (
            self.valid_to is None or at < self.valid_to
        )

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but a share, for everybody and everything."""
        free = (self.fixed_minor, self.min_minor, self.max_minor, self.category_id)
        return not any(free) and not any(getattr(self, name) for name in EXACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about a booking to come. `category_ids` run from its own category upwards."""

    at: datetime
    category_ids: Sequence[UUID] = field(default_factory=tuple)
    service_id: UUID | None = None
    worker_id: UUID | None = None
    worker_tier: str = ""
    customer_segment: str = ""
    source: str = ""


EXACT = ("service_id", "worker_id", "worker_tier", "customer_segment", "source")


def choose(rules: Iterable[Rule], *, kind: Kind, facts: Facts) -> Rule:
    """Return the rule that applies; where there is none at all, nothing is taken."""
    fitting = [rule for rule in rules if rule.kind == kind and _fits(rule, facts)]
    if not fitting:
        return Rule(kind=kind, made_at=facts.at)
    return min(fitting, key=lambda rule: _order(rule, facts))


def _fits(rule: Rule, facts: Facts) -> bool:
    if not rule.holds(facts.at):
        return False
    if rule.category_id and rule.category_id not in facts.category_ids:
        return False
    named = [name for name in EXACT if getattr(rule, name)]
    return all(getattr(rule, name) == getattr(facts, name) for name in named)


def _order(rule: Rule, facts: Facts) -> tuple[int, int, int, datetime, str]:
    dimensions = sum(bool(getattr(rule, name)) for name in (*EXACT, "category_id"))
    steps_up = list(facts.category_ids).index(rule.category_id) if rule.category_id else 0
    return (-dimensions, steps_up, -rule.priority, rule.made_at, str(rule.rule_id))


def amount_minor(rule: Rule, *, lines: Sequence[Line]) -> int:
    """Return what a rule takes of a price: line by line, half up, within its limits.

    A commission never takes more than the work costs: nobody pays for working.
    """
    work = work_lines(lines)
    taken = rule.fixed_minor + sum(
        portion_minor(line.amount_minor, basis_points=rule.rate_bp)
        for line in work
        if line.commissionable
    )
    if rule.min_minor is not None:
        taken = max(taken, rule.min_minor)
    if rule.max_minor is not None:
        taken = min(taken, rule.max_minor)
    if rule.kind == Kind.WORKER_COMMISSION:
        taken = min(taken, sum(line.amount_minor for line in work))
    return max(taken, 0)


def taken_minor(rule: Rule, work_minor: int) -> int:
    """Return what a rule takes of a single line of work."""
    line = Line(kind=LineKind.SERVICE, code="work", label="", unit_minor=work_minor)
    return amount_minor(rule, lines=[line])


def takes_more(*, before: Rule, after: Rule) -> bool:
    """Tell whether there is any price of which a rule takes more than the one before it.

    Both are straight lines with a floor and a ceiling: if one is above the other anywhere, it is
    so at a bend of either, just beside one, or far out.
    """
    prices = {each for rule in (before, after) for each in _bends(rule)} | {0, 1, FAR_OUT}
    return any(taken_minor(after, each) > taken_minor(before, each) for each in prices)


def _bends(rule: Rule) -> set[int]:
    """Return the prices around which a rule's floor ends or its ceiling begins."""
    limits = [limit for limit in (rule.min_minor, rule.max_minor) if limit is not None]
    around = {*limits, rule.fixed_minor}
    if rule.rate_bp:
        around |= {max(limit - rule.fixed_minor, 0) * 10_000 // rule.rate_bp for limit in limits}
    return {max(price + step, 0) for price in around for step in (-1, 0, 1)}


def check_notice(*, before: Rule, after: Rule, at: datetime, starts_at: datetime | None) -> None:
    """Refuse a worse share for workers that starts too soon."""
    if after.kind != Kind.WORKER_COMMISSION or not takes_more(before=before, after=after):
        return
    if (starts_at or at) < at + NOTICE_OF_A_WORSE_SHARE:
        raise NoticeTooShort(days=NOTICE_OF_A_WORSE_SHARE.days)


def tier_of(*, jobs_done: int) -> str:
    """Return how experienced a worker is here."""
    if jobs_done < NEW_BELOW:
        return "new"
    return "senior" if jobs_done >= SENIOR_FROM else "regular"


def segment_of(*, visits: int) -> str:
    """Return whether a customer has had a visit here before."""
    return "returning" if visits else "first"
