"""What people fill in to search."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.forms.office import PriceField
from marketplace.catalog.forms.work import LANGUAGES
from marketplace.catalog.models import CustomField, Zone
from marketplace.catalog.rules.areas import LARGEST_KM, Place
from marketplace.matching.queries.facets import STARS
from marketplace.matching.queries.wording import answers_to, from_stars
from marketplace.matching.rules.local_time import instant
from marketplace.matching.rules.wanted import Wanted

PARTS = {
    "": (time(0), time(0)),
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(18), time(0)),
}
ROWS_SHOWN = 12
LOOKS_BACK, LOOKS_AHEAD = timedelta(days=3), timedelta(days=365)


class SearchForm(forms.Form):
    """What somebody needs, where and when. Everything may stay empty."""

    q = forms.CharField(
        label=_("What do you need?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "enterkeyhint": "search",
                "placeholder": _("A service, or a word about it"),
            }
        ),
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
            ("price_desc", _("Dearest")),
            ("distance", _("Nearest")),
            ("rating", _("Best rated")),
            ("soonest", _("Soonest")),
            ("newest", _("Newest")),
        ],
    )
    category = forms.SlugField(required=False, widget=forms.HiddenInput)
    price_min = PriceField(label=_("Price from"), required=False)
    price_max = PriceField(label=_("Price up to"), required=False)
    rating_min = forms.TypedChoiceField(
        label=_("Stars"), required=False, coerce=float, empty_value=None
    )
    language = forms.ChoiceField(
        label=_("Speaks"), required=False, choices=[("", _("Any language")), *LANGUAGES]
    )
    verified = forms.BooleanField(label=_("Documents verified"), required=False)
    radius_km = forms.FloatField(
        required=False, min_value=0.5, max_value=LARGEST_KM, widget=forms.HiddenInput
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    days = forms.IntegerField(required=False, min_value=1, max_value=31, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        zones: Sequence[Zone],
        asked: Sequence[CustomField] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [each.code for each in asked]
        for each in asked:
            self.fields[f"f.{each.code}"] = forms.ChoiceField(
                label=each.said("label"),
                required=False,
                choices=[("", _("Does not matter")), *answers_to(each)],
            )
        self.zones = {zone.slug: zone for zone in zones}
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Anywhere")), *((zone.slug, zone.name) for zone in zones)]
        stars = self.fields["rating_min"]
        assert isinstance(stars, forms.ChoiceField)
        stars.choices = [
            ("", _("Does not matter")),
            *((f"{least:g}", from_stars(least)) for least in STARS),
        ]

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
            language=said.get("language", ""),
            verified=said.get("verified", False),
            answers=tuple(
                (code, said[f"f.{code}"]) for code in self.asked if said.get(f"f.{code}")
            ),
            price_min=said.get("price_min"),
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
