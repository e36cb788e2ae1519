"""Messages with a thumb at 360 px, and a case at the office's desk: seen, used, and fit for axe."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from kernel.actor import Role
from kernel.edge import working_for
from tenants.messaging.actions.notify import notify
from tenants.messaging.models import Notification, Preference
from tenants.support.actions.open_case import open_case
from tenants.support.models import Case
from tenants.support.notices import WHAT_WE_DID
from tests.browser.eyes import PATIENCE
from tests.cases.test_decisions import decided
from tests.support.worlds import PATITAS, joins, open_tenant, person, signed_in_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOST = "patitas.localhost"
SHOTS = os.environ.get("SCREENSHOTS", "")


@pytest.fixture
def patitas():
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


@pytest.fixture
def screen_of(chromium, live_server, settings):
    """Give people screens of a width, on which they have signed in."""
    port = live_server.url.rsplit(":", 1)[1]
    settings.PUBLIC_PORT = f":{port}"
    contexts = []

    def screen(name, width):
        context = chromium.new_context(
            viewport={"width": width, "height": 740}, base_url=f"http://{HOST}:{port}"
        )
        contexts.append(context)
        jar = signed_in_client(name, host=f"{HOST}:{port}", strong=True).cookies
        sid = jar[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sid, "domain": HOST, "path": "/"}
        context.add_cookies([cookie])
        return context.new_page()

    yield screen
    for context in contexts:
        context.close()


def look(page, name: str, *, ours: str = "html") -> None:
    """No sideways scrolling, nothing axe complains about; a picture where one is wanted."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide}"
    options = {"runOnly": ["wcag2a", "wcag2aa"]}
    found = Axe().run(page, context=ours, options=options).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name


@pytest.mark.parametrize("width", [360, 1280])
def test_clara_reads_what_she_was_told_and_chooses_what_to_hear(patitas, screen_of, width):
    clara = joins("clara", Role.CUSTOMER)
    for number in range(3):
        notify(
            to_id=clara.member_id,
            notice=WHAT_WE_DID,
            about=str(number),
            action="hablamos con Ana; mañana llega a las nueve.",
        )
    page = screen_of("clara", width)

    page.goto("/messages/")
    look(page, f"messages-{width}")
    page.get_by_role("button", name="Ver").first.click()
    page.goto("/messages/preferences/")
    look(page, f"messages-preferences-{width}")
    page.get_by_label("Escríbanme por WhatsApp").check()
    page.get_by_role("button", name="Guardar").click()

    expect(page.get_by_text("Guardado.")).to_be_visible(timeout=PATIENCE)
    assert Notification.objects.filter(read_at__isnull=False).count() == 1
    assert Preference.objects.get(purpose="any", channel="whatsapp").wanted


@pytest.mark.parametrize("width", [360, 1280])
def test_olga_works_a_case_from_the_list_to_its_cause(patitas, screen_of, width):
    case = open_case(
        by=joins("olga", Role.OWNER),
        kind="low_score",
        priority="P1",
        about_kind="booking",
        about_id=None,
        title="Me sentí insegura durante el paseo",
        person_id=joins("clara", Role.CUSTOMER).member_id,
        key="low:1",
    )
    page = screen_of("olga", width)

    page.goto("/office/cases/?state=open")
    look(page, f"cases-{width}", ours=".oficio")
    page.get_by_role("link", name=case.title).click()
    page.wait_for_url(f"**/office/cases/{case.pk}/")
    look(page, f"case-{width}", ours=".oficio")
    page.locator("summary", has_text="Ya hablé con la persona").click()
    page.locator("form[action$='/contact/'] textarea").fill("Hablamos media hora.")
    page.locator("form[action$='/contact/'] button").click()
    page.locator("form[action$='/resolve/']").wait_for(state="attached")
    page.locator("summary", has_text="Resolver").click()
    page.locator("form[action$='/resolve/'] select").select_option("service")
    page.locator("form[action$='/resolve/'] textarea").fill("Ana no vuelve a ir.")
    look(page, f"case-resolving-{width}", ours=".oficio")
    page.locator("form[action$='/resolve/'] button").click()
    page.get_by_text("Qué se hizo", exact=True).wait_for()

    row = Case.objects.get()
    assert (row.state, row.root_cause, row.action) == ("resolved", "service", "Ana no vuelve a ir.")


def test_olga_reads_why_something_was_decided(patitas, screen_of):
    row = decided(reasons=["Say why."])
    page = screen_of("olga", 1280)
    page.goto("/office/decisions/")
    look(page, "decisions", ours=".oficio")
    page.goto(f"/office/decisions/{row.pk}/")
    look(page, "decision", ours=".oficio")
    expect(page.get_by_text("Di por qué.")).to_be_visible(timeout=PATIENCE)
