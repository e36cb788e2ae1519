"""Every door of a marketplace that asks for a fresh proof: six minutes old is too old, at each."""

from datetime import UTC, date, datetime

import pytest

from kernel import clock, outbox
from kernel.actor import Role
from payments.actions.cash_out import cash_out
from payments.actions.issue_statement import issue_statement
from payments.models import Payee, PayeeAccount, Payout
from tenants.tenancy.actions.create_key import create_key
from tenants.tenancy.models import ApiKey, Membership
from tests.support.worlds import joins, proved_long_ago, signed_in_client
from tests.support.worlds_bank import CLABE
from tests.support.worlds_money import can_be_paid, done, member_id, mxn, paid

pytestmark = pytest.mark.usefixtures("patitas")
ASKED = {"amount": "100", "option": "free", "key": "01a1ff99-b665-72af-8fde-03ba27b34cbe"}


@pytest.fixture
def rows(ana, clara, olga):
    """What stands behind the doors: a cash-out, a statement, a key, somebody of the team."""
    with clock.travelling_to(datetime(2026, 3, 10, 16, tzinfo=UTC)):
        can_be_paid(ana)
        done(paid(clara), ana)
        payout = cash_out(by=ana, amount=mxn(10_000), option="free", key="c")
        outbox.drain()
    statement = issue_statement(owner_id=member_id(ana), currency="MXN", month=date(2026, 3, 1))
    assert statement is not None
    mora = joins("mora", Role.STAFF)
    key = create_key(by=olga, name="Till", scopes=("read",)).key
    return {
        "payout": payout.pk, "statement": statement.pk, "key": key.pk, "mora": mora.member_id,
        "payee": Payee.objects.get().pk,
    }  # fmt: skip


INVITED = {
    "email": "new@example.com", "first_name": "Nora", "last_name": "Prueba", "role": "staff",
}  # fmt: skip
DOORS = [
    ("ana", "post", "/wallet/cash-out/", ASKED),
    ("ana", "post", "/wallet/cash-outs/{payout}/retry/", {"option": "free"}),
    ("ana", "get", "/wallet/account/open/", {}),
    ("ana", "post", "/wallet/account/bank/", {"number": CLABE, "holder": "Ana Prueba"}),
    ("ana", "get", "/wallet/statements/{statement}.pdf", {}),
    ("ana", "get", "/wallet/statements/{statement}.csv", {}),
    ("ana", "get", "/receipts.csv", {}),
    ("olga", "get", "/office/statements/{statement}.pdf", {}),
    ("olga", "get", "/office/statements/{statement}.csv", {}),
    ("olga", "post", "/office/keys/", {"name": "Other"}),
    ("olga", "post", "/office/keys/{key}/revoke/", {}),
    (
        "olga",
        "post",
        "/office/people/",
        INVITED,
    ),
    ("olga", "post", "/office/people/{mora}/let-go/", {}),
    ("olga", "post", "/office/wages/account/{payee}/", {}),
]
OPERATIONS = [
    ("/api/v1/cashouts", {"amount_minor": 100}),
    ("/api/v1/workers/me/cashouts", {"amount_minor": 100}),
    ("/api/v1/cashouts/{payout}/retry", {"option": "free"}),
]


def kept() -> list[object]:
    """Return all that the doors could change."""
    return [
        list(Payout.objects.order_by("pk").values()),
        list(Payee.objects.order_by("pk").values()),
        PayeeAccount.objects.count(),
        list(ApiKey.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
    ]


@pytest.mark.parametrize(("who", "method", "path", "body"), DOORS, ids=lambda each: str(each)[:40])
def test_a_page_sends_who_proved_nothing_lately_to_prove_it(rows, by_bank, who, method, path, body):
    browser = proved_long_ago(signed_in_client(who, strong=who == "olga"), minutes=6)
    before = kept()
    answer = getattr(browser, method)(path.format(**rows), body)

    assert answer.status_code == 302
    assert "/account/confirm/?next=" in answer["Location"]
    assert kept() == before


@pytest.mark.parametrize(("path", "body"), OPERATIONS)
def test_a_program_is_told_how_to_prove_it(rows, path, body):
    program = proved_long_ago(signed_in_client("ana"), minutes=6)
    before = kept()
    answer = program.post(
        path.format(**rows), body, content_type="application/json", headers={"Idempotency-Key": "k"}
    )

    assert (answer.status_code, answer.json()["type"]) == (403, "step_up_required")
    assert answer.json()["details"]["methods"] == ["email"]
    assert kept() == before


@pytest.mark.parametrize("path", ["/account/contact/email/", "/account/contact/phone/"])
def test_a_contact_is_changed_after_a_proof_only(patitas, ana, path):
    browser = signed_in_client("ana", host="auth.localhost")
    answer = browser.post(path, {"contact": "thief@example.com"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/confirm/?next=")
