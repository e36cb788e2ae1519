"""What people type when they book, and when they take a step."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kernel.actor import Actor
from kernel.money import EXPONENTS
from marketplace.bookings.actions.quote import Wish
from marketplace.bookings.actions.set_rule import RuleFields
from marketplace.bookings.rules.commission import Kind
from marketplace.bookings.rules.price import CARD, CASH
from marketplace.bookings.rules.process import State
from marketplace.catalog.forms.answers import Asks
from marketplace.catalog.models import AddOn, Category, Service, Worker, WorkerService, Zone
from marketplace.catalog.queries import add_ons_of, zones
from marketplace.catalog.queries.fields import fields_of_service
from marketplace.catalog.queries.terms import terms_of
from payments.forms import AmountForm
from tenants.tenancy.queries import here


class BookForm(Asks):
    """Where, with which extras, and how much of a tip. The service and the time are in the page."""

    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        help_text=_("Street and number. Shown only once the visit is confirmed."),
    )
    zone = forms.ChoiceField(label=_("Part of town"))
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("How to get in, and what to know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tip = forms.IntegerField(min_value=0, required=False)
    tip_other = forms.DecimalField(
        label=_("Another amount"), min_value=0, max_digits=9, decimal_places=2, required=False
    )
    pay_in = forms.ChoiceField(
        label=_("How do you want to pay?"),
        choices=((CARD, _("Online, safely")), (CASH, _("In cash, to the worker"))),
        widget=forms.RadioSelect,
        initial=CARD,
        help_text=_("Cash costs nothing to process. A tip in cash you give by hand."),
    )
    substitute_ok = forms.BooleanField(
        label=_("Somebody else may come if this person cannot"),
        required=False,
        help_text=_("For the same price, and you are told who. Otherwise we ask you first."),
    )

    def __init__(self, *args: Any, offer: WorkerService, cash: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        if not cash:
            del self.fields["pay_in"]
        self._ask_form(offer)
        self.ask(fields_of_service(offer.service))
        self.extras: list[AddOn] = list(add_ons_of(offer.service_id))
        for extra in self.extras:
            self.fields[f"add_on_{extra.pk}"] = forms.IntegerField(
                label=extra.name, min_value=0, max_value=extra.max_quantity, required=False
            )
        self.places: dict[str, Zone] = {str(place.pk): place for place in zones()}
        if self.places:
            named = [(key, place.name) for key, place in self.places.items()]
            self.fields["zone"].choices = [("", _("Choose…")), *named]  # type: ignore[attr-defined]  # A choice field.
        else:
            del self.fields["zone"]
        if offer.service.location != "at_customer":
            del self.fields["address"]
            self.fields.pop("zone", None)

    def _ask_form(self, offer: WorkerService) -> None:
        """Ask which variant, and how many, where the service has any and counts any."""
        terms = terms_of(offer)
        self.variants = terms.variants
        if terms.variants:
            self.fields["variant"] = forms.TypedChoiceField(
                choices=[(str(each.id), each.name) for each in terms.variants],
                coerce=UUID,
                empty_value=None,
                required=False,
            )
        if terms.pricing == "per_unit":
            self.fields["units"] = forms.IntegerField(
                label=capfirst(offer.service.get_unit_display()),
                min_value=terms.unit.least,
                max_value=terms.unit.most,
                step_size=terms.unit.step,
                initial=terms.unit.least,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Find the point on the map: a part of town, what the page knew, or the city's middle."""
        cleaned = super().clean() or {}
        zone = self.places.get(cleaned.get("zone", ""))
        if zone is not None:
            cleaned["latitude"], cleaned["longitude"] = zone.latitude, zone.longitude
        elif "zone" not in self.fields and cleaned.get("latitude") is None:
            tenant = here()
            cleaned["latitude"], cleaned["longitude"] = tenant.latitude, tenant.longitude
        return cleaned

    @property
    def add_ons(self) -> dict[UUID, int]:
        """How many of which extra, as far as they make sense."""
        counts = {extra.pk: self._valid(f"add_on_{extra.pk}") for extra in self.extras}
        return {key: count for key, count in counts.items() if count}

    @property
    def tip_minor(self) -> int:
        """The tip in minor units; an amount of one's own counts before a suggested one."""
        other: Decimal | None = self._valid("tip_other")
        if other:
            return int(other.scaleb(EXPONENTS[self.offer.service.currency]))
        return int(self._valid("tip") or 0)

    def _valid(self, name: str) -> Any:
        return getattr(self, "cleaned_data", {}).get(name)

    def wish(self, starts_at: Any, *, by: Actor | None = None) -> Wish:
        """Return what was asked for, as far as it makes sense; with `by`, their files are kept."""
        return Wish(
            worker_service_id=self.offer.pk,
            starts_at=starts_at,
            address=self._valid("address") or "",
            latitude=self._valid("latitude"),
            longitude=self._valid("longitude"),
            note=self._valid("note") or "",
            variant_id=self._valid("variant"),
            units=self._valid("units"),
            add_ons=self.add_ons,
            answers=self.answers(by=by),
            consents=frozenset(self.consents()),
            tip_minor=self.tip_minor,
            pay_in=self._valid("pay_in") or CARD,
            substitute_ok=bool(self._valid("substitute_ok")),
        )


class ManyFiles(forms.ClearableFileInput):
    """A control for several files."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos, or none."""

    widget = ManyFiles

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return every file that came."""
        files = value if isinstance(value, list | tuple) else [value]
        single = super().clean
        return [cleaned for each in files if (cleaned := single(each, initial))]


class CashForm(forms.Form):
    """The amount that a worker says to have, as the page named it; whether it is there at all."""

    amount = forms.IntegerField(min_value=0)
    has = forms.BooleanField(required=False)


class ContestForm(forms.Form):
    """What was not right about the cash."""

    words = forms.CharField(
        label=_("What happened?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ShortCashForm(AmountForm):
    """How much less cash there was, and why."""

    amount = forms.DecimalField(label=_("How much did you get?"), min_value=0)
    words = forms.CharField(
        label=_("What happened?"),
        max_length=150,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepForm(forms.Form):
    """What comes with a step; every step takes what it needs."""

    reason = forms.CharField(label=_("Why?"), max_length=300, required=False)
    pin = forms.CharField(max_length=12, required=False)
    note = forms.CharField(
        label=_("A note for the customer"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photos = PhotosField(
        label=_("Photos of the finished job"),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/*", "capture": "environment"}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TipForm(forms.Form):
    """A tip after the job."""

    tip = forms.IntegerField(min_value=0, required=False)
    tip_other = forms.DecimalField(
        label=_("Another amount"), min_value=0, max_digits=9, decimal_places=2, required=False
    )

    def minor(self, currency: str) -> int:
        """Return the tip in minor units; an amount of one's own counts first."""
        other: Decimal | None = self.cleaned_data.get("tip_other")
        if other:
            return int(other.scaleb(EXPONENTS[currency]))
        return int(self.cleaned_data.get("tip") or 0)


class OfficeFilterForm(forms.Form):
    """How the office narrows its list."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", "—"), *((s.value, s.value) for s in State)]
    )
    text = forms.CharField(label=_("Code, service or person"), max_length=60, required=False)


class OfficeStepForm(forms.Form):
    """Acting for a party: always with a reason, for a cancellation with the share that is kept."""

    reason = forms.CharField(label=_("Why? Both can read it."), min_length=10, max_length=300)
    rate = forms.IntegerField(
        label=_("Share that is kept, in %"), min_value=0, max_value=100, required=False
    )

    def facts(self, currency: str) -> dict[str, Any]:
        """Return what was typed as facts of a step."""
        percent = self.cleaned_data["rate"]
        rate_bp = None if percent is None else percent * 100
        return {"reason": self.cleaned_data["reason"], "rate_bp": rate_bp}


def _amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=11, decimal_places=2, required=False, **more
    )


class RuleForm(forms.Form):
    """What the business takes, for everything or for some cases, from a day on or at once."""

    kind = forms.ChoiceField(
        label=_("What it takes"),
        choices=[
            (Kind.WORKER_COMMISSION.value, _("Commission, out of the worker's price")),
            (Kind.CUSTOMER_FEE.value, _("Fee, on top, from the customer")),
        ],
    )
    rate = forms.DecimalField(
        label=_("Percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    fixed = _amount(_("Plus a fixed amount"))
    least = _amount(_("At least"))
    most = _amount(_("At most"))
    category = forms.ChoiceField(label=_("Only in this category"), required=False)
    service = forms.ChoiceField(label=_("Only for this service"), required=False)
    worker = forms.ChoiceField(label=_("Only for this worker"), required=False)
    worker_tier = forms.ChoiceField(
        label=_("Only for workers who are"),
        required=False,
        choices=[
            ("", "—"),
            ("new", _("new: fewer than 25 jobs")),
            ("regular", _("regular: 25 to 99 jobs")),
            ("senior", _("senior: 100 jobs or more")),
        ],
    )
    customer_segment = forms.ChoiceField(
        label=_("Only for customers who book"),
        required=False,
        choices=[("", "—"), ("first", _("for the first time")), ("returning", _("again"))],
    )
    source = forms.ChoiceField(
        label=_("Only for bookings made"),
        required=False,
        choices=[("", "—"), ("page", _("on these pages")), ("api", _("by a program"))],
    )
    starts_on = forms.DateField(
        label=_("From the day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A worse share for workers has to be announced 15 days ahead."),
    )
    ends_on = forms.DateField(
        label=_("Until before the day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "category": [(each.pk, each.name) for each in Category.objects.order_by("name")],
            "service": [(each.pk, each.name) for each in Service.objects.order_by("name")],
            "worker": [
                (each.pk, each.name) for each in Worker.objects.select_related("member__user")
            ],
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]  # A choice field.

    def fields_asked(self) -> RuleFields:
        """Return the rule as it was asked for."""
        given, tenant = self.cleaned_data, here()

        def minor(name: str) -> int | None:
            amount: Decimal | None = given.get(name)
            return None if amount is None else int(amount.scaleb(EXPONENTS[tenant.currency]))

        def day(name: str) -> datetime | None:
            on = given.get(name)
            return datetime.combine(on, time(), ZoneInfo(tenant.timezone)) if on else None

        return RuleFields(
            kind=Kind(given["kind"]),
            rate_bp=int(given["rate"] * 100),
            fixed_minor=minor("fixed") or 0,
            min_minor=minor("least"),
            max_minor=minor("most"),
            valid_from=day("starts_on"),
            valid_to=day("ends_on"),
            category_id=UUID(given["category"]) if given["category"] else None,
            service_id=UUID(given["service"]) if given["service"] else None,
            worker_id=UUID(given["worker"]) if given["worker"] else None,
            **{name: given[name] for name in ("worker_tier", "customer_segment", "source")},
        )
