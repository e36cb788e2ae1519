"""What customers owe and pay: payments, and the tips in them."""

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.rules.payment_states import STATES
from tenants.tenancy.models import Membership, TenantModel


class Payment(TenantModel):
    """Money that a member owes for something a floor above calls `reference`.

    One of the kind `setup` asks for no money: its page keeps a card for later.
    """

    JOB, TIP, PACKAGE, SETUP = KINDS = ("job", "tip", "package", "setup")
    AUTOMATIC, MANUAL = "automatic", "manual"

    payer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=120)
    kind = models.CharField(max_length=7, default=JOB)
    worker = models.ForeignKey(
        Membership,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whom a tip paid on its own is for.",
    )
    title = models.CharField(max_length=200)
    items = models.JSONField(default=list, help_text="What is paid for, line by line.")
    parts = models.JSONField(default=dict, help_text="Who gets what of it, as agreed.")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(help_text="Without the tip.")
    tip_minor = models.BigIntegerField(default=0)
    credit_minor = models.BigIntegerField(
        default=0, help_text="Of the amount: what the payer pays with credits."
    )
    capture = models.CharField(max_length=9, default=AUTOMATIC)
    state = models.CharField(max_length=15, default="created")
    key = models.CharField(max_length=255)
    return_path = models.CharField(max_length=300)
    expires_at = models.DateTimeField()
    waits_until = models.DateTimeField(
        null=True, help_text="Money that is promised, as by a voucher, may come until then."
    )
    promised_until = models.DateTimeField(
        null=True, help_text="A voucher or bank code was handed out, and can be paid until then."
    )

    provider = models.CharField(max_length=20)
    page_ref = models.CharField(max_length=120, blank=True)
    page_url = models.URLField(max_length=2000, blank=True)
    intent_ref = models.CharField(max_length=80, blank=True)
    charge_ref = models.CharField(max_length=80, blank=True)
    instrument = models.CharField(max_length=32, blank=True, help_text="Fingerprint of the card.")
    method = models.CharField(max_length=60, blank=True, help_text="As people see it.")
    keep_card = models.BooleanField(default=False, help_text="The payer lets us keep the card.")
    customer_ref = models.CharField(max_length=80, blank=True)
    method_ref = models.CharField(max_length=80, blank=True, help_text="Of the card that was kept.")
    off_session = models.BooleanField(default=False, help_text="Taken without the payer at hand.")
    pages = models.PositiveSmallIntegerField(default=0, help_text="How many pages ended unpaid.")
    page_asked_at = models.DateTimeField(
        null=True, help_text="The payer went to pay: from then on no card is charged behind them."
    )
    fee_minor = models.BigIntegerField(null=True, help_text="What the provider really kept.")
    settles_at = models.DateTimeField(null=True, help_text="When the provider has the money.")
    failure = models.CharField(max_length=80, blank=True)

    captured_minor = models.BigIntegerField(default=0, help_text="What the provider took.")
    refunded_minor = models.BigIntegerField(default=0, help_text="What goes back of that.")
    credit_back_minor = models.BigIntegerField(default=0, help_text="What is a credit again.")
    made_at = models.DateTimeField(default=clock.now)
    authorised_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)
    capture_asked_at = models.DateTimeField(null=True)
    void_asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="payment_key_once"),
            models.CheckConstraint(name="payment_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="payment_kind_known", condition=Q(kind__in=("job", "tip", "package", "setup"))
            ),
            models.CheckConstraint(
                name="payment_capture_known", condition=Q(capture__in=("automatic", "manual"))
            ),
            models.CheckConstraint(
                name="payment_asks_for_something",
                condition=Q(amount_minor__gte=0, tip_minor__gte=0)
                & (~Q(amount_minor=0, tip_minor=0) ^ Q(kind="setup")),
            ),
            models.CheckConstraint(
                name="refunded_at_most_what_was_captured",
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("captured_minor")),
            ),
            models.CheckConstraint(
                name="paid_with_credit_at_most_the_amount",
                condition=Q(credit_minor__gte=0, credit_minor__lte=F("amount_minor")),
            ),
            models.CheckConstraint(
                name="credited_back_at_most_what_was_used",
                condition=Q(credit_back_minor__gte=0, credit_back_minor__lte=F("credit_minor")),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "reference"], name="payment_of_reference"),
            models.Index(fields=["tenant", "payer"], name="payment_of_payer"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.total} {self.state}"

    @property
    def amount(self) -> Money:
        """What is asked for, without the tip."""
        return Money(self.currency, self.amount_minor)

    @property
    def tip(self) -> Money:
        """The tip in it."""
        return Money(self.currency, self.tip_minor)

    @property
    def total(self) -> Money:
        """The whole price: what the card is charged, and what credits pay."""
        return self.amount + self.tip

    @property
    def credit(self) -> Money:
        """What credits pay of it."""
        return Money(self.currency, self.credit_minor)

    @property
    def charged_amount(self) -> Money:
        """What the provider takes of the amount; all of the tip comes on top."""
        return self.amount - self.credit

    @property
    def charged(self) -> Money:
        """What the provider takes in all: nothing, if credits pay the whole price."""
        return self.total - self.credit


class Tip(TenantModel):
    """A tip that was taken: held until the job is done, then the worker's, all of it."""

    HELD, EARNED, RETURNED, LOST = "held", "earned", "returned", "lost"

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="tip_row")
    reference = models.CharField(max_length=120)
    worker = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, default=HELD)
    taken_at = models.DateTimeField(default=clock.now)
    earned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="tip_is_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="tip_state_known",
                condition=Q(state__in=("held", "earned", "returned", "lost")),
            ),
            models.CheckConstraint(
                name="tip_earned_by_somebody",
                condition=~Q(state="earned") | Q(worker__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "reference"], name="tip_of_reference"),
            models.Index(fields=["tenant", "worker"], name="tip_of_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount_minor} {self.currency} {self.state}"

    @property
    def amount(self) -> Money:
        """How much."""
        return Money(self.currency, self.amount_minor)
