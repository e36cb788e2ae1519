"""When so many workers do not want to meet a customer that a person should look at it."""

from datetime import datetime, timedelta

WITHIN = timedelta(days=180)
SO_MANY = 3


def needs_a_look(*, blocked_at: dict[str, datetime], at: datetime) -> bool:
    """Tell whether three or more different workers said "not again" within 180 days.

    `blocked_at`: by worker. It asks a person to look; nothing happens to the customer by itself.
    """
    return sum(at - WITHIN <= said <= at for said in blocked_at.values()) >= SO_MANY
