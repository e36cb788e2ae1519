"""What a tenant decides about money."""

from typing import ClassVar, Literal, Self

from django.utils.translation import gettext_noop as _
from pydantic import Field, model_validator

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
    rail_day_minor: int = Field(
        default=0,
        ge=0,
        le=10**12,
        title="Most that leaves in a day for all workers together",
        description="The limit of your bank. Zero: no limit.",
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


class ProviderSettings(TenantSettings):
    """Who moves the money."""

    group: ClassVar[str] = "payments.providers"
    purpose = _(
        "Money is moved by a payment company where one serves your country. You may do it"
        " yourself instead: pay your workers by transfers from your bank, made in batches that"
        " two people look at, and let customers transfer to your bank account."
    )

    pay_from_own_bank: bool = Field(
        default=False, title="Pay workers by transfers from your own bank"
    )
    paid_into_own_bank: bool = Field(
        default=False,
        title="Customers pay by transfer into your own bank account",
        description="Only together with the transfers to workers: that money is at your bank.",
    )
    bank_name: str = Field(default="", max_length=60, title="Your bank")
    account_number: str = Field(default="", max_length=40, title="Number of your account")
    account_holder: str = Field(default="", max_length=80, title="Holder of your account")

    @model_validator(mode="after")
    def money_must_be_where_it_is_paid_from(self) -> Self:
        """Refuse to take money where it cannot be paid out again."""
        if self.paid_into_own_bank and not self.pay_from_own_bank:
            raise ValueError("paid_into_own_bank")
        return self


class CashSettings(TenantSettings):
    """Paying in cash."""

    group: ClassVar[str] = "payments.cash"
    concerns = "workers"
    purpose = _(
        "A service may be paid in cash, to the worker. What of it belongs to others the worker"
        " owes; it is taken from a part of later earnings. Who owes more than the limit gets no"
        " more bookings in cash, and all the others as before."
    )

    limit_minor: int = Field(
        default=50_000, ge=0, le=1_000_000, title="Most that a worker may owe of cash"
    )
