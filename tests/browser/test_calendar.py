"""A worker's calendar at 360 px: a date changed by thumb, and the office's view of everybody."""

from datetime import time

import pytest
from playwright.sync_api import expect

from kernel import outbox
from kernel.actor import Role
from kernel.edge import working_for
from marketplace.matching.models import DateRow
from marketplace.matching.rules.local_time import Hours
from tests.browser.eyes import PATIENCE, follow, look
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_market import asks_for_no_documents, plant_niche, works

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WEEK = [Hours(weekday, time(9), time(18)) for weekday in range(6)]


def test_a_date_is_changed_by_thumb_and_the_office_sees_it(phone_of):
    tenant = open_tenant(opening=PATITAS, owner=person("olga"))
    with working_for(tenant.pk):
        plant_niche(niche=tenant.niche)
        asks_for_no_documents()
        joins("ana", Role.WORKER)
        works("ana", plan=WEEK)
        outbox.drain()
        phone = phone_of("ana")
        phone.goto("/work/calendar/")
        look(phone, "calendar-week")
        follow(phone, phone.get_by_role("link", name="Cambiar este día").nth(1))
        look(phone, "calendar-day")
        phone.get_by_label("Desde").first.fill("11:00")
        phone.get_by_label("Hasta").first.fill("15:00")
        follow(phone, phone.get_by_role("button", name="Guardar este día"))
        expect(phone.get_by_text("solo esta fecha")).to_be_visible(timeout=PATIENCE)
        assert DateRow.objects.get().starts == time(11)
        desk = phone_of("olga", width=1280, strong=True)
        desk.goto("/office/calendar/")
        expect(desk.get_by_text("Ana P.")).to_be_visible(timeout=PATIENCE)
        look(desk, "calendar-office")
