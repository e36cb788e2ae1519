"""What surveys do when something happened or is due."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.events import on
from kernel.timers import set_timer, timer
from marketplace.bookings.events import BookingConfirmed, BookingDelivered
from marketplace.bookings.queries import booking, bookings_of
from surveys import tasks
from surveys.actions.invite import ask_about_us, ask_about_visit
from surveys.actions.open_wave import CLOSE, COUNT, COUNT_EVERY
from surveys.models import Invitation
from surveys.queries import open_wave_now
from surveys.rules.surveys import COOLDOWN_DAYS, CSAT_BOOKING, NPS_REL, spread_days

ASK_ABOUT_VISIT, ASK_ABOUT_US = "surveys.ask_about_visit", "surveys.ask_about_us"
CAME_TO_PASS = ("delivered", "completed")


@on(BookingDelivered)
def ask_soon(fact: BookingDelivered) -> None:
    """Ask the customer an hour after the worker has finished."""
    found = booking(UUID(fact.booking_id))
    ended_at = found.finished_at or clock.now()
    set_timer(ASK_ABOUT_VISIT, subject_id=found.pk, at=ended_at + CSAT_BOOKING.wait)


@timer(ASK_ABOUT_VISIT)
def ask_how_it_was(booking_id: UUID) -> None:
    """Ask how the visit was, unless it came to nothing after all."""
    found = booking(booking_id)
    if found.state in CAME_TO_PASS:
        ask_about_visit(
            member_id=found.customer_id, booking_id=found.pk, service=found.service_name
        )


@on(BookingConfirmed)
def ask_in_a_month(fact: BookingConfirmed) -> None:
    """Ask a new customer some 30 days after the first booking; more bookings change nothing."""
    customer_id = UUID(fact.customer_id)
    customer = Actor(role=Role.CUSTOMER, member_id=customer_id)
    first = bookings_of(customer).order_by("requested_at").first()
    if first is not None:
        wait = NPS_REL.wait + timedelta(days=spread_days(fact.customer_id))
        set_timer(ASK_ABOUT_US, subject_id=customer_id, at=first.requested_at + wait, entry="first")


@timer(ASK_ABOUT_US)
def ask_whether_they_recommend_us(customer_id: UUID) -> None:
    """Ask, and again 90 days later; sooner if this was no time to ask."""
    on_day = clock.now().date().isoformat()
    asked = ask_about_us(member_id=customer_id, occasion=on_day)
    skipped = asked.state == Invitation.State.SKIPPED
    days = COOLDOWN_DAYS if skipped else NPS_REL.recontact_days
    again_at = asked.asked_at + timedelta(days=days)
    set_timer(ASK_ABOUT_US, subject_id=customer_id, at=again_at, entry=f"after {on_day}")


@timer(COUNT)
def count_answers(wave_id: UUID) -> None:
    """Count what has come in, and again tomorrow while the wave is open."""
    transaction.on_commit(partial(tasks.count_wave.delay, wave_id=str(wave_id)))
    wave, at = open_wave_now(), clock.now()
    if wave is not None and wave.pk == wave_id and (next_at := at + COUNT_EVERY) < wave.closes_at:
        set_timer(COUNT, subject_id=wave_id, at=next_at, entry=next_at.date().isoformat())


@timer(CLOSE)
def close(wave_id: UUID) -> None:
    """End the wave."""
    transaction.on_commit(partial(tasks.close_wave.delay, wave_id=str(wave_id)))
