"""The words in which pages tell what happened to a booking: its steps, who took them, its money."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

STEPS: Words = {
    "create": pgettext_lazy("step", "Booked"),
    "pay_ok": pgettext_lazy("step", "Paid"),
    "pay_timeout": pgettext_lazy("step", "Not paid in time"),
    "abandon": pgettext_lazy("step", "Given up before paying"),
    "accept": pgettext_lazy("step", "Accepted"),
    "decline": pgettext_lazy("step", "Declined"),
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
    "charge_due": pgettext_lazy("step", "Card charged before the visit"),
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
