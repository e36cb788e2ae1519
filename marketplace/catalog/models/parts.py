"""What a service comes in, and what can be added to it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.money import Money
from marketplace.catalog.models.service import Service
from marketplace.catalog.models.texts import Translated
from tenants.tenancy.models import TenantModel


class Variant(Translated, TenantModel):
    """One form in which a service is offered, with its own length and price."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="variants", verbose_name=_("service")
    )
    name = models.CharField(_("name"), max_length=60)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    price_minor = models.BigIntegerField(_("price"))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["position", "minutes", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "service", "name"], name="variant_once_per_service"
            ),
            models.CheckConstraint(
                name="variant_within_limits",
                condition=models.Q(minutes__lte=720, price_minor__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.name}"

    @property
    def price(self) -> Money:
        """What it costs unless a worker asks for something else."""
        return Money(self.service.currency, self.price_minor)


class AddOn(Translated, TenantModel):
    """Something extra that can be booked with a service: more minutes, more money."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="add_ons", verbose_name=_("service")
    )
    name = models.CharField(_("name"), max_length=80)
    price_minor = models.BigIntegerField(_("price"))
    minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    max_quantity = models.PositiveSmallIntegerField(_("at most"), default=1)
    variant_ids = ArrayField(
        models.UUIDField(),
        default=list,
        blank=True,
        verbose_name=_("only with these variants"),
        help_text=_("None chosen: with all of them."),
    )
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
