"""What steps do to the time of a visit: propose another, agree to it, move."""

from datetime import datetime

from kernel import clock
from kernel.timers import cancel_timers, set_timer
from marketplace.bookings.actions.effects_money import charged_now
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker
from marketplace.bookings.actions.effects_visit import expect
from marketplace.bookings.actions.keep_time import drop_proposals, hold_slot, move_slot
from marketplace.bookings.actions.moves import Move, effect, own_timers, set_timers
from marketplace.bookings.models import Booking, TimeProposal
from marketplace.bookings.notices import changes as notices
from marketplace.bookings.queries.steps import open_proposal
from marketplace.bookings.rules import changes
from marketplace.bookings.rules.process import Party
from marketplace.bookings.tenant_settings import VisitSettings
from tenants.messaging.notice import Notice
from tenants.tenancy.queries import settings_of

LAPSES = "bookings.time_lapses"


@effect
def propose_time(move: Move) -> None:
    """Hold another time until it is answered; where nobody has to be asked, move at once."""
    booking = move.booking
    starts_at = _asked(move)
    changes.check_moves(moves=booking.moves, most=settings_of(VisitSettings).moves)
    charged_bp = charged_now(booking, at=move.at)
    customer, worker = changes.agreed_at_once(
        party=move.party, mode=booking.mode, charged_bp=charged_bp
    )
    drop_proposals(booking, state=TimeProposal.REPLACED)
    proposal = TimeProposal.objects.create(
        booking=booking,
        starts_at=starts_at,
        ends_at=starts_at + (booking.ends_at - booking.starts_at),
        by_party=move.party,
        words=move.reason,
        customer_agreed=customer,
        worker_agreed=worker,
        charged_bp=charged_bp,
        made_at=move.at,
        until=changes.stands_until(made_at=move.at, starts_at=booking.starts_at),
    )
    if customer and worker:
        _move_visit(move, proposal)
    else:
        _wait_for_answers(booking, proposal)


def _asked(move: Move) -> datetime:
    """Return the time that was asked for; a time is told with its zone."""
    try:
        starts_at = datetime.fromisoformat(str(move.facts.get("starts_at", "")))
    except ValueError:
        raise changes.TimeMissing(fields=["starts_at"]) from None
    if starts_at.tzinfo is None:
        raise changes.TimeMissing(fields=["starts_at"])
    if starts_at == move.booking.starts_at:
        raise changes.SameTime(fields=["starts_at"])
    return starts_at


def _wait_for_answers(booking: Booking, proposal: TimeProposal) -> None:
    hold_slot(booking, starts_at=proposal.starts_at, ends_at=proposal.ends_at, until=proposal.until)
    set_timer(LAPSES, subject_id=booking.pk, at=proposal.until, entry=str(proposal.pk))
    if not proposal.customer_agreed:
        _tell(booking, proposal, notices.TIME_PROPOSED_CUSTOMER, Party.CUSTOMER)
    if not proposal.worker_agreed:
        _tell(booking, proposal, notices.TIME_PROPOSED_WORKER, Party.WORKER)


@effect
def answer_time(move: Move) -> None:
    """Agree to another time, or not: one who does not is enough to keep the old one."""
    booking = move.booking
    proposal = open_proposal(booking)
    if proposal is None:
        raise changes.NothingProposed
    agree = move.facts.get("agree")
    if not isinstance(agree, bool):
        raise changes.AnswerMissing(fields=["agree"])
    mine = f"{move.party}_agreed"
    if getattr(proposal, mine):
        raise changes.NotYoursToAnswer
    if not agree:
        _refuse(booking, proposal)
        return
    setattr(proposal, mine, True)
    proposal.save(update_fields=[mine])
    if proposal.customer_agreed and proposal.worker_agreed:
        _move_visit(move, proposal)


def _refuse(booking: Booking, proposal: TimeProposal) -> None:
    drop_proposals(booking, state=TimeProposal.REFUSED)
    cancel_timers(booking.pk, LAPSES)
    _tell(booking, proposal, notices.TIME_KEPT_CUSTOMER, Party.CUSTOMER)
    _tell(booking, proposal, notices.TIME_KEPT_WORKER, Party.WORKER)


def _move_visit(move: Move, proposal: TimeProposal) -> None:
    """Let the visit be at its new time, with new codes, reminders and deadlines."""
    booking = move.booking
    move_slot(booking, starts_at=proposal.starts_at, ends_at=proposal.ends_at)
    proposal.state = TimeProposal.ACCEPTED
    proposal.save(update_fields=["state"])
    cancel_timers(booking.pk, *own_timers(booking))
    booking.starts_at, booking.ends_at = proposal.starts_at, proposal.ends_at
    booking.moves += 1
    booking.least_kept_bp = changes.least_kept(
        before_bp=booking.least_kept_bp,
        charged_bp=proposal.charged_bp,
        proposed_by=Party(proposal.by_party),
    )
    booking.departed_at = booking.arrived_at = booking.contacted_at = None
    booking.entry += 1
    booking.entered_at = move.at
    expect(booking)
    set_timers(booking)
    tell_customer(booking, notices.MOVED_CUSTOMER)
    tell_worker(booking, notices.MOVED_WORKER)


def _tell(booking: Booking, proposal: TimeProposal, notice: Notice, party: Party) -> None:
    tell = tell_customer if party == Party.CUSTOMER else tell_worker
    tell(
        booking,
        notice,
        f"{notice.name.rpartition('.')[2]}:{proposal.pk.hex[-8:]}",
        new_at=proposal.starts_at.isoformat(),
        until_at=proposal.until.isoformat(),
    )


def lapse(booking: Booking) -> None:
    """Nobody answered in time: the old time stands."""
    proposal = open_proposal(booking)
    if proposal is not None and clock.now() >= proposal.until:
        _refuse(booking, proposal)
