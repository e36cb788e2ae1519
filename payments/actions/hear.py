"""Somebody told us of a thing at a provider: we go and look. Talks to it: no transactions.

What counts is what the provider says when asked, never what the message said: so it does not matter
in which order, how late or how often we are told.
"""

from collections.abc import Callable

from django.db import transaction

from kernel.actor import PSP
from kernel.events import publish
from payments.actions.ask_person import ask_person
from payments.actions.know_object import know_object
from payments.actions.onboard import refresh_payee
from payments.actions.send_evidence import refresh_dispute, refresh_warning
from payments.actions.send_payout import refresh_payout
from payments.actions.send_refund import refresh_refund
from payments.actions.settle_payment import refresh_payment
from payments.events.talk import BalanceChanged
from payments.models import ProviderObject
from tenants.tenancy.actions.note_security import note_security

# What the things that we make say of themselves, by what they are to us.
CLAIMED_AS = {"payment": "payment", "payee": "payee", "refund": "refund", "payout": "cashout"}

# Messages about things that others make and that belong to one of ours: what they are to us.
# Their row points at the subject of what they belong to (the payment of a dispute).
BELONGING = {"charge.dispute.": "dispute", "radar.early_fraud_warning.": "warning"}

# How we look at a thing, by what it is to us. What is not here is known, and needs no look.
LOOKS: dict[str, Callable[[ProviderObject], object]] = {
    "payment": lambda ours: refresh_payment(payment_id=ours.subject_id),
    "payee": lambda ours: refresh_payee(payee_id=ours.subject_id),
    "payout": lambda ours: refresh_payout(payout_id=ours.subject_id),
    "refund": lambda ours: refresh_refund(refund_id=ours.subject_id),
    "dispute": lambda ours: refresh_dispute(payment_id=ours.subject_id, ref=ours.object_id),
    "warning": lambda ours: refresh_warning(payment_id=ours.subject_id, ref=ours.object_id),
}


def hear(*, kind: str, object_id: str, known_by: str, claims: dict[str, str]) -> ProviderObject:
    """Take note of what a message is about, and return it: the next thing is to look at it."""
    ours = ProviderObject.objects.get(object_id=known_by)
    _check_claims(ours, object_id, claims)
    for start, belongs_as in BELONGING.items():
        if kind.startswith(start) and known_by != object_id:
            know_object(object_id=object_id, kind=belongs_as, subject_id=ours.subject_id)
            return ProviderObject.objects.get(object_id=object_id)
    return ours


def look_at(*, object_id: str) -> None:
    """Look at the provider what became of one of our things, and take it over."""
    ours = ProviderObject.objects.get(object_id=object_id)
    look = LOOKS.get(ours.kind)
    if look is not None:
        look(ours)


@transaction.atomic
def announce_balance(*, account_ref: str) -> None:
    """Tell what waits for money on an account; no name means the collecting account."""
    publish(BalanceChanged(account_ref=account_ref), by=PSP)


@transaction.atomic
def _check_claims(ours: ProviderObject, object_id: str, claims: dict[str, str]) -> None:
    """What a message says of itself is never believed; if it is wrong, somebody meddles."""
    claimed = claims.get(CLAIMED_AS.get(ours.kind, ""), "")
    if not claimed or claimed == str(ours.subject_id):
        return
    note_security(
        by=PSP,
        kind="contradiction",
        object_kind="provider_object",
        object_id=object_id,
        claimed=claimed,
        ours=str(ours.subject_id),
    )
    ask_person(
        kind="contradiction",
        key=f"contradiction:{object_id}:{claimed}"[:255],
        about=object_id,
        claimed=claimed,
        ours=str(ours.subject_id),
    )
