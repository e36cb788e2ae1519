"""A card left for later: kept on the hosted page, charged without its owner, or declined."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kernel import clock, outbox
from kernel.actor import SYSTEM
from payments.actions.charge_card import charge_again, charge_card, keep_open
from payments.actions.keep_card import forget_cards
from payments.actions.open_page import open_page
from payments.actions.save_card import save_card
from payments.actions.void import void
from payments.models import Payment, ProviderCall
from payments.queries.saved_cards import card_words, saved_card_of
from payments.rules.refusals import CardBeingCharged, CardsNotKept
from tenants.tenancy.actions.change_setting import change_setting
from tests.support.ledgers import ledger
from tests.support.worlds_bank import BY_BANK
from tests.support.worlds_money import member_id, mxn

pytestmark = pytest.mark.usefixtures("patitas")


def leaves(payer, key="card") -> Payment:
    return save_card(
        by=payer,
        payer_id=member_id(payer),
        reference="visit:later",
        title="Paseo",
        currency="MXN",
        return_path="/bookings/",
        expires_at=clock.now() + timedelta(minutes=15),
        key=key,
    )


def charges(payer, card, minor=60_900, tip=5_000, key="") -> Payment:
    return charge_card(
        by=SYSTEM,
        card_id=card.pk,
        payer_id=member_id(payer),
        reference="visit:later",
        amount=mxn(minor),
        tip=mxn(tip),
        title="Paseo",
        return_path="/bookings/",
        expires_at=clock.now() + timedelta(days=1),
        key=key or f"charge:{uuid4()}",
    )


def heard(sandbox, payment) -> Payment:
    outbox.drain()
    sandbox.deliver()
    payment.refresh_from_db()
    return payment


@pytest.fixture
def card(stripe_sandbox, clara) -> Payment:
    """Clara left a card."""
    return stripe_sandbox.pays(clara, leaves(clara))


def test_a_card_is_left_without_paying_and_charged_later(stripe_sandbox, clara, card):
    assert (card.state, card.method, ledger()) == ("captured", "Visa ···· 4242", {})
    assert (card.customer_ref[:4], card.method_ref[:3], card.intent_ref[:5]) == (
        "cus_",
        "pm_",
        "seti_",
    )
    assert saved_card_of(member_id(clara)) == card
    assert stripe_sandbox.rows("payment_intents") == []

    paid = heard(stripe_sandbox, charges(clara, card))

    assert (paid.state, paid.captured_minor, paid.page_ref) == ("captured", 65_900, "")
    held = ledger()
    assert (held["customer_deposit"], held["tip_held"]) == (-60_900, -5_000)
    assert len(stripe_sandbox.rows("payment_intents")) == 1


def test_the_same_key_charges_once(stripe_sandbox, clara, card):
    first = heard(stripe_sandbox, charges(clara, card, key="once"))
    again = heard(stripe_sandbox, charges(clara, card, key="once"))

    assert (again.pk, again.state) == (first.pk, "captured")
    assert len(stripe_sandbox.rows("payment_intents")) == 1
    assert ledger()["customer_deposit"] == -60_900


def test_a_card_that_is_declined_can_be_tried_again_and_is_asked_under_a_new_key(
    stripe_sandbox, clara
):
    bad = stripe_sandbox.pays(clara, leaves(clara), card="declined_later")
    payment = heard(stripe_sandbox, charges(clara, bad))
    assert (payment.state, payment.off_session, ledger()) == ("requires_action", False, {})
    assert payment.failure == "card_declined"

    good = stripe_sandbox.pays(clara, leaves(clara, key="better"))
    charge_again(by=SYSTEM, payment_id=payment.pk, card_id=good.pk)
    assert heard(stripe_sandbox, payment).state == "captured"
    keys = ProviderCall.objects.filter(purpose="charge").order_by("first_sent_at")
    stem = f"charge:{payment.pk}:saved"
    assert [(each.key, each.state) for each in keys] == [
        (f"{stem}:1", "failed"),
        (f"{stem}:2", "succeeded"),
    ]


def test_who_has_to_confirm_does_it_on_the_page_and_is_not_charged_behind_it(stripe_sandbox, clara):
    careful = stripe_sandbox.pays(clara, leaves(clara), card="3ds_ok")
    payment = heard(stripe_sandbox, charges(clara, careful))
    assert (payment.state, payment.failure) == ("requires_action", "authentication_required")

    keep_open(payment_id=payment.pk, until=clock.now() + timedelta(days=2))
    open_page(by=clara, payment_id=payment.pk)
    charge_again(by=SYSTEM, payment_id=payment.pk, card_id=careful.pk)
    payment.refresh_from_db()
    assert payment.off_session is False

    payment = stripe_sandbox.pays(clara, payment, card="3ds_ok")
    assert (payment.state, ledger()["customer_deposit"]) == ("captured", -60_900)


def test_nobody_pays_by_hand_while_the_card_is_being_charged(stripe_sandbox, clara, card):
    payment = charges(clara, card)

    with pytest.raises(CardBeingCharged):
        open_page(by=clara, payment_id=payment.pk)
    assert heard(stripe_sandbox, payment).state == "captured"


def test_called_off_before_it_was_asked_nothing_is_taken(stripe_sandbox, clara, card):
    payment = charges(clara, card)
    void(by=clara, payment_id=payment.pk)

    assert heard(stripe_sandbox, payment).state == "cancelled"
    assert (stripe_sandbox.rows("payment_intents"), ledger()) == ([], {})


def test_called_off_while_it_was_asked_what_was_taken_goes_back(stripe_sandbox, clara, card):
    payment = charges(clara, card)
    stripe_sandbox.control("/faults", match="payment_intents", times=1, kind="timeout_after")
    outbox.drain()  # The answer is lost: the money is taken, and we do not know it.
    payment.refresh_from_db()
    assert payment.state == "created"
    void(by=clara, payment_id=payment.pk)

    payment = heard(stripe_sandbox, payment)
    assert (payment.state, payment.refunded_minor) == ("captured", 65_900)
    assert (ledger().get("customer_deposit", 0), ledger().get("tip_held", 0)) == (0, 0)


def test_a_forgotten_card_is_not_charged_but_its_owner_may_pay(stripe_sandbox, clara, card):
    forget_cards(by=clara)
    assert card_words(card.pk) == ""

    payment = heard(stripe_sandbox, charges(clara, card))
    assert (payment.state, payment.failure) == ("requires_action", "no_card")
    assert stripe_sandbox.pays(clara, payment).state == "captured"


def test_a_page_for_a_card_that_nobody_fills_in_closes(stripe_sandbox, clara):
    asked = leaves(clara)
    open_page(by=clara, payment_id=asked.pk)
    void(by=clara, payment_id=asked.pk)

    assert heard(stripe_sandbox, asked).state in ("cancelled", "expired")
    assert saved_card_of(member_id(clara)) is None


def test_where_nobody_can_charge_later_no_card_is_asked_for(olga, clara):
    change_setting(by=olga, group="payments.providers", values=BY_BANK)

    with pytest.raises(CardsNotKept):
        leaves(clara)
    assert not Payment.objects.exists()
