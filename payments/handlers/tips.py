"""Tips: taken from cards that were kept, and never left lying."""

from datetime import timedelta
from uuid import UUID

from kernel import clock
from kernel.events import on
from kernel.timers import set_timer, timer
from payments.actions.watch_tip import watch_tip
from payments.events import MoneyReleased
from payments.events.payments import ChargeAsked
from payments.models import Earning
from payments.tasks.payments import charge_saved

AT_MOST_HELD = timedelta(hours=48)


@on(ChargeAsked)
def take_it(fact: ChargeAsked) -> None:
    """Take a payment from a card that was kept."""
    charge_saved.delay(payment_id=fact.payment_id)


@timer("payments.charge_saved")
def take_it_again(subject_id: UUID) -> None:
    """Take a payment from a card that was kept, again."""
    charge_saved.delay(payment_id=str(subject_id))


@on(MoneyReleased)
def look_after_its_tips(fact: MoneyReleased) -> None:
    """Look two days after a job whether every tip has reached its worker."""
    earning = Earning.objects.get(reference=fact.reference)
    at = clock.now() + AT_MOST_HELD
    set_timer("payments.tip_held", subject_id=earning.pk, at=at)


@timer("payments.tip_held")
def look(subject_id: UUID) -> None:
    """Alarm somebody about tips that are still held."""
    watch_tip(earning_id=subject_id)
