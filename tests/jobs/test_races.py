"""Many at once: as many offers as the job takes, and one booking whoever is chosen."""

import pytest

from kernel import clock
from kernel.actor import Role
from kernel.edge import working_for
from marketplace.bookings.models import Booking
from marketplace.catalog.models import Service
from marketplace.jobs.actions.choose_offer import Where, choose_offer
from marketplace.jobs.models import Job, JobOffer
from payments.models import Payment
from tests.bookings.test_races import at_once
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_bookings import MONDAY_NINE, WEDNESDAY_TEN
from tests.support.worlds_jobs import AT_NOON, offered, posted
from tests.support.worlds_market import asks_for_no_documents, plant_niche, settled, works

pytestmark = pytest.mark.django_db(transaction=True)
WHERE = Where(address="Orizaba 101, Roma Norte")


def test_seven_offer_at_once_five_are_taken_and_of_two_choices_one_is_booked():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk), clock.travelling_to(MONDAY_NINE):
        plant_niche(niche=tenant.niche)
        asks_for_no_documents()
        Service.objects.filter(slug="walk-60").update(booking_mode="post", pricing="quoted")
        names = [f"persona{number}" for number in range(7)]
        for name in names:
            works(name)
        settled()
        clara = joins("clara", Role.CUSTOMER)
        job = posted(clara, Service.objects.get(slug="walk-60"))

        made = at_once(tenant, [lambda name=name: offered(name, job) for name in names])

        assert sorted(each if isinstance(each, str) else "sent" for each in made) == (
            ["job.full"] * 2 + ["sent"] * 5
        )
        places = JobOffer.objects.order_by("place").values_list("place", flat=True)
        assert list(places) == [1, 2, 3, 4, 5]

        first, second = JobOffer.objects.order_by("place")[:2]
        tries = [
            lambda offer=offer, at=at: choose_offer(
                by=clara, offer_id=offer.pk, starts_at=at, where=WHERE
            )
            for offer, at in ((first, WEDNESDAY_TEN), (second, AT_NOON))
        ]
        chosen = at_once(tenant, tries)

        assert sorted(each if isinstance(each, str) else "booked" for each in chosen) == [
            *("booked", "wrong_state"),
        ]
        assert (Booking.objects.count(), Payment.objects.count()) == (1, 1)
        states = sorted(JobOffer.objects.values_list("state", flat=True))
        assert states == ["accepted", "lost", "lost", "lost", "lost"]
        assert Job.objects.get().state == "awarded"
