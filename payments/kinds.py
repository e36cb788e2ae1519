"""The words for what the ledger knows: what each entry means, and what each account is."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from payments.rules.story import Side

Words = Mapping[str, Promise]

ENTRIES: Words = {
    "charge.captured": _("The customer paid"),
    "tip.captured": _("The customer gave a tip"),
    "tip.earned": _("The tip reached the worker, all of it"),
    "tip.returned": _("The tip goes back to the customer"),
    "tip.lost": _("The customer's bank took the tip back"),
    "tip.regained": _("The customer's bank gave the tip back"),
    "psp.fee": _("The payment company kept its fee"),
    "psp.settled": _("The payment company made the money available"),
    "psp.paid_out": _("The payment company sent the money to our bank"),
    "psp.payout_returned": _("The bank sent the payment company's money back"),
    "job.accrued": _("The visit was done, and its price was divided"),
    "fee.trued_up": _("The real payment costs differed from the estimate"),
    "tax.withheld": _("Tax was kept back for the tax office"),
    "tax.paid": _("The tax was paid to the tax office"),
    "job.released": _("The visit was confirmed, and the worker's share set free"),
    "hold.opened": _("A part of the worker's money was set aside"),
    "hold.released": _("What was set aside is free again"),
    "payee.allocated": _("Money was moved to the worker's account at the payment company"),
    "payee.taken_back": _("Money was moved back from the worker's account"),
    "cashout.requested": _("A cash-out was asked for"),
    "cashout.paid": _("A cash-out arrived"),
    "cashout.failed": _("A cash-out came back"),
    "cashout.cancelled": _("A cash-out was cancelled"),
    "cashout.returned": _("The bank sent a cash-out back"),
    "payout.fee": _("The bank charged for a cash-out"),
    "float.funded": _("The operator lent money for advances"),
    "advance.repaid": _("An advance was paid back by the customer's payment"),
    "refund.due": _("Money is owed back to the customer"),
    "refund.paid": _("The money was sent back to the customer"),
    "refund.failed": _("Sending the money back failed"),
    "refund.to_credit": _("The customer keeps the money as a credit here"),
    "dispute.opened": _("The customer's bank took the payment back for now"),
    "dispute.won": _("The bank gave the disputed payment back"),
    "dispute.lost": _("The bank kept the disputed payment"),
    "dispute.reinstated": _("A lost dispute was won after all"),
    "debt.paid": _("A debt was paid"),
    "debt.written_off": _("A debt was forgiven"),
    "credit.granted": _("The customer was given a credit"),
    "credit.used": _("The customer paid with a credit"),
    "credit.expired": _("A credit expired"),
    "worker.compensated": _("The business compensated the worker"),
    "cash.collected": _("The customer paid in cash"),
    "cash.settled": _("The worker kept the share from the cash"),
    "deposit.forfeited": _("What was left of the deposit expired"),
    "tenant.billed": _("The business was billed"),
    "tenant.released": _("The business's part was set free"),
    "tenant.requested": _("The business asked to be paid out"),
    "tenant.paid": _("The business was paid out"),
    "platform.settled": _("The fee for the technology was paid"),
    "recon.adjusted": _("The books were corrected after a check with the bank"),
}
FOR_CUSTOMER: Words = {
    "charge.captured": _("You paid"),
    "tip.captured": _("You gave a tip"),
    "tip.earned": _("Your tip reached the worker, all of it"),
    "tip.returned": _("Your tip comes back to you"),
    "refund.due": _("We owe you money back"),
    "refund.paid": _("We sent your money back"),
    "refund.failed": _("Sending your money back failed; we try again"),
    "refund.to_credit": _("You keep the money as a credit here"),
    "credit.used": _("You paid with your credit"),
    "cash.collected": _("You paid in cash"),
}
FOR_WORKER: Words = {
    "tip.earned": _("The tip is yours, all of it"),
    "job.released": _("The visit was confirmed: your share is free"),
    "tax.withheld": _("Tax kept back from your share for the tax office"),
    "hold.opened": _("A part of your money was set aside"),
    "payee.allocated": _("Your money was moved to your account at the payment company"),
    "refund.due": _("The customer gets money back"),
    "worker.compensated": _("The business compensated you"),
    "cash.settled": _("You kept your share from the cash"),
}
ACCOUNTS: Words = {
    "psp_pending": pgettext_lazy("account", "Payment company, on its way"),
    "psp_available": pgettext_lazy("account", "Payment company, available"),
    "psp_connected": pgettext_lazy("account", "Worker's account at the payment company"),
    "bank": pgettext_lazy("account", "Bank"),
    "cash_with_worker": pgettext_lazy("account", "Cash with the worker"),
    "customer_deposit": pgettext_lazy("account", "Held for the customer"),
    "customer_credit": pgettext_lazy("account", "Customer's credit"),
    "tip_held": pgettext_lazy("account", "Tips on their way to workers"),
    "worker_pending": pgettext_lazy("account", "Worker, to be confirmed"),
    "worker_available": pgettext_lazy("account", "Worker's wallet"),
    "worker_reserve": pgettext_lazy("account", "Worker, set aside"),
    "worker_in_transit": pgettext_lazy("account", "Worker, on its way to the bank"),
    "worker_receivable": pgettext_lazy("account", "What the worker owes"),
    "tenant_pending": pgettext_lazy("account", "The local team"),
    "tenant_available": pgettext_lazy("account", "The local team, available"),
    "tenant_in_transit": pgettext_lazy("account", "The local team, on its way to the bank"),
    "tenant_receivable": pgettext_lazy("account", "What the local team owes"),
    "platform_fee": pgettext_lazy("account", "Technology"),
    "cashout_fee": pgettext_lazy("account", "Fees of fast cash-outs"),
    "psp_fee_recovered": pgettext_lazy("account", "Payment costs"),
    "psp_fee": pgettext_lazy("account", "Fee of the payment company"),
    "payout_fee": pgettext_lazy("account", "Fee of the bank for cash-outs"),
    "tax_payable": pgettext_lazy("account", "Taxes"),
    "refund_payable": pgettext_lazy("account", "Owed back to the customer"),
    "dispute_withheld": pgettext_lazy("account", "Held back by the customer's bank"),
    "dispute_fee": pgettext_lazy("account", "Fee of a dispute"),
    "chargeback_loss": pgettext_lazy("account", "The business's loss"),
    "goodwill": pgettext_lazy("account", "The business's goodwill"),
    "bad_debt": pgettext_lazy("account", "Debts forgiven"),
    "operator_float": pgettext_lazy("account", "Operator's money for advances"),
    "float_committed": pgettext_lazy("account", "Advances lent"),
    "operator_capital": pgettext_lazy("account", "Operator's capital"),
    "recon_difference": pgettext_lazy("account", "Differences being looked into"),
}
ACCOUNTS_FOR_WORKER: Words = {
    "worker_pending": pgettext_lazy("account", "You, to be confirmed"),
    "worker_available": pgettext_lazy("account", "Your wallet"),
    "worker_reserve": pgettext_lazy("account", "Yours, set aside"),
    "worker_in_transit": pgettext_lazy("account", "Yours, on its way to the bank"),
    "worker_receivable": pgettext_lazy("account", "What you owe"),
    "psp_connected": pgettext_lazy("account", "Your account at the payment company"),
    "cash_with_worker": pgettext_lazy("account", "Cash with you"),
}
ACCOUNTS_FOR_CUSTOMER: Words = {
    "worker_pending": pgettext_lazy("account", "The worker"),
    "worker_available": pgettext_lazy("account", "The worker"),
    "worker_reserve": pgettext_lazy("account", "The worker"),
    "customer_deposit": pgettext_lazy("account", "Held for you"),
    "customer_credit": pgettext_lazy("account", "Your credit"),
    "refund_payable": pgettext_lazy("account", "Owed back to you"),
}
RECEIPTS: Words = {
    "payment": _("Receipt of payment"),
    "refund": _("Receipt of refund"),
    "tip": _("Receipt of tip"),
    "cash_out": _("Receipt of cash-out"),
}
PARTS: Words = {
    "worker": _("For the person who does the job"),
    "tip": _("Tip, 100 % for the worker"),
    "tenant": _("For the local team"),
    "platform": _("Technology"),
    "processor": _("Payment costs"),
    "tax": _("Taxes"),
}
YEAR: Words = {
    "shares": _("Shares of jobs"),
    "tips": _("Tips"),
    "withheld": _("Taxes kept back"),
    "compensated": _("Compensations"),
    "cashed_out": _("Cashed out"),
    "part": _("The business's part of jobs"),
}
_ENTRIES_FOR: dict[Side, Words] = {
    Side.CUSTOMER: FOR_CUSTOMER,
    Side.WORKER: FOR_WORKER,
    Side.OFFICE: ENTRIES,
}
_ACCOUNTS_FOR: dict[Side, Words] = {
    Side.CUSTOMER: ACCOUNTS_FOR_CUSTOMER,
    Side.WORKER: ACCOUNTS_FOR_WORKER,
    Side.OFFICE: ACCOUNTS,
}


def entry_words(kind: str, side: str = Side.OFFICE) -> str:
    """Say what an entry means, to one side."""
    return str(_ENTRIES_FOR[Side(side)].get(kind) or ENTRIES.get(kind) or kind)


def account_words(account: str, side: str = Side.OFFICE, sub: str = "") -> str:
    """Say what an account is, to one side; a tax with its code."""
    words = str(_ACCOUNTS_FOR[Side(side)].get(account) or ACCOUNTS.get(account) or account)
    return f"{words} ({sub.upper()})" if sub else words
