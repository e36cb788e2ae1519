"""What people are told about a disagreement: who says what, what is proposed, how it ended."""

from django.utils.translation import gettext_noop as _

from marketplace.bookings.notices import BOOKING, JOB, notice

OPENED_CUSTOMER = notice(
    "dispute_opened_customer",
    _("Something was not right with {service}: please answer."),
    _(
        "Somebody says that something was not right with {service} on {starts_at}. Read it and"
        " answer before {until_at}."
    ),
    BOOKING,
)
OPENED_WORKER = notice(
    "dispute_opened_worker",
    _("Something was not right with {service}: please answer."),
    _(
        "Somebody says that something was not right with {service} on {starts_at}. {contested} of"
        " the work is contested and your part of it rests; all else is yours as usual. Read it and"
        " answer before {until_at}."
    ),
    JOB,
)
OPENED_BY_YOU_CUSTOMER = notice(
    "dispute_yours_customer",
    _("We asked {worker} about {service}."),
    _(
        "We passed on what you told us about {service} on {starts_at}. {worker} answers before"
        " {until_at}; each of you can propose a solution at any time."
    ),
    BOOKING,
)
OPENED_BY_YOU_WORKER = notice(
    "dispute_yours_worker",
    _("We asked the customer about {service}."),
    _(
        "We passed on what you told us about {service} on {starts_at}. The customer answers before"
        " {until_at}; each of you can propose a solution at any time."
    ),
    JOB,
)
UNANSWERED_CUSTOMER = notice(
    "dispute_unanswered_customer",
    _("We are waiting for your answer about {service}."),
    _("Please answer about {service} on {starts_at}. If you two do not agree, the team decides."),
    BOOKING,
)
UNANSWERED_WORKER = notice(
    "dispute_unanswered_worker",
    _("We are waiting for your answer about {service}."),
    _("Please answer about {service} on {starts_at}. If you two do not agree, the team decides."),
    JOB,
)
PROPOSED_CUSTOMER = notice(
    "dispute_proposed_customer",
    _("{worker} proposes a solution: {proposed} back."),
    _(
        "About {service} on {starts_at}: {worker} proposes that {proposed} of the price goes back"
        " to you. You can agree, or propose something else."
    ),
    BOOKING,
)
PROPOSED_WORKER = notice(
    "dispute_proposed_worker",
    _("The customer proposes a solution: {proposed} back."),
    _(
        "About {service} on {starts_at}: the customer proposes that {proposed} of the price goes"
        " back. You can agree, or propose something else."
    ),
    JOB,
)
RESOLVED_CUSTOMER = notice(
    "dispute_resolved_customer",
    _("Settled: {service}. {back} goes back to you."),
    _(
        "What was open about {service} on {starts_at} is settled: {back} goes back to you. How it"
        " was decided is on the page of the visit."
    ),
    BOOKING,
)
RESOLVED_WORKER = notice(
    "dispute_resolved_worker",
    _("Settled: {service}. You pay {debit}."),
    _(
        "What was open about {service} on {starts_at} is settled: you pay {debit} of what goes"
        " back, and all else is yours. How it was decided, and how to appeal, is on the page of the"
        " job."
    ),
    JOB,
)
