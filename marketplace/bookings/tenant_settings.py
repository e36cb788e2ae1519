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


class VisitSettings(TenantSettings):
    """What happens when a visit moves, when somebody does not come, or when something was wrong."""

    group: ClassVar[str] = "bookings.visits"
    concerns = "customers"
    purpose = _(
        "How often a visit may move, how long people wait for each other, and how long they have to"
        " answer when something is said to have gone wrong."
    )

    moves: int = Field(default=3, ge=0, le=10, title="Times that one visit may move")
    wait_minutes: int = Field(
        default=15,
        ge=10,
        le=30,
        title="Minutes a worker waits at the door",
        description="Before saying that the customer is not there.",
    )
    worker_answers_minutes: int = Field(
        default=30,
        ge=15,
        le=120,
        title="Minutes in which a worker answers who is said not to have come",
    )
    customer_answers_hours: int = Field(
        default=24,
        ge=12,
        le=72,
        title="Hours in which a customer answers who is said not to have been there",
    )
    dispute_days: int = Field(
        default=7, ge=1, le=30, title="Days after a visit in which it can be disputed"
    )
    dispute_answer_hours: int = Field(
        default=48, ge=24, le=120, title="Hours in which the other side answers a dispute"
    )
    dispute_owner_days: int = Field(
        default=5,
        ge=1,
        le=10,
        title="Days that both sides then have to agree",
        description="After that the office decides.",
    )


class ChargeSettings(TenantSettings):
    """What happens about services that are paid when the work is done."""

    group: ClassVar[str] = "bookings.charges"
    concerns = "customers"
    purpose = _(
        "Services that are paid two days before the visit, or after it, are charged to a card that"
        " the customer leaves at checkout."
    )

    guarantee_pay: bool = Field(
        default=True,
        title="Pay workers although the customer's card failed",
        description="Out of your business's pocket, for work that was done.",
    )
    estimate_over_percent: int = Field(
        default=20,
        ge=0,
        le=50,
        title="Percent that a final price may be above its estimate",
        description="More than that needs the customer's yes.",
    )
