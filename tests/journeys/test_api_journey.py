"""The same as programs do it: from a quote to the bank, the review and the survey, over the API."""

import json
import re
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from kernel import clock
from payments.models import Payment
from tests.support.reader import Reader
from tests.support.town import Town
from tests.support.worlds import signed_in_client

pytestmark = pytest.mark.usefixtures("monday")


class Program:
    """A program that works for a person over the API."""

    def __init__(self, town: Town, name: str, *, strong: bool = False) -> None:
        self.client = signed_in_client(name, host=town.host, strong=strong)
        self.client.raise_request_exception = True

    def get(self, path: str, expected: int = 200, **query: Any) -> Any:
        """Ask for something."""
        answer = self.client.get(f"/api/v1{path}?{urlencode(query)}")
        assert answer.status_code == expected, answer.content.decode()
        return answer.json()

    def post(self, path: str, expected: int = 200, key: str = "", **body: Any) -> Any:
        """Write something, with an Idempotency-Key where money moves."""
        headers = {"Idempotency-Key": key} if key else {}
        sent = json.dumps(body, default=str)
        answer = self.client.post(
            f"/api/v1{path}", sent, content_type="application/json", headers=headers
        )
        assert answer.status_code == expected, answer.content.decode()
        return answer.json()


@pytest.fixture
def time(monday):
    """Time that passes, and comes back at the end."""
    with ExitStack() as stack:
        yield stack


def test_programs_book_visit_pay_and_review(towns: Town, time: ExitStack, sent):
    town = towns
    customer, worker = Program(town, town.cast.customer), Program(town, town.cast.worker)
    booking = books(town, customer)
    one = f"/bookings/{booking['id']}"

    def at(moment: datetime) -> None:
        town.works()
        time.enter_context(clock.travelling_to(moment))
        town.stripe.engine.advance(int(moment.timestamp()))
        town.works()

    starts_at = datetime.fromisoformat(booking["starts_at"])
    at(starts_at - timedelta(minutes=10))
    assert worker.post(f"{one}/transitions/depart")["state"] == "confirmed"
    assert worker.post(f"{one}/transitions/arrive")["state"] == "confirmed"
    pin = customer.get(one)["start_pin"]
    assert worker.get(one)["start_pin"] is None
    wrong = worker.post(f"{one}/transitions/check_in", 409, pin=f"{(int(pin) + 1) % 10_000:04}")
    assert wrong["details"]["left"] == 4
    assert worker.post(f"{one}/transitions/check_in", pin=pin)["state"] == "in_progress"
    at(starts_at + timedelta(minutes=60))
    assert worker.post(f"{one}/transitions/check_out", note="Todo bien.")["state"] == "delivered"
    assert worker.get("/wallet")["available"]["minor"] == 0
    assert customer.post(f"{one}/transitions/confirm")["state"] == "completed"
    town.works()
    share = booking["net_pay_minor"]
    assert worker.get("/wallet")["available"]["minor"] == share
    at(starts_at + timedelta(hours=3))
    reviews(customer, worker, one)
    town.works()
    answers_the_survey(town, customer, booking["code"])
    cashes_out(town, worker, share, at)


def books(town: Town, customer: Program) -> dict[str, Any]:
    """Find somebody, ask for a price, book it once however often one asks, and pay."""
    found = customer.get("/search", q=town.offers[0].service.name)["items"]
    assert [each["reasons"] for each in found if each["reasons"]]
    offer = str(town.offers[0].pk)
    begin = clock.now() + timedelta(hours=20)
    window = {"from": begin.isoformat(), "to": (begin + timedelta(days=2)).isoformat()}
    slot = customer.get("/slots", worker_service_id=offer, **window)["slots"][0]
    place = {"latitude": town.tenant.latitude, "longitude": town.tenant.longitude}
    wish = {"worker_service_id": offer, "starts_at": slot["starts_at"], "address": "Orizaba 101"}
    quote = customer.post("/quotes", 201, **wish, **place, tip_minor=5_000)
    parts = ("worker", "tip", "tenant", "platform", "processor", "tax")
    price = quote["price"]
    assert sum(price[f"{part}_minor"] for part in parts) == price["total_minor"]
    assert price["tip_minor"] == 5_000
    first = customer.post("/bookings", 201, key="one", quote_id=quote["id"])
    again = customer.post("/bookings", 201, key="one", quote_id=quote["id"])
    assert (first, first["state"]) == (again, "pending_payment")
    other = customer.post("/bookings", 422, key="one", quote_id=first["id"])
    assert other["type"].startswith("idempotency")
    pays(town, first["pay_path"])
    booking = customer.get(f"/bookings/{first['id']}")
    assert booking["state"] == "confirmed"
    assert Payment.objects.get().state == "captured"
    return {**booking, "net_pay_minor": booking["net_pay"]["amount_minor"]}


def pays(town: Town, path: str) -> None:
    """Pay on Stripe's own page."""
    payer = Reader(town.cast.customer)
    payer.jars[town.host] = signed_in_client(town.cast.customer, host=town.host)
    payer.opens(f"http://{town.host}{path}")
    assert payer.address.startswith(town.stripe.url)
    payer.sends("choice")
    town.works()


def reviews(customer: Program, worker: Program, one: str) -> None:
    """Neither reads the other before both have spoken."""
    said = {"stars": 5, "text": "Puntual y amable."}
    assert customer.post(f"{one}/reviews", 201, **said)["state"] == "sealed"
    before = worker.get(f"{one}/review")
    assert (before["other_submitted"], before["theirs"]) == (True, None)
    worker.post(f"{one}/reviews", 201, stars=5)
    assert worker.get(f"{one}/review")["theirs"]["text"] == "Puntual y amable."


def answers_the_survey(town: Town, customer: Program, code: str) -> None:
    """The link in the message is all it takes; a low score opens a case."""
    page = customer.client.get(f"/bookings/{code}/").content.decode()
    found = re.search(r"/s/([\w-]+)/", page)
    assert found
    answered = customer.post(f"/surveys/{found[1]}", score=1, text="Caro.")
    assert answered["score"] == 1
    town.works()
    office = Program(town, town.cast.owner, strong=True)
    cases = office.get("/cases")["items"]
    assert len(cases) == 1
    assert cases[0]["due_at"] > clock.now().isoformat()
    assert office.get("/experience/scores")["csat"]["note"]


def cashes_out(town: Town, worker: Program, share: int, at: Any) -> None:
    """A free way out, asked for twice and sent once, and paid by the bank's own word."""
    offered = worker.post("/cashouts/quote")
    if offered["allowed"]["minor"] < share:
        at(clock.now() + timedelta(days=35))
        offered = worker.post("/cashouts/quote")
    assert offered["allowed"]["minor"] == share
    free = offered["options"][0]
    assert (free["name"], free["fee"]["minor"]) == ("free", 0)
    asked = {"amount_minor": share, "option": "free", "seen_fee_minor": 0}
    first = worker.post("/cashouts", 201, key="out", **asked)
    assert worker.post("/cashouts", 201, key="out", **asked) == first
    at(clock.now() + timedelta(days=5))
    assert [each["state"] for each in worker.get("/cashouts")["items"]] == ["paid"]
    assert worker.get("/wallet")["available"]["minor"] == 0
