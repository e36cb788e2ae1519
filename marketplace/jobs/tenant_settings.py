"""What a tenant decides about jobs that customers describe."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from tenants.tenancy.settings_schema import TenantSettings


class JobSettings(TenantSettings):
    """How many offers a job takes, for how long, and who looks at it first."""

    group: ClassVar[str] = "jobs"
    concerns = "customers"
    purpose = _(
        "How many offers a customer compares, how long workers have to make one, and whether the"
        " team reads a job before workers do. Jobs that are open already keep what they began with."
    )

    max_offers: int = Field(default=5, ge=1, le=20, title="Offers that one job takes")
    open_hours: int = Field(
        default=72, ge=1, le=336, title="Hours in which workers can make an offer"
    )
    review_all: bool = Field(
        default=False,
        title="The team reads every job first",
        description="Jobs full of phone numbers or links wait for the team in any case.",
    )
