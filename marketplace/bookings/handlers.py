"""What bookings do when money moves, when people meet, and when something is due."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from kernel.actor import SYSTEM
from kernel.events import on
from kernel.timers import timer
from marketplace.bookings.actions.buy_package import (
    ENDS,
    REMINDS,
    note_package_paid,
    note_package_unpaid,
)
from marketplace.bookings.actions.defend import defend
from marketplace.bookings.actions.effects_extra import note_extra
from marketplace.bookings.actions.effects_time import LAPSES
from marketplace.bookings.actions.effects_unsafe import case_closed, release_unsafe
from marketplace.bookings.actions.end_package import expire_package, remind_of_package
from marketplace.bookings.actions.extend_series import EXTEND, extend_series
from marketplace.bookings.actions.lapse_proposal import lapse_proposal
from marketplace.bookings.actions.moves import move
from marketplace.bookings.actions.note_charge import (
    CHARGE_AGAIN,
    CHARGE_DUE,
    charge_again,
    charge_is_due,
    note_charge_failed,
)
from marketplace.bookings.actions.note_payment import (
    PAY_TIMEOUT,
    begin_by_proof,
    booking_paid_by,
    end_of_waiting,
    is_booking,
    note_card,
    note_paid,
    note_promised,
    note_refunded,
    note_unpaid,
)
from marketplace.bookings.actions.plant_rules import plant_rules
from marketplace.bookings.actions.release_worker import release_worker
from marketplace.bookings.actions.remind import REMINDERS, remind
from marketplace.bookings.actions.run_wave import NEXT_WAVE, run_wave
from marketplace.bookings.actions.warn_owner import warn_owner
from marketplace.bookings.actions.watch_dispute import watch_dispute
from marketplace.bookings.events import BookingConfirmed
from marketplace.bookings.queries.bookings import is_expected
from marketplace.catalog.events import WorkerStateChanged
from marketplace.catalog.rules.leaving import ties_worker
from marketplace.catalog.rules.worker_states import State as WorkerState
from payments.events import (
    PaymentAuthorised,
    PaymentCancelled,
    PaymentCaptured,
    PaymentExpired,
    PaymentFailed,
    PaymentPromised,
    RefundSucceeded,
)
from payments.events.disputes import DisputeOpened
from payments.events.payments import CardSaved
from tenants.identity.events import VisitProved
from tenants.support.events import CaseResolved
from tenants.tenancy.events import TenantOpened


@on(TenantOpened)
def plant_default_rules(event: TenantOpened) -> None:
    plant_rules()


@ties_worker
def somebody_expects_them(worker_id: UUID) -> bool:
    """Whoever has promised a visit cannot leave yet."""
    return is_expected(worker_id)


@on(WorkerStateChanged)
def they_may_not_come(event: WorkerStateChanged) -> None:
    """Whoever is suspended or removed does not come; whoever pauses keeps their word."""
    if event.state in (WorkerState.SUSPENDED, WorkerState.LEFT):
        release_worker(worker_id=UUID(event.worker_id))


@on(BookingConfirmed)
def does_the_business_pay_for_it(event: BookingConfirmed) -> None:
    warn_owner(booking_id=UUID(event.booking_id))


@on(PaymentAuthorised)
def money_is_ready(event: PaymentAuthorised) -> None:
    if booking_id := booking_paid_by(event.payment_id):
        note_paid(booking_id=booking_id, money="authorised")


@on(PaymentCaptured)
def money_is_here(event: PaymentCaptured) -> None:
    if booking_id := booking_paid_by(event.payment_id):
        note_paid(booking_id=booking_id, money="captured")
    elif event.reference.startswith("extra:"):
        note_extra(payment_id=UUID(event.payment_id), paid=True)
    elif event.reference.startswith("package:"):
        note_package_paid(payment_id=UUID(event.payment_id))


@on(CardSaved)
def a_card_is_left(event: CardSaved) -> None:
    kind, _, booking_id = event.reference.partition(":")
    if kind == "booking" and is_booking(UUID(booking_id)):
        note_card(booking_id=UUID(booking_id), card_id=UUID(event.payment_id))


@on(PaymentFailed)
def the_card_was_declined(event: PaymentFailed) -> None:
    if booking_id := booking_paid_by(event.payment_id):
        payment_id = UUID(event.payment_id)
        note_charge_failed(booking_id=booking_id, payment_id=payment_id, reason=event.reason)


@timer(CHARGE_DUE)
def charge_the_card(booking_id: UUID) -> None:
    charge_is_due(booking_id=booking_id)


@timer(CHARGE_AGAIN)
def charge_the_card_again(booking_id: UUID) -> None:
    charge_again(booking_id=booking_id)


@on(PaymentPromised)
def money_is_promised(event: PaymentPromised) -> None:
    if booking_id := booking_paid_by(event.payment_id):
        note_promised(booking_id=booking_id, until=datetime.fromisoformat(event.until))


@on(PaymentExpired)
def nobody_paid(event: PaymentExpired) -> None:
    if booking_id := booking_paid_by(event.payment_id):
        note_unpaid(booking_id=booking_id, failed=bool(event.reason))
    elif event.reference.startswith("extra:"):
        note_extra(payment_id=UUID(event.payment_id), paid=False)
    elif event.reference.startswith("package:"):
        note_package_unpaid(payment_id=UUID(event.payment_id))


@on(PaymentCancelled)
def called_off(event: PaymentCancelled) -> None:
    if booking_id := booking_paid_by(event.payment_id):
        note_refunded(booking_id=booking_id)


@on(RefundSucceeded)
def money_went_back(event: RefundSucceeded) -> None:
    if booking_id := booking_paid_by(event.payment_id):
        note_refunded(booking_id=booking_id)


@on(DisputeOpened)
def say_what_we_know(event: DisputeOpened) -> None:
    defend(dispute_id=UUID(event.dispute_id), reference=event.reference)


@on(VisitProved)
def they_have_met(event: VisitProved) -> None:
    begin_by_proof(booking_id=UUID(event.visit_id), source=event.method)


def _by_itself(step: str) -> Callable[[UUID], None]:
    """Let the system take a step when its time has come."""

    def due(booking_id: UUID) -> None:
        move(by=SYSTEM, booking_id=booking_id, step=step)

    return due


for step in ("expire", "refund", "assume_delivered", "auto", "auto_complete", "settle", "no_match"):
    timer(f"bookings.{step}")(_by_itself(step))


def _in_dispute(which: str) -> Callable[[UUID], None]:
    """Do what is due in a disagreement."""

    def due(booking_id: UUID) -> None:
        watch_dispute(booking_id=booking_id, which=which)

    return due


for which in ("release_rest", "dispute_answer", "dispute_owner", "dispute_thaw"):
    timer(f"bookings.{which}")(_in_dispute(which))


@timer(PAY_TIMEOUT)
def no_more_time_to_pay(booking_id: UUID) -> None:
    end_of_waiting(booking_id=booking_id)


@timer(NEXT_WAVE)
def nobody_has_taken_it_yet(booking_id: UUID) -> None:
    run_wave(booking_id=booking_id)


@timer(LAPSES)
def nobody_answered_about_the_time(booking_id: UUID) -> None:
    lapse_proposal(booking_id=booking_id)


@timer("bookings.release_unsafe")
def three_days_have_passed(booking_id: UUID) -> None:
    release_unsafe(booking_id=booking_id)


@on(CaseResolved)
def somebody_has_looked(event: CaseResolved) -> None:
    if event.kind == "left_unsafe":
        case_closed(case_id=UUID(event.case_id))


def _reminding(which: str) -> Callable[[UUID], None]:
    """Remind whoever has to know, when its time has come."""

    def due(booking_id: UUID) -> None:
        remind(booking_id=booking_id, which=which)

    return due


for which in REMINDERS:
    timer(f"bookings.{which}")(_reminding(which))


@timer(ENDS)
def nobody_used_the_rest(package_id: UUID) -> None:
    expire_package(package_id=package_id)


@timer(REMINDS)
def two_weeks_are_left(package_id: UUID) -> None:
    remind_of_package(package_id=package_id)


@timer(EXTEND)
def the_next_visit_is_near(series_id: UUID) -> None:
    extend_series(series_id=series_id)
