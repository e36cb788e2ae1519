"""Something more to do: proposed at work, approved and paid, divided as the visit was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import outbox
from kernel.money import Money
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.models import Extra
from marketplace.bookings.rules import extras
from marketplace.bookings.rules.extras import Agreed, divide_extra
from payments.actions.open_page import open_page
from payments.actions.settle_payment import refresh_payment
from payments.queries import wallet_of
from payments.rules.blocks import PriceBlocks
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import fresh, steps

EXAMPLE = Agreed(
    work=58_000,
    commission=6_960,
    fee=2_900,
    blocks=PriceBlocks.of(
        "MXN", worker=51_040, tip=5_000, tenant=5_248, platform=580, processor=2_672, tax=1_360
    ),
)


def test_an_extra_is_divided_as_the_visit_was():
    found = divide_extra(amount=10_000, agreed=EXAMPLE)
    assert (found.commission, found.fee, found.blocks.total) == (1_200, 500, Money("MXN", 10_500))
    assert (found.blocks.worker.minor, found.blocks.platform.minor) == (8_800, 100)
    assert (found.blocks.tax.minor, found.blocks.processor.minor) == (234, 426)


@given(st.integers(1, 10**8))
def test_whatever_it_costs_the_parts_sum_to_what_the_customer_pays(amount):
    found = divide_extra(amount=amount, agreed=EXAMPLE)
    assert found.blocks.total.minor == amount + found.fee
    assert found.blocks.tip.minor == 0


def test_an_extra_costs_something():
    with pytest.raises(extras.ExtraInvalid):
        divide_extra(amount=0, agreed=EXAMPLE)


@pytest.fixture
def at_work(at_the_door, clara, ana):
    booking = steps(clara, at_the_door, "check_in")
    return steps(ana, booking, "propose_extra", reason="Corte de uñas", amount_minor=10_000)


def test_approved_and_paid_it_is_the_worker_s_when_the_visit_is(at_work, clara, ana):
    with pytest.raises(extras.ExtraWaits):
        steps(ana, at_work, "propose_extra", reason="Otra cosa", amount_minor=1)
    booking = steps(clara, at_work, "approve_extra", agree=True)
    extra = Extra.objects.get()
    assert (extra.state, extra.total) == ("approved", Money("MXN", 10_500))
    open_page(by=clara, payment_id=extra.payment_id)
    refresh_payment(payment_id=extra.payment_id)
    outbox.drain()
    assert Extra.objects.get().state == "paid"

    booking = steps(ana, booking, "check_out")
    assert wallet_of(ana).pending == Money("MXN", 51_040 + 8_800)
    steps(clara, booking, "confirm")
    assert wallet_of(ana).available == Money("MXN", 56_040 + 8_800)


def test_a_no_costs_nothing_and_silence_is_a_no(at_work, clara, ana):
    booking = steps(clara, at_work, "approve_extra", agree=False)
    with pytest.raises(extras.NothingExtra):
        take_step(by=clara, booking_id=booking.pk, step="approve_extra", facts=Facts(agree=True))
    booking = steps(ana, booking, "propose_extra", reason="Otro paseo", amount_minor=5_000)
    booking = steps(ana, booking, "check_out")
    assert [each.state for each in Extra.objects.order_by("pk")] == ["refused", "refused"]
    assert fresh(booking).state == "delivered"
    assert wallet_of(ana).pending == Money("MXN", 51_040)


def test_both_pages_show_it(at_work, clara, ana):
    page = signed_in_client("clara").get(f"/bookings/{at_work.code}/").content.decode()
    assert "Corte de uñas" in page
    assert "105.00" in page
    page = signed_in_client("ana").get(f"/work/jobs/{at_work.code}/").content.decode()
    assert "88.00" in page
