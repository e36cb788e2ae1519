"""Somebody else comes for the same price; a worker leaves a place that is not safe."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.actor import Role
from kernel.money import Money
from marketplace.bookings.actions.effects_hand_over import substitutes_for
from marketplace.bookings.actions.set_rule import RuleFields, set_rule
from marketplace.bookings.models import Booking
from marketplace.bookings.rules.changes import NoSubstitute
from marketplace.bookings.rules.commission import Kind
from marketplace.catalog.models import WorkerService
from marketplace.matching.models import Occupancy
from payments.queries import wallet_of
from tenants.identity.queries import codes_of
from tenants.support.actions.contact import contact
from tenants.support.actions.resolve import resolve
from tenants.support.models import Case
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bookings import WEDNESDAY_TEN, booked, fresh, steps, time_passes
from tests.support.worlds_market import works

HOUR = timedelta(hours=1)


@pytest.fixture
def bea(offer) -> WorkerService:
    """Bea does the same, and keeps all of it: her commission is nothing."""
    (hers,) = works("bea")
    return hers


@pytest.fixture
def ana_cannot(clara_booked_ana, bea, ana, olga) -> Booking:
    nothing = RuleFields(kind=Kind.WORKER_COMMISSION, rate_bp=0, worker_id=bea.worker_id)
    set_rule(by=olga, fields=nothing)
    return steps(ana, clara_booked_ana, "cancel", reason="Estoy enferma.")


def test_somebody_else_comes_for_the_same_total_under_her_own_rules(ana_cannot, bea, clara, ana):
    before = codes_of(ana_cannot.pk)
    assert [each.pk for each in substitutes_for(ana_cannot)] == [bea.pk]
    booking = steps(clara, ana_cannot, "substitute", worker_service_id=bea.pk)

    assert (booking.state, booking.worker_id, booking.money) == (
        "confirmed",
        bea.worker_id,
        "captured",
    )
    assert (booking.total, booking.worker_minor, booking.commission_minor) == (
        ana_cannot.total,
        58_000,
        0,
    )
    assert codes_of(booking.pk) != before
    (slot,) = Occupancy.objects.filter(active=True)
    assert (slot.worker_id, slot.starts_at) == (bea.worker_id, WEDNESDAY_TEN)
    with clock.travelling_to(WEDNESDAY_TEN):
        steps(clara, booking, "check_in")
        booking = steps(joins("bea", Role.WORKER), booking, "check_out")
        steps(clara, booking, "confirm")
    assert wallet_of(joins("bea", Role.WORKER)).available == Money("MXN", 63_000)


def test_the_page_offers_who_could_come(ana_cannot, bea, clara):
    client = signed_in_client("clara")
    page = client.get(f"/bookings/{ana_cannot.code}/").content.decode()
    assert "Otra persona, a la misma hora" in page
    assert "Estoy enferma." in page
    path = f"/bookings/{ana_cannot.code}/do/substitute/"
    assert client.post(path, {"worker_service_id": str(bea.pk)}).status_code == 302
    assert fresh(ana_cannot).worker_id == bea.worker_id


def test_who_is_busy_dearer_or_unknown_does_not_come(ana_cannot, bea, clara, offer):
    with pytest.raises(NoSubstitute):
        steps(clara, ana_cannot, "substitute", worker_service_id=offer.pk)
    WorkerService.objects.filter(pk=bea.pk).update(price_minor=50_001)
    assert substitutes_for(ana_cannot) == []
    WorkerService.objects.filter(pk=bea.pk).update(price_minor=None)
    diego = joins("diego", Role.CUSTOMER)
    booked(diego, bea)
    assert substitutes_for(ana_cannot) == []
    assert fresh(ana_cannot).state == "awaiting_choice"


@pytest.fixture
def left(at_the_door, clara, ana) -> Booking:
    booking = steps(clara, at_the_door, "check_in")
    return steps(ana, booking, "leave_unsafe", reason="Un hombre me cerró la puerta.")


def test_who_leaves_is_called_at_once_and_paid_after_three_days(left, ana, clara):
    assert (left.state, left.unsafe) == ("completed", True)
    case = Case.objects.get(kind="left_unsafe")
    assert (case.priority, case.person_id) == ("P1", ana.member_id)
    assert wallet_of(ana).available == Money("MXN", 0)
    seen = signed_in_client("clara").get(f"/api/v1/bookings/{left.pk}").json()
    assert "puerta" not in str(seen)

    time_passes(left, left.entered_at + 72 * HOUR)
    assert wallet_of(ana).available == Money("MXN", 56_040)


def test_the_case_is_closed_and_the_money_is_there(left, ana, olga):
    case = Case.objects.get(kind="left_unsafe")
    contact(by=olga, case_id=case.pk)
    resolve(by=olga, case_id=case.pk, root_cause="service", action="Hablamos con ambos.")
    time_passes(left, left.entered_at + HOUR)
    assert wallet_of(ana).available == Money("MXN", 56_040)
