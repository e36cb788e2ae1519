"""What a tenant decides about support."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from tenants.tenancy.settings_schema import TenantSettings

CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class SupportHours(TenantSettings):
    """When somebody of the office is at work."""

    group: ClassVar[str] = "support.hours"
    purpose = _(
        "How soon a case has to be answered is counted in these hours. Write them as 09:00."
        " Urgent cases are due after 15 minutes, day and night; the others after 4 or 24 of them."
    )

    opens: str = Field("09:00", pattern=CLOCK, title="Opens at")
    closes: str = Field("18:00", pattern=CLOCK, title="Closes at")
    saturdays: bool = Field(True, title="Works on Saturdays")
    sundays: bool = Field(False, title="Works on Sundays")

    def week(self) -> dict[str, tuple[str, str]]:
        """Return the opening hours by day of the week, Monday first."""
        days = 5 + self.saturdays
        open_days = [str(day) for day in range(days)] + (["6"] if self.sundays else [])
        return dict.fromkeys(open_days, (self.opens, self.closes))
