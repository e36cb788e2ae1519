"""Whatever happens, in whatever order: the money is right after each step.

`pytest tests/payments/test_lives.py --hypothesis-profile=nightly -s` takes 10,000 steps; a failure
prints its steps and its seed, and `MONEY_SEED=<seed>` takes the same ones again.
"""

import os
import random
import sys

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.money_machine import Lives

SHRINK = "MONEY_SHRINK" in os.environ  # Takes long: every try is a life of its own.
NIGHTLY = settings.get_current_profile_name() == "nightly"
HAPPENS = {
    *("charge.captured", "tip.captured", "psp.fee", "job.accrued", "job.released", "tip.earned"),
    *("payee.allocated", "payee.taken_back", "cashout.requested", "cashout.paid"),
    *("cashout.failed", "cashout.returned", "refund.due", "refund.paid", "refund.failed"),
    *("tip.returned", "hold.opened", "hold.released", "worker.compensated"),
}
SIZE = {"max_examples": 200, "stateful_step_count": 50} if NIGHTLY else {"max_examples": 4}


@pytest.mark.django_db
@pytest.mark.timeout(4 * 3600 if NIGHTLY else 170)
def test_the_books_balance_after_every_step_of_any_life():
    chosen = int(os.environ.get("MONEY_SEED") or random.SystemRandom().randrange(2**32))
    sys.stdout.write(f"MONEY_SEED={chosen}\n")  # Shown when it fails, and with -s.

    try:
        run_state_machine_as_test(
            seed(chosen)(Lives),
            settings=settings(
                deadline=None,
                database=None,
                phases=(Phase.generate, Phase.shrink) if SHRINK else (Phase.generate,),
                suppress_health_check=list(HealthCheck),
                **SIZE,
            ),
        )
    finally:
        told = f"{Lives.steps} steps, {Lives.lives} lives, compared {Lives.compared} times"
        sys.stdout.write(f"{told}\n{dict(Lives.written)}\n")

    assert Lives.compared > 0
    if NIGHTLY:
        assert set(Lives.written) >= HAPPENS
