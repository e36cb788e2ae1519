"""What must be true of money at every moment, and what must agree when everything is at rest."""

from collections import Counter
from functools import reduce
from operator import add
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Sum

from kernel.context import HOUSE
from kernel.edge import working_for
from payments.models import (
    Allocation,
    Balance,
    Credit,
    Debt,
    Dispute,
    Earning,
    Hold,
    Payment,
    Payout,
    Posting,
    Refund,
    Tip,
)
from payments.queries.recon import at_provider, connected, control_figures
from payments.rules.blocks import PARTS
from payments.rules.payout_states import OPEN
from simulators.stripe.engine import Engine

FINISHED = (Refund.SUCCEEDED, Refund.CREDITED, Refund.CHARGED_BACK)


def our_own_books() -> None:
    """Check every equation that holds within our own books, after each step."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")
    on = _sums()
    assert sum(on.values()) == 0
    assert not _drifting()
    assert -_all(on, "worker_in_transit") == _total(Payout, "amount_minor", state__in=OPEN)
    assert _by_owner(on, "worker_pending") == _of_each(Earning, "worker", "pending_minor")
    assert _by_owner(on, "worker_reserve") == _of_each(Hold, "member", "remaining_minor")
    assert _by_owner(on, "worker_receivable", sign=1) == _of_each(Debt, "member", "left_minor")
    assert _by_owner(on, "customer_credit") == _of_each(Credit, "customer", "left_minor")
    assert -_all(on, "tip_held") == _total(Tip, "amount_minor", state=Tip.HELD)
    assert -_all(on, "refund_payable") == _owed_to_customers()
    assert -_all(on, "customer_deposit") == _deposits()
    _as_the_product_checks()


def _as_the_product_checks() -> None:
    """The nightly comparison must find nothing either."""
    with working_for(HOUSE):
        broken = [each for each in control_figures() if not each.holds]
    assert not broken


def _sums() -> dict[tuple[str, UUID], int]:
    rows = Posting.objects.values_list("account__kind", "account__owner_id")
    return {(kind, owner): total for kind, owner, total in rows.annotate(Sum("amount"))}


def _all(on: dict[tuple[str, UUID], int], kind: str) -> int:
    return sum(total for (name, _), total in on.items() if name == kind)


def _by_owner(on: dict[tuple[str, UUID], int], kind: str, sign: int = -1) -> dict[UUID, int]:
    return {owner: sign * total for (name, owner), total in on.items() if name == kind and total}


def _of_each(model: Any, owner: str, field: str) -> dict[UUID, int]:
    rows = model.objects.values_list(f"{owner}_id").annotate(total=Sum(field))
    return {whose: total for whose, total in rows if total}


def _total(model: Any, field: str, **where: Any) -> int:
    return model.objects.filter(**where).aggregate(total=Sum(field))["total"] or 0


def _owed_to_customers() -> int:
    due = Refund.objects.exclude(state__in=FINISHED)
    return due.aggregate(total=Sum(F("amount_minor") + F("tip_minor")))["total"] or 0


def _drifting() -> list[Balance]:
    """Return balances that are negative, or not what their account's postings sum to."""
    booked = dict(Posting.objects.values_list("account_id").annotate(Sum("amount")))
    return [
        row
        for row in Balance.objects.all()
        if row.balance < 0 or row.balance != row.normal * booked.get(row.account_id, 0)
    ]


def _deposits() -> int:
    """Return what is still the customers': as `deposit_left`, of all captured payments at once."""
    taken = _total(Payment, "amount_minor", state="captured")
    parts = (F(f"{part}_minor") for part in PARTS if part != "tip")
    earned = Earning.objects.aggregate(total=Sum(reduce(add, parts)))["total"] or 0
    lost = _total(Dispute, "deposit_minor", state=Dispute.LOST)
    return taken - earned - _total(Refund, "deposit_minor") - lost


def never_twice(engine: Engine) -> None:
    """Check that nothing we wanted once was done twice by the provider."""
    for family, name in (
        ("payouts", "cashout"),
        ("refunds", "refund"),
        ("transfers", "allocation"),
    ):
        made = Counter(
            (row["metadata"][name], row["metadata"].get("attempt"))
            for row in engine.world.family(family).values()
            if name in row["metadata"] and row.get("status") not in ("failed", "canceled")
        )
        assert max(made.values(), default=0) <= 1, family
    captured = Counter(
        row["payment_intent"]
        for row in engine.world.family("charges").values()
        if row["captured"] and row["status"] == "succeeded" and row.get("payment_intent")
    )
    assert max(captured.values(), default=0) <= 1


def as_the_provider_says(engine: Engine) -> None:
    """Check, when nothing is under way, that the provider has what our books say."""
    with working_for(HOUSE):
        ours, of_payees = at_provider(), connected("stripe")
    assert ours.get("MXN", 0) == _balance(engine, engine.world.platform)
    theirs = {account: _balance(engine, account) for account in of_payees}
    assert {account: sums.get("MXN", 0) for account, sums in of_payees.items()} == theirs
    sent = Allocation.objects.filter(state=Allocation.SENT).values_list("provider_ref", flat=True)
    assert set(sent) == set(engine.world.family("transfers"))
    gone = Refund.objects.filter(state=Refund.SUCCEEDED).values_list("provider_ref", flat=True)
    made = engine.world.rows("refunds", engine.world.platform)
    assert set(gone) == {row["id"] for row in made if row["status"] == "succeeded"}


def _balance(engine: Engine, account: str) -> int:
    return sum(engine.state.balances.get(account, {}).get("mxn", [0, 0]))
