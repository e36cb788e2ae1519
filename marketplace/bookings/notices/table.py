"""Who is told what at which moment of a booking: the whole list, to be read and tested as one.

Payments, series, offers, credits and surveys tell of their own moments, in their own notices.
"""

from dataclasses import dataclass

from marketplace.bookings import notices as own
from marketplace.bookings.notices import changes, dispatch, disputes, extras, way
from tenants.messaging.notice import Notice

CUSTOMER, WORKER = "customer", "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """At a moment of a story, one side is told something, once for each state entered."""

    moment: str
    to: str
    notice: Notice


def _both(moment: str, customer: Notice, worker: Notice) -> tuple[Row, Row]:
    return (
        Row(moment=moment, to=CUSTOMER, notice=customer),
        Row(moment=moment, to=WORKER, notice=worker),
    )


def _customer(moment: str, notice: Notice) -> Row:
    return Row(moment=moment, to=CUSTOMER, notice=notice)


def _worker(moment: str, notice: Notice) -> Row:
    return Row(moment=moment, to=WORKER, notice=notice)


TABLE: tuple[Row, ...] = (
    *_both("requested", own.REQUESTED_CUSTOMER, own.REQUESTED_WORKER),
    _worker("half of the time to answer", way.ANSWER_SOON_WORKER),
    *_both("declined", own.DECLINED_CUSTOMER, way.DECLINED_WORKER),
    *_both("expired", own.EXPIRED_CUSTOMER, own.EXPIRED_WORKER),
    *_both("confirmed", own.CONFIRMED_CUSTOMER, own.CONFIRMED_WORKER),
    _customer("looking", dispatch.LOOKING_CUSTOMER),
    _worker("offered", dispatch.OFFERED_WORKER),
    _customer("half of the time to find somebody", way.STILL_LOOKING_CUSTOMER),
    _customer("nobody found", dispatch.NOBODY_CUSTOMER),
    *_both("a day before", own.REMINDER_CUSTOMER, own.REMINDER_WORKER),
    *_both("two hours before", own.REMINDER_CUSTOMER, own.REMINDER_WORKER),
    _worker("should have left", way.LEAVE_NOW_WORKER),
    _customer("departed", way.DEPARTED_CUSTOMER),
    _customer("late", way.LATE_CUSTOMER),
    _customer("arrived", way.ARRIVED_CUSTOMER),
    _customer("begun", own.STARTED_CUSTOMER),
    _customer("finished", own.DELIVERED_CUSTOMER),
    _customer("six hours before it counts as confirmed", way.CONFIRM_SOON_CUSTOMER),
    *_both("complete", own.COMPLETED_CUSTOMER, own.COMPLETED_WORKER),
    _worker("nobody saw it", own.UNVERIFIED_WORKER),
    *_both("cancelled", own.CANCELLED_CUSTOMER, own.CANCELLED_WORKER),
    _customer("worker cannot come", own.WORKER_CANNOT_COME),
    _customer("substitute sought", dispatch.SUBSTITUTE_SOUGHT_CUSTOMER),
    *_both(
        "substitute comes", dispatch.SUBSTITUTE_COMES_CUSTOMER, dispatch.SUBSTITUTE_COMES_WORKER
    ),
    _worker("another time asked", changes.TIME_PROPOSED_WORKER),
    _customer("another time proposed", changes.TIME_PROPOSED_CUSTOMER),
    *_both("time kept", changes.TIME_KEPT_CUSTOMER, changes.TIME_KEPT_WORKER),
    *_both("moved", changes.MOVED_CUSTOMER, changes.MOVED_WORKER),
    *_both("worker accused", changes.REPORTED_BY_CUSTOMER, changes.ACCUSED_WORKER),
    *_both(
        "report taken back", changes.REPORT_TAKEN_BACK_CUSTOMER, changes.REPORT_TAKEN_BACK_WORKER
    ),
    *_both("worker missed", *changes.WORKER_MISSED),
    _customer("nobody opens", changes.AT_THE_DOOR_CUSTOMER),
    *_both("customer accused", changes.ACCUSED_CUSTOMER, changes.REPORTED_BY_WORKER),
    *_both("customer missed", *changes.CUSTOMER_MISSED),
    _customer("extra proposed", extras.EXTRA_CUSTOMER),
    _worker("extra refused", extras.EXTRA_NO_WORKER),
    *_both("left", changes.LEFT_CUSTOMER, changes.LEFT_WORKER),
    *_both("dispute opened", disputes.OPENED_BY_YOU_CUSTOMER, disputes.OPENED_WORKER),
    _worker("dispute unanswered", disputes.UNANSWERED_WORKER),
    _customer("settlement proposed", disputes.PROPOSED_CUSTOMER),
    *_both("dispute resolved", disputes.RESOLVED_CUSTOMER, disputes.RESOLVED_WORKER),
)
