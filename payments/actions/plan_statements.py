"""The next statements are planned: on the first of the month, at six in the morning."""

from datetime import date, timedelta
from uuid import UUID

from kernel import clock
from kernel.timers import set_timer
from payments.rules.statements import due_at, month_of
from tenants.tenancy.queries import here

STATEMENTS = "payments.statements"


def plan_statements() -> None:
    """Plan this month's statements. Safe to repeat: there is one timer a month."""
    tenant, at = here(), clock.now()
    month = month_of(at, zone=tenant.timezone)
    set_timer(
        STATEMENTS,
        subject_id=UUID(int=tenant.pk),
        at=due_at(month, zone=tenant.timezone),
        entry=f"{month:%Y-%m}",
    )


def month_to_state() -> date:
    """Return the month that is over: the one before now."""
    this = month_of(clock.now(), zone=here().timezone)
    return (this - timedelta(days=1)).replace(day=1)
