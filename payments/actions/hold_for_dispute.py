"""While a bank decides, the worker's part of a payment rests; tips never do."""

from datetime import timedelta

from kernel import clock
from kernel.actor import PSP
from kernel.events import publish
from kernel.money import Money
from payments.actions.hold import open_hold, release_hold
from payments.actions.locks import locked_earning_of
from payments.events.disputes import ShareHeld
from payments.models import Dispute, Earning, Hold
from payments.queries.disputes import stake_of
from payments.rules.claw_back import split_lost

WARNING_RESTS = timedelta(days=14)


def contested_share(dispute: Dispute, earning: Earning) -> int:
    """Return the part of a job's share that a dispute is about: what a lost one could take."""
    at_stake = stake_of(dispute).job
    left = earning.blocks.service.minor - earning.back_minor
    split = split_lost(
        amount=max(0, min(at_stake, left)),
        before=earning.back_minor,
        blocks=earning.blocks,
        fault="worker",
        withheld=earning.taxes_kept,
    )
    return split.worker


def hold_share(*, dispute: Dispute) -> Hold | None:
    """Let the contested share rest, less what rests of this job already; tell the worker."""
    earning = locked_earning_of(dispute.payment)
    if earning is None:
        return None
    resting = sum(each.remaining_minor for each in earning.holds.all())
    minor = contested_share(dispute, earning) - resting
    if minor <= 0:
        return None
    warned = dispute.kind == Dispute.WARNING
    hold = open_hold(
        member_id=earning.worker_id,
        amount=Money(earning.currency, minor),
        reason=Hold.REVIEW if warned else Hold.DISPUTE,
        until=clock.now() + WARNING_RESTS if warned else dispute.due_at,
        about=f"dispute:{dispute.pk}",
        reference=earning.reference,
    )
    publish(
        ShareHeld(
            dispute_id=str(dispute.pk),
            worker_member_id=str(earning.worker_id),
            reference=earning.reference,
            amount_minor=hold.amount_minor,
            currency=hold.currency,
        ),
        by=PSP,
    )
    return hold


def free_share(*, dispute: Dispute) -> None:
    """Give back what rested for a payment's disputes and warnings, now that one is decided."""
    about = [
        f"dispute:{each.pk}"
        for each in Dispute.objects.filter(payment_id=dispute.payment_id)
        if each.pk == dispute.pk or each.kind == Dispute.WARNING or not each.running
    ]
    for hold in Hold.objects.filter(about__in=about, remaining_minor__gt=0):
        release_hold(hold_id=hold.pk)
