"""What people are told about something extra."""

from django.utils.translation import gettext_noop as _

from marketplace.bookings.notices import BOOKING, JOB, notice

EXTRA_CUSTOMER = notice(
    "extra_customer",
    _("{worker} proposes something extra: {extra}."),
    _(
        "{worker} has found something more to do at {service}, for {extra} in all. Nothing is done"
        " or charged unless you say yes."
    ),
    BOOKING,
)
EXTRA_YES_WORKER = notice(
    "extra_yes_worker",
    _("Yes to the extra: {extra} more for you."),
    _("The customer said yes. When it is paid, {extra} more of {service} is yours."),
    JOB,
)
EXTRA_NO_WORKER = notice(
    "extra_no_worker",
    _("No extra: {service} stays as agreed."),
    _("The customer would rather not. {service} stays as agreed."),
    JOB,
)
EXTRA_UNPAID_WORKER = notice(
    "extra_unpaid_worker",
    _("The extra at {service} was not paid."),
    _("The customer did not pay the extra at {service}, {extra} for you. Talk to the team."),
    JOB,
)
