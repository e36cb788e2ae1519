"""What people are told on the way to a visit and around its deadlines, besides its steps."""

from django.utils.translation import gettext_noop as _

from marketplace.bookings.notices import BOOKING, JOB, notice

DECLINED_WORKER = notice(
    "declined_worker",
    _("You declined {service}, {starts_at}."),
    _(
        "You declined {service} on {starts_at}. That has no consequence for you; the time is free"
        " again."
    ),
    JOB,
)
ANSWER_SOON_WORKER = notice(
    "answer_soon_worker",
    _("Still waiting for your answer: {service}, {starts_at}."),
    _(
        "Half of the time to answer about {service} on {starts_at} is over. You would get {net}."
        " Please say yes or no before {answer_at}; a no has no consequence for you."
    ),
    JOB,
)
STILL_LOOKING_CUSTOMER = notice(
    "still_looking_customer",
    _("Nobody has taken {service} yet. We go on looking."),
    _(
        "Nobody has taken {service} on {starts_at} yet. We go on asking until {found_at}; you pay"
        " only if somebody comes. On the page you can stop looking and choose somebody yourself."
    ),
    BOOKING,
)
LEAVE_NOW_WORKER = notice(
    "leave_now_worker",
    _("Time to leave: {service}, {starts_at}."),
    _(
        "To be there on time for {service} on {starts_at} you would have left five minutes ago. Say"
        " on the job's page that you are on your way; if you cannot come, say so there too."
    ),
    JOB,
)
DEPARTED_CUSTOMER = notice(
    "departed_customer",
    _("{worker} is on the way."),
    _("{worker} is on the way to you for {service}, and should be there at about {eta_at}."),
    BOOKING,
)
ARRIVED_CUSTOMER = notice(
    "arrived_customer",
    _("{worker} is at your door."),
    _(
        "{worker} is at your door for {service}. Before you open, compare the visit code on your"
        " page."
    ),
    BOOKING,
)
LATE_CUSTOMER = notice(
    "late_customer",
    _("{worker} is running late: {service}."),
    _(
        "{worker} will be later than {starts_at} for {service}: at about {eta_at}, as far as we"
        " know. If nobody comes, you can say so on the page, and all of it goes back to you."
    ),
    BOOKING,
)
CONFIRM_SOON_CUSTOMER = notice(
    "confirm_soon_customer",
    _("All well with {service}? Six hours left to say."),
    _(
        "{service} with {worker} counts as confirmed at {complete_at}. If something was not right,"
        " say so on the page before then."
    ),
    BOOKING,
)
RELEASED_WORKER = notice(
    "released_worker",
    _("Somebody else looks after {service}, {starts_at}."),
    _(
        "While you cannot work here, somebody else is looked for to do {service} on {starts_at}. It"
        " does not count as called off by you."
    ),
    "/work/jobs/",
)
