"""Where those who run the machines see everybody's money, at the house's auth host."""

from django.urls import path

from payments.views import operator

urlpatterns = [
    path("operator/money/", operator.operator_money, name="operator_money"),
    path(
        "operator/money/<uuid:question_id>/", operator.operator_question, name="operator_question"
    ),
    path("operator/bank/", operator.operator_bank, name="operator_bank"),
    path("operator/float/", operator.operator_float, name="operator_float"),
]
