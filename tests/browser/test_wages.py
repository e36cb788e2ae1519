"""Wages with a thumb, at 360 px: what rests and why, calling off, a freeze and its answer."""

import pytest
from playwright.sync_api import expect

from kernel import clock
from kernel.actor import SYSTEM, Role
from kernel.edge import working_for
from kernel.money import Money
from payments.actions.cash_out import cash_out
from payments.actions.freeze import freeze
from payments.actions.fund_float import fund_float
from payments.actions.hold import open_hold
from payments.actions.stop_rail import stop_rail
from payments.models import Freeze, Payee, Payment, Payout
from tests.browser.eyes import PATIENCE, follow, look, shoot
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_money import done, member_id, owes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


@pytest.fixture
def earned(patitas, stripe_sandbox):
    """Ana earned twice; one charge has settled, of the other 50 pesos rest for a review."""
    ana, clara = joins("ana", Role.WORKER), joins("clara", Role.CUSTOMER)
    stripe_sandbox.onboards(ana)
    for _ in range(2):
        done(stripe_sandbox.pays(clara, owes(clara)), ana)
    stripe_sandbox.deliver()
    first = Payment.objects.order_by("pk").first()
    Payment.objects.filter(pk=first.pk).update(settles_at=clock.now())
    open_hold(
        member_id=member_id(ana),
        amount=Money("MXN", 5_000),
        reason="review",
        until=None,
        about="review:1",
        sources=("worker_available",),
    )
    fund_float(by=SYSTEM, amount=Money("MXN", 20_000), key="f")
    return ana


def test_a_worker_sees_what_rests_calls_a_cash_out_off_and_answers_a_freeze(earned, phone_of):
    olga = joins("olga", Role.OWNER)
    hers = phone_of("ana")
    hers.goto("/wallet/")
    expect(hers.get_by_text("Tuyo, pero apartado")).to_be_visible(timeout=PATIENCE)
    look(hers, "wages-wallet")
    hers.goto("/wallet/cash-out/")
    look(hers, "wages-cash-out")

    payout = cash_out(by=earned, amount=Money("MXN", 60_000), option="free", key="k")
    hers.goto(f"/wallet/cash-outs/{payout.pk}/")
    look(hers, "wages-receipt-cancel")
    follow(hers, hers.get_by_role("button", name="Cancelarlo, gratis"))
    look(hers, "wages-receipt-cancelled")
    assert Payout.objects.get().state == "cancelled"

    freeze(
        by=olga,
        member_id=member_id(earned),
        reason="takeover",
        note="Alguien entró desde dos teléfonos a la vez.",
    )
    hers.goto("/wallet/")
    look(hers, "wages-frozen")
    hers.get_by_label("¿Es un error? Dinos por qué.").fill("El otro es mi tableta.")
    follow(hers, hers.get_by_role("button", name="Enviar mi respuesta"))
    look(hers, "wages-answered")
    assert Freeze.objects.get().appeal == "El otro es mi tableta."


@pytest.mark.parametrize("width", [360, 1280])
def test_the_office_sees_what_is_stopped_and_what_its_rules_mean(earned, phone_of, width):
    olga = joins("olga", Role.OWNER)
    freeze(by=olga, member_id=member_id(earned), reason="fraud", note="Dos cuentas, un banco.")
    Payee.objects.update(doubt="shared")
    stop_rail(reason="breaker", rail="stripe_standard", about="3 / 20")
    office = phone_of("olga", width=width, strong=True)

    office.goto("/office/wages/")
    expect(office.get_by_text("Dos cuentas, un banco.")).to_be_visible(timeout=PATIENCE)
    shoot(office, f"wages-office-{width}")
    office.goto("/office/wages/policy/")
    shoot(office, f"wages-policy-{width}")
    assert "$750.00" in office.locator("#worked").inner_text()
