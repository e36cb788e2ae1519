"""What a tenant decides about the order of search results."""

from typing import ClassVar, Self

from django.utils.translation import gettext_noop as _
from pydantic import Field, model_validator

from tenants.tenancy.settings_schema import TenantSettings


class RankingWeights(TenantSettings):
    """How search results are put in order."""

    group: ClassVar[str] = "matching.ranking"
    concerns = "customers"
    purpose = _(
        "Decides who stands first when somebody searches. The larger a number is beside the others,"
        " the more it counts; 0 leaves it out. Everybody can read these numbers."
    )

    text: float = Field(default=0.30, ge=0, le=1, title="What was typed")
    proximity: float = Field(default=0.25, ge=0, le=1, title="How near")
    soonest: float = Field(default=0.20, ge=0, le=1, title="How soon")
    rating: float = Field(default=0.15, ge=0, le=1, title="Reviews")
    rotation: float = Field(default=0.10, ge=0, le=1, title="Taking turns")

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        """Refuse weights of which every page could be left with none."""
        if self.soonest + self.rating + self.rotation <= 0:
            raise ValueError("one of soonest, rating and rotation has to count")
        return self


class CalendarSettings(TenantSettings):
    """How long a free time is kept for somebody who looks at the price."""

    group: ClassVar[str] = "matching.calendar"
    concerns = "customers"
    purpose = _(
        "Who asks for a price keeps the time for a while, and nobody else can book it meanwhile."
    )

    hold_minutes: int = Field(default=15, ge=5, le=30, title="Minutes a time is kept")
