"""What people are told about reviews. Everybody is invited in the same words."""

from django.utils.translation import gettext_noop as _

from tenants.messaging.notice import Notice

INVITED_CUSTOMER = Notice(
    name="reviews.invited_customer",
    purpose="survey",
    subject=_("How was {service} with {worker}?"),
    body=_(
        "Tell others how {service} with {worker} was. You can until {closes_at}."
        " {worker} reads it only after reviewing as well, or when the time is over."
    ),
    path="/bookings/{code}/review/",
)
INVITED_WORKER = Notice(
    name="reviews.invited_worker",
    purpose="survey",
    subject=_("How was {service}?"),
    body=_(
        "Tell the team how the visit for {service} was. You can until {closes_at}."
        " What you say stays between you and the moderators."
    ),
    path="/work/jobs/{code}/review/",
)
PUBLISHED = Notice(
    name="reviews.published",
    purpose="booking",
    subject=_("Your review of {worker} is published"),
    body=_("Thank you. Your review of {worker} can be read by everybody now."),
    path="/bookings/{code}/review/",
)
HELD = Notice(
    name="reviews.held",
    purpose="booking",
    subject=_("Your review of {worker} is being looked at"),
    body=_(
        "Before your review of {worker} counts, we look at it more closely."
        " Here you can read why, and what you can do."
    ),
    path="/reviews/{review_id}/statement/",
)
NOT_COUNTED = Notice(
    name="reviews.not_counted",
    purpose="booking",
    subject=_("Your review of {worker} is published, but does not count"),
    body=_(
        "Everybody can read your review of {worker}, but it does not count in the average."
        " Here you can read why, and what you can do."
    ),
    path="/reviews/{review_id}/statement/",
)
DECIDED = Notice(
    name="reviews.decided",
    purpose="booking",
    subject=_("We have decided about your review of {worker}"),
    body=_("A person has decided about your review of {worker}. Here you can read what and why."),
    path="/reviews/{review_id}/statement/",
)
RECEIVED = Notice(
    name="reviews.received",
    purpose="booking",
    subject=_("You have a new review"),
    body=_("A customer has reviewed {service}. You can read it and answer once."),
    path="/work/jobs/{code}/",
)
ON_HOLD_WORKER = Notice(
    name="reviews.on_hold_worker",
    purpose="booking",
    subject=_("A review of your visit is being looked at"),
    body=_(
        "A review of {service} is being looked at before it counts. You need not do anything,"
        " and it says nothing about you."
    ),
    path="/work/jobs/{code}/",
)
