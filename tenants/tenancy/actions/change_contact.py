"""A person moves their account to another e-mail address or phone: with a code sent there.

Afterwards money rests, everybody who may be the person is told, and all other sessions are over.
"""

from uuid import UUID

from django.db import IntegrityError, transaction

from kernel import clock
from kernel.errors import Invalid
from tenants.tenancy.actions.end_sessions import end_everywhere
from tenants.tenancy.actions.hold_money import hold_money
from tenants.tenancy.actions.prove import Destination, check_proof_code, send_proof_code
from tenants.tenancy.actions.warn import warn
from tenants.tenancy.models import ContactChange, ProofCode, User
from tenants.tenancy.rules.alerts import EMAIL_CHANGED, PHONE_CHANGED
from tenants.tenancy.rules.codes import CodeOutcome
from tenants.tenancy.rules.contacts import masked
from tenants.tenancy.rules.holds import CONTACT_CHANGED

CHANNELS = {"email": "email", "phone": "sms"}
ALERTS = {"email": EMAIL_CHANGED, "phone": PHONE_CHANGED}


class ContactSame(Invalid):
    code = "contact.same"
    title = "This is the one you have already."


class ContactTaken(Invalid):
    code = "contact.taken"
    title = "This contact belongs to another account by now."


def ask_contact(*, user: User, kind: str, to: str, locale: str, ip: str) -> ProofCode:
    """Send a code to the contact that a person wants to have from now on.

    If it is somebody else's, nothing is sent, and nobody can tell the difference.
    """
    if to == getattr(user, kind):
        raise ContactSame(fields=["contact"])
    taken = User.objects.filter(**{kind: to}).exclude(pk=user.pk).exists()
    destination = Destination(CHANNELS[kind], to, locale)
    return send_proof_code(user=user, purpose=kind, destination=destination, ip=ip, silent=taken)


@transaction.atomic
def change_contact(*, user: User, kind: str, code: str, this_session: UUID | None) -> CodeOutcome:
    """Take the contact over once its code came back; a wrong code is counted, and that is all."""
    outcome = check_proof_code(user=user, purpose=kind, code=code)
    if not outcome.ok:
        return outcome
    locked = User.objects.select_for_update().get(pk=user.pk)
    old: str = getattr(locked, kind) or ""
    _set(locked, kind, outcome.sent_to)
    ContactChange.objects.create(
        user=locked, kind=kind, old=old, new=outcome.sent_to, at=clock.now()
    )
    hold_money(user=locked, reason=CONTACT_CHANGED)
    warn(user=locked, kind=ALERTS[kind], also=(old,), about=masked(outcome.sent_to))
    end_everywhere(user=locked, except_for=this_session)
    return outcome


def _set(user: User, kind: str, contact: str) -> None:
    setattr(user, kind, contact)
    if kind == "phone":
        user.phone_verified = True
    try:
        with transaction.atomic():
            user.save(update_fields=[kind, "phone_verified"])
    except IntegrityError:  # Somebody took it since the code was sent.
        raise ContactTaken(fields=["code"]) from None
