"""Taxes kept back are frozen in the quote, shown to the worker, and booked with the visit."""

from datetime import timedelta

from kernel import clock
from kernel.money import Money
from payments.actions.set_tax import adopt_profile, register_worker, set_tax
from payments.models import Posting
from payments.queries import wallet_of
from payments.rules.taxes import EXTRACTED, SERVICE, TaxLine
from tenants.identity.queries import codes_of
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import WEDNESDAY_TEN, booked, pays, quoted, steps


def kept_back(kind: str = "tax.withheld") -> dict[str, int]:
    rows = Posting.objects.filter(entry__kind=kind, account__kind="tax_payable")
    return {row.account.sub: -row.amount for row in rows.select_related("account")}


def test_a_quote_freezes_what_is_kept_back(offer, clara, olga):
    before = quoted(clara, offer)
    adopt_profile(by=olga)
    after = quoted(clara, offer)

    assert before.withheld == []
    assert [(each.code, each.minor) for each in after.withholdings] == [
        ("isr", 510),
        ("iva_ret", 4_083),
    ]
    assert after.total == before.total
    assert after.blocks == before.blocks
    assert after.net_pay == before.net_pay - Money("MXN", 4_593)


def test_the_worker_sees_it_and_the_visit_books_it(offer, clara, ana, olga):
    adopt_profile(by=olga)
    booking = pays(booked(clara, offer))
    page = signed_in_client("ana").get(f"/work/jobs/{booking.code}/").content.decode()
    assert "ISR retenido" in page

    with clock.travelling_to(WEDNESDAY_TEN):
        steps(ana, booking, "check_in", pin=codes_of(booking.pk).start_pin)
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=90)):
        steps(ana, booking, "check_out")
        steps(clara, booking, "confirm")

    assert kept_back() == {"isr": 510, "iva_ret": 4_083}
    assert wallet_of(ana).available == Money("MXN", 51_040 - 4_593 + 5_000)


def test_a_registered_workers_price_holds_service_tax(offer, clara, ana, olga):
    line = TaxLine(code="iva_s", on=SERVICE, method=EXTRACTED, rate_bp=1_600)
    set_tax(by=olga, line=line)
    assert quoted(clara, offer).worker_minor == 51_040
    register_worker(by=olga, member_id=ana.member_id, registered=True)
    quote = quoted(clara, offer)

    inside = 6_897 + 1_103
    assert (quote.worker_minor, quote.tax_minor) == (51_040 - inside, 1_360 + inside)
    assert quote.total == Money("MXN", 65_900)
