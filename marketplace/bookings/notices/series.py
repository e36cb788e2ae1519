"""What people are told about visits that repeat."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

MINE, AT_WORK = "/series/{series}/", "/work/series/"


def _notice(name: str, subject: str, body: str, path: str = MINE) -> Notice:
    return Notice(name=f"bookings.{name}", purpose="booking", subject=subject, body=body, path=path)


OFFERED = _notice(
    "series_offered",
    _("Somebody would like to see you again and again: {service}."),
    _("A customer would like {service} regularly, from {first_at} on. You accept it once for all."),
    AT_WORK,
)
STARTED = _notice(
    "series_started",
    _("{service} with {worker} repeats from now on."),
    _(
        "{service} with {worker} repeats from {first_at} on. Visits are planned eight weeks ahead;"
        " you can skip one, pause or end it on its page."
    ),
)
STARTED_WORKER = _notice(
    "series_started_worker",
    _("{service} repeats from now on."),
    _("{service} repeats from {first_at} on. The visits are in your calendar, eight weeks ahead."),
    AT_WORK,
)
DECLINED = _notice(
    "series_declined",
    _("{worker} cannot come regularly."),
    _("{worker} cannot take {service} regularly. The visit that is booked takes place."),
)
CLASH = _notice(
    "series_clash",
    _("{worker} is not free on {day_at}."),
    _(
        "{worker} is not free for {service} on {day_at}. Choose one of the times nearby on the page"
        " of your series, or leave that visit out."
    ),
)
UNPAID = _notice(
    "series_unpaid",
    _("A visit of your series has nothing to pay it."),
    _("{service} on {day_at} is not booked: no visit of your package is left. Buy another one."),
)
CHANGED_WORKER = _notice(
    "series_changed_worker",
    _("{service} moves: from {first_at} on."),
    _("A customer moved {service}: from {first_at} on it is at this time. Look at your calendar."),
    AT_WORK,
)
ENDED_CUSTOMER = _notice(
    "series_ended_customer",
    _("{service} with {worker} repeats no more."),
    _("{service} with {worker} repeats no more. What is booked and not cancelled takes place."),
)
ENDED_WORKER = _notice(
    "series_ended_worker",
    _("{service} repeats no more."),
    _("A customer's {service} repeats no more. What is booked and not cancelled takes place."),
    AT_WORK,
)
PAUSED_WORKER = _notice(
    "series_paused_worker",
    _("{service} rests until {back_at}."),
    _("A customer's {service} rests until {back_at}. Your time until then is free again."),
    AT_WORK,
)
