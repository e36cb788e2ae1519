"""Money with a thumb, at 360 px: a customer pays, a worker opens an account and cashes out."""

import pytest
from playwright.sync_api import expect

from kernel.actor import Role
from kernel.edge import working_for
from kernel.money import Money
from payments.actions.cash_out import cash_out
from payments.models import Payment, Payout
from tests.browser.eyes import PATIENCE, follow, look, shoot
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_money import done, owes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


def test_from_the_customers_card_to_the_workers_bank(patitas, phone_of, stripe_sandbox):
    ana, clara = joins("ana", Role.WORKER), joins("clara", Role.CUSTOMER)
    hers = phone_of("ana")
    hers.goto("/wallet/")
    look(hers, "wallet-empty")
    follow(hers, hers.get_by_role("link", name="Abrir mi cuenta de cobro"))
    look(hers, "account")
    hers.get_by_role("link", name="Abrir mi cuenta de cobro").click()
    hers.wait_for_url("**/onboarding/**")
    hers.get_by_role("button").first.click()
    hers.wait_for_url("**/wallet/account/")
    expect(hers.get_by_text("Ya puedes cobrar")).to_be_visible(timeout=PATIENCE)
    look(hers, "account-open")

    payment = owes(clara)
    theirs = phone_of("clara")
    theirs.goto(f"/pay/{payment.pk}/return/?cancelled=1")
    look(theirs, "pay-cancelled")
    theirs.get_by_role("link", name="Pagar ahora").click()
    theirs.wait_for_url(f"{stripe_sandbox.url}/pay/**")
    theirs.get_by_role("button").first.click()
    theirs.wait_for_url("**/bookings/")
    payment.refresh_from_db()
    assert payment.state == "captured"

    done(Payment.objects.get(), ana)
    stripe_sandbox.deliver()
    hers.goto("/wallet/")
    look(hers, "wallet-unsettled")
    with stripe_sandbox.later(days=4) as later:
        Payment.objects.update(settles_at=payment.captured_at)
        hers.goto("/wallet/")
        look(hers, "wallet")
        follow(hers, hers.get_by_role("link", name="Retirar"))
        look(hers, "cash-out")
        hers.get_by_role("button", name="Retirar ahora").click()
        hers.wait_for_url("**/wallet/cash-outs/**")
        look(hers, "receipt-requested")
        stripe_sandbox.deliver()
        hers.reload()
        look(hers, "receipt-sent")
        assert Payout.objects.get().state == "submitted"
        assert later
    hers.goto("/wallet/cash-outs/")
    look(hers, "cash-outs")


def test_on_a_wide_screen_the_office_reads_along(patitas, phone_of, stripe_sandbox):
    ana, clara = joins("ana", Role.WORKER), joins("clara", Role.CUSTOMER)
    stripe_sandbox.onboards(ana)
    done(stripe_sandbox.pays(clara, owes(clara)), ana)
    stripe_sandbox.deliver()
    Payment.objects.update(settles_at=Payment.objects.get().captured_at)
    cash_out(by=ana, amount=Money("MXN", 10_000), option="free", key="k")
    worker, owner = phone_of("ana", width=1280), phone_of("olga", width=1280, strong=True)

    worker.goto("/wallet/")
    look(worker, "wallet-wide")
    owner.goto("/office/payouts/")
    expect(owner.get_by_text("Ana P.").first).to_be_visible(timeout=PATIENCE)
    shoot(owner, "office-payouts")
    owner.goto("/office/payments/")
    expect(owner.get_by_text("Paseo de una hora")).to_be_visible(timeout=PATIENCE)
