"""Customer and worker disagree: what is contested rests, and the money follows the outcome."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.money import Money
from marketplace.bookings.actions.take_step import take_step
from marketplace.bookings.models import Dispute
from marketplace.bookings.rules import disputes, no_show
from payments.models import Hold, Refund
from payments.queries import wallet_of
from tenants.support.models import Case
from tests.support.worlds_bookings import WEDNESDAY_TEN, fresh, steps, time_passes

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
AFTER = WEDNESDAY_TEN + 3 * HOUR
HALF_DONE = {"about": "partial", "words": "El baño quedó a medias.", "amount_minor": 20_000}


def mxn(minor):
    return Money("MXN", minor)


@pytest.fixture
def disputed(job_done, clara):
    with clock.travelling_to(AFTER):
        return steps(clara, job_done, "dispute", **HALF_DONE)


def held():
    return [(hold.reason, hold.remaining_minor) for hold in Hold.objects.all()]


def test_only_the_worker_s_part_of_what_is_contested_rests_and_no_tip(disputed, ana):
    assert (disputed.state, held()) == ("disputed", [("review", 17_600)])
    assert wallet_of(ana).available == mxn(56_040 - 17_600)


def test_the_worker_was_at_fault_and_pays_the_worked_example(disputed, olga, ana):
    with clock.travelling_to(AFTER):
        booking = steps(
            olga,
            disputed,
            "resolve",
            outcome="partial",
            amount_minor=20_000,
            fault="worker",
            reason="Las fotos muestran el baño a medias.",
        )
    assert (booking.state, booking.refund_minor) == ("resolved", 21_000)
    found = Dispute.objects.get()
    assert (found.refund_minor, found.debit_minor, found.closed_by) == (21_000, 17_600, "staff")
    refund = Refund.objects.get()
    assert (refund.total, refund.worker_minor, refund.fault) == (mxn(21_000), 17_600, "worker")
    assert held() == [("review", 0)]
    assert wallet_of(ana).available == mxn(56_040 - 17_600)


@pytest.mark.parametrize(
    ("outcome", "fault", "back"),
    [("goodwill", "none", 21_000), ("partial", "platform", 21_000), ("dismissed", "none", 0)],
)
def test_without_the_worker_s_fault_the_worker_keeps_everything(
    disputed, olga, ana, outcome, fault, back
):
    with clock.travelling_to(AFTER):
        booking = steps(
            olga,
            disputed,
            "resolve",
            outcome=outcome,
            amount_minor=20_000,
            fault=fault,
            reason="Nadie tuvo la culpa de esto.",
        )
    assert (booking.refund_minor, wallet_of(ana).available) == (back, mxn(56_040))
    assert sum(each.total.minor for each in Refund.objects.all()) == back


def test_they_agree_and_nobody_else_is_asked(disputed, clara, ana):
    with clock.travelling_to(AFTER):
        with pytest.raises(disputes.NothingToAgreeTo):
            take_step(by=clara, booking_id=disputed.pk, step="settle")
        booking = steps(ana, disputed, "propose_settlement", outcome="partial", amount_minor=10_000)
        assert booking.dispute.answered_at == AFTER
        with pytest.raises(disputes.NothingToAgreeTo):
            take_step(by=ana, booking_id=disputed.pk, step="settle")
        booking = steps(clara, booking, "settle")

    assert (booking.state, booking.refund_minor, booking.dispute.debit_minor) == (
        "resolved",
        10_500,
        8_800,
    )
    assert wallet_of(ana).available == mxn(56_040 - 8_800)
    assert not Case.objects.filter(kind="dispute").exists()


def test_a_later_proposal_replaces_the_earlier_one(disputed, clara, ana):
    with clock.travelling_to(AFTER):
        for amount in (5_000, 10_000):
            steps(ana, disputed, "propose_settlement", outcome="partial", amount_minor=amount)
        with pytest.raises(disputes.AmountOutside):
            steps(ana, disputed, "propose_settlement", outcome="partial", amount_minor=20_001)
        assert steps(clara, disputed, "settle").refund_minor == 10_500


def test_before_completion_the_rest_is_paid_on_time_and_all_thaws_after_a_fortnight(
    at_the_door, clara, ana
):
    booking = steps(clara, at_the_door, "check_in")
    booking = steps(ana, booking, "check_out")
    booking = steps(clara, booking, "dispute", **HALF_DONE)
    entered = booking.entered_at
    assert (wallet_of(ana).available, held()) == (mxn(0), [("review", 17_600)])

    booking = time_passes(booking, entered + 24 * HOUR)
    assert wallet_of(ana).available == mxn(56_040 - 17_600)
    booking = time_passes(booking, entered + 7 * 24 * HOUR)
    assert Case.objects.get(kind="dispute").priority == "P2"
    booking = time_passes(booking, entered + 14 * 24 * HOUR)
    assert (booking.state, wallet_of(ana).available) == ("disputed", mxn(56_040))


def test_a_week_after_the_visit_it_is_too_late(job_done, clara):
    late = job_done.ends_at + timedelta(days=7, seconds=1)
    with clock.travelling_to(late), pytest.raises(disputes.TooLate):
        steps(clara, job_done, "dispute", **HALF_DONE)
    assert (fresh(job_done).state, Dispute.objects.count(), held()) == ("completed", 0, [])


def test_danger_calls_somebody_at_once(job_done, ana):
    with clock.travelling_to(AFTER):
        asked = {"about": "safety", "words": "El perro me mordió y no había correa."}
        booking = steps(ana, job_done, "dispute", **asked)
    assert (booking.state, booking.dispute.contested_minor, held()) == ("disputed", 0, [])
    assert Case.objects.get(kind="dispute").priority == "P1"


@pytest.fixture
def accused_clara(at_the_door, ana):
    booking = steps(ana, at_the_door, "contact")
    with clock.travelling_to(WEDNESDAY_TEN + 15 * MINUTE):
        return steps(ana, booking, "report_no_show")


@pytest.mark.parametrize(
    ("outcome", "back", "worker"),
    [("dismissed", 17_180, 46_400), ("full", 65_900, 0)],
)
def test_a_contested_report_is_decided_by_the_office(
    accused_clara, clara, ana, olga, outcome, back, worker
):
    with clock.travelling_to(WEDNESDAY_TEN + HOUR):
        with pytest.raises(no_show.OnlyAccused):
            steps(ana, accused_clara, "contest", words="Sí estuve ahí todo el rato.")
        booking = steps(clara, accused_clara, "contest", words="Estuve en casa, nadie tocó.")
        assert (booking.state, booking.money) == ("disputed", "captured")
        booking = steps(
            olga,
            booking,
            "resolve",
            outcome=outcome,
            fault="none",
            reason="El portero lo vio todo.",
        )
    assert (booking.state, booking.money, booking.refund_minor) == ("resolved", "refunded", back)
    assert wallet_of(ana).available == mxn(worker)


def test_a_worker_who_was_there_is_paid(clara_booked_ana, clara, ana, olga):
    with clock.travelling_to(WEDNESDAY_TEN + 20 * MINUTE):
        booking = steps(clara, clara_booked_ana, "report_no_show")
        booking = steps(ana, booking, "contest", words="Estoy aquí, nadie me abre.")
        booking = steps(
            olga,
            booking,
            "resolve",
            outcome="dismissed",
            fault="customer",
            reason="La ubicación confirma que llegó.",
        )
    assert (booking.state, booking.refund_minor) == ("resolved", 0)
    assert wallet_of(ana).available == mxn(56_040)
