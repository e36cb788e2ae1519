"""Comparing the books, every night and when somebody asks; in the background."""

from datetime import date, timedelta
from typing import Any

from celery import shared_task

from kernel import clock
from kernel.context import HOUSE
from payments.actions.ask_person import sound_old_ones
from payments.actions.catch_up import catch_up
from payments.actions.match_bank_lines import match_bank_lines
from payments.actions.reconcile import Findings, reconcile
from payments.actions.stop_payouts import stop_payouts
from payments.actions.take_snapshots import take_snapshots
from payments.providers import provider_name
from payments.tasks.talk import hear_missed, refresh_object
from tenants.tenancy.queries import all_tenants

SECOND_LOOK_SECONDS = 600  # By then the tenants have looked at what we missed.


@shared_task(name="payments.tasks.nightly", tenantless=True)
def nightly() -> None:
    """Hear what was missed, look at all that is under way, compare yesterday's books."""
    house = {"tenant": HOUSE}
    hear_missed.apply_async(headers=house)
    for tenant_id in [HOUSE, *all_tenants().values_list("pk", flat=True)]:
        look_around.apply_async(headers={"tenant": tenant_id})
    yesterday = clock.now().date() - timedelta(days=1)
    compare_books.apply_async(kwargs={"day": yesterday.isoformat()}, headers=house)


@shared_task(name="payments.tasks.look_around", acks_late=True)
def look_around(**_: object) -> None:
    """Look at everything of one tenant that is under way, and alarm about what waits too long."""
    catch_up()
    match_bank_lines()
    sound_old_ones(at=clock.now())


@shared_task(name="payments.tasks.compare_books", acks_late=True)
def compare_books(*, day: str, final: bool = False, **_: object) -> None:
    """Compare one day, let what was missed be looked at, and compare once more. For the house."""
    findings = reconcile(provider=provider_name(), day=date.fromisoformat(day), final=final)
    spread(findings)
    if not final:
        again: dict[str, Any] = {"day": day, "final": True}
        compare_books.apply_async(
            kwargs=again, headers={"tenant": HOUSE}, countdown=SECOND_LOOK_SECONDS
        )


def spread(findings: Findings) -> None:
    """Bring what a comparison found to the tenants it concerns."""
    for tenant_id, object_id in findings.look_again:
        refresh_object.apply_async(kwargs={"object_id": object_id}, headers={"tenant": tenant_id})
    for tenant_id, equations in findings.stopped.items():
        facts = {"equations": equations, "day": findings.run.day.isoformat()}
        stop.apply_async(kwargs=facts, headers={"tenant": tenant_id})


@shared_task(name="payments.tasks.stop_payouts", acks_late=True)
def stop(*, equations: list[str], day: str, **_: object) -> None:
    """Stop a tenant's payouts until a person has looked."""
    stop_payouts(equations=equations, day=day)


@shared_task(name="payments.tasks.take_snapshots", tenantless=True)
def sum_up() -> None:
    """Sum up what the ledger keeps no balance of."""
    take_snapshots()
