"""What the office types to sell visits together."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.money import EXPONENTS
from marketplace.bookings.rules.packages import (
    LEAST_DAYS,
    LEAST_VISITS,
    MOST_DAYS,
    MOST_VISITS,
    USUAL_DAYS,
)
from marketplace.catalog.models import Service, WorkerService
from tenants.tenancy.queries import here


class PackageForm(forms.Form):
    """Whose visits, how many, for how much, for how long."""

    offer = forms.ChoiceField(label=_("Whose visits"))
    visits = forms.IntegerField(
        label=_("How many visits"), min_value=LEAST_VISITS, max_value=MOST_VISITS
    )
    price = forms.DecimalField(
        label=_("Price of all of them"), min_value=0, max_digits=12, decimal_places=2
    )
    days = forms.IntegerField(
        label=_("Days in which they can be used"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = WorkerService.objects.filter(
            state=WorkerService.PUBLISHED,
            service__active=True,
            service__pricing="fixed",
            service__booking_mode__in=(Service.INSTANT, Service.REQUEST),
            worker__state="approved",
        ).select_related("worker", "service")
        choices = [
            (str(row.pk), f"{row.worker.name} · {row.service.name}")
            for row in rows.order_by("worker__name", "service__name")
        ]
        self.fields["offer"].choices = choices  # type: ignore[attr-defined]  # A choice field.

    def terms(self) -> dict[str, Any]:
        """Return what was asked for."""
        said = self.cleaned_data
        minor = int(said["price"] * Decimal(10) ** EXPONENTS[here().currency])
        return {
            "worker_service_id": UUID(said["offer"]),
            "visits": said["visits"],
            "price_minor": minor,
            "days": said["days"],
        }
