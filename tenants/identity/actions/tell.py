"""The worker hears what became of a check or a badge."""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import override

from kernel import clock
from tenants.identity import notices
from tenants.identity.actions.move_check import ANSWER_WITHIN
from tenants.identity.kinds import CHECKS, REASONS
from tenants.identity.models import Badge, WorkerCheck
from tenants.identity.rules.check_states import State
from tenants.messaging.actions.notify import notify
from tenants.messaging.notice import Notice
from tenants.messaging.rules.wording import language
from tenants.tenancy.models import Membership
from tenants.tenancy.queries import here

OUTCOMES: dict[str, Notice] = {
    State.PASSED: notices.CHECK_PASSED,
    State.NEEDS_MORE: notices.CHECK_NEEDS_MORE,
    State.ADVERSE_PENDING: notices.CHECK_ADVERSE,
    State.FAILED: notices.CHECK_FAILED,
    State.REVOKED: notices.CHECK_FAILED,
}


def about_decision(check_id: UUID, state: str) -> None:
    """Tell the worker which way a check went."""
    row = _check(check_id)
    until = (row.decided_at or clock.now()) + ANSWER_WITHIN
    with override(_language(row.member)):
        said = {
            "check": str(CHECKS[row.kind]),
            "reason": str(REASONS[row.reason_code]),
        }
    about = f"{row.pk}:{state}:{row.rounds}"
    notify(
        to_id=row.member_id,
        notice=OUTCOMES[state],
        about=about,
        until_at=until.isoformat(),
        **said,
    )


def about_end(check_id: UUID) -> None:
    """Tell the worker that a check ends soon, or has ended."""
    row = _check(check_id)
    if row.valid_until is None:
        return
    with override(_language(row.member)):
        name = str(CHECKS[row.kind])
    days = (row.valid_until - clock.now()) // timedelta(days=1)
    notify(
        to_id=row.member_id,
        notice=notices.CHECK_ENDS,
        about=f"{row.pk}:{days}",
        check=name,
        until_at=row.valid_until.isoformat(),
    )


def about_badge(badge_id: UUID) -> None:
    """Tell the worker that a badge is ready, or is not valid any more."""
    badge = Badge.objects.select_related("holder").get(pk=badge_id)
    if badge.revoke_reason == "replaced":
        return
    notice = notices.BADGE_REVOKED if badge.revoked_at else notices.BADGE_ISSUED
    notify(to_id=badge.holder.member_id, notice=notice, about=str(badge.pk), tail=badge.tail)


def _check(check_id: UUID) -> WorkerCheck:
    return WorkerCheck.objects.select_related("member__user").get(pk=check_id)


def _language(member: Membership) -> str:
    return language(member.user.locale or here().locale)
