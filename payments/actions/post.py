"""The only place that writes to the ledger: one call, one entry, and the database checks it all."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection

from kernel import clock
from kernel.context import current_tenant
from kernel.ids import uuid7
from payments.models import THE_BUSINESS
from payments.rules.entries import Draft
from payments.rules.refusals import InsufficientFunds, MoneyInFlight, WalletFrozen

POST = """
    select ledger.post(%s, %s, %s, %s, %s, %s, %s::text[], %s::uuid[], %s::text[], %s::bigint[], %s)
"""
UNDO = "select ledger.undo(%s, %s, %s, %s, %s, %s)"
REFUSED = {"no_overdraft": InsufficientFunds, "wallet_frozen": WalletFrozen}


def post(draft: Draft) -> UUID:
    """Write one entry and return its id; the same fact again returns the first one's.

    Call it inside the action's transaction. It refuses what is not there, and what is frozen.
    """
    return _write(
        POST,
        [
            uuid7(),
            current_tenant(),
            draft.kind,
            draft.key,
            draft.ref,
            draft.currency,
            [leg.account for leg in draft.legs],
            [leg.owner or THE_BUSINESS for leg in draft.legs],
            [leg.sub for leg in draft.legs],
            [leg.minor for leg in draft.legs],
            clock.now(),
        ],
    )


def undo(*, entry_id: UUID, kind: str, key: str) -> UUID:
    """Write the exact mirror of an entry, once, and return its id."""
    return _write(UNDO, [uuid7(), current_tenant(), entry_id, kind, key, clock.now()])


def freeze_ledger(member_id: UUID, *, frozen: bool) -> None:
    """Let the ledger refuse, or allow again, that a member's wallet is emptied."""
    with connection.cursor() as cursor:
        cursor.execute("select ledger.freeze(%s, %s)", [member_id, frozen])


def _write(statement: str, values: list[Any]) -> UUID:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            posted: UUID = cursor.fetchone()[0]
            return posted
    except IntegrityError as error:
        guard = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if guard in REFUSED:
            raise REFUSED[guard] from None
        raise
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "55P03":  # lock_not_available
            raise MoneyInFlight from None
        raise
