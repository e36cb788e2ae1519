"""Where the pages about money are."""

from django.urls import path

from payments import views
from payments.views import bank_account, owed, receipts, statements, tax_people, wages

app_name = "payments"
urlpatterns = [
    path("wallet/", views.wallet, name="wallet"),
    path("wallet/cash-out/", views.cash_out_page, name="cash_out"),
    path("wallet/cash-outs/", views.cash_outs, name="cash_outs"),
    path("wallet/cash-outs/<uuid:payout_id>/", views.receipt, name="receipt"),
    path("wallet/cash-outs/<uuid:payout_id>/cancel/", wages.cancel, name="cancel_cash_out"),
    path("wallet/cash-outs/<uuid:payout_id>/retry/", wages.retry, name="retry_cash_out"),
    path("wallet/freeze/<uuid:freeze_id>/appeal/", wages.appeal, name="appeal_freeze"),
    path("wallet/owed/", owed.owed, name="owed"),
    path("wallet/owed/<uuid:debt_id>/appeal/", owed.appeal, name="appeal_debt"),
    path("credits/", owed.my_credits, name="credits"),
    path("wallet/account/", views.account, name="account"),
    path("wallet/account/bank/", bank_account.bank_account, name="bank_account"),
    path("wallet/account/open/", views.account_open, name="account_open"),
    path("wallet/account/return/", views.account_return, name="account_return"),
    path("wallet/statements/", statements.statements, name="statements"),
    path(
        "wallet/statements/<uuid:statement_id>.<slug:form>",
        statements.statement_file,
        name="statement_file",
    ),
    path("wallet/tax/", tax_people.my_tax_id, name="tax_id"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts.csv", receipts.receipts_file, name="receipts_file"),
    path("receipts/<uuid:receipt_id>/", receipts.receipt_page, name="receipt_page"),
    path("receipts/<uuid:receipt_id>.<slug:form>", receipts.receipt_file, name="receipt_file"),
    path("pay/<uuid:payment_id>/", views.pay, name="pay"),
    path("pay/<uuid:payment_id>/return/", views.pay_return, name="pay_return"),
]
