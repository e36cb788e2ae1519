"""What a tenant decides about bookings."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from marketplace.bookings.rules.cancellation import Policy
from tenants.tenancy.settings_schema import TenantSettings


class BookingSettings(TenantSettings):
    """How strict cancellations are."""

    group: ClassVar[str] = "bookings"
    concerns = "customers"
    purpose = _(
        "What a customer loses by calling off late goes to the worker, who kept the time free."
        " Bookings that were already made keep the policy they were made under."
    )

    cancellation: Policy = Field(default=Policy.MODERATE, title="Cancellation policy")
