"""Taxes as lines: none by default, inside prices or kept back of earnings, version by version."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from kernel import clock
from payments.actions.accrue import accrue
from payments.actions.release import release
from payments.actions.set_tax import OwnersDecideTaxes, adopt_profile, end_tax, set_tax
from payments.models import Earning, Posting, TaxRule
from payments.queries import wallet_of
from payments.queries.taxes import tax_lines, today
from payments.rules.tax_profiles import DRAFTS
from payments.rules.taxes import (
    EARNINGS,
    EXTRACTED,
    FEE,
    WITHHELD,
    TaxInvalid,
    TaxLine,
    above_threshold,
    check_line,
    in_force,
    rate_inside,
    withhold,
    withhold_of_kept,
)
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import WORKED, member_id, mxn, paid

ISR = TaxLine(code="isr", on=EARNINGS, method=WITHHELD, rate_bp=100, account="isr")
IVA = TaxLine(code="iva_ret", on=EARNINGS, method=WITHHELD, rate_bp=800, threshold_minor=60_000)


def test_each_line_keeps_back_its_rate_half_up_and_below_its_threshold_nothing():
    assert [(each.code, each.minor) for each in withhold([ISR, IVA], earned_minor=51_040)] == [
        ("isr", 510)
    ]
    assert [each.minor for each in withhold([ISR, IVA], earned_minor=70_000)] == [700, 800]


@pytest.mark.parametrize(
    ("before", "earned", "kept"),
    [
        (0, 60_000, 0),
        (0, 60_100, 8),
        (30_000, 40_000, 800),
        (60_000, 1_000, 80),
        (90_000, 1_000, 80),
    ],
)
def test_a_month_is_free_up_to_its_threshold_and_taxed_above_it(before, earned, kept):
    found = withhold([IVA], earned_minor=earned, before_minor=before)
    assert sum(each.minor for each in found) == kept
    assert {each.before_minor for each in found} <= {before}


@given(
    jobs=st.lists(st.integers(0, 10**7), min_size=1, max_size=6), threshold=st.integers(0, 10**7)
)
def test_however_a_month_is_cut_into_jobs_the_part_above_is_the_same(jobs, threshold):
    earned, above = 0, 0
    for job in jobs:
        above += above_threshold(job, threshold_minor=threshold, before_minor=earned)
        earned += job

    assert above == max(0, earned - threshold)


def test_never_more_is_kept_back_than_was_earned():
    greedy = [TaxLine(code=f"t{n}", on=EARNINGS, method=WITHHELD, rate_bp=6_000) for n in range(3)]

    assert [each.minor for each in withhold(greedy, earned_minor=100)] == [60, 40]


def test_what_a_quote_froze_holds_for_a_kept_part_too():
    frozen = withhold([ISR], earned_minor=51_040)

    assert [each.minor for each in withhold_of_kept(frozen, earned_minor=17_400)] == [174]


def test_a_kept_part_is_taxed_after_what_the_month_had_brought():
    frozen = withhold([IVA], earned_minor=40_000, before_minor=30_000)

    assert [each.minor for each in withhold_of_kept(frozen, earned_minor=35_000)] == [400]
    assert withhold_of_kept(frozen, earned_minor=30_000) == []


def test_a_line_holds_from_its_first_day_until_before_its_last():
    line = TaxLine(
        code="x", on=FEE, method=EXTRACTED, rate_bp=1, starts_on=date(2026, 1, 1),
        ends_on=date(2026, 2, 1),
    )  # fmt: skip

    assert [bool(in_force([line], on=day)) for day in (
        date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)
    )] == [False, True, True, False]  # fmt: skip
    assert rate_inside([line], base=FEE) == 1
    assert rate_inside([ISR], base=FEE) is None


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_every_draft_makes_sense_in_three_languages(draft):
    for line in draft:
        assert check_line(line).wording.keys() == {"es", "pt", "en"}


def test_nothing_is_kept_back_from_prices_or_hidden_in_earnings():
    with pytest.raises(TaxInvalid):
        check_line(TaxLine(code="x", on=FEE, method=WITHHELD, rate_bp=1))


def test_by_default_there_are_none_and_a_profile_is_adopted_once(patitas, olga):
    assert tax_lines() == []
    assert {row.code for row in adopt_profile(by=olga)} == {"iva", "isr", "iva_ret"}
    assert adopt_profile(by=olga) == []
    assert len(tax_lines()) == 3


def test_a_change_is_a_new_version_and_the_old_one_ends(patitas, olga):
    first = set_tax(by=olga, line=ISR)
    with clock.travelling_to(clock.now() + timedelta(days=3)):
        second = set_tax(
            by=olga, line=TaxLine(code="isr", on=EARNINGS, method=WITHHELD, rate_bp=250)
        )
        first.refresh_from_db()
        assert (first.ends_on, second.version) == (today(), 2)
        assert [line.rate_bp for line in tax_lines()] == [250]
        end_tax(by=olga, tax_id=second.pk)
        assert tax_lines() == []


def test_only_owners_decide(patitas, mora, ana):
    for actor in (mora, ana):
        with pytest.raises(OwnersDecideTaxes):
            set_tax(by=actor, line=ISR)
    assert not TaxRule.objects.exists()


def test_the_database_refuses_a_tax_that_makes_no_sense(patitas):
    with pytest.raises(IntegrityError), transaction.atomic():
        TaxRule.objects.create(
            code="x", country="MX", on="fee", method="withheld", rate_bp=1, account="x",
            starts_on=date(2026, 1, 1),
        )  # fmt: skip


def test_what_is_kept_back_is_the_tax_offices_under_its_code(patitas, ana, clara):
    payment = paid(clara)
    kept = withhold([ISR], earned_minor=WORKED.worker.minor)
    accrue(
        reference=payment.reference,
        worker_member_id=member_id(ana),
        payment_id=payment.pk,
        blocks=WORKED,
        key="delivered",
        withheld=kept,
    )
    assert wallet_of(ana).pending == mxn(50_530)
    release(reference=payment.reference, key="completed")

    rows = Posting.objects.filter(entry__kind="tax.withheld")
    assert {
        (row["account__kind"], row["account__sub"]): row["sum"]
        for row in rows.values("account__kind", "account__sub").annotate(sum=Sum("amount"))
    } == {("worker_pending", ""): 510, ("tax_payable", "isr"): -510}
    assert wallet_of(ana).available == mxn(50_530 + 5_000)
    assert wallet_of(ana).pending == mxn(0)
    assert Earning.objects.get().withheld[0]["minor"] == 510


def test_the_office_adopts_the_draft_changes_a_rate_and_ends_it(patitas, olga, mora):
    office = signed_in_client("olga", strong=True)
    first = office.get("/office/taxes/").content.decode()
    assert "No has capturado ningún impuesto." in first
    assert "de impuesto al valor agregado, la tasa usual de tu país" in first
    office.post("/office/taxes/adopt/")
    asked = {"code": "isr", "on": "worker_earnings", "rate": "2.5", "wording": "ISR"}
    assert office.post("/office/taxes/", asked).status_code == 302

    assert TaxRule.objects.get(code="isr", ends_on=None).rate_bp == 250
    assert office.post("/office/taxes/", asked | {"rate": "0"}).status_code == 422
    office.post(f"/office/taxes/{TaxRule.objects.get(code='isr', ends_on=None).pk}/end/")
    assert "isr" not in {line.code for line in tax_lines()}
    assert signed_in_client("mora", strong=True).get("/office/taxes/").status_code == 404
