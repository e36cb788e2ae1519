"""The API of lists that a business brings along."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from marketplace.catalog.actions.import_list import begin_import, start_import
from marketplace.catalog.api.shapes import In
from marketplace.catalog.models import ImportJob
from marketplace.catalog.queries.imports import import_job
from tenants.tenancy.access import office_actor_of

router = Router(tags=["catalog"])


class ImportIn(In):
    """A list: what it is of, and the table itself with a first line of column names."""

    kind: str = Field(max_length=9)
    csv: str = Field(max_length=10 * 1024 * 1024)
    name: str = Field(default="", max_length=120)


class ProblemRowOut(Schema):
    """What is wrong: the line as a spreadsheet counts it, the column and why."""

    row: int
    column: str
    reason: str


class ImportOut(Schema):
    """How far a list is."""

    id: UUID
    kind: str
    state: str
    rows: int
    read: int
    made: int
    changed: int
    problem_count: int
    problems: list[ProblemRowOut]

    @staticmethod
    def of(job: ImportJob) -> "ImportOut":
        """Show a row."""
        names = ("kind", "state", "rows", "read", "made", "changed", "problem_count", "problems")
        return ImportOut(id=job.pk, **{name: getattr(job, name) for name in names})


@router.post("/imports", operation_id="begin_import", response={201: ImportOut})
def create_import(request: HttpRequest, body: ImportIn) -> Status[ImportOut]:
    """Bring a list along; it is looked at, and nothing is taken in yet."""
    by = office_actor_of(request)
    job = begin_import(by=by, kind=body.kind, text=body.csv, name=body.name)
    return Status(201, ImportOut.of(job))


@router.get("/imports/{uuid:job_id}", operation_id="import_job", response=ImportOut)
def show_import(request: HttpRequest, job_id: UUID) -> ImportOut:
    """Return how far a list is, and what was wrong with it."""
    return ImportOut.of(import_job(office_actor_of(request), job_id))


@router.post("/imports/{uuid:job_id}/start", operation_id="start_import", response=ImportOut)
def run_import(request: HttpRequest, job_id: UUID) -> ImportOut:
    """Take a list in that was looked at and found right."""
    return ImportOut.of(start_import(by=office_actor_of(request), job_id=job_id))
