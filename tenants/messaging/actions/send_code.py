"""A code or a warning goes to an e-mail address or a phone, whoever reads it there."""

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.crypto import seal, unseal
from kernel.events import publish
from kernel.ids import uuid7
from kernel.timers import cancel_timers, set_timer
from tenants.messaging.actions.claim import attempt, take
from tenants.messaging.channels.base import Parcel
from tenants.messaging.events import CodeQueued
from tenants.messaging.models import LoginCode
from tenants.messaging.notice import ALERTS, CONFIRM_CODE, LOGIN_CODE, Notice
from tenants.messaging.queries import in_words
from tenants.messaging.rules.delivery_states import QUEUED, SENDING, after
from tenants.tenancy.queries import here

VALID = timedelta(minutes=10)
ALERT_VALID = timedelta(days=7)
TIMER = "messaging.send_code"


def send_code(
    *, channel: str, to: str, code: str, locale: str, confirms: bool = False
) -> LoginCode:
    """Let a code be sent by `email` or `sms`. Until it is, it is kept sealed; then not at all.

    `confirms`: it lets nobody in, it confirms something that whoever gets it is doing.
    """
    content = {"to": to, "locale": locale, "values": {"code": code}, "confirms": confirms}
    return _queue(channel, content, valid=VALID)


def send_alert(
    *, channel: str, to: str, kind: str, locale: str, values: dict[str, str]
) -> LoginCode:
    """Let a warning about an account be sent the same way: its link is as secret as a code."""
    content = {"to": to, "locale": locale, "values": values, "alert": kind}
    return _queue(channel, content, valid=ALERT_VALID)


@transaction.atomic
def _queue(channel: str, told: Mapping[str, object], *, valid: timedelta) -> LoginCode:
    code_id = uuid7()
    content = json.dumps(told).encode()
    row = LoginCode.objects.create(
        id=code_id,
        channel=channel,
        sealed=seal(content, about=f"login_code:{code_id}"),
        expires_at=clock.now() + valid,
    )
    publish(CodeQueued(code_id=str(code_id)), by=SYSTEM)
    return row


def dispatch_code(*, code_id: UUID) -> None:
    """Send a code that waits. Never call it inside a transaction; safe to repeat."""
    claimed = _claim(code_id)
    if claimed is None:
        return
    row = attempt(*claimed)
    if row.state == QUEUED:
        set_timer(TIMER, subject_id=row.pk, at=row.free_at, entry=str(row.attempts))
    else:
        _forget(row)


@transaction.atomic
def _claim(code_id: UUID) -> tuple[LoginCode, Parcel] | None:
    row = LoginCode.objects.select_for_update(skip_locked=True).filter(pk=code_id).first()
    if row is None or row.state not in (QUEUED, SENDING) or row.free_at > clock.system_now():
        return None
    if row.expires_at <= clock.now():
        row.state = after(row.state, "expire")
        row.save(update_fields=["state"])
        _forget(row)
        return None
    lease_ends_at = take(row)
    set_timer(TIMER, subject_id=row.pk, at=lease_ends_at, entry=str(row.attempts))
    return row, _parcel(row)


@transaction.atomic
def _forget(row: LoginCode) -> None:
    LoginCode.objects.filter(pk=row.pk).update(sealed=b"")
    cancel_timers(row.pk)


def _notice_of(content: Mapping[str, str]) -> Notice:
    """Return the words that a sealed message is sent in."""
    if "alert" in content:
        return ALERTS[content["alert"]]
    return CONFIRM_CODE if content.get("confirms") else LOGIN_CODE


def _parcel(row: LoginCode) -> Parcel:
    content = json.loads(unseal(bytes(row.sealed), about=f"login_code:{row.pk}"))
    tenant = here()
    text = in_words(
        _notice_of(content),
        content["values"],
        locale=content["locale"] or tenant.locale,
        zone=tenant.timezone,
        country=tenant.country,
    )
    return Parcel(
        tracker=str(row.pk),
        channel=row.channel,
        to=content["to"],
        tenant=tenant.name,
        subject=text.subject,
        text=text.body,
        at=clock.now().isoformat(),
    )
