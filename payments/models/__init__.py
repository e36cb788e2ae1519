from payments.models.adjustment import Adjustment
from payments.models.bank import BankAnswer, Batch, BatchLine, IncomingTransfer, PayeeAccount
from payments.models.bank_book import BankLine, BankMatch, BankStatement
from payments.models.callback import ProviderCall, ProviderEvent, ProviderObject, RefusedSignal
from payments.models.credit import Credit, CreditUse
from payments.models.debt import Debt
from payments.models.dispute import Dispute
from payments.models.earning import Earning
from payments.models.forfeit import Forfeit
from payments.models.grant import PERMISSIONS, Grant
from payments.models.hold import HOLD_REASONS, Hold
from payments.models.kept_quote import KeptQuote
from payments.models.ledger import THE_BUSINESS, Account, Balance, Entry, Posting
from payments.models.payee import Allocation, Payee
from payments.models.payment import Payment, Tip
from payments.models.payout import Advance, Payout
from payments.models.question import MoneyQuestion
from payments.models.rail_day import RailDay
from payments.models.receipt import Receipt
from payments.models.recon import ReconLine, ReconRun
from payments.models.refund import Refund, TakeBack
from payments.models.statement import Statement, StatementLine
from payments.models.stops import FREEZE_REASONS, Freeze, PayoutStop
from payments.models.tax import TaxIdentity, TaxRule

__all__ = [
    "FREEZE_REASONS",
    "HOLD_REASONS",
    "PERMISSIONS",
    "THE_BUSINESS",
    "Account",
    "Adjustment",
    "Advance",
    "Allocation",
    "Balance",
    "BankAnswer",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "Batch",
    "BatchLine",
    "Credit",
    "CreditUse",
    "Debt",
    "Dispute",
    "Earning",
    "Entry",
    "Forfeit",
    "Freeze",
    "Grant",
    "Hold",
    "IncomingTransfer",
    "KeptQuote",
    "MoneyQuestion",
    "Payee",
    "PayeeAccount",
    "Payment",
    "Payout",
    "PayoutStop",
    "Posting",
    "ProviderCall",
    "ProviderEvent",
    "ProviderObject",
    "RailDay",
    "Receipt",
    "ReconLine",
    "ReconRun",
    "Refund",
    "RefusedSignal",
    "Statement",
    "StatementLine",
    "TakeBack",
    "TaxIdentity",
    "TaxRule",
    "Tip",
]
