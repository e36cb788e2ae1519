"""Something was decided about somebody."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kernel import clock
from kernel.actor import Actor
from kernel.context import current_tenant
from kernel.errors import Invalid
from kernel.events import publish
from tenants.support.events import DecisionRecorded
from tenants.support.models import DecisionRecord
from tenants.support.rules.chain import FIRST, canonical, link

KINDS = (
    *("offer", "rank", "assign", "price", "block", "hold"),
    *("suspension", "deactivation", "fraud_flag", "review_removal"),
)
AUTOMATED = ("full", "assisted", "none")


class DecisionUnknown(Invalid):
    code = "decision.unknown"
    title = "We do not keep this kind of decision."


class HumanMissing(Invalid):
    code = "decision.human_missing"
    title = "Say which person decided."


@transaction.atomic
def record_decision(
    *,
    by: Actor,
    kind: str,
    subject_kind: str,
    subject_id: UUID,
    policy_version: str,
    outcome: str,
    automated: str,
    inputs: list[dict[str, Any]] | None = None,
    weights: dict[str, float] | None = None,
    contributions: dict[str, float] | None = None,
    score: float | None = None,
    human_id: UUID | None = None,
    reasons: list[str] | None = None,
    concerns_id: UUID | None = None,
    candidates_n: int | None = None,
    rank: int | None = None,
    effective_at: datetime | None = None,
    expires_at: datetime | None = None,
    appeal_deadline: datetime | None = None,
) -> DecisionRecord:
    """Append a decision to this tenant's chain. It can be explained from the record alone."""
    _check(kind, automated, human_id)
    previous = _end_of_chain()
    at = clock.now()
    told = {
        "number": previous.number + 1 if previous else 1,
        "kind": kind,
        "subject": {"kind": subject_kind, "id": str(subject_id)},
        "concerns_id": _plain(concerns_id),
        "policy_version": policy_version,
        "inputs": inputs or [],
        "weights": weights or {},
        "contributions": contributions or {},
        "score": score,
        "candidates_n": candidates_n,
        "rank": rank,
        "outcome": outcome,
        "automated": automated,
        "human_id": _plain(human_id),
        "reasons": reasons or [],
        "at": at.isoformat(),
        "effective_at": _plain(effective_at or at),
        "expires_at": _plain(expires_at),
        "appeal_deadline": _plain(appeal_deadline),
    }
    record = _append(told, previous, at)
    fact = DecisionRecorded(decision_id=str(record.pk), kind=kind, outcome=outcome)
    publish(fact, by=by)
    return record


def _check(kind: str, automated: str, human_id: UUID | None) -> None:
    if kind not in KINDS or automated not in AUTOMATED:
        raise DecisionUnknown(fields=["kind"])
    if automated != "full" and human_id is None:
        raise HumanMissing(fields=["human_id"])


def _end_of_chain() -> DecisionRecord | None:
    """Return the last record, and let nobody else of this tenant append until we have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('support.decisions'), hashtext(%s))",
            [str(current_tenant())],
        )
    return DecisionRecord.objects.order_by("-number").first()


def _append(told: dict[str, Any], previous: DecisionRecord | None, at: datetime) -> DecisionRecord:
    hash_prev = previous.hash if previous else FIRST
    body = canonical(told)
    return DecisionRecord.objects.create(
        number=told["number"],
        kind=told["kind"],
        subject_kind=told["subject"]["kind"],
        subject_id=told["subject"]["id"],
        concerns_id=told["concerns_id"],
        outcome=told["outcome"],
        automated=told["automated"],
        at=at,
        body=body,
        hash_prev=hash_prev,
        hash=link(hash_prev, body),
    )


def _plain(value: UUID | datetime | None) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)
