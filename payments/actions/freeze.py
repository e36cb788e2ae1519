"""A wallet that cannot be emptied for a while: for a reason, with an end, open to appeal."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.errors import Invalid, NotAllowed, NotFound
from kernel.events import publish
from kernel.timers import cancel_timers, set_timer
from payments.actions.open_payee import payee_of
from payments.actions.post import freeze_ledger
from payments.events.payouts import WalletLocked, WalletUnlocked
from payments.models import FREEZE_REASONS, Freeze
from payments.queries.permissions import demand
from payments.rules.freezing import (
    AlreadyConfirmed,
    AlreadyLifted,
    AppealedAlready,
    ReasonNeeded,
)

THAW = "payments.thaw"
ENDS_AFTER = timedelta(hours=72)


@transaction.atomic
def freeze(*, by: Actor, member_id: UUID, reason: str, note: str) -> Freeze:
    """Let nothing leave a worker's wallet for 72 hours; what is earned still arrives.

    A wallet that is frozen already stays as it is.
    """
    office_id = _check_office(by, note)
    if reason not in FREEZE_REASONS:
        raise Invalid(fields=["reason"])
    payee_of(member_id)
    known = Freeze.objects.filter(member_id=member_id, lifted_at__isnull=True).first()
    if known:
        return known
    until = clock.now() + ENDS_AFTER
    row = Freeze.objects.create(
        member_id=member_id,
        reason=reason,
        note=note.strip(),
        frozen_by_id=office_id,
        frozen_at=clock.now(),
        until=until,
    )
    freeze_ledger(member_id, frozen=True)
    set_timer(THAW, subject_id=row.pk, at=until)
    publish(WalletLocked(freeze_id=str(row.pk), member_id=str(member_id)), by=by)
    return row


@transaction.atomic
def confirm_freeze(*, by: Actor, freeze_id: UUID, note: str) -> Freeze:
    """Let a freeze last until somebody lifts it, saying why."""
    _check_office(by, note)
    row = _locked(freeze_id)
    if row.confirmed_at:
        raise AlreadyConfirmed
    row.confirmed_by_id, row.confirmed_at = by.member_id, clock.now()
    row.confirmed_note, row.until = note.strip(), None
    row.save()
    cancel_timers(row.pk, THAW)
    return row


@transaction.atomic
def thaw(*, by: Actor, freeze_id: UUID, note: str = "") -> Freeze:
    """Free a wallet again: by the office, saying why, or by time."""
    if by != SYSTEM:
        _check_office(by, note)
    row = _locked(freeze_id)
    if by == SYSTEM and row.confirmed_at:
        return row
    row.lifted_by_id, row.lifted_at, row.lifted_note = by.member_id, clock.now(), note.strip()
    row.save()
    freeze_ledger(row.member_id, frozen=False)
    cancel_timers(row.pk, THAW)
    publish(WalletUnlocked(freeze_id=str(row.pk), member_id=str(row.member_id)), by=by)
    return row


@transaction.atomic
def appeal_freeze(*, by: Actor, freeze_id: UUID, text: str) -> Freeze:
    """Let the worker say why the wallet should be free; somebody of the office answers."""
    row = _locked(freeze_id)
    if row.member_id != by.member_id:
        raise NotFound(what="freeze")
    if not text.strip():
        raise Invalid(fields=["appeal"])
    if row.appealed_at:
        raise AppealedAlready
    row.appeal, row.appealed_at = text.strip()[:2_000], clock.now()
    row.save(update_fields=["appeal", "appealed_at"])
    return row


def _check_office(by: Actor, note: str) -> UUID:
    """Return who of the office it is, or refuse; and refuse whoever does not say why."""
    demand(by, "freeze")
    if by.member_id is None:
        raise NotAllowed
    if not note.strip():
        raise ReasonNeeded(fields=["note"])
    return by.member_id


def _locked(freeze_id: UUID) -> Freeze:
    row = Freeze.objects.select_for_update(no_key=True).filter(pk=freeze_id).first()
    if row is None:
        raise NotFound(what="freeze")
    if row.lifted_at:
        raise AlreadyLifted
    return row
