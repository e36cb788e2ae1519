"""Opening a payout account at the provider. Talks to it: no transactions."""

from uuid import UUID

from kernel.actor import Actor
from kernel.ids import uuid7
from payments.actions.apply_payee import apply_payee
from payments.actions.call_provider import call_provider, numbered
from payments.actions.know_object import know_object
from payments.actions.open_payee import open_payee
from payments.models import Payee
from payments.providers import provider_of
from payments.providers.base import NoAnswer, PayeeOrder, SaidNo
from payments.queries import payee_for
from payments.rules.calls import SLACK
from payments.rules.refusals import ProviderRefusal, ProviderSilent
from tenants.tenancy.queries import address, here, member


def onboarding_link(*, by: Actor) -> str:
    """Return a link, for one use, to the provider's form, opening the account first if need be."""
    payee = open_payee(by=by)
    try:
        if not payee.account_ref:
            payee = _open_account(payee)
        key = f"acct:{payee.pk}:link:{uuid7().hex}"
        return provider_of(payee.provider).onboarding_url(
            account_ref=payee.account_ref,
            return_url=address("/wallet/account/return/"),
            refresh_url=address("/wallet/account/"),
            key=key,
        )
    except NoAnswer:
        raise ProviderSilent from None
    except SaidNo as error:
        raise ProviderRefusal(reason=error.code) from None


def _open_account(payee: Payee) -> Payee:
    person, tenant = member(payee.member_id).user, here()
    key = numbered(provider=payee.provider, stem=f"acct:{payee.pk}:create")
    order = PayeeOrder(
        payee_id=payee.pk,
        country=payee.country,
        currency=payee.currency,
        email=person.email or "",
        business=tenant.name,
    )
    account_ref = call_provider(
        provider=payee.provider,
        purpose="account",
        key=key,
        request=(order.payee_id, order.country, order.currency),
        ask=lambda provider: provider.open_account(order, key),
        named=lambda ref: ref,
        find=lambda provider: provider.find_accounts(key=key, since=payee.opened_at - SLACK),
        varies=True,  # People and businesses change their addresses and names.
    )
    know_object(object_id=account_ref, kind="payee", subject_id=payee.pk)
    Payee.objects.filter(pk=payee.pk).update(account_ref=account_ref, state="pending")
    payee.refresh_from_db()
    return payee


def refresh_payee(*, payee_id: UUID) -> Payee:
    """Look what the provider thinks of a payee, and take it over."""
    payee = Payee.objects.get(pk=payee_id)
    if not payee.account_ref:
        return payee
    fact = provider_of(payee.provider).fetch_payee(payee.account_ref)
    return apply_payee(payee_id=payee.pk, fact=fact)


def catch_up_payee(*, member_id: UUID) -> Payee | None:
    """Look at the provider; if it is silent, return the member's payee as we know it."""
    payee = payee_for(member_id)
    if payee is None:
        return None
    try:
        return refresh_payee(payee_id=payee.pk)
    except NoAnswer:
        return payee
