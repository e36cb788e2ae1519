"""What people are told about jobs and offers. Never a name, a contact or a door."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

JOB = "/jobs/{code}/"
OPEN_JOB = "/work/open-jobs/{code}/"


def notice(name: str, subject: str, body: str, path: str) -> Notice:
    """Return a notice about a job."""
    return Notice(name=f"jobs.{name}", purpose="booking", subject=subject, body=body, path=path)


NEW_WORKER = notice(
    "new_worker",
    _("A job near you: {service}."),
    _(
        "Somebody near you looks for {service}. You can make an offer until {until_at}. It costs"
        " you nothing, and not making one has no consequence."
    ),
    OPEN_JOB,
)
OFFERED_CUSTOMER = notice(
    "offered_customer",
    _("An offer for your job: {service}."),
    _("{worker} made an offer for {service}. It stands until {until_at}. Compare and choose."),
    JOB,
)
COUNTERED_WORKER = notice(
    "countered_worker",
    _("The customer asks about your offer: {service}."),
    _("The customer would like your offer for {service} a little different. Please answer."),
    OPEN_JOB,
)
ANSWERED_CUSTOMER = notice(
    "answered_customer",
    _("{worker} has answered: {service}."),
    _("{worker} has answered what you asked about {service}. The offer stands until {until_at}."),
    JOB,
)
RETIME_WORKER = notice(
    "retime_worker",
    _("You were chosen, but that time is taken: {service}."),
    _(
        "The customer chose your offer for {service}, but {slot_at} is no longer free in your"
        " calendar. Name other times before {until_at}."
    ),
    OPEN_JOB,
)
RETIMED_CUSTOMER = notice(
    "retimed_customer",
    _("{worker} has named new times: {service}."),
    _("{worker} has named new times for {service}. The offer stands until {until_at}."),
    JOB,
)
LOST_WORKER = notice(
    "lost_worker",
    _("The job is gone: {service}."),
    _("The customer no longer looks for somebody for {service}. That says nothing about you."),
    OPEN_JOB,
)
OPENED_CUSTOMER = notice(
    "opened_customer",
    _("Your job is open: {service}."),
    _("Workers near you can see {service} and make offers until {until_at}."),
    JOB,
)
SENT_BACK_CUSTOMER = notice(
    "sent_back_customer",
    _("Please look at your job again: {service}."),
    _("Our team has read {service} and asks you to change something: {reason}"),
    JOB,
)
TAKEN_DOWN_CUSTOMER = notice(
    "taken_down_customer",
    _("Your job was taken down: {service}."),
    _("Our team has taken down {service}: {reason} If you see that differently, write to us."),
    JOB,
)
EXPIRED_CUSTOMER = notice(
    "expired_customer",
    _("Your job has run out: {service}."),
    _("Nobody was chosen for {service} in time. With one tap you can describe it again."),
    JOB,
)
