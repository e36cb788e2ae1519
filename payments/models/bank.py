"""Bank accounts of workers, batches of transfers to them, and what banks answer."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.models.payee import Payee
from payments.models.payment import Payment
from payments.models.payout import Payout
from payments.rules.bank_accounts import KINDS
from payments.rules.batches import ALONE_WAITS, DROPPED, LINE_STATES, STATES
from tenants.tenancy.models import Membership, StoredFile, TenantModel


class PayeeAccount(TenantModel):
    """Where a worker wants to be paid. Its number is sealed; a changed one is a new row."""

    IN_USE, REFUSED, REPLACED = "in_use", "refused", "replaced"

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=7)
    sealed = models.BinaryField(help_text="Number, holder, bank and national number.")
    shown = models.CharField(max_length=60, help_text="As people see it.")
    fingerprint = models.CharField(max_length=32, help_text="The same number, the same print.")
    state = models.CharField(max_length=8, default=IN_USE)
    failure = models.CharField(max_length=80, blank=True)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "payee"],
                name="one_account_in_use",
                condition=~Q(state="replaced"),
            ),
            models.CheckConstraint(name="account_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="account_state_known",
                condition=Q(state__in=("in_use", "refused", "replaced")),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "fingerprint"], name="account_by_number")]

    def __str__(self) -> str:
        return self.shown


class Batch(TenantModel):
    """Transfers that a bank gets in one file. Once approved, it never changes."""

    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, default="draft")
    count = models.PositiveIntegerField(default=0)
    total_minor = models.BigIntegerField(default=0)
    sealed = models.BinaryField(null=True, help_text="The file, as it was approved.")
    sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    exported_at = models.DateTimeField(null=True)
    reconciled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="batch_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="approved_batch_is_whole",
                condition=Q(state__in=("draft", DROPPED))
                | Q(
                    sealed__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    count__gt=0,
                    total_minor__gt=0,
                )
                & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="batch_looked_at_twice",
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("made_by"))
                | Q(approved_at__gte=F("made_at") + ALONE_WAITS),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-made_at"], name="batch_newest")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {self.total_minor} {self.currency} {self.state}"

    @property
    def total(self) -> Money:
        """What leaves the bank with it."""
        return Money(self.currency, self.total_minor)

    @property
    def alone_until(self) -> datetime:
        """When its maker may approve it, if there is nobody else."""
        return self.made_at + ALONE_WAITS


class BankAnswer(TenantModel):
    """A bank's answer or statement, as it was imported; the same file counts once."""

    rights = "select, insert"

    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()
    lines = models.PositiveIntegerField()
    unmatched = models.PositiveIntegerField()
    imported_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sha256"], name="answer_imported_once")
        ]

    def __str__(self) -> str:
        return f"{self.imported_at:%Y-%m-%d}: {self.lines}"


class BatchLine(TenantModel):
    """One worker's transfer in a batch, and what the bank says of it."""

    WAITING, LEFT_OUT, SENT, PAID, REJECTED, RETURNED = LINE_STATES

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="lines")
    attempt = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, help_text="What the bank repeats.")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, default=WAITING)
    ref = models.CharField(max_length=80, help_text="What we call the transfer.")
    tracking_key = models.CharField(max_length=60, blank=True)
    receipt = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(
        BankAnswer, null=True, on_delete=models.PROTECT, related_name="paid_lines"
    )
    failure = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "reference"], name="reference_once"),
            models.UniqueConstraint(
                fields=["tenant", "payout", "attempt"],
                name="in_one_batch_at_a_time",
                condition=~Q(state="left_out"),
            ),
            models.UniqueConstraint(
                fields=["tenant", "tracking_key"],
                name="tracking_key_once",
                condition=~Q(tracking_key=""),
            ),
            models.CheckConstraint(name="line_state_known", condition=Q(state__in=LINE_STATES)),
            models.CheckConstraint(name="line_is_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="paid_line_is_proved",
                condition=~Q(state="paid")
                | (~Q(tracking_key="") & (Q(receipt__isnull=False) | Q(answer__isnull=False))),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "ref"], name="line_by_ref")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount_minor} {self.currency} {self.state}"

    @property
    def amount(self) -> Money:
        """What the worker gets."""
        return Money(self.currency, self.amount_minor)


class IncomingTransfer(TenantModel):
    """A customer's transfer that somebody saw on the business's bank account."""

    rights = "select, insert"

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="transfer")
    page_ref = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    tracking_key = models.CharField(max_length=60)
    answer = models.ForeignKey(BankAnswer, null=True, on_delete=models.PROTECT, related_name="+")
    seen_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "tracking_key"], name="incoming_tracking_key_once"
            ),
            models.CheckConstraint(
                name="incoming_is_positive_and_named",
                condition=Q(amount_minor__gt=0) & ~Q(tracking_key=""),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "page_ref"], name="incoming_by_reference")]

    def __str__(self) -> str:
        return f"{self.page_ref}: {self.amount_minor} {self.currency}"
