"""With a thumb, at 360 px: a code before money moves, another phone, and "this was not me"."""

import re

import pytest
from csp.constants import SELF

from kernel import outbox
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from payments.models import Payout
from tenants.messaging.channels.transport import RECORDED
from tests.browser.conftest import HOST
from tests.browser.eyes import follow, look
from tests.support.signing_in import last_code
from tests.support.visits_of_people import records_grow_old
from tests.support.worlds import PATITAS, joins, open_tenant, person, proved_long_ago
from tests.support.worlds_money import can_be_paid, done, paid

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


@pytest.fixture
def auth(live_server, settings):
    """The address of the auth host, which the headers let forms lead to."""
    RECORDED.clear()
    origin = "http://auth.localhost:" + live_server.url.rsplit(":", 1)[1]
    policy = settings.CONTENT_SECURITY_POLICY
    allowed = {**policy["DIRECTIVES"], "form-action": [SELF, origin]}
    settings.CONTENT_SECURITY_POLICY = {**policy, "DIRECTIVES": allowed}
    yield origin
    RECORDED.clear()


def test_a_code_stands_between_an_old_sign_in_and_the_money(patitas, phone_of, auth):
    ana, clara = joins("ana", Role.WORKER), joins("clara", Role.CUSTOMER)
    can_be_paid(ana)
    done(paid(clara), ana)
    hers = phone_of("ana")
    _grow_old(hers, auth)

    hers.goto("/wallet/cash-out/")
    hers.get_by_label("¿Cuánto?").fill("123.40")
    hers.get_by_role("button", name="Retirar ahora").click()
    hers.wait_for_url(f"{auth}/account/login/**")
    hers.locator("#id_contact").fill("ana@example.com")
    hers.locator("main form button").first.click()
    hers.locator("#id_code").fill(last_code("ana@example.com"))
    hers.locator("main form button").first.click()
    hers.wait_for_url("**/wallet/cash-out/")
    assert hers.get_by_label("¿Cuánto?").input_value() == "123.40"
    look(hers, "cash-out-confirmed")
    assert Payout.objects.count() == 0
    hers.get_by_role("button", name="Retirar ahora").click()
    hers.wait_for_url("**/wallet/cash-outs/**")
    assert Payout.objects.get().amount_minor == 12_340


def test_a_code_to_her_address_confirms_where_she_is_signed_in(patitas, phone_of, auth):
    joins("ana", Role.WORKER)
    hers = phone_of("ana")
    hers.goto(f"{auth}/account/login/?next=/account/name/")
    hers.locator("#id_contact").fill("ana@example.com")
    hers.locator("main form button").first.click()
    hers.locator("#id_code").fill(last_code("ana@example.com"))
    hers.locator("main form button").first.click()
    hers.wait_for_url("**/account/name/**")
    _grow_old(hers, auth)
    with working_for(HOUSE):
        records_grow_old(minutes=6)

    hers.goto("/account/confirm/?next=/messages/")
    look(hers, "confirm-send")
    follow(hers, hers.locator("main form button").first)
    look(hers, "confirm-code")
    hers.locator("#id_code").fill(last_code("ana@example.com"))
    hers.locator("main form button").first.click()
    hers.wait_for_url("**/messages/")


def test_another_phone_and_this_was_not_me(patitas, phone_of, auth):
    joins("ana", Role.WORKER)
    hers = phone_of("ana")
    hers.goto(f"{auth}/account/login/")
    hers.locator("#id_contact").fill("ana@example.com")
    hers.locator("main form button").first.click()
    hers.locator("#id_code").fill(last_code("ana@example.com"))
    hers.locator("main form button").first.click()
    hers.wait_for_url(f"{auth}/")
    look(hers, "house-account")
    follow(hers, hers.locator("a[href='/account/contact/phone/']"))
    look(hers, "contact-phone")
    hers.locator("#id_contact").fill("55 1234 5678")
    follow(hers, hers.locator("main form button").first)
    look(hers, "contact-code")
    hers.locator("#id_code").fill(last_code("+525512345678"))
    hers.locator("main form button").first.click()
    hers.wait_for_url(f"{auth}/")
    look(hers, "house-account-held")

    outbox.drain()
    told = [each.text for each in RECORDED if each.to == "ana@example.com"]
    link = re.search(r"http://\S+/not-me/\S+/", " ".join(told)).group()
    hers.context.set_extra_http_headers({"Accept-Language": "es"})
    hers.goto(link)
    look(hers, "not-me")
    follow(hers, hers.locator("main form button"))
    look(hers, "not-me-done")


def _grow_old(phone, auth: str) -> None:
    port = auth.rsplit(":", 1)[1]
    jar = {each["name"]: each["value"] for each in phone.context.cookies(f"http://{HOST}:{port}")}
    proved_long_ago(_Browser(f"{HOST}:{port}", jar["sid"]))


class _Browser:
    """Looks like a test client to the helper that lets proofs grow old."""

    def __init__(self, host: str, sid: str) -> None:
        self.defaults = {"HTTP_HOST": host}
        self.cookies = {"sid": type("Morsel", (), {"value": sid})()}
