"""A worker who lost the account at the payment company finds the way to the bank, at 360 px."""

import pytest

from kernel.actor import Role
from kernel.edge import working_for
from payments.models import Payee
from simulators.stripe.resources import accounts
from tests.browser.eyes import follow, look
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_bank import CLABE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


@pytest.mark.parametrize("width", [360, 1280])
def test_a_lost_account_leads_to_the_banks_form(patitas, stripe_sandbox, phone_of, width):
    stripe_sandbox.onboards(joins("ana", Role.WORKER))
    accounts.deauthorize(stripe_sandbox.engine.world, stripe_sandbox.rows("accounts")[-1])
    stripe_sandbox.deliver()

    hers = phone_of("ana", width=width)
    hers.goto("/wallet/account/")
    look(hers, f"rail-lost-{width}")
    follow(hers, hers.get_by_role("link", name="Escribir mi número de cuenta"))
    look(hers, f"rail-form-{width}")
    hers.get_by_label("CLABE").fill(CLABE)
    hers.get_by_label("Nombre del titular").fill("Ana Prueba")
    hers.get_by_role("button", name="Guardar mi cuenta").click()
    hers.wait_for_url("**/wallet/account/")
    look(hers, f"rail-saved-{width}")
    assert Payee.objects.get().provider == "manual_bank"
