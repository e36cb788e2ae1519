"""A bank account that may be the wrong one is not paid before somebody has looked at it."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP, Actor
from kernel.errors import NotAllowed
from kernel.events import publish
from payments.actions.locks import locked_payee
from payments.events.payouts import DestinationDoubted
from payments.models import Payee
from payments.rules.names import same_person
from tenants.identity.queries import verified_name


def doubt_destination(payee: Payee, reason: str) -> None:
    """Pay nothing to where this payee is paid until it changes or somebody clears it."""
    if payee.doubt == reason:
        return
    payee.doubt = reason
    if reason == "returned":
        payee.cleared, payee.cleared_by = "", None
    payee.save(update_fields=["doubt", "cleared", "cleared_by"])
    publish(
        DestinationDoubted(payee_id=str(payee.pk), member_id=str(payee.member_id), reason=reason),
        by=PSP,
    )


def judge_destination(payee: Payee, *, holder: str, changed: bool) -> None:
    """Look whose a payee's bank account seems to be: another's name, or another worker's account.

    What somebody has cleared stays cleared while it is the same account.
    """
    if not payee.instrument or payee.cleared == payee.instrument:
        return
    reason = _shared(payee) or _misnamed(payee, holder)
    if reason:
        doubt_destination(payee, reason)
    elif changed or payee.doubt in ("name", "shared"):
        payee.doubt = ""
        payee.save(update_fields=["doubt"])


def _shared(payee: Payee) -> str:
    others = Payee.objects.filter(instrument=payee.instrument).exclude(pk=payee.pk)
    return "shared" if others.exists() else ""


def _misnamed(payee: Payee, holder: str) -> str:
    """Compare with the name that the person's document was checked against, if it was."""
    ours = verified_name(payee.member_id, at=clock.now())
    return "name" if holder and ours and not same_person(ours, holder) else ""


@transaction.atomic
def clear_destination(*, by: Actor, payee_id: UUID) -> Payee:
    """Let somebody of the office say that a payee's bank account is right after all."""
    if not by.works_in_office or by.member_id is None:
        raise NotAllowed
    payee = locked_payee(payee_id)
    payee.doubt, payee.cleared, payee.cleared_by_id = "", payee.instrument, by.member_id
    payee.save(update_fields=["doubt", "cleared", "cleared_by"])
    return payee
