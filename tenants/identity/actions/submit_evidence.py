"""A worker hands in what a check needs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.base import File
from django.db import transaction

from kernel import clock, crypto
from kernel.actor import Actor
from kernel.context import current_tenant
from kernel.errors import Invalid, NotFound
from kernel.events import publish
from tenants.identity.actions.move_check import locked, move
from tenants.identity.events import CheckSubmitted
from tenants.identity.models import Evidence, WorkerCheck
from tenants.identity.rules.check_states import Step, next_state
from tenants.identity.rules.check_types import CheckType, check_complete, type_of
from tenants.identity.rules.national_ids import NumberInvalid, Result, read_number, shown
from tenants.support.queries import holidays_around
from tenants.support.rules.clocks import due_after
from tenants.support.tenant_settings import SupportHours
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.models import Tenant
from tenants.tenancy.queries import here, settings_of

REVIEW_MINUTES = 24 * 60  # Of working time.
NUMBER = "identity.WorkerCheck.number"


@transaction.atomic
def submit_evidence(
    *, by: Actor, check_id: UUID, files: Mapping[str, File[Any]], fields: Mapping[str, str]
) -> WorkerCheck:
    """Take files and statements, all of them or none, and put the check up for review."""
    row = locked(check_id)
    if row.member_id != by.member_id:
        raise NotFound(what="check")
    next_state(row.state, Step.SUBMIT)
    check, tenant, at = type_of(row.kind), here(), clock.now()
    stated = {name: value.strip() for name, value in fields.items() if value.strip()}
    today = at.astimezone(ZoneInfo(tenant.timezone)).date()
    check_complete(check, files=frozenset(files), fields=stated, today=today)
    row.remark = _keep_number(row, tenant, stated.pop("number", ""))
    known = {*check.fields, *check.optional_fields}
    row.fields = {name: value[:80] for name, value in stated.items() if name in known}
    row.rounds += 1
    _keep_files(row, check, files, by=by)
    row.submitted_at, row.due_at = at, _due(at, tenant)
    move(row, Step.SUBMIT, by=by)
    publish(
        CheckSubmitted(check_id=str(row.pk), member_id=str(row.member_id), kind=row.kind), by=by
    )
    return row


def _due(at: datetime, tenant: Tenant) -> datetime:
    return due_after(
        at,
        minutes=REVIEW_MINUTES,
        zone=tenant.timezone,
        week=settings_of(SupportHours).week(),
        holidays=holidays_around(tenant.country, at),
    )


def _keep_files(
    row: WorkerCheck, check: CheckType, files: Mapping[str, File[Any]], *, by: Actor
) -> None:
    kinds = ("image", "pdf") if check.may_be_pdf else ("image",)
    for part in check.files:
        try:
            stored = take_upload(by=by, upload=files[part], purpose=f"check.{part}", kinds=kinds)
        except Invalid as refusal:
            raise type(refusal)(**{**refusal.details, "fields": [part]}) from None
        Evidence.objects.create(check_row=row, part=part, file=stored, round=row.rounds)


def _keep_number(row: WorkerCheck, tenant: Tenant, value: str) -> str:
    """Seal a document's number; return what the reviewer should look at."""
    if not value:
        return ""
    if row.kind != "id_document":
        row.number_sealed = crypto.seal(value.encode(), about=_about(row))
        row.number_shown = shown(value)
        return ""
    reading = read_number(tenant.country, value)
    if reading.result == Result.REJECT:
        raise NumberInvalid(fields=["number"])
    row.number_sealed = crypto.seal(reading.normalised.encode(), about=_about(row))
    row.number_shown = shown(reading.normalised)
    purpose = f"oficio/bidx/v1|{current_tenant()}|{NUMBER}"
    row.number_index = crypto.fingerprint(reading.normalised, purpose=purpose)
    same = WorkerCheck.objects.filter(number_index=row.number_index)
    if same.exclude(member__user_id=row.member.user_id).exists():
        return "duplicate_identity"
    return reading.reason


def _about(row: WorkerCheck) -> str:
    return f"oficio/field/v1|{current_tenant()}|{NUMBER}|{row.pk}"
