"""Stripe, and only here is its SDK known."""

from payments.providers.registry import (
    COLLECTOR,
    PAYEES,
    RAIL,
    Caps,
    Offer,
    register,
)
from payments.providers.stripe.collecting import Collecting
from payments.providers.stripe.disputing import Disputing
from payments.providers.stripe.events import Telling
from payments.providers.stripe.payees import Paying
from payments.providers.stripe.statement import Stating


class Stripe(Collecting, Disputing, Paying, Telling, Stating):
    """The whole of it."""


# Charges are taken for people everywhere; accounts and payouts need Stripe in the country.
PAYS_IN = ("MX", "BR", "US", "CA", "ES", "PT")
CAPS = Caps(
    methods=("card", "oxxo", "boleto", "pix"),
    manual_capture=True,
    off_session=True,
    refundable=True,
    partial_refund=True,
    disputes=True,
)


@register("stripe", Offer(roles={COLLECTOR: (), PAYEES: PAYS_IN, RAIL: PAYS_IN}, caps=CAPS))
def stripe_provider() -> Stripe:
    """Return Stripe; the client beneath is made once."""
    return Stripe()
