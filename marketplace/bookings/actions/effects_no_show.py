"""What steps do when somebody did not come: report it, take it back, settle it."""

from datetime import timedelta

from kernel.events import publish
from marketplace.bookings import events
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker, who
from marketplace.bookings.actions.moves import Move, effect
from marketplace.bookings.actions.settle_money import settlement_of
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import changes as notices
from marketplace.bookings.rules import no_show
from marketplace.bookings.rules.process import Party
from marketplace.bookings.tenant_settings import VisitSettings
from tenants.tenancy.queries import settings_of


@effect
def contact(move: Move) -> None:
    """The worker stands at the door and tries to reach the customer."""
    booking = move.booking
    if booking.arrived_at is None:
        raise no_show.NotThereYet
    booking.contacted_at = booking.contacted_at or move.at
    tell_customer(booking, notices.AT_THE_DOOR_CUSTOMER, f"contact:{booking.version}")


@effect
def accuse(move: Move) -> None:
    """Somebody says that the other did not come; the other may answer for a while."""
    booking = move.booking
    booking.accused = no_show.check_report(
        by=move.party,
        starts_at=booking.starts_at,
        arrived_at=booking.arrived_at,
        contacted_at=booking.contacted_at,
        at=move.at,
        wait=timedelta(minutes=settings_of(VisitSettings).wait_minutes),
    )
    _both(booking, reported=True)


@effect
def take_back_report(move: Move) -> None:
    """They met after all."""
    booking = move.booking
    no_show.check_reporter(by=move.party, accused=booking.accused)
    booking.accused = ""
    _both(booking, reported=False)


def _both(booking: Booking, *, reported: bool) -> None:
    """Tell both sides that a report was made, or taken back."""
    if not reported:
        tell_customer(booking, notices.REPORT_TAKEN_BACK_CUSTOMER)
        tell_worker(booking, notices.REPORT_TAKEN_BACK_WORKER)
    elif booking.accused == Party.WORKER:
        tell_worker(booking, notices.ACCUSED_WORKER)
        tell_customer(booking, notices.REPORTED_BY_CUSTOMER)
    else:
        tell_customer(booking, notices.ACCUSED_CUSTOMER)
        tell_worker(booking, notices.REPORTED_BY_WORKER)


@effect
def did_not_come(move: Move) -> None:
    """It is settled that somebody did not come."""
    booking = move.booking
    kept_bp = booking.kept_bp or 0
    kept = settlement_of(booking, rate_bp=kept_bp).kept_work.minor
    fact = events.BookingMissed(**who(booking), accused=booking.accused, kept_bp=kept_bp)
    publish(fact, by=move.by)
    by_worker = booking.accused == Party.WORKER
    told = notices.WORKER_MISSED if by_worker else notices.CUSTOMER_MISSED
    tell_customer(booking, told[0])
    tell_worker(booking, told[1], kept_minor=kept)
