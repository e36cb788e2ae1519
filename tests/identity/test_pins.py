"""The codes of a visit and what guessing costs."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kernel import clock
from kernel.errors import NotFound
from kernel.ids import uuid7
from tenants.identity import queries
from tenants.identity.actions.check_pin import TooEarly, VisitOver, check_pin, vouch
from tenants.identity.actions.end_visit import end_visit
from tenants.identity.actions.expect_visit import expect_visit
from tenants.identity.models import Visit
from tenants.identity.rules import pins
from tenants.identity.rules.pins import Verdict

AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
KEY = bytes(range(32))
VISIT = UUID("01936f6e-0000-7000-8000-000000000001")


@pytest.fixture
def visit(ana, clara):
    with clock.travelling_to(AT):
        yield expected(ana, clara)


def expected(worker, customer, *, visit_id=None, starts_at=AT):
    return expect_visit(
        visit_id=visit_id or uuid7(),
        holder_id=worker.member_id,
        customer_id=customer.member_id,
        reference="7K3Q9D2X",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        zone="America/Mexico_City",
    )


def wrong(visit):
    right = queries.codes_of(visit.pk).start_pin
    return "0000" if right != "0000" else "1111"


def test_codes_are_four_digits_of_an_hmac_and_change_with_each_generation():
    first = pins.code(KEY, "visit", VISIT, 1)

    assert first == "2324"
    assert pins.code(KEY, "start", VISIT, 1) == "9163"
    assert pins.code(KEY, "visit", VISIT, 2) != first


def test_equal_codes_raise_the_generation():
    visit_id = next(
        candidate
        for candidate in (UUID(int=number) for number in range(100_000))
        if pins.code(KEY, "visit", candidate, 1) == pins.code(KEY, "start", candidate, 1)
    )

    assert pins.distinct_gen(KEY, visit_id, 1) == 2


def test_expecting_the_same_visit_again_keeps_its_codes(visit, ana, clara):
    before = queries.codes_of(visit.pk)

    expected(ana, clara, visit_id=visit.pk, starts_at=AT + timedelta(hours=1))

    assert queries.codes_of(visit.pk).start_pin == before.start_pin
    assert queries.codes_of(visit.pk).visit_code != before.start_pin
    assert Visit.objects.get().starts_at == AT + timedelta(hours=1)


def test_another_day_or_another_worker_means_new_codes(visit, ana, clara, olga):
    first = queries.codes_of(visit.pk)
    link = queries.visit_link(visit.pk)

    expected(ana, clara, visit_id=visit.pk, starts_at=AT + timedelta(days=1))
    second = queries.codes_of(visit.pk)
    expected(olga, clara, visit_id=visit.pk, starts_at=AT + timedelta(days=1))

    assert [Visit.objects.get().gen, first != second] == [3, True]
    assert queries.codes_of(visit.pk) != second
    assert queries.visit_link(visit.pk) == link


def test_the_right_pin_proves_the_visit(visit, ana):
    outcome = check_pin(by=ana, visit_id=visit.pk, pin=queries.codes_of(visit.pk).start_pin)

    assert (outcome.ok, outcome.method) == (True, "pin")
    assert check_pin(by=ana, visit_id=visit.pk, pin="again").ok


def test_five_wrong_pins_lock_for_a_quarter_of_an_hour_against_the_right_one_too(visit, ana):
    right = queries.codes_of(visit.pk).start_pin
    verdicts = [check_pin(by=ana, visit_id=visit.pk, pin=wrong(visit)) for _ in range(5)]

    assert [each.verdict for each in verdicts] == [Verdict.WRONG] * 4 + [Verdict.LOCKED]
    assert [each.left for each in verdicts] == [4, 3, 2, 1, 5]
    assert verdicts[-1].until == AT + timedelta(minutes=15)
    assert check_pin(by=ana, visit_id=visit.pk, pin=right).verdict == Verdict.LOCKED
    with clock.travelling_to(AT + timedelta(minutes=15)):
        assert check_pin(by=ana, visit_id=visit.pk, pin=right).ok


def test_after_ten_wrong_pins_only_the_customer_can_open_the_visit(visit, ana):
    right = queries.codes_of(visit.pk).start_pin
    for number in range(10):
        with clock.travelling_to(AT + timedelta(minutes=16 * (number // 5))):
            last = check_pin(by=ana, visit_id=visit.pk, pin=wrong(visit))

    assert last.verdict == Verdict.FALLBACK_ONLY
    with clock.travelling_to(AT + timedelta(hours=1)):
        assert not check_pin(by=ana, visit_id=visit.pk, pin=right).ok
        vouch(visit_id=visit.pk, method=Visit.CUSTOMER_LINK)
        assert check_pin(by=ana, visit_id=visit.pk, pin="").method == "customer_link"


def test_nobody_else_may_type_the_pin(visit, clara):
    with pytest.raises(NotFound):
        check_pin(by=clara, visit_id=visit.pk, pin=queries.codes_of(visit.pk).start_pin)
    assert Visit.objects.get().proved_at is None


def test_a_customer_cannot_open_a_visit_hours_before_or_once_it_is_over(visit):
    with clock.travelling_to(AT - timedelta(minutes=31)), pytest.raises(TooEarly):
        vouch(visit_id=visit.pk, method=Visit.CUSTOMER_LINK)
    end_visit(visit_id=visit.pk)
    with pytest.raises(VisitOver):
        vouch(visit_id=visit.pk, method=Visit.CUSTOMER_LINK)
    assert Visit.objects.get().proved_at is None
