"""What people type about jobs and offers. Every form works without a script."""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.actor import Actor
from kernel.money import EXPONENTS, Money
from marketplace.bookings.forms import ManyFiles, PhotosField
from marketplace.catalog.forms.answers import Asks
from marketplace.catalog.models import Service, Zone
from marketplace.catalog.queries import zones
from marketplace.catalog.queries.fields import fields_of_service
from marketplace.jobs.actions.save_job import Described
from marketplace.jobs.models import JobOffer
from marketplace.jobs.queries.comparing import JobSheet
from marketplace.jobs.rules.offering import LONGEST_LABEL, LONGEST_MESSAGE, MINUTES, Part, Terms
from marketplace.jobs.rules.posting import LONGEST_TEXT, MOST_WINDOWS, Window
from tenants.tenancy.queries import here

LINES, SLOTS = 4, 3
LOCAL = "%Y-%m-%dT%H:%M"
FROM, TO = time(8), time(20)


def _amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=11, decimal_places=2, required=False, **more
    )


def minor_of(amount: Decimal | None, currency: str) -> int | None:
    """Return an amount in minor units."""
    return None if amount is None else int(amount.scaleb(EXPONENTS[currency]))


def typed(amount: Money | None) -> Decimal | None:
    """Return an amount as somebody types it."""
    return None if amount is None else Decimal(amount.minor).scaleb(-EXPONENTS[amount.currency])


class JobForm(Asks):
    """What is to be done, roughly where, when, and for about how much."""

    text = forms.CharField(
        label=_("What is to be done?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What, how much of it, what is there already. Phones and links are hidden."),
    )
    zone = forms.ChoiceField(
        label=_("Part of town"),
        help_text=_("Workers see this and how far it is, never your address."),
    )
    budget = _amount(_("What you have in mind to pay"))
    photos = PhotosField(
        label=_("Photos, up to six"),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/*"}),
        help_text=_("Where and when they were taken is removed."),
    )

    def __init__(
        self,
        *args: Any,
        service: Service,
        known: Mapping[str, object] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.places: dict[str, Zone] = {}
        if service.location == "at_customer":
            self.places = {str(each.pk): each for each in zones()}
        if self.places:
            named = [(key, each.name) for key, each in self.places.items()]
            self.fields["zone"].choices = [("", _("Choose…")), *named]  # type: ignore[attr-defined]  # A choice field.
        else:
            del self.fields["zone"]
        for number in range(1, MOST_WINDOWS + 1):
            self._ask_window(number)
        self.ask(fields_of_service(service, target="job"), known=known)

    def _ask_window(self, number: int) -> None:
        day = forms.DateInput(attrs={"type": "date"})
        clock = {"type": "time", "step": "900"}
        self.fields[f"day{number}"] = forms.DateField(label=_("Day"), required=False, widget=day)
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[f"{name}{number}"] = forms.TimeField(
                label=label, required=False, widget=forms.TimeInput(attrs=clock, format="%H:%M")
            )

    def window_rows(self) -> list[tuple[forms.BoundField, ...]]:
        """Return the fields of each window, for the page."""
        return [
            (self[f"day{number}"], self[f"from{number}"], self[f"to{number}"])
            for number in range(1, MOST_WINDOWS + 1)
        ]

    def described(self, *, by: Actor) -> Described:
        """Return what was typed, as the description of a job; files of answers are kept."""
        said, tenant = self.cleaned_data, here()
        zone = self.places.get(said.get("zone", ""))
        return Described(
            service_id=self.service.pk,
            text=said["text"],
            windows=self._windows(),
            budget_minor=minor_of(said["budget"], self.service.currency),
            zone_name=zone.name if zone else tenant.city,
            latitude=zone.latitude if zone else tenant.latitude,
            longitude=zone.longitude if zone else tenant.longitude,
            answers=self.answers(by=by),
            consents=frozenset(self.consents()),
        )

    def _windows(self) -> list[Window]:
        said, zone = self.cleaned_data, ZoneInfo(here().timezone)
        found = []
        for number in range(1, MOST_WINDOWS + 1):
            if (day := said[f"day{number}"]) is None:
                continue
            first, last = said[f"from{number}"] or FROM, said[f"to{number}"] or TO
            found.append(
                Window(datetime.combine(day, first, zone), datetime.combine(day, last, zone))
            )
        return found


def typed_job(sheet: JobSheet) -> dict[str, Any]:
    """Return a job as somebody would type it, to change it or to describe it again."""
    zone = ZoneInfo(sheet.zone)
    known: dict[str, Any] = {"text": sheet.text, "budget": typed(sheet.budget)}
    named = next((each for each in zones() if each.name == sheet.zone_name), None)
    known["zone"] = str(named.pk) if named else ""
    for number, each in enumerate(sheet.windows, 1):
        first, last = each.starts_at.astimezone(zone), each.ends_at.astimezone(zone)
        known |= {
            f"day{number}": first.date(),
            f"from{number}": first.time(),
            f"to{number}": last.time(),
        }
    return known


class SlotsForm(forms.Form):
    """Up to three times at which one could begin, on the clock of the place."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        local = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "900"}, format=LOCAL)
        for number in range(1, SLOTS + 1):
            self.fields[f"slot{number}"] = forms.DateTimeField(
                label=_("When could you begin?") if number == 1 else _("Or then"),
                required=number == 1,
                input_formats=[LOCAL],
                widget=local,
            )

    def slot_fields(self) -> list[forms.BoundField]:
        """Return the fields of the times, for the page."""
        return [self[f"slot{number}"] for number in range(1, SLOTS + 1)]

    def slots(self) -> tuple[datetime, ...]:
        """Return the times, in order, each once."""
        named = (self.cleaned_data.get(f"slot{number}") for number in range(1, SLOTS + 1))
        found = {each.replace(tzinfo=self.zone) for each in named if each is not None}
        return tuple(sorted(found))


class OfferForm(SlotsForm):
    """What the work would cost, line by line, how long it takes, and when."""

    minutes = forms.IntegerField(
        label=_("How many minutes will it take?"), min_value=MINUTES[0], max_value=MINUTES[-1]
    )
    message = forms.CharField(
        label=_("A word to the customer"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How you would do it. Phones and links are hidden."),
    )

    def __init__(self, *args: Any, zone: str, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, zone=zone, **kwargs)
        self.currency = currency
        for number in range(1, LINES + 1):
            first = number == 1
            self.fields[f"label{number}"] = forms.CharField(
                label=_("What"), max_length=LONGEST_LABEL, required=first
            )
            price = _amount(_("Price"))
            price.required = first
            self.fields[f"price{number}"] = price
            self.fields[f"count{number}"] = forms.IntegerField(
                label=_("How many"), min_value=1, max_value=1_000, required=False
            )

    def line_rows(self) -> list[tuple[forms.BoundField, ...]]:
        """Return the fields of each line, for the page."""
        return [
            (self[f"label{number}"], self[f"price{number}"], self[f"count{number}"])
            for number in range(1, LINES + 1)
        ]

    def terms(self) -> Terms:
        """Return what was typed, as terms."""
        said = self.cleaned_data
        parts = tuple(
            Part(
                label=said[f"label{number}"],
                unit_minor=minor_of(said[f"price{number}"], self.currency) or 0,
                quantity=said[f"count{number}"] or 1,
            )
            for number in range(1, LINES + 1)
            if said.get(f"label{number}")
        )
        return Terms(
            parts=parts, minutes=said["minutes"], slots=self.slots(), message=said["message"]
        )


def typed_offer(offer: JobOffer) -> dict[str, Any]:
    """Return an offer as somebody would type it."""
    zone, currency = ZoneInfo(offer.job.zone), offer.job.currency
    known: dict[str, Any] = {"minutes": offer.minutes, "message": offer.message}
    for number, part in enumerate(offer.parts[:LINES], 1):
        known |= {
            f"label{number}": part.label,
            f"price{number}": typed(Money(currency, part.unit_minor)),
            f"count{number}": part.quantity,
        }
    for number, slot in enumerate(offer.times, 1):
        known[f"slot{number}"] = slot.astimezone(zone).replace(tzinfo=None)
    return known


class CounterForm(forms.Form):
    """What a customer would like to be different."""

    amount = _amount(_("What you would pay for the work"))
    words = forms.CharField(
        label=_("What should be different?"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChooseForm(forms.Form):
    """Which of an offer's times, the door, and how to get in."""

    slot = forms.CharField(max_length=40)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        help_text=_("Street and number. Only the worker you choose sees it, once it is paid."),
    )
    note = forms.CharField(
        label=_("How to get in, and what to know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, at_customer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not at_customer:
            del self.fields["address"]

    def clean_slot(self) -> datetime:
        """Return the time that was chosen."""
        try:
            found = datetime.fromisoformat(self.cleaned_data["slot"].replace(" ", "+"))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise forms.ValidationError(_("Please choose one of the times."))
        return found


class ReasonForm(forms.Form):
    """Why the office does something; the customer reads it."""

    reason = forms.CharField(label=_("Why? The customer reads it."), min_length=10, max_length=300)
