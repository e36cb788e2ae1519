"""What people are told about a job that goes round."""

from django.utils.translation import gettext_noop as _

from marketplace.bookings.notices import BOOKING, JOB, notice

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
SUBSTITUTE_SOUGHT_CUSTOMER = notice(
    "substitute_sought_customer",
    _("{worker} cannot come on {starts_at}. We are looking for somebody else."),
    _(
        "{worker} cannot come for {service} on {starts_at}: “{reason}”. You agreed that somebody"
        " else may come, so we are asking people who are free and near, for the same {total}. You"
        " will know before {found_at}; if you would rather not wait, all of it goes back to you."
    ),
    BOOKING,
)
SUBSTITUTE_COMES_CUSTOMER = notice(
    "substitute_comes_customer",
    _("{worker} comes instead: {service}, {starts_at}."),
    _(
        "{worker} comes on {starts_at} for {service}, instead of somebody who could not:"
        " “{reason}”. You pay the same, {total}. Your visit code and start PIN are new."
    ),
    BOOKING,
)
SUBSTITUTE_COMES_WORKER = notice(
    "substitute_comes_worker",
    _("Yours: {service}, {starts_at}. You get {net}."),
    _(
        "{service} on {starts_at} is yours, instead of somebody who cannot come: “{reason}”. You"
        " get {net}. The address is on the job's page."
    ),
    JOB,
)
