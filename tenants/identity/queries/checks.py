"""What is known of a member's checks: what is required, what holds, what waits for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotAllowed, NotFound
from tenants.identity.models import CheckStep, Evidence, WorkerCheck
from tenants.identity.rules import requirements
from tenants.identity.rules.check_states import FOR_REVIEW
from tenants.identity.rules.requirements import Gap, Seen, Standing
from tenants.identity.tenant_settings import Requirements
from tenants.tenancy.models import Membership
from tenants.tenancy.queries import member, settings_of


class OwnCheck(NotAllowed):
    code = "check.own"
    title = "Nobody reviews their own documents."


@dataclass(frozen=True, slots=True)
class Verified:
    """A check that may be shown to anybody: what, until when, since when, and how."""

    kind: str
    decided_at: datetime
    valid_until: datetime
    level: int
    in_grace: bool


def required_kinds() -> tuple[str, ...]:
    """Return which checks this tenant requires of a worker."""
    return settings_of(Requirements).checks


def attempts_of(member_id: UUID) -> QuerySet[WorkerCheck]:
    """Return all attempts of a member, newest first."""
    return WorkerCheck.objects.filter(member_id=member_id).order_by("-requested_at", "-pk")


def standings_of(member_id: UUID, at: datetime) -> list[Standing]:
    """Tell how each required check of a member stands at a moment."""
    attempts = [_seen(each) for each in attempts_of(member_id)]
    return [requirements.standing(kind, attempts, at=at) for kind in required_kinds()]


def gaps_of(member_id: UUID, at: datetime) -> list[Gap]:
    """Return the requirements that a member does not meet at a moment."""
    return [each for each in standings_of(member_id, at) if not each.holds]


def documents_valid(member_id: UUID, *, at: datetime) -> bool:
    """Tell whether every required check holds both now and at a moment to come."""
    return not gaps_of(member_id, max(at, clock.now()))


def verified(member_id: UUID, *, at: datetime) -> list[Verified]:
    """Return what was verified about a member and still holds, the longest-lasting of each kind."""
    best: dict[str, Verified] = {}
    for row in attempts_of(member_id):
        shown = _shown(row, at)
        if shown and (shown.kind not in best or best[shown.kind].valid_until < shown.valid_until):
            best[shown.kind] = shown
    return sorted(best.values(), key=lambda each: each.kind)


def verified_name(member_id: UUID, *, at: datetime) -> str:
    """Return the name that a valid document of a member was checked against; else nothing.

    A name that was changed since does not count. Checks that noted no name go by today's.
    """
    valid = [row for row in attempts_of(member_id).filter(kind="id_document") if _shown(row, at)]
    if not valid:
        return ""
    noted = str(valid[0].fields.get("name", ""))
    return noted or str(member(member_id).user.get_full_name())


def check_of(*, by: Actor, check_id: UUID) -> WorkerCheck:
    """Return a check of whoever asks, or any check for the office."""
    rows = WorkerCheck.objects.select_related("member__user", "claimed_by__user")
    row = rows.filter(pk=check_id).first()
    if row is None or not (by.works_in_office or row.member_id == by.member_id):
        raise NotFound(what="check")
    return row


def check_to_review(*, by: Actor, check_id: UUID) -> WorkerCheck:
    """Return a check for somebody of the office to look at; never their own."""
    if not by.works_in_office:
        raise NotFound(what="check")
    row = check_of(by=by, check_id=check_id)
    if by.member_id and person_of(by.member_id) == row.member.user_id:
        raise OwnCheck
    return row


def review_queue(*, by: Actor) -> QuerySet[WorkerCheck]:
    """Return what waits for a person, the most urgent first."""
    if not by.works_in_office:
        raise NotFound(what="check")
    waiting = WorkerCheck.objects.filter(state__in=FOR_REVIEW)
    return waiting.select_related("member__user", "claimed_by__user").order_by("due_at")


def review_figures(*, at: datetime) -> tuple[int, int]:
    """Return how many checks wait for a person, and how many of them are late."""
    waiting = WorkerCheck.objects.filter(state__in=FOR_REVIEW)
    return waiting.count(), waiting.filter(due_at__lt=at).count()


def checks(*, by: Actor) -> QuerySet[WorkerCheck]:
    """Return all checks for the office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="check")
    rows = WorkerCheck.objects.select_related("member__user", "decided_by__user")
    return rows.order_by("-requested_at", "-pk")


def evidence_of(row: WorkerCheck) -> list[Evidence]:
    """Return what was handed in last for a check; the caller has fetched the check."""
    pieces = Evidence.objects.select_related("file").filter(check_row=row, round=row.rounds)
    return list(pieces.order_by("pk"))


def evidence_file(*, by: Actor, check_id: UUID, evidence_id: UUID) -> Evidence:
    """Return one piece of evidence to its worker, or to who may review it."""
    row = check_of(by=by, check_id=check_id)
    if by.works_in_office:
        row = check_to_review(by=by, check_id=check_id)
    found = Evidence.objects.select_related("file").filter(check_row=row, pk=evidence_id).first()
    if found is None:
        raise NotFound(what="evidence")
    return found


def steps_of(row: WorkerCheck) -> Iterable[CheckStep]:
    """Return what happened to a check, in order; the caller has fetched the check."""
    return CheckStep.objects.filter(check_row=row).order_by("at", "pk")


def person_of(member_id: UUID) -> UUID:
    """Return the person behind a membership: one person may have several roles."""
    found: Membership = member(member_id)
    return found.user_id


def _seen(row: WorkerCheck) -> Seen:
    return Seen(row.kind, row.state, row.level, row.valid_until, row.target)


def _shown(row: WorkerCheck, at: datetime) -> Verified | None:
    if row.valid_until is None or row.decided_at is None or not requirements.counts(_seen(row)):
        return None
    one = requirements.standing(row.kind, [_seen(row)], at=at)
    if not one.holds:
        return None
    in_grace = one.status == requirements.Status.IN_GRACE
    return Verified(row.kind, row.decided_at, row.valid_until, row.level, in_grace)
