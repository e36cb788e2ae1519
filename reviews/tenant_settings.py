"""What a tenant decides about reviews."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from tenants.tenancy.settings_schema import TenantSettings


class ReviewSettings(TenantSettings):
    """How long people can review and answer."""

    group: ClassVar[str] = "reviews"
    concerns = "customers"
    purpose = _(
        "Both sides write without seeing the other's words; they are shown once both have"
        " written or the days are over."
    )

    window_days: int = Field(default=14, ge=3, le=90, title="Days to review a visit")
    reply_days: int = Field(default=90, ge=7, le=365, title="Days to answer a review")
