"""Where those who run the machines see everybody's money, at the house's auth host."""

from django.urls import path

from payments.views import questions

urlpatterns = [
    path("operator/money/", questions.operator_money, name="operator_money"),
    path(
        "operator/money/<uuid:question_id>/", questions.operator_question, name="operator_question"
    ),
]
