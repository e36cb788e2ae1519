"""Hearing from providers what their events should have told us, had they come."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kernel import clock
from payments.actions.onboard import refresh_payee
from payments.actions.receive_event import receive_event
from payments.actions.send_payout import refresh_payout
from payments.actions.settle_payment import refresh_payment
from payments.models import Payee, Payment, Payout
from payments.providers import provider_of
from payments.providers.base import NoAnswer, SaidNo, Signal
from payments.queries.recon import connected_accounts
from payments.rules.payment_states import UNPAID
from payments.rules.payout_states import OPEN


def catch_up() -> int:
    """Look at everything of this tenant that is under way; return how many answers there were.

    Talks to providers: call it outside a transaction. Silence is skipped.
    """
    payments = Payment.objects.filter(state__in=(*UNPAID, "authorised")).exclude(page_ref="")
    payouts = Payout.objects.filter(state__in=OPEN).exclude(provider_ref="")
    payees = Payee.objects.exclude(account_ref="").exclude(state__in=("active", "rejected"))
    looks: list[tuple[Callable[..., object], dict[str, UUID]]] = [
        *((refresh_payment, {"payment_id": each}) for each in _ids(payments)),
        *((refresh_payout, {"payout_id": each}) for each in _ids(payouts)),
        *((refresh_payee, {"payee_id": each}) for each in _ids(payees)),
    ]
    return sum(_look(refresh, named) for refresh, named in looks)


def hear_what_was_missed(*, provider: str, within: timedelta) -> int:
    """Keep the events that a provider could not bring to us; return how many were new to it.

    Runs for the house, and talks to the provider: call it outside a transaction.
    """
    since = clock.now() - within
    accounts = ("", *connected_accounts(provider))
    missed = [signal for each in accounts for signal in _missed(provider, each, since)]
    for signal in missed:
        receive_event(provider=provider, signal=signal)
    return len(missed)


def _missed(provider: str, account: str, since: datetime) -> list[Signal]:
    """Return what was missed of one account; of one that is closed to us, nothing."""
    try:
        return provider_of(provider).missed_signals(since=since, account=account)
    except SaidNo:
        return []
    except NoAnswer:
        if not account:
            raise
        return []  # Tomorrow night: the time asked for is two days.


def _ids(rows: Any) -> list[UUID]:
    return list(rows.values_list("pk", flat=True))


def _look(refresh: Callable[..., object], named: dict[str, UUID]) -> int:
    try:
        refresh(**named)
    except NoAnswer:
        return 0
    return 1
