"""A visit moves, or somebody does not come: calendar, codes, timers and money follow."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.money import Money
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.models import TimeProposal
from marketplace.bookings.queries import story_of
from marketplace.bookings.rules import changes
from marketplace.bookings.rules.process import WrongState
from marketplace.catalog.models import Service
from marketplace.matching.models import Occupancy
from marketplace.matching.rules.occupancy import SlotTaken
from payments.models import Refund
from payments.queries import wallet_of
from tests.support.worlds_bookings import WEDNESDAY_TEN, booked, fresh, steps, time_passes

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NOON = WEDNESDAY_TEN + 2 * HOUR


def taken():
    """Return what is taken of the calendar, as hours after ten and what for."""
    rows = Occupancy.objects.filter(active=True).order_by("during")
    return [(row.ref.partition(":")[0], (row.starts_at - WEDNESDAY_TEN) / HOUR) for row in rows]


def test_a_customer_moves_an_instant_visit_at_once_while_it_is_free_to_cancel(
    clara_booked_ana, clara
):
    before = clara_booked_ana
    booking = steps(clara, before, "propose_time", starts_at=NOON)

    assert (booking.state, booking.starts_at, booking.moves) == ("confirmed", NOON, 1)
    assert booking.ends_at - booking.starts_at == before.ends_at - before.starts_at
    assert (booking.total, booking.least_kept_bp) == (before.total, 0)
    assert taken() == [("quote", 2.0)]
    (moved,) = [each for each in story_of(booking) if each.code == "moved"]
    assert (moved.was, moved.becomes) == (WEDNESDAY_TEN, NOON)
    booking = time_passes(booking, NOON + timedelta(hours=25.5))
    assert (booking.state, booking.flagged) == ("delivered", True)


def test_moving_half_an_hour_is_no_clash_with_oneself(clara_booked_ana, clara):
    booking = steps(clara, clara_booked_ana, "propose_time", starts_at=WEDNESDAY_TEN + 30 * MINUTE)
    assert (booking.moves, taken()) == (1, [("quote", 0.5)])


def test_a_worker_s_proposal_holds_the_time_until_the_customer_agrees(clara_booked_ana, clara, ana):
    booking = steps(ana, clara_booked_ana, "propose_time", starts_at=NOON, reason="Voy tarde.")
    assert (booking.starts_at, taken()) == (WEDNESDAY_TEN, [("quote", 0.0), ("move", 2.0)])
    with pytest.raises(changes.NotYoursToAnswer):
        take_step(by=ana, booking_id=booking.pk, step="answer_time", facts=Facts(agree=True))

    booking = steps(clara, booking, "answer_time", agree=True)
    assert (booking.starts_at, booking.moves, taken()) == (NOON, 1, [("quote", 2.0)])


@pytest.mark.parametrize("answered", [True, False])
def test_a_no_and_silence_both_keep_the_old_time(clara_booked_ana, clara, ana, answered):
    booking = steps(ana, clara_booked_ana, "propose_time", starts_at=NOON)
    if answered:
        booking = steps(clara, booking, "answer_time", agree=False)
    else:
        booking = time_passes(booking, TimeProposal.objects.get().until)

    assert (booking.state, booking.starts_at, booking.moves) == ("confirmed", WEDNESDAY_TEN, 0)
    assert (TimeProposal.objects.get().state, taken()) == ("refused", [("quote", 0.0)])
    with pytest.raises(changes.NothingProposed):
        take_step(by=clara, booking_id=booking.pk, step="answer_time", facts=Facts(agree=True))


def test_a_move_in_a_charged_tier_asks_the_worker_and_is_not_forgotten(
    clara_booked_ana, clara, ana
):
    with clock.travelling_to(WEDNESDAY_TEN - 10 * HOUR):
        next_day = WEDNESDAY_TEN + 24 * HOUR
        booking = steps(clara, clara_booked_ana, "propose_time", starts_at=next_day)
        assert booking.moves == 0
        booking = steps(ana, booking, "answer_time", agree=True)
        assert (booking.starts_at, booking.least_kept_bp) == (next_day, 3_000)
        booking = steps(clara, booking, "cancel")
    assert (booking.kept_bp, booking.refund_minor) == (3_000, 47_630)


def test_a_time_that_is_taken_or_none_is_refused_and_nothing_moves(clara_booked_ana, clara, offer):
    other = booked(clara, offer, starts_at=NOON)
    for asked in (NOON, WEDNESDAY_TEN, WEDNESDAY_TEN - 60 * HOUR):
        with pytest.raises((SlotTaken, changes.SameTime)):
            steps(clara, clara_booked_ana, "propose_time", starts_at=asked)
    assert fresh(clara_booked_ana).version == clara_booked_ana.version
    assert not TimeProposal.objects.exists()
    assert (taken(), other.starts_at) == ([("quote", 0.0), ("quote", 2.0)], NOON)


def test_staff_need_both_and_a_reason(clara_booked_ana, clara, ana, olga):
    booking = steps(olga, clara_booked_ana, "propose_time", starts_at=NOON, reason="Corte de luz.")
    booking = steps(ana, booking, "answer_time", agree=True)
    assert booking.starts_at == WEDNESDAY_TEN
    assert steps(clara, booking, "answer_time", agree=True).starts_at == NOON


def test_what_was_proposed_is_let_go_when_the_visit_is_cancelled(clara_booked_ana, clara, ana):
    booking = steps(ana, clara_booked_ana, "propose_time", starts_at=NOON)
    steps(clara, booking, "cancel")
    assert (taken(), TimeProposal.objects.get().state) == ([], "lapsed")


def test_nobody_opens_and_the_worker_is_paid_by_the_policy(at_the_door, clara, ana):
    booking = steps(ana, at_the_door, "contact")
    with clock.travelling_to(WEDNESDAY_TEN + 15 * MINUTE):
        booking = steps(ana, booking, "report_no_show")
    assert (booking.state, booking.accused) == ("no_show_reported", "customer")
    booking = time_passes(booking, WEDNESDAY_TEN + 15 * MINUTE + 24 * HOUR)

    assert (booking.state, booking.kept_bp, booking.refund_minor) == ("no_show", 8_000, 17_180)
    assert (booking.money, Refund.objects.get().total) == ("refunded", Money("MXN", 17_180))
    assert wallet_of(ana).available == Money("MXN", 46_400)
    assert taken() == []


def test_the_worker_does_not_come_and_all_of_it_goes_back(clara_booked_ana, clara):
    with clock.travelling_to(WEDNESDAY_TEN + 20 * MINUTE):
        booking = steps(clara, clara_booked_ana, "report_no_show")
    booking = time_passes(booking, WEDNESDAY_TEN + 50 * MINUTE)

    assert (booking.state, booking.accused, booking.kept_bp) == ("no_show", "worker", 0)
    assert (booking.money, booking.refund_minor) == ("refunded", 65_900)


def test_they_meet_after_all(clara_booked_ana, clara, ana):
    with clock.travelling_to(WEDNESDAY_TEN + 20 * MINUTE):
        booking = steps(clara, clara_booked_ana, "report_no_show")
        back = steps(clara, booking, "withdraw_report")
        assert (back.state, back.accused) == ("confirmed", "")
        booking = steps(clara, back, "report_no_show")
        assert steps(clara, booking, "check_in").state == "in_progress"
    with pytest.raises(WrongState):
        take_step(by=clara, booking_id=booking.pk, step="withdraw_report")


def test_a_request_is_moved_only_with_the_worker_s_word(clara_booked_ana, clara, offer):
    Service.objects.filter(pk=offer.service_id).update(booking_mode="request")
    type(clara_booked_ana).objects.update(mode="request")
    booking = steps(clara, clara_booked_ana, "propose_time", starts_at=NOON)
    assert (booking.starts_at, taken()) == (WEDNESDAY_TEN, [("quote", 0.0), ("move", 2.0)])
