"""What must be true of money at every moment, and what must agree when everything is at rest."""

from collections import Counter

from django.db import connection

from kernel.context import HOUSE
from kernel.edge import working_for
from payments.models import Advance, Allocation, Payout, Refund
from payments.queries.recon import at_provider, connected, control_figures
from payments.rules.payout_states import OPEN
from simulators.stripe.engine import Engine

# What stands on an account, by whose it is, and the rows that say why: together nothing.
# (Postings to the credit are negative; rows that explain a credit are positive.)
DIFFERENCES = """
select name, whose, sum(minor)::bigint from (
    select a.kind as name, a.owner_id::text as whose, p.amount as minor
    from ledger.posting p join ledger.account a on a.id = p.account_id
    where a.kind in ('worker_pending', 'worker_reserve', 'worker_receivable', 'customer_credit')
    union all
    select a.kind, '', p.amount
    from ledger.posting p join ledger.account a on a.id = p.account_id
    where a.kind in ('worker_in_transit', 'tip_held', 'refund_payable', 'customer_deposit')
    union all select 'worker_pending', worker_id::text, pending_minor from payments_earning
    union all select 'worker_reserve', member_id::text, remaining_minor from payments_hold
    union all select 'worker_receivable', member_id::text, -left_minor from payments_debt
    union all select 'customer_credit', customer_id::text, left_minor from payments_credit
    union all select 'customer_credit', c.customer_id::text, u.amount_minor
        from payments_credituse u join payments_credit c on c.id = u.credit_id
        where u.state = 'reserved'
    union all select 'worker_in_transit', '', amount_minor from payments_payout
        where state in ('requested', 'submitted', 'unknown')
    union all select 'tip_held', '', amount_minor from payments_tip where state = 'held'
    union all select 'refund_payable', '', amount_minor + tip_minor from payments_refund
        where state not in ('succeeded', 'credited', 'charged_back')
    union all select 'customer_deposit', '', amount_minor from payments_payment
        where state = 'captured'
    union all select 'customer_deposit', '',
        -(worker_minor + tenant_minor + platform_minor + processor_minor + tax_minor)
        from payments_earning
    union all select 'customer_deposit', '', -deposit_minor from payments_refund
    union all select 'customer_deposit', '', -amount_minor from payments_forfeit
    union all select 'customer_deposit', '', -deposit_minor from payments_dispute
        where state = 'lost'
    union all select 'all accounts', '', amount from ledger.posting
    union all select 'drift', account_id::text, amount from ledger.posting
        where account_id in (select account_id from ledger.balance)
    union all select 'drift', account_id::text, -balance * normal from ledger.balance
    union all select 'below zero', account_id::text, balance from ledger.balance where balance < 0
) figure group by name, whose having sum(minor) <> 0
"""

LEFT_BEHIND = """
select y.id::text, coalesce((
        select sum(p.amount) from ledger.posting p join ledger.account a on a.id = p.account_id
        where a.tenant_id = y.tenant_id and a.owner_id = y.member_id and a.kind = 'psp_connected'
    ), 0) + coalesce((
        select sum(v.amount_minor - v.repaid_minor)
        from payments_advance v join payments_payout o on o.id = v.payout_id
        where o.payee_id = y.id and v.state = 'unused' and v.provider_ref <> ''
    ), 0)
from payments_payee y where y.left <> ''
"""


def our_own_books() -> None:
    """Check every equation that holds within our own books, after each step."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")
        cursor.execute(DIFFERENCES)
        assert cursor.fetchall() == []
    _as_the_product_checks()


def _as_the_product_checks() -> None:
    """The nightly comparison must find nothing either."""
    with working_for(HOUSE):
        broken = [each for each in control_figures() if not each.holds]
    assert not broken


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
    there = {account: sums.get("MXN", 0) for account, sums in of_payees.items()}
    there |= _left_behind(engine)
    theirs = {account: _balance(engine, account) - _unheard(engine, account) for account in there}
    assert there == theirs
    sent = Allocation.objects.filter(state=Allocation.SENT).values_list("provider_ref", flat=True)
    lent = Advance.objects.exclude(provider_ref="").values_list("provider_ref", flat=True)
    assert {*sent, *lent} == set(engine.world.family("transfers"))
    by_card = Refund.objects.filter(state=Refund.SUCCEEDED, bank_ref="")
    gone = by_card.values_list("provider_ref", flat=True)
    made = engine.world.rows("refunds", engine.world.platform)
    assert set(gone) == {row["id"] for row in made if row["status"] == "succeeded"}


def _unheard(engine: Engine, account: str) -> int:
    """Return what came back to an account at which nobody can look any more, and is not settled."""
    if not engine.world.family("accounts")[account].get("_deauthorized"):
        return 0
    gone = Payout.objects.filter(state__in=(*OPEN, "paid", "final"))
    ours = {(str(pk), str(attempt)) for pk, attempt in gone.values_list("pk", "attempt")}
    return sum(
        row["amount"]
        for row in engine.world.rows("payouts", account)
        if row["status"] in ("failed", "canceled")
        and (row["metadata"].get("cashout"), row["metadata"].get("attempt")) in ours
    )


def _left_behind(engine: Engine) -> dict[str, int]:
    """Return what lies on the accounts of those who are paid by bank since theirs was lost."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT_BEHIND)
        sums = dict(cursor.fetchall())
    accounts = engine.world.family("accounts").values()
    return {
        row["id"]: int(sums[payee])
        for row in accounts
        if (payee := (row.get("metadata") or {}).get("payee")) in sums
    }


def _balance(engine: Engine, account: str) -> int:
    return sum(engine.state.balances.get(account, {}).get("mxn", [0, 0]))
