"""What steps announce: events for floors above, notices for both people."""

from collections.abc import Mapping
from uuid import UUID

from kernel.events import Event, publish
from marketplace.bookings import events, notices
from marketplace.bookings.actions.effects_visit import ended_by
from marketplace.bookings.actions.moves import Move, due_times, effect
from marketplace.bookings.actions.settle_money import settlement_of
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import charges, dispatch, way
from marketplace.bookings.rules.scheduling import charge_at
from marketplace.catalog.actions.rate_worker import count_job
from payments.queries.saved_cards import card_words
from tenants.messaging.actions.notify import notify
from tenants.messaging.notice import Notice

SERIES = "series"  # The source of quotes for visits that repeat.
Values = Mapping[str, str | int]
TIMES = (("answer_at", "expire"), ("complete_at", "auto_complete"), ("settle_at", "settle"))


def tell_customer(booking: Booking, notice: Notice, when: str = "", **more: str | int) -> None:
    """Tell the customer something about this booking, once per state entered (and `when`)."""
    _tell(booking, booking.customer_id, notice, when, more)


def tell_worker(booking: Booking, notice: Notice, when: str = "", **more: str | int) -> None:
    """Tell the worker something about this booking, once per state entered (and `when`)."""
    if not booking.nobody_yet:
        _tell(booking, booking.worker.member_id, notice, when, more)


def _tell(booking: Booking, to_id: UUID, notice: Notice, when: str, more: Values) -> None:
    values = words_about(booking) | dict(more)
    about = f"{booking.code}:{booking.entry}{when and f':{when}'}"
    notice = _as_it_is_paid(booking, notice)
    notify(to_id=to_id, notice=notice, about=about, **values)


def _as_it_is_paid(booking: Booking, notice: Notice) -> Notice:
    """Return the notice in the words of how the visit is paid."""
    if booking.in_cash:
        return notices.IN_CASH.get(notice.name, notice)
    if booking.kept_alone and notice == notices.CANCELLED_CUSTOMER:
        return charges.CANCELLED_CUSTOMER_LATER
    never_paid = booking.paid_later and booking.money == "none"
    if booking.uncharged or never_paid:
        words = charges.AFTER if booking.paid_after else charges.BEFORE
        return words.get(notice.name, notice)
    return notice


def _of_card(booking: Booking) -> dict[str, str | int]:
    """Return what notices may say of a card that is charged later."""
    if not booking.paid_later:
        return {}
    kept = settlement_of(booking, rate_bp=booking.kept_bp or 0).kept
    return {
        "card": card_words(booking.card_id) or "—",
        "charge_at": charge_at(starts_at=booking.starts_at).isoformat(),
        "owed_minor": kept.minor,
    }


def words_about(booking: Booking) -> dict[str, str | int]:
    """Return the plain values that notices of a booking may speak of. Nobody's contact, ever."""
    due = due_times(booking)
    values: dict[str, str | int] = {
        "code": booking.code,
        "service": booking.service_name,
        "worker": booking.worker.name,
        "starts_at": booking.starts_at.isoformat(),
        "zone": booking.zone,
        "currency": booking.currency,
        "total_minor": booking.total.minor,
        "net_minor": booking.net_pay.minor,
        "refund_minor": booking.refund_minor,
        "tip_minor": booking.tip_minor,
        "worker_part_minor": booking.worker_minor,
        "team_part_minor": booking.tenant_minor,
        "platform_part_minor": booking.platform_minor,
        "processor_part_minor": booking.processor_minor,
        "tax_part_minor": booking.tax_minor,
        **_of_card(booking),
    }
    for name, timer in TIMES:
        if timer in due:
            values[name] = due[timer].isoformat()
    return values


def who(booking: Booking) -> dict[str, str]:
    """Return whom an event of a booking is about."""
    return {
        "booking_id": str(booking.pk),
        "worker_id": str(booking.worker_id),
        "customer_id": str(booking.customer_id),
    }


def _publish(move: Move, fact: Event) -> None:
    publish(fact, by=move.by)


@effect
def requested(move: Move) -> None:
    """A request waits for the worker's answer."""
    _publish(move, events.BookingRequested(**who(move.booking)))
    tell_worker(move.booking, notices.REQUESTED_WORKER)
    tell_customer(move.booking, notices.REQUESTED_CUSTOMER)


@effect
def confirmed(move: Move) -> None:
    """The visit will take place."""
    starts_at = move.booking.starts_at.isoformat()
    _publish(move, events.BookingConfirmed(**who(move.booking), starts_at=starts_at))
    if move.booking.sought_at is not None:
        reason = move.booking.reason or "—"
        tell_customer(move.booking, dispatch.SUBSTITUTE_COMES_CUSTOMER, reason=reason)
        tell_worker(move.booking, dispatch.SUBSTITUTE_COMES_WORKER, reason=reason)
        return
    if move.booking.quote.source == SERIES:
        return  # Both know it of the series.
    tell_customer(move.booking, notices.CONFIRMED_CUSTOMER)
    tell_worker(move.booking, notices.CONFIRMED_WORKER)


@effect
def declined(move: Move) -> None:
    """The worker said no."""
    _publish(move, events.BookingDeclined(**who(move.booking)))
    tell_customer(move.booking, notices.DECLINED_CUSTOMER)
    tell_worker(move.booking, way.DECLINED_WORKER)


@effect
def expired(move: Move) -> None:
    """Nobody answered."""
    _publish(move, events.BookingExpired(**who(move.booking)))
    tell_customer(move.booking, notices.EXPIRED_CUSTOMER)
    tell_worker(move.booking, notices.EXPIRED_WORKER)


@effect
def cancelled(move: Move) -> None:
    """The visit will not take place."""
    booking = move.booking
    kept_bp = booking.kept_bp or 0
    fact = events.BookingCancelled(**who(booking), by=ended_by(move), kept_bp=kept_bp)
    _publish(move, fact)
    tell_customer(booking, notices.CANCELLED_CUSTOMER)
    tell_worker(
        booking,
        notices.CANCELLED_WORKER,
        kept_minor=settlement_of(booking, rate_bp=kept_bp).kept_work.minor,
    )


@effect
def worker_cannot_come(move: Move) -> None:
    """The worker cannot come; the customer chooses what now."""
    move.booking.reason = move.reason
    move.booking.sought_at = move.at
    tell_customer(move.booking, notices.WORKER_CANNOT_COME)


@effect
def started(move: Move) -> None:
    """The work began."""
    booking = move.booking
    _publish(move, events.BookingStarted(**who(booking), source=booking.check_in_source))
    tell_customer(booking, notices.STARTED_CUSTOMER, checked_in_at=move.at.isoformat())


@effect
def delivered(move: Move) -> None:
    """The work is done, as far as we know."""
    booking = move.booking
    _publish(move, events.BookingDelivered(**who(booking), flagged=booking.flagged))
    tell_customer(booking, notices.DELIVERED_CUSTOMER)
    if booking.flagged and booking.checked_in_at is None:
        tell_worker(booking, notices.UNVERIFIED_WORKER)


@effect
def completed(move: Move) -> None:
    """The work is done and accepted."""
    booking = move.booking
    count_job(worker_id=booking.worker_id)
    at = move.at.isoformat()
    _publish(move, events.BookingCompleted(**who(booking), completed_at=at))
    tell_customer(booking, notices.COMPLETED_CUSTOMER)
    tell_worker(booking, notices.COMPLETED_WORKER)
