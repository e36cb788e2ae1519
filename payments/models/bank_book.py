"""What the bank's own statement says, line by line, and which of our entries each line is."""

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.rules.bank_statements import LINE_RESULTS, MATCHED, UNMATCHED
from tenants.tenancy.models import Membership, TenantModel


class BankStatement(TenantModel):
    """A statement of the bank account that money comes into and leaves from, as imported."""

    rights = "select, insert"

    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()
    currency = models.CharField(max_length=3)
    from_on = models.DateField()
    until_on = models.DateField()
    opening_minor = models.BigIntegerField()
    closing_minor = models.BigIntegerField()
    count = models.PositiveIntegerField(help_text="How many lines it has.")
    imported_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sha256"], name="bank_statement_once"),
            models.CheckConstraint(
                name="bank_statement_ends_after_its_start",
                condition=Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on}: {self.closing}"

    @property
    def opening(self) -> Money:
        """What was at the bank before its first line."""
        return Money(self.currency, self.opening_minor)

    @property
    def closing(self) -> Money:
        """What is at the bank after its last line."""
        return Money(self.currency, self.closing_minor)


class BankLine(TenantModel):
    """One line of a bank's statement: positive came in, negative went out."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField()
    booked_on = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    tracking_key = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=10, default=UNMATCHED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "statement", "row"], name="bank_statement_row_once"
            ),
            models.CheckConstraint(
                name="bank_line_result_known", condition=Q(result__in=LINE_RESULTS)
            ),
            models.CheckConstraint(name="bank_line_moves", condition=~Q(amount_minor=0)),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "booked_on"],
                name="bank_line_open",
                condition=Q(result=UNMATCHED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount}: {self.result}"

    @property
    def amount(self) -> Money:
        """What came in; below zero, what went out."""
        return Money(self.currency, self.amount_minor)

    @property
    def settled(self) -> bool:
        """Whether nobody has to look at it any more."""
        return self.result in (MATCHED, "put_aside")


class BankMatch(TenantModel):
    """One of our entries is in a line of the bank's statement; no entry is in two."""

    rights = "select, insert"

    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="matches")
    entry_id = models.UUIDField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "entry_id"], name="entry_in_one_bank_line")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.amount_minor}"
