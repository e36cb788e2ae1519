"""A business brings its list of services, workers or customers: looked at first, then taken in.

Both go row by row through the same actions; looking only takes everything back in the end.
Consents and verifications are never brought along: workers come as applicants.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound, Refusal
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import EXPONENTS
from marketplace.catalog.actions.apply import LANGUAGES, Profile, ProfileInvalid, apply
from marketplace.catalog.actions.edit_catalogue import check_office, save_category, save_service
from marketplace.catalog.events import ImportRequested
from marketplace.catalog.models import Category, ExternalId, ImportJob, Service
from marketplace.catalog.rules.areas import Circle, Place
from marketplace.catalog.rules.importing import (
    KINDS,
    MOST_BYTES,
    MOST_PROBLEMS,
    ImportNotReady,
    ImportRefused,
    Problem,
    Row,
    SomebodyElse,
    read_list,
)
from tenants.tenancy.actions.join import join
from tenants.tenancy.actions.sign_up import find_or_make_user
from tenants.tenancy.models import User
from tenants.tenancy.queries import here
from tenants.tenancy.rules.contacts import clean_phone

CHUNK = 200
AXES = (
    *("booking_mode", "location", "pricing", "completion", "payment", "price_owner", "unit"),
    *("unit_min", "unit_max", "unit_minutes", "active", "name", "description", "minutes"),
)


class _TakenBack(Exception):
    """Nothing of what was tried is to stay."""


@transaction.atomic
def begin_import(*, by: Actor, kind: str, text: str, name: str = "") -> ImportJob:
    """Take a list and look at it in the background; nothing is taken in yet."""
    check_office(by)
    if kind not in KINDS or len(text.encode()) > MOST_BYTES:
        raise ImportRefused(fields=["kind" if kind not in KINDS else "file"])
    rows, problems = read_list(kind, text)
    assert by.member_id
    job = ImportJob(id=uuid7(), kind=kind, name=name[:120], by_id=by.member_id, rows=len(rows))
    job.text = text
    job.made_at = clock.now()
    _note(job, problems)
    job.save(force_insert=True)
    publish(ImportRequested(job_id=str(job.pk)), by=by)
    return job


@transaction.atomic
def start_import(*, by: Actor, job_id: UUID) -> ImportJob:
    """Take a list in that was looked at and found right."""
    check_office(by)
    job = _locked(job_id)
    if job.state != ImportJob.CHECKED:
        raise ImportNotReady(state=job.state)
    job.state, job.read, job.made, job.changed = ImportJob.RUNNING, 0, 0, 0
    job.save(update_fields=["state", "read", "made", "changed"])
    publish(ImportRequested(job_id=str(job.pk)), by=by)
    return job


@transaction.atomic
def take_in_some(*, job_id: UUID) -> bool:
    """Go on with a list for some rows; tell whether there is more. Safe to repeat."""
    job = _locked(job_id)
    if job.state not in (ImportJob.CHECKING, ImportJob.RUNNING):
        return False
    rows, _problems = read_list(job.kind, job.text)
    some = rows[job.read : job.read + CHUNK]
    looking = job.state == ImportJob.CHECKING
    problems: list[Problem] = []
    with suppress(_TakenBack), transaction.atomic():
        problems = _take_in(job, some)
        if looking:
            raise _TakenBack
    _note(job, problems)
    job.read += len(some)
    more = job.read < len(rows)
    if not more:
        _finish(job, looking)
    job.save()
    return more


def _finish(job: ImportJob, looking: bool) -> None:
    job.finished_at = clock.now()
    if looking:
        job.state = ImportJob.REFUSED if job.problem_count else ImportJob.CHECKED
    else:
        job.state = ImportJob.DONE


def _take_in(job: ImportJob, rows: Sequence[Row]) -> list[Problem]:
    by = Actor(role=Role(job.by.role), member_id=job.by_id)
    known = dict(
        ExternalId.objects.filter(
            kind=job.kind, external_id__in=[row.external_id for row in rows]
        ).values_list("external_id", "row_id")
    )
    problems: list[Problem] = []
    for row in rows:
        row_id = known.get(row.external_id)
        try:
            with transaction.atomic():
                made_id = TAKERS[job.kind](by, row, row_id)
                if row_id not in (None, made_id):
                    raise SomebodyElse(fields=["external_id"])
                if row_id is None:
                    ExternalId.objects.create(
                        kind=job.kind, external_id=row.external_id, row_id=made_id
                    )
        except Refusal as refusal:
            column = next(iter(refusal.details.get("fields", [])), "external_id")
            column = {"price_minor": "price"}.get(column, column)
            problems.append(Problem(row=row.number, column=column, reason=refusal.code))
            continue
        job.made += row_id is None
        job.changed += row_id is not None
    return problems


def _service(by: Actor, row: Row, row_id: UUID | None) -> UUID:
    cells, tenant = row.cells, here()
    service = Service.objects.get(pk=row_id) if row_id else Service(currency=tenant.currency)
    service.category = _category(by, str(cells["category"]))
    for name in AXES:
        if name in cells:
            setattr(service, name, cells[name])
    price = cells["price"]
    assert isinstance(price, Decimal)
    service.price_minor = int(price.scaleb(EXPONENTS[tenant.currency]))
    return save_service(by=by, service=service).pk


def _category(by: Actor, name: str) -> Category:
    """Return the category that has this name or address; a new name is a new category."""
    rows = Category.objects.filter(archived=False)
    found = rows.filter(slug=name).first() or rows.filter(name=name).first()
    return found or save_category(by=by, category=Category(name=name))


def _worker(by: Actor, row: Row, row_id: UUID | None) -> UUID:
    cells: dict[str, Any] = dict(row.cells)
    languages = tuple(cells.get("languages", ()))
    if not set(languages) <= set(LANGUAGES):
        raise ProfileInvalid(fields=["languages"])
    area = None
    if "latitude" in cells and "longitude" in cells:
        base = Place(float(cells["latitude"]), float(cells["longitude"]))
        area = Circle(base, cells.get("radius_km", 10))
    profile = Profile(
        headline=cells["headline"],
        bio=cells.get("bio", ""),
        languages=languages,
        area=area,
        first_name=cells["first_name"],
        last_name=cells.get("last_name", ""),
    )
    return apply(user=_person(row), profile=profile, by=by).pk


def _customer(by: Actor, row: Row, row_id: UUID | None) -> UUID:
    return join(user=_person(row), role=Role.CUSTOMER, by=by).pk


def _person(row: Row) -> User:
    phone = row.cells.get("phone")
    return find_or_make_user(
        email=str(row.cells["email"]) if "email" in row.cells else None,
        phone=clean_phone(str(phone), region=here().country) if phone else None,
        first_name=str(row.cells["first_name"]),
        last_name=str(row.cells.get("last_name", "")),
    )


TAKERS = {"services": _service, "workers": _worker, "customers": _customer}


def _note(job: ImportJob, problems: Sequence[Problem]) -> None:
    job.problem_count += len(problems)
    room = MOST_PROBLEMS - len(job.problems)
    job.problems = [*job.problems, *(asdict(each) for each in problems[:room])]


def _locked(job_id: UUID) -> ImportJob:
    job = ImportJob.objects.select_for_update(of=("self",)).select_related("by")
    if (found := job.filter(pk=job_id).first()) is None:
        raise NotFound(what="import")
    return found
