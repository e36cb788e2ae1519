"""What people are told about a card that is charged later: when, that it failed, what to do."""

from django.utils.translation import gettext_noop as _

from marketplace.bookings.notices import (
    BOOKING,
    CANCELLED_CUSTOMER,
    COMPLETED_WORKER,
    CONFIRMED_CUSTOMER,
    DELIVERED_CUSTOMER,
    JOB,
    REQUESTED_CUSTOMER,
    notice,
)

REQUESTED_CUSTOMER_LATER = notice(
    "requested_customer_later",
    _("We asked {worker} about {service}."),
    _(
        "We asked {worker} about {service} on {starts_at}. Nothing is charged now; you pay {total}"
        " with {card} only if {worker} accepts, before {answer_at}."
    ),
    BOOKING,
)
CONFIRMED_CUSTOMER_BEFORE = notice(
    "confirmed_customer_before",
    _("Confirmed: {service}, {starts_at}."),
    _(
        "{worker} will come on {starts_at} for {service}. We charge {total} to {card} on"
        " {charge_at}: for the worker {worker_part}, tip {tip}, local team {team_part}, technology"
        " {platform_part}, payment costs {processor_part}, taxes {tax_part}.\n"
        "Your visit code and start PIN appear 24 hours before."
    ),
    BOOKING,
)
CONFIRMED_CUSTOMER_AFTER = notice(
    "confirmed_customer_after",
    _("Confirmed: {service}, {starts_at}."),
    _(
        "{worker} will come on {starts_at} for {service}. We charge {total} to {card} when the work"
        " is done and you had a day to look at it: for the worker {worker_part}, tip {tip}, local"
        " team {team_part}, technology {platform_part}, payment costs {processor_part}, taxes"
        " {tax_part}.\n"
        "Your visit code and start PIN appear 24 hours before."
    ),
    BOOKING,
)
CANCELLED_CUSTOMER_LATER = notice(
    "cancelled_customer_later",
    _("Cancelled: {service}, {starts_at}."),
    _("{service} on {starts_at} is cancelled. Of {total}, we charge {owed} to your card."),
    BOOKING,
)
CANCELLED_CUSTOMER_FREE = notice(
    "cancelled_customer_free",
    _("Cancelled: {service}, {starts_at}."),
    _("{service} on {starts_at} is cancelled. Nothing was charged, and nothing is owed."),
    BOOKING,
)
COMPLETED_WORKER_LATER = notice(
    "completed_worker_later",
    _("{net} is yours: {service}."),
    _("{service} is complete. {net} is in your wallet as soon as the customer's card is charged."),
    JOB,
)
CARD_DECLINED_CUSTOMER = notice(
    "card_declined_customer",
    _("Your card was declined: {service}, {starts_at}."),
    _(
        "We could not charge {total} to {card} for {service} on {starts_at}. We try again"
        " {again_at}. You can pay now, or leave another card."
    ),
    BOOKING,
)
PAYMENT_DUE_CUSTOMER = notice(
    "payment_due_customer",
    _("Please pay {total} for {service}, {starts_at}."),
    _(
        "We could not charge {total} to {card} for {service} on {starts_at}. Please pay, or confirm"
        " it with your bank, before {pay_at}. Otherwise the time is free again and you owe nothing."
    ),
    BOOKING,
)
PAYMENT_DUE_WORKER = notice(
    "payment_due_worker",
    _("Not paid yet: {service}, {starts_at}."),
    _(
        "The customer's card was declined. They have until {pay_at} to pay for {service} on"
        " {starts_at}; we tell you as soon as we know."
    ),
    JOB,
)
PAID_AFTER_ALL_CUSTOMER = notice(
    "paid_after_all_customer",
    _("Paid: {service}, {starts_at}."),
    _("Thank you, {total} is paid. {worker} comes on {starts_at} for {service}."),
    BOOKING,
)
PAID_AFTER_ALL_WORKER = notice(
    "paid_after_all_worker",
    _("Paid: {service}, {starts_at}."),
    _("{service} on {starts_at} is paid and takes place as agreed. You get {net}."),
    JOB,
)
FINAL_PRICE_CUSTOMER = notice(
    "final_price_customer",
    _("{worker} has finished: {total} in the end. All well?"),
    _(
        "{worker} has finished {service}. The final price is {total}. Please confirm that all is"
        " well, or tell us what is not; if you do nothing, it counts as confirmed {complete_at} and"
        " is charged to {card}."
    ),
    BOOKING,
)
PLEASE_PAY_CUSTOMER = notice(
    "please_pay_customer",
    _("Please pay {owed} for {service}."),
    _("We could not charge {owed} to {card} for {service} on {starts_at}. Please pay it here."),
    BOOKING,
)
GUARANTEED_WORKER = notice(
    "guaranteed_worker",
    _("{share} is yours: {service}."),
    _("The customer was not charged. The team pays you {share} for {service} all the same."),
    JOB,
)
BEFORE = {
    REQUESTED_CUSTOMER.name: REQUESTED_CUSTOMER_LATER,
    CONFIRMED_CUSTOMER.name: CONFIRMED_CUSTOMER_BEFORE,
    CANCELLED_CUSTOMER.name: CANCELLED_CUSTOMER_FREE,
}  # What is said instead while the card is not charged.
AFTER = BEFORE | {
    CONFIRMED_CUSTOMER.name: CONFIRMED_CUSTOMER_AFTER,
    COMPLETED_WORKER.name: COMPLETED_WORKER_LATER,
    DELIVERED_CUSTOMER.name: FINAL_PRICE_CUSTOMER,
}
