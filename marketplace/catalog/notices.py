"""What workers are told about their standing."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

APPROVED = Notice(
    name="catalog.worker_approved",
    purpose="verification",
    subject=_("Welcome, {name}! You can work here now"),
    body=_(
        "{name}, the team has approved you. Complete your list of steps and customers can book you."
    ),
    path="/work/",
)
NEEDS_INFO = Notice(
    name="catalog.worker_needs_info",
    purpose="verification",
    subject=_("Your application needs one more thing"),
    body=_("{name}, to go on we need something from you: {note}"),
    path="/work/apply/",
)
REJECTED = Notice(
    name="catalog.worker_rejected",
    purpose="verification",
    subject=_("About your application"),
    body=_(
        "{name}, we cannot accept your application this time. The reason: {note}"
        " You may apply again after 30 days, and you can answer this message."
    ),
    path="/work/apply/",
)
SUSPENDED = Notice(
    name="catalog.worker_suspended",
    purpose="verification",
    subject=_("Your profile is suspended"),
    body=_(
        "{name}, your profile is suspended for now. The reason: {note}"
        " Your balance stays yours. You can ask for a person to look at this again."
    ),
    path="/work/",
)
REINSTATED = Notice(
    name="catalog.worker_reinstated",
    purpose="verification",
    subject=_("Your profile is open again"),
    body=_("{name}, the suspension has ended. Customers can book you again."),
    path="/work/",
)
