"""Checks and badges, for programs."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from tenants.identity import queries
from tenants.identity.actions.decide import decide
from tenants.identity.actions.request_check import request_check
from tenants.identity.actions.submit_evidence import submit_evidence
from tenants.identity.models import WorkerCheck
from tenants.tenancy.access import actor_of, office_actor_of

router = Router(tags=["identity"])


class StandingOut(Schema):
    """A required check and how it stands."""

    kind: str
    status: str
    asked_again: bool
    valid_until: datetime | None


class CheckOut(Schema):
    """One attempt at a check."""

    id: UUID
    kind: str
    state: str
    reason_code: str
    proposal: str
    submitted_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    valid_until: datetime | None


class MyChecks(Schema):
    """What is required of a worker, and all attempts so far, newest first."""

    required: list[StandingOut]
    attempts: list[CheckOut]


class BadgeOut(Schema):
    """A worker's badge; `address` is what its QR code says."""

    serial: str
    address: str
    valid: bool
    issued_at: datetime
    expires_at: datetime


class DecisionIn(Schema):
    """What a reviewer decides; a reason is needed unless it passes."""

    model_config = ConfigDict(extra="forbid")

    outcome: str
    reason_code: str = ""
    note: str = ""


@router.get("/workers/me/checks", response=MyChecks, operation_id="list_my_checks")
def list_my_checks(request: HttpRequest) -> MyChecks:
    """List what is required of the calling worker, and how it stands."""
    member_id = _member_id(actor_of(request, role=Role.WORKER))
    required = [
        StandingOut(
            kind=each.kind,
            status=each.status,
            asked_again=each.asked_again,
            valid_until=each.until,
        )
        for each in queries.standings_of(member_id, clock.now())
    ]
    return MyChecks(required=required, attempts=[_out(row) for row in _attempts(member_id)])


@router.post("/workers/me/checks/{kind}", response={201: CheckOut}, operation_id="hand_in_check")
def hand_in_check(request: HttpRequest, kind: str) -> Status[CheckOut]:
    """Hand in evidence as multipart/form-data: a file for each part, a field for each statement.

    `id_document` takes files `front`, `back` and fields `number`, `expires_on`; `selfie_match` a
    file `selfie`; `address_proof` a file `bill` and `issued_on`; `criminal_record` a file
    `certificate`, `issued_on` and `folio`.
    """
    by = actor_of(request, role=Role.WORKER)
    check = request_check(by=by, member_id=_member_id(by), kind=kind)
    files = {part: files[-1] for part, files in request.FILES.lists() if files}
    fields = {name: str(request.POST[name]) for name in request.POST}
    row = submit_evidence(by=by, check_id=check.pk, files=files, fields=fields)
    return Status(201, _out(row))


@router.post("/checks/{check_id}/decide", response=CheckOut, operation_id="decide_check")
def decide_check(request: HttpRequest, check_id: UUID, decision: DecisionIn) -> CheckOut:
    """Decide on a check: `pass`, `more` or `fail`. A `fail` takes effect when two people say so."""
    by = office_actor_of(request)
    return _out(decide(by=by, check_id=check_id, **decision.dict()))


@router.get("/badges/mine", response=BadgeOut, operation_id="my_badge")
def my_badge(request: HttpRequest) -> BadgeOut:
    """Return the badge that the calling worker carries."""
    badge = queries.badge_of(_member_id(actor_of(request, role=Role.WORKER)))
    return BadgeOut(
        serial=badge.serial,
        address=queries.badge_address(badge),
        valid=badge.holder.active and clock.now() < badge.expires_at,
        issued_at=badge.issued_at,
        expires_at=badge.expires_at,
    )


def _attempts(member_id: UUID) -> list[WorkerCheck]:
    return list(queries.attempts_of(member_id))


def _member_id(by: Actor) -> UUID:
    if by.member_id is None:
        raise NotFound(what="membership")
    return by.member_id


def _out(row: WorkerCheck) -> CheckOut:
    return CheckOut(
        id=row.pk,
        kind=row.kind,
        state=row.state,
        reason_code=row.reason_code,
        proposal=row.proposal,
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        valid_until=row.valid_until,
    )
