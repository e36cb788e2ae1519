"""How much may be taken out: the worked figures, and what holds for all figures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.rules.cash_out import (
    CashOutPolicy,
    CashOutRefused,
    OptionUnknown,
    WalletFacts,
    check_request,
    fee_basis_points,
    quote,
)
from payments.rules.payment_states import RANKS, STATES, rises, shown_state
from payments.rules.payout_states import STATES as PAYOUT_STATES
from payments.rules.payout_states import STEPS, StepImpossible, after

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORKED = WalletFacts(
    at=NOON, available_minor=100_000, unsettled_minor=40_000, unsettled_tips_minor=5_000
)
amounts = st.integers(min_value=0, max_value=10**9)
facts = st.builds(
    WalletFacts,
    at=st.just(NOON),
    available_minor=amounts,
    unsettled_minor=amounts,
    unsettled_tips_minor=amounts,
    advanced_minor=amounts,
)
policies = st.builds(
    CashOutPolicy,
    advance_rate_bp=st.integers(0, 9_500),
    float_minor=amounts,
    fast_fee_minor=st.integers(0, 10_000),
    fast_rail=st.sampled_from([None, "instant"]),
)


def test_the_worked_figures_with_a_float():
    policy = CashOutPolicy(advance_rate_bp=8_000, float_minor=20_000)

    assert quote(WORKED, policy).allowed_minor == 75_000
    assert quote(WORKED, policy).advance_minor == 20_000


def test_the_worked_figures_without_a_float():
    answer = quote(WORKED, CashOutPolicy(advance_rate_bp=8_000))

    assert answer.allowed_minor == 55_000
    assert answer.advance_minor == 0
    assert [(each.code, each.minor) for each in answer.reasons] == [("unsettled", 45_000)]


@given(facts, policies)
def test_never_more_than_there_is(known, policy):
    answer = quote(known, policy)

    assert 0 <= answer.allowed_minor <= known.available_minor
    assert all(0 <= each.most_minor <= answer.allowed_minor for each in answer.options)
    assert answer.options[0].name == "free"
    assert answer.options[0].fee_minor == 0


@given(facts, policies, amounts)
def test_more_settled_money_never_lowers_it(known, policy, more):
    richer = replace(known, available_minor=known.available_minor + more)

    assert quote(richer, policy).allowed_minor >= quote(known, policy).allowed_minor


@given(facts, policies)
def test_what_settles_never_lowers_it(known, policy):
    settled = replace(known, unsettled_minor=0, unsettled_tips_minor=0, advanced_minor=0)

    assert quote(settled, policy).allowed_minor >= quote(known, policy).allowed_minor


@given(facts, policies)
def test_equal_questions_get_equal_answers(known, policy):
    assert quote(known, policy) == quote(known, policy)


@pytest.mark.parametrize(
    ("changed", "policy", "code"),
    [
        ({"payee_active": False}, {}, "no_account"),
        ({"frozen": True}, {}, "frozen"),
        ({"held_until": NOON + timedelta(hours=1)}, {}, "new_destination"),
        ({}, {"paused": True}, "paused"),
        ({"open_count": 1}, {}, "open"),
        ({"today_count": 5}, {}, "day_limit"),
        ({"available_minor": 0, "unsettled_minor": 0, "unsettled_tips_minor": 0}, {}, "nothing"),
        ({}, {"minimum_minor": 55_001}, "unsettled"),
        (
            {"available_minor": 99, "unsettled_minor": 0, "unsettled_tips_minor": 0},
            {"minimum_minor": 100},
            "minimum",
        ),
    ],
)
def test_what_stops_it_is_said(changed, policy, code):
    answer = quote(replace(WORKED, **changed), CashOutPolicy(**policy))

    assert answer.allowed_minor == 0
    assert code in [each.code for each in answer.reasons]


def test_a_rest_that_is_over_stops_nothing():
    assert quote(replace(WORKED, held_until=NOON), CashOutPolicy()).allowed_minor == 55_000


def test_the_fast_way_costs_what_is_said_and_leaves_less():
    policy = CashOutPolicy(fast_rail="instant", fast_fee_minor=500)
    free, fast = quote(WORKED, policy).options

    assert (free.fee_minor, free.most_minor) == (0, 55_000)
    assert (fast.fee_minor, fast.most_minor) == (500, 54_500)
    assert fee_basis_points(500, 54_500) == 92


def test_the_business_may_bear_the_fee():
    policy = CashOutPolicy(fast_rail="instant", fast_fee_minor=500, fee_from="tenant")

    assert quote(WORKED, policy).option("fast").fee_minor == 0
    assert quote(WORKED, policy).option("fast").most_minor == 55_000


def test_a_way_that_is_not_offered_is_refused():
    with pytest.raises(OptionUnknown):
        quote(WORKED, CashOutPolicy()).option("fast")


@pytest.mark.parametrize("amount", [99, 55_001])
def test_an_amount_outside_the_answer_is_refused(amount):
    answer = quote(WORKED, CashOutPolicy())
    with pytest.raises(CashOutRefused):
        check_request(answer=answer, option=answer.options[0], amount_minor=amount, at_least=100)


@pytest.mark.parametrize("state", PAYOUT_STATES)
@pytest.mark.parametrize("step", sorted({step for _, step in STEPS}))
def test_a_payout_takes_only_the_steps_of_the_table(state, step):
    if (state, step) in STEPS:
        assert after(state, step) in PAYOUT_STATES
    else:
        with pytest.raises(StepImpossible):
            after(state, step)


@given(st.sampled_from(STATES), st.sampled_from(STATES))
def test_a_payment_only_rises_and_what_is_final_stays(state, to):
    final = state in ("captured", "cancelled", "expired")

    assert rises(state, to) == (not final and RANKS[to] > RANKS[state])


@pytest.mark.parametrize(
    ("state", "total", "back", "shown"),
    [
        ("captured", 65_900, 65_900, "refunded"),
        ("captured", 65_900, 65_899, "captured"),
        ("captured", 0, 0, "captured"),
        ("cancelled", 65_900, 65_900, "cancelled"),
    ],
)
def test_a_payment_that_went_back_whole_is_not_shown_as_money_taken(state, total, back, shown):
    assert shown_state(state, total=total, given_back=back) == shown
