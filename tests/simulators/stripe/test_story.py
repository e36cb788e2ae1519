"""The whole way of a payment, told by the real SDK over HTTP."""

from __future__ import annotations

from tests.simulators.stripe.conftest import DAY, Ear, Remote


def test_a_booking_goes_from_onboarding_to_a_paid_payout(remote: Remote, ear: Ear) -> None:
    v1 = remote.client.v1
    worker, tenant = remote.worker(), remote.worker()
    account = v1.accounts.retrieve(worker)
    assert account.payouts_enabled is True
    assert account.capabilities.transfers == "active"
    assert account.requirements.currently_due == []

    session = remote.session(
        payment_method_options={"card": {"capture_method": "manual"}},
        payment_intent_data={"transfer_group": "booking_42", "metadata": {"payment": "p1"}},
        metadata={"payment": "p1"},
    )
    assert session.url == f"{remote.sandbox.url}/pay/{session.id}"
    remote.control(f"/sessions/{session.id}/pay", {"card": "visa"})
    session = v1.checkout.sessions.retrieve(session.id)
    assert (session.status, session.payment_status) == ("complete", "unpaid")
    intent = v1.payment_intents.retrieve(session.payment_intent)
    assert (intent.status, intent.amount_capturable) == ("requires_capture", 65_900)
    assert intent.metadata.to_dict() == {"payment": "p1"}

    v1.payment_intents.capture(intent.id, {"amount_to_capture": 65_900})
    charge = v1.charges.retrieve(intent.latest_charge, {"expand": ["balance_transaction"]})
    assert (charge.amount_captured, charge.balance_transaction.fee) == (65_900, 2_672)
    assert charge.balance_transaction.status == "pending"
    card = charge.payment_method_details.card
    assert (card.brand, card.last4, len(card.fingerprint)) == ("visa", "4242", 16)

    for destination, amount in ((worker, 56_040), (tenant, 5_248)):
        transfer = v1.transfers.create(
            {
                "amount": amount,
                "currency": "mxn",
                "destination": destination,
                "source_transaction": charge.id,
            }
        )
        assert transfer.transfer_group == "booking_42"
    options = {"stripe_account": worker}
    before = v1.balance.retrieve({}, options)
    assert (before.available[0].amount, before.pending[0].amount) == (0, 56_040)
    remote.later(2 * DAY)
    after = v1.balance.retrieve({}, options)
    assert (after.available[0].amount, after.pending[0].amount) == (56_040, 0)

    payout = v1.payouts.create({"amount": 30_000, "currency": "mxn"}, options)
    assert payout.status == "pending"
    assert v1.balance.retrieve({}, options).available[0].amount == 26_040
    remote.later(DAY)
    assert v1.payouts.retrieve(payout.id, {}, options).status == "paid"
    platform = v1.balance.retrieve()
    assert platform.available[0].amount == 65_900 - 2_672 - 56_040 - 5_248

    heard = ear.everything()
    kinds = [event.type for event in heard]
    assert kinds.count("account.updated") == 2
    assert kinds.count("checkout.session.completed") == 1
    assert kinds.index("checkout.session.completed") < kinds.index("charge.captured")
    paid = next(event for event in heard if event.type == "payout.paid")
    assert (paid.account, paid.data.object.id) == (worker, payout.id)


def test_the_same_card_has_the_same_fingerprint_wherever_it_pays(remote: Remote) -> None:
    prints = [
        remote.charge(card=card).payment_method_details.card.fingerprint
        for card in ("visa", "visa_b", "visa", "mastercard")
    ]
    assert prints[0] == prints[2]
    assert len(set(prints)) == 3
