"""Who pays a refund or a lost dispute once the work was done: pure arithmetic, to the cent.

The parts of the price go back in proportion: the platform's fee, the tax, the worker's share, and
what is left is the business's, which also bears what the processor keeps. Where the worker is not
at fault the business pays the worker's part as well, and the taxes kept back of it stay where they
are: the worker keeps what was earned. Where the worker is at fault, those taxes go back in the same
proportion, so that the worker never pays back what never was theirs. Divided step by step, several
refunds of one job never take more of a part than one refund of the whole would.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kernel.errors import Invalid
from payments.rules.blocks import PriceBlocks

FAULTS = ("worker", "customer", "platform", "none")


class FaultUnknown(Invalid):
    code = "refund.fault"
    title = "Please say whose fault it was, or that it was nobody's."


class FindingMissing(Invalid):
    code = "refund.finding"
    title = "Please write down, in at least 10 characters, what you found and why."


FINDING_AT_LEAST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Who bears how much, in minor units; the sum is what goes back."""

    worker: int = 0
    tenant: int = 0
    platform: int = 0
    tax: int = 0
    loss: int = 0
    withheld: tuple[int, ...] = ()  # Of each tax that was kept back of the worker's part.

    @property
    def total(self) -> int:
        """All of it."""
        others = self.worker + self.tenant + self.platform + self.tax + self.loss
        return others + sum(self.withheld)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClawBack:
    """Where a worker's part comes from, in minor units."""

    pending: int = 0
    held: int = 0
    available: int = 0
    receivable: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.pending + self.held + self.available + self.receivable


def check_fault(fault: str, finding: str) -> None:
    """Refuse an unknown fault, and a worker's fault that nobody explained."""
    if fault not in FAULTS:
        raise FaultUnknown(fields=["fault"])
    if fault == "worker" and len(finding.strip()) < FINDING_AT_LEAST:
        raise FindingMissing(fields=["finding"])


def split_refund(
    *,
    amount: int,
    before: int,
    blocks: PriceBlocks,
    fault: str,
    withheld: Sequence[int] = (),
    worker_pays: int | None = None,
) -> Split:
    """Divide an amount of a delivered job; `before` is what went back of it earlier.

    Never more of the worker's part than the job's own share, and nothing of a tip. `withheld` are
    the taxes that were kept back of that share. `worker_pays` says what a finding has come to, to
    the cent, instead of the proportion.
    """
    whole = blocks.service.minor
    platform = _next(blocks.platform.minor, amount, before, whole)
    tax = _next(blocks.tax.minor, amount, before, whole)
    share = _next(blocks.worker.minor, amount, before, whole)
    if worker_pays is not None:
        left = blocks.worker.minor - _share_of(blocks.worker.minor, before, whole)
        share = min(worker_pays, left)
    platform = min(platform, amount)
    tax = min(tax, amount - platform)
    share = min(share, amount - platform - tax)
    at_fault = fault == "worker"
    taxes = _taxes_back(withheld, share, amount, before, whole) if at_fault else ()
    return Split(
        worker=share - sum(taxes) if at_fault else 0,
        loss=0 if at_fault else share,
        platform=platform,
        tax=tax,
        tenant=amount - platform - tax - share,
        withheld=taxes,
    )


def _taxes_back(
    withheld: Sequence[int], share: int, amount: int, before: int, whole: int
) -> tuple[int, ...]:
    """Return what of each tax goes back with a worker's part, never more than the part."""
    left, found = share, []
    for tax in withheld:
        part = min(left, _next(tax, amount, before, whole))
        left -= part
        found.append(part)
    return tuple(found)


def split_lost(
    *, amount: int, before: int, blocks: PriceBlocks, fault: str, withheld: Sequence[int] = ()
) -> Split:
    """Divide a job's lost dispute: as a refund, but the business's own part is a loss of it."""
    split = split_refund(
        amount=amount, before=before, blocks=blocks, fault=fault, withheld=withheld
    )
    return replace(split, loss=split.loss + split.tenant, tenant=0)


def _next(part: int, amount: int, before: int, whole: int) -> int:
    return _share_of(part, before + amount, whole) - _share_of(part, before, whole)


def _share_of(part: int, amount: int, whole: int) -> int:
    """Return part·amount/whole, rounded half up."""
    if whole <= 0:
        return 0
    return (2 * part * amount + whole) // (2 * whole)


def claw_back(*, due: int, pending: int, held: int, available: int) -> ClawBack:
    """Take what is due from the job's pending share, its hold, the wallet; the rest is owed."""
    from_pending = min(due, pending)
    from_hold = min(due - from_pending, held)
    from_available = min(due - from_pending - from_hold, max(0, available))
    return ClawBack(
        pending=from_pending,
        held=from_hold,
        available=from_available,
        receivable=due - from_pending - from_hold - from_available,
    )


def set_off(*, released: int, owed: int, rate_bp: int) -> int:
    """Return what of a release pays debts: at most a rate of it, rounded down."""
    return min(owed, released * rate_bp // 10_000)


def contested(*, amount: int, work: int, fee: int) -> int:
    """Return what a customer gets back for a contested amount of the work: it, and its fee."""
    return amount + _share_of(fee, amount, work)
