"""Whatever happens, in whatever order: the money is right after each step.

`bin/nightly` takes 10,000 steps that nobody took before; the gate always takes the same ones. Each
run tells its seed and what has happened; `MONEY_SEED=<seed>` lives the same lives again, with
`MONEY_LIFE=<number>` one of them.
"""

import os
import random
import sys

import pytest
from hypothesis import settings

from tests.support.money_machine import Anything, a_business, as_lines, live, shortest

NIGHTLY = settings.get_current_profile_name() == "nightly"
SHRINK = "MONEY_SHRINK" in os.environ  # Takes a while: every try is a life of its own.
ONE = os.environ.get("MONEY_LIFE")
GATE_SEED = 20261121
LIVES = [int(ONE)] if ONE else range(50 if NIGHTLY else 2)
STEPS = 100 if NIGHTLY else 50
HAPPENS = {
    *("charge.captured", "psp.fee", "fee.trued_up", "psp.settled", "job.accrued", "job.released"),
    *("tip.captured", "tip.earned", "tip.returned", "tip.lost", "voucher: pay", "voucher: expire"),
    *("card charged without its owner", "card wants its owner"),
    *("payee.allocated", "payee.taken_back", "cashout.requested", "cashout.paid"),
    *("cashout.failed", "cashout.returned", "cashout.cancelled", "cash-out tried again"),
    *("cash-out waited for money", "account restricted", "wallet frozen"),
    *("refund.due", "refund.paid", "refund.failed", "refund.to_credit", "refund made needless"),
    *("refund mended: again", "refund mended: bank", "refund transferred by hand"),
    *("dispute of a job", "dispute of a tip", "dispute.opened", "dispute.won", "dispute.lost"),
    *("dispute appealed", "fraud warning", "fraud warning dismissed"),
    *("hold.opened", "hold.released", "worker.compensated", "credit.granted"),
    *("crash before commit", "crash after commit", "crash before request", "crash after request"),
    *("webhook lost", "webhook late", "webhook repeated", "webhooks reordered"),
    *("fault timeout_before", "fault timeout_after", "fault 500", "fault 500_after", "fault 429"),
    *("voucher: fail", "paid after it was called off"),
    *("credit.used", "credits let go", "cash.collected", "cash.settled", "cash contested"),
    *("float.funded", "cash-out lent", "advance.repaid"),
    *("account lost", "bank account given", "batch approved"),
    *("transfer paid", "transfer rejected", "transfer returned"),
    "compared with the provider",
}


@pytest.mark.django_db
@pytest.mark.timeout(6 * 3600 if NIGHTLY or SHRINK else 600, func_only=True)
@pytest.mark.parametrize("half", ["one", "two"] if NIGHTLY else ["one"])
def test_the_books_balance_after_every_step_of_any_life(half, record_property):
    fresh = random.SystemRandom().randrange(2**32) if NIGHTLY else GATE_SEED
    seed = int(os.environ.get("MONEY_SEED") or fresh)
    taken = 0
    with a_business() as world:
        try:
            for number in LIVES:
                sys.stderr.write(f"MONEY_SEED={seed} MONEY_LIFE={number} ({half})\n")
                taken += _live(world, random.Random(f"{seed}/{half}/{number}"))
        finally:
            told = [f"{count:6} {what}" for what, count in sorted(world.happened.items())]
            told = [f"MONEY_SEED={seed}, half {half}: {taken} steps, in which", *told]
            record_property("told", "\n".join(told))

    assert taken == len(LIVES) * STEPS
    if NIGHTLY and not ONE:
        assert sorted(HAPPENS - set(world.happened)) == []


def _live(world, luck):
    steps, survived = [], False
    try:
        live(world, _noted(Anything.drawn(luck), steps), length=STEPS)
        survived = True
    finally:
        if SHRINK and not survived:
            sys.stderr.write(f"the shortest that fails:\n{as_lines(shortest(world, steps))}\n")
    return STEPS


def _noted(steps, noted):
    for step in steps:
        noted.append(step)
        yield step
