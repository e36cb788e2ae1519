"""Asking a provider to do something: written down first, sent once per key, answered or not.

Nothing here runs inside a transaction of its caller: the row is committed before the network is
touched, so a process that dies in between leaves a trace, and the same key is sent again.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F

from kernel import clock
from payments.models import ProviderCall
from payments.providers import provider_of
from payments.providers.base import KeyMisused, NoAnswer, Provider, SaidNo

T = TypeVar("T")
SAFE_TO_REPEAT = timedelta(hours=23)  # Providers forget keys after a day.


def call_provider(
    *,
    provider: str,
    purpose: str,
    key: str,
    request: object,
    ask: Callable[[Provider], T],
    named: Callable[[T], str],
    account: str = "",
) -> T:
    """Ask, and return the answer. `named` picks the provider's name of the thing out of it.

    Raises `NoAnswer` (ask again with the same key, later), `SaidNo` or `KeyMisused` (never again
    with this key).
    """
    digest = hashlib.sha256(repr(request).encode()).hexdigest()
    row = _prepare(provider, account, purpose, key, digest)
    try:
        answer = ask(provider_of(provider))
    except NoAnswer as error:
        _note(row, "unknown", error=str(error))
        raise
    except SaidNo as error:
        _note(row, "failed", error=str(error))
        raise
    except KeyMisused as error:
        _note(row, "bug", error=str(error))
        raise
    _note(row, "succeeded", ref=named(answer))
    return answer


@transaction.atomic
def _prepare(provider: str, account: str, purpose: str, key: str, digest: str) -> ProviderCall:
    row, made = ProviderCall.objects.get_or_create(
        provider=provider,
        account=account,
        key=key,
        defaults={
            "purpose": purpose,
            "request_hash": digest,
            "first_sent_at": clock.system_now(),
        },
    )
    if not made and row.request_hash != digest:
        ProviderCall.objects.filter(pk=row.pk).update(state="bug", error="another request")
        raise KeyMisused(key)
    if row.state == "unknown" and clock.system_now() - row.first_sent_at > SAFE_TO_REPEAT:
        raise SaidNo("unresolved", "nobody answered for a day; a person has to look")
    ProviderCall.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
    return row


def _note(row: ProviderCall, state: str, *, ref: str = "", error: str = "") -> None:
    ProviderCall.objects.filter(pk=row.pk).update(state=state, response_ref=ref, error=error[:200])
