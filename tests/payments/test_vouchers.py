"""Paying at a counter or in a bank's app: a promise first, the money a while later, or never."""

from datetime import UTC, datetime, time, timedelta

import pytest

from kernel import clock
from kernel.actor import Role
from kernel.edge import working_for
from kernel.models import OutboxEvent, Timer
from payments.actions.void import expire
from payments.models import Entry
from payments.rules.blocks import PriceBlocks
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_money import owes, reported

pytestmark = pytest.mark.usefixtures("patitas")
EVERYWHERE = [("oxxo", "MXN"), ("boleto", "BRL"), ("pix", "BRL")]


@pytest.fixture
def payer(request, lar_limpo, clara):
    """A customer of the business where a way to pay exists: Mexico's, or Brazil's."""
    if request.getfixturevalue("currency") == "MXN":
        yield clara
        return
    with working_for(lar_limpo.pk):
        yield joins("clara", Role.CUSTOMER)


def promised(stripe_sandbox, payer, way, currency):
    """Let a customer ask for a voucher on Stripe's page."""
    blocks = PriceBlocks.of(currency, worker=60_900, tip=5_000)
    payment = owes(payer, blocks=blocks, open_for=timedelta(days=6))
    return stripe_sandbox.pays(payer, payment, card=way)


def pays_it(stripe_sandbox, payment, outcome="pay"):
    stripe_sandbox.control(f"/vouchers/{payment.intent_ref}", outcome=outcome)
    stripe_sandbox.deliver()
    payment.refresh_from_db()
    return payment


def kinds(payment):
    entries = Entry.objects.filter(ref__in=(payment.reference, f"tip:{payment.pk}"))
    return sorted(entries.values_list("kind", flat=True))


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE)
def test_a_voucher_waits_for_its_payer_and_nothing_is_booked(stripe_sandbox, payer, way, currency):
    payment = promised(stripe_sandbox, payer, way, currency)

    assert payment.state == "requires_action"
    assert kinds(payment) == []


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE[:2])
def test_a_paid_voucher_is_processing_until_the_next_working_day(
    stripe_sandbox, payer, way, currency
):
    payment = pays_it(stripe_sandbox, promised(stripe_sandbox, payer, way, currency))
    assert payment.state == "processing"
    assert kinds(payment) == []

    with stripe_sandbox.later(days=4):
        payment.refresh_from_db()

        assert payment.state == "captured"
        assert payment.captured_minor == 65_900
        assert payment.settles_at > clock.now() - timedelta(days=4)
        assert kinds(payment) == ["charge.captured", "psp.fee", "tip.captured"]


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE[:2])
@pytest.mark.parametrize("open_for", [timedelta(minutes=15), timedelta(days=5, seconds=-1)])
def test_a_voucher_that_could_outlive_the_payment_is_not_offered(
    stripe_sandbox, payer, way, currency, open_for
):
    payment = owes(payer, blocks=PriceBlocks.of(currency, worker=60_900), open_for=open_for)

    with pytest.raises(AssertionError, match=f"does not take {way}"):
        stripe_sandbox.pays(payer, payment, card=way)
    assert way not in stripe_sandbox.rows("sessions")[-1]["payment_method_types"]
    assert stripe_sandbox.pays(payer, payment).state == "captured"


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE[:2])
def test_money_that_was_on_its_way_and_does_not_come_ends_the_payment(
    stripe_sandbox, payer, way, currency
):
    payment = pays_it(stripe_sandbox, promised(stripe_sandbox, payer, way, currency))
    assert payment.state == "processing"
    pays_it(stripe_sandbox, payment, outcome="fail")

    assert payment.state == "expired"
    assert payment.failure == "payment_intent_payment_attempt_failed"
    assert kinds(payment) == []


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE[2:])
def test_a_bank_code_is_captured_at_once(stripe_sandbox, payer, way, currency):
    payment = pays_it(stripe_sandbox, promised(stripe_sandbox, payer, way, currency))

    assert payment.state == "captured"
    assert "charge.captured" in kinds(payment)


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE)
def test_a_voucher_that_nobody_pays_expires(stripe_sandbox, payer, way, currency):
    payment = promised(stripe_sandbox, payer, way, currency)

    pays_it(stripe_sandbox, payment, outcome="expire")

    assert payment.state == "expired"
    assert kinds(payment) == []


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE[:2])
def test_money_on_its_way_is_not_called_off_when_time_is_over(stripe_sandbox, payer, way, currency):
    payment = pays_it(stripe_sandbox, promised(stripe_sandbox, payer, way, currency))

    assert expire(payment_id=payment.pk).void_asked_at is None
    with stripe_sandbox.later(days=4):
        payment.refresh_from_db()
        assert payment.state == "captured"


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE)
def test_a_voucher_whose_time_is_over_cannot_be_paid_any_more(stripe_sandbox, payer, way, currency):
    payment = promised(stripe_sandbox, payer, way, currency)

    expire(payment_id=payment.pk)
    stripe_sandbox.deliver()
    payment.refresh_from_db()

    assert payment.state == "cancelled"
    with pytest.raises(AssertionError, match="unexpected_state"):
        pays_it(stripe_sandbox, payment)
    assert kinds(payment) == []


@pytest.mark.parametrize(("way", "currency"), EVERYWHERE[:2])
def test_a_visit_days_ahead_waits_as_long_as_the_voucher_can_be_paid(
    stripe_sandbox, payer, way, currency
):
    payment = owes(
        payer,
        blocks=PriceBlocks.of(currency, worker=60_900),
        open_for=timedelta(minutes=15),
        waits_for=timedelta(days=6),
    )
    asked_at = clock.now()
    payment = stripe_sandbox.pays(payer, payment, card=way)

    tomorrow = (asked_at + timedelta(days=1)).date()
    last_second = datetime.combine(tomorrow, time(23, 59, 59), tzinfo=UTC)
    assert payment.expires_at == last_second
    assert Timer.objects.get(name="payments.expire").due_at == last_second
    told = OutboxEvent.objects.get(name="payments.payment_promised")
    assert told.payload["until"] == last_second.isoformat()
    assert payment.page_url == f"{stripe_sandbox.url}/voucher/{payment.intent_ref}"
    with stripe_sandbox.later(hours=1):
        assert pays_it(stripe_sandbox, payment).state == "processing"


def test_who_comes_back_with_a_voucher_is_told_until_when_and_where_to_see_it(
    stripe_sandbox, clara
):
    payment = owes(clara, open_for=timedelta(minutes=15), waits_for=timedelta(days=6))
    payment = stripe_sandbox.pays(clara, payment, card="oxxo")
    page = signed_in_client("clara").get(f"/pay/{payment.pk}/return/").content.decode()

    assert f'href="{payment.page_url}"' in page
    assert "Puedes pagar hasta" in page
    assert "Pagar ahora" not in page


def test_a_voucher_is_waited_for_no_longer_than_the_visit_allows(clara):
    payment = owes(clara, open_for=timedelta(minutes=15), waits_for=timedelta(hours=2))
    promised = clock.now() + timedelta(days=1)
    payment = reported(payment, "requires_action", charge_ref="", promised_until=promised)

    assert payment.expires_at == payment.waits_until
    assert Timer.objects.get(name="payments.expire").due_at == payment.waits_until


def test_who_waits_for_nothing_keeps_the_time_of_the_page(clara):
    payment = owes(clara, open_for=timedelta(minutes=15))
    closes_at = payment.expires_at
    promised = clock.now() + timedelta(days=1)
    payment = reported(payment, "requires_action", charge_ref="", promised_until=promised)

    assert payment.expires_at == closes_at


def test_a_voucher_nobody_pays_ends_by_its_own_clock(stripe_sandbox, clara):
    payment = owes(clara, open_for=timedelta(minutes=15), waits_for=timedelta(days=6))
    payment = stripe_sandbox.pays(clara, payment, card="oxxo")

    with stripe_sandbox.later(days=2):
        payment.refresh_from_db()
        assert (payment.state, kinds(payment)) == ("expired", [])
