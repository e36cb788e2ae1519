"""Asking a provider to do something: written down first, sent once per key, answered or not.

Nothing here runs inside a transaction of its caller. Two commits come before the network: one that
says what will be asked, one that says it is on its way. So whoever dies in between leaves a trace
that tells whether the provider can know of it. The same key is sent again for 23 hours; after that
providers forget keys, and what became of the request is looked up instead.
"""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.db.models import F

from kernel import clock
from payments.actions.ask_person import ask_person, close_question
from payments.models import ProviderCall
from payments.providers import provider_of
from payments.providers.base import (
    KeyMisused,
    NoAnswer,
    Provider,
    RememberedFailure,
    SaidNo,
    Unresolved,
)
from payments.rules.calls import LOOK_UP, MISUSED, REFUSED, next_step

T = TypeVar("T")
Find = Callable[[Provider], list[T]]


def call_provider(
    *,
    provider: str,
    purpose: str,
    key: str,
    request: object,
    ask: Callable[[Provider], T],
    named: Callable[[T], str],
    account: str = "",
    find: Find[T] | None = None,
    varies: bool = False,
) -> T:
    """Ask, and return the answer. `named` picks the provider's name of the thing out of it.

    `find` looks for what an earlier try with this key has made; without it a person has to. Where
    what we ask `varies` (by the hour, by language), that comes before asking again: providers
    refuse a key that comes with something else. Raises `NoAnswer` (ask again with the same key,
    later), `SaidNo` or `KeyMisused` (never again with this key).
    """
    row = _prepare(provider, account, purpose, key, _digest(request))
    age = clock.system_now() - row.first_sent_at
    step = next_step(row.state, since_first_sent=age)
    if step == MISUSED:
        raise KeyMisused(key)
    if step == REFUSED:
        raise SaidNo(*row.error.split(": ", 1))
    if step == LOOK_UP:
        return _look_up(row, find, named)
    if varies and find and row.state in ("sent", "unknown") and find(provider_of(provider)):
        return _look_up(row, find, named)
    _mark_sent(row)
    try:
        answer = ask(provider_of(provider))
    except RememberedFailure as error:
        _note(row, "unknown", error=str(error))
        return _look_up(row, find, named)
    except NoAnswer as error:
        _note(row, "unknown", error=str(error))
        raise
    except SaidNo as error:
        _note(row, "failed", error=str(error))
        raise
    except KeyMisused as error:
        if varies and row.state in ("sent", "unknown"):
            # They remember a failure of our first words, and nothing came of those.
            _note(row, "unknown", error=str(error))
            return _look_up(row, find, named)
        _misused(row, str(error))
        raise
    _note(row, "succeeded", ref=named(answer))
    return answer


def numbered(*, provider: str, stem: str, account: str = "") -> str:
    """Return the key of the next try: a definite no ends a key, silence does not."""
    failed = ProviderCall.objects.filter(
        provider=provider, account=account, key__startswith=f"{stem}:", state="failed"
    )
    return f"{stem}:{failed.count() + 1}"


def _digest(request: object) -> str:
    return hashlib.sha256(repr(request).encode()).hexdigest()


@transaction.atomic
def prepare_call(*, provider: str, purpose: str, key: str, request: object) -> None:
    """Write down what will be asked, ahead of `call_provider`, under a lock of the caller's."""
    _insert(provider, "", purpose, key, _digest(request))


@transaction.atomic
def _insert(provider: str, account: str, purpose: str, key: str, digest: str) -> ProviderCall:
    row, _ = ProviderCall.objects.get_or_create(
        provider=provider,
        account=account,
        key=key,
        defaults={
            "purpose": purpose,
            "request_hash": digest,
            "first_sent_at": clock.system_now(),
        },
    )
    return row


def _prepare(provider: str, account: str, purpose: str, key: str, digest: str) -> ProviderCall:
    row = _insert(provider, account, purpose, key, digest)
    if row.request_hash != digest:
        _misused(row, "another request with this key")
        raise KeyMisused(key)
    return row


@transaction.atomic
def _mark_sent(row: ProviderCall) -> None:
    """Say that the provider may know of it from now on; the first time, from when on."""
    first = {"first_sent_at": clock.system_now()} if row.state == "prepared" else {}
    state = "sent" if row.state == "prepared" else row.state
    ProviderCall.objects.filter(pk=row.pk).update(state=state, attempts=F("attempts") + 1, **first)


def _look_up(row: ProviderCall, find: Find[T] | None, named: Callable[[T], str]) -> T:
    """Adopt the one thing that was made; if there is none, or several, ask a person."""
    found = find(provider_of(row.provider)) if find else []
    if row.response_ref:  # A person has said which of them it is.
        found = [each for each in found if named(each) == row.response_ref]
    if len(found) == 1:
        _note(row, "succeeded", ref=named(found[0]))
        close_question(key=_question(row), note="found")
        return found[0]
    ask_person(
        kind="unresolved_call",
        key=_question(row),
        about=row.key,
        call_id=str(row.pk),
        purpose=row.purpose,
        found=[named(each) for each in found],
    )
    raise Unresolved(f"{row.key}: {len(found)} found")


def _question(row: ProviderCall) -> str:
    return f"call:{row.pk}"


@transaction.atomic
def _misused(row: ProviderCall, error: str) -> None:
    """A mistake of ours: nothing is booked, and somebody who can mend it hears of it."""
    _note(row, "bug", error=error)
    ask_person(
        kind="key_misused", key=f"misused:{row.pk}", about=row.key, purpose=row.purpose, error=error
    )


def _note(row: ProviderCall, state: str, *, ref: str = "", error: str = "") -> None:
    ProviderCall.objects.filter(pk=row.pk).update(state=state, response_ref=ref, error=error[:200])
