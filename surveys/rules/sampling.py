"""Whom do we ask, and whom do we leave in peace?"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

WINDOW_DAYS = 90
OWN_SLOT = ("relational", "support")


def draw(*, seed: str, survey: str, person: str, event: str) -> float:
    """Return a number in [0, 1) that is the same at every retry."""
    digest = hashlib.sha256(f"{seed}|{survey}|{person}|{event}".encode()).hexdigest()
    return int(digest[:8], 16) / 2**32


def decide_invitation(
    person: Mapping[str, Any],
    survey: Mapping[str, Any],
    now_day: float,
    history: Sequence[Sequence[Any]],
    rules: Mapping[str, Any],
) -> dict[str, Any]:
    """Return `send` or the first reason not to; the draw is returned in any case.

    `history` lists [survey key, day] of what was sent, with "reminder" third where it was one.
    """
    chance = draw(
        seed=str(rules["seed"]),
        survey=str(survey["key"]),
        person=str(person["id"]),
        event=str(survey["event"]),
    )
    reason = (
        _about_person(person, survey)
        or _about_time(person, survey, now_day, history, rules)
        or (None if chance < survey["rate"] else "not_sampled")
    )
    return {"decision": reason or "send", "hash01": chance}


def _about_person(person: Mapping[str, Any], survey: Mapping[str, Any]) -> str | None:
    support = survey["kind"] == "support"
    if person.get("opt_out"):
        return "opt_out"
    if person.get("open_case") and not support:
        return "open_case"
    if person.get("sensitive") and not support:
        return "sensitive"
    return "undeliverable" if person.get("bounced") else None


def _about_time(
    person: Mapping[str, Any],
    survey: Mapping[str, Any],
    now_day: float,
    history: Sequence[Sequence[Any]],
    rules: Mapping[str, Any],
) -> str | None:
    sent = [entry for entry in history if len(entry) < 3 or entry[2] != "reminder"]
    own = [entry[1] for entry in sent if entry[0] == survey["key"]]
    cooldown = survey.get("cooldown_days", rules["cooldown_days"])
    due_in = person.get("nps_due_in_days")
    if survey["kind"] in OWN_SLOT:
        due_in = None
    cap = rules["max_per_90d"] - (1 if due_in is not None and due_in < WINDOW_DAYS else 0)
    if own and now_day - max(own) < survey["recontact_days"]:
        return "recontact"
    if sent and now_day - max(entry[1] for entry in sent) < cooldown:
        return "cooldown"
    if sum(now_day - entry[1] < WINDOW_DAYS for entry in history) >= cap:
        return "cap_90d"
    return "reserved" if due_in is not None and due_in < cooldown else None
