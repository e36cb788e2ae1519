"""Three workers who do not want to meet a customer again: a person looks, nothing else happens."""

from datetime import UTC, datetime, timedelta

from kernel import clock
from kernel.actor import Actor, Role
from marketplace.catalog.models import Worker
from marketplace.matching.actions.part import part
from marketplace.matching.rules.avoided import needs_a_look
from tenants.support.models import Case
from tests.support.worlds import joins
from tests.support.worlds_market import NOW, applies

AT = datetime(2026, 9, 1, tzinfo=UTC)


def days_ago(*days):
    return {str(number): AT - timedelta(days=each) for number, each in enumerate(days)}


def test_three_different_workers_within_180_days_are_so_many():
    assert needs_a_look(blocked_at=days_ago(0, 90, 180), at=AT)
    assert not needs_a_look(blocked_at=days_ago(0, 90, 181), at=AT)
    assert not needs_a_look(blocked_at=days_ago(0, 90), at=AT)


def test_a_person_is_asked_to_look_once_and_the_customer_stays_as_they_were(
    patitas_is_stocked, clara
):
    def says_no(name: str) -> None:
        worker = applies(name)
        by = Actor(role=Role.WORKER, member_id=worker.member_id)
        part(by=by, worker_id=worker.pk, customer_id=clara.member_id)

    with clock.travelling_to(NOW):
        for name in ("ana", "beto"):
            says_no(name)
        worker = Worker.objects.first()
        part(by=clara, worker_id=worker.pk, customer_id=clara.member_id)
        assert not Case.objects.exists()
        for name in ("caro", "dani"):
            says_no(name)
    case = Case.objects.get()
    assert (case.kind, case.person_id, case.about_id) == (
        *("customer_avoided", clara.member_id),
        clara.member_id,
    )
    assert joins("clara", Role.CUSTOMER) == clara
