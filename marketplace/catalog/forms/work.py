"""What workers fill in about themselves, and the office about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.money import EXPONENTS
from marketplace.catalog.actions.apply import Profile
from marketplace.catalog.actions.publish_service import Choice, VariantChoice
from marketplace.catalog.actions.set_area import PartWish
from marketplace.catalog.models import (
    AreaPart,
    OfferedVariant,
    Service,
    Variant,
    Worker,
    WorkerService,
    Zone,
)
from marketplace.catalog.rules.areas import LARGEST_KM, SMALLEST_KM, Circle, Place
from marketplace.catalog.rules.worker_states import REASONED, SUSPENSION_REASONS, Step

LANGUAGES = (
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("qu", _("Quechua")),
    ("ay", _("Aymara")),
    ("gn", _("Guarani")),
    ("lse", _("Sign language")),
)
REASONS = {
    "safety": _("Safety"),
    "fraud": _("Fraud"),
    "documents": _("Documents"),
    "conduct": _("Conduct"),
    "other": _("Something else"),
}


class ApplyForm(forms.Form):
    """Who somebody is, in their own words."""

    first_name = forms.CharField(label=_("First name"), max_length=60)
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=60,
        help_text=_("Customers only see the initial."),
    )
    headline = forms.CharField(
        label=_("What you do, in one line"),
        min_length=3,
        max_length=80,
        help_text=_("It stands under your name and on your badge."),
    )
    bio = forms.CharField(
        label=_("About you"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("How you work, what you like about it, since when."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    photo = forms.FileField(
        label=_("Photo of your face"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("In good light, without sunglasses. At most 10 MB."),
    )

    def __init__(self, *args: Any, named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named:
            del self.fields["first_name"], self.fields["last_name"]

    def profile(self) -> Profile:
        """Return what was filled in."""
        said = self.cleaned_data
        return Profile(
            headline=said["headline"],
            bio=said["bio"],
            languages=tuple(said["languages"]),
            first_name=said.get("first_name", ""),
            last_name=said.get("last_name", ""),
        )


class AreaForm(forms.Form):
    """Where somebody works: a part of town or a point, and how far around."""

    zone = forms.ChoiceField(label=_("Where you start from"), required=False)
    radius_km = forms.IntegerField(
        label=_("How far you go (km)"),
        min_value=SMALLEST_KM,
        max_value=LARGEST_KM,
        initial=10,
        help_text=_("Customers further away will not find you."),
    )
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, localize=False
    )
    longitude = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, localize=False
    )

    goes_around = forms.BooleanField(
        label=_("I go anywhere within that distance"), required=False, initial=True
    )
    also = forms.MultipleChoiceField(
        label=_("And to these parts of town"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    never = forms.MultipleChoiceField(
        label=_("But never to these"), required=False, widget=forms.CheckboxSelectMultiple
    )
    postal_codes = forms.CharField(
        label=_("And to these postal codes"),
        required=False,
        max_length=800,
        help_text=_("With commas between them."),
    )

    def __init__(self, *args: Any, zones: Sequence[Zone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drawn = [(str(zone.pk), zone.name) for zone in zones if zone.border]
        for name in ("also", "never"):
            self.fields[name].choices = drawn  # type: ignore[attr-defined]  # A choice field.
            if not drawn:
                del self.fields[name]
        self.zones = {zone.slug: zone for zone in zones}
        choices = [(zone.slug, zone.name) for zone in zones]
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("A point of my own")), *choices]

    def clean(self) -> dict[str, Any]:
        """Ask for a part of town or a whole point."""
        said = super().clean() or {}
        point = (said.get("latitude"), said.get("longitude"))
        if not said.get("zone") and None in point and not self.errors:
            self.add_error("zone", gettext("Choose a part of town, or give both numbers."))
        return said

    def area(self) -> Circle:
        """Return the circle that was chosen."""
        said = self.cleaned_data
        zone = self.zones.get(said["zone"])
        if zone is not None:
            return Circle(Place(zone.latitude, zone.longitude), said["radius_km"])
        return Circle(Place(said["latitude"], said["longitude"]), said["radius_km"])

    def parts(self) -> list[PartWish]:
        """Return the parts of town and postal codes that were chosen."""
        said = self.cleaned_data
        zones = [
            PartWish(zone_id=UUID(each), excluded=name == "never")
            for name in ("also", "never")
            for each in said.get(name, ())
        ]
        codes = [each.strip() for each in said["postal_codes"].split(",")]
        return [*zones, *(PartWish(postal_code=each) for each in codes if each)]

    @staticmethod
    def initial_of(
        worker: Worker, zones: Iterable[Zone], parts: Iterable[AreaPart] = ()
    ) -> dict[str, object]:
        """Return what a worker has chosen so far."""
        chosen_parts = list(parts)
        point = (worker.base_latitude, worker.base_longitude)
        chosen = [zone.slug for zone in zones if (zone.latitude, zone.longitude) == point]
        return {
            "zone": chosen[0] if chosen else "",
            "radius_km": worker.radius_km,
            "latitude": worker.base_latitude,
            "longitude": worker.base_longitude,
            "goes_around": worker.goes_around,
            "also": [str(each.zone_id) for each in chosen_parts if not each.excluded],
            "never": [str(each.zone_id) for each in chosen_parts if each.excluded],
            "postal_codes": ", ".join(
                each.postal_code for each in chosen_parts if each.kind == AreaPart.POSTAL
            ),
        }


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A service with the fields that are asked about it."""

    service: Service
    chosen: forms.BoundField
    price: forms.BoundField | None
    variants: list[tuple[Variant, forms.BoundField, forms.BoundField | None]]
    offer: WorkerService | None = None


class OfferForm(forms.Form):
    """Which services somebody offers, in which variants, at which price where it is their own."""

    def __init__(
        self,
        *args: Any,
        services: Sequence[Service],
        offers: Sequence[WorkerService],
        own: Mapping[tuple[UUID, UUID], OfferedVariant] | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.services = services
        self.own = own or {}
        self.offers = {offer.service_id: offer for offer in offers}
        shown = (WorkerService.PUBLISHED, WorkerService.PENDING)
        known = {key: offer for key, offer in self.offers.items() if offer.state in shown}
        for service in services:
            offer = known.get(service.pk)
            self.fields[f"s_{service.pk}"] = forms.BooleanField(
                label=service.shown_name, required=False, initial=offer is not None
            )
            variants = list(service.variants.all())
            for variant in variants:
                self._ask_variant(service, variant, fresh=offer is None)
            if service.workers_set_prices and not variants:
                own_price = offer.price_minor if offer else None
                self.fields[f"p_{service.pk}"] = _price_field(service, own_price)

    def _ask_variant(self, service: Service, variant: Variant, *, fresh: bool) -> None:
        said = self.own.get((service.pk, variant.pk))
        self.fields[f"v_{variant.pk}"] = forms.BooleanField(
            label=variant.shown_name, required=False, initial=fresh or said is None or said.offered
        )
        if service.workers_set_prices:
            self.fields[f"p_{variant.pk}"] = _price_field(
                service, said.price_minor if said else None
            )

    def rows(self) -> list[OfferRow]:
        """Return each service with its fields."""
        return [
            OfferRow(
                service,
                self[f"s_{service.pk}"],
                self._bound(f"p_{service.pk}"),
                [
                    (variant, self[f"v_{variant.pk}"], self._bound(f"p_{variant.pk}"))
                    for variant in service.variants.all()
                ],
                self.offers.get(service.pk),
            )
            for service in self.services
        ]

    def _bound(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None

    def choices(self) -> list[Choice]:
        """Return what was chosen."""
        said = self.cleaned_data
        return [
            Choice(
                service.pk,
                self._price(service, service.pk),
                {
                    variant.pk: VariantChoice(
                        self._price(service, variant.pk), said[f"v_{variant.pk}"]
                    )
                    for variant in service.variants.all()
                },
            )
            for service in self.services
            if said[f"s_{service.pk}"]
        ]

    def _price(self, service: Service, key: UUID) -> int | None:
        return _minor(self.cleaned_data.get(f"p_{key}"), service.currency)


def _price_field(service: Service, own: int | None) -> forms.DecimalField:
    exponent = EXPONENTS[service.currency]
    low, high = service.price_min_minor, service.price_max_minor
    return forms.DecimalField(
        label=_("Your price ({currency})").format(currency=service.currency),
        required=False,
        min_value=Decimal(low or 1).scaleb(-exponent),
        max_value=None if high is None else Decimal(high).scaleb(-exponent),
        decimal_places=exponent,
        max_digits=12,
        initial=None if own is None else Decimal(own).scaleb(-exponent),
        localize=False,
    )


def _minor(major: Decimal | None, currency: str) -> int | None:
    return None if major is None else int(major.scaleb(EXPONENTS[currency]))


class DecisionForm(forms.Form):
    """A step of the office about a worker, and why."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(c, REASONS[c]) for c in SUSPENSION_REASONS]
    )
    note = forms.CharField(
        label=_("In your own words: the worker will read this"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Danger and fraud act at once; otherwise the worker hears of it before."),
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step != Step.SUSPEND:
            del self.fields["reason"], self.fields["evidence"]
        if step not in REASONED:
            del self.fields["note"]


class WrittenDecisionForm(forms.Form):
    """Why a suspension stands."""

    decision = forms.CharField(
        label=_("The decision, in writing: the worker will read this"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PauseForm(forms.Form):
    """Until which day somebody takes no new bookings; without one, until they come back."""

    until = forms.DateField(
        label=_("Until the day before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def moment(self, zone: str) -> datetime | None:
        """Return when the pause is over: as that day begins."""
        on = self.cleaned_data["until"]
        return datetime.combine(on, time(), ZoneInfo(zone)) if on else None
