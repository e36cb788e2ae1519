"""Taxes kept back are frozen in the quote, shown to the worker, and booked with the visit."""

from datetime import timedelta

from kernel import clock
from kernel.money import Money
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import wish_of
from payments.actions.register_worker import register_worker
from payments.actions.set_tax import adopt_profile, set_tax
from payments.models import Posting
from payments.queries import wallet_of
from payments.rules.taxes import EARNINGS, EXTRACTED, SERVICE, WITHHELD, TaxLine
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


MONTHLY = TaxLine(
    code="isr", on=EARNINGS, method=WITHHELD, rate_bp=1_000, threshold_minor=80_000, account="isr"
)


def test_the_free_part_of_a_month_is_used_up_by_the_visits_booked_before(offer, clara, ana, olga):
    set_tax(by=olga, line=MONTHLY)
    first = quoted(clara, offer)
    assert first.withheld == []
    booking = pays(book(by=clara, quote_id=first.pk))
    second = quoted(clara, offer, starts_at=WEDNESDAY_TEN + timedelta(days=1))

    assert [(each.minor, each.before_minor) for each in second.withholdings] == [(2_208, 51_040)]
    with clock.travelling_to(WEDNESDAY_TEN):
        steps(ana, booking, "check_in", pin=codes_of(booking.pk).start_pin)
    with clock.travelling_to(WEDNESDAY_TEN + timedelta(minutes=90)):
        steps(ana, booking, "check_out")
        steps(clara, booking, "confirm")
        third = quoted(clara, offer, starts_at=WEDNESDAY_TEN + timedelta(days=1))
    assert [each.minor for each in third.withholdings] == [2_208]


def test_another_month_begins_with_nothing(offer, clara, olga):
    set_tax(by=olga, line=MONTHLY)
    pays(booked(clara, offer))

    assert quoted(clara, offer, starts_at=WEDNESDAY_TEN + timedelta(days=28)).withheld == []


def test_a_quote_says_where_each_line_comes_from_and_through_which_door(offer, clara, olga):
    quote = quoted(clara, offer)

    assert [(line.kind.value, line.source.partition(":")[0]) for line in quote.price_lines] == [
        ("service", "offer"),
        ("add_on", "add_on"),
        ("customer_fee", "rule"),
        ("tip", "customer"),
    ]
    assert quote.price_lines[0].source == f"offer:{offer.pk}"
    assert (quote.source, wish_of(quote).source) == ("page", "page")
