"""Whom we ask, whom we leave in peace, and when an answer needs a person."""

import pytest

from surveys.rules.case_rule import case_rule
from surveys.rules.sampling import decide_invitation

RULES = {"cooldown_days": 14, "max_per_90d": 4, "seed": "t1"}
CSAT = {"key": "csat", "kind": "booking", "recontact_days": 14, "event": "b1", "rate": 1.0}


def decide(history=(), survey=CSAT, now_day=100, **person):
    return decide_invitation({"id": "c1", **person}, survey, now_day, history, RULES)


def test_the_draw_is_the_same_at_every_retry():
    assert decide() == decide()
    assert decide()["hash01"] == pytest.approx(0.7852268012)


@pytest.mark.parametrize(
    ("history", "person", "decision"),
    [
        ([], {}, "send"),
        ([], {"opt_out": True}, "opt_out"),
        ([], {"open_case": True}, "open_case"),
        ([], {"sensitive": True}, "sensitive"),
        ([], {"bounced": True}, "undeliverable"),
        ([["csat", 87]], {}, "recontact"),
        ([["csat", 86]], {}, "send"),
        ([["nps", 87]], {}, "cooldown"),
        ([["csat", 20], ["csat", 40], ["csat", 60], ["csat", 80]], {}, "cap_90d"),
        ([["csat", 10], ["csat", 40], ["csat", 60], ["csat", 80]], {}, "send"),
        ([], {"nps_due_in_days": 13}, "reserved"),
    ],
)
def test_the_first_reason_not_to_ask_is_kept(history, person, decision):
    assert decide(history, **person)["decision"] == decision


def test_a_rate_below_the_draw_leaves_a_person_in_peace():
    assert decide(survey={**CSAT, "rate": 0.78})["decision"] == "not_sampled"
    assert decide(survey={**CSAT, "rate": 0.79})["decision"] == "send"


@pytest.mark.parametrize(
    ("answer", "priority", "minutes"),
    [
        ({"nps": 6}, "P3", 1440),
        ({"nps": 4}, "P3", 1440),
        ({"nps": 3}, "P2", 240),
        ({"csat": 1}, "P2", 240),
        ({"csat": 2}, "P3", 1440),
        ({"ces": 3}, "P3", 1440),
        ({"csat": 5, "topic": "safety"}, "P1", 15),
    ],
)
def test_a_low_or_unsafe_answer_of_a_customer_opens_a_case(answer, priority, minutes):
    decided = case_rule({"audience": "customer", **answer})

    assert decided == {"case": True, "priority": priority, "sla_min": minutes}


@pytest.mark.parametrize("answer", [{"nps": 7}, {"csat": 3}, {"ces": 4}, {}])
def test_other_answers_open_none(answer):
    assert case_rule({"audience": "customer", **answer}) == {"case": False, "reason": "no_rule"}


def test_a_workers_answer_opens_nothing_unless_she_asks():
    assert case_rule({"audience": "worker", "nps": 0})["case"] is False
    asked = case_rule({"audience": "worker", "nps": 9, "contact_me": True})
    assert (asked["priority"], asked["identified_by_own_request"]) == ("P2", True)
