"""The words and the tone in which every state of the product is shown."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Status(NamedTuple):
    """How a state looks."""

    tone: str
    label: str | Promise


STATUSES: Mapping[str, Status] = {
    "accepted": Status("ok", _("Accepted")),
    "active": Status("ok", _("Active")),
    "appealed": Status("info", _("Appealed")),
    "applied": Status("info", _("Applied")),
    "approved": Status("ok", _("Approved")),
    "archived": Status("", _("Archived")),
    "assigned": Status("info", _("Assigned")),
    "awaiting_payment": Status("warn", _("Waiting for payment")),
    "cancelled": Status("", _("Cancelled")),
    "checked_in": Status("info", _("In progress")),
    "closed": Status("", _("Closed")),
    "completed": Status("ok", _("Completed")),
    "confirmed": Status("ok", _("Confirmed")),
    "contacted": Status("info", _("Contacted")),
    "declined": Status("bad", _("Declined")),
    "disputed": Status("warn", _("In dispute")),
    "draft": Status("", _("Draft")),
    "expired": Status("bad", _("Expired")),
    "failed": Status("bad", _("Failed")),
    "finished": Status("info", _("Finished")),
    "held": Status("warn", _("Held for review")),
    "in_progress": Status("info", _("In progress")),
    "in_transit": Status("info", _("On its way")),
    "new": Status("info", _("New")),
    "no_show": Status("bad", _("Nobody came")),
    "not_valid": Status("bad", _("Not valid")),
    "open": Status("info", _("Open")),
    "paid": Status("ok", _("Paid")),
    "passed": Status("ok", _("Passed")),
    "paused": Status("warn", _("Paused")),
    "pending": Status("warn", _("Pending")),
    "pending_review": Status("warn", _("Waiting for review")),
    "processing": Status("info", _("Processing")),
    "published": Status("ok", _("Published")),
    "refunded": Status("info", _("Refunded")),
    "rejected": Status("bad", _("Rejected")),
    "removed": Status("bad", _("Removed")),
    "reopened": Status("warn", _("Reopened")),
    "requested": Status("warn", _("Requested")),
    "resolved": Status("ok", _("Resolved")),
    "revoked": Status("bad", _("Revoked")),
    "scheduled": Status("info", _("Scheduled")),
    "sent": Status("info", _("Sent")),
    "settled": Status("ok", _("Settled")),
    "solved": Status("ok", _("Solved")),
    "started": Status("info", _("In progress")),
    "submitted": Status("info", _("Submitted")),
    "suspended": Status("bad", _("Suspended")),
    "valid": Status("ok", _("Valid")),
    "verified": Status("ok", _("Verified")),
    "waiting": Status("warn", _("Waiting")),
    "withdrawn": Status("", _("Withdrawn")),
}


def status(code: str) -> Status:
    """Return how a state looks; one we have no word for is shown plainly, never hidden."""
    known = STATUSES.get(code.lower())
    return known or Status("", code.replace("_", " ").capitalize())
