"""Bank transfers for programs of the office: made, approved by another, sent, answered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel import outbox
from payments.actions.cash_out import cash_out
from payments.models import BankAnswer, Batch, Payout
from tests.support.ledgers import ledger
from tests.support.worlds import proved_long_ago, signed_in_client
from tests.support.worlds_bank import CLABE, PDF, earned_by_bank, state_of
from tests.support.worlds_money import mxn

pytestmark = pytest.mark.usefixtures("patitas", "by_bank")
API = "/api/v1"


@pytest.fixture
def ana_asks(ana, clara) -> Payout:
    """Ana asks for 300 of what she earned."""
    earned_by_bank(ana, clara)
    payout = cash_out(by=ana, amount=mxn(30_000), option="free", key="k")
    outbox.drain()
    return payout


@pytest.fixture
def maker():
    return signed_in_client("olga", strong=True)


@pytest.fixture
def checker(berta_checks):
    return signed_in_client("berta", strong=True)


def send(client, path, body=None):
    return client.post(f"{API}{path}", body or {}, content_type="application/json")


def problem(response):
    return response.status_code, response.json()["type"]


def made(maker) -> dict:
    response = send(maker, "/batches")
    assert response.status_code == 201
    return response.json()


def approved(maker, checker) -> dict:
    batch = made(maker)
    answer = send(checker, f"/batches/{batch['id']}/approve", {"sha256": batch["sha256"]})
    assert answer.status_code == 200
    outbox.drain()
    return answer.json()


def paid(client, batch, key="MBX1234567"):
    path = f"{API}/batches/{batch['id']}/lines/{batch['lines'][0]['id']}/paid"
    receipt = SimpleUploadedFile("r.pdf", PDF, content_type="application/pdf")
    return client.post(path, {"tracking_key": key, "receipt": receipt})


def test_a_batch_is_made_approved_exported_and_paid(ana_asks, maker, checker):
    draft = made(maker)
    (line,) = draft["lines"]
    assert (draft["state"], draft["total_minor"], len(draft["sha256"])) == ("draft", 30_000, 64)
    assert (line["worker"], line["destination"]) == ("Ana P.", "CLABE ···· 9719")
    assert (line["cash_out_id"], line["left_out"]) == (str(ana_asks.pk), "")

    path = f"/batches/{draft['id']}"
    done = send(checker, f"{path}/approve", {"sha256": draft["sha256"]}).json()
    assert (done["state"], done["sha256"]) == ("approved", draft["sha256"])
    file = send(maker, f"{path}/file")
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert file.content.decode().splitlines()[1].startswith(f"{CLABE},Ana Prueba,300.00,")
    assert send(maker, f"{path}/file").content == file.content

    answered = paid(checker, done)
    assert (answered.status_code, answered.json()["state"]) == (200, "paid")
    assert state_of(ana_asks) == "paid"
    assert ledger()["bank"] == 65_900 - 30_000
    assert maker.get(f"{API}{path}").json()["state"] == "reconciled"
    assert [each["id"] for each in maker.get(f"{API}/batches").json()] == [draft["id"]]


def test_the_maker_cannot_approve(ana_asks, maker, checker):
    batch = made(maker)
    body = {"sha256": batch["sha256"]}
    assert problem(send(maker, f"/batches/{batch['id']}/approve", body)) == (403, "batch.maker")
    assert Batch.objects.get().state == "draft"


def test_only_the_file_that_was_seen_is_approved(ana_asks, maker, checker):
    path = f"/batches/{made(maker)['id']}/approve"
    assert problem(send(checker, path, {"sha256": "0" * 64})) == (409, "batch.changed")
    assert problem(send(checker, path, {"sha256": "short"})) == (422, "invalid")
    assert Batch.objects.get().state == "draft"


def test_with_nobody_waiting_there_is_no_batch(maker):
    assert problem(send(maker, "/batches")) == (409, "batch.empty")
    assert not Batch.objects.exists()


def test_a_dropped_draft_is_not_approved(ana_asks, maker, checker):
    batch = made(maker)
    assert send(maker, f"/batches/{batch['id']}/drop").json()["state"] == "dropped"
    again = send(checker, f"/batches/{batch['id']}/approve", {"sha256": batch["sha256"]})
    assert problem(again) == (409, "batch.step_impossible")
    assert problem(send(maker, f"/batches/{batch['id']}/file"))[0] == 409


def test_a_rejected_transfer_gives_the_money_back(ana_asks, maker, checker):
    before = ledger()["worker_available"]
    batch = approved(maker, checker)
    path = f"/batches/{batch['id']}/lines/{batch['lines'][0]['id']}/rejected"
    assert problem(send(checker, path, {"reason": ""})) == (422, "invalid")
    answer = send(checker, path, {"reason": "account_closed"})
    assert (answer.json()["state"], answer.json()["failure"]) == ("rejected", "account_closed")
    assert (state_of(ana_asks), ledger()["worker_available"]) == ("failed", before - 30_000)


def test_paid_needs_a_real_key_and_a_receipt(ana_asks, maker, checker):
    batch = approved(maker, checker)
    assert problem(paid(checker, batch, key="1")) == (422, "bank.tracking_key")
    path = f"{API}/batches/{batch['id']}/lines/{batch['lines'][0]['id']}/paid"
    assert problem(checker.post(path, {"tracking_key": "MBX1234567"})) == (422, "invalid")
    assert state_of(ana_asks) == "submitted"


def test_a_banks_answer_is_read_once(ana_asks, maker, checker):
    batch = approved(maker, checker)
    reference = batch["lines"][0]["reference"]
    text = f"reference,status,tracking_key,amount\n{reference},paid,MBX777777,300.00\nP9,paid,K,1\n"

    def imports():
        answer = SimpleUploadedFile("a.csv", text.encode(), content_type="text/csv")
        return checker.post(f"{API}/bank-answers", {"answer": answer})

    first, again = imports(), imports()
    assert (first.status_code, first.json()["lines"], first.json()["unmatched"]) == (201, 2, 1)
    assert again.json() == first.json()
    assert BankAnswer.objects.count() == 1
    assert state_of(ana_asks) == "paid"


def test_permissions_are_asked_for(ana_asks, maker, checker, mora):
    batch = made(maker)
    staff = signed_in_client("mora", strong=True)
    line = f"/batches/{batch['id']}/lines/{batch['lines'][0]['id']}"
    body = {"sha256": batch["sha256"]}
    answers = [
        send(staff, "/batches"),
        send(staff, f"/batches/{batch['id']}/approve", body),
        send(staff, f"/batches/{batch['id']}/drop"),
        send(staff, f"/batches/{batch['id']}/file"),
        send(staff, f"{line}/rejected", {"reason": "closed"}),
        paid(staff, batch),
    ]
    assert {problem(each) for each in answers} == {(403, "money.permission")}
    assert Batch.objects.get().state == "draft"


def test_what_sends_money_asks_for_a_fresh_proof(ana_asks, maker, checker):
    batch = made(maker)
    late = proved_long_ago(checker)
    answer = send(late, f"/batches/{batch['id']}/approve", {"sha256": batch["sha256"]})
    assert problem(answer) == (403, "step_up_required")
    assert Batch.objects.get().state == "draft"


def test_workers_customers_and_neighbours_find_nothing(ana_asks, maker, checker, carla):
    batch = made(maker)
    for client in (
        signed_in_client("ana"),
        signed_in_client("clara"),
        signed_in_client("carla", host="lar-limpo.localhost", strong=True),
    ):
        assert client.get(f"{API}/batches/{batch['id']}").status_code in (403, 404)
        answer = send(client, f"/batches/{batch['id']}/approve", {"sha256": batch["sha256"]})
        assert answer.status_code in (403, 404)
    assert Batch.objects.get().state == "draft"
