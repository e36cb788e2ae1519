"""What steps do in a disagreement: open it, propose how to end it, agree, decide."""

from datetime import timedelta
from uuid import UUID

from kernel.actor import SYSTEM
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money
from marketplace.bookings import events
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker, who
from marketplace.bookings.actions.moves import Move, due_times, effect
from marketplace.bookings.actions.settle_dispute import divided, is_earned, settle_money_of
from marketplace.bookings.models import Booking, Dispute, Settlement
from marketplace.bookings.notices import disputes as notices
from marketplace.bookings.rules import disputes, no_show
from marketplace.bookings.rules.disputes import BETWEEN_PARTIES, Outcome, Reason
from marketplace.bookings.rules.process import Party
from marketplace.bookings.tenant_settings import VisitSettings
from payments.actions.hold import open_hold
from payments.models import Hold
from tenants.support.actions.open_case import open_case
from tenants.tenancy.queries import settings_of

AGREED = "Agreed between customer and worker."


@effect
def open_dispute(move: Move) -> None:
    """Somebody says that something was not right: what is contested rests, and nothing else."""
    booking = move.booking
    days = settings_of(VisitSettings).dispute_days
    disputes.check_open(ends_at=booking.ends_at, at=move.at, days=days)
    words = str(move.facts.get("words") or move.reason)
    asked: int | None = move.facts.get("amount_minor")
    reason, contested = disputes.check_claim(
        reason=str(move.facts.get("about", "")),
        words=words,
        contested=None if move.party == Party.WORKER else asked,
        work=booking.work_minor,
    )
    if move.party == Party.WORKER:
        contested = asked or 0  # Whoever was paid contests nothing of it.
    _open(move, reason=reason, words=words, contested=contested)


@effect
def contest_report(move: Move) -> None:
    """Who is said not to have come says otherwise: all of the work is contested."""
    booking = move.booking
    no_show.check_accused(by=move.party, accused=booking.accused)
    words = str(move.facts.get("words") or move.reason)
    if len(words.strip()) < disputes.SHORTEST_FINDING:
        raise disputes.WordsMissing(fields=["reason"])
    _open(move, reason=Reason.NO_SHOW, words=words, contested=booking.work_minor)


def _open(move: Move, *, reason: Reason, words: str, contested: int) -> None:
    booking = move.booking
    dispute = Dispute(
        id=uuid7(),
        booking=booking,
        by_party=move.party,
        reason=reason,
        words=words.strip()[:1000],
        contested_minor=contested,
        earned=is_earned(booking),
        opened_at=move.at,
    )
    dispute.hold_id = _freeze(booking, dispute)
    dispute.save(force_insert=True)
    if reason in disputes.URGENT:
        open_case_of(booking, priority=disputes.URGENT[reason])


def _freeze(booking: Booking, dispute: Dispute) -> UUID | None:
    """Let the worker's part of what is contested rest; return the hold, if there is one."""
    part = divided(booking, amount=dispute.contested_minor, fault="worker").debit
    if not dispute.earned or not part:
        return None
    hold = open_hold(
        member_id=booking.worker.member_id,
        amount=Money(booking.currency, part),
        reason=Hold.REVIEW,
        until=dispute.opened_at + timedelta(days=14),
        about=f"disagreement:{dispute.pk}",
        reference=booking.reference,
        note=booking.code,
    )
    return hold.pk


def open_case_of(booking: Booking, *, priority: str) -> None:
    """Let a person of the office look after a disagreement."""
    open_case(
        by=SYSTEM,
        kind="dispute",
        priority=priority,
        about_kind="booking",
        about_id=booking.pk,
        title=f"{booking.code}: {booking.service_name}",
        key=f"{booking.reference}:dispute",
        person_id=booking.customer_id,
    )


@effect
def disputed(move: Move) -> None:
    """Tell both, and whoever listens."""
    booking = move.booking
    dispute = booking.dispute
    fact = events.BookingDisputed(**who(booking), reason=dispute.reason, by=dispute.by_party)
    publish(fact, by=move.by)
    until_at = due_times(booking)["dispute_answer"].isoformat()
    by_customer = dispute.by_party == Party.CUSTOMER
    by_worker = dispute.by_party == Party.WORKER
    to_customer = notices.OPENED_BY_YOU_CUSTOMER if by_customer else notices.OPENED_CUSTOMER
    to_worker = notices.OPENED_BY_YOU_WORKER if by_worker else notices.OPENED_WORKER
    contested = dispute.contested_minor
    tell_customer(booking, to_customer, until_at=until_at, contested_minor=contested)
    tell_worker(booking, to_worker, until_at=until_at, contested_minor=contested)


@effect
def propose_settlement(move: Move) -> None:
    """One side says how it would end it; its last word counts."""
    dispute = move.booking.dispute
    side = disputes.other(disputes.other(move.party))
    outcome = str(move.facts.get("outcome", ""))
    amount = disputes.amount_of(
        outcome,
        asked=move.facts.get("amount_minor"),
        contested=dispute.contested_minor,
        allowed=BETWEEN_PARTIES,
    )
    Settlement.objects.filter(dispute=dispute, by_party=side, open=True).update(open=False)
    Settlement.objects.create(
        dispute=dispute,
        by_party=side,
        outcome=outcome,
        minor=amount,
        words=str(move.facts.get("words") or move.reason)[:300],
        made_at=move.at,
    )
    if side != dispute.by_party and dispute.answered_at is None:
        dispute.answered_at = move.at
        dispute.save(update_fields=["answered_at"])
    when = f"settle:{move.booking.version}"
    if side == Party.CUSTOMER:
        tell_worker(move.booking, notices.PROPOSED_WORKER, when, proposed_minor=amount)
    else:
        tell_customer(move.booking, notices.PROPOSED_CUSTOMER, when, proposed_minor=amount)


@effect
def agree(move: Move) -> None:
    """Agree to what the other side has proposed: the worker gives up what goes back."""
    dispute = move.booking.dispute
    offer = Settlement.objects.filter(
        dispute=dispute, by_party=disputes.other(move.party), open=True
    ).first()
    if offer is None:
        raise disputes.NothingToAgreeTo
    offer.open, offer.agreed = False, True
    offer.save(update_fields=["open", "agreed"])
    fault = "worker" if offer.minor else "none"
    _close(move, outcome=offer.outcome, amount=offer.minor, fault=fault, finding=AGREED)


@effect
def decide(move: Move) -> None:
    """Somebody of the office has looked at it, and says how it ends and why."""
    outcome, fault = (str(move.facts.get(name, "")) for name in ("outcome", "fault"))
    finding = str(move.facts.get("words") or move.reason)
    dispute = move.booking.dispute
    amount = disputes.amount_of(
        outcome,
        asked=move.facts.get("amount_minor"),
        contested=dispute.contested_minor or move.booking.work_minor,
        allowed=tuple(Outcome),
    )
    disputes.check_finding(outcome=outcome, fault=fault, finding=finding)
    _close(move, outcome=outcome, amount=amount, fault=fault, finding=finding)


def _close(move: Move, *, outcome: str, amount: int, fault: str, finding: str) -> None:
    dispute = move.booking.dispute
    division = divided(move.booking, amount=amount, fault=fault)
    dispute.outcome, dispute.fault = outcome, fault
    dispute.finding = finding.strip()[:1000]
    dispute.refund_minor, dispute.debit_minor = division.refund, division.debit
    dispute.closed_at, dispute.closed_by = move.at, move.party
    dispute.save()


@effect
def settle_dispute(move: Move) -> None:
    """Let the money follow what was agreed or decided."""
    settle_money_of(move.booking, by=move.by)


@effect
def resolved(move: Move) -> None:
    """Tell both how it ended, with the amounts."""
    booking = move.booking
    dispute = booking.dispute
    fact = events.BookingResolved(
        **who(booking),
        outcome=dispute.outcome,
        fault=dispute.fault,
        refund_minor=dispute.refund_minor,
        debit_minor=dispute.debit_minor,
    )
    publish(fact, by=move.by)
    tell_customer(booking, notices.RESOLVED_CUSTOMER, back_minor=dispute.refund_minor)
    tell_worker(booking, notices.RESOLVED_WORKER, debit_minor=dispute.debit_minor)
