"""What may be done with a request to a provider, by what is known of it.

Providers remember a key for a day (docs.stripe.com/api/idempotent_requests); after that the same
key would do the same thing twice. So from 23 hours on nothing is sent again: it is looked up.
"""

from datetime import timedelta

from kernel.errors import Conflict

STATES = ("prepared", "sent", "succeeded", "failed", "unknown", "bug")
SEND, LOOK_UP, REFUSED, MISUSED = "send", "look_up", "refused", "misused"
SAFE_TO_REPEAT = timedelta(hours=23)
SLACK = timedelta(hours=1)  # Between their clock and ours, when we look for what was made.


class CallSettled(Conflict):
    code = "call.settled"
    title = "This request has an answer already."


def next_step(state: str, *, since_first_sent: timedelta) -> str:
    """Return what to do with a request: send it, look up what became of it, or neither.

    `prepared` was never sent, so it may be sent however old it is.
    """
    if state == "bug":
        return MISUSED
    if state == "failed":
        return REFUSED
    if state == "prepared" or since_first_sent <= SAFE_TO_REPEAT:
        return SEND
    return LOOK_UP
