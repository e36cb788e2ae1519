"""The whole process of a booking, on a real database, with the fake provider."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import Role
from kernel.errors import NotFound
from kernel.models import Timer
from kernel.money import Money
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.moves import move
from marketplace.bookings.actions.note_payment import note_paid
from marketplace.bookings.actions.preview_step import preview_step
from marketplace.bookings.actions.quote import renew_quote
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.models import Booking, Quote, StepTaken
from marketplace.bookings.rules import guards
from marketplace.bookings.rules.process import NotYourStep, WrongState
from marketplace.catalog.models import Worker
from marketplace.matching.actions.set_times import set_service_times
from marketplace.matching.models import Occupancy
from marketplace.matching.rules.occupancy import SlotTaken
from payments.models import Earning, Refund
from payments.queries import wallet_of
from payments.queries.pay import payment_of
from tenants.identity.queries import codes_of
from tenants.messaging.models import Notification
from tests.support.worlds import joins
from tests.support.worlds_bookings import (
    MONDAY_NINE,
    WEDNESDAY_TEN,
    booked,
    by_request,
    fresh,
    pays,
    quoted,
    starts_to_pay,
    steps,
    time_passes,
)


def active_slots():
    return list(Occupancy.objects.filter(active=True).values_list("kind", "ref"))


def rows(model):
    return [str(row) for row in model.objects.order_by("pk").values()]


def told(actor):
    return list(
        Notification.objects.filter(to_id=actor.member_id, notice__startswith="bookings.")
        .order_by("pk")
        .values_list("notice", flat=True)
    )


def due(booking, name):
    return Timer.objects.get(name=f"bookings.{name}", subject_id=booking.pk, state="pending").due_at


def test_a_quote_is_the_worked_example_and_holds_the_slot(offer, clara):
    quote = quoted(clara, offer)

    assert quote.total == Money("MXN", 65_900)
    assert (quote.worker_minor, quote.tip_minor, quote.tenant_minor) == (51_040, 5_000, 5_248)
    assert (quote.platform_minor, quote.processor_minor, quote.tax_minor) == (580, 2_672, 1_360)
    assert quote.ends_at - quote.starts_at == timedelta(minutes=90)
    assert quote.expires_at == MONDAY_NINE + timedelta(minutes=15)
    assert quote.policy == "moderate"
    assert active_slots() == [("hold", f"hold:{clara.member_id.hex}:{offer.pk.hex[-16:]}")]
    assert sorted(quote.rules) == ["customer_fee", "worker_commission"]


def test_asking_again_moves_the_hold_and_changes_no_earlier_quote(offer, clara):
    first = quoted(clara, offer)
    second = quoted(clara, offer, starts_at=WEDNESDAY_TEN + timedelta(hours=1))

    assert len(active_slots()) == 1
    assert Quote.objects.get(pk=first.pk).starts_at == WEDNESDAY_TEN
    assert second.hash != first.hash


def test_the_address_is_sealed_in_the_database(offer, clara):
    quote = quoted(clara, offer)

    assert quote.place.address == "Orizaba 101, Roma Norte"
    assert b"Orizaba" not in bytes(quote.place_sealed)


def test_a_quote_without_a_customer_holds_nothing_and_is_renewed_by_who_signs_in(offer, clara):
    anonymous = quoted(None, offer)
    assert active_slots() == []
    with pytest.raises(NotFound):
        book(by=clara, quote_id=anonymous.pk)

    own = renew_quote(by=clara, quote_id=anonymous.pk)
    assert own.place == anonymous.place
    assert own.customer_id == clara.member_id
    assert len(active_slots()) == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"latitude": 19.60, "longitude": -99.16}, guards.OutOfArea),
        ({"address": "  "}, guards.QuoteInvalid),
        ({"latitude": None}, guards.QuoteInvalid),
        ({"tip_minor": 58_001}, guards.TipTooLarge),
        ({"starts_at": WEDNESDAY_TEN + timedelta(minutes=7)}, SlotTaken),
        ({"starts_at": MONDAY_NINE + timedelta(minutes=30)}, SlotTaken),
    ],
)
def test_a_quote_that_cannot_be_is_refused_and_nothing_is_stored(offer, clara, changed, refusal):
    with pytest.raises(refusal):
        quoted(clara, offer, **changed)

    assert not Quote.objects.exists()
    assert active_slots() == []


def test_only_who_is_ready_can_be_booked(offer, clara):
    Worker.objects.update(state="paused")

    with pytest.raises((guards.NotBookable, NotFound)):
        quoted(clara, offer)
    assert not Quote.objects.exists()


def test_nobody_books_themselves(offer):
    with pytest.raises(guards.OwnService):
        quoted(joins("ana", Role.CUSTOMER), offer)


def test_a_quote_is_good_for_fifteen_minutes(offer, clara):
    quote = quoted(clara, offer)

    later = MONDAY_NINE + timedelta(minutes=15)
    with clock.travelling_to(later), pytest.raises(guards.QuoteExpired):
        book(by=clara, quote_id=quote.pk)
    assert not Booking.objects.exists()


def test_booking_twice_with_one_quote_is_one_booking(offer, clara):
    quote = quoted(clara, offer)
    first, second = book(by=clara, quote_id=quote.pk), book(by=clara, quote_id=quote.pk)

    assert first == second
    assert Booking.objects.count() == 1
    assert active_slots() == [("booking", f"quote:{quote.pk}")]


def test_a_stranger_s_quote_is_not_there(offer, clara, olga):
    quote = quoted(clara, offer)
    with pytest.raises(NotFound):
        book(by=olga, quote_id=quote.pk)


def test_paying_an_instant_booking_confirms_it(clara_booked_ana, clara, ana):
    booking = clara_booked_ana

    assert (booking.state, booking.money) == ("confirmed", "captured")
    assert booking.confirmed_at == booking.paid_at == MONDAY_NINE
    assert booking.should_depart_at == WEDNESDAY_TEN - timedelta(minutes=10)
    assert told(clara) == ["bookings.confirmed_customer"]
    assert told(ana) == ["bookings.confirmed_worker"]
    assert due(booking, "assume_delivered") == booking.ends_at + timedelta(hours=24)
    assert due(booking, "reminder_day") == WEDNESDAY_TEN - timedelta(hours=24)


def test_hearing_of_a_payment_twice_changes_nothing_more(clara_booked_ana):
    note_paid(booking_id=clara_booked_ana.pk, money="captured")

    assert fresh(clara_booked_ana).version == clara_booked_ana.version
    assert StepTaken.objects.filter(booking=clara_booked_ana).count() == 2


def test_nobody_pays_in_time_and_the_slot_is_free_again(offer, clara):
    booking = booked(clara, offer)
    booking = time_passes(booking, MONDAY_NINE + timedelta(minutes=15))

    assert (booking.state, booking.money) == ("payment_expired", "none")
    assert active_slots() == []


def test_money_that_comes_too_late_goes_back(offer, clara):
    booking = booked(clara, offer)
    starts_to_pay(booking)
    booking = time_passes(booking, MONDAY_NINE + timedelta(minutes=15))

    assert (booking.state, booking.money) == ("payment_expired", "refunded")
    assert Refund.objects.get().total == Money("MXN", 65_900)


def test_a_customer_abandons_before_paying(offer, clara):
    booking = steps(clara, booked(clara, offer), "abandon")

    assert booking.state == "payment_expired"
    assert active_slots() == []


def test_a_request_is_accepted_and_then_paid(clara_asked_ana, clara, ana):
    booking = clara_asked_ana
    assert (booking.state, booking.money) == ("requested", "authorised")
    assert due(booking, "expire") == MONDAY_NINE + timedelta(hours=24)

    booking = steps(ana, booking, "accept")
    assert (booking.state, booking.money) == ("confirmed", "captured")


def test_requests_that_block_nothing_race_for_the_slot_when_accepted(offer, clara, ana, olga):
    by_request(offer)
    said = {"request_blocks_slot": False}
    set_service_times(by=olga, service_id=offer.service_id, values=said)
    first = pays(booked(clara, offer))
    second = pays(booked(joins("carla", Role.CUSTOMER), offer))
    assert active_slots() == []

    assert steps(ana, second, "accept").state == "confirmed"
    with pytest.raises(SlotTaken):
        take_step(by=ana, booking_id=first.pk, step="accept")
    assert (fresh(first).state, fresh(first).money) == ("requested", "authorised")
    assert active_slots() == [("booking", f"quote:{second.quote_id}")]


def test_a_declined_request_frees_the_slot_and_lets_the_money_go(clara_asked_ana, clara, ana):
    booking = steps(ana, clara_asked_ana, "decline", reason="Ese día no estoy.")

    assert (booking.state, booking.money, booking.reason) == (
        "declined",
        "refunded",
        "Ese día no estoy.",
    )
    assert payment_of(booking.payment_id).state == "cancelled"
    assert active_slots() == []
    assert told(clara)[-1] == "bookings.declined_customer"


def test_declining_needs_a_reason(clara_asked_ana, ana):
    with pytest.raises(guards.ReasonMissing):
        take_step(by=ana, booking_id=clara_asked_ana.pk, step="decline")
    assert fresh(clara_asked_ana).state == "requested"


def test_a_request_that_nobody_answers_runs_out(clara_asked_ana):
    booking = time_passes(clara_asked_ana, MONDAY_NINE + timedelta(hours=24))

    assert (booking.state, booking.ended_by) == ("expired", "system")
    assert payment_of(booking.payment_id).state == "cancelled"
    assert active_slots() == []


def test_what_is_due_is_done_before_a_step_is_judged(clara_asked_ana, ana):
    with clock.travelling_to(MONDAY_NINE + timedelta(hours=25)), pytest.raises(WrongState):
        take_step(by=ana, booking_id=clara_asked_ana.pk, step="accept")


def test_a_request_can_be_withdrawn(clara_asked_ana, clara):
    booking = steps(clara, clara_asked_ana, "withdraw")

    assert (booking.state, booking.ended_by, booking.refund_minor) == (
        "cancelled",
        "customer",
        65_900,
    )


def test_a_late_cancellation_keeps_what_the_policy_says(clara_booked_ana, clara, ana):
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=10)):
        shown = preview_step(by=clara, booking_id=clara_booked_ana.pk, step="cancel").booking
        assert fresh(clara_booked_ana).state == "confirmed"
        booking = steps(clara, clara_booked_ana, "cancel")

    assert shown.refund_minor == booking.refund_minor == 47_630
    assert (booking.state, booking.kept_bp, booking.money) == ("cancelled", 3_000, "refunded")
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.tip_minor) == (42_630, 5_000)
    assert wallet_of(ana).available == Money("MXN", 17_400)
    assert active_slots() == []


def test_an_early_cancellation_costs_nothing(clara_booked_ana, clara, ana):
    booking = steps(clara, clara_booked_ana, "cancel")

    assert (booking.kept_bp, booking.refund_minor) == (0, 65_900)
    assert not Earning.objects.exists()


def test_a_cancellation_while_the_money_is_being_taken_settles_when_it_comes(
    clara_asked_ana, clara, ana
):
    take_step(by=ana, booking_id=clara_asked_ana.pk, step="accept")
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=3)):
        take_step(by=clara, booking_id=clara_asked_ana.pk, step="cancel")
        booking = fresh(clara_asked_ana)
        assert (booking.state, booking.money) == ("cancelled", "authorised")
        outbox.drain()

    assert fresh(booking).money == "refunded"
    assert Refund.objects.get().total == Money("MXN", 35_450)
    assert wallet_of(ana).available == Money("MXN", 29_000)


def test_a_worker_who_cannot_come_lets_the_customer_choose(clara_booked_ana, clara, ana):
    booking = steps(ana, clara_booked_ana, "cancel", reason="Estoy enferma.")
    assert (booking.state, booking.money) == ("awaiting_choice", "captured")
    assert due(booking, "refund") == MONDAY_NINE + timedelta(hours=24)

    booking = steps(clara, booking, "refund")
    assert (booking.state, booking.refund_minor) == ("cancelled", 65_900)
    assert Refund.objects.get().total == Money("MXN", 65_900)


def test_without_a_choice_the_money_goes_back_by_itself(clara_booked_ana, ana):
    booking = steps(ana, clara_booked_ana, "cancel", reason="Estoy enferma.")
    booking = time_passes(booking, MONDAY_NINE + timedelta(hours=24))

    assert (booking.state, booking.money) == ("cancelled", "refunded")


def test_staff_cancel_with_a_reason_and_a_rate(clara_booked_ana, olga, ana):
    with pytest.raises(guards.RateMissing):
        take_step(
            by=olga,
            booking_id=clara_booked_ana.pk,
            step="cancel",
            facts=Facts(reason="Tormenta en la ciudad."),
        )
    with pytest.raises(guards.ReasonMissing):
        take_step(
            by=olga,
            booking_id=clara_booked_ana.pk,
            step="cancel",
            facts=Facts(reason="Lluvia", rate_bp=0),
        )
    assert fresh(clara_booked_ana).state == "confirmed"

    booking = steps(olga, clara_booked_ana, "cancel", reason="Tormenta en la ciudad.", rate_bp=5000)
    assert (booking.ended_by, booking.kept_bp, booking.refund_minor) == ("staff", 5_000, 35_450)


def test_the_visit_from_the_door_to_the_wallet(at_the_door, clara, ana):
    booking = at_the_door
    assert booking.arrived_at == WEDNESDAY_TEN - timedelta(minutes=5)

    booking = steps(ana, booking, "check_in", pin=codes_of(booking.pk).start_pin)
    assert (booking.state, booking.check_in_source) == ("in_progress", "pin")
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=90)):
        booking = steps(ana, booking, "check_out", note="Canela feliz.")
        assert (booking.state, booking.flagged) == ("delivered", False)
        assert wallet_of(ana).pending == Money("MXN", 51_040)
        assert due(booking, "auto_complete") == clock.now() + timedelta(hours=24)
        booking = steps(clara, booking, "confirm")

    assert booking.state == "completed"
    assert wallet_of(ana).available == Money("MXN", 56_040)
    assert Worker.objects.get().jobs_done == 1
    assert told(ana)[-1] == "bookings.completed_worker"
    assert told(clara)[-2:] == ["bookings.delivered_customer", "bookings.completed_customer"]


def test_silence_confirms_after_a_day(at_the_door, clara, ana):
    booking = steps(ana, at_the_door, "check_in", pin=codes_of(at_the_door.pk).start_pin)
    booking = steps(ana, booking, "check_out")
    booking = time_passes(booking, clock.now() + timedelta(hours=24))

    assert booking.state == "completed"
    assert wallet_of(ana).available == Money("MXN", 56_040)


def test_wrong_pins_are_counted_and_then_even_the_right_one_waits(at_the_door, ana):
    right = codes_of(at_the_door.pk).start_pin
    wrong = "0000" if right != "0000" else "1111"

    def tries(pin):
        return take_step(by=ana, booking_id=at_the_door.pk, step="check_in", facts=Facts(pin=pin))

    left = [tries(wrong).refusal.details["left"] for _ in range(4)]
    assert left == [4, 3, 2, 1]
    assert isinstance(tries(wrong).refusal, guards.PinLocked)
    assert isinstance(tries(right).refusal, guards.PinLocked)
    assert fresh(at_the_door).state == "confirmed"
    with clock.travelling_to(clock.now() + timedelta(minutes=16)):
        assert tries(right).ok


def test_nobody_begins_too_early(clara_booked_ana, ana, clara):
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(minutes=31)):
        for actor in (ana, clara):
            with pytest.raises(guards.TooEarly):
                take_step(by=actor, booking_id=clara_booked_ana.pk, step="check_in")
    assert fresh(clara_booked_ana).state == "confirmed"


def test_the_customer_can_start_the_visit_without_a_pin(at_the_door, clara):
    booking = steps(clara, at_the_door, "check_in")
    assert (booking.state, booking.check_in_source) == ("in_progress", "customer_link")


def test_staff_can_start_the_visit_with_a_reason(at_the_door, olga):
    with pytest.raises(guards.ReasonMissing):
        take_step(by=olga, booking_id=at_the_door.pk, step="check_in")
    booking = steps(olga, at_the_door, "check_in", reason="El teléfono de Clara no enciende.")
    assert booking.check_in_source == "staff"


def test_a_visit_that_nobody_ended_is_flagged_two_hours_after(at_the_door, clara):
    booking = steps(clara, at_the_door, "check_in")
    booking = time_passes(booking, booking.ends_at + timedelta(hours=2))

    assert (booking.state, booking.flagged) == ("delivered", True)
    assert due(booking, "auto_complete") == booking.ends_at + timedelta(hours=2 + 48)


def test_a_visit_that_nobody_started_is_asked_about_a_day_later(clara_booked_ana, ana):
    booking = time_passes(clara_booked_ana, clara_booked_ana.ends_at + timedelta(hours=24))

    assert (booking.state, booking.flagged) == ("delivered", True)
    assert told(ana)[-1] == "bookings.unverified_worker"


def test_both_are_reminded_a_day_and_two_hours_before_once_each(clara_booked_ana, clara, ana):
    for hours, reminders in ((25, 0), (24, 1), (24, 1), (3, 1), (2, 2), (1, 2)):
        time_passes(clara_booked_ana, WEDNESDAY_TEN - timedelta(hours=hours))
        assert told(clara).count("bookings.reminder_customer") == reminders
        assert told(ana).count("bookings.reminder_worker") == reminders


def test_a_stale_version_is_refused(clara_booked_ana, clara):
    with pytest.raises(guards.VersionConflict):
        take_step(by=clara, booking_id=clara_booked_ana.pk, step="cancel", expected_version=1)
    assert fresh(clara_booked_ana).state == "confirmed"


def test_strangers_find_nothing(clara_booked_ana, carla):
    with pytest.raises(NotFound):
        take_step(by=carla, booking_id=clara_booked_ana.pk, step="cancel")


@pytest.mark.parametrize("step", ["accept", "confirm", "check_out", "dispute", "take", "create"])
def test_a_refused_step_leaves_no_trace(clara_booked_ana, clara, step):
    before = (rows(Booking), rows(StepTaken), rows(Timer), rows(Occupancy))
    with pytest.raises((WrongState, NotYourStep)):
        move(by=clara, booking_id=clara_booked_ana.pk, step=step)
    outbox.drain()

    assert (rows(Booking), rows(StepTaken), rows(Timer), rows(Occupancy)) == before


def test_the_log_tells_the_whole_story(job_done):
    log = StepTaken.objects.filter(booking=job_done).order_by("version")

    assert [(each.step, each.state, each.actor_role) for each in log] == [
        ("create", "pending_payment", "customer"),
        ("pay_ok", "confirmed", "psp"),
        ("check_in", "in_progress", "worker"),
        ("check_out", "delivered", "worker"),
        ("confirm", "completed", "customer"),
    ]
