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
    "appealed": Status("info", pgettext_lazy("state", "Appealed")),
    "applied": Status("info", pgettext_lazy("state", "Applied")),
    "approved": Status("ok", pgettext_lazy("state", "Approved")),
    "archived": Status("", pgettext_lazy("state", "Archived")),
    "assigned": Status("info", pgettext_lazy("state", "Assigned")),
    "awaiting_payment": Status("warn", pgettext_lazy("state", "Waiting for payment")),
    "cancelled": Status("", pgettext_lazy("state", "Cancelled")),
    "checked_in": Status("info", pgettext_lazy("state", "In progress")),
    "closed": Status("", pgettext_lazy("state", "Closed")),
    "completed": Status("ok", pgettext_lazy("state", "Completed")),
    "confirmed": Status("ok", pgettext_lazy("state", "Confirmed")),
    "contacted": Status("info", pgettext_lazy("state", "Contacted")),
    "declined": Status("bad", pgettext_lazy("state", "Declined")),
    "disputed": Status("warn", pgettext_lazy("state", "In dispute")),
    "draft": Status("", pgettext_lazy("state", "Draft")),
    "expired": Status("bad", pgettext_lazy("state", "Expired")),
    "failed": Status("bad", pgettext_lazy("state", "Failed")),
    "finished": Status("info", pgettext_lazy("state", "Finished")),
    "held": Status("warn", pgettext_lazy("state", "Held for review")),
    "in_progress": Status("info", pgettext_lazy("state", "In progress")),
    "in_transit": Status("info", pgettext_lazy("state", "On its way")),
    "new": Status("info", pgettext_lazy("state", "New")),
    "no_show": Status("bad", pgettext_lazy("state", "Nobody came")),
    "not_valid": Status("bad", pgettext_lazy("state", "Not valid")),
    "open": Status("info", pgettext_lazy("state", "Open")),
    "paid": Status("ok", pgettext_lazy("state", "Paid")),
    "passed": Status("ok", pgettext_lazy("state", "Passed")),
    "paused": Status("warn", pgettext_lazy("state", "Paused")),
    "pending": Status("warn", pgettext_lazy("state", "Pending")),
    "pending_review": Status("warn", pgettext_lazy("state", "Waiting for review")),
    "processing": Status("info", pgettext_lazy("state", "Processing")),
    "published": Status("ok", pgettext_lazy("state", "Published")),
    "refunded": Status("info", pgettext_lazy("state", "Refunded")),
    "rejected": Status("bad", pgettext_lazy("state", "Rejected")),
    "removed": Status("bad", pgettext_lazy("state", "Removed")),
    "reopened": Status("warn", pgettext_lazy("state", "Reopened")),
    "requested": Status("warn", pgettext_lazy("state", "Requested")),
    "resolved": Status("ok", pgettext_lazy("state", "Resolved")),
    "revoked": Status("bad", pgettext_lazy("state", "Revoked")),
    "scheduled": Status("info", pgettext_lazy("state", "Scheduled")),
    "sent": Status("info", pgettext_lazy("state", "Sent")),
    "settled": Status("ok", pgettext_lazy("state", "Settled")),
    "solved": Status("ok", pgettext_lazy("state", "Solved")),
    "started": Status("info", pgettext_lazy("state", "In progress")),
    "submitted": Status("info", pgettext_lazy("state", "Submitted")),
    "suspended": Status("bad", pgettext_lazy("state", "Suspended")),
    "valid": Status("ok", pgettext_lazy("state", "Valid")),
    "verified": Status("ok", pgettext_lazy("state", "Verified")),
    "waiting": Status("warn", pgettext_lazy("state", "Waiting")),
    "withdrawn": Status("", pgettext_lazy("state", "Withdrawn")),
}


def status(code: str) -> Status:
    """Return how a state looks; one we have no word for is shown plainly, never hidden."""
    known = STATUSES.get(code.lower())
    return known or Status("", code.replace("_", " ").capitalize())
