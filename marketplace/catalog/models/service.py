"""What a tenant offers: types of service with a length and a price, and extras."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.money import Money
from marketplace.catalog.models.category import Category
from tenants.tenancy.models import StoredFile, TenantModel


class Service(TenantModel):
    """A type of service: a category, the axes along which it is booked, and parameters.

    Of the axes' values the constraints admit those that are built.
    """

    INSTANT, REQUEST = "instant", "request"

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
        choices=[(INSTANT, _("at once")), (REQUEST, _("the worker accepts"))],
    )
    location = models.CharField(max_length=12, default="at_customer")
    pricing = models.CharField(max_length=10, default="fixed")
    completion = models.CharField(max_length=16, default="pin")
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
                    booking_mode__in=("instant", "request"),
                    location="at_customer",
                    pricing="fixed",
                    completion="pin",
                ),
            ),
            models.CheckConstraint(
                name="service_length_and_price_sensible",
                condition=models.Q(minutes__range=(15, 720), price_minor__gt=0),
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


class AddOn(TenantModel):
    """Something extra that can be booked with a service: more minutes, more money."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="add_ons", verbose_name=_("service")
    )
    name = models.CharField(_("name"), max_length=80)
    price_minor = models.BigIntegerField(_("price"))
    minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    max_quantity = models.PositiveSmallIntegerField(_("at most"), default=1)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("extra")
        verbose_name_plural = _("extras")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "service", "name"], name="add_on_once_per_service"
            ),
            models.CheckConstraint(
                name="add_on_within_limits",
                condition=models.Q(
                    price_minor__gte=0, minutes__lte=720, max_quantity__range=(1, 20)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def price(self) -> Money:
        """What one of it costs, in the currency of its service."""
        return Money(self.service.currency, self.price_minor)
