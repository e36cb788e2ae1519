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


class DispatchSettings(TenantSettings):
    """Whom a job is offered to where we find somebody: what counts, and how it goes round."""

    group: ClassVar[str] = "matching.dispatch"
    concerns = "workers"
    purpose = _(
        "Where a service is booked without choosing a person, a job is offered to a few of the"
        " best, then to the next few, and in the end to everybody who may take it. Whoever takes"
        " it first has it; declining has no consequence. Every round keeps its reasons."
    )

    distance: float = Field(default=0.4, ge=0, le=1, title="How near they live")
    rating: float = Field(default=0.2, ge=0, le=1, title="Reviews by customers")
    preference: float = Field(default=0.2, ge=0, le=1, title="What the customer wished for")
    fair_share: float = Field(
        default=0.2,
        ge=0,
        le=1,
        title="Less earned lately",
        description="Per hour in which they were free, over four weeks.",
    )
    wave_size: int = Field(default=5, ge=1, le=20, title="People asked at once")
    wave_minutes: int = Field(default=10, ge=2, le=60, title="Minutes before the next are asked")
    search_minutes: int = Field(
        default=240,
        ge=10,
        le=4320,
        title="Minutes in which somebody has to be found",
        description="Quiet hours do not count. After that the customer has the money back.",
    )

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        """Refuse weights that would leave no order."""
        if self.distance + self.rating + self.preference + self.fair_share <= 0:
            raise ValueError("one of distance, rating, preference and fair_share has to count")
        return self
