"""Questions about checks, badges and visits. Nothing here writes."""

from tenants.identity.queries.badges import (
    badge_of,
    badge_with_serial,
    badges,
    scans_of,
    tenant_of_link,
    tenant_of_serial,
)
from tenants.identity.queries.checks import (
    attempts_of,
    check_of,
    check_to_review,
    documents_valid,
    evidence_file,
    evidence_of,
    gaps_of,
    required_kinds,
    review_queue,
    standings_of,
    steps_of,
    verified,
)
from tenants.identity.queries.visits import (
    VisitCodes,
    codes_of,
    expected_today,
    visit,
    visit_behind,
    visit_link,
)

__all__ = [
    "VisitCodes",
    "attempts_of",
    "badge_of",
    "badge_with_serial",
    "badges",
    "check_of",
    "check_to_review",
    "codes_of",
    "documents_valid",
    "evidence_file",
    "evidence_of",
    "expected_today",
    "gaps_of",
    "required_kinds",
    "review_queue",
    "scans_of",
    "standings_of",
    "steps_of",
    "tenant_of_link",
    "tenant_of_serial",
    "verified",
    "visit",
    "visit_behind",
    "visit_link",
]
