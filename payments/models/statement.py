"""Monthly statements: issued once, never changed; each line of the ledger in exactly one."""

from typing import ClassVar

from django.db import models

from kernel import clock
from payments.models.ledger import THE_BUSINESS
from tenants.tenancy.models import TenantModel


class Statement(TenantModel):
    """A month of a worker's or the business's accounts, with the files as they were issued."""

    rights: ClassVar[str] = "select, insert"

    owner_id = models.UUIDField(help_text="A member, or zeros: the business itself.")
    month = models.DateField(help_text="Its first day.")
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=5)
    sums = models.JSONField(help_text="Opening and closing of each account.")
    pdf = models.BinaryField()
    csv = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    csv_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "owner_id", "month", "currency"], name="one_statement_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.currency}"

    @property
    def of_business(self) -> bool:
        """Tell whether it is the business's own."""
        return self.owner_id == THE_BUSINESS


class StatementLine(TenantModel):
    """One posting of the ledger, in the statement it belongs to."""

    rights: ClassVar[str] = "select, insert"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    entry_id = models.UUIDField()
    seq = models.SmallIntegerField()
    account = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    ref = models.CharField(max_length=255)
    amount_minor = models.BigIntegerField(help_text="Positive where the account grows.")
    at = models.DateTimeField()
    adjustment = models.BooleanField(help_text="It belongs to a month that was closed before.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "entry_id", "seq"], name="posting_in_one_statement"
            ),
            models.UniqueConstraint(
                fields=["tenant", "statement", "position"], name="statement_place_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor}"
