"""What may be an attack on money is noted, in a transaction of its own, without anybody's data."""

import pytest

from kernel import outbox
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from payments.actions.cash_out import cash_out
from payments.actions.freeze import freeze
from payments.actions.hold import open_hold
from payments.models import Adjustment, Payout
from tenants.tenancy.models import SecurityEvent
from tests.support.signing_in import Visitor, last_code
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_money import can_be_paid, earns, member_id, mxn

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def earned(ana, clara):
    """Ana has 400 pesos and can be paid."""
    can_be_paid(ana)
    earns(ana, 40_000, payer=clara)
    outbox.drain()
    return ana


def noted(kind):
    """Return what was noted of a kind: by whom, about what, with which facts."""
    rows = SecurityEvent.objects.filter(kind=kind).order_by("pk")
    return [(each.actor_id, each.object_kind, each.object_id, each.facts) for each in rows]


def test_somebody_elses_cash_out_is_denied_and_noted_by_its_door(earned):
    payout = cash_out(by=earned, amount=mxn(10_000), option="free", key="k")
    bea = joins("bea", Role.WORKER)

    answer = signed_in_client("bea").get(f"/wallet/cash-outs/{payout.pk}/")

    assert answer.status_code == 404
    door = "GET /wallet/cash-outs/<uuid:payout_id>/"
    assert noted("denied") == [(bea.member_id, "door", door, {"code": "not_found"})]


def test_staff_without_the_permission_is_noted_once_a_minute(mora):
    program, wish = (
        signed_in_client("mora", strong=True),
        {
            "amount_minor": 100,
            "debit": "bank",
            "credit": "recon_difference",
            "reason": "The bank says something else.",
        },
    )
    for key in ("a", "b"):
        answer = program.post(
            "/api/v1/ledger/adjustments",
            wish,
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )
        assert answer.status_code == 403

    (event,) = noted("denied")
    assert (event[0], event[3]) == (mora.member_id, {"code": "money.permission"})
    assert not Adjustment.objects.exists()


def test_a_page_that_is_not_there_is_no_attack(earned):
    assert signed_in_client("ana").get("/nothing/").status_code == 404
    assert not SecurityEvent.objects.exists()


def test_more_cash_outs_than_a_day_has_are_a_limit(earned):
    browser = signed_in_client("ana")
    for number in range(5):
        payout = cash_out(by=earned, amount=mxn(1_000), option="free", key=f"k{number}")
        Payout.objects.filter(pk=payout.pk).update(state="paid")
    outbox.drain()

    answer = browser.post(
        "/wallet/cash-out/",
        {"amount": "10", "option": "free", "key": "01a1ff99-b665-72af-8fde-03ba27b34cbe"},
    )

    assert answer.status_code == 422
    assert noted("limit") == [
        (member_id(earned), "door", "POST /wallet/cash-out/", {"code": "cashout.not_allowed"})
    ]
    assert Payout.objects.count() == 5


def test_a_code_that_proves_nothing_is_noted_without_whose_address_it_went_to(ana):
    visitor = Visitor()
    address = "http://auth.localhost/account/confirm/?next=/wallet/"
    visitor.jars["auth.localhost"] = signed_in_client("ana", host="auth.localhost")
    visitor.post(address, send="email")
    code = last_code("ana@example.com")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    assert visitor.post(address, code=wrong).status_code == 422
    with working_for(HOUSE):
        ((_, kind, _, facts),) = noted("step_up_failed")
        assert (kind, facts) == ("user", {"way": "confirm"})


def test_what_risk_holds_up_is_noted_and_the_reserve_of_the_new_is_not(earned, olga):
    common = {"member_id": member_id(earned), "amount": mxn(1_000), "until": None}
    held = open_hold(**common, reason="review", about="a")
    open_hold(**common, reason="reserve", about="b")
    frozen = freeze(by=olga, member_id=member_id(earned), reason="fraud", note="Dos cuentas.")
    outbox.drain()

    assert noted("hold") == [
        (None, "hold", str(held.pk), {"reason": "review"}),
        (None, "freeze", str(frozen.pk), {"reason": "frozen"}),
    ]
