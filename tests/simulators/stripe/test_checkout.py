"""Pay pages: cards that work, cards that do not, vouchers, saved cards."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from simulators.stripe.engine import Engine
from tests.simulators.stripe.conftest import DAY, NOON, Remote


def pay(remote: Remote, session: Any, card: str) -> Any:
    """Pay as a customer would; the session afterwards."""
    remote.control(f"/sessions/{session.id}/pay", {"card": card})
    return remote.client.v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent", "line_items"]}
    )


def test_a_declined_card_leaves_the_page_open_for_another(remote: Remote) -> None:
    session = remote.session()
    with pytest.raises(OSError, match="402"):
        pay(remote, session, "declined")
    after = remote.client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (after.status, after.payment_intent.status) == ("open", "requires_payment_method")
    assert after.payment_intent.last_payment_error.code == "card_declined"
    paid = pay(remote, session, "visa")
    assert (paid.status, paid.payment_status) == ("complete", "paid")
    assert paid.payment_intent.id == after.payment_intent.id
    assert paid.line_items.data[0].description == "Home cleaning, 3 h"
    with pytest.raises(OSError, match="400"):
        pay(remote, session, "visa")


def test_the_bank_may_ask_and_be_answered(remote: Remote) -> None:
    session = remote.session()
    with pytest.raises(OSError, match="402"):
        pay(remote, session, "3ds_fail")
    assert pay(remote, session, "3ds_ok").payment_status == "paid"


def test_an_expired_page_takes_no_money(remote: Remote) -> None:
    session = remote.session(expires_at=NOON + 1800)
    closed = remote.client.v1.checkout.sessions.expire(remote.session().id)
    assert (closed.status, closed.url) == ("expired", None)
    remote.later(1800)
    assert remote.client.v1.checkout.sessions.retrieve(session.id).status == "expired"
    with pytest.raises(OSError, match="400"):
        pay(remote, session, "visa")
    with pytest.raises(stripe.InvalidRequestError):
        remote.client.v1.checkout.sessions.expire(session.id)


@pytest.mark.parametrize("seconds", [1700, DAY + 60])
def test_a_page_is_open_between_half_an_hour_and_a_day(remote: Remote, seconds: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        remote.session(expires_at=NOON + seconds)
    assert refused.value.param == "expires_at"


def test_a_caller_on_wall_clock_time_can_open_a_page_after_the_clock_was_moved_ahead(
    remote: Remote, engine: Engine
) -> None:
    remote.control("/clock", {"mode": "real"})
    remote.later(3 * DAY)
    ahead = engine.state.switches["ahead"]
    assert ahead >= 3 * DAY
    session = remote.session(expires_at=engine.state.now - ahead + 1800)
    remote.later(1790)
    assert remote.client.v1.checkout.sessions.retrieve(session.id).status == "open"
    remote.later(20)
    assert remote.client.v1.checkout.sessions.retrieve(session.id).status == "expired"


def test_oxxo_is_paid_later_and_settles_after_that(remote: Remote) -> None:
    session = pay(remote, remote.session(), "oxxo")
    intent = session.payment_intent
    assert (session.status, session.payment_status) == ("complete", "unpaid")
    assert (intent.status, intent.next_action.type) == ("requires_action", "oxxo_display_details")
    remote.control(f"/vouchers/{intent.id}", {"outcome": "pay"})
    states = []
    for _ in range(2):
        got = remote.client.v1.payment_intents.retrieve(intent.id)
        states.append(got.status)
        remote.later(3 * DAY)
    assert states == ["processing", "succeeded"]
    assert remote.client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    with pytest.raises(stripe.InvalidRequestError, match="cannot be refunded"):
        remote.client.v1.refunds.create({"payment_intent": intent.id})


def test_a_voucher_can_expire(remote: Remote, engine: Engine) -> None:
    intent = pay(remote, remote.session(), "oxxo").payment_intent
    remote.control(f"/vouchers/{intent.id}", {"outcome": "expire"})
    assert remote.client.v1.payment_intents.retrieve(intent.id).status == "requires_payment_method"
    newest = next(engine.world.rows("events"))
    assert newest["type"] == "checkout.session.async_payment_failed"


def test_pix_is_paid_at_once_and_can_be_refunded(remote: Remote) -> None:
    session = pay(remote, remote.session(currency="brl"), "pix")
    remote.control(f"/vouchers/{session.payment_intent.id}")
    intent = remote.client.v1.payment_intents.retrieve(
        session.payment_intent.id, {"expand": ["latest_charge.balance_transaction"]}
    )
    line = intent.latest_charge.balance_transaction
    assert (intent.status, line.status, line.fee) == ("succeeded", "available", 2_668)
    refund = remote.client.v1.refunds.create({"payment_intent": intent.id})
    assert refund.amount == 65_900


def test_vouchers_cannot_be_authorised_first(remote: Remote) -> None:
    by_hand: Any = {"card": {"capture_method": "manual"}}
    assert remote.session(payment_method_options=by_hand).payment_method_types == ["card"]
    with pytest.raises(stripe.InvalidRequestError):
        remote.session(
            payment_method_options=by_hand, allowed_payment_method_types=["card", "oxxo"]
        )


def test_a_saved_card_is_charged_later_without_its_owner(remote: Remote) -> None:
    v1 = remote.client.v1
    customer = v1.customers.create({"email": "c@x.example"})
    session = v1.checkout.sessions.create(
        {
            "mode": "setup",
            "currency": "mxn",
            "customer": customer.id,
            "success_url": "http://shop.localhost/s",
            "setup_intent_data": {"metadata": {"payment": "p3"}},
        }
    )
    remote.control(f"/sessions/{session.id}/pay", {"card": "mastercard"})
    setup = v1.setup_intents.retrieve(
        v1.checkout.sessions.retrieve(session.id).setup_intent, {"expand": ["payment_method"]}
    )
    assert (setup.status, setup.metadata.to_dict()) == ("succeeded", {"payment": "p3"})
    assert (setup.payment_method.card.last4, setup.payment_method.customer) == (
        "4444",
        customer.id,
    )
    methods = v1.customers.payment_methods.list(customer.id)
    assert [method.id for method in methods.data] == [setup.payment_method.id]
    intent = v1.payment_intents.create(
        {
            "amount": 5_000,
            "currency": "mxn",
            "customer": customer.id,
            "payment_method": setup.payment_method.id,
            "off_session": True,
            "confirm": True,
        }
    )
    assert intent.status == "succeeded"


def test_off_session_the_bank_may_want_the_owner_back(remote: Remote) -> None:
    with pytest.raises(stripe.CardError) as refused:
        remote.client.v1.payment_intents.create(
            {
                "amount": 5_000,
                "currency": "mxn",
                "payment_method": "pm_card_authenticationRequired",
                "off_session": True,
                "confirm": True,
            }
        )
    assert refused.value.code == "authentication_required"
    intent = refused.value.error.payment_intent
    assert intent["status"] == "requires_payment_method"


def test_a_card_of_one_customer_is_not_anothers(remote: Remote) -> None:
    v1 = remote.client.v1
    ana, bia = (v1.customers.create({}).id for _ in range(2))
    card = v1.payment_methods.attach("pm_card_visa", {"customer": ana})
    wish: Any = {"amount": 5_000, "currency": "mxn", "confirm": True, "payment_method": card.id}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        v1.payment_intents.create({**wish, "customer": bia})
    assert refused.value.param == "payment_method"
    assert v1.payment_intents.create({**wish, "customer": ana}).status == "succeeded"


def test_onboarding_can_lack_a_document_or_be_rejected(remote: Remote) -> None:
    accounts = remote.client.v1.accounts
    for outcome, due, reason in (
        ("document_missing", ["individual.verification.document"], "requirements.past_due"),
        ("rejected", [], "rejected.other"),
    ):
        account = accounts.create(
            {"country": "MX", "capabilities": {"transfers": {"requested": True}}}
        )
        remote.control(f"/onboarding/{account.id}", {"outcome": outcome})
        after = accounts.retrieve(account.id)
        assert (after.details_submitted, after.payouts_enabled) == (True, False)
        assert (after.requirements.currently_due, after.requirements.disabled_reason) == (
            due,
            reason,
        )
        assert after.capabilities.transfers == "inactive"


def test_an_identity_check_is_decided(remote: Remote) -> None:
    checks = remote.client.v1.identity.verification_sessions
    check = checks.create({"type": "document", "client_reference_id": "w17"})
    assert (check.status, check.url) == (
        "requires_input",
        f"{remote.sandbox.url}/verify/{check.id}",
    )
    remote.control(f"/verifications/{check.id}", {"outcome": "requires_input"})
    assert checks.retrieve(check.id).last_error.code == "document_unverified_other"
    remote.control(f"/verifications/{check.id}", {"outcome": "verified"})
    assert checks.retrieve(check.id).status == "verified"
    assert checks.redact(check.id).redaction.status == "redacted"
