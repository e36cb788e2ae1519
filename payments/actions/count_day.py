"""What leaves in a day for all workers together is counted, one cash-out after the other."""

from kernel import clock
from payments.models import Payout, RailDay
from payments.queries.wallet_facts import rail_today
from payments.rules.cash_out import CashOutRefused
from payments.rules.paydays import day_and_week
from tenants.tenancy.queries import here


def count_day(*, payout: Payout, most_minor: int | None) -> None:
    """Count a cash-out that is kept already, or refuse it: two at once cannot both be the last.

    The day's row is locked until the end of the transaction, only where there is a limit.
    """
    if most_minor is None:
        return
    provider = payout.payee.provider
    day, _ = day_and_week(clock.now(), here().timezone)
    row, _made = RailDay.objects.get_or_create(
        provider=provider,
        currency=payout.currency,
        day=day.date(),
        defaults={"most_minor": most_minor},
    )
    row = RailDay.objects.select_for_update(no_key=True).get(pk=row.pk)
    used = rail_today(provider)
    if used > most_minor:
        raise CashOutRefused(reasons=["rail_day"])
    row.used_minor, row.most_minor = used, most_minor
    row.save(update_fields=["used_minor", "most_minor"])
