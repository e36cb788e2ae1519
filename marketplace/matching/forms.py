"""What people fill in to search, and workers to say when they work."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.models import Zone
from marketplace.catalog.rules.areas import LARGEST_KM, Place
from marketplace.matching.models import PlanRow
from marketplace.matching.rules.local_time import Hours, instant
from marketplace.matching.rules.wanted import Wanted

PARTS = {
    "": (time(0), time(0)),
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(18), time(0)),
}
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
SHIFTS = ("a", "b")
ROWS_SHOWN = 12
LOOKS_BACK, LOOKS_AHEAD = timedelta(days=3), timedelta(days=365)


class SearchForm(forms.Form):
    """What somebody needs, where and when. Everything may stay empty."""

    q = forms.CharField(
        label=_("What do you need?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    place = forms.ChoiceField(label=_("Where?"), required=False)
    day = forms.DateField(
        label=_("When?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    part = forms.ChoiceField(
        label=_("Time of day"),
        required=False,
        choices=[
            ("", _("Any time")),
            ("morning", _("Morning")),
            ("afternoon", _("Afternoon")),
            ("evening", _("Evening")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("recommended", _("Recommended")),
            ("price_asc", _("Cheapest")),
            ("distance", _("Nearest")),
            ("rating", _("Best rated")),
            ("soonest", _("Soonest")),
        ],
    )
    category = forms.SlugField(required=False, widget=forms.HiddenInput)
    rating_min = forms.FloatField(
        required=False, min_value=1, max_value=5, widget=forms.HiddenInput
    )
    price_max = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    radius_km = forms.FloatField(
        required=False, min_value=0.5, max_value=LARGEST_KM, widget=forms.HiddenInput
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    days = forms.IntegerField(required=False, min_value=1, max_value=31, widget=forms.HiddenInput)

    def __init__(self, *args: Any, zones: Sequence[Zone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zones = {zone.slug: zone for zone in zones}
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Anywhere")), *((zone.slug, zone.name) for zone in zones)]

    def wanted(self, *, zone: str, at: datetime) -> Wanted:
        """Return the search; what cannot be understood is left out and shown beside its field."""
        self.full_clean()
        self._check_day(at.astimezone(ZoneInfo(zone)).date())
        said = self.cleaned_data
        from_, to = self._window(said, ZoneInfo(zone), at)
        return Wanted(
            q=said.get("q", ""),
            category=said.get("category", ""),
            place=self._place(said),
            radius_km=said.get("radius_km"),
            from_=from_,
            to=to,
            rating_min=said.get("rating_min"),
            price_max=said.get("price_max"),
            sort=said.get("sort") or "recommended",
            limit=ROWS_SHOWN,
        )

    def _check_day(self, today: date) -> None:
        """Refuse a day long past or far off; one just past still leads to the days around it."""
        day: date | None = self.cleaned_data.get("day")
        if day is not None and not today - LOOKS_BACK <= day <= today + LOOKS_AHEAD:
            self.add_error("day", _("Choose a day from today on, within a year."))

    def _place(self, said: Mapping[str, Any]) -> Place | None:
        if (zone := self.zones.get(said.get("place", ""))) is not None:
            return Place(zone.latitude, zone.longitude)
        if said.get("lat") is not None and said.get("lng") is not None:
            return Place(said["lat"], said["lng"])
        return None

    def _window(
        self, said: Mapping[str, Any], zone: ZoneInfo, at: datetime
    ) -> tuple[datetime | None, datetime | None]:
        day: date | None = said.get("day")
        part = said.get("part", "")
        if day is None and not part:
            return None, None
        day = day or at.astimezone(zone).date()
        starts, ends = PARTS[part]
        last = day + timedelta(days=(said.get("days") or 1) - 1)
        until = last if ends > starts else last + timedelta(days=1)
        from_ = instant(datetime.combine(day, starts), zone)
        return from_, instant(datetime.combine(until, ends), zone, ends=True)


class PlanForm(forms.Form):
    """A week: up to two stretches a day. An empty day is a free day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in range(7):
            for shift in SHIFTS:
                for end in ("from", "to"):
                    self.fields[f"d{day}{shift}_{end}"] = forms.TimeField(
                        required=False,
                        widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
                    )

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of a stretch or none."""
        said = super().clean() or {}
        for day in range(7):
            for shift in SHIFTS:
                name = f"d{day}{shift}"
                begin, end = said.get(f"{name}_from"), said.get(f"{name}_to")
                if (begin is None) != (end is None):
                    missing = f"{name}_from" if begin is None else f"{name}_to"
                    if missing not in self.errors:
                        self.add_error(missing, _("Give both times."))
        return said

    def hours(self) -> list[Hours]:
        """Return the week that was filled in."""
        said = self.cleaned_data
        return [
            Hours(day, said[f"d{day}{shift}_from"], said[f"d{day}{shift}_to"])
            for day in range(7)
            for shift in SHIFTS
            if said[f"d{day}{shift}_from"] is not None
        ]

    def days(self) -> list[tuple[object, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Return each day's name and the pairs of its fields."""
        return [
            (
                WEEKDAYS[day],
                [(self[f"d{day}{shift}_from"], self[f"d{day}{shift}_to"]) for shift in SHIFTS],
            )
            for day in range(7)
        ]

    @staticmethod
    def initial_of(rows: Sequence[PlanRow]) -> dict[str, object]:
        """Return a plan as the form shows it."""
        first: dict[str, object] = {}
        for day in range(7):
            of_day = [row for row in rows if row.weekday == day]
            for shift, row in zip(SHIFTS, of_day, strict=False):
                first[f"d{day}{shift}_from"] = row.starts
                first[f"d{day}{shift}_to"] = row.ends
        return first

    @staticmethod
    def copied(posted: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was filled in with Monday's hours on every working day."""
        return {
            **{name: posted.get(name, "") for name in PlanForm().fields},
            **{
                f"d{day}{shift}_{end}": posted.get(f"d0{shift}_{end}", "")
                for day in range(1, 5)
                for shift in SHIFTS
                for end in ("from", "to")
            },
        }


class TimeOffForm(forms.Form):
    """Some days or hours without new bookings, in the worker's own time."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(
        label=_("At"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    last = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.TimeField(
        label=_("At"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the time, whole days where no hour was given."""
        said = self.cleaned_data
        starts_at = instant(datetime.combine(said["first"], said["starts"] or time(0)), zone)
        last = said["last"] if said["ends"] else said["last"] + timedelta(days=1)
        ends_at = instant(datetime.combine(last, said["ends"] or time(0)), zone, ends=True)
        return starts_at, ends_at
