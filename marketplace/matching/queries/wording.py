"""Reasons, in the reader's language: "A 2.5 km", "Livre amanhã", "4.9 from 31 reviews"."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from django.utils.translation import get_language, gettext

from kernel import reading
from kernel.context import country_here
from kernel.money import Money
from marketplace.catalog.models import CustomField
from marketplace.matching.rules.ranking import Reason

SAME_WEEK = timedelta(days=6)


def _locale() -> str:
    return reading.babel_locale(get_language(), country_here())


def said(reason: Reason, *, at: datetime, zone: str) -> str:
    """Return a reason as people read it, with times on the clock of a zone."""
    values = {"count": str(reason.count)}
    if reason.km is not None:
        values["distance"] = f"{figure(reason.km)} km"
    if reason.rating is not None:
        values["rating"] = figure(reason.rating)
    if reason.slot_at is not None:
        values["when"] = day_said(reason.slot_at, at=at, zone=zone)
    return gettext(reason.sentence).format(**values)


def day_said(moment: datetime, *, at: datetime, zone: str) -> str:
    """Return a day as one would say it: today, tomorrow, on Thursday, on 12 March."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    today = at.astimezone(ZoneInfo(zone)).date()
    if day <= today:
        return gettext("today")
    if day == today + timedelta(days=1):
        return gettext("tomorrow")
    if day - today <= SAME_WEEK:
        return gettext("on {weekday}").format(weekday=format_date(day, "EEEE", locale=_locale()))
    return gettext("on {date}").format(date=format_skeleton("MMMMd", day, locale=_locale()))


def figure(value: float) -> str:
    """Write a number with at most one decimal, as the reader does."""
    return reading.number(value, locale=_locale())


def from_stars(least: float) -> str:
    """Say that somebody has so many stars or more."""
    return gettext("From {stars} stars").format(stars=figure(least))


def between(low: Money, high: Money) -> str:
    """Say a range of prices."""
    first, last = (reading.money(each, locale=_locale()) for each in (low, high))
    return first if low == high else f"{first} – {last}"


def answers_to(field: CustomField) -> list[tuple[str, str]]:
    """Return what can be answered to a question, as it is searched for and as people read it."""
    if field.kind == "boolean":
        return [("true", gettext("Yes")), ("false", gettext("No"))]
    return field.choices()
