"""The people of the demo can sign in with what its table shows."""

import pytest

from config.demo.people import BUSINESSES
from tenants.tenancy.rules.contacts import clean_phone


@pytest.mark.parametrize("business", BUSINESSES, ids=lambda each: each.opening.name)
def test_every_phone_of_the_demo_is_one_that_signing_in_takes(business):
    for number in range(100):
        phone = f"{business.phone_prefix}{number:02d}"
        assert clean_phone(phone, region=business.opening.country) == phone
