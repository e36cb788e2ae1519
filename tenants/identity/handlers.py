"""What identity does when something is due, or has happened."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from tenants.identity.actions import let_time_pass, tell
from tenants.identity.actions.record_scan import forget_scans
from tenants.identity.events import BadgeIssued, BadgeRevoked, CheckDecided, CheckExpired


@timer("identity.worker_silent")
def worker_silent(check_id: UUID) -> None:
    """A worker has not handed anything in for 30 days."""
    let_time_pass.withdraw_silent(check_id)


@timer("identity.answer_by")
def answer_by(check_id: UUID) -> None:
    """A worker has not answered an adverse decision for seven days."""
    let_time_pass.end_silence(check_id)


@timer("identity.valid_until")
def valid_until(check_id: UUID) -> None:
    """A check has been valid for as long as it could be."""
    let_time_pass.run_out(check_id)


@timer("identity.ends_soon")
def ends_soon(check_id: UUID) -> None:
    """A check ends in 30 or 7 days."""
    tell.about_end(check_id)


@timer("identity.forget_scans")
def scans_are_old(badge_id: UUID) -> None:
    """A badge was looked at a month ago."""
    forget_scans(badge_id)


@on(CheckDecided)
def tell_decision(fact: CheckDecided) -> None:
    """Tell the worker what was decided."""
    tell.about_decision(UUID(fact.check_id), fact.state)


@on(CheckExpired)
def tell_expired(fact: CheckExpired) -> None:
    """Tell the worker that a check has run out."""
    tell.about_end(UUID(fact.check_id))


@on(BadgeIssued)
def tell_issued(fact: BadgeIssued) -> None:
    """Tell the worker about the new card."""
    tell.about_badge(UUID(fact.badge_id))


@on(BadgeRevoked)
def tell_revoked(fact: BadgeRevoked) -> None:
    """Tell the worker that a card is not valid any more."""
    tell.about_badge(UUID(fact.badge_id))
