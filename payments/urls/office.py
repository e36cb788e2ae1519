"""Where the papers about money are in the office."""

from django.urls import path

from payments.views import (
    adjustments,
    bank_book,
    batches,
    disputes,
    goodwill,
    incoming,
    office_wages,
    questions,
    receipts,
    refunds,
    statements,
    tax_people,
    taxes,
)

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
    path("taxes/workers/", tax_people.office_tax_people, name="payments_tax_people"),
    path(
        "taxes/workers/<uuid:member_id>/", tax_people.office_tax_person, name="payments_tax_person"
    ),
    path("wages/", office_wages.wages, name="payments_wages"),
    path("wages/policy/", office_wages.policy, name="payments_wage_policy"),
    path("wages/freeze/", office_wages.freeze_wallet, name="payments_freeze"),
    path("wages/freeze/<uuid:freeze_id>/", office_wages.decide_freeze, name="payments_unfreeze"),
    path("wages/account/<uuid:payee_id>/", office_wages.clear_account, name="payments_clear"),
    path("wages/stop/<uuid:stop_id>/", office_wages.open_again, name="payments_lift_stop"),
    path("batches/", batches.batch_list, name="payments_batches"),
    path("batches/answer/", batches.answer_import, name="payments_answer_import"),
    path("batches/<uuid:batch_id>/", batches.batch_page, name="payments_batch"),
    path("batches/<uuid:batch_id>/file/", batches.batch_file, name="payments_batch_file"),
    path(
        "batches/<uuid:batch_id>/<uuid:line_id>/",
        batches.line_answer,
        name="payments_line_answer",
    ),
    path("bank/", bank_book.office_bank, name="payments_bank"),
    path("incoming/", incoming.incoming, name="payments_incoming"),
    path("incoming/<uuid:payment_id>/", incoming.incoming_seen, name="payments_incoming_seen"),
    path("refunds/", refunds.refund_list, name="payments_refunds"),
    path("refunds/<uuid:refund_id>/<slug:way>/", refunds.mend, name="payments_mend_refund"),
    path("payments/<uuid:payment_id>/refund/", refunds.refund_page, name="payments_refund"),
    path("disputes/", disputes.dispute_list, name="payments_disputes"),
    path("disputes/<uuid:dispute_id>/", disputes.dispute_page, name="payments_dispute"),
    path(
        "disputes/<uuid:dispute_id>/<slug:step>/",
        disputes.dispute_step,
        name="payments_dispute_step",
    ),
    path("debts/", disputes.debt_list, name="payments_debts"),
    path("debts/<uuid:debt_id>/<slug:step>/", disputes.forgive_debt, name="payments_forgive"),
    path("resting/", adjustments.resting, name="payments_resting"),
    path("resting/<uuid:hold_id>/", adjustments.release_early, name="payments_release_early"),
    path("adjustments/", adjustments.adjustment_list, name="payments_adjustments"),
    path(
        "adjustments/<uuid:adjustment_id>/<slug:decision>/",
        adjustments.decide_adjustment,
        name="payments_decide_adjustment",
    ),
    path("goodwill/<slug:kind>/", goodwill.goodwill, name="payments_goodwill"),
    path("money-permissions/", goodwill.money_permissions, name="payments_permissions"),
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
