"""The people of the demo can sign in with what its table shows, and one service takes cash."""

import pytest

from config.demo.opening import Stage, let_one_be_paid_in_cash
from config.demo.people import BUSINESSES, PATITAS
from marketplace.catalog.models import Service
from tenants.tenancy.rules.contacts import clean_phone
from tests.support.worlds_market import plant_niche


@pytest.mark.parametrize("business", BUSINESSES, ids=lambda each: each.opening.name)
def test_every_phone_of_the_demo_is_one_that_signing_in_takes(business):
    for number in range(100):
        phone = f"{business.phone_prefix}{number:02d}"
        assert clean_phone(phone, region=business.opening.country) == phone


def test_one_service_of_the_demo_may_be_paid_in_cash(patitas, olga):
    plant_niche(niche=patitas.niche)
    stage = Stage(business=PATITAS, tenant=patitas, owner=olga, moderators=[])

    let_one_be_paid_in_cash(stage)

    (service,) = Service.objects.filter(cash=True)
    assert (service.active, service.payment) == (True, "at_booking")
