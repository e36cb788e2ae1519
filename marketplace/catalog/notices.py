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
REMOVED = Notice(
    name="catalog.worker_removed",
    purpose="verification",
    subject=_("You cannot work here any more"),
    body=_(
        "{name}, the team has ended your work here. The reason: {note}"
        " Your balance stays yours. You can ask for a person to look at this again."
    ),
    path="/work/",
)
SUSPENSION_AHEAD = Notice(
    name="catalog.suspension_ahead",
    purpose="verification",
    subject=_("Your profile will be suspended"),
    body=_(
        "{name}, from {from_at} your profile will be suspended. The reason: {note}"
        " What shows it: {evidence} Your balance stays yours. You can answer, and you can ask for a"
        " person to look at this again."
    ),
    path="/work/",
)
OFFER_APPROVED = Notice(
    name="catalog.offer_approved",
    purpose="verification",
    subject=_("Approved: {service}"),
    body=_("{name}, the team has read it, and customers see it now."),
    path="/work/services/",
)
OFFER_REJECTED = Notice(
    name="catalog.offer_rejected",
    purpose="verification",
    subject=_("Not approved: {service}"),
    body=_("{name}, the team has read it and asks you to change it. The reason: {note}"),
    path="/work/services/",
)
