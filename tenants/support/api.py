"""Cases, for programs of the office."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict

from kernel.paging import page_of
from tenants.support.actions.resolve import resolve
from tenants.support.models import Case
from tenants.support.queries import case_for, cases_for, is_overdue
from tenants.tenancy.access import office_actor_of

router = Router(tags=["cases"])


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
    rows, following = page_of(cases, filters.cursor, by="opened_at")
    return CasePage(items=[_out(row) for row in rows], next_cursor=following)


@router.get("/cases/{uuid:case_id}", response=CaseOut, operation_id="get_case")
def get_case(request: HttpRequest, case_id: UUID) -> CaseOut:
    """Return one case of the office's."""
    return _out(case_for(office_actor_of(request), case_id))


@router.post("/cases/{uuid:case_id}/resolve", response=CaseOut, operation_id="resolve_case")
def resolve_case(request: HttpRequest, case_id: UUID, body: ResolveIn) -> CaseOut:
    """Close the loop: at which stage it went wrong, and what was done about it."""
    by = office_actor_of(request)
    return _out(resolve(by=by, case_id=case_id, root_cause=body.root_cause, action=body.action))


def _out(row: Case) -> CaseOut:
    fields = {name: getattr(row, name) for name in CaseOut.model_fields if name != "overdue"}
    return CaseOut(**fields, overdue=is_overdue(row))
