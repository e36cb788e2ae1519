"""A part of what a new worker earns rests for two weeks, where the business wants it so."""

from datetime import timedelta

from kernel import clock
from kernel.money import Money
from payments.actions.hold import open_hold
from payments.models import Earning, Hold
from payments.queries import wallet_facts
from payments.rules.tiers import NEW
from payments.tenant_settings import CashOutSettings
from tenants.tenancy.queries import settings_of

RESTS = timedelta(days=14)


def rest_a_part(earning: Earning) -> None:
    """Let the reserve of a job that was just released rest, if there is one to keep."""
    rate = settings_of(CashOutSettings).reserve_bp
    minor = earning.worker_minor * rate // 10_000
    if not minor or wallet_facts(earning.worker_id).tier != NEW:
        return
    open_hold(
        member_id=earning.worker_id,
        amount=Money(earning.currency, minor),
        reason=Hold.RESERVE,
        until=clock.now() + RESTS,
        about=f"reserve:{earning.reference}"[:120],
        reference=earning.reference,
    )
