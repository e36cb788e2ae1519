"""What people are told about their bookings. Times are in the booking's own words, never a name."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

JOB = "/work/jobs/{code}/"
BOOKING = "/bookings/{code}/"


def notice(name: str, subject: str, body: str, path: str) -> Notice:
    """Return a notice about a booking."""
    return Notice(name=f"bookings.{name}", purpose="booking", subject=subject, body=body, path=path)


REQUESTED_WORKER = notice(
    "requested_worker",
    _("New request: {service}, {starts_at}. You get {net}."),
    _(
        "Somebody would like {service} on {starts_at}. You would get {net}."
        " Please answer before {answer_at}."
    ),
    JOB,
)
REQUESTED_CUSTOMER = notice(
    "requested_customer",
    _("We asked {worker} about {service}."),
    _(
        "We asked {worker} about {service} on {starts_at}. Your bank keeps {total} ready;"
        " you pay only if {worker} accepts, before {answer_at}."
    ),
    BOOKING,
)
CONFIRMED_CUSTOMER = notice(
    "confirmed_customer",
    _("Confirmed: {service}, {starts_at}."),
    _(
        "{worker} will come on {starts_at} for {service}.\n"
        "Receipt: for the worker {worker_part}, tip {tip}, local team {team_part}, technology"
        " {platform_part}, payment costs {processor_part}, taxes {tax_part}. Total {total}.\n"
        "Your visit code and start PIN appear 24 hours before."
    ),
    BOOKING,
)
CONFIRMED_WORKER = notice(
    "confirmed_worker",
    _("Confirmed: {service}, {starts_at}. You get {net}."),
    _("{service} on {starts_at} is confirmed. You get {net}. The address is on the job's page."),
    JOB,
)
DECLINED_CUSTOMER = notice(
    "declined_customer",
    _("{worker} cannot take {service} on {starts_at}."),
    _(
        "{worker} cannot take {service} on {starts_at}. You pay nothing: {total} is released."
        " Here are others who are free."
    ),
    BOOKING,
)
EXPIRED_CUSTOMER = notice(
    "expired_customer",
    _("Nobody answered about {service} on {starts_at}."),
    _(
        "{worker} did not answer about {service} on {starts_at} in time. You pay nothing: {total}"
        " is released. Here are others who are free."
    ),
    BOOKING,
)
EXPIRED_WORKER = notice(
    "expired_worker",
    _("A request has run out: {service}, {starts_at}."),
    _("The request for {service} on {starts_at} has run out. That has no consequence for you."),
    JOB,
)
CANCELLED_CUSTOMER = notice(
    "cancelled_customer",
    _("Cancelled: {service}, {starts_at}. {refund} goes back to you."),
    _(
        "{service} on {starts_at} is cancelled. Of {total}, {refund} goes back to the card you"
        " paid with."
    ),
    BOOKING,
)
CANCELLED_WORKER = notice(
    "cancelled_worker",
    _("Cancelled: {service}, {starts_at}."),
    _("{service} on {starts_at} is cancelled. You get {kept} for the time you kept free."),
    JOB,
)
WORKER_CANNOT_COME = notice(
    "worker_cannot_come",
    _("{worker} cannot come on {starts_at}."),
    _(
        "{worker} cannot come for {service} on {starts_at}. You can have {total} back at once;"
        " if you do nothing, it goes back by itself."
    ),
    BOOKING,
)
REMINDER_CUSTOMER = notice(
    "reminder_customer",
    _("Soon: {service}, {starts_at}."),
    _("{worker} comes on {starts_at} for {service}. Your visit code and PIN are on this page."),
    BOOKING,
)
REMINDER_WORKER = notice(
    "reminder_worker",
    _("Soon: {service}, {starts_at}."),
    _("{service} begins on {starts_at}. Address and visit code are on the job's page."),
    JOB,
)
STARTED_CUSTOMER = notice(
    "started_customer",
    _("{worker} has begun: {service}."),
    _("{worker} began {service} at {checked_in_at}."),
    BOOKING,
)
DELIVERED_CUSTOMER = notice(
    "delivered_customer",
    _("{worker} has finished. All well?"),
    _(
        "{worker} has finished {service}. Please confirm that all is well; you can add a tip,"
        " which goes to {worker} whole. If you do nothing, it counts as confirmed {complete_at}."
    ),
    BOOKING,
)
UNVERIFIED_WORKER = notice(
    "unverified_worker",
    _("Did {service} on {starts_at} take place?"),
    _(
        "Nobody started or ended {service} on {starts_at} in the app, so we asked the customer."
        " Tell us if something went differently."
    ),
    JOB,
)
COMPLETED_CUSTOMER = notice(
    "completed_customer",
    _("Thank you: {service} is complete."),
    _("{service} with {worker} is complete. Total {total}. How was it?"),
    BOOKING,
)
COMPLETED_WORKER = notice(
    "completed_worker",
    _("{net} is yours: {service}."),
    _("{service} is complete: {net} is in your wallet. Any tip is already in it."),
    JOB,
)
PART_BELOW_NOTHING = notice(
    "part_below_nothing",
    _("{service} costs your business money"),
    _(
        "Of a booking of {service}, {part} is left for your business: less than nothing."
        " See your commissions."
    ),
    "/office/commissions/",
)

PAYMENT_LOST_CUSTOMER = notice(
    "payment_lost_customer",
    _("Your payment for {service} did not arrive."),
    _(
        "Your payment of {total} for {service} on {starts_at} did not arrive, so the time is free"
        " again. You owe nothing; you can book it once more."
    ),
    BOOKING,
)
REQUESTED_CUSTOMER_CASH = notice(
    "requested_customer_cash",
    _("We asked {worker} about {service}."),
    _(
        "We asked {worker} about {service} on {starts_at}. If {worker} accepts before {answer_at},"
        " you pay {total} in cash at the visit."
    ),
    BOOKING,
)
CONFIRMED_CUSTOMER_CASH = notice(
    "confirmed_customer_cash",
    _("Confirmed: {service}, {starts_at}."),
    _(
        "{worker} will come on {starts_at} for {service}. You give {worker} {total} in cash at the"
        " visit: for the worker {worker_part}, local team {team_part}, technology {platform_part},"
        " taxes {tax_part}.\n"
        "Your visit code and start PIN appear 24 hours before."
    ),
    BOOKING,
)
CONFIRMED_WORKER_CASH = notice(
    "confirmed_worker_cash",
    _("Confirmed: {service}, {starts_at}. Collect {total} in cash."),
    _(
        "{service} on {starts_at} is confirmed. The customer pays you {total} in cash; {net} of it"
        " is yours. The address is on the job's page."
    ),
    JOB,
)
DECLINED_CUSTOMER_CASH = notice(
    "declined_customer_cash",
    _("{worker} cannot take {service} on {starts_at}."),
    _("{worker} cannot take {service} on {starts_at}. You owe nothing. Here are others."),
    BOOKING,
)
EXPIRED_CUSTOMER_CASH = notice(
    "expired_customer_cash",
    _("Nobody answered about {service} on {starts_at}."),
    _(
        "{worker} did not answer about {service} on {starts_at} in time. You owe nothing. Here are"
        " others."
    ),
    BOOKING,
)
CANCELLED_CUSTOMER_CASH = notice(
    "cancelled_customer_cash",
    _("Cancelled: {service}, {starts_at}."),
    _("{service} on {starts_at} is cancelled. Nothing was paid, and nothing is owed."),
    BOOKING,
)
CANCELLED_WORKER_CASH = notice(
    "cancelled_worker_cash",
    _("Cancelled: {service}, {starts_at}."),
    _("{service} on {starts_at} is cancelled. It was to be paid in cash: nothing was paid."),
    JOB,
)
WORKER_CANNOT_COME_CASH = notice(
    "worker_cannot_come_cash",
    _("{worker} cannot come on {starts_at}."),
    _("{worker} cannot come for {service} on {starts_at}. Nothing was paid, and nothing is owed."),
    BOOKING,
)
COMPLETED_WORKER_CASH = notice(
    "completed_worker_cash",
    _("Complete: {service}, in cash."),
    _(
        "{service} is complete. Of the {total} in cash {net} is yours; the rest is taken bit by bit"
        " from later earnings."
    ),
    JOB,
)
IN_CASH = {
    REQUESTED_CUSTOMER.name: REQUESTED_CUSTOMER_CASH,
    CONFIRMED_CUSTOMER.name: CONFIRMED_CUSTOMER_CASH,
    CONFIRMED_WORKER.name: CONFIRMED_WORKER_CASH,
    DECLINED_CUSTOMER.name: DECLINED_CUSTOMER_CASH,
    EXPIRED_CUSTOMER.name: EXPIRED_CUSTOMER_CASH,
    CANCELLED_CUSTOMER.name: CANCELLED_CUSTOMER_CASH,
    CANCELLED_WORKER.name: CANCELLED_WORKER_CASH,
    WORKER_CANNOT_COME.name: WORKER_CANNOT_COME_CASH,
    COMPLETED_WORKER.name: COMPLETED_WORKER_CASH,
}  # What is said instead where the visit is paid in cash.
