"""What a tenant decides about money."""

from typing import ClassVar, Literal

from django.utils.translation import gettext_noop as _
from pydantic import Field

from tenants.tenancy.settings_schema import TenantSettings


class CashOutSettings(TenantSettings):
    """How workers are paid."""

    group: ClassVar[str] = "payments.cash_out"
    concerns = "workers"
    purpose = _(
        "When and how workers may move what they earned to their bank. The ordinary way is free"
        " for them."
    )

    paused: bool = Field(
        default=False, title="Stop all cash-outs", description="For emergencies only."
    )
    minimum_minor: int = Field(default=100, ge=1, le=100_000, title="Smallest cash-out")
    open_at_once: int = Field(default=1, ge=1, le=100, title="Cash-outs on their way at once")
    per_day: int = Field(default=5, ge=1, le=100, title="Cash-outs a day")
    fast_fee_minor: int = Field(default=0, ge=0, le=10_000, title="Fee of the fast way")
    fee_from: Literal["worker", "tenant"] = Field(default="worker", title="Who pays that fee")
    day_sum_minor: int = Field(
        default=0,
        ge=0,
        le=10**9,
        title="Most a worker can take out in a day",
        description="Zero: no limit.",
    )
    week_sum_minor: int = Field(
        default=0,
        ge=0,
        le=10**9,
        title="Most a worker can take out in a week",
        description="Zero: no limit.",
    )
    sweep: Literal["daily", "weekly"] = Field(
        default="daily",
        title="When what nobody took out is sent for free",
        description="At six in the morning; weekly: on Mondays.",
    )
    reserve_bp: int = Field(
        default=0,
        ge=0,
        le=2_000,
        title="Part of a new worker's earnings that rests for two weeks",
        description="In hundredths of a percent. Only in the first jobs; never of a tip.",
    )


class RefundSettings(TenantSettings):
    """What happens to money that a worker owes."""

    group: ClassVar[str] = "payments.refunds"

    set_off_bp: int = Field(
        default=2_500,
        ge=0,
        le=5_000,
        title="Part of each release that pays debts",
        description="In hundredths of a percent; tips are never touched.",
    )
    forgive_after_days: int = Field(
        default=90, ge=30, le=180, title="Days after which a debt can be written off"
    )
