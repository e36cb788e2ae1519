"""What a tenant decides about reviews."""

from typing import ClassVar

from pydantic import Field

from tenants.tenancy.settings_schema import TenantSettings


class ReviewSettings(TenantSettings):
    """How long people can review and answer."""

    group: ClassVar[str] = "reviews"

    window_days: int = Field(default=14, ge=3, le=90, title="Days to review a visit")
    reply_days: int = Field(default=90, ge=7, le=365, title="Days to answer a review")
