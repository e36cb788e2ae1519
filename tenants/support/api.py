"""Cases, for programs of the office."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict

from kernel.errors import Invalid
from tenants.support.actions.resolve import resolve
from tenants.support.models import Case
from tenants.support.queries import case_for, cases_for, is_overdue
from tenants.tenancy.access import office_actor_of

router = Router(tags=["cases"])
PAGE = 50


class CaseCursorInvalid(Invalid):
    code = "case.cursor_invalid"
    title = "This cursor is not one of ours."


class Filters(Schema):
    """Which cases."""

    model_config = ConfigDict(extra="forbid")

    state: str = ""
    priority: str = ""
    overdue: bool = False
    cursor: str = ""


class CaseOut(Schema):
    """Something that needs a person."""

    id: UUID
    kind: str
    priority: str
    state: str
    title: str
    about_kind: str
    about_id: UUID | None
    owner_id: UUID
    opened_at: datetime
    due_at: datetime
    contacted_at: datetime | None
    resolved_at: datetime | None
    overdue: bool
    root_cause: str
    action: str


class CasePage(Schema):
    """A page of cases, newest first."""

    items: list[CaseOut]
    next_cursor: str | None


class ResolveIn(Schema):
    """Where it went wrong, and what was done."""

    model_config = ConfigDict(extra="forbid")

    root_cause: str
    action: str


@router.get("/cases", response=CasePage, operation_id="list_cases")
def list_cases(request: HttpRequest, filters: Query[Filters]) -> CasePage:
    """List the office's cases, newest first."""
    chosen = filters.dict()
    cases = cases_for(office_actor_of(request), **{k: chosen[k] for k in chosen if k != "cursor"})
    if filters.cursor:
        at, case_id = _position(filters.cursor)
        cases = cases.filter(Q(opened_at__lt=at) | Q(opened_at=at, id__lt=case_id))
    rows = list(cases[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return CasePage(
        items=[_out(row) for row in rows[:PAGE]],
        next_cursor=f"{last.opened_at.isoformat()}~{last.pk}" if last else None,
    )


@router.get("/cases/{uuid:case_id}", response=CaseOut, operation_id="get_case")
def get_case(request: HttpRequest, case_id: UUID) -> CaseOut:
    """Return one case of the office's."""
    return _out(case_for(office_actor_of(request), case_id))


@router.post("/cases/{uuid:case_id}/resolve", response=CaseOut, operation_id="resolve_case")
def resolve_case(request: HttpRequest, case_id: UUID, body: ResolveIn) -> CaseOut:
    """Close the loop: at which stage it went wrong, and what was done about it."""
    by = office_actor_of(request)
    return _out(resolve(by=by, case_id=case_id, root_cause=body.root_cause, action=body.action))


def _position(cursor: str) -> tuple[datetime, UUID]:
    moment, _, case_id = cursor.partition("~")
    try:
        at, found = datetime.fromisoformat(moment.replace(" ", "+")), UUID(case_id)
    except ValueError:
        raise CaseCursorInvalid from None
    if at.tzinfo is None:
        raise CaseCursorInvalid
    return at, found


def _out(row: Case) -> CaseOut:
    fields = {name: getattr(row, name) for name in CaseOut.model_fields if name != "overdue"}
    return CaseOut(**fields, overdue=is_overdue(row))
