from payments.models.callback import ProviderCall, ProviderEvent, ProviderObject
from payments.models.earning import Earning
from payments.models.ledger import THE_BUSINESS, Account, Balance, Entry, Posting
from payments.models.payee import Allocation, Payee
from payments.models.payment import Payment, Refund, Tip
from payments.models.payout import Payout

__all__ = [
    "THE_BUSINESS",
    "Account",
    "Allocation",
    "Balance",
    "Earning",
    "Entry",
    "Payee",
    "Payment",
    "Payout",
    "Posting",
    "ProviderCall",
    "ProviderEvent",
    "ProviderObject",
    "Refund",
    "Tip",
]
