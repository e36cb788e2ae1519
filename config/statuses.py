"""The words and the tone in which every state of the product is shown."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Status(NamedTuple):
    """How a state looks."""

    tone: str
    label: str | Promise


STATUSES: Mapping[str, Status] = {
    "accepted": Status("ok", pgettext_lazy("state", "Accepted")),
    "active": Status("ok", pgettext_lazy("state", "Active")),
    "adverse_pending": Status("warn", pgettext_lazy("state", "Waiting for your answer")),
    "appealed": Status("info", pgettext_lazy("state", "Appealed")),
    "applied": Status("info", pgettext_lazy("state", "Applied")),
    "approved": Status("ok", pgettext_lazy("state", "Approved")),
    "archived": Status("", pgettext_lazy("state", "Archived")),
    "assigned": Status("info", pgettext_lazy("state", "Assigned")),
    "authorised": Status("info", pgettext_lazy("state", "Authorised")),
    "awaiting_choice": Status("warn", pgettext_lazy("state", "Waiting for a choice")),
    "awaiting_worker": Status("warn", pgettext_lazy("state", "Documents missing")),
    "cancelled": Status("", pgettext_lazy("state", "Cancelled")),
    "captured": Status("ok", pgettext_lazy("state", "Charged")),
    "checked_in": Status("info", pgettext_lazy("state", "In progress")),
    "closed": Status("", pgettext_lazy("state", "Closed")),
    "communicated": Status("ok", pgettext_lazy("state", "Answered")),
    "completed": Status("ok", pgettext_lazy("state", "Completed")),
    "confirm": Status("", pgettext_lazy("state", "Confirmed as it was")),
    "confirmed": Status("ok", pgettext_lazy("state", "Confirmed")),
    "contacted": Status("info", pgettext_lazy("state", "Contacted")),
    "created": Status("", pgettext_lazy("state", "Created")),
    "declined": Status("bad", pgettext_lazy("state", "Declined")),
    "delay": Status("warn", pgettext_lazy("state", "Published after a day")),
    "delayed": Status("warn", pgettext_lazy("state", "Published after a day")),
    "delivered": Status("ok", pgettext_lazy("state", "Delivered")),
    "dismissed": Status("", pgettext_lazy("state", "Dismissed")),
    "disputed": Status("warn", pgettext_lazy("state", "In dispute")),
    "draft": Status("", pgettext_lazy("state", "Draft")),
    "dropped": Status("", pgettext_lazy("state", "Given up")),
    "effective": Status("warn", pgettext_lazy("state", "In effect")),
    "expired": Status("bad", pgettext_lazy("state", "Expired")),
    "exported": Status("info", pgettext_lazy("state", "With the bank")),
    "failed": Status("bad", pgettext_lazy("state", "Failed")),
    "final": Status("ok", pgettext_lazy("state", "Final")),
    "finished": Status("info", pgettext_lazy("state", "Finished")),
    "held": Status("warn", pgettext_lazy("state", "Held for review")),
    "hidden": Status("", pgettext_lazy("state", "Hidden")),
    "hold": Status("warn", pgettext_lazy("state", "Held for review")),
    "in_progress": Status("info", pgettext_lazy("state", "In progress")),
    "in_review": Status("info", pgettext_lazy("state", "In review")),
    "in_transit": Status("info", pgettext_lazy("state", "On its way")),
    "lapsed": Status("", pgettext_lazy("state", "Lapsed")),
    "left": Status("", pgettext_lazy("state", "Left")),
    "left_out": Status("", pgettext_lazy("state", "Left out")),
    "matching": Status("info", pgettext_lazy("state", "Looking for someone")),
    "modified": Status("info", pgettext_lazy("state", "Changed")),
    "needs_info": Status("warn", pgettext_lazy("state", "Information missing")),
    "needs_more": Status("warn", pgettext_lazy("state", "More is needed")),
    "new": Status("info", pgettext_lazy("state", "New")),
    "no_show": Status("bad", pgettext_lazy("state", "Nobody came")),
    "no_show_reported": Status("warn", pgettext_lazy("state", "Reported absent")),
    "none": Status("", pgettext_lazy("state", "Not paid")),
    "not_count": Status("", pgettext_lazy("state", "Shown, not counted")),
    "not_counted": Status("", pgettext_lazy("state", "Shown, not counted")),
    "not_started": Status("", pgettext_lazy("state", "Not started")),
    "not_valid": Status("bad", pgettext_lazy("state", "Not valid")),
    "notified": Status("info", pgettext_lazy("state", "Notified")),
    "open": Status("info", pgettext_lazy("state", "Open")),
    "overturned": Status("ok", pgettext_lazy("state", "Overturned")),
    "paid": Status("ok", pgettext_lazy("state", "Paid")),
    "passed": Status("ok", pgettext_lazy("state", "Passed")),
    "paused": Status("warn", pgettext_lazy("state", "Paused")),
    "payment_due": Status("warn", pgettext_lazy("state", "Payment due")),
    "payment_expired": Status("", pgettext_lazy("state", "Payment expired")),
    "pending": Status("warn", pgettext_lazy("state", "Pending")),
    "pending_payment": Status("warn", pgettext_lazy("state", "Waiting for payment")),
    "pending_review": Status("warn", pgettext_lazy("state", "Waiting for review")),
    "processing": Status("info", pgettext_lazy("state", "Processing")),
    "proposed": Status("info", pgettext_lazy("state", "Proposed")),
    "publish": Status("ok", pgettext_lazy("state", "Published")),
    "published": Status("ok", pgettext_lazy("state", "Published")),
    "reconciled": Status("ok", pgettext_lazy("state", "Answered")),
    "refund_pending": Status("info", pgettext_lazy("state", "Refund on its way")),
    "refunded": Status("info", pgettext_lazy("state", "Refunded")),
    "rejected": Status("bad", pgettext_lazy("state", "Rejected")),
    "remove": Status("bad", pgettext_lazy("state", "Removed")),
    "removed": Status("bad", pgettext_lazy("state", "Removed")),
    "reopened": Status("warn", pgettext_lazy("state", "Reopened")),
    "requested": Status("warn", pgettext_lazy("state", "Requested")),
    "requires_action": Status("warn", pgettext_lazy("state", "Action needed")),
    "resolved": Status("ok", pgettext_lazy("state", "Resolved")),
    "returned": Status("bad", pgettext_lazy("state", "Returned")),
    "revoked": Status("bad", pgettext_lazy("state", "Revoked")),
    "scheduled": Status("info", pgettext_lazy("state", "Scheduled")),
    "sealed": Status("info", pgettext_lazy("state", "Sealed")),
    "sent": Status("info", pgettext_lazy("state", "Sent")),
    "settled": Status("ok", pgettext_lazy("state", "Settled")),
    "solved": Status("ok", pgettext_lazy("state", "Solved")),
    "started": Status("info", pgettext_lazy("state", "In progress")),
    "submitted": Status("info", pgettext_lazy("state", "Submitted")),
    "suspended": Status("bad", pgettext_lazy("state", "Suspended")),
    "unknown": Status("warn", pgettext_lazy("state", "Being checked")),
    "upheld": Status("", pgettext_lazy("state", "Upheld")),
    "uphold_appeal": Status("ok", pgettext_lazy("state", "Appeal upheld")),
    "valid": Status("ok", pgettext_lazy("state", "Valid")),
    "verified": Status("ok", pgettext_lazy("state", "Verified")),
    "waiting": Status("warn", pgettext_lazy("state", "Waiting")),
    "withdrawn": Status("", pgettext_lazy("state", "Withdrawn")),
}


def status(code: str) -> Status:
    """Return how a state looks; one we have no word for is shown plainly, never hidden."""
    known = STATUSES.get(code.lower())
    return known or Status("", code.replace("_", " ").capitalize())
