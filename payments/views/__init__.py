"""The pages about money."""

from payments.views.account import account, account_open, account_return
from payments.views.cash_out import cash_out_page, cash_outs, receipt
from payments.views.pay import pay, pay_return
from payments.views.wallet import wallet

__all__ = [
    "account",
    "account_open",
    "account_return",
    "cash_out_page",
    "cash_outs",
    "pay",
    "pay_return",
    "receipt",
    "wallet",
]
