"""Tax numbers, tables of the office and a second tip, with a thumb: nothing scrolls sideways."""

import pytest
from playwright.sync_api import expect

from kernel import outbox
from payments.actions.register_worker import give_tax_id
from payments.actions.set_tax import adopt_profile
from tests.browser.eyes import PATIENCE, look, shoot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFICE = {
    "payments": "/office/payments/", "cash-outs": "/office/payouts/", "team": "/office/people/",
    "badges": "/office/badges/", "tax-people": "/office/taxes/workers/",
    "taxes": "/office/taxes/", "policy": "/office/wages/policy/", "rules": "/office/rules/",
}  # fmt: skip


def test_tax_numbers_and_tables_fit_a_phone(job_done, ana, olga, mora, phone_of):
    outbox.drain()
    adopt_profile(by=olga)
    give_tax_id(by=ana, number="GODE561231GR8", profile="registered")
    hers, theirs = phone_of("ana"), phone_of("clara")
    hers.goto("/wallet/tax/")
    expect(hers.get_by_text("RFC ···· GR8")).to_be_visible(timeout=PATIENCE)
    look(hers, "tax-number")
    theirs.goto(f"/bookings/{job_done.code}/")
    expect(theirs.get_by_text("¡Gracias por tu propina!")).to_be_visible(timeout=PATIENCE)
    look(theirs, "tip-again")
    for width in (360, 1280):
        office = phone_of("olga", width=width, strong=True)
        for name, path in OFFICE.items():
            reached = office.goto(path)
            assert reached, path
            assert reached.ok, path
            shoot(office, f"office-{name}-{width}")
            wide = office.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            inner = office.evaluate(
                "[...document.querySelectorAll('.w-overflow-x-auto')]"
                ".filter(each => each.scrollWidth > each.clientWidth).length"
            )
            assert (wide <= 0, inner) == (True, 0), (name, width)
