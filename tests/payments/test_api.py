"""The API about money."""

import pytest

from payments.models import Payout
from payments.queries import wallet_of
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import can_be_paid, done, mxn, paid

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def program(ana, clara):
    """A program that Ana has signed in; she has earned the worked job."""
    can_be_paid(ana)
    done(paid(clara), ana)
    return signed_in_client("ana")


def ask(program, body: dict[str, object], key: str | None = "k"):
    headers = {} if key is None else {"Idempotency-Key": key}
    return program.post("/api/v1/cashouts", body, content_type="application/json", headers=headers)


def test_the_wallet_in_minor_units(program):
    answer = program.get("/api/v1/wallet").json()

    assert answer["available"] == {"currency": "MXN", "minor": 56_040}
    assert answer["pending"] == {"currency": "MXN", "minor": 0}


def test_the_quote_names_the_free_way_first(program):
    answer = program.post("/api/v1/cashouts/quote").json()

    assert answer["allowed"] == {"currency": "MXN", "minor": 56_040}
    assert [option["name"] for option in answer["options"]] == ["free"]
    assert answer["options"][0]["fee"]["minor"] == 0


def test_the_same_key_is_answered_twice_and_moves_once(program, ana):
    first = ask(program, {"amount_minor": 50_000})
    again = ask(program, {"amount_minor": 50_000})

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Payout.objects.count() == 1
    assert wallet_of(ana).available == mxn(6_040)
    assert program.get("/api/v1/cashouts").json()["items"][0]["id"] == first.json()["id"]


@pytest.mark.parametrize(
    ("body", "key", "code"),
    [
        ({"amount_minor": 56_041}, "k", "cashout.not_allowed"),
        ({"amount_minor": 0}, "k", "invalid"),
        ({"amount_minor": -5}, "k", "invalid"),
        ({"amount_minor": 100, "option": "fast"}, "k", "cashout.option"),
        ({"amount_minor": 100, "fee": 0}, "k", "invalid"),
        ({}, "k", "invalid"),
        ({"amount_minor": 100}, None, "idempotency.key_missing"),
    ],
)
def test_what_does_not_fit_is_refused_and_moves_nothing(program, ana, body, key, code):
    answer = ask(program, body, key)

    assert answer.status_code == 422
    assert answer.json()["type"] == code
    assert answer["Content-Type"] == "application/problem+json"
    assert not Payout.objects.exists()
    assert wallet_of(ana).available == mxn(56_040)


def test_a_fee_that_changed_since_it_was_seen_is_refused(program, ana):
    answer = ask(program, {"amount_minor": 100, "seen_fee_minor": 5})

    assert answer.status_code == 409
    assert answer.json()["type"] == "cashout.quote_changed"
    assert wallet_of(ana).available == mxn(56_040)


def test_customers_have_no_wallet(patitas, clara):
    assert signed_in_client("clara").get("/api/v1/wallet").status_code == 404
