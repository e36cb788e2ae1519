"""Identity verification sessions, thin: created, decided by control, cancelled, redacted."""

from __future__ import annotations

from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.lists import listing
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.world import World

KIND = "identity.verification_session"
OUTCOMES = ("verified", "requires_input", "processing")


@operation("post", "/v1/identity/verification_sessions")
def create(world: World, call: Call) -> Json:
    """A session in which a person shows a document."""
    params = call.params
    key = world.state.new_id("vs")
    row = world.add(
        {
            "id": key,
            "object": KIND,
            "client_reference_id": params.get("client_reference_id"),
            "client_secret": f"{key}_secret_{world.state.digest('secret', key).hex()[:24]}",
            "last_error": None,
            "metadata": new_metadata(params),
            "options": params.get("options", {}),
            "status": "requires_input",
            "type": params.get("type", "document"),
            "url": f"{world.settings.base_url}/verify/{key}",
            "_return_url": params.get("return_url"),
        },
        owner=call.account,
    )
    emit(world, f"{KIND}.created", row)
    return row


def decide(world: World, row: Json, outcome: str) -> None:
    """What the check found."""
    if outcome not in OUTCOMES:
        raise Refused(f"Invalid outcome: must be one of {', '.join(OUTCOMES)}", param="outcome")
    if row["status"] not in ("requires_input", "processing"):
        raise Refused(f"This verification is already {row['status']}.")
    row["status"] = outcome
    failed = outcome == "requires_input"
    reason = "The document could not be read."
    row["last_error"] = {"code": "document_unverified_other", "reason": reason} if failed else None
    if outcome == "verified":
        row["url"] = None
    emit(world, f"{KIND}.{outcome}", row)


@operation("get", "/v1/identity/verification_sessions/{session}")
def retrieve(world: World, call: Call) -> Json:
    """One session."""
    return world.get("verifications", call.key, call.account)


@operation("get", "/v1/identity/verification_sessions")
def list_sessions(world: World, call: Call) -> Json:
    """Sessions, newest first."""
    rows = world.rows("verifications", call.account)
    return listing(world, call, rows, "status", "client_reference_id")


@operation("post", "/v1/identity/verification_sessions/{session}")
def update(world: World, call: Call) -> Json:
    """Change options or metadata."""
    row = retrieve(world, call)
    merge(row, call.params)
    return row


@operation("post", "/v1/identity/verification_sessions/{session}/cancel")
def cancel(world: World, call: Call) -> Json:
    """Give up on a session."""
    row = retrieve(world, call)
    if row["status"] != "requires_input":
        raise Refused(f"You cannot cancel a session that is {row['status']}.")
    row.update(status="canceled", url=None)
    emit(world, f"{KIND}.canceled", row)
    return row


@operation("post", "/v1/identity/verification_sessions/{session}/redact")
def redact(world: World, call: Call) -> Json:
    """Forget what was shown."""
    row = retrieve(world, call)
    row.update(redaction={"status": "redacted"}, provided_details=None, verified_outputs=None)
    emit(world, f"{KIND}.redacted", row)
    return row
