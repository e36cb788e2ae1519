"""The office gives back what a cancellation kept: the business pays, the worker keeps it."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.errors import NotAllowed
from kernel.money import Money
from marketplace.bookings.actions.waive import waive
from marketplace.bookings.rules import guards
from marketplace.bookings.rules.cancellation import NothingToWaive, TooLateToWaive
from payments.models import Refund
from payments.queries import wallet_of
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import WEDNESDAY_TEN, fresh, steps

WHY = "Clara estaba en el hospital."


@pytest.fixture
def cancelled_late(clara_booked_ana, clara):
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=10)):
        return steps(clara, clara_booked_ana, "cancel")


def test_what_was_kept_goes_back_and_the_worker_keeps_it(cancelled_late, ana, olga):
    with clock.travelling_to(WEDNESDAY_TEN):
        office = signed_in_client("olga", strong=True)
        path = f"/office/bookings/{cancelled_late.pk}/"
        assert "Devolver lo retenido" in office.get(path).content.decode()
        assert office.post(f"{path}waive/", {"waive-reason": WHY}).status_code == 302
    booking = fresh(cancelled_late)
    assert (booking.kept_bp, booking.refund_minor) == (0, 65_900)
    assert wallet_of(ana).available == Money("MXN", 17_400)
    latest = Refund.objects.latest("pk")
    assert (latest.total, latest.loss_minor) == (Money("MXN", 18_270), 17_400)
    with clock.travelling_to(WEDNESDAY_TEN), pytest.raises(NothingToWaive):
        waive(by=olga, booking_id=booking.pk, reason=WHY)


@pytest.mark.parametrize(
    ("days", "reason", "refusal"),
    [(8, WHY, TooLateToWaive), (1, "Corto", guards.ReasonMissing)],
)
def test_after_a_week_or_without_a_reason_nothing_changes(
    cancelled_late, olga, days, reason, refusal
):
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(days=days)), pytest.raises(refusal):
        waive(by=olga, booking_id=cancelled_late.pk, reason=reason)
    assert fresh(cancelled_late).version == cancelled_late.version
    assert Refund.objects.count() == 1


def test_only_the_office_does_it(cancelled_late, clara):
    with pytest.raises(NotAllowed):
        waive(by=clara, booking_id=cancelled_late.pk, reason=WHY)
