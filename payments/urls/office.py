"""Where the papers about money are in the office."""

from django.urls import path

from payments.views import office_wages, questions, receipts, statements, taxes

urlpatterns = [
    path("money/questions/", questions.office_questions, name="payments_questions"),
    path(
        "money/questions/<uuid:question_id>/",
        questions.office_question,
        name="payments_question",
    ),
    path("taxes/", taxes.taxes_page, name="payments_taxes"),
    path("taxes/adopt/", taxes.adopt, name="payments_tax_adopt"),
    path("taxes/<uuid:tax_id>/end/", taxes.tax_end, name="payments_tax_end"),
    path("wages/", office_wages.wages, name="payments_wages"),
    path("wages/policy/", office_wages.policy, name="payments_wage_policy"),
    path("wages/freeze/", office_wages.freeze_wallet, name="payments_freeze"),
    path("wages/freeze/<uuid:freeze_id>/", office_wages.decide_freeze, name="payments_unfreeze"),
    path("wages/account/<uuid:payee_id>/", office_wages.clear_account, name="payments_clear"),
    path("wages/stop/<uuid:stop_id>/", office_wages.open_again, name="payments_lift_stop"),
    path("statements/", statements.office_statements, name="payments_statements"),
    path(
        "statements/<uuid:statement_id>.<slug:form>",
        statements.office_statement_file,
        name="payments_statement_file",
    ),
    path("receipts/", receipts.office_receipts, name="payments_receipts"),
    path(
        "receipts/<uuid:receipt_id>.<slug:form>",
        receipts.office_receipt_file,
        name="payments_receipt_file",
    ),
]
