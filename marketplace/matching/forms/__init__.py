"""What workers and the office fill in to say when somebody works."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.matching.models import PlanRow, TimeOff
from marketplace.matching.rules.lanes import Room
from marketplace.matching.rules.local_time import Hours, instant
from marketplace.matching.rules.times import LIMITS

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
TIMES = {
    "buffer_before": _("Minutes kept free before"),
    "buffer_after": _("Minutes kept free after"),
    "min_notice": _("Notice in minutes"),
    "horizon_days": _("Days ahead that can be booked"),
    "slot_step": _("Minutes between two starts"),
    "max_jobs_day": _("Jobs a day at most"),
    "max_minutes_day": _("Minutes of work a day at most"),
    "min_rest_hours": _("Hours of rest between two days"),
    "units": _("How many at the same time"),
}
TIMES_ASKED = tuple(TIMES)
SHIFTS = ("a", "b")
STRETCHES = tuple(f"d{day}{shift}" for day in range(7) for shift in SHIFTS)


class PlanForm(forms.Form):
    """A week: up to two stretches a day, for all services or some. An empty day is a free day."""

    def __init__(self, *args: Any, services: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chooses = len(services) > 1
        for name in STRETCHES:
            for end in ("from", "to"):
                self.fields[f"{name}_{end}"] = forms.TimeField(
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
                )
            if self.chooses:
                self.fields[f"{name}_only"] = forms.MultipleChoiceField(
                    required=False, choices=services, widget=forms.CheckboxSelectMultiple
                )

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of a stretch or none."""
        said = super().clean() or {}
        for name in STRETCHES:
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
            Hours(
                int(name[1]),
                said[f"{name}_from"],
                said[f"{name}_to"],
                frozenset(UUID(each) for each in said.get(f"{name}_only", ())),
            )
            for name in STRETCHES
            if said[f"{name}_from"] is not None
        ]

    def days(self) -> list[tuple[object, list[tuple[forms.BoundField | None, ...]]]]:
        """Return each day's name and, for each stretch, its fields."""
        return [
            (
                WEEKDAYS[day],
                [
                    (
                        self[f"d{day}{shift}_from"],
                        self[f"d{day}{shift}_to"],
                        self[f"d{day}{shift}_only"] if self.chooses else None,
                    )
                    for shift in SHIFTS
                ],
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
                first[f"d{day}{shift}_only"] = [str(each) for each in row.services]
        return first

    @staticmethod
    def copied(posted: QueryDict) -> dict[str, Any]:
        """Return what was filled in with Monday's hours on every working day."""
        filled: dict[str, Any] = {}
        for name in STRETCHES:
            source = f"d0{name[2]}" if int(name[1]) < 5 else name
            for end in ("from", "to"):
                filled[f"{name}_{end}"] = posted.get(f"{source}_{end}", "")
            filled[f"{name}_only"] = posted.getlist(f"{source}_only")
        return filled


class TimeOffForm(forms.Form):
    """Some days or hours without new bookings, in the worker's own time."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(
        label=_("At"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    last = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("Left empty: the same day."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    ends = forms.TimeField(
        label=_("At"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    kind = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        choices=[
            (TimeOff.AWAY, _("I am away, from all my businesses")),
            (TimeOff.CLOSED, _("Closed here only")),
        ],
    )

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the time, whole days where no hour was given."""
        said = self.cleaned_data
        starts_at = instant(datetime.combine(said["first"], said["starts"] or time(0)), zone)
        named = said["last"] or said["first"]
        last = named if said["ends"] else named + timedelta(days=1)
        ends_at = instant(datetime.combine(last, said["ends"] or time(0)), zone, ends=True)
        return starts_at, ends_at


class DateForm(forms.Form):
    """The hours of one date: up to two stretches; none at all makes a free day."""

    a_from = forms.TimeField(label=_("From"), required=False)
    a_to = forms.TimeField(label=_("Until"), required=False)
    b_from = forms.TimeField(label=_("From"), required=False)
    b_to = forms.TimeField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            each.widget = forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M")

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of a stretch or none."""
        said = super().clean() or {}
        for shift in SHIFTS:
            begin, end = said.get(f"{shift}_from"), said.get(f"{shift}_to")
            if (begin is None) != (end is None):
                missing = f"{shift}_from" if begin is None else f"{shift}_to"
                if missing not in self.errors:
                    self.add_error(missing, _("Give both times."))
        return said

    def hours(self, on: date) -> list[Hours]:
        """Return what was filled in."""
        said = self.cleaned_data
        return [
            Hours(on.weekday(), said[f"{shift}_from"], said[f"{shift}_to"])
            for shift in SHIFTS
            if said[f"{shift}_from"] is not None
        ]

    def stretches(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the pairs of fields."""
        return [(self[f"{shift}_from"], self[f"{shift}_to"]) for shift in SHIFTS]

    @staticmethod
    def initial_of(rows: Sequence[Hours]) -> dict[str, object]:
        """Return a day as the form shows it."""
        pairs = list(zip(SHIFTS, rows, strict=False))
        starts = {f"{shift}_from": row.starts for shift, row in pairs}
        return {**starts, **{f"{shift}_to": row.ends for shift, row in pairs}}


class BusyForm(forms.Form):
    """Another calendar, as a file."""

    file = forms.FileField(
        label=_("Calendar file (.ics)"),
        help_text=_("We keep when you are busy, and nothing else of it."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )


def times_field(name: str, *, usual: object = None) -> forms.IntegerField:
    """Return a field for one parameter, within its limits; the usual value stands in grey."""
    least, most = LIMITS[name]
    grey = "" if usual is None else str(usual)
    return forms.IntegerField(
        label=TIMES[name],
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"placeholder": grey}),
    )


class OwnTimesForm(forms.Form):
    """How a worker's service is booked, where they want it other than the tenant."""

    def __init__(self, *args: Any, usual: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TIMES_ASKED:
            self.fields[name] = times_field(name, usual=usual.get(name))


class ServiceTimesForm(forms.Form):
    """How a service is booked in time, beyond what its own page says."""

    room = forms.ChoiceField(
        label=_("At the same time"),
        choices=[
            (Room.WHOLE.value, _("nothing else: the person is busy")),
            (Room.SHARED.value, _("several of this kind, up to a number")),
            (Room.BACKGROUND.value, _("runs beside other work")),
        ],
    )
    units = times_field("units")
    max_jobs_day = times_field("max_jobs_day")
    min_rest_hours = times_field("min_rest_hours")
    rest_mode = forms.ChoiceField(
        label=_("When there is less rest"),
        required=False,
        choices=[("", _("say so")), ("block", _("offer no such time"))],
        help_text=_("Where the law asks for rest, no such time is offered."),
    )
    request_blocks_slot = forms.BooleanField(
        label=_("A request keeps the time until it is answered"), required=False
    )
    travel = forms.BooleanField(
        label=_("Keep the way there and back free"),
        required=False,
        help_text=_("Three minutes for each kilometre from where the worker starts."),
    )

    def values(self) -> dict[str, object]:
        """Return what was chosen."""
        said = self.cleaned_data
        return {**said, "rest_mode": said["rest_mode"] or None}
