"""What a provider thinks of a payee."""

from uuid import UUID

from django.db import transaction
from django.forms.models import model_to_dict

from kernel import clock
from kernel.actor import PSP
from kernel.crypto import fingerprint
from kernel.events import publish
from payments.actions.apply_payment import INSTRUMENT
from payments.actions.doubt import judge_destination
from payments.actions.locks import locked_payee
from payments.events import PayeeActivated, PayeeRestricted
from payments.models import Payee
from payments.providers.base import PayeeFact
from tenants.tenancy.actions.warn import warn
from tenants.tenancy.queries import member
from tenants.tenancy.rules.alerts import ACCOUNT_CHANGED


@transaction.atomic
def apply_payee(*, payee_id: UUID, fact: PayeeFact) -> Payee:
    """Take over a payee's state, what is missing, and where the money goes.

    A changed destination is written down with its moment: new places rest before they are paid.
    The first one does not.
    """
    payee = locked_payee(payee_id)
    before, known = payee.state, model_to_dict(payee)
    payee.state, payee.missing = fact.state, list(fact.missing)
    payee.instant = fact.instant
    changed = _note_destination(payee, fact)
    if fact.state == "active" and before != "active":
        payee.active_at = clock.now()
    if model_to_dict(payee) != known:
        payee.save()
    judge_destination(payee, holder=fact.holder, changed=changed)
    ids = {"payee_id": str(payee.pk), "member_id": str(payee.member_id)}
    if fact.state == "active" and before != "active":
        publish(PayeeActivated(**ids), by=PSP)
    elif before == "active" and fact.state != "active":
        publish(PayeeRestricted(**ids), by=PSP)
    return payee


def _note_destination(payee: Payee, fact: PayeeFact) -> bool:
    """Take over where the money goes, and tell whether that is another place than before."""
    instrument = fingerprint(fact.instrument, purpose=INSTRUMENT) if fact.instrument else ""
    changed = bool(payee.instrument and instrument and instrument != payee.instrument)
    if changed:
        payee.destination_at = clock.now()
        user = member(payee.member_id).user
        warn(user=user, kind=ACCOUNT_CHANGED, about=fact.destination or "?")
    payee.instrument = instrument or payee.instrument
    payee.destination = fact.destination or payee.destination
    return changed
