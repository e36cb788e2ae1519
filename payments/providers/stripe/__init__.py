"""Stripe, and only here is its SDK known."""

from payments.providers.base import register
from payments.providers.stripe.collecting import Collecting
from payments.providers.stripe.disputing import Disputing
from payments.providers.stripe.events import Telling
from payments.providers.stripe.payees import Paying
from payments.providers.stripe.statement import Stating


class Stripe(Collecting, Disputing, Paying, Telling, Stating):
    """The whole of it."""


@register("stripe")
def stripe_provider() -> Stripe:
    """Return Stripe; the client beneath is made once."""
    return Stripe()
