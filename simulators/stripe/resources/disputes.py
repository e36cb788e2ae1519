"""Disputes: the money goes at once, and comes back only if they are won."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.money import move
from simulators.stripe.render import shown, view
from simulators.stripe.resources.merging import merge
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import currency_rules
from simulators.stripe.world import DAY, World, on_timer

ANSWER_DAYS = 10
REVIEW_DAYS = 1
OPEN = ("needs_response", "under_review", "warning_needs_response")
VERDICTS = {"winning_evidence": "won", "losing_evidence": "lost"}


def open_dispute(world: World, charge: Json, reason: str = "fraudulent") -> Json:
    """The customer's bank takes a charge back; funds and a fee are withdrawn."""
    if charge["disputed"] or not charge["captured"] or charge["_owner"] != world.platform:
        raise Refused(f"Charge {charge['id']} cannot be disputed.", param="charge")
    row = world.add(
        {
            "id": world.state.new_id("du"),
            "object": "dispute",
            "amount": charge["amount_captured"],
            "charge": charge["id"],
            "currency": charge["currency"],
            "evidence": {},
            "evidence_details": {
                "due_by": world.now + ANSWER_DAYS * DAY,
                "has_evidence": False,
                "past_due": False,
                "submission_count": 0,
            },
            "is_charge_refundable": False,
            "metadata": {},
            "payment_intent": charge["payment_intent"],
            "payment_method_details": {
                "type": "card",
                "card": {"brand": "visa", "case_type": "chargeback", "network_reason_code": "10"},
            },
            "reason": reason,
            "status": "needs_response",
            "_movements": [],
        },
        owner=charge["_owner"],
    )
    charge["disputed"] = True
    emit(world, "charge.dispute.created", row)
    fee = currency_rules(row["currency"]).dispute_fee
    _move(world, row, -row["amount"], fee, "dispute")
    emit(world, "charge.dispute.funds_withdrawn", row)
    world.later(row["evidence_details"]["due_by"], "answer_due", dispute=row["id"])
    return row


def _move(world: World, row: Json, amount: int, fee: int, category: str) -> None:
    movement = move(
        world,
        row["_owner"],
        kind="adjustment",
        amount=amount,
        currency=row["currency"],
        source=row["id"],
        fee=fee,
        category=category,
    )
    row["_movements"].append(movement["id"])


@view("dispute")
def _dispute(world: World, row: Json) -> Json:
    movements = world.family("balance_transactions")
    return {"balance_transactions": [shown(world, movements[key]) for key in row["_movements"]]}


def warn(world: World, charge: Json) -> Json:
    """The card's bank suspects fraud, before anyone disputes."""
    row = world.add(
        {
            "id": world.state.new_id("issfr"),
            "object": "radar.early_fraud_warning",
            "actionable": True,
            "charge": charge["id"],
            "fraud_type": "made_with_stolen_card",
            "livemode": False,
            "payment_intent": charge["payment_intent"],
        },
        owner=charge["_owner"],
    )
    emit(world, "radar.early_fraud_warning.created", row)
    return row


def decide(world: World, row: Json, verdict: str) -> None:
    """Close a dispute as won or lost; a lost one may be won on appeal."""
    appeal = row["status"] == "lost" and verdict == "won"
    if verdict not in ("won", "lost") or (row["status"] not in OPEN and not appeal):
        raise Refused(f"This dispute is {row['status']} and cannot become {verdict}.")
    row["status"] = verdict
    charge = world.family("charges")[row["charge"]]
    if verdict == "won":
        charge["disputed"] = False
        _move(world, row, row["amount"], 0, "dispute_reversal")
        emit(world, "charge.dispute.funds_reinstated", row)
    emit(world, "charge.dispute.updated" if appeal else "charge.dispute.closed", row)


@operation("get", "/v1/radar/early_fraud_warnings/{early_fraud_warning}")
def retrieve_warning(world: World, call: Call) -> Json:
    """One early fraud warning."""
    return world.get("warnings", call.key, call.account)


@operation("get", "/v1/disputes/{dispute}")
def retrieve(world: World, call: Call) -> Json:
    """One dispute."""
    return world.get("disputes", call.key, call.account)


@operation("get", "/v1/disputes")
def list_disputes(world: World, call: Call) -> Json:
    """Disputes, newest first."""
    rows = world.rows("disputes", call.account)
    return listing(world, call, rows, "charge", "payment_intent")


@operation("post", "/v1/disputes/{dispute}")
def update(world: World, call: Call) -> Json:
    """Collect evidence; sent to the bank unless `submit` is false."""
    row = retrieve(world, call)
    params = call.params
    if "evidence" in params and row["status"] != "needs_response":
        raise Refused(f"This dispute is {row['status']}: evidence can no longer be changed.")
    if isinstance(params.get("evidence"), dict):
        merge(row["evidence"], params["evidence"])
        row["evidence_details"]["has_evidence"] = bool(row["evidence"])
    merge(row, {"metadata": params["metadata"]} if "metadata" in params else {})
    if params.get("submit", "evidence" in params):
        row["status"] = "under_review"
        row["evidence_details"]["submission_count"] += 1
        words = row["evidence"].get("uncategorized_text")
        verdict = VERDICTS.get(words) if isinstance(words, str) else None
        if verdict:
            due = world.now + REVIEW_DAYS * DAY
            world.later(due, "verdict", dispute=row["id"], verdict=verdict)
    emit(world, "charge.dispute.updated", row)
    return row


@operation("post", "/v1/disputes/{dispute}/close")
def close(world: World, call: Call) -> Json:
    """Accept a dispute: it is lost."""
    row = retrieve(world, call)
    decide(world, row, "lost")
    return row


@on_timer("verdict")
def verdict_due(world: World, arguments: Json) -> None:
    """The bank has read the evidence."""
    row = world.family("disputes")[arguments["dispute"]]
    if row["status"] == "under_review":
        decide(world, row, arguments["verdict"])


@on_timer("answer_due")
def answer_due(world: World, arguments: Json) -> None:
    """Nobody answered in time: lost."""
    row = world.family("disputes")[arguments["dispute"]]
    if row["status"] == "needs_response":
        row["evidence_details"]["past_due"] = True
        decide(world, row, "lost")
