"""One unit in three, a currency without decimals, 33.33 %: exact, through Stripe's own SDK."""

from dataclasses import replace

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from kernel.actor import Role
from kernel.edge import working_for
from kernel.money import Money, divide_minor, portion_minor
from marketplace.bookings.rules import commission
from marketplace.bookings.rules.lines import Kind, Line
from marketplace.bookings.rules.price import Rates, price
from payments.actions.refund import refund
from payments.models import Payment, Posting, Receipt
from payments.queries import wallet_of
from payments.queries.papers import receipt_paper
from payments.rules.blocks import PriceBlocks
from payments.rules.paper import plain_amount
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_money import done, owes

CORDILLERA = replace(
    PATITAS,
    slug="cordillera",
    name="Cordillera",
    country="CL",
    currency="CLP",
    timezone="America/Santiago",
    city="Santiago",
)


@pytest.fixture
def in_chile(db):
    """Cordillera counts in Chilean pesos, which have no cents; we work for it."""
    tenant = open_tenant(opening=CORDILLERA, owner=person("olga"))
    with working_for(tenant.pk):
        yield tenant


@pytest.fixture
def ana(in_chile):
    return joins("ana", Role.WORKER)


@pytest.fixture
def clara(in_chile):
    return joins("clara", Role.CUSTOMER)


def books(reference: str) -> dict[tuple[str, str], int]:
    rows = Posting.objects.filter(entry__ref=reference).values("entry__kind", "account__kind")
    return {
        (row["entry__kind"], row["account__kind"]): row["sum"]
        for row in rows.annotate(sum=Sum("amount"))
    }


def worked(minor: int, currency: str, rate_bp: int = 3_333):
    rule = commission.Rule(kind=commission.Kind.WORKER_COMMISSION, made_at=None, rate_bp=rate_bp)
    nothing = commission.Rule(kind=commission.Kind.CUSTOMER_FEE, made_at=None)
    line = Line(kind=Kind.SERVICE, code="work", label="", unit_minor=minor)
    return price(
        lines=[line],
        tip=Money(currency, 0),
        commission_rule=rule,
        fee_rule=nothing,
        rates=Rates(tax_bp=1_900, platform_bp=100, processor_bp=360),
    )


def test_29_one_unit_in_three_and_a_third_are_exact():
    assert divide_minor(1, weights=(1, 1, 1)) == [1, 0, 0]
    assert divide_minor(-1, weights=(1, 1, 1)) == [-1, 0, 0]
    assert divide_minor(100, weights=(1, 1, 1)) == [34, 33, 33]
    assert portion_minor(1, basis_points=3_333) == 0
    assert portion_minor(10, basis_points=3_333) == 3
    assert portion_minor(1_990, basis_points=3_333) == 663


def test_29_the_parts_of_a_third_sum_to_the_price():
    blocks = worked(1_990, "CLP").blocks

    assert blocks.total == Money("CLP", 1_990)
    assert {part: getattr(blocks, part).minor for part in ("worker", "tenant", "tax")} == {
        "worker": 1_327,
        "tenant": 465,
        "tax": 106,
    }
    assert (blocks.platform.minor, blocks.processor.minor) == (20, 72)


@given(st.integers(0, 10**9), st.integers(0, 10_000))
def test_29_parts_sum_for_any_price_and_rate(minor, rate_bp):
    assert worked(minor, "CLP", rate_bp).blocks.total.minor == minor


def test_29_pesos_without_cents_reach_stripe_as_they_are(in_chile, stripe_sandbox, ana, clara):
    blocks = worked(1_990, "CLP").blocks
    payment = stripe_sandbox.pays(clara, owes(clara, blocks=blocks))
    done(payment, ana, blocks=blocks)
    stripe_sandbox.deliver()

    charged = stripe_sandbox.rows("payment_intents")
    assert [(row["amount"], row["currency"]) for row in charged] == [(1_990, "clp")]
    ledger = books(payment.reference)
    assert ledger["charge.captured", "customer_deposit"] == -1_990
    assert ledger["job.accrued", "worker_pending"] == -1_327
    assert ledger["job.accrued", "tenant_pending"] == -465
    assert ledger["job.accrued", "tax_payable"] == -106
    assert ledger["job.released", "worker_available"] == -1_327
    assert wallet_of(ana).available == Money("CLP", 1_327)


def test_29_cents_reach_stripe_as_cents(patitas, stripe_sandbox):
    clara = joins("clara", Role.CUSTOMER)
    stripe_sandbox.pays(clara, owes(clara, blocks=PriceBlocks.of("MXN", worker=1_990)))

    charged = stripe_sandbox.rows("payment_intents")
    assert [(row["amount"], row["currency"]) for row in charged] == [(1_990, "mxn")]


def test_29_receipts_and_refunds_write_pesos_without_cents(in_chile, stripe_sandbox, ana, clara):
    blocks = worked(1_990, "CLP").blocks
    payment = stripe_sandbox.pays(clara, owes(clara, blocks=blocks))
    refund(
        by=clara,
        payment_id=payment.pk,
        amount=Money("CLP", 663),
        tip=Money("CLP", 0),
        reason="third",
        key="third",
    )
    stripe_sandbox.deliver()

    assert Payment.objects.get().refunded_minor == 663
    assert [row["amount"] for row in stripe_sandbox.rows("refunds")] == [663]
    given_back = Receipt.objects.get(kind="refund")
    assert receipt_paper(given_back).headline.replace("\xa0", " ") == "$663 CLP"
    assert plain_amount(given_back.total) == "663"
