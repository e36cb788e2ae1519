"""What was made and whose answer was lost is the same thing at the next try, in whatever words."""

from datetime import timedelta

import pytest
from django.utils import translation

from kernel import clock
from payments.actions.answer_question import answer_question
from payments.actions.onboard import onboarding_link
from payments.actions.open_page import open_page
from payments.models import MoneyQuestion, Payee, ProviderCall
from payments.rules.questions import NEVER_MADE
from payments.rules.refusals import ProviderSilent
from tenants.tenancy.models import User
from tests.support.worlds_money import owes

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.mark.parametrize("lost", ["timeout_after", "timeout_before"])
def test_a_page_whose_answer_was_lost_opens_later_and_in_another_language(
    stripe_sandbox, clara, lost
):
    payment = owes(clara)
    stripe_sandbox.control("/faults", kind=lost, match="POST /v1/checkout/sessions")
    with pytest.raises(ProviderSilent):
        open_page(by=clara, payment_id=payment.pk)

    # Pages stay open for at least 30 minutes, so this one would have to end later than the first.
    later = clock.now() + timedelta(minutes=40)
    with clock.travelling_to(later), translation.override("pt-br"):
        url = open_page(by=clara, payment_id=payment.pk)

    (session,) = stripe_sandbox.rows("sessions")
    payment.refresh_from_db()
    assert (payment.page_ref, payment.page_url) == (session["id"], url)
    assert ProviderCall.objects.get(purpose="page").state == "succeeded"
    assert not MoneyQuestion.objects.exists()


def test_a_page_that_failed_on_their_side_is_a_persons_to_find_and_no_misuse_of_its_key(
    stripe_sandbox, olga, clara
):
    payment = owes(clara)
    stripe_sandbox.control("/faults", kind="500", match="POST /v1/checkout/sessions")
    with pytest.raises(ProviderSilent):
        open_page(by=clara, payment_id=payment.pk)

    # They remember the failure with the first words; these are others, so they refuse the key.
    later = clock.now() + timedelta(minutes=40)
    with clock.travelling_to(later), translation.override("pt-br"):
        with pytest.raises(ProviderSilent):
            open_page(by=clara, payment_id=payment.pk)
        question = MoneyQuestion.objects.get()
        assert question.kind == "unresolved_call"
        assert ProviderCall.objects.get(purpose="page").state == "unknown"
        assert stripe_sandbox.rows("sessions") == []

        answer_question(by=olga, question_id=question.pk, answer=NEVER_MADE, note="Not there.")
        url = open_page(by=clara, payment_id=payment.pk)

    (session,) = stripe_sandbox.rows("sessions")
    payment.refresh_from_db()
    assert (payment.page_ref, payment.page_url) == (session["id"], url)


@pytest.mark.parametrize("lost", ["timeout_after", "timeout_before"])
def test_an_account_whose_answer_was_lost_is_opened_though_its_owner_has_another_address_now(
    stripe_sandbox, ana, lost
):
    stripe_sandbox.control("/faults", kind=lost, match="POST /v1/accounts")
    with pytest.raises(ProviderSilent):
        onboarding_link(by=ana)
    User.objects.filter(email="ana@example.com").update(email="ana.torres@example.com")

    onboarding_link(by=ana)

    rows = stripe_sandbox.rows("accounts")
    (account,) = [each for each in rows if (each.get("metadata") or {}).get("payee")]
    assert Payee.objects.get().account_ref == account["id"]
    assert not MoneyQuestion.objects.exists()
