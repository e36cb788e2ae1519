"""What can be asked about cases and decisions. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import holidays
from django.db.models import Count, Q, QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from tenants.support.models import Case, DecisionRecord
from tenants.support.rules.case_states import OPEN, PRIORITIES, WAITING
from tenants.support.rules.chain import canonical, first_break
from tenants.support.rules.clocks import due_after
from tenants.support.rules.explain import reasons_of
from tenants.support.tenant_settings import SupportHours
from tenants.tenancy.models import Membership
from tenants.tenancy.queries import here, office_members, settings_of


def open_cases() -> QuerySet[Case]:
    """Return the cases that still need a person, the most urgent first."""
    return Case.objects.filter(state__in=OPEN).order_by("priority", "due_at")


def case_counts(at: datetime) -> dict[str, int]:
    """Return how many cases are open, and how many of these are overdue."""
    late = Q(state__in=WAITING, due_at__lt=at)
    return Case.objects.filter(state__in=OPEN).aggregate(
        open=Count("pk"), overdue=Count("pk", filter=late)
    )


def cases_for(
    by: Actor, *, state: str = "", priority: str = "", overdue: bool = False
) -> QuerySet[Case]:
    """Return the office's cases, narrowed; for anybody else there are none."""
    if not by.works_in_office:
        raise NotFound(what="cases")
    cases = Case.objects.select_related("owner__user", "person__user")
    cases = cases.filter(state__in=OPEN) if state == "open" else cases
    cases = cases.filter(state=state) if state not in ("", "open") else cases
    cases = cases.filter(priority=priority) if priority else cases
    if overdue:
        cases = cases.filter(state__in=WAITING, due_at__lt=clock.now())
    return cases.order_by("-opened_at", "-id")


def case_with(key: str) -> Case | None:
    """Return the case that was opened under a key, if one was."""
    return Case.objects.filter(key=key).first()


def case_for(by: Actor, case_id: UUID, *, lock: bool = False) -> Case:
    """Return one case of the office's, locked if it is about to change."""
    if not (by.works_in_office or by.member_id is None):
        raise NotFound(what="case")
    cases = Case.objects.select_for_update(of=("self",)) if lock else Case.objects.all()
    try:
        return cases.select_related("owner__user", "person__user").get(pk=case_id)
    except Case.DoesNotExist:
        raise NotFound(what="case") from None


def case_about(about_id: UUID) -> QuerySet[Case]:
    """Return the cases about one thing, newest first."""
    return Case.objects.filter(about_id=about_id).order_by("-opened_at")


def is_overdue(case: Case) -> bool:
    """Tell whether somebody should have been contacted by now, and was not."""
    return case.state in WAITING and case.due_at < clock.now()


def promised_by(priority: str, at: datetime) -> datetime:
    """Return when a case of a priority must have been contacted, on this office's clock."""
    promise = PRIORITIES[priority]
    if promise.around_the_clock:
        return at + timedelta(minutes=promise.minutes)
    tenant = here()
    return due_after(
        at,
        minutes=promise.minutes,
        zone=tenant.timezone,
        week=settings_of(SupportHours).week(),
        holidays=holidays_around(tenant.country, at),
    )


def holidays_around(country: str, at: datetime) -> set[str]:
    """Return the public holidays of the year around a moment, as ISO dates."""
    days = holidays.country_holidays(country, years=[at.year, at.year + 1])
    return {day.isoformat() for day in days}


def loads() -> tuple[list[Membership], dict[UUID, int]]:
    """Return the office in order of joining, and how many open cases each has."""
    members = list(office_members().order_by("joined_at", "id"))
    counted = Case.objects.filter(state__in=OPEN).values("owner_id").annotate(n=Count("id"))
    return members, {row["owner_id"]: row["n"] for row in counted.order_by()}


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """Whether the records of this tenant still are what was written."""

    records: int
    broken_at: int | None


def decisions_about(by: Actor, subject_id: UUID) -> QuerySet[DecisionRecord]:
    """Return what was decided on something; people see only what concerns them."""
    records = DecisionRecord.objects.filter(subject_id=subject_id).order_by("number")
    return records if by.works_in_office else records.filter(concerns_id=by.member_id)


def decisions_for(by: Actor) -> QuerySet[DecisionRecord]:
    """Return the office's decisions, newest first; other people get those concerning them."""
    records = DecisionRecord.objects.select_related("concerns__user").order_by("-number")
    return records if by.works_in_office else records.filter(concerns_id=by.member_id)


def decision_for(by: Actor, decision_id: UUID) -> DecisionRecord:
    """Return one decision that the caller may see."""
    try:
        return decisions_for(by).get(pk=decision_id)
    except DecisionRecord.DoesNotExist:
        raise NotFound(what="decision") from None


def explanation_of(record: DecisionRecord) -> Sequence[str]:
    """Return why it was decided, in at most three reasons, from the record alone."""
    told = record.record
    return reasons_of(told["reasons"], told["contributions"])


def check_chain() -> ChainCheck:
    """Recompute the chain of this tenant and compare what stands beside each record."""
    records = DecisionRecord.objects.order_by("number")
    broken = first_break(
        (each.hash_prev, each.body, each.hash) if agrees(each) else ("", "", "")
        for each in records.iterator(chunk_size=500)
    )
    return ChainCheck(records=records.count(), broken_at=broken)


def agrees(row: DecisionRecord) -> bool:
    """Tell whether the columns of a record still say what its text says."""
    told = row.record
    return canonical(told) == row.body and (
        told["number"],
        told["kind"],
        told["subject"],
        told["outcome"],
        told["automated"],
        told["concerns_id"],
    ) == (
        row.number,
        row.kind,
        {"kind": row.subject_kind, "id": str(row.subject_id)},
        row.outcome,
        row.automated,
        str(row.concerns_id) if row.concerns_id else None,
    )
