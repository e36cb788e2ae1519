"""Match rates, against the worked example."""

import pytest

from insights.rules.market import match_rates, percentile


def asked(number: int, customer: str, at: float, **more: object) -> dict[str, object]:
    return {"id": number, "customer": customer, "service": "x", "at": at, **more}


WORKED = [
    asked(1, "a", 0, matched_at=4, completed=True),
    asked(2, "b", 1, matched_at=21, completed=True),
    asked(3, "c", 2, cancelled_by="customer", cancelled_at=4),
    asked(4, "d", 3, cancelled_by="customer", cancelled_at=33),
    asked(5, "e", 5, expired_at=125),
    asked(6, "e", 130, matched_at=140, completed=True, retry_of=5),
    asked(7, "f", 6, matched_at=8, completed=False, cancelled_by="worker"),
    asked(8, "t", 7, test=True, matched_at=8),
    asked(9, "g", 9, matched_at=69, completed=True),
    asked(10, "h", 10, open=True),
]


def test_the_worked_example():
    rates = match_rates(WORKED)

    assert (rates["gross_matched"], rates["gross_valid"]) == (5, 8)
    assert (rates["net_matched"], rates["net_demand_chains"]) == (5, 6)
    assert rates["fill_rate_completed"] == pytest.approx(4 / 6)
    assert rates["median_time_to_match_min"] == 10.0
    assert rates["p90_time_to_match_min"] == pytest.approx(44.0)


def test_an_undeclared_retry_within_a_day_joins_the_chain():
    retry = [
        asked(1, "e", 0, expired_at=60),
        asked(2, "e", 60 + 1440, matched_at=1510, completed=True),
    ]

    assert match_rates(retry)["net_demand_chains"] == 1


def test_an_open_request_changes_no_rate():
    assert match_rates(WORKED) == match_rates([*WORKED, asked(11, "z", 20, open=True)])


def test_nothing_asked_is_no_rate():
    assert match_rates([])["gross_match_rate"] is None
    assert percentile([], 0.5) is None
