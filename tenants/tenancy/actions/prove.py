"""A signed-in person brings back six digits that were sent to a contact of theirs."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from kernel import clock
from kernel.crypto import fingerprint
from kernel.ids import uuid7
from tenants.tenancy.actions.count_code import count_code_request
from tenants.tenancy.actions.note_security import note_step_up_failed
from tenants.tenancy.models import ProofCode, User
from tenants.tenancy.rules.codes import LIVES, TRIES, CodeOutcome

PURPOSE = "proof-code"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a code goes: by which channel, to whom, in which language."""

    channel: str
    to: str
    locale: str


def send_code(*, channel: str, to: str, code: str, locale: str, confirms: bool = False) -> None:
    """Hand a code, to sign in or to confirm, to whoever delivers it (`settings.CODE_SENDER`)."""
    sender: Callable[..., object] = import_string(settings.CODE_SENDER)
    sender(channel=channel, to=to, code=code, locale=locale, confirms=confirms)


@transaction.atomic
def send_proof_code(
    *, user: User, purpose: str, destination: Destination, ip: str, silent: bool = False
) -> ProofCode:
    """Send a fresh code; those that waited for the same purpose count no longer.

    `silent`: somebody else has this contact. Nothing is sent, and nobody learns that.
    """
    count_code_request(contact=destination.to, ip=ip)
    at = clock.system_now()
    waiting = ProofCode.objects.filter(user=user, purpose=purpose, used_at=None)
    waiting.filter(expires_at__gt=at).update(expires_at=at)
    code, code_id = f"{secrets.randbelow(1_000_000):06}", uuid7()
    row = ProofCode.objects.create(
        id=code_id,
        user=user,
        purpose=purpose,
        sent_to=destination.to,
        code_hash=fingerprint(f"{code_id}:{code}", purpose=PURPOSE),
        expires_at=at + LIVES,
    )
    if not silent:
        send_code(
            channel=destination.channel,
            to=destination.to,
            code=code,
            locale=destination.locale,
            confirms=True,
        )
    return row


@transaction.atomic
def check_proof_code(*, user: User, purpose: str, code: str) -> CodeOutcome:
    """Use up the code that a person brings back; a wrong one is counted, and three end it."""
    row = (
        ProofCode.objects.select_for_update()
        .filter(user=user, purpose=purpose, used_at=None, expires_at__gt=clock.system_now())
        .order_by("-expires_at")
        .first()
    )
    if row is None or row.wrong >= TRIES:
        return CodeOutcome(ok=False, left=0)
    typed = "".join(code.split())
    if not secrets.compare_digest(row.code_hash, fingerprint(f"{row.pk}:{typed}", purpose=PURPOSE)):
        row.wrong += 1
        row.save(update_fields=["wrong"])
        note_step_up_failed(user=user, way=purpose)
        return CodeOutcome(ok=False, left=TRIES - row.wrong)
    row.used_at = clock.system_now()
    row.save(update_fields=["used_at"])
    return CodeOutcome(ok=True, left=TRIES - row.wrong, sent_to=row.sent_to)
