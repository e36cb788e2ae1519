"""What is held up because something may be wrong is noted for those who run the machines."""

from kernel.actor import SYSTEM
from kernel.events import on
from payments.events.holds import HoldOpened
from payments.events.payouts import DestinationDoubted, WalletLocked
from tenants.tenancy.actions.note_security import note_security


@on(HoldOpened)
def money_rests(fact: HoldOpened) -> None:
    """Note that money rests, unless it is only the reserve of somebody new."""
    if fact.reason != "reserve":
        _note_hold("hold", fact.hold_id, fact.reason)


@on(WalletLocked)
def wallet_is_locked(fact: WalletLocked) -> None:
    """Note that a wallet was frozen."""
    _note_hold("freeze", fact.freeze_id, "frozen")


@on(DestinationDoubted)
def destination_is_doubted(fact: DestinationDoubted) -> None:
    """Note that a bank account is not paid before somebody has looked at it."""
    _note_hold("payee", fact.payee_id, fact.reason)


def _note_hold(object_kind: str, object_id: str, reason: str) -> None:
    note_security(
        by=SYSTEM, kind="hold", object_kind=object_kind, object_id=object_id, reason=reason
    )
