"""A payee whose account at a payment company is lost is paid by bank transfer from now on."""

from payments.actions.ask_person import ask_person
from payments.actions.take_back import asked
from payments.models import Allocation, Payee, Payout
from payments.queries import may_change_rail, money_left_at_provider, unsent_allocations
from payments.queries.payees import BY_BANK
from payments.rules.payout_states import OPEN
from payments.rules.refusals import PaidByCompany, PayoutUnderWay


def leave_company(*, payee: Payee) -> None:
    """Move a payee to the bank's rail; call it with the payee locked.

    What we owe them stays in their wallet. What had been moved to the lost account has to be
    fetched back, or given up, by a person; what was to be moved stays with us.
    """
    if not may_change_rail(payee):
        raise PaidByCompany
    if Payout.objects.filter(payee=payee, state__in=OPEN, handed_at__isnull=False).exists():
        raise PayoutUnderWay
    lies_there = money_left_at_provider(payee)
    if lies_there:
        ask_person(
            kind="other",
            key=f"left:{payee.pk}:{payee.account_ref}",
            about=payee.account_ref,
            amount=lies_there,
            reason="account_lost",
            payee=str(payee.pk),
        )
    for waiting in unsent_allocations(payee):
        if not asked(waiting):
            waiting.state, waiting.failure = Allocation.DROPPED, "account_lost"
            waiting.save(update_fields=["state", "failure"])
    payee.left, payee.provider, payee.account_ref = payee.provider, BY_BANK, ""
    payee.state, payee.missing, payee.instant = "none", [], False
    payee.save()
