"""Which refusals may be an attack."""

import pytest

from tenants.tenancy.rules.security import suspicion


@pytest.mark.parametrize(
    ("status", "code", "details", "about_money", "kind"),
    [
        (429, "too_many", {}, False, "limit"),
        (422, "cashout.not_allowed", {"reasons": ["unsettled", "day_sum"]}, True, "limit"),
        (422, "cashout.not_allowed", {"reasons": ["unsettled"]}, True, None),
        (403, "money.permission", {}, True, "denied"),
        (404, "not_found", {}, True, "denied"),
        (404, "not_found", {}, False, None),
        (403, "step_up_required", {}, True, None),
        (403, "handoff.second_factor_needed", {}, True, None),
        (409, "adjustment.decided", {}, True, None),
    ],
)
def test_a_refusal_is_suspicious_by_its_kind_and_its_place(
    status, code, details, about_money, kind
):
    seen = suspicion(status=status, code=code, details=details, about_money=about_money)
    assert seen == kind
