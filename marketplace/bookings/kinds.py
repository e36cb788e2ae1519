"""The words in which pages tell what happened to a booking: its steps, who took them, its money."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

STEPS: Words = {
    "create": pgettext_lazy("step", "Booked"),
    "create_visit": pgettext_lazy("step", "Booked by itself, as agreed before"),
    "pay_ok": pgettext_lazy("step", "Paid"),
    "pay_timeout": pgettext_lazy("step", "Not paid in time"),
    "abandon": pgettext_lazy("step", "Given up before paying"),
    "accept": pgettext_lazy("step", "Accepted"),
    "decline": pgettext_lazy("step", "Declined"),
    "take": pgettext_lazy("step", "Somebody took the job"),
    "no_match": pgettext_lazy("step", "Nobody was found in time"),
    "expire": pgettext_lazy("step", "Not answered in time"),
    "withdraw": pgettext_lazy("step", "Request taken back"),
    "cancel": pgettext_lazy("step", "Cancelled"),
    "refund": pgettext_lazy("step", "Money back instead of another worker"),
    "substitute": pgettext_lazy("step", "Another worker comes instead"),
    "propose_time": pgettext_lazy("step", "Another time proposed"),
    "answer_time": pgettext_lazy("step", "Answer about another time"),
    "contact": pgettext_lazy("step", "The worker tried to reach the customer"),
    "report_no_show": pgettext_lazy("step", "Reported: somebody did not come"),
    "withdraw_report": pgettext_lazy("step", "Report taken back"),
    "contest": pgettext_lazy("step", "Report contested"),
    "settle": pgettext_lazy("step", "Settled"),
    "dispute": pgettext_lazy("step", "Something was not right"),
    "propose_settlement": pgettext_lazy("step", "Solution proposed"),
    "resolve": pgettext_lazy("step", "Decided by the office"),
    "propose_extra": pgettext_lazy("step", "Something extra proposed"),
    "approve_extra": pgettext_lazy("step", "Answer about something extra"),
    "leave_unsafe": pgettext_lazy("step", "The worker left: it was not safe"),
    "charge_due": pgettext_lazy("step", "The card was asked for the money"),
    "charge_failed": pgettext_lazy("step", "The card could not be charged"),
    "waive": pgettext_lazy("step", "The office gave back what was kept"),
    "migrate": pgettext_lazy("step", "Goes on under newer rules"),
    "depart": pgettext_lazy("step", "On the way"),
    "arrive": pgettext_lazy("step", "At the door"),
    "check_in": pgettext_lazy("step", "Visit started"),
    "assume_delivered": pgettext_lazy("step", "Counted as done: nobody said it was not"),
    "check_out": pgettext_lazy("step", "Visit finished"),
    "auto": pgettext_lazy("step", "Ended by itself: nobody finished the visit"),
    "confirm": pgettext_lazy("step", "Confirmed as done"),
    "auto_complete": pgettext_lazy("step", "Completed: nobody objected in time"),
}
CARD_LEFT = pgettext_lazy("step", "Card left, or paid after it was declined")
PAID_IN_CASH = pgettext_lazy("step", "To be paid in cash")  # Instead of "Paid".
TAKERS: Words = {
    "customer": pgettext_lazy("taker", "the customer"),
    "worker": pgettext_lazy("taker", "the worker"),
    "staff": pgettext_lazy("taker", "the office"),
    "owner": pgettext_lazy("taker", "the owner"),
    "psp": pgettext_lazy("taker", "the payment company"),
    "system": pgettext_lazy("taker", "automatically"),
}
PROOFS: Words = {
    "pin": pgettext_lazy("proof", "the worker typed the PIN that only the customer has"),
    "customer_link": pgettext_lazy("proof", "the customer confirmed it on their own page"),
    "badge_scan": pgettext_lazy("proof", "the customer scanned the worker's badge at the door"),
    "staff": pgettext_lazy("proof", "the office noted that the visit had begun"),
}
MONEY_LINES: Words = {
    "paid": pgettext_lazy("money", "The customer paid"),
    "tip_paid": pgettext_lazy("money", "The customer's tip"),
    "credit_paid": pgettext_lazy("money", "Paid with the customer's credit"),
    "refund_credited": pgettext_lazy("money", "A credit again"),
    "to_worker": pgettext_lazy("money", "For the worker"),
    "to_tenant": pgettext_lazy("money", "For your business"),
    "to_platform": pgettext_lazy("money", "For the technology"),
    "to_processor": pgettext_lazy("money", "Payment costs"),
    "to_tax": pgettext_lazy("money", "Taxes"),
    "tip_to_worker": pgettext_lazy("money", "Tip for the worker"),
    "refund_due": pgettext_lazy("money", "Refund being prepared"),
    "refund_sent": pgettext_lazy("money", "Refund on its way"),
    "refund_succeeded": pgettext_lazy("money", "Given back to the customer"),
    "refund_failed": pgettext_lazy("money", "Refund that did not go through"),
}
REASONS: Words = {  # Why somebody is asked, on their own values.
    "distance": pgettext_lazy("why offered", "you live near: {km} km"),
    "rating": pgettext_lazy("why offered", "customers rate you {rating} of 5"),
    "preference": pgettext_lazy("why offered", "you fit what the customer wished for"),
    "fair_share": pgettext_lazy("why offered", "you have earned less per free hour lately"),
}
CHANGES: Words = {  # What would have been enough.
    "distance": pgettext_lazy("why not", "{by} km nearer, and you would have been asked"),
    "rating": pgettext_lazy("why not", "{by} more in your reviews, and you would have been asked"),
    "preference": pgettext_lazy("why not", "the customer wished for something you do not offer"),
    "": pgettext_lazy("why not", "others came first, and no single value of yours decided it"),
}
BARRIERS: Words = {
    "bookable": pgettext_lazy("why not", "your profile could not be booked then"),
    "service": pgettext_lazy("why not", "you do not offer this service"),
    "certificates": pgettext_lazy("why not", "a document is missing or has expired"),
    "pair_block": pgettext_lazy("why not", "this pair is not brought together"),
    "language": pgettext_lazy("why not", "the customer speaks a language that you do not list"),
    "area": pgettext_lazy("why not", "the place is outside your area"),
    "price": pgettext_lazy("why not", "your price is above what was agreed"),
    "slot": pgettext_lazy("why not", "you were not free at that time"),
    "caps": pgettext_lazy("why not", "your day was full"),
    "rest": pgettext_lazy("why not", "less than the hours of rest would have been left"),
    "quiet_hours": pgettext_lazy("why not", "it was night, and you are not asked at night"),
    "declined": pgettext_lazy("why not", "you did not want this job"),
}
FACTORS: Words = {
    "distance": pgettext_lazy("factor", "Nearness"),
    "rating": pgettext_lazy("factor", "Reviews"),
    "preference": pgettext_lazy("factor", "Wishes"),
    "fair_share": pgettext_lazy("factor", "Fair share"),
}
