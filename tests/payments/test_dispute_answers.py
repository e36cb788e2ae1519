"""A dispute is answered or accepted once; a job delivered during one rests by itself."""

import pytest

from kernel import clock
from kernel.actor import SYSTEM
from payments.actions.accept_dispute import accept_dispute, send_acceptance
from payments.actions.accrue import accrue
from payments.actions.apply_dispute import REMIND
from payments.actions.grant import grant
from payments.actions.release import release
from payments.actions.send_evidence import draft_evidence, find_fault, hand_in_evidence
from payments.handlers.disputes import nobody_answered_yet
from payments.models import Dispute, Hold, ProviderCall
from payments.rules.disputes import (
    AcceptanceUnconfirmed,
    DisputeDecided,
    DisputeGivenUp,
    EvidenceSent,
)
from payments.rules.permissions import PermissionMissing
from tenants.support.models import Case
from tests.support.equations import our_own_books
from tests.support.ledgers import booked, standing
from tests.support.worlds import signed_in_client
from tests.support.worlds_money import WORKED, done, member_id, owes

pytestmark = pytest.mark.usefixtures("patitas")

FOUND = "The walk took ten minutes instead of sixty."
WALLET = ("worker_pending", "worker_available", "worker_reserve", "worker_receivable")


@pytest.fixture
def bought(stripe_sandbox, ana, clara):
    """Clara has paid for a job, and Ana can be paid."""
    stripe_sandbox.onboards(ana)
    return stripe_sandbox.pays(clara, owes(clara))


def disputed(stripe_sandbox, payment) -> Dispute:
    stripe_sandbox.control("/disputes", charge=payment.charge_ref)
    stripe_sandbox.deliver()
    return Dispute.objects.get(payment=payment)


def wallet() -> dict[str, int]:
    return {name.removeprefix("worker_"): -minor for name, minor in standing(*WALLET).items()}


def decided(stripe_sandbox, dispute, verdict) -> None:
    stripe_sandbox.control(f"/disputes/{dispute.provider_ref}", verdict=verdict)
    stripe_sandbox.deliver()


class TestDeliveredDuringADispute:
    """What is earned of a disputed payment rests at once."""

    @pytest.mark.parametrize("verdict", ["won", "lost"])
    def test_the_share_rests_until_the_bank_has_decided(self, stripe_sandbox, ana, bought, verdict):
        dispute = disputed(stripe_sandbox, bought)
        assert not Hold.objects.exists()
        accrue(
            reference=bought.reference,
            worker_member_id=member_id(ana),
            payment_id=bought.pk,
            blocks=WORKED,
            key="d",
        )
        assert wallet() == {"pending": 0, "available": 0, "reserve": 51_040, "receivable": 0}
        assert Hold.objects.get().about == f"dispute:{dispute.pk}"
        our_own_books()

        release(reference=bought.reference, key="c")
        assert wallet()["available"] == 5_000
        our_own_books()
        decided(stripe_sandbox, dispute, verdict)
        assert wallet() == {"pending": 0, "available": 56_040, "reserve": 0, "receivable": 0}
        our_own_books()

    def test_lost_by_the_workers_fault_it_is_taken_from_what_rests(
        self, stripe_sandbox, ana, olga, bought
    ):
        dispute = disputed(stripe_sandbox, bought)
        done(bought, ana)
        find_fault(by=olga, dispute_id=dispute.pk, fault="worker", finding=FOUND)
        decided(stripe_sandbox, dispute, "lost")

        assert wallet() == {"pending": 0, "available": 5_000, "reserve": 0, "receivable": 0}
        assert dict(booked(bought.reference))["dispute.lost"]["worker_reserve"] == 51_040
        our_own_books()

    def test_a_dispute_that_is_over_lets_the_share_go_as_any(self, stripe_sandbox, ana, bought):
        decided(stripe_sandbox, disputed(stripe_sandbox, bought), "won")
        done(bought, ana)

        assert wallet()["available"] == 56_040
        assert not Hold.objects.exists()


class TestAccepting:
    """The customer keeps the money."""

    def test_nothing_is_booked_before_the_provider_says_so_and_then_it_is_lost(
        self, stripe_sandbox, ana, olga, bought
    ):
        done(bought, ana)
        dispute = disputed(stripe_sandbox, bought)
        accept_dispute(by=olga, dispute_id=dispute.pk, confirmed=True)
        assert "dispute.lost" not in dict(booked(bought.reference))

        stripe_sandbox.deliver()
        dispute.refresh_from_db()
        assert dispute.state == "lost"
        assert dispute.accepted_by_id == olga.member_id
        assert dict(booked(bought.reference))["dispute.lost"] == {
            "platform_fee": 580,
            "tax_payable": 1_360,
            "chargeback_loss": 58_960,
            "dispute_withheld": -60_900,
        }
        assert wallet()["available"] == 56_040
        assert stripe_sandbox.rows("disputes")[0]["status"] == "lost"
        our_own_books()

    def test_it_is_told_once(self, stripe_sandbox, olga, bought):
        dispute = disputed(stripe_sandbox, bought)
        for _ in range(2):
            accept_dispute(by=olga, dispute_id=dispute.pk, confirmed=True)
        send_acceptance(dispute_id=dispute.pk)
        send_acceptance(dispute_id=dispute.pk)
        stripe_sandbox.deliver()

        calls = ProviderCall.objects.filter(purpose="close_dispute")
        assert [(each.key, each.state) for each in calls] == [
            (f"dispute:{dispute.pk}:close:1", "succeeded")
        ]

    def test_accepting_needs_a_permission_and_a_confirmation(
        self, stripe_sandbox, olga, mora, bought
    ):
        dispute = disputed(stripe_sandbox, bought)
        with pytest.raises(PermissionMissing):
            accept_dispute(by=mora, dispute_id=dispute.pk, confirmed=True)
        with pytest.raises(AcceptanceUnconfirmed):
            accept_dispute(by=olga, dispute_id=dispute.pk, confirmed=False)
        grant(by=olga, member_id=member_id(mora), permissions=["refund"])
        accept_dispute(by=mora, dispute_id=dispute.pk, confirmed=True)

        assert Dispute.objects.get().accepted_by_id == mora.member_id

    def test_what_was_answered_is_not_accepted_nor_the_other_way_round(
        self, stripe_sandbox, olga, bought
    ):
        dispute = disputed(stripe_sandbox, bought)
        hand_in_evidence(by=olga, dispute_id=dispute.pk, words="She was there all the time.")
        with pytest.raises(EvidenceSent):
            accept_dispute(by=olga, dispute_id=dispute.pk, confirmed=True)
        Dispute.objects.update(evidence_asked_at=None, accept_asked_at=clock.now())
        with pytest.raises(DisputeGivenUp):
            hand_in_evidence(by=olga, dispute_id=dispute.pk, words="She was there all the time.")
        Dispute.objects.update(accept_asked_at=None, state="won")
        with pytest.raises(DisputeDecided):
            accept_dispute(by=olga, dispute_id=dispute.pk, confirmed=True)


class TestReminder:
    """Two days before the bank stops listening."""

    def test_it_presses_only_while_nobody_has_answered(self, stripe_sandbox, olga, bought):
        dispute = disputed(stripe_sandbox, bought)
        nobody_answered_yet(dispute.pk)
        assert Case.objects.get(kind="dispute").priority == "P1"

        Case.objects.update(priority="P2")
        accept_dispute(by=olga, dispute_id=dispute.pk, confirmed=True)
        nobody_answered_yet(dispute.pk)
        assert Case.objects.get(kind="dispute").priority == "P2"
        assert REMIND == "payments.remind_of_evidence"


class TestDoors:
    """The office's page and the API."""

    def test_the_page_shows_the_draft_and_the_deadline_and_accepts_when_confirmed(
        self, stripe_sandbox, olga, bought
    ):
        dispute = disputed(stripe_sandbox, bought)
        draft_evidence(dispute_id=dispute.pk, words="Ana came at ten.")
        office = signed_in_client("olga", strong=True)
        url = f"/office/disputes/{dispute.pk}/"
        page = office.get(url).content.decode()
        assert "Ana came at ten." in page
        assert "Responder antes de" in page

        assert office.post(f"{url}accept/", {}).status_code == 422
        assert Dispute.objects.get().accept_asked_at is None
        assert office.post(f"{url}accept/", {"confirm": "on"}).status_code == 302
        assert Dispute.objects.get().accept_asked_at is not None
        assert "accept/" not in office.get(url).content.decode()

    def test_programs_read_answer_and_accept(self, stripe_sandbox, olga, ana, bought):
        dispute = disputed(stripe_sandbox, bought)
        client = signed_in_client("olga", strong=True)
        listed = client.get("/api/v1/disputes").json()
        assert [each["id"] for each in listed["items"]] == [str(dispute.pk)]
        one = client.get(f"/api/v1/disputes/{dispute.pk}").json()
        assert (one["state"], one["amount_minor"], one["due_at"] is None) == ("open", 65_900, False)

        def send(path: str, **body: object) -> int:
            url = f"/api/v1/disputes/{dispute.pk}/{path}"
            return client.post(url, body, content_type="application/json").status_code

        assert send("accept", confirm=False) == 422
        assert send("evidence", words="She was there all the time.") == 200
        assert send("accept", confirm=True) == 409
        assert signed_in_client("ana").get("/api/v1/disputes").status_code in (403, 404)


def test_no_draft_is_written_over_a_persons_words(stripe_sandbox, bought):
    dispute = disputed(stripe_sandbox, bought)
    draft_evidence(dispute_id=dispute.pk, words="first")
    draft_evidence(dispute_id=dispute.pk, words="second")

    assert Dispute.objects.get().evidence == "first"
    assert SYSTEM.member_id is None
