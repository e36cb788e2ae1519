"""Two operators of the house let somebody who lost their second factor begin anew."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tenants.tenancy.actions.factors import reset_factors
from tenants.tenancy.models import Membership, Recovery, User
from tenants.tenancy.queries import member, open_recoveries
from tenants.tenancy.rules.holds import RECOVERED


class RecoveryReasonMissing(Invalid):
    code = "recovery.reason_missing"
    title = "Write how you made sure that it is them."


class OwnRecovery(NotAllowed):
    code = "recovery.own"
    title = "Nobody recovers their own account."


class RecoveryNeedsAnother(Conflict):
    code = "recovery.second_person"
    title = "You asked for this: another operator has to confirm it."


class RecoveryWaits(Conflict):
    code = "recovery.waits"
    title = "This account waits for a second operator already."


@transaction.atomic
def ask_recovery(*, by: Actor, email: str, why: str) -> Recovery:
    """Ask for somebody's second factor to be taken away; nothing happens before a second yes."""
    operator = _operator(by)
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise NotFound(what="account")
    if user.pk == operator.user_id:
        raise OwnRecovery
    if not why.strip():
        raise RecoveryReasonMissing(fields=["why"])
    if open_recoveries().filter(user=user).exists():
        raise RecoveryWaits
    return Recovery.objects.create(user=user, why=why.strip()[:300], asked_by=operator)


@transaction.atomic
def confirm_recovery(*, by: Actor, recovery_id: UUID) -> Recovery:
    """Take the second factor away: sessions end, contacts are told, money rests everywhere."""
    operator, row = _operator(by), _open(recovery_id)
    if row.asked_by.user_id == operator.user_id:
        raise RecoveryNeedsAnother
    if row.user_id == operator.user_id:
        raise OwnRecovery
    row.ended_by, row.ended_at, row.done = operator, clock.now(), True
    row.save(update_fields=["ended_by", "ended_at", "done"])
    reset_factors(email=row.user.email or "", reason=RECOVERED)
    return row


@transaction.atomic
def drop_recovery(*, by: Actor, recovery_id: UUID) -> Recovery:
    """Let a wish go; any operator may."""
    operator, row = _operator(by), _open(recovery_id)
    row.ended_by, row.ended_at = operator, clock.now()
    row.save(update_fields=["ended_by", "ended_at"])
    return row


def _operator(by: Actor) -> Membership:
    if by.role != Role.STAFF or by.member_id is None:
        raise NotAllowed
    return member(by.member_id)


def _open(recovery_id: UUID) -> Recovery:
    row = open_recoveries().select_for_update(of=("self",)).filter(pk=recovery_id).first()
    if row is None:
        raise NotFound(what="recovery")
    return row
