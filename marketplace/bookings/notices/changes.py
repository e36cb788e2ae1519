"""What people are told when a visit moves, or when somebody did not come."""

from django.utils.translation import gettext_noop as _

from marketplace.bookings.notices import BOOKING, JOB, notice

TIME_PROPOSED_CUSTOMER = notice(
    "time_proposed_customer",
    _("Another time for {service}? {new_at}"),
    _(
        "{service} on {starts_at} could be on {new_at} instead. Say yes or no before {until_at};"
        " without an answer it stays as it is."
    ),
    BOOKING,
)
TIME_PROPOSED_WORKER = notice(
    "time_proposed_worker",
    _("Another time for {service}? {new_at}"),
    _(
        "{service} on {starts_at} could be on {new_at} instead. Say yes or no before {until_at};"
        " without an answer it stays as it is."
    ),
    JOB,
)
TIME_KEPT_CUSTOMER = notice(
    "time_kept_customer",
    _("{service} stays on {starts_at}."),
    _("The other time, {new_at}, was not agreed to. {service} stays on {starts_at}."),
    BOOKING,
)
TIME_KEPT_WORKER = notice(
    "time_kept_worker",
    _("{service} stays on {starts_at}."),
    _("The other time, {new_at}, was not agreed to. {service} stays on {starts_at}."),
    JOB,
)
MOVED_CUSTOMER = notice(
    "moved_customer",
    _("New time: {service}, {starts_at}."),
    _("{worker} will come on {starts_at} for {service}. The price stays the same."),
    BOOKING,
)
MOVED_WORKER = notice(
    "moved_worker",
    _("New time: {service}, {starts_at}."),
    _("{service} is now on {starts_at}. You get {net}, as agreed."),
    JOB,
)
AT_THE_DOOR_CUSTOMER = notice(
    "at_the_door_customer",
    _("{worker} is at your door and cannot reach you."),
    _("{worker} is at your door for {service}. Please open, or answer."),
    BOOKING,
)
ACCUSED_CUSTOMER = notice(
    "accused_customer",
    _("{worker} says that nobody opened: {service}, {starts_at}."),
    _(
        "{worker} says that nobody opened for {service} on {starts_at}. If that is not so, say so"
        " before {settle_at}; otherwise the visit counts as missed and a part of it is charged."
    ),
    BOOKING,
)
ACCUSED_WORKER = notice(
    "accused_worker",
    _("The customer says that you did not come: {service}, {starts_at}."),
    _(
        "The customer says that you did not come for {service} on {starts_at}. If that is not so,"
        " say so before {settle_at}; otherwise all of it goes back to the customer."
    ),
    JOB,
)
REPORTED_BY_CUSTOMER = notice(
    "reported_by_customer",
    _("We asked {worker} where they are."),
    _(
        "You told us that {worker} did not come for {service}. Without an answer before"
        " {settle_at}, {total} goes back to you."
    ),
    BOOKING,
)
REPORTED_BY_WORKER = notice(
    "reported_by_worker",
    _("Noted: nobody opened for {service}."),
    _(
        "You told us that nobody opened for {service}. If the customer does not contest it before"
        " {settle_at}, you are paid for the time you kept free."
    ),
    JOB,
)
REPORT_TAKEN_BACK_CUSTOMER = notice(
    "report_taken_back_customer",
    _("{service} takes place after all."),
    _("The report that somebody had not come was taken back. {service} with {worker} goes on."),
    BOOKING,
)
REPORT_TAKEN_BACK_WORKER = notice(
    "report_taken_back_worker",
    _("{service} takes place after all."),
    _("The report that somebody had not come was taken back. {service} goes on."),
    JOB,
)
CUSTOMER_MISSED = (
    notice(
        "missed_by_customer",
        _("Missed: {service}, {starts_at}. {refund} goes back to you."),
        _(
            "Nobody opened for {service} on {starts_at}. Of {total}, {refund} goes back to you; the"
            " rest is for {worker}, who came. If you see it differently, write to us within 90"
            " days."
        ),
        BOOKING,
    ),
    notice(
        "missed_by_customer_worker",
        _("Nobody opened: you get {kept}."),
        _("Nobody opened for {service} on {starts_at}. You get {kept} for your way and time."),
        JOB,
    ),
)
WORKER_MISSED = (
    notice(
        "missed_by_worker_customer",
        _("{worker} did not come. {refund} goes back to you."),
        _(
            "{worker} did not come for {service} on {starts_at}. {refund} goes back to you, all of"
            " it. Here are others who are free."
        ),
        BOOKING,
    ),
    notice(
        "missed_by_worker",
        _("It counts as not come: {service}, {starts_at}."),
        _(
            "You did not come for {service} on {starts_at}, and did not answer. The customer gets"
            " all of it back. If you see it differently, write to us within 90 days."
        ),
        JOB,
    ),
)
LEFT_CUSTOMER = notice(
    "left_customer",
    _("{worker} has left: {service}."),
    _(
        "{worker} has ended {service} before its time and left. Somebody of the team gets in touch"
        " with you."
    ),
    BOOKING,
)
LEFT_WORKER = notice(
    "left_worker",
    _("Well done to leave. Somebody calls you at once."),
    _(
        "You left {service} because it was not safe. Somebody of the team calls you now. You are"
        " paid in full: {net}, when they have looked at it, three days from now at the latest."
    ),
    JOB,
)
WAIVED_CUSTOMER = notice(
    "waived_customer",
    _("We give you back {back}: {service}."),
    _("What was kept of {service} on {starts_at}, {back}, goes back to you as well."),
    BOOKING,
)
