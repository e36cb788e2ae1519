"""How a tenant sorts what it offers, and the parts of town its people speak of."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.models.texts import Translated
from tenants.tenancy.models import TenantModel


class Category(Translated, TenantModel):
    """A group of services, in a tree of up to four levels. In use it is archived, never deleted."""

    rights: ClassVar[str] = "select, insert, update"

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("inside"),
    )
    slug = models.SlugField()
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)
    icon = models.CharField(_("icon"), max_length=30, blank=True)
    level = models.PositiveSmallIntegerField(default=1, editable=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="category_slug_unique"),
            models.CheckConstraint(
                name="category_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
            models.CheckConstraint(
                name="category_within_four_levels",
                condition=models.Q(parent__isnull=True, level=1)
                | models.Q(parent__isnull=False, level__range=(2, 4)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Zone(TenantModel):
    """A part of town with a point in its middle: how people say where, without a geocoder."""

    slug = models.SlugField()
    name = models.CharField(_("name"), max_length=80)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    border = ArrayField(
        ArrayField(models.FloatField()),
        default=list,
        blank=True,
        verbose_name=_("border"),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("part of town")
        verbose_name_plural = _("parts of town")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="zone_slug_unique"),
            models.CheckConstraint(
                name="zone_border_has_up_to_200_corners",
                condition=models.Q(border__len=0) | models.Q(border__len__range=(3, 200)),
            ),
            models.CheckConstraint(
                name="zone_is_on_earth",
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
