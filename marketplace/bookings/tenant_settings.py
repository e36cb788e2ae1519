"""What a tenant decides about bookings."""

from typing import ClassVar

from pydantic import Field

from marketplace.bookings.rules.cancellation import Policy
from tenants.tenancy.settings_schema import TenantSettings


class BookingSettings(TenantSettings):
    """How strict cancellations are."""

    group: ClassVar[str] = "bookings"

    cancellation: Policy = Field(default=Policy.MODERATE, title="Cancellation policy")
