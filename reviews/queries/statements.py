"""Why was that decided? For the author in a few plain words, for moderators with points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reviews.kinds import EVIDENCE, EXCLUDED, FOUND, REASON_CODES
from reviews.models import ModeratorDecision, Review, Screening
from reviews.queries.reviews import last_screening
from reviews.rules.counting import SCREENING
from reviews.rules.review_states import State
from reviews.rules.score import Finding, main_reasons
from tenants.support.models import DecisionRecord

MOST_REASONS = 3
KEYS = ("booking_devices", "worker_devices", "worker_instruments")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an author is told: no points, no keys, nobody else."""

    state: State
    automated: bool
    reasons: list[str]
    evidence: list[str]
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that counted, for moderators: in words, with its points."""

    words: str
    evidence: str
    points: float


def statement_of(review: Review) -> Statement:
    """Return why a review stands where it does."""
    decision = _carried_out(review)
    if decision is not None:
        reasons = [REASON_CODES[decision.reason_code]]
        return _statement(review, automated=False, reasons=reasons, at=decision.at)
    screening = last_screening(review)
    if review.reason in EXCLUDED and review.reason != SCREENING:
        return _statement(review, automated=True, reasons=[EXCLUDED[review.reason]])
    if screening is None or review.at not in (State.DELAYED, State.HELD, State.NOT_COUNTED):
        return _statement(review, automated=True, reasons=[])
    findings = [Finding(**each) for each in screening.findings]
    found = _against(findings, screening)
    return _statement(
        review,
        automated=True,
        reasons=main_reasons(findings, screening.contributions)[:MOST_REASONS],
        evidence=[EVIDENCE[each.family] for each in found],
        at=screening.at,
    )


def _statement(
    review: Review,
    *,
    automated: bool,
    reasons: list[str],
    evidence: Iterable[str] = (),
    at: datetime | None = None,
) -> Statement:
    return Statement(
        state=review.at,
        automated=automated,
        reasons=reasons,
        evidence=list(dict.fromkeys(evidence)),
        decided_at=at or review.revealed_at,
    )


def _carried_out(review: Review) -> ModeratorDecision | None:
    """Return the person's decision that a review stands on now, if there is one."""
    made = review.decisions.order_by("-at", "-id").first()
    alone = made is not None and made.decision == "remove" and review.at != State.REMOVED
    return None if alone else made


def _against(findings: list[Finding], screening: Screening) -> list[Finding]:
    points = screening.contributions
    found = [each for each in findings if points.get(each.code, 0) > 0]
    return sorted(found, key=lambda each: -points[each.code])


def reasons_with_points(screening: Screening) -> list[Reason]:
    """Return what counted, for and against, heaviest first."""
    findings = {each["code"]: each for each in screening.findings}
    counted = sorted(screening.contributions.items(), key=lambda each: -abs(each[1]))
    return [
        Reason(words=FOUND[code], evidence=EVIDENCE[findings[code]["family"]], points=points)
        for code, points in counted
    ]


def evidence_of(screening: Screening) -> dict[str, Any]:
    """Return the facts for a moderator's eyes: every key has become "device A" or "B"."""
    facts = screening.facts
    keys = [key for name in KEYS for key in facts[name]]
    keys += [facts[name] for name in ("review_device", "instrument") if facts[name]]
    names = {key: chr(ord("A") + place) for place, key in enumerate(dict.fromkeys(keys))}

    def named(found: list[str] | str | None) -> list[str]:
        listed = [found] if isinstance(found, str) else found or []
        return sorted(names[key] for key in listed)

    shown = ("paid_minor", "booked_minutes", "visit_minutes", "minutes_to_review")
    return {
        "devices": [
            ("booking", named(facts["booking_devices"])),
            ("review", named(facts["review_device"])),
            ("worker", named(facts["worker_devices"])),
        ],
        "instruments": [
            ("paid", named(facts["instrument"])),
            ("worker", named(facts["worker_instruments"])),
        ],
        "texts": facts["other_texts"],
        **{name: facts[name] for name in shown},
    }


def note_behind(decision: DecisionRecord) -> str:
    """Return what the moderator wrote who took a decision that is on record; for the office."""
    rows = ModeratorDecision.objects.filter(
        review_id=decision.subject_id,
        moderator_id=decision.record["human_id"],
        decision=decision.outcome,
        at__lte=decision.at,
    )
    return rows.order_by("-at").values_list("note", flat=True).first() or ""
