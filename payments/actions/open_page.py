"""A payer is sent to the provider's page."""

from uuid import UUID

from django.utils.translation import get_language, gettext

from kernel import clock
from kernel.actor import Actor
from payments.actions.call_provider import call_provider, numbered
from payments.actions.know_object import know_object
from payments.models import Payment
from payments.providers.base import KeyMisused, NoAnswer, PageOrder, SaidNo
from payments.queries import payment_by
from payments.rules.calls import SLACK
from payments.rules.payment_states import UNPAID
from payments.rules.refusals import PaymentClosed, ProviderRefusal, ProviderSilent
from tenants.tenancy.queries import address, here


def open_page(*, by: Actor, payment_id: UUID) -> str:
    """Return where the payer pays; the same page as before while it is open.

    Talks to the provider: call it outside a transaction.
    """
    payment = payment_by(by, payment_id)
    if payment.state not in UNPAID or payment.void_asked_at or payment.expires_at < clock.now():
        raise PaymentClosed
    if payment.page_url:
        return payment.page_url
    order = _order(payment)
    key = numbered(provider=payment.provider, stem=f"charge:{payment.pk}:page")
    try:
        page = call_provider(
            provider=payment.provider,
            purpose="page",
            key=key,
            request=([amount for _, amount in order.lines], order.capture),
            ask=lambda provider: provider.open_page(order, key),
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
    know_object(object_id=page.ref, kind="payment", subject_id=payment.pk)
    Payment.objects.filter(pk=payment.pk).update(page_ref=page.ref, page_url=page.url)
    return page.url


def _order(payment: Payment) -> PageOrder:
    back = f"/pay/{payment.pk}/return/"
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
