"""Questions about who moves money for this tenant."""

from datetime import timedelta

from payments.models import Payment
from payments.providers import caps_of, provider_in
from payments.providers.registry import COLLECTOR, PAYEES, RAIL, offer_of
from payments.rules.payment_states import UNPAID
from payments.tenant_settings import ProviderSettings
from tenants.tenancy.queries import here, settings_of


def provider_here(role: str) -> str:
    """Return the name of the provider that plays a role for this tenant, in its country."""
    decided = settings_of(ProviderSettings)
    by_hand = {
        COLLECTOR: decided.paid_into_own_bank,
        PAYEES: decided.pay_from_own_bank,
        RAIL: decided.pay_from_own_bank,
    }
    return provider_in(role, country=here().country, by_hand=by_hand[role])


def pay_within() -> timedelta:
    """Return how long this tenant's customers have to pay, by the way they usually do."""
    return caps_of(provider_here(COLLECTOR)).pay_within


def paid_by_hand() -> bool:
    """Tell whether this tenant's workers are paid by transfers from its own bank."""
    return offer_of(provider_here(RAIL)).by_hand


def transfer_to(payment: Payment) -> ProviderSettings | None:
    """Return the business's bank account, for a payment that is transferred to it and is open."""
    if payment.provider != "manual_transfer" or payment.state not in UNPAID:
        return None
    return settings_of(ProviderSettings)
