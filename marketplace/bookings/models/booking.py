"""What was agreed, and everything that happened to it."""

from typing import ClassVar

from django.db import models

from kernel import clock
from kernel.money import Money
from marketplace.bookings.models.package import PackageCredit
from marketplace.bookings.models.place import Placed
from marketplace.bookings.models.priced import Priced, pays_somehow, sums_to_total
from marketplace.bookings.models.quote import Quote
from marketplace.bookings.rules.process import PROCESSES, Process, State
from marketplace.catalog.models import Worker, WorkerService
from tenants.tenancy.models import Membership, StoredFile, TenantModel

MONEY_STATES = (
    "none", "scheduled", "authorised", "captured", "refund_pending", "refunded", "failed",
)  # fmt: skip
UNCHARGED = ("scheduled", "failed")


class Booking(Priced, Placed):
    """An agreement that a worker does a job for a customer at a place and time."""

    code = models.CharField(max_length=8)
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    worker_service = models.ForeignKey(WorkerService, on_delete=models.PROTECT, related_name="+")
    service_name = models.CharField(max_length=80)
    mode = models.CharField(max_length=8)
    completion = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    substitute_ok = models.BooleanField(default=False)

    process = models.CharField(max_length=20, default="booking")
    process_version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=16)
    entry = models.PositiveSmallIntegerField(default=1, help_text="How many states entered.")
    entered_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)
    flagged = models.BooleanField(default=False, help_text="Nobody saw the visit happen or end.")

    money = models.CharField(max_length=14, default="none")
    payment_id = models.UUIDField(null=True)
    card_id = models.UUIDField(null=True, help_text="The card that is charged later.")
    charges = models.PositiveSmallIntegerField(default=0, help_text="How often it was asked.")
    kept_alone = models.BooleanField(
        default=False, help_text="Of a visit that was not paid: only what is kept was charged."
    )
    pay_by = models.DateTimeField(null=True, help_text="Until then the time is kept unpaid.")
    credit_minor = models.BigIntegerField(default=0, help_text="What the customer's credits pay.")
    guaranteed = models.BooleanField(
        default=False, help_text="The business paid the worker itself: the customer has not."
    )
    paid_ahead = models.ForeignKey(
        PackageCredit,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The visit of a package that pays for it.",
    )
    kept_bp = models.PositiveIntegerField(null=True, help_text="Of the work, on cancellation.")
    refund_minor = models.BigIntegerField(default=0)

    moves = models.PositiveSmallIntegerField(default=0, help_text="How often its time changed.")
    least_kept_bp = models.PositiveIntegerField(
        default=0, help_text="Moved late by the customer: a cancellation keeps at least this."
    )
    accused = models.CharField(max_length=8, blank=True, help_text="Who is said not to have come.")
    unsafe = models.BooleanField(default=False, help_text="The worker left, not feeling safe.")

    ended_by = models.CharField(max_length=8, blank=True, help_text="Who cancelled or declined.")
    reason = models.CharField(max_length=300, blank=True)
    check_in_source = models.CharField(max_length=16, blank=True)
    check_out_note = models.CharField(max_length=1000, blank=True)

    requested_at = models.DateTimeField(default=clock.now)
    matched_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    should_depart_at = models.DateTimeField(null=True)
    sought_at = models.DateTimeField(
        null=True, help_text="Whoever was to come cannot: since when somebody else is wanted."
    )
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True, help_text="The worker tried to reach them.")
    checked_in_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="booking_code_unique"),
            models.CheckConstraint(
                name="booking_state_known",
                condition=models.Q(state__in=tuple(state.value for state in State)),
            ),
            models.CheckConstraint(
                name="booking_money_known", condition=models.Q(money__in=MONEY_STATES)
            ),
            models.CheckConstraint(name="booking_parts_not_negative", condition=sums_to_total()),
            models.CheckConstraint(name="booking_paid_somehow", condition=pays_somehow()),
            models.CheckConstraint(
                name="booking_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "customer", "starts_at"], name="booking_of_customer"),
            models.Index(fields=["tenant", "worker", "starts_at"], name="booking_of_worker"),
            models.Index(fields=["tenant", "state", "starts_at"], name="booking_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"

    @property
    def rule(self) -> Process:
        """The process this booking runs on."""
        return PROCESSES[self.process, self.process_version]

    @property
    def at(self) -> State:
        """Where it is."""
        return State(self.state)

    @property
    def nobody_yet(self) -> bool:
        """Tell whether nobody took it: the worker named here only stands for the service."""
        looked_for = self.mode == "dispatch" or self.sought_at is not None
        return looked_for and self.confirmed_at is None

    @property
    def reference(self) -> str:
        """What floors below call it."""
        return f"booking:{self.pk}"

    @property
    def has_money(self) -> bool:
        """Tell whether the price was paid, or a bank keeps it ready; promised cash is neither."""
        return self.money == "captured" or (self.money == "authorised" and not self.in_cash)

    @property
    def uncharged(self) -> bool:
        """Tell whether its card is still to be charged, or could not be."""
        return self.money in UNCHARGED

    @property
    def waits_for_nothing(self) -> bool:
        """Tell whether nobody has to be asked for money at checkout: it is settled how it comes."""
        return self.in_cash or self.uncharged or self.paid_ahead_id is not None

    @property
    def credit(self) -> Money:
        """What the customer's credits pay of the total."""
        return Money(self.currency, self.credit_minor)

    @property
    def to_pay(self) -> Money:
        """What the customer pays in money, now that a part may be paid with credits or ahead."""
        if self.paid_ahead_id is not None:
            return self.total - self.total
        return self.total - self.credit

    @property
    def over(self) -> bool:
        """Tell whether nothing more will happen to it by itself."""
        return self.at == State.COMPLETED or self.at in self.rule.terminal


class StepTaken(TenantModel):
    """One step of a booking: who took it, from where to where, why. Never edited."""

    rights: ClassVar[str] = "select, insert"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    origin = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    actor_role = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "booking", "version"], name="one_step_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin} → {self.step} → {self.state}"


class CheckoutPhoto(TenantModel):
    """A photo of the finished job, seen by both sides and the office."""

    rights: ClassVar[str] = "select, insert, delete"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "booking", "position"], name="photo_place_once"
            ),
            models.CheckConstraint(
                name="at_most_ten_photos", condition=models.Q(position__range=(1, 10))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.position}"
