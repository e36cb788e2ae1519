"""A payer is sent to the provider's page."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language, gettext

from kernel import clock
from kernel.actor import Actor
from payments.actions.call_provider import call_provider, numbered
from payments.actions.know_object import know_object
from payments.actions.locks import locked_payment
from payments.models import Payment
from payments.providers import provider_of
from payments.providers.base import KeyMisused, NoAnswer, Page, PageOrder, Provider, SaidNo
from payments.providers.registry import offer_of
from payments.providers.saved import CardOrder, KeepsCards
from payments.queries import payment_by
from payments.rules.calls import SLACK
from payments.rules.payment_states import UNPAID
from payments.rules.refusals import (
    CardBeingCharged,
    CardsNotKept,
    PaymentClosed,
    ProviderRefusal,
    ProviderSilent,
)
from tenants.tenancy.queries import address, here

PAGE_LIVES = timedelta(hours=24)  # No provider keeps one longer.


def open_page(*, by: Actor, payment_id: UUID) -> str:
    """Return where the payer pays; the same page as before while it is open.

    Talks to the provider: call it outside a transaction.
    """
    payment = _begin(by, payment_id)
    if payment.page_url:
        return payment.page_url
    page = f"page{payment.pages + 1}" if payment.pages else "page"
    key = numbered(provider=payment.provider, stem=f"charge:{payment.pk}:{page}")
    ask, request = _what_to_ask(payment, key)
    try:
        opened = call_provider(
            provider=payment.provider,
            purpose="page",
            key=key,
            request=request,
            ask=ask,
            named=lambda page: page.ref,
            find=lambda provider: provider.find_pages(key=key, since=payment.made_at - SLACK),
            varies=True,
        )
    except NoAnswer:
        raise ProviderSilent from None
    except SaidNo as error:
        raise ProviderRefusal(reason=error.code) from None
    except KeyMisused:
        raise ProviderRefusal(reason="key_misused") from None
    for name in (opened.ref, opened.intent_ref):
        know_object(object_id=name, kind="payment", subject_id=payment.pk)
    Payment.objects.filter(pk=payment.pk).update(page_ref=opened.ref, page_url=opened.url)
    return opened.url


@transaction.atomic
def _begin(by: Actor, payment_id: UUID) -> Payment:
    """Note that the payer goes to pay: from now on no card is charged behind them."""
    payment = locked_payment(payment_by(by, payment_id).pk)
    if payment.state not in UNPAID or payment.void_asked_at or payment.expires_at < clock.now():
        raise PaymentClosed
    if payment.off_session:
        raise CardBeingCharged
    if payment.page_asked_at is None or _is_over(payment):
        payment.page_asked_at = clock.now()
        payment.save()
    return payment


def _is_over(payment: Payment) -> bool:
    """Forget a page that has ended unpaid, while the payment is still waited for."""
    assert payment.page_asked_at
    ends = not (offer_of(payment.provider).by_hand or payment.promised_until)
    if not ends or not payment.page_url or clock.now() - payment.page_asked_at < PAGE_LIVES:
        return False
    payment.page_ref = payment.page_url = payment.intent_ref = ""
    payment.pages += 1
    return True


def _what_to_ask(payment: Payment, key: str) -> tuple[Callable[[Provider], Page], object]:
    """Return how to open the page, and what must stay the same under its key."""
    if payment.kind == Payment.SETUP:
        card = _card_order(payment)
        company = provider_of(payment.provider)
        if not isinstance(company, KeepsCards):
            raise CardsNotKept
        return (lambda _: company.open_card_page(card, key)), ("setup", payment.currency)
    order = _order(payment)
    amounts = [amount for _, amount in order.lines]
    return (lambda provider: provider.open_page(order, key)), (amounts, order.capture)


def _card_order(payment: Payment) -> CardOrder:
    back = _way_back(payment)
    return CardOrder(
        payment_id=payment.pk,
        currency=payment.currency,
        success_url=address(back),
        cancel_url=address(f"{back}?cancelled=1"),
        locale=get_language() or "es",
        expires_at=payment.expires_at,
        business=here().name,
    )


def _way_back(payment: Payment) -> str:
    return f"/pay/{payment.pk}/return/"


def _order(payment: Payment) -> PageOrder:
    back = _way_back(payment)
    title = payment.title
    if payment.credit:
        title = gettext("{title}, less your credit").format(title=title)
    lines = [(title, payment.charged_amount)] if payment.charged_amount else []
    if payment.tip:
        lines.append((gettext("Tip for the worker, all of it"), payment.tip))
    return PageOrder(
        payment_id=payment.pk,
        lines=tuple(lines),
        capture=payment.capture,
        keep_card=payment.keep_card and not payment.method_ref,
        success_url=address(back),
        cancel_url=address(f"{back}?cancelled=1"),
        locale=get_language() or "es",
        expires_at=payment.expires_at,
        waits_until=payment.waits_until,
        group=payment.reference.replace(":", "_"),
        business=here().name,
    )
