"""What a quote fixes and a booking keeps: the lines of a price and its six parts."""

from dataclasses import asdict
from typing import Any

from django.db import models
from django.utils.translation import get_language

from kernel.money import Money
from marketplace.bookings.rules.estimates import CODE, most_minor
from marketplace.bookings.rules.lines import Bears, Kind, Line
from marketplace.bookings.rules.price import CARD, CASH, Price, share_percent
from marketplace.bookings.rules.scheduling import AFTER_SERVICE, AT_BOOKING, PAY_WHEN
from payments.rules.blocks import PARTS, PriceBlocks
from payments.rules.cash import divide_cash
from payments.rules.taxes import Withholding


class Priced(models.Model):
    """Columns of a price. Written once, from a `Price`."""

    currency = models.CharField(max_length=3)
    lines = models.JSONField()
    worker_minor = models.BigIntegerField()
    tip_minor = models.BigIntegerField()
    tenant_minor = models.BigIntegerField()
    platform_minor = models.BigIntegerField()
    processor_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    work_minor = models.BigIntegerField(help_text="S: the work, with extras.")
    commission_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(help_text="The customer's fee.")
    rules = models.JSONField(default=dict, help_text="Which commission rules, in which version.")
    fee_tax_bp = models.PositiveIntegerField(default=0)
    withheld = models.JSONField(default=list, help_text="Taxes kept back of the worker's part.")
    policy = models.CharField(max_length=8, help_text="Of cancellation.")
    pay_in = models.CharField(max_length=4, default=CARD, help_text="card, or cash at the visit")
    pay_when = models.CharField(
        max_length=13, default=AT_BOOKING, help_text="at once, before the visit, or after it"
    )
    over_bp = models.PositiveIntegerField(
        null=True, help_text="An estimate: by how much the final price may be above it."
    )

    class Meta:
        abstract = True

    @property
    def blocks(self) -> PriceBlocks:
        """The six parts."""
        return PriceBlocks.of(
            self.currency, **{name: getattr(self, f"{name}_minor") for name in PARTS}
        )

    @property
    def in_cash(self) -> bool:
        """Whether the worker takes the money at the visit."""
        return self.pay_in == CASH

    @property
    def paid_later(self) -> bool:
        """Whether a card is left at checkout, and charged later."""
        return self.pay_when != AT_BOOKING

    @property
    def paid_after(self) -> bool:
        """Whether the card is charged when the work is done."""
        return self.pay_when == AFTER_SERVICE

    @property
    def most_work(self) -> Money | None:
        """What the work may cost in the end without asking again, where its price is an estimate.

        Once the final price stands, there is no such limit any more.
        """
        if self.over_bp is None or any(each["code"] == CODE for each in self.lines):
            return None
        return Money(self.currency, most_minor(estimate=self.work_minor, over_bp=self.over_bp))

    @property
    def work(self) -> Money:
        """The work, with extras, without the customer's fee."""
        return Money(self.currency, self.work_minor)

    @property
    def withheld_minor(self) -> int:
        """What is kept back of the worker's part for taxes."""
        return sum(each.minor for each in self.withholdings)

    @property
    def cash_to_owe(self) -> Money:
        """What of the price in cash belongs to others than the worker."""
        share = self.worker_minor - self.withheld_minor
        _, rest = divide_cash(collected_minor=self.without_tip.minor, share_minor=share)
        return Money(self.currency, rest)

    @property
    def total(self) -> Money:
        """What the customer pays."""
        return self.blocks.total

    @property
    def tip(self) -> Money:
        """The tip in it."""
        return Money(self.currency, self.tip_minor)

    @property
    def without_tip(self) -> Money:
        """What the customer pays for the job itself."""
        return self.total - self.tip

    @property
    def net_pay(self) -> Money:
        """What the worker gets: their share, less taxes kept back, and the tip."""
        return Money(self.currency, self.worker_minor - self.withheld_minor + self.tip_minor)

    @property
    def withholdings(self) -> list[Withholding]:
        """The taxes kept back, as they were frozen."""
        return [Withholding(**each) for each in self.withheld]

    @property
    def shown_withholdings(self) -> list[tuple[str, Money]]:
        """Each tax kept back, in the reader's words, with its amount."""
        short = (get_language() or "es")[:2]
        return [
            (each.wording.get(short) or each.code.upper(), Money(self.currency, each.minor))
            for each in self.withholdings
        ]

    @property
    def fee_percent(self) -> float:
        """How many of a hundred of the work the customer's fee comes to."""
        return share_percent(self.fee_minor, self.work_minor)

    @property
    def price_lines(self) -> list[Line]:
        """The lines as they were agreed."""
        return [
            Line(**each | {"kind": Kind(each["kind"]), "liable": Bears(each["liable"])})
            for each in self.lines
        ]

    @property
    def shown_lines(self) -> list[tuple[Line, Money]]:
        """Each line with its amount, for people."""
        return [(line, Money(self.currency, line.amount_minor)) for line in self.price_lines]


PRICE_COLUMNS = tuple(field.name for field in Priced._meta.local_fields)


def columns_of(price: Price) -> dict[str, Any]:
    """Return a price as column values."""
    parts = {f"{name}_minor": getattr(price.blocks, name).minor for name in PARTS}
    return parts | {
        "currency": price.blocks.currency,
        "lines": [asdict(line) for line in price.lines],
        "work_minor": price.work_minor,
        "commission_minor": price.commission_minor,
        "fee_minor": price.fee_minor,
    }


def pays_somehow() -> models.Q:
    """Return the condition that somebody knows how it is paid."""
    return models.Q(pay_in__in=(CARD, CASH), pay_when__in=PAY_WHEN)


def sums_to_total() -> models.Q:
    """Return the condition that nothing but the tenant's part is negative."""
    return models.Q(
        worker_minor__gte=0,
        tip_minor__gte=0,
        platform_minor__gte=0,
        processor_minor__gte=0,
        tax_minor__gte=0,
        work_minor__gte=0,
    )
