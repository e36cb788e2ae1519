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
from payments.providers.stripe.saving import Saving
from payments.providers.stripe.statement import Stating


class Stripe(Collecting, Saving, Disputing, Paying, Telling, Stating):
    """The whole of it."""


# Charges are taken for people everywhere; accounts and payouts need Stripe in the country.
PAYS_IN = ("MX", "BR", "US", "CA", "ES", "PT")
# What a charge must come to, in minor units; where none is listed, the least of most currencies.
SMALLEST = {
    **{"MXN": 1_000, "BRL": 50, "CLP": 400, "COP": 200_000, "PEN": 200, "ARS": 50_000},
    **{"UYU": 2_000, "USD": 50, "EUR": 50},
}
CAPS = Caps(
    methods=("card", "oxxo", "boleto", "pix"),
    manual_capture=True,
    off_session=True,
    refundable=True,
    partial_refund=True,
    disputes=True,
    smallest=SMALLEST,
)


@register("stripe", Offer(roles={COLLECTOR: (), PAYEES: PAYS_IN, RAIL: PAYS_IN}, caps=CAPS))
def stripe_provider() -> Stripe:
    """Return Stripe; the client beneath is made once."""
    return Stripe()
