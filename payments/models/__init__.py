from payments.models.callback import ProviderCall, ProviderEvent, ProviderObject, RefusedSignal
from payments.models.earning import Earning
from payments.models.hold import HOLD_REASONS, Hold
from payments.models.ledger import THE_BUSINESS, Account, Balance, Entry, Posting
from payments.models.payee import Allocation, Payee
from payments.models.payment import Payment, Refund, Tip
from payments.models.payout import Payout
from payments.models.question import MoneyQuestion
from payments.models.receipt import Receipt
from payments.models.statement import Statement, StatementLine

__all__ = [
    "HOLD_REASONS",
    "THE_BUSINESS",
    "Account",
    "Allocation",
    "Balance",
    "Earning",
    "Entry",
    "Hold",
    "MoneyQuestion",
    "Payee",
    "Payment",
    "Payout",
    "Posting",
    "ProviderCall",
    "ProviderEvent",
    "ProviderObject",
    "Receipt",
    "Refund",
    "RefusedSignal",
    "Statement",
    "StatementLine",
    "Tip",
]
