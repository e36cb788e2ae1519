"""What each business fact writes into the ledger: which accounts, which side, how much.

A debit is positive, a credit negative, so every draft sums to zero. The database has the last
word: its own allow list names the accounts that each kind of entry may touch.
"""

from payments.rules.entries.adjustments import books_corrected
from payments.rules.entries.ahead import deposit_forfeited
from payments.rules.entries.books import (
    own_payout_fee,
    own_payout_key,
    psp_paid_out,
)
from payments.rules.entries.cashouts import (
    advance_repaid,
    advance_taken_back,
    cashout_paid,
    cashout_ref,
    cashout_requested,
    float_funded,
)
from payments.rules.entries.charges import (
    cash_settled,
    charge_captured,
    fee_trued_up,
    psp_fee,
    psp_settled,
)
from payments.rules.entries.credits import (
    credit_expired,
    credit_granted,
    credit_used,
    worker_compensated,
)
from payments.rules.entries.disputes import (
    Lost,
    dispute_lost,
    dispute_opened,
    dispute_reinstated,
    dispute_won,
    tip_lost,
    tip_regained,
)
from payments.rules.entries.draft import Draft, Leg, Unbalanced, draft
from payments.rules.entries.holds import hold_opened, hold_released
from payments.rules.entries.jobs import job_accrued, job_released, payee_allocated, tax_withheld
from payments.rules.entries.refunds import (
    debt_written_off,
    payee_taken_back,
    refund_due,
    refund_paid,
    refund_ref,
    refund_to_credit,
)
from payments.rules.entries.tips import tip_captured, tip_earned, tip_ref, tip_returned

__all__ = [
    "Draft",
    "Leg",
    "Lost",
    "Unbalanced",
    "advance_repaid",
    "advance_taken_back",
    "books_corrected",
    "cash_settled",
    "cashout_paid",
    "cashout_ref",
    "cashout_requested",
    "charge_captured",
    "credit_expired",
    "credit_granted",
    "credit_used",
    "debt_written_off",
    "deposit_forfeited",
    "dispute_lost",
    "dispute_opened",
    "dispute_reinstated",
    "dispute_won",
    "draft",
    "fee_trued_up",
    "float_funded",
    "hold_opened",
    "hold_released",
    "job_accrued",
    "job_released",
    "own_payout_fee",
    "own_payout_key",
    "payee_allocated",
    "payee_taken_back",
    "psp_fee",
    "psp_paid_out",
    "psp_settled",
    "refund_due",
    "refund_paid",
    "refund_ref",
    "refund_to_credit",
    "tax_withheld",
    "tip_captured",
    "tip_earned",
    "tip_lost",
    "tip_ref",
    "tip_regained",
    "tip_returned",
    "worker_compensated",
]
