"""The chart of accounts, and for every business fact which accounts it may touch.

No rule lets a tip reach any account but the worker's: that it arrives whole is the database's own
rule. Only a migration changes this list.
"""

from django.db import migrations

from kernel.roles import LEDGER

DEBIT_NORMAL = (
    *("psp_pending", "psp_available", "psp_connected", "bank", "float_committed"),
    *("cash_with_worker", "dispute_withheld", "psp_fee", "dispute_fee", "payout_fee"),
    *("chargeback_loss", "goodwill", "bad_debt", "recon_difference"),
)
DEBIT_NORMAL_STRICT = ("operator_float", "worker_receivable", "tenant_receivable")
CREDIT_NORMAL = (
    *("customer_deposit", "tip_held", "tenant_pending", "tax_payable", "refund_payable"),
    *("operator_capital", "platform_fee", "cashout_fee", "psp_fee_recovered"),
)
CREDIT_NORMAL_STRICT = (
    *("worker_pending", "worker_available", "worker_reserve", "worker_in_transit"),
    *("tenant_available", "tenant_in_transit", "customer_credit"),
)

PSP = "psp_pending psp_available"
RECON = "recon_difference psp_pending psp_available psp_connected bank"
LOSSES = "worker_reserve worker_receivable platform_fee tax_payable chargeback_loss"

# kind: (what it may debit, what it may credit)
FACTS = {
    "charge.captured": (f"{PSP} bank", "customer_deposit"),
    "tip.captured": (f"{PSP} bank", "tip_held"),
    "tip.earned": ("tip_held", "worker_available"),
    "tip.returned": ("tip_held worker_available goodwill", "refund_payable"),
    "tip.lost": ("tip_held chargeback_loss", "dispute_withheld"),
    "psp.fee": ("psp_fee", PSP),
    "psp.settled": ("psp_available", "psp_pending"),
    "psp.paid_out": ("bank", "psp_available"),
    "job.accrued": (
        "customer_deposit tenant_pending",
        "worker_pending tenant_pending platform_fee psp_fee_recovered tax_payable",
    ),
    "fee.trued_up": ("tenant_pending psp_fee_recovered", "tenant_pending psp_fee_recovered"),
    "tax.withheld": ("worker_pending", "tax_payable"),
    "tax.paid": ("tax_payable", "bank"),
    "job.released": ("worker_pending", "worker_available worker_reserve worker_receivable"),
    "hold.opened": ("worker_pending worker_available", "worker_reserve"),
    "hold.released": ("worker_reserve", "worker_available"),
    "payee.allocated": ("psp_connected", PSP),
    "payee.taken_back": (PSP, "psp_connected"),
    "cashout.requested": (
        "worker_available tenant_pending float_committed",
        "worker_in_transit cashout_fee operator_float",
    ),
    "cashout.paid": ("worker_in_transit", "psp_connected psp_available bank float_committed"),
    "payout.fee": ("payout_fee", "psp_connected psp_available bank"),
    "float.funded": ("operator_float", "operator_capital"),
    "advance.repaid": ("operator_float", PSP),
    "refund.due": (
        f"customer_deposit worker_pending worker_available tenant_pending goodwill {LOSSES}",
        "refund_payable",
    ),
    "refund.paid": ("refund_payable", f"{PSP} bank"),
    "refund.to_credit": ("refund_payable", "customer_credit"),
    "dispute.opened": ("dispute_withheld dispute_fee", PSP),
    "dispute.won": ("psp_available", "dispute_withheld dispute_fee"),
    "dispute.lost": (f"customer_deposit tenant_pending {LOSSES}", "dispute_withheld"),
    "debt.paid": (f"bank {PSP}", "worker_receivable tenant_receivable"),
    "debt.written_off": ("bad_debt", "worker_receivable tenant_receivable"),
    "credit.granted": ("goodwill", "customer_credit"),
    "credit.used": ("customer_credit", "customer_deposit"),
    "credit.expired": ("customer_credit", "goodwill"),
    "worker.compensated": ("goodwill", "worker_available"),
    "cash.collected": ("cash_with_worker", "customer_deposit"),
    "cash.settled": ("worker_pending worker_receivable", "cash_with_worker"),
    "deposit.forfeited": ("customer_deposit", "tenant_pending tax_payable"),
    "tenant.billed": ("tenant_receivable", "tenant_pending"),
    "tenant.released": ("tenant_pending", "tenant_available tenant_receivable"),
    "tenant.requested": ("tenant_available", "tenant_in_transit"),
    "tenant.paid": ("tenant_in_transit", "psp_connected psp_available bank"),
    "platform.settled": ("platform_fee cashout_fee", "bank psp_available"),
    "recon.adjusted": (RECON, RECON),
}
STOPPED_BY_FREEZE = {
    ("cashout.requested", "worker_available"),
    ("tenant.requested", "tenant_available"),
}
# Which entry undoes which, exactly mirrored.
REVERSALS = (
    ("cashout.failed", "cashout.requested"),
    ("cashout.cancelled", "cashout.requested"),
    ("cashout.returned", "cashout.paid"),
    ("refund.failed", "refund.paid"),
)


def rows() -> list[str]:
    """Return the statements that fill the lists."""
    kinds = [
        (kind, normal, strict)
        for normal, strict, names in (
            (1, False, DEBIT_NORMAL),
            (1, True, DEBIT_NORMAL_STRICT),
            (-1, False, CREDIT_NORMAL),
            (-1, True, CREDIT_NORMAL_STRICT),
        )
        for kind in names
    ]
    rules = [
        (fact, account, side, side == 1 and (fact, account) in STOPPED_BY_FREEZE)
        for fact, sides in FACTS.items()
        for side, accounts in zip((1, -1), sides, strict=True)
        for account in accounts.split()
    ]
    return [
        _insert("account_kind", kinds),
        _insert("entry_rule", rules),
        _insert("reversal_rule", list(REVERSALS)),
    ]


def _insert(table: str, values: list[tuple[str | int | bool, ...]]) -> str:
    listed = ", ".join(
        "(" + ", ".join(f"'{each}'" if isinstance(each, str) else str(each) for each in row) + ")"
        for row in values
    )
    return f"insert into ledger.{table} values {listed}"


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_ledger_guards")]
    operations = [
        migrations.RunSQL(
            [f"set local role {LEDGER}", *rows(), "reset role"],
            [
                f"set local role {LEDGER}",
                "delete from ledger.reversal_rule",
                "delete from ledger.entry_rule",
                "delete from ledger.account_kind",
                "reset role",
            ],
        )
    ]
