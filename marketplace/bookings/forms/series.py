"""What a customer types to repeat a visit, to let it rest, to move it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.bookings.queries.packages import Held
from marketplace.bookings.rules.series import MONTHLY, MOST_VISITS
from marketplace.matching.rules.local_time import instant

EVERY = (
    ("1", _("Every week")),
    ("2", _("Every two weeks")),
    ("3", _("Every three weeks")),
    ("4", _("Every four weeks")),
    (str(MONTHLY), _("Once a month")),
)


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class RepeatForm(forms.Form):
    """How often, until when, paid with what."""

    every = forms.ChoiceField(label=_("How often"), choices=EVERY, widget=forms.RadioSelect)
    until = _day(_("Until the day"), required=False)
    visits = forms.IntegerField(
        label=_("Or a number of visits in all"),
        required=False,
        min_value=2,
        max_value=MOST_VISITS,
    )
    package = forms.ChoiceField(label=_("Paid with"))

    def __init__(self, *args: Any, packages: list[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["package"].choices = [  # type: ignore[attr-defined]  # A choice field.
            (str(each.package.pk), f"{each.package.service_name}: {each.left}") for each in packages
        ]

    def asked(self) -> dict[str, Any]:
        """Return what was asked for."""
        said = self.cleaned_data
        return {
            "every_weeks": int(said["every"]),
            "until": said["until"],
            "visits": said["visits"],
            "package_id": UUID(said["package"]),
        }


class PauseForm(forms.Form):
    """Until when it rests."""

    until = _day(_("Back on"))


class FollowingForm(forms.Form):
    """From which visit on, when the first of them is then, and how often."""

    on = forms.DateField(widget=forms.HiddenInput)
    first_on = _day(_("The first of them on"))
    first_time = forms.TimeField(
        label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    every = forms.ChoiceField(label=_("How often"), choices=EVERY)

    def asked(self, zone: ZoneInfo) -> dict[str, Any]:
        """Return what was asked for, on the clock of the series."""
        said = self.cleaned_data
        day: date = said["first_on"]
        return {
            "on": said["on"],
            "first_at": instant(datetime.combine(day, said["first_time"]), zone),
            "every_weeks": int(said["every"]),
        }


class DayForm(forms.Form):
    """Which day of a series, and another time for it."""

    on = forms.DateField()
    at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S%z"])
