"""The books with a thumb: what the bank says, what does not add up, and everybody's money."""

import time

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from playwright.sync_api import expect

from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from payments.actions.open_page import open_page
from payments.actions.see_transfer import see_transfer
from payments.models import BankLine, MoneyQuestion
from tenants.tenancy.actions.change_setting import change_setting
from tests.browser.eyes import PATIENCE, follow, look
from tests.support.worlds import PATITAS, joins, open_tenant, person, signed_in_client
from tests.support.worlds_bank import BY_BANK, statement
from tests.support.worlds_money import owes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


@pytest.fixture
def transferred(patitas):
    """Patitas is paid by transfer; Clara's has arrived."""
    olga, clara = joins("olga", Role.OWNER), joins("clara", Role.CUSTOMER)
    change_setting(by=olga, group="payments.providers", values=BY_BANK)
    payment = owes(clara)
    open_page(by=clara, payment_id=payment.pk)
    payment.refresh_from_db()
    see_transfer(by=olga, payment_id=payment.pk, amount=payment.total, tracking_key="SPEI00001")
    return payment


def test_the_office_imports_a_statement_and_says_what_a_line_was(transferred, phone_of):
    hers = phone_of("olga", strong=True)
    hers.goto("/office/bank/")
    said = statement((transferred.page_ref, 65_900, "Clara"), ("", -700, "COMISION"))
    hers.set_input_files(
        "input[name=statement]", {"name": "s.csv", "mimeType": "text/csv", "buffer": said}
    )
    hers.get_by_role("button", name="Importar").click()
    expect(hers.get_by_role("cell", name="COMISION")).to_be_visible(timeout=PATIENCE)
    look(hers, "books-bank")

    hers.goto("/office/money/questions/")
    look(hers, "books-questions")
    follow(hers, hers.get_by_role("link", name="Una línea del estado de cuenta sin pareja"))
    look(hers, "books-question")
    hers.fill("textarea[name=note]", "Comisión del banco, no es nuestra.")
    hers.get_by_role("button", name="Cerrar esta pregunta").click()

    assert MoneyQuestion.objects.get().state == "answered"
    assert BankLine.objects.get(amount_minor=-700).result == "put_aside"


def test_an_operator_sees_all_money_and_what_is_lent(transferred, chromium, live_server, settings):
    port = live_server.url.rsplit(":", 1)[1]
    with working_for(HOUSE):
        joins("oscar", Role.STAFF)
        client = signed_in_client("oscar", host=f"auth.localhost:{port}")
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = session["_auth_user_id"]
        session.save()
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, base_url=f"http://auth.localhost:{port}"
    )
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "domain": "auth.localhost"}
    context.add_cookies([cookie | {"path": "/"}])
    page = context.new_page()
    try:
        for address in ("money", "float", "bank"):
            page.goto(f"/operator/{address}/")
            expect(page.locator("h1")).to_be_visible(timeout=PATIENCE)
            look(page, f"books-operator-{address}")
    finally:
        context.close()
