"""What a tenant decides about what is read before customers see it, and about notice."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from tenants.tenancy.settings_schema import TenantSettings


class ApprovalSettings(TenantSettings):
    """What the team reads first."""

    group: ClassVar[str] = "catalog.approval"
    concerns = "workers"
    purpose = _(
        "What waits to be read stands in the office under Approvals; until then customers see what"
        " was approved before."
    )

    services: bool = Field(default=False, title="Read every service before it can be booked")
    words: bool = Field(default=True, title="Read workers' own words and photos about a service")


class SuspensionSettings(TenantSettings):
    """How long before a suspension a worker hears of it."""

    group: ClassVar[str] = "catalog.suspension"
    concerns = "workers"
    purpose = _(
        "Danger and fraud act at once, and lapse after 72 hours unless a decision is written."
        " For all other reasons the worker hears of it this long before."
    )

    notice_hours: int = Field(default=72, ge=24, le=720, title="Hours of notice")
