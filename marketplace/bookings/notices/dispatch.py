"""What people are told about a job that goes round."""

from django.utils.translation import gettext_noop as _

from marketplace.bookings.notices import BOOKING, notice

OFFERED_WORKER = notice(
    "offered_worker",
    _("A job for you: you get {net}, {service}, {starts_at}."),
    _(
        "{service} on {starts_at}. You get {net}. Whoever takes it first has it; declining has no"
        " consequence for you. Why you were asked is on the page."
    ),
    "/work/offers/",
)
LOOKING_CUSTOMER = notice(
    "looking_customer",
    _("We are looking for somebody for {service}."),
    _(
        "We are asking people who are free and near about {service} on {starts_at}. You pay"
        " {total} only if somebody takes it; you will know before {found_at}."
    ),
    BOOKING,
)
NOBODY_CUSTOMER = notice(
    "nobody_found_customer",
    _("Nobody was free for {service} on {starts_at}."),
    _(
        "We asked everybody who could have come, and nobody was free for {service} on {starts_at}."
        " You pay nothing: {total} goes back to you. On the page you can choose somebody yourself."
    ),
    BOOKING,
)
