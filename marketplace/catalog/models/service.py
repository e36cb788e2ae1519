"""What a tenant offers: types of service with a length and a price, and extras."""

from collections.abc import Mapping
from datetime import time, timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.money import Money
from marketplace.catalog.models.category import Category
from marketplace.catalog.models.texts import Translated
from marketplace.catalog.rules import service_axes
from marketplace.catalog.rules.durations import DAY_END, DAY_START, SHORTEST_MINUTES
from marketplace.catalog.rules.service_axes import Axes, Unit
from tenants.tenancy.models import StoredFile, TenantModel


def both(pair: Mapping[str, tuple[object, ...]]) -> models.Q:
    """Return the condition that columns have values which do not go together."""
    return models.Q(**{f"{name}__in": values for name, values in pair.items()})


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


class Service(Translated, TenantModel):
    """A type of service: a category, the axes along which it is booked, and parameters.

    With variants, `minutes` and `price_minor` are the least of theirs: what lists show. Where
    something is counted, the price is for one, and `minutes` is what comes before the counting.
    """

    INSTANT, REQUEST, DISPATCH, POST = service_axes.BOOKING

    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="services", verbose_name=_("category")
    )
    slug = models.SlugField()
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    booking_mode = models.CharField(
        _("how it is booked"),
        max_length=8,
        default=INSTANT,
        choices=[
            (INSTANT, _("at once")),
            (REQUEST, _("the worker accepts")),
            (DISPATCH, _("we find somebody")),
            (POST, _("customers describe a job")),
        ],
    )
    location = models.CharField(
        _("where it is done"),
        max_length=12,
        default="at_customer",
        choices=[
            ("at_customer", _("at the customer's")),
            ("at_worker", _("at the worker's")),
            ("remote", _("from afar")),
        ],
    )
    pricing = models.CharField(
        _("how it is priced"),
        max_length=10,
        default="fixed",
        choices=[
            ("fixed", _("a fixed price")),
            ("per_unit", _("per unit")),
            ("estimated", _("an estimate")),
            ("quoted", _("by offers")),
        ],
    )
    completion = models.CharField(
        _("how a visit begins and ends"),
        max_length=16,
        default="pin",
        choices=[
            ("pin", _("with the customer's PIN")),
            ("customer_confirm", _("the customer confirms")),
            ("photo", _("with a photo")),
            ("auto", _("by itself, on time")),
        ],
    )
    payment = models.CharField(
        _("when it is paid"),
        max_length=13,
        default="at_booking",
        choices=[
            ("at_booking", _("when it is booked")),
            ("before_start", _("two days before")),
            ("after_service", _("afterwards")),
        ],
    )
    unit = models.CharField(
        _("what is counted"),
        max_length=9,
        blank=True,
        choices=[
            ("half_hour", _("half hours")),
            ("hour", _("hours")),
            ("day", _("days")),
            ("night", _("nights")),
            ("visit", _("visits")),
            ("item", _("pieces")),
            ("person", _("people")),
            ("pet", _("pets")),
            ("m2", _("square metres")),
        ],
        help_text=_("Only for a price per unit. The price is then for one."),
    )
    unit_min = models.PositiveSmallIntegerField(_("at least"), default=1)
    unit_max = models.PositiveSmallIntegerField(pgettext_lazy("units", "at most"), default=1)
    unit_step = models.PositiveSmallIntegerField(_("in steps of"), default=1)
    unit_minutes = models.PositiveSmallIntegerField(_("minutes each"), default=0)
    day_start = models.TimeField(_("days and nights begin at"), default=DAY_START)
    day_end = models.TimeField(_("days and nights end at"), default=DAY_END)
    price_owner = models.CharField(
        _("who sets the price"),
        max_length=6,
        default="worker",
        choices=[("worker", _("each worker, within limits")), ("tenant", _("the business"))],
    )
    price_min_minor = models.BigIntegerField(_("lowest price"), null=True, blank=True)
    price_max_minor = models.BigIntegerField(_("highest price"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    price_minor = models.BigIntegerField(_("price"))
    currency = models.CharField(max_length=3)
    buffer_before = models.PositiveSmallIntegerField(_("minutes kept free before"), default=0)
    buffer_after = models.PositiveSmallIntegerField(_("minutes kept free after"), default=15)
    min_notice = models.PositiveIntegerField(_("notice in minutes"), default=120)
    horizon_days = models.PositiveSmallIntegerField(_("days ahead"), default=60)
    slot_step = models.PositiveSmallIntegerField(_("minutes between starts"), default=30)
    max_minutes_day = models.PositiveSmallIntegerField(_("minutes of work a day"), default=600)
    cash = models.BooleanField(
        _("may be paid in cash"),
        default=False,
        help_text=_("To the worker, who then owes what of it belongs to others."),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="service_slug_unique"),
            models.CheckConstraint(
                name="service_axes_known",
                condition=models.Q(
                    booking_mode__in=service_axes.BOOKING,
                    location__in=service_axes.LOCATION,
                    pricing__in=service_axes.PRICING,
                    completion__in=service_axes.COMPLETION,
                    payment__in=service_axes.PAYMENT,
                    price_owner__in=service_axes.PRICE_OWNERS,
                ),
            ),
            models.CheckConstraint(
                name="service_axes_go_together",
                condition=~reduce(or_, (both(pair) for _, pair in service_axes.REFUSED)),
            ),
            models.CheckConstraint(
                name="service_counts_what_has_a_price_per_unit",
                condition=models.Q(
                    models.Q(pricing="per_unit", unit__in=service_axes.UNITS)
                    | (~models.Q(pricing="per_unit") & models.Q(unit="")),
                    unit_min__gte=1,
                    unit_step__gte=1,
                    unit_max__gte=models.F("unit_min"),
                ),
            ),
            models.CheckConstraint(
                name="service_length_and_price_sensible",
                condition=models.Q(
                    models.Q(minutes__gte=15) | models.Q(pricing="per_unit"),
                    minutes__lte=720,
                    price_minor__gt=0,
                ),
            ),
            models.CheckConstraint(
                name="service_price_within_its_limits",
                condition=models.Q(
                    models.Q(price_min_minor__isnull=True)
                    | models.Q(price_min_minor__gt=0, price_min_minor__lte=models.F("price_minor")),
                    models.Q(price_max_minor__isnull=True)
                    | models.Q(price_max_minor__gte=models.F("price_minor")),
                ),
            ),
            models.CheckConstraint(
                name="service_parameters_within_limits",
                condition=models.Q(
                    buffer_before__lte=240,
                    buffer_after__lte=240,
                    min_notice__lte=14 * 24 * 60,
                    horizon_days__range=(1, 366),
                    slot_step__range=(5, 240),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def price(self) -> Money:
        """What it costs unless a worker asks for something else."""
        return Money(self.currency, self.price_minor)

    @property
    def shortest_minutes(self) -> int:
        """How long the least that can be booked takes: what lists and free times go by."""
        if self.unit in service_axes.BLOCK_UNITS:
            nights = timedelta(days=self.unit_min) - _since_midnight(self.day_start)
            return int((nights + _since_midnight(self.day_end)) / timedelta(minutes=1))
        counted = self.unit_min * self.unit_minutes if self.unit else 0
        return self.minutes + counted or SHORTEST_MINUTES

    @property
    def axes(self) -> Axes:
        """How it is booked, where, and so on."""
        return Axes(**{name: getattr(self, name) for name in Axes.__slots__})

    @property
    def counts(self) -> Unit:
        """What is counted, and how."""
        return Unit(
            code=self.unit,
            least=self.unit_min,
            most=self.unit_max,
            step=self.unit_step,
            minutes=self.unit_minutes,
        )

    @property
    def workers_set_prices(self) -> bool:
        """Tell whether workers may ask for a price of their own."""
        return self.price_owner == "worker"
