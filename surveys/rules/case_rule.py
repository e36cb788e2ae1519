"""When does an answer need a person, and how soon?"""

from collections.abc import Mapping
from typing import Any

MINUTES = {"P1": 15, "P2": 240, "P3": 1440}  # P1 by the clock, the others in business minutes.


def case_rule(response: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether an answer opens a case, with its priority and minutes to first contact.

    `response` has audience and any of nps, csat, ces, topic, contact_me. What workers answer never
    identifies them, unless they ask to be contacted.
    """
    if response["audience"] == "worker":
        if response.get("contact_me"):
            return {**_case("P2"), "identified_by_own_request": True}
        return {"case": False, "reason": "worker_answers_stay_confidential"}
    priority = _priority(response)
    return _case(priority) if priority else {"case": False, "reason": "no_rule"}


def _priority(response: Mapping[str, Any]) -> str | None:
    nps, csat, ces = (response.get(key) for key in ("nps", "csat", "ces"))
    if response.get("topic") == "safety":
        return "P1"
    if (nps is not None and nps <= 3) or csat == 1:
        return "P2"
    if (nps is not None and nps <= 6) or csat == 2 or (ces is not None and ces <= 3):
        return "P3"
    return None


def _case(priority: str) -> dict[str, Any]:
    return {"case": True, "priority": priority, "sla_min": MINUTES[priority]}
